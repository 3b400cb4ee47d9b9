//! A form with files, sent as it is read.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use reqwest::Body;
use serde::Serialize;

use super::boundary::Boundary;
use super::{EncodeError, escape};
use crate::fields::{self, FieldError, FieldSink};

/// A `multipart/form-data` body with files, in the order in which its parts are added.
///
/// The body has a Content-Length when the length of every file is known; otherwise it
/// is sent in chunks.
///
/// # Examples
/// ```
/// use zoom_chat_openapi::multipart::{File, Form};
///
/// let form = Form::new()
///     .text("to_contact", "jill@example.com")
///     .file("files", File::new("report.csv", "a,b\n").content_type("text/csv"));
/// # let _ = form;
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Form {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(Bytes),
    File(File),
}

/// A file of a [`Form`].
#[derive(Clone)]
pub struct File {
    name: String,
    content_type: Option<String>,
    length: Option<u64>,
    open: Arc<dyn Fn() -> Body + Send + Sync>,
}

impl File {
    /// A file under the name that the server shall see, with its content: bytes or a text.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let content = content.into();
        let length = content.len() as u64;
        Self::open(name, move || content.clone().into()).length(length)
    }

    /// A file whose content is opened each time the form is sent, so that a request with it
    /// can be sent again. Without [`length`](Self::length) the form is sent in chunks.
    ///
    /// # Examples
    /// ```
    /// use zoom_chat_openapi::multipart::File;
    ///
    /// let file = File::open("report.csv", || "a,b\n".into()).length(4);
    /// # let _ = file;
    /// ```
    pub fn open(name: impl Into<String>, open: impl Fn() -> Body + Send + Sync + 'static) -> Self {
        Self {
            name: name.into(),
            content_type: None,
            length: None,
            open: Arc::new(open),
        }
    }

    /// Says what the content is; `application/octet-stream` unless said.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Says how many bytes a stream will yield. A stream that yields another number
    /// breaks the connection.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    pub fn text(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parts.push(Part {
            name: name.into(),
            content: Content::Text(value.into().into_bytes().into()),
        });
        self
    }

    /// Adds the fields of a struct, as a form without files would send them.
    ///
    /// # Errors
    /// When `value` has no fields or one of them cannot be serialised.
    pub fn fields<T: Serialize + ?Sized>(self, value: &T) -> Result<Self, EncodeError> {
        self.fields_with(value, &[])
    }

    /// Adds the fields of a struct; arrays named in `repeated` become one part for each element.
    pub(crate) fn fields_with<T: Serialize + ?Sized>(
        mut self,
        value: &T,
        repeated: &[&str],
    ) -> Result<Self, EncodeError> {
        fields::collect(value, repeated, &mut self).map_err(EncodeError)?;
        Ok(self)
    }

    /// Whether there is a part of this name.
    #[doc(hidden)]
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.name == name)
    }

    /// Takes away the parts of this name.
    #[doc(hidden)]
    pub fn without(mut self, name: &str) -> Self {
        self.parts.retain(|part| part.name != name);
        self
    }

    /// Adds the parts of another form.
    #[doc(hidden)]
    pub fn followed_by(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// Adds a file.
    pub fn file(mut self, name: impl Into<String>, file: File) -> Self {
        self.parts.push(Part {
            name: name.into(),
            content: Content::File(file),
        });
        self
    }

    pub(crate) fn into_body(self) -> (String, Body) {
        let boundary = self.boundary();
        let mut segments = VecDeque::new();
        let mut length = Some(0);
        let mut pending = Vec::new();
        for Part { name, content } in self.parts {
            pending.extend_from_slice(b"--");
            pending.extend_from_slice(boundary.as_bytes());
            pending.extend_from_slice(b"\r\nContent-Disposition: form-data; name=\"");
            escape(&mut pending, &name);
            match content {
                Content::Text(text) => {
                    pending.extend_from_slice(b"\"\r\n\r\n");
                    pending.extend_from_slice(&text);
                }
                Content::File(file) => {
                    pending.extend_from_slice(b"\"; filename=\"");
                    escape(&mut pending, &file.name);
                    pending.extend_from_slice(b"\"\r\nContent-Type: ");
                    let media_type = file
                        .content_type
                        .as_deref()
                        .unwrap_or("application/octet-stream");
                    // A line break would let the media type write headers of its own.
                    pending.extend(media_type.bytes().filter(|byte| !byte.is_ascii_control()));
                    pending.extend_from_slice(b"\r\n\r\n");
                    length = add(length, Some(pending.len() as u64));
                    length = add(length, file.length);
                    segments.push_back(std::mem::take(&mut pending).into());
                    segments.push_back((file.open)());
                }
            }
            pending.extend_from_slice(b"\r\n");
        }
        pending.extend_from_slice(b"--");
        pending.extend_from_slice(boundary.as_bytes());
        pending.extend_from_slice(b"--\r\n");
        length = add(length, Some(pending.len() as u64));
        segments.push_back(pending.into());
        (
            boundary.content_type(),
            Body::wrap(Segments { segments, length }),
        )
    }

    /// A boundary that no text of the form holds. What the files hold is read only
    /// while they are sent; there it is the boundary's randomness that keeps them apart.
    fn boundary(&self) -> Boundary {
        let candidates = std::iter::repeat_with(Boundary::random);
        // There is always one more candidate.
        self.boundary_of(candidates)
            .unwrap_or_else(Boundary::random)
    }

    fn boundary_of(&self, mut candidates: impl Iterator<Item = Boundary>) -> Option<Boundary> {
        candidates.find(|boundary| {
            self.parts.iter().all(|part| match &part.content {
                Content::Text(text) => boundary.count(text) == 0,
                Content::File(_) => true,
            })
        })
    }
}

impl FieldSink for Form {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), FieldError> {
        let mut text = Vec::new();
        if fields::write_text(&mut text, value)? {
            self.parts.push(Part {
                name: name.to_owned(),
                content: Content::Text(text.into()),
            });
        }
        Ok(())
    }
}

fn add(sum: Option<u64>, more: Option<u64>) -> Option<u64> {
    sum?.checked_add(more?)
}

/// Bodies sent one after the other.
struct Segments {
    segments: VecDeque<Body>,
    /// What is left to send, where known.
    length: Option<u64>,
}

impl HttpBody for Segments {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        while let Some(segment) = self.segments.front_mut() {
            match Pin::new(segment).poll_frame(context) {
                Poll::Ready(None) => {
                    self.segments.pop_front();
                }
                Poll::Ready(Some(Ok(frame))) => {
                    // Trailers of a part would be trailers of the whole body.
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    self.length = self
                        .length
                        .and_then(|left| left.checked_sub(data.len() as u64));
                    return Poll::Ready(Some(Ok(Frame::data(data))));
                }
                other => return other,
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.segments.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests;
