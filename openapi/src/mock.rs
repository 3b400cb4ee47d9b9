//! Typed httpmock mocks of every operation, for tests of what stands on this client.
//!
//! ```
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use httpmock::MockServer;
//! use zoom_chat_openapi::mock::MockServerExt;
//! use zoom_chat_openapi::types;
//!
//! let server = MockServer::start_async().await;
//! let expected = types::SendChatMessageRequest::new().message("Hi");
//! let mock = server.send_chat_message(|when, then| {
//!     when.user_id("me").body(&expected);
//!     then.created(&types::SendChatMessageResponse::new().id("1"));
//! });
//! # Ok(()) }
//! ```
//!
//! A mock of an operation with several media types answers only its own, and paths are
//! matched with and without the path of the documented server (`/v2`).
//!
//! A request that no mock matches is answered with 404. `mock.assert()` then prints what differs: the parameter, the
//! member of the body or the part of the form, as expected and as received.

mod parts;

#[allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_imports,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction,
    rustdoc::all
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/mocks.rs"));
}

use httpmock::{HttpMockRequest, When};
use regex::Regex;
use serde::Serialize;

pub use self::generated::{MockServerExt, operations};
use self::parts::Part;
use crate::multipart::{self, Encoded};
pub use httpmock;

/// A pattern for a path that holds `value`, encoded as the client encodes it, between
/// each two of `around`.
#[doc(hidden)]
#[must_use]
pub fn path(around: &[&str], value: &str) -> Regex {
    let value = regex::escape(&progenitor_client::encode_path(value));
    pattern(&around.join(&value))
}

/// A pattern that the build wrote.
#[doc(hidden)]
#[must_use]
#[allow(
    clippy::expect_used,
    reason = "a mock that cannot match would only make its test harder to understand"
)]
pub fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the build escapes what it puts into patterns")
}

/// Matches the media type of a body, whatever its parameters.
#[doc(hidden)]
#[must_use]
pub fn media_type(when: When, essence: &'static str) -> When {
    when.header_matches(
        pattern("^(?i:content-type)$"),
        pattern(&format!("^(?i:{})\\s*(?:;|$)", regex::escape(essence))),
    )
}

/// Matches a form of the same parts in the same order, whatever its boundary.
///
/// Each part is a matcher, and so is the whole, so that `assert` prints which part differs, and the body that was received.
#[doc(hidden)]
#[must_use]
#[allow(clippy::expect_used, reason = "as in `pattern`")]
pub fn multipart<T: Serialize + ?Sized>(when: When, value: &T, repeated: &[&str]) -> When {
    let Encoded {
        content_type, body, ..
    } = multipart::encode(value, repeated).expect("the value is a form");
    let body = String::from_utf8(body.to_vec()).expect("the values of a form are texts");
    let delimiter = parts::delimiter(&content_type).expect("the form has a boundary");
    let whole = literal(&body).replace(&literal(&delimiter), "--[^\\r\\n]+?");
    let parts = body.split(&delimiter).map(str::trim_start);
    parts
        .filter(|part| part.starts_with("Content-Disposition"))
        .fold(when, When::body_includes)
        .body_matches(pattern(&format!("^{whole}$")))
        .is_true(|request| parts_of(request).is_some())
}

/// Matches a form that has a part of this name and content.
#[doc(hidden)]
#[must_use]
pub fn part(when: When, name: &str, content: &[u8]) -> When {
    let (name, content) = (name.to_owned(), content.to_owned());
    let mut when = when.body_includes(format!("name=\"{name}\""));
    // These tell what differs; the function below compares.
    if let Ok(text) = std::str::from_utf8(&content) {
        when = when.body_includes(format!("\r\n\r\n{text}\r\n--"));
    }
    when.is_true(move |request| {
        parts_of(request).is_some_and(|parts| {
            parts
                .iter()
                .any(|part| part.name == name && part.content == content)
        })
    })
}

/// Matches a URL-encoded form, byte for byte.
#[doc(hidden)]
#[must_use]
#[allow(clippy::expect_used, reason = "as in `pattern`")]
pub fn urlencoded<T: Serialize + ?Sized>(
    when: When,
    value: &T,
    lists: &[&str],
    joined: &[(&str, &str)],
) -> When {
    when.body(crate::urlencoded::encode(value, lists, joined).expect("the value is a form"))
}

/// Matches a body, byte for byte.
#[doc(hidden)]
#[must_use]
pub fn bytes(when: When, body: &[u8]) -> When {
    match std::str::from_utf8(body) {
        Ok(text) => when.body(text),
        Err(_) => {
            let expected = body.to_owned();
            when.is_true(move |request| request.body_ref() == expected)
        }
    }
}

/// A pattern for this text alone, escaped no more than needed, since a mismatch prints it.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\.+*?()|[]{}^$".contains(c) {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
}

fn parts_of(request: &HttpMockRequest) -> Option<Vec<Part>> {
    parts::parse(&content_type(request)?, request.body_ref())
}

fn content_type(request: &HttpMockRequest) -> Option<String> {
    request
        .headers_vec()
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, value)| value.clone())
}
