use proptest::strategy::{Strategy as _, ValueTree as _};
use serde_json::{Value, json};

use super::*;

fn overlay(actions: &Value) -> Result<Overlay, Box<OverlayError>> {
    let document =
        json!({"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": actions});
    Overlay::parse("o.json", &document.to_string())
}

fn applied(
    actions: &Value,
    mut document: Value,
) -> Result<(Value, Vec<Vec<String>>), Box<OverlayError>> {
    let applied = apply(&overlay(actions)?, &mut document, Strictness::Strict)?;
    Ok((
        document,
        applied
            .into_iter()
            .map(|applied| applied.pointers)
            .collect(),
    ))
}

#[test]
fn updates_merge_and_append() {
    let document = json!({"a": {"b": 1, "c": {"d": 2}, "list": [1]}, "x/y~z": {}});
    let actions = json!([
        {"target": "$.a", "update": {"b": 3, "c": {"e": 4}, "list": [2, 3], "new": {"f": 5}}},
        {"target": "$.a.list", "update": {"entry": true}},
        {"target": "$['x/y~z']", "update": {"g": null}},
    ]);
    let (document, pointers) = applied(&actions, document).unwrap();
    assert_eq!(
        document,
        json!({
            "a": {"b": 3, "c": {"d": 2, "e": 4}, "list": [1, 2, 3, {"entry": true}], "new": {"f": 5}},
            "x/y~z": {"g": null},
        })
    );
    assert_eq!(
        pointers,
        [
            vec!["/a/b", "/a/c/e", "/a/list/1", "/a/list/2", "/a/new"],
            vec!["/a/list/3"],
            vec!["/x~1y~0z/g"]
        ]
    );
}

#[test]
fn a_wildcard_reaches_every_operation() {
    let document = json!({"paths": {
        "/a": {"get": {"operationId": "a", "responses": {}}, "post": {"operationId": "b", "responses": {}}},
        "/b": {"delete": {"operationId": "c", "responses": {}}}}});
    let actions =
        json!([{"target": "$.paths.*[?@.operationId].responses", "update": {"default": {}}}]);
    let (document, pointers) = applied(&actions, document).unwrap();
    assert_eq!(
        document["paths"]["/b"]["delete"]["responses"],
        json!({"default": {}})
    );
    assert_eq!(pointers[0].len(), 3);
}

#[test]
fn a_node_selected_twice_changes_once() {
    let (document, _) = applied(
        &json!([{"target": "$['a','a']", "update": [1]}]),
        json!({"a": []}),
    )
    .unwrap();
    assert_eq!(document, json!({"a": [1]}));
}

#[test]
fn removes_fields_items_and_what_lies_in_them() {
    let document = json!({"a": {"b": 1, "c": 2}, "list": [1, 2, 3, 4]});
    let actions = json!([
        {"target": "$.a.b", "remove": true},
        {"target": "$.list[0,2]", "remove": true},
    ]);
    let (document, pointers) = applied(&actions, document).unwrap();
    assert_eq!(document, json!({"a": {"c": 2}, "list": [2, 4]}));
    assert_eq!(pointers, [vec!["/a/b"], vec!["/list/0", "/list/2"]]);

    let nested = json!({"p": [{"x": 1, "p": [{"x": 2}]}, {"y": 1}]});
    let (document, _) = applied(&json!([{"target": "$..[?@.x]", "remove": true}]), nested).unwrap();
    assert_eq!(document, json!({"p": [{"y": 1}]}));
    let (document, _) = applied(
        &json!([{"target": "$.a[10,0,9]", "remove": true}]),
        json!({"a": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}),
    )
    .unwrap();
    assert_eq!(document, json!({"a": [1, 2, 3, 4, 5, 6, 7, 8]}));
}

#[test]
fn a_removal_whose_target_is_gone_has_reached_its_goal() {
    let actions = json!([
        {"target": "$.a.b", "remove": true},
        {"target": "$.a['b','c']", "remove": true},
        {"target": "$.a['b']", "remove": true},
        {"target": "$.a", "update": {}},
    ]);
    let mut document = json!({"a": {"b": 1, "c": 2}});
    let overlay = overlay(&actions).unwrap();
    let applied = apply(&overlay, &mut document, Strictness::Strict).unwrap();
    assert_eq!(document, json!({"a": {}}));
    let idle: Vec<_> = applied.iter().map(|it| it.idle).collect();
    assert_eq!(idle, [None, None, Some(Idle::Removed), None]);
}

