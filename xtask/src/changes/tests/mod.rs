use serde_json::{Value, json};

use super::changes;

mod identity;
mod operations;
mod properties;
mod schemas;
mod types;
mod webhooks;

fn lines(old: &Value, new: &Value) -> Vec<String> {
    changes(old, new).iter().map(ToString::to_string).collect()
}

/// A document with one operation.
fn document(operation: &Value) -> Value {
    json!({"paths": {"/x/{id}": {"post": operation}}})
}

/// What changes between two versions of one operation.
fn between(old: &Value, new: &Value) -> Vec<String> {
    lines(&document(old), &document(new))
}

/// What changes between two schemas, as a body and as a response.
fn schemas(old: &Value, new: &Value) -> (Vec<String>, Vec<String>) {
    let body = |schema: &Value| json!({"requestBody": {"content": {"application/json": {"schema": schema}}}});
    let response = |schema: &Value| json!({"responses": {"200": {"content": {"application/json": {"schema": schema}}}}});
    (
        between(&body(old), &body(new)),
        between(&response(old), &response(new)),
    )
}
