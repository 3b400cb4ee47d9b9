//! The request that states a fact about a whole operation.

use std::collections::BTreeMap;

use crate::{mine::OperationFacts, postman::Request, vendor::Described};

/// For each fact the first request that states it, by its number.
#[derive(Debug, Default)]
pub(crate) struct Stated(BTreeMap<&'static str, usize>);

impl Stated {
    /// The description.
    pub(crate) const DESCRIPTION: &'static str = "description";
    /// That it is deprecated.
    pub(crate) const DEPRECATED: &'static str = "deprecated";
    /// A server that the description names.
    pub(crate) const SERVER: &'static str = "server";

    /// Notes what the request of this number states. Extensions go by their keys.
    pub(super) fn note(&mut self, number: usize, facts: &OperationFacts, described: &Described) {
        let extensions = described.extensions.iter().map(|(key, _)| *key);
        let own = [
            (Self::DESCRIPTION, !facts.description.is_empty()),
            (Self::DEPRECATED, facts.deprecated.is_some()),
            (Self::SERVER, described.server.is_some()),
        ];
        let own = own.into_iter().filter(|(_, is_stated)| *is_stated);
        for key in own.map(|(key, _)| key).chain(extensions) {
            self.0.entry(key).or_insert(number);
        }
    }

    /// The request that states a fact.
    pub(crate) fn by<'r>(&self, key: &str, requests: &'r [Request]) -> Option<&'r Request> {
        requests.get(*self.0.get(key)?)
    }
}
