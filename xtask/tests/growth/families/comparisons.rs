//! Documents that are compared with what is stored.

use serde_json::{Value, json};

use super::{Family, Input, input::*};

pub(super) const FAMILIES: &[Family] = &[
    Family {
        name: "operations that are as before",
        input: |size| against(operations("a", size), operations("a", size)),
    },
    Family {
        name: "operations that are others",
        input: |size| against(operations("a", size), operations("b", size)),
    },
    Family {
        name: "parameters that are others",
        input: |size| against([conflicting("a", size)], [conflicting("b", size)]),
    },
    Family {
        name: "parameters that are as before",
        input: |size| against([conflicting("a", size)], [conflicting("a", size)]),
    },
    Family {
        name: "values that are others",
        input: |size| {
            let values = |name: &str| {
                let listed = texts(size, |at| format!("`{name}{at}`")).join(", ");
                let query = json!({ "key": "q", "value": format!("{name}1"), "description": format!("Allowed values: {listed}.") });
                get(
                    json!({ "host": ["https://api.example.com"], "path": ["things"], "query": [query] }),
                )
            };
            against([values("a")], [values("b")])
        },
    },
    Family {
        name: "components that are gone",
        input: |size| {
            let body = |name: &str| {
                post(&members(size, |at| {
                    (format!("{name}{at}"), json!({ format!("{name}f{at}"): 1 }))
                }))
            };
            let mut other = body("b");
            other["request"]["url"] = "https://api.example.com/others".into();
            against([body("a")], [other])
        },
    },
    Family {
        name: "media types with fields that are others",
        input: |size| {
            let requests = |name: &str| {
                let request = |at: usize| {
                    let mut item = post(&json!({ format!("{name}{at}"): 1 }));
                    item["request"]["header"] = json!([{ "key": "Content-Type", "value": format!("application/x-t{at}+json") }]);
                    item
                };
                (0..size).map(request).collect::<Vec<_>>()
            };
            against(requests("a"), requests("b"))
        },
    },
];

fn against(before: impl IntoIterator<Item = Value>, now: impl IntoIterator<Item = Value>) -> Input {
    Input {
        before: Some(collection(before)),
        ..input(now)
    }
}
