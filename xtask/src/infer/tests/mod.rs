//! What samples must come to.

mod format;
mod json;
mod placeholder;
mod properties;
mod text;

use serde_json::Value;

use super::*;

fn evidence(samples: &[Value]) -> Evidence {
    let mut evidence = Evidence::new();
    samples.iter().for_each(|sample| evidence.observe(sample));
    evidence
}

fn texts(samples: &[&str]) -> Evidence {
    let mut evidence = Evidence::new();
    samples
        .iter()
        .for_each(|sample| evidence.observe_text(sample));
    evidence
}

/// The OpenAPI schema with objects in place, without examples.
fn written(evidence: &Evidence) -> Value {
    let mut schema = Value::from(to_openapi(evidence.resolve().schema, &mut |_, shape| shape));
    strip_examples(&mut schema);
    schema
}

fn strip_examples(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.contains_key("type") || members.contains_key("oneOf") {
                members.shift_remove("example");
            }
            members.values_mut().for_each(strip_examples);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_examples),
        _ => {}
    }
}

fn findings(evidence: &Evidence) -> Vec<(String, FindingKind)> {
    evidence
        .resolve()
        .findings
        .into_iter()
        .map(|finding| (place(&finding.segments), finding.kind))
        .collect()
}
