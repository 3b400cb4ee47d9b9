//! The places of an operation's conflicting types.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, btree_map::Entry},
};

use super::{
    Content, Location, Operation,
    collect::{BODY, SAVED_BODY},
};
use crate::{
    diagnostic::{Diagnostics, Place},
    infer::{Evidence, Segment},
    postman::Request,
};

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'s> {
    /// The parameter of this name.
    Parameter(Location, &'s str),
    /// The body in this media type.
    Body(&'s str),
    /// The answer of this status in this media type.
    Answer(&'s str, &'s str),
    /// A header of an answer: a text, whoever says what is in it.
    Header,
}

/// The requests and the saved answers of an operation, each by itself. Conflicts are rare, so they are taken apart only
/// when one is there.
#[derive(Debug)]
pub(crate) struct Witnesses<'o> {
    operation: &'o Operation,
    all: OnceCell<Vec<Witness>>,
}

/// What one request, or one saved answer with the request that it answered, shows.
#[derive(Debug)]
struct Witness {
    shown: Operation,
    /// Where its query and path stand, if they have no places of their own.
    url: Option<Place>,
    body: Place,
    answer: Place,
}

impl<'o> Witnesses<'o> {
    pub(crate) fn of(operation: &'o Operation) -> Self {
        Self {
            operation,
            all: OnceCell::new(),
        }
    }

    /// The types that there are at the end of `way`, each with the least of its places, in the order of those. Whether they
    /// are in one file or in several, and in which order they were read, makes no difference.
    pub(crate) fn types(
        &self,
        subject: Subject<'_>,
        way: &[Segment],
    ) -> Vec<(&'static str, Place)> {
        let all = self.all.get_or_init(|| {
            let requests = self.operation.requests.iter();
            requests.flat_map(witnesses).collect()
        });
        let mut types: BTreeMap<&'static str, &Place> = BTreeMap::new();
        for witness in all {
            for (kind, place) in witness.types(subject, way) {
                match types.entry(kind) {
                    Entry::Vacant(entry) => {
                        entry.insert(place);
                    }
                    Entry::Occupied(mut known) => {
                        let least = (*known.get()).min(place);
                        known.insert(least);
                    }
                }
            }
        }
        let mut types: Vec<_> = types.into_iter().collect();
        types.sort_by_key(|(_, place)| *place);
        let owned = |(kind, place): (_, &Place)| (kind, place.clone());
        types.into_iter().map(owned).collect()
    }
}

fn witnesses(request: &Request) -> Vec<Witness> {
    let mut ignored = Diagnostics::default();
    let mut shown = Operation::default();
    shown.add_request(request, true, &mut ignored);
    let mut all = vec![Witness {
        shown,
        url: None,
        body: request.place.at(BODY),
        answer: Place::default(),
    }];
    for saved in &request.responses {
        let place = request.place.at(&saved.path);
        // It shows values of the request's parameters, which are to be known.
        let mut shown = Operation::default();
        shown.add_fields(request, true);
        shown.forget_samples();
        shown.add_saved(request, saved, &mut ignored);
        all.push(Witness {
            shown,
            url: Some(place.at(".originalRequest.url")),
            body: place.at(SAVED_BODY),
            answer: place.at(".body"),
        });
    }
    all
}

impl Witness {
    fn types(&self, subject: Subject<'_>, way: &[Segment]) -> Vec<(&'static str, &Place)> {
        let (contents, media_type, place) = match subject {
            Subject::Parameter(location, name) => {
                let name = match location {
                    Location::Header => self.shown.header_names.get(name),
                    Location::Path | Location::Query | Location::Cookie => name,
                };
                let known = self.shown.parameters.get(&(location, name.to_owned()));
                return known.map_or_else(Vec::new, |parameter| {
                    let place = self.url.as_ref().unwrap_or(&parameter.place);
                    typed(&parameter.evidence, way, place)
                });
            }
            Subject::Body(media_type) => (Some(&self.shown.bodies), media_type, &self.body),
            Subject::Answer(status, media_type) => {
                let answer = self.shown.responses.get(status);
                (answer.map(|it| &it.content), media_type, &self.answer)
            }
            Subject::Header => return Vec::new(),
        };
        match (contents.and_then(|contents| contents.get(media_type)), way) {
            (Some(Content::Json { evidence, .. }), way) => typed(evidence, way, place),
            (Some(Content::Form(fields)), [Segment::Key(name), way @ ..]) => fields
                .get(name)
                .map_or_else(Vec::new, |field| typed(&field.evidence, way, &field.place)),
            _ => Vec::new(),
        }
    }
}

fn typed<'p>(
    evidence: &Evidence,
    way: &[Segment],
    place: &'p Place,
) -> Vec<(&'static str, &'p Place)> {
    let types = evidence.types(way).into_iter();
    types.map(|kind| (kind, place)).collect()
}
