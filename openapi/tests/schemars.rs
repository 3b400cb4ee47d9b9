//! The JSON Schema of the generated types speaks of the names on the wire.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use schemars::schema_for;
use zoom_chat_openapi::types;

#[test]
fn a_request_describes_itself() {
    let schema = schema_for!(types::SendChatMessageRequest).to_value();
    assert_eq!(
        schema.pointer("/properties/message/type").unwrap(),
        &serde_json::json!(["string", "null"])
    );
    // What is required is the request's to check.
    assert_eq!(schema.pointer("/required"), None);
    assert!(
        schema
            .pointer("/$defs/SendChatMessageAtItem/properties/at_contact")
            .is_some()
    );
}

#[test]
fn an_open_enum_is_a_text_with_the_known_values_as_examples() {
    let schema = schema_for!(types::AddOrRemoveBookmarkRequestAction).to_value();
    assert_eq!(schema["type"], "string");
    assert_eq!(
        schema["examples"],
        serde_json::json!(["add_bookmark", "remove_bookmark"])
    );
}
