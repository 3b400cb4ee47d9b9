//! Request bodies.

use super::{Field, json::Json, variables::Variables};

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
    pub(super) fn read(request: &Json<'_>, path: &str, variables: &Variables<'_>) -> Option<Self> {
        let body = request.get("body").filter(|body| !body.is_disabled())?;
        let here = format!("{path}.body");
        match body.text("mode")?.as_ref() {
            "raw" => {
                let text = body.text("raw").filter(|text| !text.trim().is_empty())?;
                let language = body
                    .get("options")
                    .and_then(|options| options.get("raw")?.get("language")?.as_text());
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
                    .any(|key| file.text(key).is_some());
                is_named.then_some(Self::File)
            }
            "graphql" => {
                let graphql = body.get("graphql")?;
                let variables = match graphql.get("variables") {
                    Some(Json::Text(text)) => text.clone().into_owned(),
                    Some(object @ Json::Object(_)) => {
                        serde_json::to_string(object).unwrap_or_default()
                    }
                    _ => String::new(),
                };
                Some(Self::GraphQl {
                    query: graphql.text("query").unwrap_or_default().into_owned(),
                    variables,
                })
            }
            _ => None,
        }
    }
}
