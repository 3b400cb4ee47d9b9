//! Named values: parameters, headers, form fields.

use std::borrow::Cow;

use super::{json::Json, variables::Variables};

/// A named value with its description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The JSON path below the request's.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its value, if it has one, with variables filled in.
    pub value: Option<String>,
    /// As written.
    pub description: String,
    /// Whether Postman leaves it out of the request: it is documented, and optional.
    pub is_disabled: bool,
    /// Whether it is a file.
    pub is_file: bool,
    /// How many files it stands for at once.
    pub has_many_files: bool,
    /// The media type of its own, in a multipart form.
    pub content_type: Option<String>,
}

impl Field {
    /// Reads one entry of a list of fields; `None` for one without a name.
    pub(super) fn read(entry: &Json<'_>, path: String, variables: &Variables<'_>) -> Option<Self> {
        // Who writes a file by hand may call a key a name.
        let key = entry
            .get("key")
            .map_or_else(|| entry.text("name"), Json::scalar);
        let name = variables.fill(&key?).into_owned();
        Self::named(name, entry, path, variables)
    }

    /// Reads a variable of a URL's path, which is named by `key`, or by `id` in v2.0.
    pub(super) fn read_variable(
        entry: &Json<'_>,
        path: String,
        variables: &Variables<'_>,
    ) -> Option<Self> {
        let name = entry.text("key").or_else(|| entry.text("id"))?;
        Self::named(name.trim().to_owned(), entry, path, variables)
    }

    fn named(
        name: String,
        entry: &Json<'_>,
        path: String,
        variables: &Variables<'_>,
    ) -> Option<Self> {
        if name.trim().is_empty() {
            return None;
        }
        Some(Self {
            path,
            value: entry
                .text("value")
                .map(|value| variables.fill(&value).into_owned()),
            description: entry.description(),
            is_disabled: entry.is_disabled(),
            is_file: entry.text("type").is_some_and(|kind| kind == "file"),
            has_many_files: entry.list("src").len() > 1,
            content_type: entry
                .text("contentType")
                .map(Cow::into_owned)
                .filter(|media_type| !media_type.trim().is_empty()),
            name,
        })
    }

    /// Reads a list of fields.
    pub(super) fn read_all(
        value: &Json<'_>,
        key: &str,
        path: &str,
        variables: &Variables<'_>,
    ) -> Vec<Self> {
        value
            .list(key)
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                Self::read(entry, format!("{path}.{key}[{index}]"), variables)
            })
            .collect()
    }
}
