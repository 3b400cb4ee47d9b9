//! Many requests, or many parts of one.

use serde_json::{Value, json};

use super::{Family, input::*};

pub(super) const FAMILIES: &[Family] = &[
    Family {
        name: "requests of one operation, each with a description",
        input: |size| {
            input((0..size).map(|at| {
                let mut item = get(URL);
                item["request"]["description"] =
                    format!("It gives the thing number {at}, in words.").into();
                item
            }))
        },
    },
    Family {
        name: "servers of one path",
        input: |size| input((0..size).map(|at| get(format!("https://h{at}.example.com/things")))),
    },
    Family {
        name: "unknown servers of one path",
        input: |size| input((0..size).map(|at| get(format!("{{{{base{at}}}}}/things")))),
    },
    Family {
        name: "requests of one operation whose fields conflict",
        input: |size| {
            input((0..size).map(|at| post(&json!({ format!("f{}", at / 2): if at % 2 == 0 { json!(1) } else { json!("x") } }))))
        },
    },
    Family {
        name: "conflicting query parameters",
        input: |size| input_of(conflicting("q", size)),
    },
    Family {
        name: "answers of one request",
        input: |size| {
            let mut item = get(URL);
            item["response"] = (0..size)
                .map(|at| saved(&json!({ format!("f{at}"): at })))
                .collect();
            input_of(item)
        },
    },
    Family {
        name: "headers of a request",
        input: |size| {
            let mut item = get(URL);
            item["request"]["header"] = (0..size)
                .map(|at| json!({ "key": format!("X-H{at}"), "value": "1" }))
                .collect();
            input_of(item)
        },
    },
    Family {
        name: "query parameters",
        input: |size| input_of(with_query("q", "1", size)),
    },
    Family {
        name: "fields of a form",
        input: |size| {
            let fields: Vec<Value> = (0..size)
                .map(|at| json!({ "key": format!("f{at}"), "value": "1" }))
                .collect();
            let body = json!({ "mode": "urlencoded", "urlencoded": fields });
            input_of(
                json!({ "name": "Make", "request": { "method": "POST", "url": URL, "body": body } }),
            )
        },
    },
    Family {
        name: "variables of a collection and of its items",
        input: |size| {
            let variable = |at: usize| json!({ "key": format!("v{at}"), "value": "1" });
            let mut input = input((0..size).map(|at| {
                let mut item = get(format!("https://api.example.com/things{at}"));
                item["variable"] = json!([variable(at)]);
                item
            }));
            input.collection["variable"] = (0..size).map(variable).collect();
            input
        },
    },
    Family {
        name: "folders",
        input: |size| {
            input(operations("a", size).into_iter().enumerate().map(|(at, item)| {
            json!({ "name": format!("Folder {at}"), "description": format!("About {at}."), "item": [item] })
        }))
        },
    },
    Family {
        name: "operations of one name",
        input: |size| input((0..size).map(|at| get(format!("https://api.example.com/things{at}")))),
    },
    Family {
        name: "operations with schemas that are nearly equal",
        input: |size| input(operations("a", size)),
    },
    Family {
        name: "schemas in one body under one key",
        input: |size| {
            input_of(post(&members(size, |at| {
                (format!("a{at}"), json!({ "item": { format!("f{at}"): 1 } }))
            })))
        },
    },
    Family {
        name: "fields that are ids",
        input: |size| {
            input_of(post(&members(size, |at| {
                (format!("{at:024x}"), json!({ "size": at }))
            })))
        },
    },
];