#[test]
fn what_cannot_be_carried_out_changes_nothing() {
    for (actions, reason) in [
        (
            json!([{"target": "$.a", "update": {"n": 1}}, {"target": "$.nowhere", "update": {"n": 1}}]),
            "selects nothing",
        ),
        (
            json!([{"target": "$.a", "update": 1}]),
            "`/a` is an object, but the update has a primitive value there",
        ),
        (
            json!([{"target": "$", "update": {"new": 1, "a": {"b": [1]}}}]),
            "`/a/b` is a primitive value, but the update has an array there",
        ),
        (
            json!([{"target": "$['a', 'list']", "update": {}}]),
            "selects an object and an array",
        ),
        (
            json!([{"target": "$.a.b", "update": 1}]),
            "neither an object nor an array",
        ),
        (
            json!([{"target": "$", "remove": true}]),
            "the whole document",
        ),
    ] {
        let mut document = json!({"a": {"b": 1}, "list": []});
        let error = apply(
            &overlay(&actions).unwrap(),
            &mut document,
            Strictness::Strict,
        )
        .unwrap_err();
        assert!(error.reason.contains(reason), "{error}");
        assert!(!error.remedy.is_empty());
        assert_eq!(document, json!({"a": {"b": 1}, "list": []}));
    }
}

#[test]
fn errors_name_file_action_and_target() {
    let actions = json!([{"target": "$.a", "update": {}}, {"target": "$.b.c", "update": {}}]);
    let error = applied(&actions, json!({"a": {}})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "o.json: $.actions[1] (target `$.b.c`): the target selects nothing in the document"
    );
    let error = Overlay::parse("o.json", "{\n  oops").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("o.json:2:3: the text is not JSON"),
        "{error}"
    );
}

#[test]
fn documents_are_checked_to_the_letter() {
    let info = json!({"title": "T", "version": "1"});
    let actions = json!([{"target": "$", "update": {}}]);
    for (document, reason) in [
        (json!([]), "the document is not an object"),
        (
            json!({"info": info, "actions": actions}),
            "`overlay` is missing",
        ),
        (
            json!({"info": info, "item": []}),
            "the file is not an overlay",
        ),
        (
            json!({"overlay": 1, "info": info, "actions": actions}),
            "`overlay` is not a string",
        ),
        (
            json!({"overlay": "1.2.0", "info": info, "actions": actions}),
            "not a supported version",
        ),
        (
            json!({"overlay": "1.1", "info": info, "actions": actions}),
            "not a supported version",
        ),
        (
            json!({"overlay": "1.1.0", "info": {"title": "T", "version": "1", "description": 1}, "actions": actions}),
            "`description` is not a string",
        ),
        (
            json!({"overlay": "1.0.0", "info": {"title": "T", "version": "1", "description": "D"}, "actions": actions}),
            "unknown field `description`",
        ),
        (
            json!({"overlay": "1.1.0", "info": info, "actions": [{"target": "$", "copy": 1}]}),
            "`copy` is not a string",
        ),
        (
            json!({"overlay": "1.1.0", "info": info, "actions": [{"target": "$", "copy": "a"}]}),
            "`copy` is not a JSONPath",
        ),
        (
            json!({"overlay": "1.1.0", "info": info, "actions": [{"target": "$", "copy": "$.a", "update": {}}]}),
            "has both `update` and `copy`",
        ),
        (
            json!({"overlay": "1.0", "info": info, "actions": actions}),
            "not a supported version",
        ),
        (
            json!({"overlay": "1.0.0", "actions": actions}),
            "`info` is missing",
        ),
        (
            json!({"overlay": "1.0.0", "info": {"title": "T"}, "actions": actions}),
            "`version` is missing",
        ),
        (
            json!({"overlay": "1.0.0", "info": info}),
            "`actions` is missing",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": {}}),
            "`actions` is not an array",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": []}),
            "`actions` is empty",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": actions, "more": 1}),
            "unknown field `more`",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": actions, "extends": 1}),
            "`extends` is not a string",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": [1]}),
            "the action is not an object",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": [{"update": {}}]}),
            "`target` is missing",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": [{"target": "a.b", "update": {}}]}),
            "not a JSONPath",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": [
                {"target": "$" .to_owned() + &"[?@.a".repeat(60), "remove": true}
            ]}),
            "more than 10 deep",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": [{"target": "$.a", "remove": 1}]}),
            "not true or false",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": [{"target": "$.a", "remove": true, "copy": ""}]}),
            "`copy`",
        ),
        (
            json!({"overlay": "1.0.0", "info": info, "actions": [actions[0], actions[0]]}),
            "the same as $.actions[0]",
        ),
    ] {
        let error = Overlay::parse("o.json", &document.to_string()).unwrap_err();
        assert!(error.reason.contains(reason), "{document}: {error}");
    }
    let brackets = "$['".to_owned() + &"\\'([".repeat(60) + "']";
    let quoted = json!({"overlay": "1.0.0", "info": info, "actions": [
        {"target": brackets, "remove": true}
    ]});
    Overlay::parse("o.json", &quoted.to_string()).unwrap();
    let extended = json!({"overlay": "1.0.3", "x-own": 1, "info": {"title": "T", "version": "1", "x-a": 1}, "extends": "../a.json",
        "actions": [{"target": "$", "update": {}, "remove": false, "description": "Why.", "x-b": 1}]});
    let overlay = Overlay::parse("o.json", &extended.to_string()).unwrap();
    assert_eq!(
        (
            overlay.extends.as_deref(),
            overlay.actions[0].description.as_deref()
        ),
        (Some("../a.json"), Some("Why."))
    );
}

