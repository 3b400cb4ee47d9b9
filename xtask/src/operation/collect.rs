//! Adds the facts of a request to its operation.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{
    Content, Location, Operation, Parameter, Response,
    body::{Origin, Role, add_text},
    example::Label,
    media_type::{Declared, is_binary},
};
use crate::{
    diagnostic::{Diagnostics, Kind, Place},
    mine::{self, OperationFacts, Readings, ResponseFacts},
    postman::{Field, Request, Saved},
    vendor::{Described, DocumentedError},
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
        diagnostics: &mut Diagnostics,
    ) {
        let is_first = self.sources.is_empty();
        self.stated.note(self.sources.len(), &facts, &described);
        self.sources.push(request.place.clone());
        if !self.folders.contains(&request.folders) {
            self.folders.insert(request.folders.clone());
        }
        self.add_facts(&request.name, facts);
        self.vendor = self.vendor.or(request.vendor);
        for (key, value) in described.extensions {
            self.extensions.entry(key).or_insert(value);
        }
        if self.scopes.is_empty() {
            self.scopes = described.scopes;
        }
        if let Some(auth) = &request.auth
            && !self.auth.contains(auth)
        {
            self.auth.push(auth.clone());
        }
        self.add_request(request, is_first, diagnostics);
        for saved in &request.responses {
            self.add_saved(request, saved, diagnostics);
        }
    }

    /// What the request itself shows, without its answers.
    pub(super) fn add_request(
        &mut self,
        request: &Request,
        is_first: bool,
        diagnostics: &mut Diagnostics,
    ) {
        self.add_fields(request, is_first);
        self.lacks_body |= request.body.is_none();
        if let Some(body) = &request.body {
            let place = request.place.at(BODY);
            let label = Label::new(&request.name, &mut self.keys, &mut self.readings);
            let origin = Origin {
                place: &place,
                label: &label,
                role: if is_first { Role::First } else { Role::Further },
            };
            self.add_body(origin, body, request.content_type.as_deref(), diagnostics);
            label.take(&mut self.keys);
        }
    }

    /// The parameters of the request itself.
    pub(super) fn add_fields(&mut self, request: &Request, is_first: bool) {
        let place = &request.place;
        self.add_path_parameters(request);
        self.add_parameters(place, Location::Query, &request.url.query, is_first);
        self.add_parameters(place, Location::Header, &request.headers, is_first);
        self.add_parameters(place, Location::Cookie, &request.cookies, is_first);
    }

    /// What a saved answer shows, of itself and of the request that it answered.
    pub(super) fn add_saved(
        &mut self,
        request: &Request,
        saved: &Saved,
        diagnostics: &mut Diagnostics,
    ) {
        let place = request.place.at(&saved.path);
        self.add_examples(&place, Location::Query, &saved.request_query);
        self.add_examples(&place, Location::Path, &saved.request_path);
        self.add_examples(&place, Location::Header, &saved.request_headers);
        let (errors, name) = match request.vendor {
            Some(vendor) => vendor.answer(&saved.name),
            None => (Vec::new(), saved.name.clone()),
        };
        let facts = mine::response(&name);
        let label = Label::new(&facts.description, &mut self.keys, &mut self.readings);
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
            let origin = Origin {
                place: &place.at(SAVED_BODY),
                label: &label,
                role,
            };
            self.add_body(origin, body, content_type, diagnostics);
        }
        let origin = Origin {
            place: &place,
            label: &label,
            role: Role::First,
        };
        self.add_response(origin, saved, facts, errors, diagnostics);
        label.take(&mut self.keys);
    }

    /// What further requests describe stands below what the first does, under their names. A description whose paragraphs
    /// all stand there says nothing new.
    fn add_facts(&mut self, name: &str, facts: OperationFacts) {
        let known = &mut self.facts;
        if known.description.is_empty() {
            known.description = facts.description;
        } else if known.description != facts.description
            && self
                .paragraphs
                .are_new(&known.description, &facts.description)
        {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let heading = match name.as_str() {
                "" => String::new(),
                name => format!("**{}**\n\n", mine::to_markdown(name)),
            };
            known
                .description
                .push_str(&format!("\n\n{heading}{}", facts.description));
        }
        known.deprecated = known.deprecated.take().or(facts.deprecated);
    }

    fn add_path_parameters(&mut self, request: &Request) {
        let mut fields: HashMap<&str, Vec<&Field>> = HashMap::new();
        for field in &request.url.path_fields {
            fields.entry(&field.name).or_default().push(field);
        }
        for name in request.url.parameters() {
            let key = (Location::Path, name.clone());
            let (parameter, _) = self
                .parameters
                .entry(key, true, |_| Parameter::named(&name));
            for field in fields.get(name.as_str()).into_iter().flatten() {
                parameter.add(&request.place, &[field], &mut self.readings);
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
        let by_name = self.by_name(location, fields);
        for (name, fields) in &by_name {
            let key = (location, name.clone());
            let new = |_: &_| Parameter::named(name);
            let (parameter, _) = self.parameters.entry(key, is_first, new);
            parameter.add(place, fields, &mut self.readings);
        }
        self.parameters
            .leave_out(|(at, name)| *at == location && !by_name.contains_key(name));
    }

    /// The fields by the name under which each is known.
    fn by_name<'f>(
        &mut self,
        location: Location,
        fields: &'f [Field],
    ) -> IndexMap<String, Vec<&'f Field>> {
        let mut by_name: IndexMap<String, Vec<&Field>> = IndexMap::new();
        for field in fields {
            let name = match location {
                Location::Header => self.header_names.first(&field.name),
                Location::Path | Location::Query | Location::Cookie => &field.name,
            };
            by_name.entry(name.to_owned()).or_default().push(field);
        }
        by_name
    }

    /// More values for parameters, and those that only a saved request shows: the item's own came without them.
    fn add_examples(&mut self, place: &Place, location: Location, fields: &[Field]) {
        for (name, fields) in self.by_name(location, fields) {
            let key = (location, name);
            match self.parameters.get_mut(&key) {
                Some(known) => known.observe(&fields),
                None if location == Location::Path => {}
                None => {
                    let new = |(_, name): &(_, String)| Parameter::named(name);
                    let (parameter, _) = self.parameters.entry(key, false, new);
                    parameter.add(place, &fields, &mut self.readings);
                }
            }
        }
    }

    fn add_response(
        &mut self,
        origin: Origin<'_>,
        saved: &Saved,
        facts: ResponseFacts,
        errors: Vec<DocumentedError>,
        diagnostics: &mut Diagnostics,
    ) {
        let place = origin.place;
        let stated = facts.status.map(|status| status.fact);
        let status = saved.status.or(stated);
        let key = status.map_or_else(|| "default".to_owned(), |status| status.to_string());
        if status.is_none() {
            diagnostics.add(
                place,
                Kind::NoStatus
                    .note("the saved answer has no status: it is taken as the default answer"),
            );
        }
        let response = self.responses.entry(key).or_insert_with(|| {
            Box::new(Response {
                place: place.clone(),
                ..Response::default()
            })
        });
        response.has_code |= saved.has_code;
        if !facts.description.is_empty() {
            response.names.insert(facts.description);
        }
        let description = mine::to_markdown(saved.description.trim());
        if !description.is_empty() {
            response.names.insert(description);
        }
        if response.phrase.is_empty() {
            response.phrase.clone_from(&saved.phrase);
        }
        response.has_errors |= !errors.is_empty();
        let errors = errors.into_iter();
        self.errors
            .extend(errors.map(|error| (status.unwrap_or_default(), error)));
        response.add_headers(place, &saved.headers, &mut self.readings);
        let stated = Declared {
            whose: "the saved body",
            content_type: saved.content_type.as_deref(),
            language: saved.language.as_deref(),
        };
        match (&saved.body, stated.content_type) {
            (Some(body), _) => add_text(&mut response.content, origin, body, &stated, diagnostics),
            // Postman saves no bytes, but what they are.
            (None, Some(media_type)) if is_binary(media_type) => {
                let entry = response.content.entry(media_type.to_owned());
                entry.or_insert(Content::Binary);
            }
            (None, _) => {}
        }
    }
}

impl Response {
    fn add_headers(&mut self, place: &Place, headers: &[Field], readings: &mut Readings) {
        for field in headers {
            let name = self.header_names.first(&field.name);
            let header = self.headers.entry(name.to_owned());
            let header = header.or_insert_with_key(|name| Box::new(Parameter::named(name)));
            header.add(place, &[field], readings);
        }
    }
}
