//! Converts nodes to a v2.1 collection, and keeps the place of each item.

use serde_json::{Map, Value, json};

use super::{
    Content, Node,
    fields::{auth, entries, set},
    request,
};
use crate::{
    diagnostic::{self, Kind, Note},
    postman::origin::{Converted, Origins},
};

/// What is called otherwise in v2.1.
const NAMES: [(&str, &str); 9] = [
    (".request.url.query", ".queryParams"),
    (".request.url.variable", ".pathVariables"),
    (".request.header", ".headers"),
    (".request.body.raw", ".body.content"),
    (".request.body.formdata", ".body.content"),
    (".request.body.urlencoded", ".body.content"),
    (".request", ""),
    (".header", ".response.headers"),
    (".body", ".response.body.content"),
];

/// The kinds of requests that OpenAPI describes.
const KINDS: [&str; 2] = ["http-request", "graphql-request"];

/// A collection, or a bare item where the node is a request.
pub(super) fn collection(node: Node, base: &str) -> Converted {
    let mut converted = Converted {
        origins: Origins::new(&NAMES),
        ..Converted::default()
    };
    let name = node.name().to_owned();
    converted.root = match node.content {
        Content::Request(_) => item(node, base, &mut converted).unwrap_or_default(),
        Content::Folder(children) => {
            origin(&node.place, base, &mut converted);
            let mut root = holder(&node.own, &node.place, "", &mut converted);
            let mut info = Map::new();
            info.insert("name".to_owned(), name.into());
            set(&mut info, "description", root.remove("description"));
            set(&mut info, "version", node.own.get("version").cloned());
            root.insert("info".to_owned(), info.into());
            root.insert("item".to_owned(), items(children, base, &mut converted));
            Value::Object(root)
        }
    };
    converted
}

fn origin(place: &super::Place, path: &str, converted: &mut Converted) {
    let (file, inner) = (place.file.clone(), place.path.clone());
    converted.origins.add(path.to_owned(), file, inner);
}

/// A note about what stands at `path` in `place`. That it is not turned into anything is why its place stays what it is.
fn note(place: &super::Place, path: &str, item: &str, note: Note, converted: &mut Converted) {
    let path = format!("{}{path}", place.path);
    if place.file.is_none() {
        converted.origins.add(path.clone(), None, path.clone());
    }
    let place = diagnostic::Place {
        file: place.file.clone().unwrap_or_default(),
        item: item.to_owned(),
        path,
    };
    converted.notes.push((place, note));
}

/// What a collection and a folder have in common; `name` is that of the folder.
fn holder(
    own: &Value,
    place: &super::Place,
    name: &str,
    converted: &mut Converted,
) -> Map<String, Value> {
    if let Some(Value::Array(several)) = own.get("auth")
        && let [first, _, ..] = several.as_slice()
    {
        let kind = first.get("type").and_then(Value::as_str).unwrap_or("none");
        let text = format!(
            "{} types of authorization are stated: only the first one, `{kind}`, is used",
            several.len()
        );
        note(
            place,
            ".auth",
            name,
            Kind::SeveralAuth.note(text),
            converted,
        );
    }
    let mut holder = Map::new();
    set(&mut holder, "description", own.get("description").cloned());
    set(
        &mut holder,
        "variable",
        Some(entries(own.get("variables")).into()),
    );
    set(&mut holder, "auth", auth(own.get("auth")));
    set(
        &mut holder,
        "protocolProfileBehavior",
        own.get("settings").cloned(),
    );
    holder
}

fn items(mut nodes: Vec<Node>, path: &str, converted: &mut Converted) -> Value {
    nodes.sort_by(|one, other| one.order().total_cmp(&other.order()));
    let mut items = Vec::new();
    for node in nodes {
        let path = format!("{path}.item[{}]", items.len());
        items.extend(item(node, &path, converted));
    }
    Value::Array(items)
}

fn item(node: Node, path: &str, converted: &mut Converted) -> Option<Value> {
    let kind = node
        .own
        .get("$kind")
        .and_then(Value::as_str)
        .unwrap_or("http-request");
    let name = node.name().to_owned();
    match node.content {
        Content::Request(_) if !KINDS.contains(&kind) => {
            let left_out = Kind::OtherProtocol.note(format!(
                "OpenAPI does not describe requests of the kind {kind}: the request is left out"
            ));
            note(&node.place, "", &name, left_out, converted);
            None
        }
        Content::Request(ref examples) => {
            origin(&node.place, path, converted);
            for (index, example) in examples.iter().enumerate() {
                origin(
                    &example.place,
                    &format!("{path}.response[{index}]"),
                    converted,
                );
            }
            Some(request::item(&node, examples))
        }
        Content::Folder(children) => {
            origin(&node.place, path, converted);
            let mut folder = holder(&node.own, &node.place, &name, converted);
            folder.insert("name".to_owned(), name.into());
            folder.insert("item".to_owned(), json!(items(children, path, converted)));
            Some(Value::Object(folder))
        }
    }
}