#[test]
fn a_component_is_renamed_with_its_references() {
    let document = json!({
        "paths": {"/a": {"get": {"schema": {"$ref": "#/components/schemas/B"}, "discriminator": {"mapping": {"b": "#/components/schemas/B"}}}}},
        "components": {"schemas": {
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/B/properties/x"}]},
            "B": {"type": "object"},
            "Bx": {"$ref": "#/components/schemas/Bx"},
            "Encoded": {"$ref": "#/components/schemas/%42"},
        }},
    });
    let actions = json!([{"target": "$.components.schemas.B", "x-rename": "Zebra"}]);
    let (document, pointers) = applied(&actions, document).unwrap();
    assert_eq!(
        document,
        json!({
            "paths": {"/a": {"get": {"schema": {"$ref": "#/components/schemas/Zebra"}, "discriminator": {"mapping": {"b": "#/components/schemas/Zebra"}}}}},
            "components": {"schemas": {
                "A": {"allOf": [{"$ref": "#/components/schemas/Zebra"}, {"$ref": "#/components/schemas/Zebra/properties/x"}]},
                "Bx": {"$ref": "#/components/schemas/Bx"},
                "Encoded": {"$ref": "#/components/schemas/Zebra"},
                "Zebra": {"type": "object"},
            }},
        })
    );
    assert_eq!(pointers, [["/components/schemas/Zebra"]]);
}

