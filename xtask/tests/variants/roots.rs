//! What a file may be: a collection, wrapped or not, a folder, an item.

use serde_json::{Value, json};

use crate::made::{collection, converted, document, endpoints, operation};

fn item() -> Value {
    json!({ "name": "Get a thing", "request": { "method": "GET", "url": "https://api.example.com/things" } })
}

#[test]
fn collections_wrapped_collections_folders_and_items_are_read() {
    let folder = json!({ "name": "Things", "item": [item()] });
    for file in [
        collection(&json!([item()])),
        json!({ "collection": collection(&json!([item()])) }),
        folder,
        item(),
        json!({ "info": {}, "item": [item()] }),
        json!({ "item": [item()] }),
        collection(&json!([{ "name": "Outer", "item": [{ "name": "Inner", "item": [item()] }] }])),
    ] {
        let document = document(&file);
        assert_eq!(endpoints(&document), ["get /things"], "{file}");
        assert_eq!(operation(&document)["operationId"], "getThing", "{file}");
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_file() {
    let file = format!("\u{feff}{}", item());
    assert_eq!(endpoints(&converted(file).document.tree()), ["get /things"]);
}

#[test]
fn a_title_and_a_version_are_always_there() {
    for (info, title, version) in [
        (json!({ "name": " Things " }), "Things", "1.0.0"),
        (json!({}), "Get a thing", "1.0.0"),
        (json!({ "name": "T", "version": "2" }), "T", "2"),
        (
            json!({ "name": "T", "version": { "major": 2, "minor": "1", "patch": 0, "identifier": "x" } }),
            "T",
            "2.1.0",
        ),
        (json!({ "name": "T", "version": null }), "T", "1.0.0"),
    ] {
        let document = document(&json!({ "info": info, "item": [item()] }));
        assert_eq!(document["info"]["title"], title, "{info}");
        assert_eq!(document["info"]["version"], version, "{info}");
    }
}

#[test]
fn a_collection_without_items_is_a_document_without_paths() {
    for items in [
        json!([]),
        json!(null),
        json!([{ "name": "Empty", "item": [] }]),
    ] {
        let document = document(&collection(&items));
        assert_eq!(document["paths"], json!({}), "{items}");
        assert_eq!(document["openapi"], "3.0.3");
    }
}

#[test]
fn both_versions_of_the_format_come_to_the_same() {
    let v20 = json!({
        "name": "Get", "request": {
            "method": "GET", "url": "https://api.example.com/things/:id?q=1",
            "auth": { "type": "apikey", "apikey": { "key": "x-key", "value": "s", "in": "header" } },
        },
    });
    let v21 = json!({
        "name": "Get", "request": {
            "method": "GET",
            "url": {
                "raw": "https://api.example.com/things/:id?q=1", "protocol": "https", "host": ["api", "example", "com"],
                "path": ["things", ":id"], "query": [{ "key": "q", "value": "1" }], "variable": [{ "key": "id" }],
            },
            "auth": { "type": "apikey", "apikey": [{ "key": "key", "value": "x-key" }, { "key": "in", "value": "header" }] },
        },
    });
    assert_eq!(document(&v20), document(&v21));
}

#[test]
fn items_that_openapi_has_no_words_for_are_named_and_left_out() {
    for (request, path, reason) in [
        (
            json!({ "method": "COPY", "url": "https://x.io/a" }),
            "$.item[0].request.method",
            "no method COPY",
        ),
        (
            json!({ "method": "link", "url": "https://x.io/a" }),
            "$.item[0].request.method",
            "no method LINK",
        ),
        (
            json!({ "method": "PURGE", "url": "https://x.io/a" }),
            "$.item[0].request.method",
            "no method PURGE",
        ),
        (
            json!({ "method": "GET", "url": "wss://x.io/a" }),
            "$.item[0].request.url",
            "WebSocket",
        ),
        (
            json!({ "url": { "raw": "grpc://x.io/a" } }),
            "$.item[0].request.url",
            "gRPC",
        ),
        (
            json!({ "method": "GET" }),
            "$.item[0].request.url",
            "has no URL",
        ),
        (
            json!({ "method": "GET", "url": null }),
            "$.item[0].request.url",
            "has no URL",
        ),
        (
            json!({ "method": "GET", "url": "" }),
            "$.item[0].request.url",
            "has no URL",
        ),
        (json!(null), "$.item[0]", "contains no request"),
    ] {
        let file = collection(&json!([{ "name": "Odd", "request": request }, item()]));
        let generated = converted(file.to_string());
        assert_eq!(
            endpoints(&generated.document.tree()),
            ["get /things"],
            "{request}"
        );
        crate::made::tells(&generated, path, reason);
    }
    // Postman takes what has items for a folder, and nothing else.
    let folder = json!({ "name": "Both", "request": "https://x.io/a", "item": [item()] });
    let generated = converted(collection(&json!([folder])).to_string());
    assert_eq!(endpoints(&generated.document.tree()), ["get /things"]);
    crate::made::tells(
        &generated,
        "$.item[0].request",
        "the folder also has a request",
    );
}

#[test]
fn a_method_may_be_absent_or_in_any_case() {
    for (request, method) in [
        (json!({ "url": "https://x.io/a" }), "get /a"),
        (json!("https://x.io/a"), "get /a"),
        (
            json!({ "method": "pOst", "url": "https://x.io/a" }),
            "post /a",
        ),
        (json!({ "method": null, "url": "https://x.io/a" }), "get /a"),
        (json!({ "method": "", "url": "https://x.io/a" }), "get /a"),
    ] {
        let document = document(&collection(&json!([{ "name": "R", "request": request }])));
        assert_eq!(endpoints(&document), [method], "{request}");
    }
}

#[test]
fn scripts_are_never_run_and_change_nothing() {
    let mut scripted = item();
    scripted["event"] = json!([
        { "listen": "prerequest", "script": { "exec": ["throw new Error()"], "type": "text/javascript" } },
        { "listen": "test", "script": { "exec": "while (true) {}" } },
    ]);
    let mut file = collection(&json!([scripted]));
    file["event"] = json!([{ "listen": "test" }]);
    assert_eq!(document(&file), document(&collection(&json!([item()]))));
}
