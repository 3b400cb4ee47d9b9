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

    /// Reads the fields in the member `key` of `value`: a list, of which a text is a whole field (`a=1`), or values by name.
    pub(super) fn read_all(
        value: &Json<'_>,
        key: &str,
        path: &str,
        variables: &Variables<'_>,
    ) -> Vec<Self> {
        let here = format!("{path}.{key}");
        let entries = value.list(key).iter().enumerate();
        let listed = entries.filter_map(|(index, entry)| {
            let path = format!("{here}[{index}]");
            match entry {
                Json::Text(text) => Self::in_text(&variables.fill(text), path),
                entry => Self::read(entry, path, variables),
            }
        });
        let keyed = Self::read_map(value.get(key), &here, variables);
        listed.chain(keyed).collect()
    }

    /// Reads values by name: `{"a": "1", "b": {"value": "2", "description": "…"}}`. Anything else holds none.
    pub(super) fn read_map(
        map: Option<&Json<'_>>,
        path: &str,
        variables: &Variables<'_>,
    ) -> Vec<Self> {
        let Some(Json::Object(members)) = map else {
            return Vec::new();
        };
        let members = members.iter().filter_map(|(name, member)| {
            let name = variables.fill(name).into_owned();
            let path = format!("{path}.{name}");
            match member.is_object() {
                true => Self::named(name, member, path, variables),
                false => (!name.trim().is_empty()).then(|| Self {
                    value: member.scalar().map(|it| variables.fill(&it).into_owned()),
                    name,
                    path,
                    ..Self::default()
                }),
            }
        });
        members.collect()
    }

    /// A field that is written as a query has it.
    fn in_text(text: &str, path: String) -> Option<Self> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text, None),
        };
        (!name.trim().is_empty()).then(|| Self {
            name: name.to_owned(),
            value,
            path,
            ..Self::default()
        })
    }
}
