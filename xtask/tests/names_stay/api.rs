//! Generated APIs whose requests collide in as many ways as there are: titles, paths, keys and shapes come from small
//! stocks.

use std::collections::BTreeMap;

use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};
use xtask::{
    codegen::{Options, convert},
    source::Source,
    stored::Stored,
};

/// A request, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The file that it is in.
    pub(crate) file: &'static str,
    /// The folder in that file, if any.
    pub(crate) folder: &'static str,
    pub(crate) title: &'static str,
    pub(crate) method: &'static str,
    pub(crate) host: &'static str,
    /// A parameter begins with a colon.
    pub(crate) path: Vec<String>,
    pub(crate) query: Vec<String>,
    pub(crate) key: &'static str,
    pub(crate) body: Option<Value>,
    pub(crate) answers: Vec<(u16, Value)>,
}

pub(crate) const FILES: [&str; 3] = ["m.json", "a.json", "z.json"];
const FOLDERS: [&str; 3] = ["", "Things", "Users"];

impl Item {
    /// The operation that it describes: its method and path, without the names of parameters.
    pub(crate) fn operation(&self) -> (String, String) {
        let segment = |segment: &String| match segment.starts_with(':') {
            true => "/{}".to_owned(),
            false => format!("/{segment}"),
        };
        (
            self.path.iter().map(segment).collect(),
            self.method.to_ascii_lowercase(),
        )
    }

    fn written(&self) -> Value {
        let raw = |value: &Value| json!({ "mode": "raw", "raw": value.to_string(), "options": { "raw": { "language": "json" } } });
        let query: Vec<Value> = self
            .query
            .iter()
            .map(|key| json!({ "key": key, "value": "1" }))
            .collect();
        let answers: Vec<Value> = self
            .answers
            .iter()
            .map(
                |(code, body)| json!({ "name": "Answer.", "code": code, "body": body.to_string() }),
            )
            .collect();
        json!({
            "name": self.title,
            "request": {
                "method": self.method,
                "url": { "host": [self.host], "path": self.path, "query": query },
                "auth": { "type": "apikey", "apikey": [{ "key": "key", "value": self.key }] },
                "body": self.body.as_ref().map(raw),
            },
            "response": answers,
        })
    }
}

/// The files that hold these items, each a collection.
fn sources(items: &[Item]) -> Vec<Source> {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for item in items {
        let written = match item.folder {
            "" => item.written(),
            folder => json!({ "name": folder, "item": [item.written()] }),
        };
        files.entry(item.file).or_default().push(written);
    }
    files
        .into_iter()
        .map(|(file, items)| {
            let collection = json!({ "info": { "name": "Things" }, "item": items });
            Source::new(file.to_owned(), collection.to_string().into_bytes()).unwrap()
        })
        .collect()
}

/// The document of these items; `stored` is the one that it replaces. `None` if files contradict each other.
pub(crate) fn made(items: &[Item], stored: Option<&Value>) -> Option<Value> {
    let stored = stored.map(|document| Stored::read(&document.to_string()));
    let options = Options {
        names_files: true,
        stored: stored.as_ref(),
        ..Options::default()
    };
    let generated = convert(sources(items), &[], &options).ok()?;
    Some(generated.document.tree().into_owned())
}

/// The document of items that do not contradict each other.
pub(crate) fn document(items: &[Item], stored: Option<&Value>) -> Value {
    made(items, stored).unwrap()
}

/// Small shapes that recur, under keys that mean something to the rules of names or collide with what they make.
fn shape() -> impl Strategy<Value = Value> {
    let common = select(vec![
        json!({ "id": 1 }),
        json!({ "id": 1, "name": "a" }),
        json!({ "name": "a", "id": 1 }),
        json!({ "emoji": "a", "users": [{ "id": 1 }] }),
        json!({ "reactions": [{ "emoji": "a", "users": [{ "id": 1, "name": "a" }] }] }),
    ]);
    let key = select(vec![
        "request",
        "response",
        "reactions",
        "at_items",
        "users",
        "owner",
        "data",
        "thing_request",
        "message_response",
        "list_items",
        "items",
        "part",
    ]);
    common.prop_recursive(2, 8, 3, move |inner| {
        prop::collection::vec((key.clone(), inner, any::<bool>()), 1..4).prop_map(|members| {
            let members = members.into_iter().map(|(key, value, is_many)| {
                (key.to_owned(), if is_many { json!([value]) } else { value })
            });
            Value::Object(members.collect::<Map<_, _>>())
        })
    })
}

fn path() -> impl Strategy<Value = Vec<String>> {
    let word = || select(vec!["things", "users", "parts"]);
    let parameter = || select(vec![":id", ":userId", ":thing_id", ":x"]);
    prop_oneof![
        2 => word().prop_map(|word| vec![word.to_owned()]),
        1 => (word(), parameter(), word(), parameter()).prop_map(|(a, b, c, d)| [a, b, c, d].map(str::to_owned).to_vec()),
        3 => (word(), parameter()).prop_map(|(word, id)| vec![word.to_owned(), id.to_owned()]),
        3 => (word(), parameter(), word())
            .prop_map(|(word, id, last)| vec![word.to_owned(), id.to_owned(), last.to_owned()]),
    ]
}

fn answer() -> impl Strategy<Value = (u16, Value)> {
    let body = prop_oneof![4 => shape(), 1 => shape().prop_map(|shape| json!([shape]))];
    (select(vec![200_u16, 200, 200, 201, 404]), body)
}

pub(crate) fn item() -> impl Strategy<Value = Item> {
    let title = select(vec![
        "Get a thing",
        "Get thing",
        "List things",
        "Send a message",
        "Send message request",
        "Send",
        "Make parts",
        "",
    ]);
    let place = (select(FILES.to_vec()), select(FOLDERS.to_vec()));
    let host = prop_oneof![
        4 => Just("https://api.example.com"),
        1 => Just("https://other.example.com"),
    ];
    let query = prop::collection::vec(select(vec!["size".to_owned(), "token".to_owned()]), 0..2);
    let method = select(vec!["GET", "POST", "PATCH", "DELETE"]);
    let shapes = (
        prop::option::of(shape()),
        prop::collection::vec(answer(), 0..3),
    );
    (place, title, method, host, path(), query, shapes).prop_map(
        |((file, folder), title, method, host, path, query, (body, answers))| Item {
            file,
            folder,
            title,
            method,
            host,
            // The same for all requests of an operation.
            key: if path.len() == 3 { "X-Token" } else { "X-Key" },
            path,
            query,
            body: body.filter(|_| method != "GET"),
            answers,
        },
    )
}

/// Items that do not contradict each other.
pub(crate) fn items() -> impl Strategy<Value = Vec<Item>> {
    prop::collection::vec(item(), 2..8).prop_filter("files contradict each other", |items| {
        made(items, None).is_some()
    })
}
