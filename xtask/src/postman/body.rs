//! Request bodies.

use serde_json::Value;

use super::{Field, json, variables::Variables};

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
        /// Its variables, as JSON text.
        variables: String,
    },
}

impl Body {
    /// Reads a request's `body`; `None` where there is none, or only what Postman exports for none.
    pub(super) fn read(request: &Value, path: &str, variables: &Variables<'_>) -> Option<Self> {
        let body = request
            .get("body")
            .filter(|body| !json::is_disabled(body))?;
        let here = format!("{path}.body");
        match json::text(body, "mode")?.as_ref() {
            "raw" => {
                let text = json::text(body, "raw").filter(|text| !text.trim().is_empty())?;
                let language = body
                    .pointer("/options/raw/language")
                    .and_then(Value::as_str);
                Some(Self::Raw {
                    text: text.trim_start_matches('\u{feff}').to_owned(),
                    language: language.map(str::to_owned),
                })
            }
            "urlencoded" => {
                let fields = Field::read_all(body, "urlencoded", &here, variables);
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
                    .any(|key| json::text(file, key).is_some());
                is_named.then_some(Self::File)
            }
            "graphql" => {
                let graphql = body.get("graphql")?;
                let variables = match graphql.get("variables") {
                    Some(Value::String(text)) => text.clone(),
                    Some(object @ Value::Object(_)) => object.to_string(),
                    _ => String::new(),
                };
                Some(Self::GraphQl {
                    query: json::text(graphql, "query")
                        .unwrap_or_default()
                        .into_owned(),
                    variables,
                })
            }
            _ => None,
        }
    }
}
