//! Reading the body of a success, which may be an error in disguise.
//!
//! Some operations of Zoom refuse with 200 and a body of `code` and `message`. Where no
//! field of a decoded answer is required, that would pass for an answer with nothing in
//! it, so it is told apart here; the body stays whole in the error.

use memchr::memmem;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Error as _};

use crate::{Error, ResponseValue, lenient};

/// Reads a body of JSON that has no `code` of its own.
///
/// # Errors
/// When the body cannot be read, was not what was expected, or is an error.
pub async fn json<T: DeserializeOwned>(
    response: reqwest::Response,
) -> Result<ResponseValue<T>, Error> {
    read(response, |body| {
        let value = lenient::from_slice(body)?;
        refuse_disguised(body)?;
        Ok(value)
    })
    .await
}

/// Reads a body of JSON that may have a `code` of its own.
///
/// # Errors
/// When the body cannot be read or is not what was expected.
pub async fn any<T: DeserializeOwned>(
    response: reqwest::Response,
) -> Result<ResponseValue<T>, Error> {
    read(response, lenient::from_slice).await
}

/// Reads a body of JSON or nothing; nothing is read as null, which is `None` to an
/// option and null to a value of any kind.
///
/// # Errors
/// When the body cannot be read or is not what was expected.
pub async fn optional<T: DeserializeOwned>(
    response: reqwest::Response,
) -> Result<ResponseValue<T>, Error> {
    read(response, |body| {
        let nothing = body.trim_ascii().is_empty();
        lenient::from_slice(if nothing { b"null" } else { body })
    })
    .await
}

/// Reads a body that ought to be empty.
///
/// # Errors
/// When the body cannot be read, or is an error.
pub async fn empty(response: reqwest::Response) -> Result<ResponseValue<()>, Error> {
    read(response, refuse_disguised).await
}

async fn read<T>(
    response: reqwest::Response,
    decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
) -> Result<ResponseValue<T>, Error> {
    let status = response.status();
    let headers = response.headers().clone();
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    match decode(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(body, error)),
    }
}

fn refuse_disguised(body: &[u8]) -> serde_json::Result<()> {
    #[derive(Deserialize)]
    struct Refusal {
        code: i64,
        #[serde(rename = "message")]
        _message: String,
    }
    // Nearly never there, and quickly looked for.
    if memmem::find(body, b"\"code\"").is_none() {
        return Ok(());
    }
    match serde_json::from_slice::<Refusal>(body) {
        Ok(Refusal { code, .. }) if code != 0 => Err(serde_json::Error::custom(
            "an error in the guise of a success",
        )),
        _ => Ok(()),
    }
}
