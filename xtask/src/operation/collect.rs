//! What one more request shows of an operation.

use indexmap::{IndexMap, map::Entry};

use super::{
    Location, Operation, Parameter, Response,
    body::{Role, Stated, add_text},
};
use crate::{
    diagnostic::{Kind, Note, Place},
    mine::{self, OperationFacts},
    postman::{Field, Request, Saved},
    vendor::Described,
};

/// The body, below a request's item.
pub(super) const BODY: &str = ".request.body";

/// The body that was answered, below a saved answer.
pub(super) const SAVED_BODY: &str = ".originalRequest.body";

impl Operation {
    pub(super) fn add(
        &mut self,
        request: &Request,
        facts: OperationFacts,
        described: Described,
        report: &mut impl FnMut(&Place, Note),
    ) {
        let is_first = self.sources.is_empty();
        self.stated.note(self.sources.len(), &facts, &described);
        self.sources.push(request.place.clone());
        if !self.folders.contains(&request.folders) {
            self.folders.insert(request.folders.clone());
        }
        self.add_facts(facts);
        self.vendor = self.vendor.or(request.vendor);
        for (key, value) in described.extensions {
            self.extensions.entry(key).or_insert(value);
        }
        if self.scopes.is_empty() {
            self.scopes = described.scopes;
        }
        if self.auth.is_none() {
            self.auth.clone_from(&request.auth);
        }
        self.add_request(request, is_first, report);
        for saved in &request.responses {
            self.add_saved(request, saved, report);
        }
    }

    /// What the request itself shows, without its answers.
    pub(super) fn add_request(
        &mut self,
        request: &Request,
        is_first: bool,
        report: &mut impl FnMut(&Place, Note),
    ) {
        self.add_fields(request, is_first);
        if let Some(body) = &request.body {
            let place = request.place.at(BODY);
            let role = if is_first { Role::First } else { Role::Further };
            self.add_body(&place, body, request.content_type.as_deref(), role, report);
        }
    }

    /// The parameters of the request itself.
    pub(super) fn add_fields(&mut self, request: &Request, is_first: bool) {
        let place = &request.place;
        self.add_path_parameters(request);
        self.add_parameters(place, Location::Query, &request.url.query, is_first);
        self.add_parameters(place, Location::Header, &request.headers, is_first);
    }

    /// What a saved answer shows, of itself and of the request that it answered.
    pub(super) fn add_saved(
        &mut self,
        request: &Request,
        saved: &Saved,
        report: &mut impl FnMut(&Place, Note),
    ) {
        self.add_examples(Location::Query, &saved.request_query);
        self.add_examples(Location::Path, &saved.request_path);
        let place = request.place.at(&saved.path);
        if let Some(body) = &saved.request_body {
            let was_refused = saved.status.is_some_and(|status| status >= 300);
            let role = if was_refused {
                Role::Refused
            } else {
                Role::Saved
            };
            let content_type = saved
                .request_content_type
                .as_ref()
                .or(request.content_type.as_ref())
                .map(String::as_str);
            self.add_body(&place.at(SAVED_BODY), body, content_type, role, report);
        }
        self.add_response(request, &place, saved, report);
    }

    fn add_facts(&mut self, facts: OperationFacts) {
        let known = &mut self.facts;
        if known.description.is_empty() {
            known.description = facts.description;
        }
        known.deprecated = known.deprecated.take().or(facts.deprecated);
    }

    fn add_path_parameters(&mut self, request: &Request) {
        for name in request.url.parameters() {
            let parameter = self
                .parameters
                .entry((Location::Path, name.clone()))
                .or_insert_with(|| Parameter::named(&name));
            let fields = request.url.path_fields.iter();
            for field in fields.filter(|field| field.name == name) {
                parameter.add(&request.place, &[field]);
            }
            if parameter.place == Place::default() {
                parameter.place = request.place.at(".request.url.path");
            }
            // A segment is a text, even one that nothing is known about.
            parameter.evidence.observe_presence();
        }
    }

    /// A parameter that one of several requests on the same method and path came without is optional.
    fn add_parameters(
        &mut self,
        place: &Place,
        location: Location,
        fields: &[Field],
        is_first: bool,
    ) {
        let mut by_name: IndexMap<String, Vec<&Field>> = IndexMap::new();
        for field in fields {
            let met = by_name.keys().map(String::as_str);
            let name = self.parameter_name(location, met, &field.name);
            by_name.entry(name).or_default().push(field);
        }
        for (name, fields) in &by_name {
            let entry = self.parameters.entry((location, name.clone()));
            let is_new = matches!(entry, Entry::Vacant(_));
            let parameter = entry.or_insert_with(|| Parameter::named(name));
            parameter.is_left_out |= is_new && !is_first;
            parameter.add(place, fields);
        }
        for ((at, name), parameter) in &mut self.parameters {
            if *at == location && !by_name.contains_key(name) {
                parameter.is_left_out = true;
            }
            if parameter.is_left_out {
                parameter.facts.required = None;
            }
        }
    }

    /// The name under which a parameter is known, or was met: those of headers are the same in upper and lower case.
    fn parameter_name<'m>(
        &'m self,
        location: Location,
        met: impl Iterator<Item = &'m str>,
        name: &str,
    ) -> String {
        let known = self.parameters.keys().filter(|(at, _)| *at == location);
        let mut all = known.map(|(_, known)| known.as_str()).chain(met);
        let same = match location {
            Location::Header => all.find(|known| known.eq_ignore_ascii_case(name)),
            Location::Path | Location::Query => None,
        };
        same.unwrap_or(name).to_owned()
    }

    /// More values for parameters that are known.
    fn add_examples(&mut self, location: Location, values: &[(String, String)]) {
        let mut by_name: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for (name, value) in values {
            by_name.entry(name).or_default().push(value);
        }
        for (name, values) in by_name {
            if let Some(parameter) = self.parameters.get_mut(&(location, name.to_owned())) {
                parameter.observe_values(&values);
            }
        }
    }

    fn add_response(
        &mut self,
        request: &Request,
        place: &Place,
        saved: &Saved,
        report: &mut impl FnMut(&Place, Note),
    ) {
        let (errors, name) = match request.vendor {
            Some(vendor) => vendor.answer(&saved.name),
            None => (Vec::new(), saved.name.clone()),
        };
        let facts = mine::response(&name);
        let stated = facts.status.as_ref().map(|status| status.fact);
        let status = saved.status.or(stated);
        let key = status.map_or_else(|| "default".to_owned(), |status| status.to_string());
        if status.is_none() {
            report(
                place,
                Kind::NoStatus.note("the saved answer has no status: taken as the default answer"),
            );
        }
        let response = self.responses.entry(key).or_insert_with(|| Response {
            place: place.clone(),
            ..Response::default()
        });
        if response.description.is_empty() {
            response.description = facts.description;
        }
        if response.phrase.is_empty() {
            response.phrase.clone_from(&saved.phrase);
        }
        response.has_errors |= !errors.is_empty();
        let errors = errors.into_iter();
        self.errors
            .extend(errors.map(|error| (status.unwrap_or_default(), error)));
        let Some(body) = &saved.body else { return };
        let stated = Stated {
            whose: "the saved body",
            content_type: saved.content_type.as_deref(),
            language: saved.language.as_deref(),
        };
        add_text(
            &mut response.content,
            place,
            body,
            &stated,
            Role::First,
            report,
        );
    }
}
