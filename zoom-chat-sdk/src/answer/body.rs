//! Decodes the body of an error answer.
//!
//! Decoding never fails, whatever the Content-Type. Zoom's errors are JSON objects in a few dialects (API, chatbot,
//! OAuth); gateways in front of it answer HTML, plain text or nothing; any of them may be incomplete. An incomplete
//! object gives the members that were complete.
//!
//! The body is decoded unchanged; secrets are removed from the texts that are shown.

use zoom_chat_openapi::ErrorObject;

use super::Redaction;

/// How many characters of a body without structure are used as the message.
const EXCERPT: usize = 200;

/// A field that Zoom rejects.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldError {
    /// The field, as Zoom names it.
    pub field: String,
    /// Why it is rejected.
    pub message: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    pub(crate) code: Option<i64>,
    pub(crate) message: Option<String>,
    pub(crate) fields: Vec<FieldError>,
    /// OAuth's machine-readable `error`, for example `invalid_grant`.
    pub(crate) oauth: Option<String>,
    /// Whether it is an error object, whatever the status.
    pub(crate) is_error: bool,
    /// Whether it is a complete object with nothing after it.
    pub(crate) is_whole_object: bool,
}

impl ErrorBody {
    /// The secrets of `redaction` are removed from all texts.
    pub(crate) fn decode(body: &[u8], redaction: Redaction<'_>) -> Self {
        let text = String::from_utf8_lossy(body);
        let text = text.trim_start_matches('\u{feff}').trim();
        let refusal = if text.starts_with('{') {
            ErrorObject::read(text)
        } else {
            ErrorObject::default()
        };
        let (is_error, is_whole_object) = (refusal.is_error(), refusal.is_whole());
        let clean = |text: String| redaction.of(&text).into_owned();
        let field = |(field, message)| FieldError {
            field: clean(field),
            message: clean(message),
        };
        Self {
            code: refusal.code,
            message: refusal
                .message
                .map(clean)
                .or_else(|| excerpt(text, redaction)),
            fields: refusal.fields.into_iter().map(field).collect(),
            oauth: refusal.error.map(clean),
            is_error,
            is_whole_object,
        }
    }
}

/// The start of a body without structure, or the title of an HTML page.
fn excerpt(text: &str, redaction: Redaction<'_>) -> Option<String> {
    let told = if text.starts_with('<') {
        title(text)?
    } else {
        text
    };
    // Before it is cut: half a secret would not be found.
    let told = redaction.of(told);
    let mut excerpt = String::new();
    for word in told
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(word);
        if let Some((cut, _)) = excerpt.char_indices().nth(EXCERPT) {
            excerpt.truncate(cut);
            excerpt.push('…');
            break;
        }
    }
    (!excerpt.is_empty()).then_some(excerpt)
}

