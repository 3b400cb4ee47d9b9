//! The media type of a body: the declared one, unless the text clearly is something else.

use serde_json::Value;

use crate::{
    diagnostic::{Kind, Note},
    postman::FORM,
    syntax::lenient_json,
};

/// So many names of fields that are not described are told.
const TOLD_FIELDS: usize = 50;

/// What is said about a text, and by whom.
pub(super) struct Declared<'a> {
    pub whose: &'static str,
    pub content_type: Option<&'a str>,
    pub language: Option<&'a str>,
}

/// A text with its media type.
pub(super) struct Typed {
    pub media_type: String,
    pub form: Form,
    /// The notes about it.
    pub note: Option<Note>,
}

/// What the text of a body holds.
pub(super) enum Form {
    Json(Value),
    /// What is declared as JSON and is not.
    BrokenJson,
    Text,
    Binary,
}

/// Decides what `text` is. What is stated decides; where nothing is, Postman's language does, then the text's looks.
pub(super) fn of(text: &str, stated: &Declared<'_>) -> Typed {
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let json = || lenient_json::parse(text).filter(|_| looks_like_json);
    let Some(media_type) = stated.content_type else {
        return unstated(text, stated.language, json());
    };
    let typed = |media_type: &str, form: Form, note: Option<Note>| Typed {
        media_type: media_type.to_owned(),
        form,
        note,
    };
    if is_json(media_type) {
        let form = lenient_json::parse(text).map_or(Form::BrokenJson, Form::Json);
        return typed(media_type, form, None);
    }
    let whose = stated.whose;
    let is_bytes = is_binary(media_type);
    if is_bytes || is_lines(media_type) {
        let note = json().map(|value| {
            let fields = fields(&value);
            Kind::OtherMediaType.note(format!(
                "{whose} is JSON but is declared as {media_type}: the declaration is followed{fields}"
            ))
        });
        let form = if is_bytes { Form::Binary } else { Form::Text };
        return typed(media_type, form, note);
    }
    let Some(value) = json() else {
        return typed(media_type, Form::Text, None);
    };
    // A type of somebody's own may well be JSON; HTML, a form or "anything" is not.
    let taken = match essence(media_type) {
        essence if is_never_json(essence) => "application/json",
        _ => media_type,
    };
    let text = format!("{whose} is JSON but is declared as {media_type}: it is treated as JSON");
    typed(
        taken,
        Form::Json(value),
        Some(Kind::OtherMediaType.note(text)),
    )
}

fn unstated(text: &str, language: Option<&str>, json: Option<Value>) -> Typed {
    let start = text.trim_start();
    let is_html = || {
        let doctype = start.get(.."<!doctype html".len());
        doctype.is_some_and(|doctype| doctype.eq_ignore_ascii_case("<!doctype html"))
    };
    let (media_type, form) = match (json, language) {
        (Some(value), _) => ("application/json", Form::Json(value)),
        (None, Some("json")) => {
            let form = lenient_json::parse(text).map_or(Form::BrokenJson, Form::Json);
            ("application/json", form)
        }
        (None, Some("xml")) => ("application/xml", Form::Text),
        (None, Some("html")) => ("text/html", Form::Text),
        (None, Some("javascript")) => ("application/javascript", Form::Text),
        // Postman calls "text" whatever it was not told about.
        (None, _) if start.starts_with("<?xml") => ("application/xml", Form::Text),
        (None, _) if is_html() => ("text/html", Form::Text),
        (None, _) => ("text/plain", Form::Text),
    };
    Typed {
        media_type: media_type.to_owned(),
        form,
        note: None,
    }
}

/// The names of what is in a value and not described.
fn fields(value: &Value) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                for (name, member) in members {
                    if !names.contains(&name.as_str()) && names.len() <= TOLD_FIELDS {
                        names.push(name);
                    }
                    open.push(member);
                }
            }
            _ => {}
        }
    }
    let more = if names.len() > TOLD_FIELDS {
        " and more"
    } else {
        ""
    };
    names.truncate(TOLD_FIELDS);
    match names.as_slice() {
        [] => String::new(),
        names => format!(
            ", so that its fields (`{}`{more}) are not described",
            names.join("`, `")
        ),
    }
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    let essence = media_type.split(';').next();
    essence.unwrap_or(media_type).trim_end()
}

