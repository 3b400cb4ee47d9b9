//! Answers that hold JSON or nothing.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::{Error, ResponseValue};

/// Reads the body of a success; an empty one is `None`.
///
/// # Errors
/// When the body cannot be read or is not what was expected.
pub async fn optional<T: DeserializeOwned>(
    response: reqwest::Response,
) -> Result<ResponseValue<Option<T>>, Error> {
    let status = response.status();
    let headers: HeaderMap = response.headers().clone();
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    let value = if body.trim_ascii().is_empty() {
        None
    } else {
        serde_json::from_slice(&body).map_err(|error| Error::InvalidResponsePayload(body, error))?
    };
    Ok(ResponseValue::new(value, status, headers))
}
