use serde_json::json;

use super::super::*;
use crate::infer::{Evidence, Kind};

#[test]
fn applies_facts_in_the_type_of_the_samples() {
    let mut evidence = Evidence::new();
    evidence.observe_text("10");
    let mut schema = evidence.resolve().schema;
    let text = "The number: \n* `10` — ten\n* `20` — twenty\n\nDefault: `20`";
    assert_eq!(apply(&field(text), &mut schema), []);
    assert_eq!(schema.kind, Kind::Integer(None));
    assert_eq!(schema.enumeration, [json!(10), json!(20)]);
    assert_eq!(schema.default, Some(json!(20)));

    let mut schema = evidence.resolve().schema;
    let disagreements = apply(&field("Allowed: 1┃2\nDefault: `x`"), &mut schema);
    assert_eq!(disagreements.len(), 2);
    assert!(schema.enumeration.is_empty() && schema.default.is_none());
}

#[test]
fn applies_what_is_said_of_the_kind() {
    let applied = |description: &str, sample: &str| {
        let mut evidence = Evidence::new();
        evidence.observe_text(sample);
        let mut schema = evidence.resolve().schema;
        assert_eq!(apply(&field(description), &mut schema), []);
        schema.kind
    };
    let text = |format: Option<&str>| Kind::String(format.map(str::to_owned));
    let item = |kind: Kind| match kind {
        Kind::Array(items) => items.kind,
        other => panic!("no list but {other:?}"),
    };
    assert_eq!(
        item(applied(
            "(Required) A list of the files to send, in binary format.",
            "x"
        )),
        text(Some("binary"))
    );
    assert_eq!(item(applied("List of numbers.", "1")), Kind::Integer(None));
    assert_eq!(
        applied("A comma-separated list of numbers.", "1"),
        Kind::Integer(None)
    );
    assert_eq!(applied("A list of numbers.", "1,2"), text(None));
    assert_eq!(
        applied("The email address.", "a@example.com"),
        text(Some("email"))
    );
    assert_eq!(
        applied(
            "The user ID, or email address of a contact.",
            "a@example.com"
        ),
        text(None)
    );
    assert_eq!(
        applied("Either first name, last name or email.", "a@example.com"),
        text(None)
    );
    assert_eq!(
        applied("The query date, or the current one.", "2020-01-01"),
        text(Some("date"))
    );
}

#[test]
fn bounds_that_a_sample_breaks_are_not_applied() {
    let mut evidence = Evidence::new();
    evidence.observe_text("far too long");
    let mut schema = evidence.resolve().schema;
    assert_eq!(
        apply(
            &field("The maximum length is 3. The minimum length is 2."),
            &mut schema
        ),
        []
    );
    assert_eq!(
        (schema.limits.min_length, schema.limits.max_length),
        (Some(2), None)
    );
}