/// Actions in one overlay do what they do in an overlay each, where every rename corrects the references at once.
#[test]
fn renames_and_other_actions_apply_in_order() {
    let schema = |name: &str| format!("$.components.schemas.{name}");
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let mut pool = Vec::new();
    for from in ["A", "B", "C", "D"] {
        for to in ["A", "B", "C", "D"] {
            if from != to {
                pool.push(json!({"target": schema(from), "x-rename": to}));
                pool.push(json!({"target": schema(from), "update": {to: reference(to)}}));
                pool.push(json!({"target": schema(from), "copy": schema(to)}));
            }
        }
        let written = format!("#/components/schemas/{from}");
        let filtered = format!("$..[?@['$ref'] == '{written}']");
        pool.push(json!({"target": filtered, "update": {from: true}}));
        pool.push(json!({"target": filtered, "remove": true}));
        pool.push(json!({"target": "$.components.schemas", "copy": filtered}));
        pool.push(json!({"target": "$.paths", "update": {"mapping": {from: written}}}));
        pool.push(json!({"target": "$.paths.inner['$ref']", "update": format!("{written}/x")}));
        pool.push(json!({"target": schema(from), "remove": true}));
        pool.push(json!({"target": "$.components.schemas", "update": {from: {"new": 1}}}));
    }
    let document = json!({
        "paths": {"inner": {"$ref": "#/components/schemas/A/x"}, "odd": {"$ref": "#/components/schemas/%41"}},
        "components": {"schemas": {"A": {"b": reference("B")}, "B": {"list": [reference("A"), reference("Ab")]}, "Ab": {}}},
    });
    let run = |actions: &[Value], document: &Value| {
        let overlay =
            json!({"overlay": "1.1.0", "info": {"title": "T", "version": "1"}, "actions": actions});
        let overlay = Overlay::parse("o.json", &overlay.to_string()).unwrap();
        let mut document = document.clone();
        apply(&overlay, &mut document, Strictness::Strict).map(|_| document)
    };
    let mut renamed = 0;
    let strategy = proptest::collection::vec(proptest::sample::select(pool), 1..9);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..2000 {
        let drawn = strategy.new_tree(&mut runner).unwrap().current();
        let (mut actions, mut expected) = (Vec::new(), document.clone());
        for action in drawn {
            if let Ok(changed) = run(std::slice::from_ref(&action), &expected)
                && !actions.contains(&action)
            {
                expected = changed;
                actions.push(action);
            }
        }
        renamed += actions
            .iter()
            .filter(|it| it.get("x-rename").is_some())
            .count();
        if !actions.is_empty() {
            assert_eq!(run(&actions, &document).unwrap(), expected, "{actions:#?}");
        }
    }
    assert!(renamed > 500, "{renamed}");
}

#[test]
fn a_name_that_is_taken_or_no_name_is_refused() {
    let document = json!({"components": {"schemas": {"A": {}, "B": {}}}});
    for (target, name, reason) in [
        (
            "$.components.schemas.A",
            "B",
            "a component `B` exists already",
        ),
        (
            "$.components.schemas.C",
            "D",
            "the target selects nothing in the document",
        ),
        (
            "$.components.schemas.A",
            "no name",
            "`x-rename` is \"no name\", which is not a valid component name",
        ),
        (
            "$.components.schemas.*",
            "D",
            "`x-rename` needs a target that is one component",
        ),
        (
            "$.paths.A",
            "D",
            "`x-rename` needs a target that is one component",
        ),
    ] {
        let actions = json!([{"target": target, "x-rename": name}]);
        let error = applied(&actions, document.clone()).unwrap_err();
        assert_eq!(error.reason, reason);
    }
}

/// What Overlay 1.1 allows, and what becomes of the document.
#[test]
fn overlays_of_version_1_1() {
    let document = || {
        json!({
            "info": {"title": "Old", "tags": ["a", "b"]},
            "paths": {"/a": {"get": {"summary": "A"}, "x": 1}, "/b": {"post": {}}},
        })
    };
    for (actions, pointer, expected) in [
        (
            "{target: $.info.title, update: New}",
            "/info/title",
            json!("New"),
        ),
        ("{target: $.info.title, update: 5}", "/info/title", json!(5)),
        (
            "{target: \"$.info.tags[?@ == 'a']\", remove: true}",
            "/info/tags",
            json!(["b"]),
        ),
        (
            "{target: $.info.tags, update: c}",
            "/info/tags",
            json!(["a", "b", "c"]),
        ),
        (
            "{target: $.info.tags, update: [c, d]}",
            "/info/tags",
            json!(["a", "b", "c", "d"]),
        ),
        (
            "{target: '$.paths[\"/b\"]', copy: '$.paths[\"/a\"]'}",
            "/paths/~1b",
            json!({"post": {}, "get": {"summary": "A"}, "x": 1}),
        ),
        (
            "{target: $.info.title, copy: '$.paths[\"/a\"].get.summary'}",
            "/info/title",
            json!("A"),
        ),
        (
            "{target: $.info.tags, copy: $.info.title}",
            "/info/tags",
            json!(["a", "b", "Old"]),
        ),
        (
            "{target: $.info.tags, copy: $.info.tags, remove: true}",
            "/info/tags",
            Value::Null,
        ),
        (
            "{target: $.info.title, description: Only words.}",
            "/info/title",
            json!("Old"),
        ),
        (
            // As renamed in one overlay: copied, then removed.
            "{target: $.paths, update: {/c: {}}}, {target: \"$.paths['/c']\", copy: \"$.paths['/a']\"}, {target: \"$.paths['/a']\", remove: true}",
            "/paths",
            json!({"/b": {"post": {}}, "/c": {"get": {"summary": "A"}, "x": 1}}),
        ),
    ] {
        let text =
            format!("overlay: 1.1.0\ninfo: {{title: T, version: 1.0.0}}\nactions: [{actions}]");
        let mut document = document();
        apply(
            &Overlay::parse("o.yaml", &text).unwrap(),
            &mut document,
            Strictness::Strict,
        )
        .unwrap();
        assert_eq!(
            document.pointer(pointer).cloned().unwrap_or_default(),
            expected,
            "{actions}"
        );
    }
    for (actions, reason) in [
        (
            "{target: $.info.title, update: {}}",
            "is a primitive value, but the update has an object",
        ),
        (
            "{target: $, update: 5}",
            "the document is an object, but the update has a primitive value",
        ),
        (
            "{target: $.info, copy: $.paths.*}",
            "`copy` selects 2 nodes",
        ),
        (
            "{target: $.info, copy: $.nowhere}",
            "`copy` selects 0 nodes",
        ),
        ("{target: $.info, copy: $.info.title}", "is an object"),
    ] {
        let text =
            format!("overlay: 1.1.0\ninfo: {{title: T, version: 1.0.0}}\nactions: [{actions}]");
        let overlay = Overlay::parse("o.yaml", &text).unwrap();
        let error = apply(&overlay, &mut document(), Strictness::Strict).unwrap_err();
        assert!(error.reason.contains(reason), "{actions}: {error}");
    }
}

