//! One base URL for requests that write it in different ways: a request to `https://api.example.com/v2/users` is one to
//! `{{baseUrl}}/users` where that variable is `https://api.example.com/v2`.

use std::collections::{HashMap, HashSet};

use crate::postman::{Request, Server};

/// Moves segments of a path into the base URL where another request shows that they belong to it.
pub fn unify_bases(requests: &mut [Request]) {
    let mut bases = Bases::default();
    for request in &*requests {
        let (origin, path) = parts(&request.url.server);
        if !path.is_empty() {
            bases.add(origin, &path);
        }
    }
    if bases.steps.is_empty() {
        return;
    }
    for request in requests {
        let url = &mut request.url;
        let (origin, own) = parts(&url.server);
        let texts = url.segments.iter().map_while(|segment| segment.as_text());
        let whole = own.iter().copied().chain(texts);
        let length = bases.longest(origin, whole);
        let moved: Vec<_> = url
            .segments
            .drain(..length.saturating_sub(own.len()))
            .collect();
        for segment in moved.iter().filter_map(|segment| segment.as_text()) {
            url.server.url.push('/');
            url.server.url.push_str(segment);
        }
    }
}

/// The base URLs as a tree of their parts, whose nodes are numbers: all that one path begins with are found by one walk.
#[derive(Default)]
struct Bases {
    /// By node and next part; the origin comes first.
    steps: HashMap<(usize, String), usize>,
    /// The nodes where a base URL ends.
    ends: HashSet<usize>,
}

impl Bases {
    fn add(&mut self, origin: String, path: &[&str]) {
        let parts = [origin]
            .into_iter()
            .chain(path.iter().map(|part| (*part).to_owned()));
        let end = parts.fold(0, |at, part| {
            let next = self.steps.len() + 1;
            *self.steps.entry((at, part)).or_insert(next)
        });
        self.ends.insert(end);
    }

    /// How many segments of a path are in the longest of the bases that it begins with.
    fn longest<'p>(&self, origin: String, path: impl Iterator<Item = &'p str>) -> usize {
        let mut longest = 0;
        let mut at = self.steps.get(&(0, origin)).copied();
        for (index, part) in path.enumerate() {
            at = at.and_then(|at| self.steps.get(&(at, part.to_owned())).copied());
            match at {
                Some(node) if self.ends.contains(&node) => longest = index + 1,
                Some(_) => {}
                None => break,
            }
        }
        longest
    }
}

/// A base URL as its origin, and the segments of its path.
fn parts(server: &Server) -> (String, Vec<&str>) {
    let after_scheme = server.url.find("://").map_or(0, |at| at + 3);
    let mut segments = server
        .url
        .get(after_scheme..)
        .unwrap_or_default()
        .split('/');
    let host = segments.next().unwrap_or_default();
    let scheme = server.url.get(..after_scheme).unwrap_or_default();
    let origin = format!("{scheme}{host}");
    (origin, segments.collect())
}
