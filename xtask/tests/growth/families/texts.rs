//! Long texts: URLs, bodies and prose.

use serde_json::{Value, json};

use super::{Family, Input, input::*};

pub(super) const FAMILIES: &[Family] = &[
    Family {
        name: "distinct placeholders",
        input: |size| input_of(post(&json!(texts(size, |at| format!("<kind{at}>"))))),
    },
    Family {
        name: "equal parameters in a segment",
        input: |size| {
            input_of(get(format!(
                "https://api.example.com/{}",
                texts(size, |_| ":id".to_owned()).join(".")
            )))
        },
    },
    Family {
        name: "distinct parameters in a path",
        input: |size| {
            input_of(get(format!(
                "https://api.example.com/{}",
                texts(size, |at| format!(":id{at}")).join("/")
            )))
        },
    },
    Family {
        name: "variables in a host",
        input: |size| {
            input_of(get(format!(
                "https://{}.example.com/things",
                texts(size, |at| format!("{{{{v{at}}}}}")).join(".")
            )))
        },
    },
    Family {
        name: "segments of a path below a base URL",
        input: |size| {
            let path = texts(size, |at| format!("a{at}")).join("/");
            let base = texts(size / 2, |at| format!("a{at}")).join("/");
            let mut input = input([
                get("{{base}}/x"),
                get(format!("https://api.example.com/{path}")),
            ]);
            input.collection["variable"] =
                json!([{ "key": "base", "value": format!("https://api.example.com/{base}") }]);
            input
        },
    },
    Family {
        name: "braces without end in a path",
        input: |size| input_of(get(format!("https://api.example.com/{}", "{".repeat(size)))),
    },
    Family {
        name: "braces without end in a body",
        input: |size| {
            let mut item = post(&Value::Null);
            item["request"]["body"]["raw"] = "{{".repeat(16 * size).into();
            input_of(item)
        },
    },
    Family {
        name: "values of an enumeration",
        input: |size| {
            let values = texts(size, |at| format!("`v{at}`")).join(", ");
            let query = json!({ "key": "q", "value": "v1", "description": format!("Allowed values: {values}.") });
            input_of(get(
                json!({ "host": ["https://api.example.com"], "path": ["things"], "query": [query] }),
            ))
        },
    },
    Family {
        name: "sentences",
        input: |size| {
            described(
                &"Allowed values: `a`, `b`. Defaults to true, unless x. Maximum length: 10. "
                    .repeat(size),
            )
        },
    },
    Family {
        name: "stars",
        input: |size| described(&"**".repeat(size)),
    },
    Family {
        name: "runs of backquotes",
        input: |size| {
            // As much text as the size says, in runs of different lengths.
            let lengths = (1..).scan(0, |sum: &mut usize, length| {
                *sum += length;
                (*sum <= size).then_some(length)
            });
            described(
                &lengths
                    .map(|length| "`".repeat(length) + " ")
                    .collect::<String>(),
            )
        },
    },
];

fn described(text: &str) -> Input {
    let mut item = get(URL);
    item["request"]["description"] = text.into();
    input_of(item)
}
