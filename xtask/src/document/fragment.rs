//! Text of a part of the document, in which components have numbers until all of them are known.

use std::io::{self, Write};

use serde_json::Value;

use super::{PREFIX, reference};

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
    /// An empty one, with space for most.
    fn new() -> Self {
        Self {
            text: Vec::with_capacity(1_024),
            gaps: Vec::new(),
        }
    }

    /// The text of `value`.
    pub(crate) fn of(value: &Value) -> Self {
        let mut fragment = Self::new();
        with_gaps(&mut fragment.text, &mut fragment.gaps, value);
        fragment.text.shrink_to_fit();
        fragment.gaps.shrink_to_fit();
        fragment
    }

    /// What tells the shapes of components from each other: the text of a schema without the examples of its properties,
    /// which are in the order of their names.
    pub(crate) fn of_shape(schema: &Value) -> Self {
        let mut shape = Self::new();
        let Self { text, gaps } = &mut shape;
        match schema {
            Value::Object(members) => {
                object(text, members, |text, name, value| match (name, value) {
                    ("properties", Value::Object(properties)) => {
                        let mut sorted: Vec<_> = properties.iter().collect();
                        sorted.sort_unstable_by_key(|(name, _)| *name);
                        object(text, sorted, |text, _, property| {
                            without_example(text, gaps, property);
                        });
                    }
                    ("required", Value::Array(names)) => {
                        let mut sorted = names.clone();
                        sorted.sort_unstable_by(|a, b| a.as_str().cmp(&b.as_str()));
                        plain(text, &sorted.into());
                    }
                    _ => member(text, gaps, name, value),
                });
            }
            _ => plain(text, schema),
        }
        shape.text.shrink_to_fit();
        shape.gaps.shrink_to_fit();
        shape
    }

    /// The text without names.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The numbers of the components that it refers to, in their order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.gaps.iter().map(|(_, number)| *number)
    }

    /// The same with other numbers, in the same order.
    pub(crate) fn renumbered(&self, numbers: impl Iterator<Item = usize>) -> Self {
        let offsets = self.gaps.iter().map(|(offset, _)| *offset);
        Self {
            text: self.text.clone(),
            gaps: offsets.zip(numbers).collect(),
        }
    }

    /// The same with one more member, if it is an object that has some.
    pub(crate) fn with(&self, key: &str, value: &Value) -> Self {
        let mut text = self.text.clone();
        if text.ends_with(b"}") && text.len() > 2 {
            text.truncate(text.len() - 1);
            text.push(b',');
            // Writing a text or a value to a Vec cannot fail.
            let _ = serde_json::to_writer(&mut text, key);
            text.push(b':');
            plain(&mut text, value);
            text.push(b'}');
        }
        Self {
            text,
            gaps: self.gaps.clone(),
        }
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
        Value::Object(members) => object(out, members, |out, key, value| {
            member(out, gaps, key, value);
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

/// Writes the value of a schema's member.
fn member(out: &mut Vec<u8>, gaps: &mut Vec<(usize, usize)>, key: &str, value: &Value) {
    match (key, value) {
        ("$ref", Value::String(target)) => match number(target) {
            Some(number) => gaps.push((out.len(), number)),
            None => plain(out, value),
        },
        // Examples are data, and may hold anything.
        ("example" | "examples", _) => plain(out, value),
        // Here the keys are names, whatever they are.
        ("properties", Value::Object(properties)) => {
            object(out, properties, |out, _, property| {
                with_gaps(out, gaps, property);
            });
        }
        _ => with_gaps(out, gaps, value),
    }
}

/// Writes the schema of a property without its example, or its items' if it is a list.
fn without_example(out: &mut Vec<u8>, gaps: &mut Vec<(usize, usize)>, schema: &Value) {
    let Value::Object(members) = schema else {
        return plain(out, schema);
    };
    let members = members.iter().filter(|(name, _)| *name != "example");
    object(out, members, |out, name, value| match name {
        "items" => without_example(out, gaps, value),
        _ => member(out, gaps, name, value),
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

    use super::{Fragment, unnamed};

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
    fn a_shape_is_the_same_with_other_examples_and_in_another_order() {
        let shape = |example: i32| {
            let item = json!({ "type": "integer", "example": example });
            Fragment::of_shape(&json!({ "properties": { "a": item, "b": { "items": item } } }))
        };
        assert_eq!(shape(1).text(), shape(2).text());
        let unsorted = json!({
            "required": ["b", "a"],
            "properties": { "b": unnamed(3), "a": { "default": 1 } },
        });
        let shape = Fragment::of_shape(&unsorted);
        assert_eq!(
            String::from_utf8(shape.text().to_vec()).unwrap(),
            r#"{"required":["a","b"],"properties":{"a":{"default":1},"b":{"$ref":}}}"#
        );
        assert_eq!(shape.numbers().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_member_is_added_to_an_object() {
        let written = |value| {
            let mut text = Vec::new();
            let fragment = Fragment::of(&value).with("b", &json!(2));
            fragment.write(&mut text, &[]).unwrap();
            String::from_utf8(text).unwrap()
        };
        assert_eq!(written(json!({ "a": 1 })), r#"{"a":1,"b":2}"#);
        assert_eq!(written(json!([1])), "[1]");
    }
}
