//! The JSON Schema of the generated types speaks of the names on the wire.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use schemars::schema_for;
use zoom_chat_openapi::types;

#[test]
fn a_request_describes_itself() {
    let schema = schema_for!(types::SendChatMessageRequest).to_value();
    assert_eq!(
        schema.pointer("/properties/message/type").unwrap(),
        "string"
    );
    assert_eq!(
        schema.pointer("/required").unwrap(),
        &serde_json::json!(["message"])
    );
    assert!(
        schema
            .pointer("/$defs/SendChatMessageAtItem/properties/at_contact")
            .is_some()
    );
}
