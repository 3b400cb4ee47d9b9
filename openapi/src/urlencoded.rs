//! `application/x-www-form-urlencoded` bodies.
//!
//! progenitor's own encoder fails, when the request is sent, on the first array or
//! object. Here an array is one pair for each element, as HTML forms do it, and an
//! object is compact JSON.

use progenitor_client::RequestBuilderExt;
use reqwest::RequestBuilder;
use serde::Serialize;
use serde::ser::Error as _;

use crate::fields::{self, FieldError, FieldSink};
use crate::multipart::invalid;

/// What the generated client calls for an operation with such a body.
///
/// # Errors
/// When `value` has no fields or one of them cannot be serialised.
#[allow(
    clippy::result_large_err,
    reason = "the error type of the generated client"
)]
pub fn send<T: Serialize + ?Sized>(
    request: RequestBuilder,
    value: &T,
    repeated: &[&str],
) -> Result<RequestBuilder, crate::Error> {
    let pairs = collect(value, repeated).map_err(|error| invalid(&error))?;
    request.form_urlencoded(&pairs.0)
}

/// The body alone.
#[cfg(feature = "mock")]
pub(crate) fn encode<T: Serialize + ?Sized>(
    value: &T,
    repeated: &[&str],
) -> Result<Vec<u8>, FieldError> {
    let request = collect(value, repeated)
        .and_then(|pairs| {
            let request = reqwest::Client::new().post("http://localhost");
            let request: Result<_, crate::Error> = request.form_urlencoded(&pairs.0);
            request.map_err(FieldError::custom)
        })?
        .build()
        .map_err(FieldError::custom)?;
    let body = request.body().and_then(reqwest::Body::as_bytes);
    Ok(body.unwrap_or_default().to_owned())
}

fn collect<T: Serialize + ?Sized>(value: &T, repeated: &[&str]) -> Result<Pairs, FieldError> {
    let mut pairs = Pairs(Vec::new());
    fields::collect(value, repeated, &mut pairs)?;
    Ok(pairs)
}

struct Pairs(Vec<(String, String)>);

impl FieldSink for Pairs {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FieldError> {
        let mut text = Vec::new();
        if fields::write_text(&mut text, value)? {
            let text = String::from_utf8(text).map_err(FieldError::custom)?;
            self.0.push((name.to_owned(), text));
        }
        Ok(())
    }
}
