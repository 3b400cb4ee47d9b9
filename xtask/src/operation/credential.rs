//! Credentials that the requests of one operation send in different ways.

use std::collections::HashMap;

use crate::{
    diagnostic::Diagnostics,
    postman::{Auth, Field, Request, described_credential},
};

/// The API keys of one operation: those in headers by their names in lower case, and those in queries.
#[derive(Debug, Default)]
struct Keys {
    headers: HashMap<String, Auth>,
    query: HashMap<String, Auth>,
}

/// What one request of an operation sends as an API key is a parameter of none of them, and a request that has it among its
/// headers or in its query is authorized by it as well.
pub fn share_credentials(requests: &mut [Request], diagnostics: &mut Diagnostics) {
    let mut operations: HashMap<(String, String), Keys> = HashMap::new();
    for request in &*requests {
        for auth in request.auth.iter().flatten() {
            if let Auth::ApiKey { .. } = auth {
                operations.entry(operation(request)).or_default().add(auth);
            }
        }
    }
    if operations.is_empty() {
        return;
    }
    for request in requests {
        if let Some(keys) = operations.get(&operation(request)) {
            keys.take_from(request, diagnostics);
        }
    }
}

fn operation(request: &Request) -> (String, String) {
    (request.url.template(), request.method.clone())
}

impl Keys {
    fn add(&mut self, auth: &Auth) {
        let Auth::ApiKey { name, location } = auth else {
            return;
        };
        let (keys, name) = match *location {
            "header" => (&mut self.headers, name.to_ascii_lowercase()),
            _ => (&mut self.query, name.clone()),
        };
        keys.entry(name).or_insert_with(|| auth.clone());
    }

    fn take_from(&self, request: &mut Request, diagnostics: &mut Diagnostics) {
        let in_header = |field: &Field| self.headers.get(&field.name.to_ascii_lowercase());
        let in_query = |field: &Field| self.query.get(&field.name);
        let mut sent = Vec::new();
        let mut take = |field: &Field, auth| {
            if let Some(note) = described_credential(field) {
                diagnostics.add(&request.place.at(&field.path), note);
            }
            if !field.is_disabled {
                sent.push(auth);
            }
        };
        request.headers.retain(|field| {
            let auth = in_header(field);
            auth.inspect(|auth| take(field, *auth)).is_none()
        });
        request.url.query.retain(|field| {
            let auth = in_query(field);
            auth.inspect(|auth| take(field, *auth)).is_none()
        });
        for auth in sent {
            let all: &mut Vec<Auth> = request.auth.get_or_insert_default();
            if !all.contains(auth) {
                all.push(auth.clone());
            }
        }
        for saved in &mut request.responses {
            let (headers, query) = (&mut saved.request_headers, &mut saved.request_query);
            headers.retain(|field| in_header(field).is_none());
            query.retain(|field| in_query(field).is_none());
        }
    }
}