/// Whether a media type is JSON or built on it.
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type is of bytes, which Postman cannot save as they are.
pub(super) fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
    match kind {
        "image" => !subtype.ends_with("+xml"),
        "audio" | "video" | "font" => true,
        "application" => {
            const BYTES: [&str; 19] = [
                "epub+zip",
                "gzip",
                "java-archive",
                "msword",
                "octet-stream",
                "pdf",
                "protobuf",
                "vnd.android.package-archive",
                "wasm",
                "x-7z-compressed",
                "x-bzip2",
                "x-gzip",
                "x-protobuf",
                "x-rar-compressed",
                "x-tar",
                "x-zip-compressed",
                "zip",
                "zlib",
                "zstd",
            ];
            let is_office = ["vnd.ms-", "vnd.openxmlformats-", "vnd.oasis.opendocument."];
            BYTES.contains(&subtype)
                || (is_office.iter().any(|start| subtype.starts_with(start))
                    && !subtype.ends_with("+xml"))
        }
        _ => false,
    }
}

/// Whether a media type is of texts that may begin like JSON and are sent as they are.
fn is_lines(media_type: &str) -> bool {
    matches!(
        essence(media_type),
        "text/plain"
            | "text/csv"
            | "text/markdown"
            | "text/event-stream"
            | "application/graphql"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/x-ndjson"
            | "application/yaml"
            | "text/yaml"
    )
}

fn is_never_json(essence: &str) -> bool {
    let is_xml = essence.ends_with("/xml") || essence.ends_with("+xml");
    let is_other = ["text/", "multipart/", "*"];
    is_xml
        || essence == FORM
        || essence.ends_with("/*")
        || is_other.iter().any(|start| essence.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stated_decides_unless_the_text_is_plainly_another() {
        let json = r#"{"a": 1}"#;
        for (stated, language, text, media_type, form, is_told) in [
            (None, None, json, "application/json", "json", false),
            (None, Some("text"), json, "application/json", "json", false),
            (None, Some("html"), json, "application/json", "json", false),
            (None, Some("json"), "{", "application/json", "broken", false),
            (None, Some("json"), "7", "application/json", "json", false),
            (None, None, "7", "text/plain", "text", false),
            (None, None, "<?xml?>", "application/xml", "text", false),
            (None, None, "<!DOCTYPE html>", "text/html", "text", false),
            (
                Some("application/a+json; v=2"),
                None,
                json,
                "application/a+json; v=2",
                "json",
                false,
            ),
            (
                Some("application/json"),
                None,
                "<p>",
                "application/json",
                "broken",
                false,
            ),
            (
                Some("text/plain"),
                Some("json"),
                json,
                "text/plain",
                "text",
                true,
            ),
            (Some("text/plain"), None, "a", "text/plain", "text", false),
            (Some("*/*"), None, json, "application/json", "json", true),
            (Some("*/*"), None, "a", "*/*", "text", false),
            (
                Some("text/html"),
                None,
                json,
                "application/json",
                "json",
                true,
            ),
            (Some(FORM), None, json, "application/json", "json", true),
            (
                Some("application/vnd.a"),
                None,
                json,
                "application/vnd.a",
                "json",
                true,
            ),
            (Some("image/png"), None, "x", "image/png", "binary", false),
            (
                Some("image/svg+xml"),
                None,
                "<svg/>",
                "image/svg+xml",
                "text",
                false,
            ),
            (
                Some("application/octet-stream"),
                None,
                json,
                "application/octet-stream",
                "binary",
                true,
            ),
            (
                Some("application/vnd.ms-excel"),
                None,
                "x",
                "application/vnd.ms-excel",
                "binary",
                false,
            ),
        ] {
            let typed = of(
                text,
                &Declared {
                    whose: "it",
                    content_type: stated,
                    language,
                },
            );
            let found = match typed.form {
                Form::Json(_) => "json",
                Form::BrokenJson => "broken",
                Form::Text => "text",
                Form::Binary => "binary",
            };
            assert_eq!(
                (typed.media_type.as_str(), found, typed.note.is_some()),
                (media_type, form, is_told),
                "{stated:?} {language:?} {text}"
            );
        }
    }
}
