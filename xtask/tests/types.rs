//! Collections whose members have other types than Postman writes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use xtask::{
    codegen::{Generated, Options, convert},
    diagnostic::Problem,
    source::Source,
};

/// A word that no fixture has, and that a document can have only from what stands in its place.
const CANARY: &str = "canary";

fn converted(collection: &Value) -> Result<Generated, Box<Problem>> {
    let source = Source::new("x.json", collection.to_string().into_bytes()).unwrap();
    convert(vec![source], &[], &Options::default())
}

/// The JSON pointers of all values in `value`.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn told(generated: &Generated) -> BTreeSet<(String, &'static str)> {
    let told = generated.warnings.iter();
    told.map(|it| (format!("{}: {}", it.place, it.text), it.kind.id()))
        .collect()
}

/// A collection with a member of each kind that is read.
fn collection() -> Value {
    let url = json!({
        "raw": "{{base}}/jars/:id?sort=asc",
        "host": ["{{base}}"],
        "path": ["jars", ":id"],
        "query": [{ "key": "sort", "value": "asc", "description": "The order.", "disabled": true }],
        "variable": [{ "key": "id", "value": "j1", "description": { "content": "The jar." } }],
    });
    let answer = json!({
        "name": "A jar.",
        "code": 200,
        "status": "OK",
        "_postman_previewlanguage": "json",
        "header": [{ "key": "X-Left", "value": "3" }],
        "body": "{\"id\": \"j1\"}",
        "originalRequest": { "method": "GET", "url": "{{base}}/jars/j1", "header": [{ "key": "X-Trace", "value": "t" }] },
    });
    let key = json!({ "type": "apikey", "apikey": [{ "key": "key", "value": "X-Jar" }, { "key": "in", "value": "header" }] });
    let parts = json!([
        { "key": "note", "value": "n", "type": "text", "description": "A note." },
        { "key": "photo", "type": "file", "src": "p.png", "contentType": "image/png" },
    ]);
    let query = json!({ "query": "query Jar { jar { id } }", "operationName": "Jar", "variables": "{\"id\": \"j1\"}" });
    let post = |path: &str, body: Value| {
        let url = format!("{{{{base}}}}/{path}");
        json!({ "name": path, "request": { "method": "POST", "url": url, "body": body } })
    };
    json!({
        "info": { "name": "Jars", "description": "All of them.", "version": { "major": 1, "minor": 2, "patch": 3 } },
        "variable": [{ "key": "base", "value": "https://jars.example/v1" }],
        "auth": { "type": "oauth2", "oauth2": [{ "key": "scope", "value": "a b" }] },
        "item": [
            {
                "name": "Shelf",
                "description": "A shelf.",
                "auth": key,
                "item": [{
                    "name": "Get a jar",
                    "request": {
                        "method": "GET",
                        "description": "Gives a jar.",
                        "url": url,
                        "header": [{ "key": "X-Size", "value": "4", "description": "How large." }],
                        "body": { "mode": "raw", "raw": "{\"a\": 1}", "options": { "raw": { "language": "json" } } },
                    },
                    "response": [answer],
                    "protocolProfileBehavior": { "disableBodyPruning": true },
                }],
            },
            post("forms", json!({ "mode": "urlencoded", "urlencoded": [{ "key": "size", "value": "1" }] })),
            post("parts", json!({ "mode": "formdata", "formdata": parts })),
            post("files", json!({ "mode": "file", "file": { "src": "p.bin" } })),
            post("queries", json!({ "mode": "graphql", "graphql": query })),
        ],
    })
}

