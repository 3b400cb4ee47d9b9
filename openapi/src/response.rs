//! Answers that hold JSON or nothing.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::{Error, ResponseValue};

/// Reads the body of a success; an empty one is read as null, which is `None` to an
/// option and null to a value of any kind.
///
/// # Errors
/// When the body cannot be read or is not what was expected.
pub async fn optional<T: DeserializeOwned>(
    response: reqwest::Response,
) -> Result<ResponseValue<T>, Error> {
    let status = response.status();
    let headers: HeaderMap = response.headers().clone();
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    let json: &[u8] = if body.trim_ascii().is_empty() {
        b"null"
    } else {
        &body
    };
    match serde_json::from_slice(json) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(body, error)),
    }
}
