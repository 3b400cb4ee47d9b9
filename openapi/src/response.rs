//! Reads the body of a success, which may be an error.
//!
//! Some operations of Zoom reject a request with status 200 and a body of `code` and
//! `message`. Where no field of the answer is required, that would be decoded as an empty
//! answer, so it is recognised here; the error contains the whole body.

use bytes::Bytes;
use serde::de::{DeserializeOwned, Error as _};

use crate::{Attempt, Error, ErrorObject, ResponseValue, lenient};

/// How much is kept of a body that is too long.
const START: usize = 64 * 1024;

/// How the answer of a success is read.
#[derive(Clone, Copy, Debug)]
pub enum Answer<T> {
    /// The body is read to its end, and then decoded.
    Whole(fn(&[u8]) -> serde_json::Result<T>),
    /// The caller reads the body.
    Stream(fn(reqwest::Response) -> ResponseValue<T>),
}

/// Decodes a body of JSON whose type has no member `code`.
///
/// # Errors
/// When the body is not what was expected, or is an error.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let value = lenient::from_slice(body)?;
    refuse_disguised(body)?;
    Ok(value)
}

/// Decodes a body of JSON whose type may have a member `code`.
///
/// # Errors
/// When the body is not what was expected.
pub fn any<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    lenient::from_slice(body)
}

/// Decodes a body of JSON or nothing; nothing is decoded as null, which is `None` to an
/// option and null to a value of any kind.
///
/// # Errors
/// When the body is not what was expected, or is an error.
pub fn optional<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let nothing = body.trim_ascii().is_empty();
    let value = lenient::from_slice(if nothing { b"null" } else { body })?;
    refuse_disguised(body)?;
    Ok(value)
}

/// Decodes a body that should be empty.
///
/// # Errors
/// When the body is an error.
pub fn empty(body: &[u8]) -> serde_json::Result<()> {
    refuse_disguised(body)
}

/// Reads the answer of a success.
///
/// # Errors
/// When the body cannot be read, or is not what was expected.
pub async fn read<T>(
    mut response: reqwest::Response,
    answer: Answer<T>,
) -> Result<ResponseValue<T>, Error> {
    let decode = match answer {
        Answer::Whole(decode) => decode,
        Answer::Stream(stream) => return Ok(stream(response)),
    };
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let body = match bounded(response).await? {
        Ok(body) => body,
        Err(start) => {
            let error = serde_json::Error::custom("an answer that is too long");
            return Err(Error::InvalidResponsePayload(start, error));
        }
    };
    match decode(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(body, error)),
    }
}

/// The body, or its start if it is longer than the attempt allows. No more than is
/// allowed is kept, whatever length the answer announces.
async fn bounded(mut response: reqwest::Response) -> Result<Result<Bytes, Bytes>, Error> {
    let attempt = response.extensions().get::<Attempt>().cloned();
    let Some((attempt, limit)) = attempt.and_then(|attempt| {
        let limit = attempt.max_answer()?;
        Some((attempt, limit))
    }) else {
        return Ok(Ok(response
            .bytes()
            .await
            .map_err(Error::ResponseBodyError)?));
    };
    let mut is_too_long = response
        .content_length()
        .is_some_and(|announced| usize::try_from(announced).map_or(true, |it| it > limit));
    // Mostly there is one chunk, and then nothing has to be copied.
    let (mut first, mut whole) = (Bytes::new(), Vec::new());
    loop {
        let chunk = response.chunk().await.map_err(Error::ResponseBodyError)?;
        let Some(chunk) = chunk else { break };
        if first.is_empty() {
            first = chunk;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&chunk);
        }
        is_too_long |= first.len().max(whole.len()) > limit;
        if is_too_long {
            break;
        }
    }
    let mut body = if whole.is_empty() {
        first
    } else {
        whole.into()
    };
    if is_too_long {
        attempt.too_long();
        body.truncate(limit.min(START));
        return Ok(Err(body));
    }
    Ok(Ok(body))
}

fn refuse_disguised(body: &[u8]) -> serde_json::Result<()> {
    if ErrorObject::hides_in(body) {
        return Err(serde_json::Error::custom(
            "an error with the status of a success",
        ));
    }
    Ok(())
}
