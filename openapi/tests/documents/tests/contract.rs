//! The real client held against its document: every signature is the component that the
//! document names, and every saved example survives its type.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zoom_chat_openapi::{Request, requests, types};

include!(concat!(env!("GENERATED"), "/contract.rs"));

/// Compiles only when the request yields the answer.
fn yields<R: Request<Response = T>, T>(_: &R) {}

/// Compiles only when there is such a request.
#[allow(
    dead_code,
    reason = "of use only where an operation answers nothing that is typed"
)]
fn sends<R: Request>(_: &R) {}

fn round_trip<T: DeserializeOwned + Serialize>(context: &str, example: &str) {
    let value: T = serde_json::from_str(example)
        .unwrap_or_else(|error| panic!("{context}: {error} in {example}"));
    let example: Value = serde_json::from_str(example).unwrap();
    assert_eq!(
        plain(serde_json::to_value(value).unwrap()),
        plain(example),
        "{context}"
    );
}

/// What two spellings of the same value have in common: null is absent, 1.0 is 1.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, plain(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Number(number) => number.as_f64().map_or(Value::Number(number), Value::from),
        value => value,
    }
}
