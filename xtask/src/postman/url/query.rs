//! The parameters of a query.

use std::collections::HashSet;

use super::{
    super::{Field, json::Json, variables::Variables},
    percent::decode,
    text::split_all,
};

/// Whether the parameters of a URL are listed apart from its text: one by one, or by name.
pub(super) fn is_listed(url: &Json<'_>) -> bool {
    let query = url.get("query");
    query.is_some_and(|query| query.is_list() || query.is_object())
}

/// Reads the list of a URL's parameters.
pub(super) fn listed(url: &Json<'_>, here: &str, variables: &Variables<'_>) -> Vec<Field> {
    let fields = Field::read_all(url, "query", here, variables);
    fields.into_iter().flat_map(expanded).collect()
}

/// Adds the parameters that only the text of a query has: it may stand where the list does not look, such as in the path.
pub(super) fn add_written(listed: &mut Vec<Field>, query: &str, here: &str) {
    if query.is_empty() {
        return;
    }
    let mut more = written(query, here);
    if !listed.is_empty() {
        let known: HashSet<&str> = listed.iter().map(|field| field.name.as_str()).collect();
        more.retain(|field| !known.contains(field.name.as_str()));
    }
    listed.extend(more);
}

/// A variable in the place of a name may hold several parameters.
fn expanded(field: Field) -> Vec<Field> {
    let holds_more = field.value.as_deref().is_none_or(str::is_empty)
        && !field.name.contains("{{")
        && field.name.contains(['=', '&']);
    if !holds_more {
        return named(Field {
            name: decode(&field.name, false),
            value: field.value.as_deref().map(|value| decode(value, false)),
            ..field
        })
        .into_iter()
        .collect();
    }
    let parts = written(&field.name, &field.path).into_iter();
    let more = |part: Field| Field {
        description: field.description.clone(),
        is_disabled: field.is_disabled,
        ..part
    };
    parts.map(more).collect()
}

/// Reads the text of a query, or of a form, which is written alike.
pub(in super::super) fn written(query: &str, here: &str) -> Vec<Field> {
    let pairs = split_all(query, '&').into_iter();
    pairs
        .filter_map(|pair| {
            let (name, value) = match super::text::cut(pair, '=') {
                Some((name, value)) => (name, Some(decode(value, true))),
                None => (pair, None),
            };
            named(Field {
                path: here.to_owned(),
                name: decode(name, true),
                value,
                ..Field::default()
            })
        })
        .collect()
}

/// The field under its name without padding, and without the braces of a variable that it is; `None` if nothing is left.
fn named(field: Field) -> Option<Field> {
    let name = field.name.trim();
    let name = match name.strip_prefix("{{").and_then(|it| it.strip_suffix("}}")) {
        Some(inner) if !inner.contains(['{', '}']) => inner.trim(),
        _ => name,
    };
    let name = name.to_owned();
    (!name.is_empty()).then_some(Field { name, ..field })
}
