//! Saved answers.

use super::{Body, Field, Request, Url, field::content_type, json::Json, variables::Variables};

/// A saved answer, with the request that it answered.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The JSON path below the request's item.
    pub path: String,
    /// Its name, as written.
    pub name: String,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The reason phrase.
    pub phrase: String,
    /// The media type that a `Content-Type` header states.
    pub content_type: Option<String>,
    /// The body; `None` where nothing was saved.
    pub body: Option<String>,
    /// Postman's name of the body's language.
    pub language: Option<String>,
    /// Names and values of the path parameters of the request that it answered, where they are not those of the item's
    /// own request; the rest of that URL says nothing new, and would take most of the memory of a file.
    pub request_path: Vec<(String, String)>,
    /// Names and values of its query parameters, where they are not those of the item's own request.
    pub request_query: Vec<(String, String)>,
    /// The media type that the request stated for what it carried.
    pub request_content_type: Option<String>,
    /// What the request carried that it answered, where that is not what the item's own request carries.
    pub request_body: Option<Body>,
}

impl Saved {
    /// Lets go of what `request`, the item's own, says as well: exporters copy it into every saved answer.
    pub(super) fn forget_copies(&mut self, request: &Request) {
        let says = |fields: &[Field], name: &str, value: &str| {
            let mut named = fields.iter().filter(|field| field.name == name);
            // Several fields of one name are a list.
            match (named.next(), named.next()) {
                (Some(field), None) => field.value.as_deref() == Some(value),
                _ => false,
            }
        };
        let (path, query) = (&request.url.path_fields, &request.url.query);
        self.request_path
            .retain(|(name, value)| !says(path, name, value));
        self.request_query
            .retain(|(name, value)| !says(query, name, value));
        self.request_path.shrink_to_fit();
        self.request_query.shrink_to_fit();
        let content_type = self.request_content_type.as_ref();
        if self.request_body == request.body
            && content_type.is_none_or(|stated| Some(stated) == request.content_type.as_ref())
        {
            self.request_body = None;
        }
    }

    /// Reads all of an item's saved answers.
    pub(super) fn read_all(item: &Json<'_>, variables: &Variables<'_>) -> Vec<Self> {
        let mut key = "response";
        if item.get(key).is_none() {
            key = "responses";
        }
        item.list(key)
            .iter()
            .enumerate()
            .filter(|(_, response)| response.is_object())
            .map(|(index, response)| Self::read(response, format!(".{key}[{index}]"), variables))
            .collect()
    }

    fn read(response: &Json<'_>, path: String, variables: &Variables<'_>) -> Self {
        let status = response
            .text("code")
            .and_then(|code| code.trim().parse().ok());
        let request = response.get("originalRequest").unwrap_or(&Json::Null);
        let request_path = format!("{path}.originalRequest");
        let url = request
            .get("url")
            .and_then(|url| Url::read(url, &request_path, variables).ok())
            .unwrap_or_default();
        Self {
            name: response.text("name").unwrap_or_default().into_owned(),
            status: status.filter(|status| (100..600).contains(status)),
            phrase: response.text("status").unwrap_or_default().into_owned(),
            content_type: content_type(&Field::read_headers(response, &path, variables)),
            body: response
                .text("body")
                .map(|body| body.trim_start_matches('\u{feff}').to_owned())
                .filter(|body| !body.trim().is_empty()),
            language: response
                .text("_postman_previewlanguage")
                .map(std::borrow::Cow::into_owned),
            request_path: values(url.path_fields),
            request_query: values(url.query),
            request_content_type: content_type(&Field::read_headers(
                request,
                &request_path,
                variables,
            )),
            request_body: Body::read(request, &request_path, variables),
            path,
        }
    }
}

fn values(fields: Vec<Field>) -> Vec<(String, String)> {
    fields
        .into_iter()
        .filter_map(|field| Some((field.name, field.value?)))
        .collect()
}