/// Each value of a collection is replaced by one of each other type: it is read, or it is told, or it said nothing.
#[test]
fn a_value_of_another_type_is_read_or_told() {
    let collection = collection();
    let before = converted(&collection).unwrap();
    let (document, known) = (before.document.tree().to_string(), told(&before));
    let mut places = Vec::new();
    pointers(&collection, "", &mut places);
    let others = [
        json!(null),
        json!(7),
        json!(format!("{CANARY}: 1")),
        json!([CANARY]),
        json!({ CANARY: CANARY }),
    ];
    let (mut count, mut silent) = (0, Vec::new());
    for place in &places {
        for other in &others {
            let mut mutant = collection.clone();
            let value = mutant.pointer_mut(place).unwrap();
            if std::mem::discriminant(value) == std::mem::discriminant(other) {
                continue;
            }
            *value = other.clone();
            count += 1;
            match converted(&mutant) {
                Err(problem) => {
                    let texts = [
                        &problem.file,
                        &problem.path,
                        &problem.reason,
                        &problem.remedy,
                    ];
                    assert!(
                        texts.iter().all(|text| !text.is_empty()),
                        "{place}: {problem:?}"
                    );
                }
                Ok(generated) => {
                    let after = generated.document.tree().to_string();
                    let is_told = told(&generated).difference(&known).next().is_some();
                    let is_nothing = other.is_null() || other.is_number();
                    let is_read = after == document || after.contains(CANARY);
                    if !(is_told || is_read || is_nothing) {
                        silent.push(format!("{place}: {other}"));
                    }
                }
            }
        }
    }
    assert!(count > 500, "{count}");
    // Of these the type is right: the parameters of OAuth 2 have many names, variables may stand under theirs, and a request
    // may be the text of its URL.
    let right = [
        r#"/auth/oauth2: {"canary":"canary"}"#,
        r#"/item/0/item/0/request/url/variable: {"canary":"canary"}"#,
        r#"/item/0/item/0/response/0/originalRequest: "canary: 1""#,
    ];
    assert_eq!(silent, right);
}

#[test]
fn what_is_ignored_is_named_with_its_place_and_what_was_expected() {
    let item = |request: Value| json!({ "name": "Get a", "request": request });
    let url = "https://a.test/a";
    for (member, path, text) in [
        (
            json!({ "item": 5 }),
            "$.item",
            "`item` is a number instead of a list",
        ),
        (
            json!({ "item": [], "info": "a" }),
            "$.info",
            "`info` is text instead of an object",
        ),
        (
            json!({ "item": [], "info": { "name": ["a"] } }),
            "$.info.name",
            "`name` is a list instead of text",
        ),
        (
            json!({ "item": [item(json!({ "url": url, "header": 5 }))] }),
            "$.item[0].request.header",
            "`header` is a number instead of text or a list or an object",
        ),
        (
            json!({ "item": [item(json!({ "url": url, "description": { "text": "a" } }))] }),
            "$.item[0].request.description",
            "`description` has no `content`",
        ),
        (
            json!({ "item": [item(json!({ "url": url, "body": { "mode": "formdata", "formdata": [5] } }))] }),
            "$.item[0].request.body.formdata[0]",
            "an entry of `formdata` is a number instead of text or an object",
        ),
        (
            json!({ "item": [item(json!({ "url": { "raw": url, "query": [{ "key": "a", "disabled": "yes" }] } }))] }),
            "$.item[0].request.url.query[0].disabled",
            "`disabled` is text instead of true or false",
        ),
    ] {
        let generated = converted(&member).unwrap();
        let warning = generated
            .warnings
            .iter()
            .find(|it| it.kind.id() == "wrong-type");
        let warning = warning.unwrap_or_else(|| panic!("nothing is told of {member}"));
        assert_eq!(warning.place.path, path);
        assert_eq!(warning.text, format!("{text}, and is ignored"));
    }
}

#[test]
fn what_is_null_or_empty_is_nothing() {
    for empty in [json!(null), json!(""), json!([]), json!({})] {
        let collection = json!({
            "info": { "name": "A", "description": empty },
            "variable": empty,
            "auth": empty,
            "item": [{
                "name": "Get a",
                "request": { "url": "https://a.test/a", "header": empty, "body": empty, "auth": empty },
                "response": empty,
            }],
        });
        let generated = converted(&collection).unwrap();
        let wrong = generated
            .warnings
            .iter()
            .find(|it| it.kind.id() == "wrong-type");
        assert_eq!(wrong, None);
    }
}
