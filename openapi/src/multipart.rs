//! `multipart/form-data` bodies, as a browser or Postman would send them.
//!
//! There are two kinds, with different properties:
//!
//! - a struct of texts becomes **one buffer**: it has a Content-Length, can be sent
//!   again, and its boundary is checked against the content;
//! - a [`Form`] with files is **streamed**, so that a file of any size needs little
//!   memory; its content is not known in advance, so its boundary is merely unguessable.
//!
//! Text parts carry no Content-Type, names are quoted, arrays and objects are compact
//! JSON in one part unless the document says otherwise, and absent fields are no part.

mod boundary;
mod form;

use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use std::fmt;

use self::boundary::Boundary;
pub use self::form::{File, Form};
use crate::fields::{self, FieldError, FieldSink};

/// A finished body with the header that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Encoded {
    /// The value of the Content-Type header, with the boundary.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// Encodes the fields of a struct or a map; arrays named in `repeated` become one
/// part for each element.
///
/// # Errors
/// When `value` has no fields or one of them cannot be serialised.
///
/// # Examples
/// ```
/// use std::collections::BTreeMap;
///
/// let form = zoom_chat_openapi::multipart::encode(&BTreeMap::from([("message", "Hi")]), &[])?;
/// assert!(form.content_type.starts_with("multipart/form-data; boundary="));
/// # Ok::<(), zoom_chat_openapi::multipart::EncodeError>(())
/// ```
pub fn encode<T: Serialize + ?Sized>(value: &T, repeated: &[&str]) -> Result<Encoded, EncodeError> {
    encode_with(value, repeated, Boundary::random).map_err(EncodeError)
}

/// Why a value is no form.
#[derive(Debug)]
pub struct EncodeError(FieldError);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for EncodeError {}

/// What the generated client calls for an operation with a form of texts.
///
/// # Errors
/// When `value` has no fields or one of them cannot be serialised.
#[doc(hidden)]
#[allow(
    clippy::result_large_err,
    reason = "the error type of the generated client"
)]
pub fn send<T: Serialize + ?Sized>(
    request: RequestBuilder,
    value: &T,
    repeated: &[&str],
) -> Result<RequestBuilder, crate::Error> {
    let Encoded { content_type, body } =
        encode_with(value, repeated, Boundary::random).map_err(|error| invalid(&error))?;
    Ok(request.header(CONTENT_TYPE, content_type).body(body))
}

/// What the generated client calls for an operation with a form of files.
#[doc(hidden)]
pub fn stream(request: RequestBuilder, form: Form) -> RequestBuilder {
    let (content_type, body) = form.into_body();
    request.header(CONTENT_TYPE, content_type).body(body)
}

pub(crate) fn invalid(error: &FieldError) -> crate::Error {
    crate::Error::InvalidRequest(error.to_string())
}

fn encode_with<T: Serialize + ?Sized>(
    value: &T,
    repeated: &[&str],
    mut next: impl FnMut() -> Boundary,
) -> Result<Encoded, FieldError> {
    let mut parts = Parts {
        body: Vec::new(),
        boundary: next(),
        placed: Vec::new(),
    };
    fields::collect(value, repeated, &mut parts)?;
    parts.delimit();
    parts.body.extend_from_slice(b"--\r\n");
    while parts.boundary.count(&parts.body) != parts.placed.len() {
        parts.replace(next());
    }
    Ok(Encoded {
        content_type: parts.boundary.content_type(),
        body: parts.body,
    })
}

/// A body in the making.
struct Parts {
    body: Vec<u8>,
    boundary: Boundary,
    /// Where in the body the boundary stands, so that another can take its place.
    placed: Vec<usize>,
}

impl Parts {
    fn delimit(&mut self) {
        self.body.extend_from_slice(b"--");
        self.placed.push(self.body.len());
        self.body.extend_from_slice(self.boundary.as_bytes());
    }

    fn replace(&mut self, boundary: Boundary) {
        for &at in &self.placed {
            // All boundaries have one length, so the place is there.
            if let Some(place) = self.body.get_mut(at..at + Boundary::LENGTH) {
                place.copy_from_slice(boundary.as_bytes());
            }
        }
        self.boundary = boundary;
    }
}

impl FieldSink for Parts {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FieldError> {
        let start = self.body.len();
        self.delimit();
        self.body
            .extend_from_slice(b"\r\nContent-Disposition: form-data; name=\"");
        escape(&mut self.body, name);
        self.body.extend_from_slice(b"\"\r\n\r\n");
        if fields::write_text(&mut self.body, value)? {
            self.body.extend_from_slice(b"\r\n");
        } else {
            self.body.truncate(start);
            self.placed.pop();
        }
        Ok(())
    }
}

/// Writes a name inside quotes: what would end it is percent-encoded, as the HTML
/// standard has it.
fn escape(out: &mut Vec<u8>, name: &str) {
    for byte in name.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"%22"),
            b'\r' => out.extend_from_slice(b"%0D"),
            b'\n' => out.extend_from_slice(b"%0A"),
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Boundary, encode_with};

    #[test]
    fn a_boundary_that_the_content_holds_is_replaced_everywhere() {
        let held = Boundary::of(1);
        let free = Boundary::of(2);
        let text = String::from_utf8(held.as_bytes().to_vec()).unwrap();
        let fields = BTreeMap::from([("a", text.as_str()), ("b", "x")]);
        let mut supply = [held, free].into_iter();
        let encoded = encode_with(&fields, &[], || supply.next().unwrap()).unwrap();
        let free = String::from_utf8(Boundary::of(2).as_bytes().to_vec()).unwrap();
        assert_eq!(
            encoded.content_type,
            format!("multipart/form-data; boundary={free}")
        );
        assert_eq!(
            String::from_utf8(encoded.body).unwrap(),
            format!(
                "--{free}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{text}\r\n\
                 --{free}\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n--{free}--\r\n"
            )
        );
    }
}
