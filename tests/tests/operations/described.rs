//! Each parameter and field says what it means, and the saved requests and answers are such as Zoom takes and gives.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    document::{self, members, resolved},
    item,
    problems::Problems,
    subject::Subject,
    subjects,
};

/// How a description names the parameter or field that it excludes.
const EITHER: &str = "Set either this or `";

#[test]
fn each_parameter_and_field_is_described() {
    let mut problems = Problems::default();
    for subject in subjects() {
        let operation = document::of(subject.operation);
        for parameter in list(&operation["parameters"]) {
            problems.check(&subject, is_described(parameter), || {
                format!("{} is not described", parameter["name"])
            });
            problems.check(&subject, parameter.get("example").is_some(), || {
                format!("{} has no example", parameter["name"])
            });
        }
        let answers = members(&operation["responses"]).map(|(_, answer)| &answer["content"]);
        for content in answers.chain([&operation["requestBody"]["content"]]) {
            for (media_type, content) in members(content) {
                fields(&subject, &content["schema"], media_type, &mut problems);
            }
        }
    }
    problems.assert_none();
}

/// Checks the fields of a schema at every level.
fn fields(subject: &Subject, schema: &'static Value, at: &str, problems: &mut Problems) {
    let schema = resolved(schema);
    for (name, field) in members(&schema["properties"]) {
        let at = format!("{at} {name}");
        let has_words = is_described(field) || is_described(resolved(field));
        problems.check(subject, has_words, || format!("{at} is not described"));
        fields(subject, field, &at, problems);
    }
    if let Some(items) = schema.get("items") {
        fields(subject, items, at, problems);
    }
}

#[test]
fn each_saved_error_has_values_for_its_placeholders() {
    let items = item::all();
    let mut problems = Problems::default();
    for subject in subjects() {
        for answer in items[&item::key(subject.operation)].answers() {
            let is_template = answer.body.contains('$')
                || answer.body.contains("{0}")
                || subject.operation.errors.iter().any(|error| {
                    error.message.contains('{') && answer.body.contains(error.message)
                });
            let is_error = answer.status >= 400;
            problems.check(&subject, !(is_error && is_template), || {
                format!("{} is a template", answer.body)
            });
        }
    }
    problems.assert_none();
}

#[test]
fn the_text_of_each_url_is_what_its_parts_make() {
    let items = item::all();
    let mut problems = Problems::default();
    for subject in subjects() {
        for (raw, parts) in items[&item::key(subject.operation)].urls() {
            problems.check(&subject, raw == parts, || {
                format!("{raw} instead of {parts}")
            });
        }
    }
    problems.assert_none();
}

#[test]
fn each_saved_request_sets_one_of_two_that_exclude_each_other() {
    let items = item::all();
    let mut problems = Problems::default();
    let mut pairs = BTreeSet::new();
    for subject in subjects() {
        let operation = document::of(subject.operation);
        let wire = items[&item::key(subject.operation)].wire(false);
        let sent: Vec<_> = wire.query.iter().map(|(name, _)| &**name).collect();
        for parameter in list(&operation["parameters"]) {
            let name = text(&parameter["name"]);
            if let Some(other) = excluded(parameter) {
                pairs.insert((subject.operation.id, name.to_owned()));
                let are_both = sent.contains(&name) && sent.contains(&other);
                problems.check(&subject, !are_both, || format!("both {name} and {other}"));
            }
        }
        for (_, content) in members(&operation["requestBody"]["content"]) {
            let several = members(&content["examples"]).map(|(_, example)| &example["value"]);
            for example in content.get("example").into_iter().chain(several) {
                let schema = &content["schema"];
                exclusive(&subject, schema, example, &mut pairs, &mut problems);
            }
        }
    }
    problems.assert_none();
    assert!(pairs.len() > 20, "only {pairs:?} exclude others");
}

/// Checks an example of a body at every level.
fn exclusive(
    subject: &Subject,
    schema: &'static Value,
    example: &Value,
    pairs: &mut BTreeSet<(&'static str, String)>,
    problems: &mut Problems,
) {
    let schema = resolved(schema);
    for (name, field) in members(&schema["properties"]) {
        if let Some(other) = excluded(field) {
            pairs.insert((subject.operation.id, name.clone()));
            let are_both = example.get(name).is_some() && example.get(other).is_some();
            problems.check(subject, !are_both, || format!("both {name} and {other}"));
        }
        exclusive(subject, field, &example[&**name], pairs, problems);
    }
    for item in list(example) {
        exclusive(subject, &schema["items"], item, pairs, problems);
    }
}

/// The name of what a parameter or field excludes.
fn excluded(described: &Value) -> Option<&str> {
    let (_, rest) = text(&described["description"]).split_once(EITHER)?;
    rest.split('`').next()
}

fn is_described(value: &Value) -> bool {
    !text(&value["description"]).trim().is_empty()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
