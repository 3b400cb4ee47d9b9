//! What the tests of single operations share: a mock of Zoom with a client of it, and the two ends that a call can
//! come to.

use httpmock::MockServer;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zoom_chat_sdk::{CallError, OperationError, Response, ZoomChat, types::ZoomError};

/// A mock of Zoom, and a client that knows no other.
///
/// # Panics
///
/// If no mock can be started.
pub async fn zoom() -> (MockServer, ZoomChat) {
    let server = MockServer::start_async().await;
    let zoom = ZoomChat::builder()
        .access_token("eyJzdiI6IjAwMDAwMiIsImFsZyI6IkhTNTEyIn0.mock")
        .base_url(server.url("/v2"))
        .build()
        .expect("a client of a mock");
    (server, zoom)
}

/// A body as Zoom would send it.
///
/// # Panics
///
/// If `json` is not a `T`.
pub fn body<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("a body of the documented shape")
}

/// The body of an error as Zoom would send it.
#[must_use]
pub fn refusal(code: i64, message: &str) -> ZoomError {
    body(serde_json::json!({ "code": code, "message": message }))
}

/// What the document says about the error that a call came to.
///
/// # Panics
///
/// If the call came to anything else.
pub fn documented<T, E: OperationError>(answer: Result<Response<T>, CallError<E>>) -> E {
    let Err(error) = answer else {
        panic!("the call succeeded")
    };
    error
        .documented()
        .unwrap_or_else(|| panic!("not an answer of this operation: {error:?}"))
}
