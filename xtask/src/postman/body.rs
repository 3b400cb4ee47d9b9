//! Request bodies.

use std::borrow::Cow;

use indexmap::IndexSet;
use serde_json::Value;

use super::{Field, json::Json, url::read_form, variables::Variables};
use crate::syntax::lenient_json;

/// The media type of HTML forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Text in some language.
    Raw {
        /// The text, as written.
        text: String,
        /// Postman's name of the language: `json`, `xml`, `text` ….
        language: Option<String>,
    },
    /// An HTML form.
    Urlencoded(Vec<Field>),
    /// A multipart form.
    Multipart(Vec<Field>),
    /// The content of a file.
    File,
    /// A GraphQL query.
    GraphQl {
        /// The query.
        query: String,
        /// Which of its operations is meant.
        operation_name: Option<String>,
        /// Its variables, as JSON text.
        variables: String,
    },
}

impl Body {
    /// Reads a request's `body`, whose type the request states as `content_type`; `None` where there is none, or only what
    /// Postman exports for none.
    pub(super) fn read(
        request: &Json<'_>,
        path: &str,
        content_type: Option<&str>,
        variables: &Variables<'_>,
    ) -> Option<Self> {
        let body = request.get("body").filter(|body| !body.is_disabled())?;
        let here = format!("{path}.body");
        match mode(body)?.as_ref() {
            "raw" => Self::read_raw(body, &here, content_type, variables),
            "urlencoded" => {
                let fields = match body.get("urlencoded") {
                    Some(Json::Text(text)) => {
                        read_form(&variables.fill(text), &format!("{here}.urlencoded"))
                    }
                    _ => Field::read_all(body, "urlencoded", &here, variables),
                };
                (!fields.is_empty()).then_some(Self::Urlencoded(fields))
            }
            "formdata" => {
                let fields = Field::read_all(body, "formdata", &here, variables);
                (!fields.is_empty()).then_some(Self::Multipart(fields))
            }
            "file" => {
                let is_named = ["src", "content"].into_iter().any(|key| {
                    body.get("file")
                        .is_some_and(|file| file.text(key).is_some())
                });
                // A file that everybody chooses for himself is one all the same.
                let is_typed = content_type.is_some_and(|stated| !MODELLED.contains(&stated));
                (is_named || is_typed).then_some(Self::File)
            }
            "graphql" => Some(Self::read_graphql(body.get("graphql")?, variables)),
            _ => None,
        }
    }

    /// A form that is written as text has fields.
    fn read_raw(
        body: &Json<'_>,
        here: &str,
        content_type: Option<&str>,
        variables: &Variables<'_>,
    ) -> Option<Self> {
        let text = written(body.get("raw")?).filter(|text| !text.trim().is_empty())?;
        let text = text.trim_start_matches('\u{feff}');
        let is_form =
            content_type == Some(FORM) && !text.trim_start().starts_with(['{', '[', '<', '"']);
        if is_form {
            let fields = read_form(&variables.fill(text), &format!("{here}.raw"));
            return (!fields.is_empty()).then_some(Self::Urlencoded(fields));
        }
        let language = body
            .get("options")
            .and_then(|options| options.get("raw")?.get("language")?.as_text());
        Some(Self::Raw {
            text: fill(text, variables).into_owned(),
            language: language.map(str::to_owned),
        })
    }

    fn read_graphql(graphql: &Json<'_>, variables: &Variables<'_>) -> Self {
        let filled = |key: &str| Some(variables.fill(&graphql.text(key)?).into_owned());
        let alone = || Some(variables.fill(graphql.as_text()?).into_owned());
        let values = match graphql.get("variables") {
            Some(Json::Text(text)) => fill(text, variables).into_owned(),
            Some(object @ Json::Object(_)) => serde_json::to_string(object).unwrap_or_default(),
            _ => String::new(),
        };
        Self::GraphQl {
            query: filled("query").or_else(alone).unwrap_or_default(),
            operation_name: filled("operationName").filter(|name| !name.is_empty()),
            variables: values,
        }
    }

    /// The names of its fields, each once; those inside others behind these, as `filter.size` and `items[].id`.
    pub(super) fn field_names(&self) -> IndexSet<String> {
        let mut names = IndexSet::new();
        match self {
            Self::Urlencoded(fields) | Self::Multipart(fields) => {
                names.extend(fields.iter().map(|field| field.name.clone()));
            }
            Self::Raw { text, .. } => {
                if let Some(value) = lenient_json::parse(text) {
                    collect_names(&value, "", &mut names);
                }
            }
            Self::GraphQl { variables, .. } => {
                names.extend(["query".to_owned(), "variables".to_owned()]);
                if let Some(value) = lenient_json::parse(variables) {
                    collect_names(&value, "variables", &mut names);
                }
            }
            Self::File => {}
        }
        names
    }
}

/// Media types that need more than a file to be sent.
const MODELLED: [&str; 4] = [
    "application/json",
    FORM,
    "multipart/form-data",
    "text/plain",
];

/// Postman's names of the ways to write a body.
const MODES: [&str; 5] = ["raw", "urlencoded", "formdata", "file", "graphql"];

/// How a body is written; where nobody says, by what is there.
fn mode<'b>(body: &'b Json<'_>) -> Option<Cow<'b, str>> {
    body.text("mode").or_else(|| {
        let there = MODES.into_iter().find(|mode| body.get(mode).is_some());
        there.map(Cow::Borrowed)
    })
}

/// The mode of a request's body, if it is none of Postman's: its content is not read.
pub(super) fn unknown_mode<'b>(request: &'b Json<'_>) -> Option<Cow<'b, str>> {
    let body = request.get("body").filter(|body| !body.is_disabled())?;
    let mode = body.text("mode")?;
    let is_empty = body
        .get(&mode)
        .is_none_or(|content| matches!(content, Json::Null));
    (!is_empty && !MODES.contains(&mode.as_ref())).then_some(mode)
}

/// A body's text; what was written as a value instead of its text is the text of that.
pub(super) fn written<'b>(body: &'b Json<'_>) -> Option<Cow<'b, str>> {
    match body {
        Json::List(_) | Json::Object(_) => serde_json::to_string(body).ok().map(Cow::Owned),
        _ => body.scalar(),
    }
}

fn collect_names(value: &Value, around: &str, names: &mut IndexSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let name = match around {
                    "" => key.clone(),
                    around => format!("{around}.{key}"),
                };
                collect_names(member, &name, names);
                // What stands in it names it as well.
                let is_empty = |value: &Value| match value {
                    Value::Object(members) => members.is_empty(),
                    Value::Array(items) => !items.iter().any(Value::is_object),
                    _ => true,
                };
                if is_empty(member) {
                    names.insert(name);
                }
            }
        }
        Value::Array(items) => {
            let name = format!("{around}[]");
            items
                .iter()
                .for_each(|item| collect_names(item, &name, names));
        }
        _ => {}
    }
}

/// `text` with its variables filled in, which may be any piece of it, unless that makes of JSON what is no JSON.
fn fill<'t>(text: &'t str, variables: &Variables<'_>) -> Cow<'t, str> {
    match variables.fill(text) {
        Cow::Owned(filled)
            if filled != text
                && lenient_json::parse(&filled).is_none()
                && lenient_json::parse(text).is_some() =>
        {
            text.into()
        }
        filled => filled,
    }
}
