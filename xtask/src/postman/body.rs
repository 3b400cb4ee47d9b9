//! Request bodies.

use std::borrow::Cow;

use super::{Field, json::Json, url::read_form, variables::Variables};
use crate::lenient_json;

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
        match body.text("mode")?.as_ref() {
            "raw" => {
                let text = body.text("raw").filter(|text| !text.trim().is_empty())?;
                let language = body
                    .get("options")
                    .and_then(|options| options.get("raw")?.get("language")?.as_text());
                let text = text.trim_start_matches('\u{feff}');
                let is_form = content_type == Some(FORM)
                    && !text.trim_start().starts_with(['{', '[', '<', '"']);
                if is_form {
                    let fields = read_form(&variables.fill(text), &format!("{here}.raw"));
                    return (!fields.is_empty()).then_some(Self::Urlencoded(fields));
                }
                Some(Self::Raw {
                    text: fill(text, variables).into_owned(),
                    language: language.map(str::to_owned),
                })
            }
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
                let file = body.get("file")?;
                let is_named = ["src", "content"]
                    .into_iter()
                    .any(|key| file.text(key).is_some());
                is_named.then_some(Self::File)
            }
            "graphql" => {
                let graphql = body.get("graphql")?;
                let filled = |key: &str| Some(variables.fill(&graphql.text(key)?).into_owned());
                let values = match graphql.get("variables") {
                    Some(Json::Text(text)) => fill(text, variables).into_owned(),
                    Some(object @ Json::Object(_)) => {
                        serde_json::to_string(object).unwrap_or_default()
                    }
                    _ => String::new(),
                };
                Some(Self::GraphQl {
                    query: filled("query").unwrap_or_default(),
                    operation_name: filled("operationName").filter(|name| !name.is_empty()),
                    variables: values,
                })
            }
            _ => None,
        }
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