fn title(html: &str) -> Option<&str> {
    ["title", "h1"].into_iter().find_map(|tag| {
        // ASCII lower-casing keeps every byte where it was.
        let lower = html.to_ascii_lowercase();
        let open = lower.find(&format!("<{tag}"))?;
        let start = open + lower.get(open..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find("</")?;
        html.get(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(body: &str) -> (Option<i64>, Option<String>) {
        let decoded = ErrorBody::decode(body.as_bytes(), Redaction(&[]));
        (decoded.code, decoded.message)
    }

    fn told(code: impl Into<Option<i64>>, message: &str) -> (Option<i64>, Option<String>) {
        (code.into(), Some(message.to_owned()))
    }

    #[test]
    fn every_dialect_of_zooms_errors() {
        assert_eq!(
            decode(r#"{"code":5301,"message":"Message sending failed."}"#),
            told(5301, "Message sending failed.")
        );
        assert_eq!(decode(r#" {"message":"m","code":"300"}"#), told(300, "m"));
        assert_eq!(
            decode(r#"{"code":7010,"message":"m","result":false}"#),
            told(7010, "m")
        );
        assert_eq!(
            decode(r#"{"reason":"Invalid request","error":"invalid_grant"}"#),
            told(None, "Invalid request")
        );
        assert_eq!(
            decode(r#"{"error":"invalid_client"}"#),
            told(None, "invalid_client")
        );
        let body = r#"{"code":300,"message":"Validation Failed.","errors":[{"field":"to_contact","message":"Invalid field."},7,"x"]}"#;
        let decoded = ErrorBody::decode(body.as_bytes(), Redaction(&[]));
        assert_eq!(decoded.fields.len(), 2);
        assert_eq!(decoded.fields[0].field, "to_contact");
        assert!(decoded.is_error && decoded.is_whole_object);
    }

    #[test]
    fn a_body_without_structure_gives_its_start() {
        assert_eq!(decode(""), (None, None));
        assert_eq!(decode(" \r\n"), (None, None));
        assert_eq!(
            decode("upstream\n  timed out"),
            told(None, "upstream timed out")
        );
        let html = "<!doctype html><HTML><Title>502 Bad\nGateway</title><body>ß</body>";
        assert_eq!(decode(html), told(None, "502 Bad Gateway"));
        assert_eq!(decode("<html><p>nothing"), (None, None));
        assert_eq!(decode("[1, 2]"), told(None, "[1, 2]"));
        assert_eq!(decode("null"), told(None, "null"));
        let long = decode(&"ö".repeat(500)).1.unwrap();
        assert!(long.ends_with("ö…") && long.chars().count() == 201);
        assert_eq!(
            ErrorBody::decode(b"\xff\xfe{", Redaction(&[]))
                .message
                .unwrap(),
            "\u{fffd}\u{fffd}{"
        );
    }

    #[test]
    fn a_cut_object_keeps_what_was_whole() {
        let whole = r#"{"code":5301,"message":"Message sending failed.","errors":[]}"#;
        for cut in 0..whole.len() {
            let (code, message) = decode(whole.get(..cut).unwrap());
            assert_eq!(
                code,
                (cut > 13)
                    .then_some(5301)
                    .filter(|_| cut > r#"{"code":5301,"message""#.len() - 1),
                "{cut}"
            );
            assert!(message != told(None, "Message").1);
        }
    }

    #[test]
    fn an_echoed_secret_is_cut_out_after_decoding() {
        let body = r#"{"code":124,"message":"Invalid token: \u0068unter2-hunter2","errors":[{"field":"hunter2-hunter2","message":"%68unter2-hunter2"}],"error":"hunter2-hunter2"}"#;
        let decoded = ErrorBody::decode(body.as_bytes(), Redaction(&["hunter2-hunter2"]));
        assert_eq!(decoded.message.unwrap(), "Invalid token: [redacted]");
        assert_eq!(decoded.oauth.unwrap(), "[redacted]");
        let [field] = decoded.fields.as_slice() else {
            panic!("{:?}", decoded.fields)
        };
        assert_eq!(
            (field.field.as_str(), field.message.as_str()),
            ("[redacted]", "[redacted]")
        );
    }

    #[test]
    fn a_secret_that_looks_like_json_does_not_change_what_is_decoded() {
        let body = br#"{"code":5301,"message":"Message sending failed."}"#;
        for secret in [
            "code",
            "\"code\":53",
            "{\"code\":5301",
            "\"message\":\"Message",
        ] {
            let decoded = ErrorBody::decode(body, Redaction(&[secret]));
            assert_eq!(decoded.code, Some(5301));
            assert_eq!(decoded.message.unwrap(), "Message sending failed.");
        }
    }

    #[test]
    fn an_excerpt_ends_with_no_half_of_a_secret() {
        let body = format!("{} hunter2-hunter2", "x".repeat(190));
        let decoded = ErrorBody::decode(body.as_bytes(), Redaction(&["hunter2-hunter2"]));
        assert!(!decoded.message.unwrap().contains("hunter"));
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        let deep = format!("{{\"code\":1,\"errors\":{}", "[".repeat(100_000));
        assert_eq!(decode(&deep).0, Some(1));
    }
}
