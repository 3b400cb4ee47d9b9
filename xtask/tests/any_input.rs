//! No input makes the converter panic, hang or overflow the stack: it gives a document that holds, or an error.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use std::{cell::Cell, fs};

use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use xtask::{
    check::check,
    codegen::{Input, generate},
};

/// Returns how many paths the document has, none if the input is refused.
fn convert(bytes: &[u8]) -> usize {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("any.json");
    fs::write(&path, bytes).unwrap();
    let input = Input {
        postman: vec![path],
        ..Input::default()
    };
    match generate(&input) {
        Ok(generated) => {
            let tree = generated.document.tree();
            check(&tree).unwrap();
            tree["paths"].as_object().unwrap().len()
        }
        // The document's own checks must hold whatever came in: only the input may be at fault.
        Err(problem) => {
            assert!(problem.file.ends_with("any.json"), "{problem:?}");
            0
        }
    }
}

/// Words that mean something to the converter, and some that mean nothing.
fn text() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "GET",
        "post",
        "COPY",
        "{{baseUrl}}",
        "{{a}}/{{b}}",
        "https://x.io/a/:id/{b}?q=1&q=2#h",
        "ws://x",
        ":id.:fmt",
        "v{{x}}",
        "(Required) It.",
        "**Error Code:** `5301`<br>No.",
        "**Scopes:** `a:b`",
        "<string>",
        "<integer>",
        "[{\"a\":1}]",
        "{\"a\": {{b}}, /* c */ \"d\": [1,],}",
        "application/json",
        "multipart/form-data",
        "oauth2",
        "bearer",
        "noauth",
        "formdata",
        "urlencoded",
        "raw",
        "graphql",
        "file",
        "text",
        "items",
        "a",
        "A",
        "type",
        "é",
        "\u{1f600}",
        "\u{0}",
        "properties",
        "example",
        "$ref",
        "null",
        "-0",
        "1e400",
        "99999999999999999999",
        "2024-01-01",
        "/",
        "//",
        "..",
        "{",
        "}",
        "{}",
        "%7B",
        "~1",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ]
}

fn key() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "item",
        "request",
        "response",
        "name",
        "description",
        "content",
        "url",
        "raw",
        "host",
        "path",
        "query",
        "variable",
        "key",
        "value",
        "id",
        "disabled",
        "method",
        "header",
        "body",
        "mode",
        "formdata",
        "urlencoded",
        "graphql",
        "variables",
        "file",
        "src",
        "type",
        "auth",
        "oauth2",
        "apikey",
        "bearer",
        "code",
        "status",
        "originalRequest",
        "options",
        "language",
        "info",
        "version",
        "collection",
        "requests",
        "protocol",
        "port",
        "contentType",
        "event",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => text()]
}

/// Trees with the keys of Postman files and values of any type under them.
fn tree() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(8, 96, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A method, mostly one that there is.
fn method() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec!["GET", "POST", "put", "PATCH", "DELETE"]);
    prop_oneof![9 => known.prop_map(str::to_owned), 1 => text()]
}

/// A URL, mostly one that leads somewhere, with odd parts on its way.
fn url() -> impl Strategy<Value = Value> {
    let part =
        prop_oneof![3 => "[a-z]{1,6}", 1 => ":[a-z]{1,4}", 1 => r"\{\{[a-z]{1,4}\}\}", 1 => text()];
    let parts = prop::collection::vec(part, 1..5);
    let made = (parts, text(), tree(), any::<bool>()).prop_map(|(parts, query, tree, is_whole)| {
        if is_whole {
            return Value::from(format!("https://x.io/{}?q={query}", parts.join("/")));
        }
        let query = json!([{ "key": query, "value": tree }]);
        json!({ "host": ["https://x.io"], "path": parts, "query": query, "variable": [tree] })
    });
    prop_oneof![8 => made, 1 => text().prop_map(Value::from), 1 => tree()]
}

/// A request that mostly leads somewhere, and whose other parts are of any shape.
fn request() -> impl Strategy<Value = Value> {
    let url = url();
    let body = (prop::sample::select(vec!["raw", "formdata", "urlencoded", "graphql", "file"]), tree(), text()).prop_map(|(mode, tree, text)| {
        json!({ "mode": mode, "raw": text, "formdata": [tree], "urlencoded": [tree], "graphql": tree })
    });
    let saved = (any::<u16>(), text(), text(), tree()).prop_map(|(code, name, body, request)| {
        json!({ "code": code % 700, "name": name, "body": body, "originalRequest": request })
    });
    (text(), method(), url, body, prop::collection::vec(saved, 0..3), tree()).prop_map(|(name, method, url, body, responses, auth)| {
        json!({
            "name": name,
            "request": { "method": method, "url": url, "body": body, "auth": auth, "description": name },
            "response": responses,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        convert(&bytes);
    }

    #[test]
    fn any_tree_with_the_keys_of_postman(tree in tree()) {
        convert(tree.to_string().as_bytes());
    }

    #[test]
    fn a_good_file_that_is_cut_or_damaged(at in any::<prop::sample::Index>(), byte in any::<u8>(), is_cut: bool) {
        let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/postman/send-a-chat-message.json");
        let mut bytes = fs::read(seed).unwrap();
        let at = at.index(bytes.len());
        if is_cut {
            bytes.truncate(at);
        } else if let Some(damaged) = bytes.get_mut(at) {
            *damaged = byte;
        }
        convert(&bytes);
    }
}

/// A test of inputs that nearly all are refused would show little, so it counts.
#[test]
fn any_requests_in_a_collection() {
    const CASES: u32 = 256;

    let (with_paths, paths) = (Cell::new(0), Cell::new(0));
    let cases = (prop::collection::vec(request(), 1..6), tree());
    let mut runner = TestRunner::new(ProptestConfig::with_cases(CASES));
    let held = runner.run(&cases, |(requests, root)| {
        let mut collection =
            json!({ "info": { "name": "x" }, "item": requests, "variable": [root] });
        if let Some(auth) = root.get("auth") {
            collection["auth"] = auth.clone();
        }
        let found = convert(collection.to_string().as_bytes());
        with_paths.set(with_paths.get() + u32::from(found > 0));
        paths.set(paths.get() + found);
        Ok(())
    });
    held.unwrap();
    let (with_paths, paths) = (with_paths.get(), paths.get());
    assert!(
        with_paths > CASES / 4 * 3,
        "{with_paths} of {CASES} collections have paths"
    );
    assert!(
        paths > CASES as usize,
        "{paths} paths in {CASES} collections"
    );
}

#[test]
fn deep_folders_and_cyclic_variables_come_to_an_end() {
    let request = json!({ "name": "r", "request": "{{a}}/x" });
    let mut folders = request.clone();
    for _ in 0..50 {
        folders = json!({ "name": "f", "item": [folders] });
    }
    convert(
        json!({ "info": {}, "item": [folders] })
            .to_string()
            .as_bytes(),
    );
    let doubling: Vec<Value> = (0..40)
        .map(|index| json!({ "key": format!("v{index}"), "value": format!("{{{{v{0}}}}}{{{{v{0}}}}}", (index + 1) % 40) }))
        .collect();
    let collection = json!({ "info": {}, "variable": doubling, "item": [{ "name": "r", "request": "{{v0}}/x" }] });
    convert(collection.to_string().as_bytes());
}
