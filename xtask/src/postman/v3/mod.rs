//! Postman's v3 collections: folders of YAML files, or one JSON document that Postman's API exports. Both become the items
//! of a v2.1 collection, so that there is one way to read a request.

mod build;
mod export;
mod fields;
mod request;
mod tree;

pub(super) use export::{incomplete, is_export, read_export};
pub(super) use tree::{is_definition, is_part, read_tree};

use serde_json::Value;

/// A folder or a request, wherever it stood.
#[derive(Debug)]
struct Node {
    /// The folder's definition, or the request.
    own: Value,
    /// Its name, unless `own` has another one.
    name: String,
    /// Where it stands.
    place: Place,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Folder(Vec<Node>),
    /// With its saved answers, which are nodes of this kind.
    Request(Vec<Node>),
}

/// Where a part stood: its file, if it is one of several, and its path in there.
#[derive(Clone, Debug, Default)]
struct Place {
    file: Option<String>,
    path: String,
}

impl Node {
    fn name(&self) -> &str {
        let stated = self.own.get("name").and_then(Value::as_str);
        stated.unwrap_or(&self.name)
    }

    /// Its rank among its siblings: what has no order comes last.
    fn order(&self) -> f64 {
        let order = self.own.get("order").and_then(Value::as_f64);
        order.unwrap_or(f64::INFINITY)
    }
}