#[test]
fn what_does_nothing_is_told() {
    let actions = json!([
        {"target": "$.gone", "remove": true},
        {"target": "$.gone", "update": {}},
        {"target": "$.a", "description": "Words."},
        {"target": "$.a", "remove": true, "update": {"b": 2}},
    ]);
    let mut document = json!({"a": {"b": 1}, "c": 1});
    let overlay = overlay(&actions).unwrap();
    let applied = apply(&overlay, &mut document, Strictness::Standard).unwrap();
    let idle: Vec<_> = applied.iter().filter_map(|it| it.idle).collect();
    assert_eq!(
        idle,
        [Idle::Removed, Idle::Unmatched, Idle::Empty, Idle::Overruled]
    );
    assert_eq!(document, json!({"c": 1}));
}

#[test]
fn a_fault_in_yaml_has_its_place() {
    let error = Overlay::parse("o.yml", "overlay: 1.0.0\noverlay: 1.0.0").unwrap_err();
    assert_eq!(
        error.to_string(),
        "o.yml:2:10: the key `overlay` is there twice"
    );
}

/// An overlay applies to any value. Whether that is a complete description of an API is not its concern.
#[test]
fn a_document_need_not_be_complete() {
    let text = "
overlay: 1.1.0
info: { title: Harbour, version: 1.0.0 }
actions:
  - target: $
    update:
      info: { x-harbour: north }
      paths: { /berths: { get: { summary: Lists the berths } } }
      components:
      tags: []
";
    let overlay = Overlay::parse("harbour.yaml", text).unwrap();
    let update = json!({
        "info": {"x-harbour": "north"},
        "paths": {"/berths": {"get": {"summary": "Lists the berths"}}},
        "components": null,
        "tags": [],
    });
    for (document, expected) in [
        (json!({}), Ok(update.clone())),
        (
            json!({"info": {}, "paths": {}, "tags": []}),
            Ok(update.clone()),
        ),
        (update.clone(), Ok(update.clone())),
        (json!({"components": {}}), Err("`/components` is an object")),
        (
            json!({"paths": {"/berths": null}}),
            Err("`/paths/~1berths` is a primitive value"),
        ),
    ] {
        let mut document = document;
        match (apply(&overlay, &mut document, Strictness::Strict), expected) {
            (Ok(_), Ok(expected)) => assert_eq!(document, expected),
            (Err(error), Err(reason)) => assert!(error.reason.contains(reason), "{error}"),
            (result, expected) => panic!("{result:?} instead of {expected:?}"),
        }
    }
}
