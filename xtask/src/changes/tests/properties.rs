use proptest::prelude::*;
use serde_json::{Value, json};

use crate::changes::{changes, texts};

/// Anything, with the words of OpenAPI in likely and unlikely places.
fn document_like() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        Just(json!(1)),
        Just(json!("string")),
        Just(json!("#/components/schemas/A")),
        Just(json!("path")),
        Just(json!("id")),
    ];
    let key = prop::sample::select(vec![
        "paths",
        "/a/{id}",
        "/b",
        "get",
        "post",
        "parameters",
        "name",
        "in",
        "schema",
        "$ref",
        "components",
        "schemas",
        "A",
        "type",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "requestBody",
        "content",
        "a/b",
        "responses",
        "200",
        "required",
        "enum",
        "x-zoom-errors",
        "security",
        "servers",
        "url",
        "additionalProperties",
        "maximum",
        "headers",
        "securitySchemes",
        "flows",
        "scopes",
        "default",
        "description",
        "example",
    ]);
    leaf.prop_recursive(8, 96, 6, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            3 => prop::collection::vec((key.clone(), inner), 0..6).prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_two_values_compare(old in document_like(), new in document_like()) {
        let (old, new) = (json!({"paths": {"/a/{id}": old.clone()}, "components": {"schemas": {"A": old}}}), json!({"paths": {"/a/{id}": new.clone()}, "components": {"schemas": {"A": new}}}));
        let once = changes(&old, &new);
        prop_assert_eq!(&once, &changes(&old, &new));
        prop_assert!(changes(&old, &old).is_empty());
        prop_assert!(texts(&old, &old).is_empty());
        prop_assert!(texts(&old, &new).iter().all(|change| !change.breaking));
        let breaking: Vec<bool> = once.iter().map(|change| change.breaking).collect();
        prop_assert!(breaking.is_sorted_by(|one, other| one >= other), "{once:#?}");
    }
}
