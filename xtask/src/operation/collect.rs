//! What one more request shows of an operation.

use indexmap::{IndexMap, map::Entry};

use super::{
    Location, Operation, Parameter, Response,
    body::{Role, Stated, add_text},
};
use crate::{
    diagnostic::Place,
    mine::{self, OperationFacts},
    postman::{Field, Request, Saved},
};

impl Operation {
    pub(super) fn add(
        &mut self,
        request: &Request,
        facts: OperationFacts,
        report: &mut impl FnMut(&Place, String),
    ) {
        let is_first = self.sources.is_empty();
        self.sources.push(request.place.clone());
        if !self.folders.contains(&request.folders) {
            self.folders.insert(request.folders.clone());
        }
        self.add_facts(facts);
        if self.auth.is_none() {
            self.auth.clone_from(&request.auth);
        }
        self.add_path_parameters(request);
        self.add_parameters(
            &request.place,
            Location::Query,
            &request.url.query,
            is_first,
        );
        self.add_parameters(&request.place, Location::Header, &request.headers, is_first);
        if let Some(body) = &request.body {
            let place = request.place.at(".request.body");
            let role = if is_first { Role::First } else { Role::Further };
            self.add_body(&place, body, request.content_type.as_deref(), role, report);
        }
        for saved in &request.responses {
            self.add_examples(Location::Query, &saved.request_query);
            self.add_examples(Location::Path, &saved.request_path);
            if let Some(body) = &saved.request_body {
                let place = request.place.at(&saved.path).at(".originalRequest.body");
                let was_refused = saved.status.is_some_and(|status| status >= 300);
                let role = if was_refused {
                    Role::Refused
                } else {
                    Role::Further
                };
                let content_type = saved
                    .request_content_type
                    .as_ref()
                    .or(request.content_type.as_ref());
                self.add_body(&place, body, content_type.map(String::as_str), role, report);
            }
            self.add_response(&request.place.at(&saved.path), saved, report);
        }
    }

    fn add_facts(&mut self, facts: OperationFacts) {
        let known = &mut self.facts;
        if known.description.is_empty() {
            known.description = facts.description;
        }
        known.scopes = known.scopes.take().or(facts.scopes);
        known.granular_scopes = known.granular_scopes.take().or(facts.granular_scopes);
        known.rate_limit_label = known.rate_limit_label.take().or(facts.rate_limit_label);
        known.deprecated = known.deprecated.take().or(facts.deprecated);
    }

    fn add_path_parameters(&mut self, request: &Request) {
        for name in request.url.parameters() {
            let parameter = self
                .parameters
                .entry((Location::Path, name.clone()))
                .or_insert_with(|| Parameter::named(&name));
            for field in request
                .url
                .path_fields
                .iter()
                .filter(|field| field.name == name)
            {
                parameter.add(&request.place, field);
            }
            if parameter.place == Place::default() {
                parameter.place = request.place.at(".request.url.path");
            }
        }
    }

    /// Parameters of a further request on the same method and path are optional: it came without the others.
    fn add_parameters(
        &mut self,
        place: &Place,
        location: Location,
        fields: &[Field],
        is_first: bool,
    ) {
        let mut by_name: IndexMap<&str, Vec<&Field>> = IndexMap::new();
        for field in fields {
            by_name.entry(field.name.as_str()).or_default().push(field);
        }
        if !is_first {
            for ((_, name), parameter) in self
                .parameters
                .iter_mut()
                .filter(|((at, _), _)| *at == location)
            {
                if !by_name.contains_key(name.as_str()) {
                    parameter.facts.required = None;
                }
            }
        }
        for (name, fields) in &by_name {
            let entry = self.parameters.entry((location, (*name).to_owned()));
            let is_new = matches!(entry, Entry::Vacant(_));
            let parameter = entry.or_insert_with(|| Parameter::named(name));
            parameter.add_all(place, fields);
            if is_new && !is_first {
                parameter.facts.required = None;
            }
        }
    }

    /// More values for parameters that are known.
    fn add_examples(&mut self, location: Location, values: &[(String, String)]) {
        for (name, value) in values {
            if let Some(parameter) = self.parameters.get_mut(&(location, name.clone())) {
                parameter.observe_further(value);
            }
        }
    }

    fn add_response(
        &mut self,
        place: &Place,
        saved: &Saved,
        report: &mut impl FnMut(&Place, String),
    ) {
        let facts = mine::response(&saved.name);
        let stated = facts.status.as_ref().map(|status| status.fact);
        let status = saved.status.or(stated);
        let key = status.map_or_else(|| "default".to_owned(), |status| status.to_string());
        if status.is_none() {
            report(
                place,
                "the saved answer has no status: taken as the default answer".to_owned(),
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
        for error in facts.errors {
            response.has_errors = true;
            self.errors.insert((status.unwrap_or_default(), error.fact));
        }
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
