//! `application/x-www-form-urlencoded` bodies.
//!
//! progenitor's own encoder fails, when the request is sent, on the first array or
//! object. Here, an array is one pair for each element, as in HTML forms, or one pair with a
//! separator if documented, and an object is compact JSON.

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde::ser::Error as _;

use crate::fields::{self, FieldError, FieldSink};
use crate::multipart::invalid;
use crate::query;

/// What the generated client calls for an operation with such a body. The arrays named in
/// `lists` are no JSON; those in `joined` are one pair, with that separator.
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
    lists: &[&str],
    joined: &[(&str, &str)],
) -> Result<RequestBuilder, crate::Error> {
    let body = encode(value, lists, joined).map_err(|error| invalid(&error))?;
    let media_type = HeaderValue::from_static("application/x-www-form-urlencoded");
    Ok(request.header(CONTENT_TYPE, media_type).body(body))
}

/// The body alone.
pub(crate) fn encode<T: Serialize + ?Sized>(
    value: &T,
    lists: &[&str],
    joined: &[(&str, &str)],
) -> Result<String, FieldError> {
    let mut pairs = Pairs {
        joined,
        open: None,
        body: String::new(),
    };
    fields::collect(value, lists, &mut pairs)?;
    pairs.close();
    Ok(pairs.body)
}

/// A body in the making.
struct Pairs<'a> {
    joined: &'a [(&'a str, &'a str)],
    /// The array whose elements are being gathered: its name, its separator and they.
    open: Option<(String, &'a str, Vec<String>)>,
    body: String,
}

impl Pairs<'_> {
    fn close(&mut self) {
        if let Some((name, separator, values)) = self.open.take() {
            query::append(&mut self.body, &name, &values, separator);
        }
    }
}

impl FieldSink for Pairs<'_> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FieldError> {
        let mut text = Vec::new();
        if !fields::write_text(&mut text, value)? {
            return Ok(());
        }
        let text = String::from_utf8(text).map_err(FieldError::custom)?;
        let separator = self
            .joined
            .iter()
            .find(|(joined, _)| *joined == name)
            .map_or("", |(_, separator)| separator);
        if !separator.is_empty() && text.contains(separator) {
            return Err(FieldError::custom(format!(
                "an element of `{name}` contains {separator:?}, which separates the elements"
            )));
        }
        match &mut self.open {
            // The elements of one array follow each other.
            Some((open, _, values)) if open == name && !separator.is_empty() => values.push(text),
            _ => {
                self.close();
                self.open = Some((name.to_owned(), separator, vec![text]));
            }
        }
        Ok(())
    }
}
