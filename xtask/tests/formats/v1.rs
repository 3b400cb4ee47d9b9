//! v1 exports.

use serde_json::json;

use super::{document, one, warnings};

#[test]
fn a_v1_export_comes_to_the_document_of_its_twin() {
    let old = json!({
        "id": "c", "name": "Ferry", "description": "Ships.", "order": ["r2"], "folders_order": ["f1"],
        "folders": [
            { "id": "f1", "name": "Trips", "description": "All trips.", "order": ["r1"], "folders_order": ["f2"] },
            { "id": "f2", "name": "Inner", "order": ["r3", "gone"], "folders_order": ["f1"] },
        ],
        "variables": [{ "key": "host", "value": "https://ferry.test/v1" }],
        "requests": [
            {
                "id": "r1", "name": "Get trip", "method": "GET", "url": "{{host}}/trips/:id?day=1",
                "description": "One trip.", "headers": "X-Deck: 2\n// X-Off: 1\n", "dataMode": "params", "data": null,
                "queryParams": [
                    { "key": "day", "value": "1", "description": "(Required) The day.", "enabled": true },
                    { "key": "class", "value": "a", "enabled": false },
                ],
                "pathVariables": { "id": "7" },
                "currentHelper": "basicAuth", "helperAttributes": { "username": "u", "password": "p" },
                "responses": [{
                    "id": "a", "name": "Found", "responseCode": { "code": 200, "name": "OK" },
                    "headers": [{ "key": "Content-Type", "value": "application/json" }], "language": "json",
                    "text": "{\"id\":7}", "request": "{\"url\":\"{{host}}/trips/7\",\"method\":\"GET\"}",
                }],
            },
            {
                "id": "r2", "name": "Book", "method": "POST", "url": "{{host}}/bookings", "dataMode": "raw",
                "headerData": [{ "key": "Content-Type", "value": "application/json" }],
                "rawModeData": "{\"seat\": 4}", "auth": { "type": "noauth" },
            },
            {
                "id": "r3", "name": "Upload", "method": "PUT", "url": "{{host}}/upload", "dataMode": "urlencoded",
                "data": [{ "key": "a", "value": "1", "enabled": true }, { "key": "b", "value": "2", "enabled": false }],
            },
            { "id": "lost", "name": "Not ordered", "method": "GET", "url": "{{host}}/lost", "dataMode": "params" },
            { "name": "No id", "method": "BREW", "url": "{{host}}/lost" },
        ],
    });
    let new = json!({
        "info": { "name": "Ferry", "description": "Ships." },
        "variable": [{ "key": "host", "value": "https://ferry.test/v1" }],
        "item": [
            { "name": "Trips", "description": "All trips.", "item": [
                { "name": "Inner", "item": [{
                    "name": "Upload",
                    "request": { "method": "PUT", "url": "{{host}}/upload", "body": { "mode": "urlencoded", "urlencoded": [
                        { "key": "a", "value": "1" }, { "key": "b", "value": "2", "disabled": true },
                    ] } },
                }] },
                {
                    "name": "Get trip",
                    "request": {
                        "method": "GET", "description": "One trip.",
                        "url": { "raw": "{{host}}/trips/:id?day=1", "query": [
                            { "key": "day", "value": "1", "description": "(Required) The day." },
                            { "key": "class", "value": "a", "disabled": true },
                        ], "variable": [{ "key": "id", "value": "7" }] },
                        "header": [{ "key": "X-Deck", "value": "2" }, { "key": "X-Off", "value": "1", "disabled": true }],
                        "auth": { "type": "basic", "basic": [{ "key": "username", "value": "u" }] },
                    },
                    "response": [{
                        "name": "Found", "code": 200, "status": "OK", "body": "{\"id\":7}", "_postman_previewlanguage": "json",
                        "header": [{ "key": "Content-Type", "value": "application/json" }],
                        "originalRequest": { "method": "GET", "url": "{{host}}/trips/7" },
                    }],
                },
            ] },
            { "name": "Book", "request": {
                "method": "POST", "url": "{{host}}/bookings", "auth": { "type": "noauth" },
                "header": [{ "key": "Content-Type", "value": "application/json" }],
                "body": { "mode": "raw", "raw": "{\"seat\": 4}" },
            } },
            { "name": "Not ordered", "request": { "method": "GET", "url": "{{host}}/lost" } },
            { "name": "No id", "request": { "method": "BREW", "url": "{{host}}/lost" } },
        ],
    });
    let from_old = one("ferry.json", &old.to_string()).unwrap();
    let from_new = one("ferry.json", &new.to_string()).unwrap();
    assert_eq!(document(&from_old), document(&from_new));
    assert_eq!(warnings(&from_old), warnings(&from_new));
    let wrapped = one("ferry.json", &json!({ "collection": old }).to_string()).unwrap();
    assert_eq!(document(&wrapped), document(&from_new));
    let unknown = from_old
        .warnings
        .iter()
        .find(|it| it.kind.id() == "unknown-method")
        .unwrap();
    assert_eq!(unknown.place.path, "$.requests[4].method");
    let alone = one("trip.json", &old["requests"][0].to_string()).unwrap();
    assert!(document(&alone)["paths"].as_object().unwrap().len() == 1);
}

#[test]
fn a_dump_is_read_collection_by_collection() {
    let item = |name: &str| json!({ "name": name, "request": { "method": "GET", "url": format!("https://ferry.test/{name}") } });
    let old = json!({ "id": "o", "name": "Old", "order": ["r"], "requests": [
        { "id": "r", "name": "brew", "method": "BREW", "url": "https://ferry.test/old", "dataMode": "params" },
        { "id": "s", "name": "old", "method": "GET", "url": "https://ferry.test/old", "dataMode": "params" },
    ] });
    let dump = json!({
        "version": 1, "environments": [], "globals": [],
        "collections": [{ "info": { "name": "New" }, "item": [item("new"), item("more")] }, old],
    });
    let generated = one("dump.json", &dump.to_string()).unwrap();
    let document = document(&generated);
    let paths: Vec<_> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/more", "/new", "/old"]);
    assert_eq!(document["info"]["title"], "New");
    let places: Vec<_> = generated
        .warnings
        .iter()
        .map(|it| it.place.path.as_str())
        .collect();
    for place in [
        "$.collections[0].item[1]",
        "$.collections[1].requests[0].method",
        "$.collections[1].requests[1]",
    ] {
        assert!(places.contains(&place), "{place}: {places:?}");
    }
}
