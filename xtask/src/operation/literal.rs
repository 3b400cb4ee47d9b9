//! Ids that are written into a path: `/users/1041` is a request to `/users/{userId}` if another request shows this.

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostic::{Diagnostics, Kind},
    postman::{Field, Part, Request, Segment},
};

/// Makes a parameter of each id in a path in whose place another request has one. `diagnostics` gets those that stay.
pub fn read_ids(requests: &mut [Request], diagnostics: &mut Diagnostics) {
    let paths = Paths::of(requests);
    for request in requests {
        let mut at = paths.root(request);
        let mut taken: HashSet<String> = request.url.parameters().into_iter().collect();
        let mut left: Vec<String> = Vec::new();
        for segment in &mut request.url.segments {
            let text = segment.as_text().filter(|text| is_id(text));
            if let Some(id) = text.map(str::to_owned) {
                let shown = at.and_then(|at| paths.parameters.get(&at));
                match shown.filter(|name| !taken.contains(*name)) {
                    Some(name) => {
                        segment.0 = vec![Part::Parameter(name.clone())];
                        taken.insert(name.clone());
                        request.url.path_fields.push(Field {
                            path: ".request.url.path".to_owned(),
                            name: name.clone(),
                            value: Some(id),
                            ..Field::default()
                        });
                    }
                    None => left.push(format!("`{id}`")),
                }
            }
            at = at.and_then(|at| paths.next(at, segment));
        }
        if !left.is_empty() {
            let note = match left.as_slice() {
                [id] => format!("{id} in the path looks like an id: it is taken as text"),
                ids => format!(
                    "{} in the path look like ids: they are taken as text",
                    ids.join(" and ")
                ),
            };
            diagnostics.add(
                &request.place.at(".request.url"),
                Kind::LiteralId.note(note),
            );
        }
    }
}

/// Whether a segment of a path is a number, a UUID, or an id as `MongoDB` makes them.
fn is_id(text: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_object_id = text.len() == 24 && is_hex(text);
    let mut groups = text.split('-');
    let is_uuid = [8, 4, 4, 4, 12].iter().all(|length| {
        let group = groups.next().unwrap_or_default();
        group.len() == *length && is_hex(group)
    });
    is_number || is_object_id || (is_uuid && groups.next().is_none())
}

/// The paths of all requests as a tree. A node is a number.
struct Paths {
    roots: HashMap<String, usize>,
    /// By node and next segment; a parameter is none.
    nodes: HashMap<(usize, Option<String>), usize>,
    /// The name of the parameter that may follow on a node.
    parameters: HashMap<usize, String>,
}

impl Paths {
    fn of(requests: &[Request]) -> Self {
        let mut paths = Self {
            roots: HashMap::new(),
            nodes: HashMap::new(),
            parameters: HashMap::new(),
        };
        let mut count = 0;
        let mut new = || {
            count += 1;
            count
        };
        for request in requests {
            let root = paths.roots.entry(request.url.server.url.clone());
            let mut at = *root.or_insert_with(&mut new);
            for segment in &request.url.segments {
                if let [Part::Parameter(name)] = segment.0.as_slice() {
                    let known = paths.parameters.entry(at).or_insert_with(|| name.clone());
                    // The order of requests decides nothing.
                    if name < known {
                        known.clone_from(name);
                    }
                }
                at = *paths
                    .nodes
                    .entry((at, key(segment)))
                    .or_insert_with(&mut new);
            }
        }
        paths
    }

    fn root(&self, request: &Request) -> Option<usize> {
        self.roots.get(&request.url.server.url).copied()
    }

    fn next(&self, at: usize, segment: &Segment) -> Option<usize> {
        self.nodes.get(&(at, key(segment))).copied()
    }
}

/// A segment in the tree: its template, unless it is one parameter.
fn key(segment: &Segment) -> Option<String> {
    if let [Part::Parameter(_)] = segment.0.as_slice() {
        return None;
    }
    let mut text = String::new();
    segment.write(&mut text);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids_are_numbers_uuids_and_object_ids() {
        for (text, expected) in [
            ("1", true),
            ("20240131", true),
            ("64b7f0c2a1d2e3f4a5b6c7d8", true),
            ("3F2B8C1E-5a6d-4f70-9b1a-0c2d3e4f5a6b", true),
            ("", false),
            ("v1", false),
            ("1.0", false),
            ("-1", false),
            ("deadbeef", false),
            ("3f2b8c1e-5a6d-4f70-9b1a-0c2d3e4f5a6b-1", false),
            ("3f2b8c1e-5a6d-4f70-9b1a", false),
        ] {
            assert_eq!(is_id(text), expected, "{text}");
        }
    }
}
