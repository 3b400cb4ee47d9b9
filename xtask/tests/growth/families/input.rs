//! What a run is about, and the parts of collections.

use std::hint::black_box;

use serde_json::{Value, json};
use xtask::{
    changes::changes,
    codegen::{Options, convert},
    diagnostic::Warning,
    report::news,
    source::Source,
    stored::Stored,
};

/// What a run is about.
#[derive(Default)]
pub(crate) struct Input {
    pub(super) collection: Value,
    pub(super) overlay: Option<Value>,
    /// The collection that the stored document was made of.
    pub(super) before: Option<Value>,
    pub(super) stored: String,
}

impl Input {
    /// Makes the stored document, which is no part of the run.
    pub(crate) fn prepared(mut self) -> Self {
        if let Some(before) = self.before.take() {
            let before = Self {
                collection: before,
                ..Self::default()
            };
            self.stored = before.document(None).0.to_string();
        }
        self
    }

    /// Converts it and, where there is a stored document, compares both.
    pub(crate) fn run(&self) {
        if self.stored.is_empty() {
            self.document(None);
            return;
        }
        let stored = Stored::read(&self.stored);
        let (now, warnings) = self.document(Some(&stored));
        let before = serde_json::from_str(&self.stored).expect("a document");
        black_box(changes(&before, &now));
        black_box(news(&warnings, &before, &now));
    }

    fn document(&self, stored: Option<&Stored>) -> (Value, Vec<Warning>) {
        let source = |name: &str, value: &Value| {
            Source::new(name, value.to_string().into_bytes()).expect("a text")
        };
        let overlays: Vec<Source> = self
            .overlay
            .iter()
            .map(|it| source("overlay.json", it))
            .collect();
        let options = Options {
            stored,
            ..Options::default()
        };
        let sources = vec![source("collection.json", &self.collection)];
        let generated = convert(sources, &overlays, &options).expect("a document");
        (generated.document.tree().into_owned(), generated.warnings)
    }
}

pub(super) const URL: &str = "https://api.example.com/things";

pub(super) fn collection(items: impl IntoIterator<Item = Value>) -> Value {
    json!({ "info": { "name": "Growth" }, "item": items.into_iter().collect::<Vec<_>>() })
}

pub(super) fn input(items: impl IntoIterator<Item = Value>) -> Input {
    Input {
        collection: collection(items),
        ..Input::default()
    }
}

pub(super) fn input_of(item: Value) -> Input {
    input([item])
}

pub(super) fn get(url: impl Into<Value>) -> Value {
    json!({ "name": "Get", "request": { "method": "GET", "url": url.into() } })
}

pub(super) fn post(body: &Value) -> Value {
    let body = json!({ "mode": "raw", "raw": body.to_string(), "options": { "raw": { "language": "json" } } });
    json!({ "name": "Make", "request": { "method": "POST", "url": URL, "body": body } })
}

pub(super) fn with_query(name: &str, value: &str, size: usize) -> Value {
    let query: Vec<Value> = (0..size)
        .map(|at| json!({ "key": format!("{name}{at}"), "value": value }))
        .collect();
    get(
        json!({ "raw": URL, "host": ["https://api.example.com"], "path": ["things"], "query": query }),
    )
}

pub(super) fn members(size: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..size).map(member).collect())
}

pub(super) fn texts(size: usize, text: impl Fn(usize) -> String) -> Vec<String> {
    (0..size).map(text).collect()
}

pub(super) fn operations(name: &str, size: usize) -> Vec<Value> {
    let one = |at: usize| {
        let mut item = get(format!("https://api.example.com/{name}{at}"));
        item["name"] = format!("Get {name}{at}").into();
        item["response"] = json!([saved(
            &json!({ "id": at, "owner": { format!("of{at}"): "x" } })
        )]);
        item
    };
    (0..size).map(one).collect()
}

pub(super) fn saved(body: &Value) -> Value {
    json!({ "name": "Ok", "code": 200, "body": body.to_string(), "_postman_previewlanguage": "json" })
}

/// A request whose parameters are of one type in it, and of another in the one that its answer was saved with.
pub(super) fn conflicting(name: &str, size: usize) -> Value {
    let mut item = with_query(name, "1", size);
    let mut answer = saved(&json!({}));
    answer["originalRequest"] = with_query(name, "x", size)["request"].take();
    item["response"] = json!([answer]);
    item
}
