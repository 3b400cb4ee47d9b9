//! The parameters of a query.

use super::{
    super::{Field, json::Json, variables::Variables},
    text::split_all,
};

/// Whether the parameters of a URL are listed apart from its text: one by one, or by name.
pub(super) fn is_listed(url: &Json<'_>) -> bool {
    let query = url.get("query");
    query.is_some_and(|query| query.is_list() || query.is_object())
}

/// Reads the list of a URL's parameters; `None` where there is none.
pub(super) fn listed(url: &Json<'_>, here: &str, variables: &Variables<'_>) -> Option<Vec<Field>> {
    let fields = is_listed(url).then(|| Field::read_all(url, "query", here, variables))?;
    Some(fields.into_iter().flat_map(expanded).collect())
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

/// Percent-decodes a text, where that gives text. A plus stands for a space only in a query that is written as text.
fn decode(text: &str, has_plus: bool) -> String {
    if !text.contains(['%', '+']) {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, ahead.next().and_then(hex), ahead.next().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                rest = ahead;
            }
            (b'+', ..) if has_plus => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}
