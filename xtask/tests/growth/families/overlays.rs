//! Overlays of many actions, or of one that looks far.

use serde_json::{Value, json};

use super::{Family, Input, input::*};

pub(super) const FAMILIES: &[Family] = &[
    Family {
        name: "actions of an overlay",
        input: |size| {
            let actions = (0..size).map(
                |at| json!({ "target": format!("$.paths['/a{at}'].get"), "update": { "x-a": at } }),
            );
            with(input(operations("a", size)), actions)
        },
    },
    Family {
        name: "actions of an overlay on one place",
        input: |size| {
            let actions = (0..size)
                .map(|at| json!({ "target": "$.info", "update": { format!("x-{at}"): at } }));
            with(input(operations("a", 1)), actions)
        },
    },
    Family {
        name: "components renamed",
        input: |size| with(input(operations("a", size)), (0..size).map(rename)),
    },
    Family {
        name: "components renamed and changed in turn",
        input: |size| {
            let change = |at| json!({ "target": format!("$.components.schemas.R{at}"), "update": { "x-a": at } });
            let actions = (0..size).flat_map(|at| [rename(at), change(at)]);
            with(input(operations("a", size)), actions)
        },
    },
    Family {
        name: "wildcards in a wildcard",
        input: |size| {
            let action = json!({ "target": "$..*..*..summary", "update": "Short" });
            with(input(operations("a", size)), [action])
        },
    },
    Family {
        name: "filters in a filter",
        input: |size| {
            let action = json!({ "target": "$.paths.*[?@.responses[?@.content[?@.schema]]]", "update": { "x-a": 1 } });
            with(input(operations("a", size)), [action])
        },
    },
    Family {
        name: "every other parameter removed",
        input: |size| {
            with(
                input_of(with_query("q", "1", size)),
                [json!({ "target": "$.paths.*.*.parameters[::2]", "remove": true })],
            )
        },
    },
];

/// Renames the component of the operation `at`.
fn rename(at: usize) -> Value {
    json!({ "target": format!("$.components.schemas.GetA{at}Response"), "x-rename": format!("R{at}") })
}

fn overlay(actions: impl IntoIterator<Item = Value>) -> Option<Value> {
    Some(json!({
        "overlay": "1.1.0",
        "info": { "title": "Growth", "version": "1" },
        "actions": actions.into_iter().collect::<Vec<_>>(),
    }))
}

fn with(input: Input, actions: impl IntoIterator<Item = Value>) -> Input {
    Input {
        overlay: overlay(actions),
        ..input
    }
}
