//! Text of a part of the document, in which components have numbers until all of them are known.

use std::io::{self, Write};

use serde_json::Value;

use crate::components::{PREFIX, reference};

/// Marks a reference that has no name yet; no component's name may hold it.
const UNNAMED: &str = "~";

/// A reference to the component of this number.
pub(crate) fn unnamed(number: usize) -> Value {
    reference(&format!("{UNNAMED}{number}"))
}

fn number(target: &str) -> Option<usize> {
    target
        .strip_prefix(PREFIX)?
        .strip_prefix(UNNAMED)?
        .parse()
        .ok()
}

/// Compact JSON text with gaps where the names of components belong.
#[derive(Debug, Default)]
pub(crate) struct Fragment {
    text: Vec<u8>,
    /// Offsets in the text, in their order, with the components' numbers.
    gaps: Vec<(usize, usize)>,
}

impl Fragment {
    /// The text of `value`.
    pub(crate) fn of(value: &Value) -> Self {
        let mut fragment = Self::default();
        with_gaps(&mut fragment.text, &mut fragment.gaps, value);
        fragment.text.shrink_to_fit();
        fragment.gaps.shrink_to_fit();
        fragment
    }

    /// Writes the text with the names put in.
    pub(super) fn write(&self, out: &mut impl Write, names: &[String]) -> io::Result<()> {
        let mut rest = self.text.as_slice();
        let mut written = 0;
        for (offset, number) in &self.gaps {
            if let Some((before, after)) = rest.split_at_checked(offset - written) {
                out.write_all(before)?;
                rest = after;
                written = *offset;
            }
            let name = names.get(*number).map_or("", String::as_str);
            serde_json::to_writer(&mut *out, &format_args!("{PREFIX}{name}"))?;
        }
        out.write_all(rest)
    }
}

/// Writes `value`, and notes where a name is missing. The recursion is as deep as a written schema.
fn with_gaps(out: &mut Vec<u8>, gaps: &mut Vec<(usize, usize)>, value: &Value) {
    match value {
        Value::Object(members) => object(out, members, |out, key, member| match (key, member) {
            ("$ref", Value::String(target)) => match number(target) {
                Some(number) => gaps.push((out.len(), number)),
                None => plain(out, member),
            },
            // Examples are data, and may hold anything.
            ("example" | "examples", _) => plain(out, member),
            // Here the keys are names, whatever they are.
            ("properties", Value::Object(properties)) => {
                object(out, properties, |out, _, property| {
                    with_gaps(out, gaps, property);
                });
            }
            _ => with_gaps(out, gaps, member),
        }),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                with_gaps(out, gaps, item);
            }
            out.push(b']');
        }
        scalar => plain(out, scalar),
    }
}

/// What tells a component's shape from others: its text, without the examples of its properties.
pub(crate) fn shape_key(schema: &Value) -> Vec<u8> {
    let mut key = Vec::new();
    let Value::Object(members) = schema else {
        plain(&mut key, schema);
        return key;
    };
    object(&mut key, members, |key, name, member| {
        match (name, member) {
            ("properties", Value::Object(properties)) => {
                object(key, properties, |key, _, property| {
                    without_example(key, property);
                });
            }
            _ => plain(key, member),
        }
    });
    key
}

/// Writes the schema of a property without its example, or its items' if it is a list.
fn without_example(out: &mut Vec<u8>, schema: &Value) {
    let Value::Object(members) = schema else {
        return plain(out, schema);
    };
    let members = members.iter().filter(|(name, _)| *name != "example");
    object(out, members, |out, name, member| match name {
        "items" => without_example(out, member),
        _ => plain(out, member),
    });
}

fn object<'v>(
    out: &mut Vec<u8>,
    members: impl IntoIterator<Item = (&'v String, &'v Value)>,
    mut write: impl FnMut(&mut Vec<u8>, &str, &Value),
) {
    out.push(b'{');
    for (index, (key, member)) in members.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        // Writing a text or a value to a Vec cannot fail.
        let _ = serde_json::to_writer(&mut *out, key);
        out.push(b':');
        write(out, key, member);
    }
    out.push(b'}');
}

fn plain(out: &mut Vec<u8>, value: &Value) {
    let _ = serde_json::to_writer(out, value);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Fragment, shape_key, unnamed};

    #[test]
    fn names_are_put_in_where_they_are_references_and_nowhere_else() {
        let data = json!({ "$ref": "#/components/schemas/~0" });
        let schema = json!({
            "properties": { "$ref": unnamed(1), "example": unnamed(0) },
            "example": data,
            "items": [unnamed(0), { "$ref": "#/components/schemas/Known" }],
        });
        let mut text = Vec::new();
        let names = ["Zero".to_owned(), "One".to_owned()];
        Fragment::of(&schema).write(&mut text, &names).unwrap();
        let named = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let expected = json!({
            "properties": { "$ref": named("One"), "example": named("Zero") },
            "example": data,
            "items": [named("Zero"), named("Known")],
        });
        assert_eq!(String::from_utf8(text).unwrap(), expected.to_string());
    }

    #[test]
    fn a_shape_is_the_same_with_other_examples() {
        let shape = |example: i32| {
            let item = json!({ "type": "integer", "example": example });
            shape_key(&json!({ "properties": { "a": item, "b": { "items": item } } }))
        };
        assert_eq!(shape(1), shape(2));
        let with_default = json!({ "properties": { "a": { "default": 1 } } });
        assert_eq!(
            String::from_utf8(shape_key(&with_default)).unwrap(),
            with_default.to_string()
        );
    }
}
