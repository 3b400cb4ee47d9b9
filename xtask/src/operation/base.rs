//! One base URL for requests that write it in different ways: a request to `https://api.example.com/v2/users` is one to
//! `{{baseUrl}}/users` where that variable is `https://api.example.com/v2`.

use std::collections::{BTreeMap, BTreeSet};

use crate::postman::{Request, Server};

/// Moves segments of a path into the base URL where another request shows that they belong to it.
pub fn unify_bases(requests: &mut [Request]) {
    // By the base without its path, the paths there are.
    let mut bases: BTreeMap<String, BTreeSet<Vec<String>>> = BTreeMap::new();
    for request in &*requests {
        let (origin, path) = parts(&request.url.server);
        if !path.is_empty() {
            bases.entry(origin).or_default().insert(path);
        }
    }
    if bases.is_empty() {
        return;
    }
    for request in requests {
        let (origin, own) = parts(&request.url.server);
        let Some(paths) = bases.get(&origin) else {
            continue;
        };
        let url = &mut request.url;
        let texts = url.segments.iter().map_while(|segment| segment.as_text());
        let mut whole = own.clone();
        whole.extend(texts.map(str::to_owned));
        let is_base = |length: &usize| {
            let path = whole.get(..*length);
            path.is_some_and(|path| paths.contains(path))
        };
        // The longest.
        if let Some(length) = (own.len() + 1..=whole.len()).rev().find(is_base) {
            for segment in whole.get(own.len()..length).unwrap_or_default() {
                url.server.url.push('/');
                url.server.url.push_str(segment);
            }
            url.segments.drain(..length - own.len());
        }
    }
}

/// A base URL as its origin, and the segments of its path.
fn parts(server: &Server) -> (String, Vec<String>) {
    let after_scheme = server.url.find("://").map_or(0, |at| at + 3);
    let mut segments = server
        .url
        .get(after_scheme..)
        .unwrap_or_default()
        .split('/');
    let host = segments.next().unwrap_or_default();
    let scheme = server.url.get(..after_scheme).unwrap_or_default();
    let origin = format!("{scheme}{host}");
    (origin, segments.map(str::to_owned).collect())
}
