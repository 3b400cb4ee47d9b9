//! Texts that stand for a value: Postman's `<integer>` and the like, and its dynamic variables such as `{{$guid}}`.

use serde_json::Value;

use super::filler::is_filler;
use crate::syntax::lenient_json;

/// Elements of HTML that nobody means as a placeholder.
const MARKUP: [&str; 36] = [
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];

/// What a placeholder says about the value it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// `<boolean>`.
    Boolean,
    /// `<integer>`, or `<long>` with the format `int64`.
    Integer(Option<String>),
    /// `<number>`, or `<float>` and `<double>` with the format of that name.
    Number(Option<String>),
    /// `<string>`, `<token>`, or any other `<format>`.
    String(Option<String>),
    /// `<array>`.
    Array,
    /// `<object>`.
    Object,
    /// `<Circular reference to X detected>`: a value of the shape named X, which lies further out.
    Circular(String),
    /// `<Error: Too many levels of nesting to fake this schema>`.
    TooDeep,
    /// `{{name}}`: some value that the collection does not know.
    Variable,
    /// `"{{name}}"` in JSON, or dummy Latin: some text that the collection does not know, with the format of those that
    /// Postman makes up.
    Quoted(Option<String>),
}

impl Placeholder {
    /// Reads a text in JSON as a placeholder, if it is one from end to end. A variable in quotes is a text, whatever its
    /// value; one that [`lenient_json`] met without quotes may be anything.
    #[must_use]
    pub fn in_json(text: &str) -> Option<Self> {
        match text.strip_prefix(lenient_json::BARE) {
            Some(bare) => Some(Self::parse(bare).unwrap_or(Self::Variable)),
            _ if text.starts_with("{{") => Some(match Self::parse(text)? {
                Self::String(format) => Self::Quoted(format),
                _ => Self::Quoted(None),
            }),
            _ => Self::parse(text),
        }
    }

    /// Reads a text outside JSON as a placeholder, if it is one from end to end.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(name) = text
            .strip_prefix("{{")
            .and_then(|rest| rest.strip_suffix("}}"))
        {
            return variable(name.trim());
        }
        if is_filler(text) {
            return Some(Self::Quoted(None));
        }
        let word = text.strip_prefix('<')?.strip_suffix('>')?;
        if let Some(rest) = word.strip_prefix("Circular reference to ") {
            return Some(Self::Circular(rest.strip_suffix(" detected")?.to_owned()));
        }
        if word.starts_with("Error: Too many levels of nesting") {
            return Some(Self::TooDeep);
        }
        if !word.starts_with(|c: char| c.is_ascii_alphabetic())
            || !word
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            || MARKUP.contains(&word.to_ascii_lowercase().as_str())
        {
            return None;
        }
        Some(match word.to_ascii_lowercase().as_str() {
            "boolean" | "bool" => Self::Boolean,
            "integer" | "int" => Self::Integer(None),
            "long" => Self::Integer(Some("int64".to_owned())),
            width @ ("int32" | "int64" | "uint32" | "uint64") => {
                Self::Integer(Some(width.to_owned()))
            }
            "number" => Self::Number(None),
            width @ ("float" | "double") => Self::Number(Some(width.to_owned())),
            "array" | "list" => Self::Array,
            "object" => Self::Object,
            "string" | "token" | "text" => Self::String(None),
            "datetime" | "date-time" => Self::String(Some("date-time".to_owned())),
            "any" => Self::Variable,
            // Formats are written in lower case; `<channelId>` and the like are somebody's reminder to fill it in.
            format if format == word => Self::String(Some(format.to_owned())),
            _ => Self::String(None),
        })
    }
}

impl Placeholder {
    /// Whether `value` is or holds a placeholder anywhere, and so is a template rather than an example.
    #[must_use]
    pub fn occurs_in(value: &Value) -> bool {
        // A list of what is still to see, not recursion: values may be nested as deep as they like.
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::String(text) if Self::in_json(text).is_some() => return true,
                Value::Array(items) => open.extend(items),
                Value::Object(members) => open.extend(members.values()),
                _ => {}
            }
        }
        false
    }
}

/// What `{{name}}` stands for: Postman's dynamic variables (`$guid` …) have a known type, others any.
fn variable(name: &str) -> Option<Placeholder> {
    if name.is_empty() || name.contains(['{', '}']) {
        return None;
    }
    let string = |format: &str| Placeholder::String(Some(format.to_owned()));
    Some(match name {
        "$guid" | "$randomUUID" => string("uuid"),
        "$isoTimestamp" => string("date-time"),
        "$randomEmail" | "$randomExampleEmail" => string("email"),
        "$randomUrl" | "$randomImageUrl" => string("uri"),
        "$randomIP" => string("ipv4"),
        "$randomIPV6" => string("ipv6"),
        "$timestamp" => Placeholder::Integer(Some("int64".to_owned())),
        "$randomInt" => Placeholder::Integer(None),
        "$randomBoolean" => Placeholder::Boolean,
        _ if name.starts_with("$random") => Placeholder::String(None),
        _ => Placeholder::Variable,
    })
}
