//! Text of a part of the document, in which components have numbers until all of them are known.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::PREFIX;
use crate::node::Node;

/// Compact JSON text with gaps where the names of components belong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Fragment {
    text: Vec<u8>,
    /// Offsets in the text, in their order, with the components' numbers.
    gaps: Vec<(usize, usize)>,
}

impl Fragment {
    /// The text of `node`.
    pub(crate) fn of(node: &Node<'_>) -> Self {
        Self::written(|fragment| fragment.add(node))
    }

    /// What tells the shapes of components from each other: the text of a schema without the examples of its properties,
    /// which are in the order of their names.
    pub(crate) fn of_shape(schema: &Node<'_>) -> Self {
        Self::written(|shape| match schema {
            Node::Object(members) => {
                shape.object(members.members(), |shape, name, node| match (name, node) {
                    ("properties", Node::Object(properties)) => {
                        let mut sorted: Vec<_> = properties.members().collect();
                        sorted.sort_unstable_by_key(|(name, _)| *name);
                        shape.object(sorted, |shape, _, property| shape.without_example(property));
                    }
                    ("required", Node::List(names)) => {
                        let mut sorted: Vec<_> = names.iter().filter_map(Node::as_text).collect();
                        sorted.sort_unstable();
                        shape.plain(&sorted);
                    }
                    _ => shape.add(node),
                });
            }
            _ => shape.add(schema),
        })
    }

    /// What `write` writes. Space for most is there from the start, but no more than allocators have at hand.
    fn written(write: impl FnOnce(&mut Self)) -> Self {
        let mut fragment = Self {
            text: Vec::with_capacity(512),
            gaps: Vec::new(),
        };
        write(&mut fragment);
        fragment.text.shrink_to_fit();
        fragment.gaps.shrink_to_fit();
        fragment
    }

    /// Adds the text of `node`. The recursion is as deep as a written schema.
    fn add(&mut self, node: &Node<'_>) {
        match node {
            Node::Bool(value) => self.plain(value),
            Node::Text(text) => self.plain(text),
            Node::Data(value) => self.plain(value),
            Node::Component(number) => {
                self.text.extend_from_slice(b"{\"$ref\":");
                self.gaps.push((self.text.len(), *number));
                self.text.push(b'}');
            }
            Node::List(items) => {
                self.text.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.text.push(b',');
                    }
                    self.add(item);
                }
                self.text.push(b']');
            }
            Node::Object(object) => {
                self.object(object.members(), |fragment, _, member| fragment.add(member));
            }
        }
    }

    /// Adds the schema of a property without its example, or its items' if it is a list.
    fn without_example(&mut self, schema: &Node<'_>) {
        let Node::Object(object) = schema else {
            return self.add(schema);
        };
        let members = object.members().filter(|(name, _)| *name != "example");
        self.object(members, |fragment, name, member| match name {
            "items" => fragment.without_example(member),
            _ => fragment.add(member),
        });
    }

    fn object<'n, 'a: 'n>(
        &mut self,
        members: impl IntoIterator<Item = (&'n str, &'n Node<'a>)>,
        mut add: impl FnMut(&mut Self, &str, &Node<'a>),
    ) {
        self.text.push(b'{');
        for (index, (key, member)) in members.into_iter().enumerate() {
            if index > 0 {
                self.text.push(b',');
            }
            self.plain(key);
            self.text.push(b':');
            add(self, key, member);
        }
        self.text.push(b'}');
    }

    fn plain(&mut self, value: &(impl Serialize + ?Sized)) {
        // Writing a text or a value to a Vec cannot fail.
        let _ = serde_json::to_writer(&mut self.text, value);
    }

    /// The text without names.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The numbers of the components that it refers to, in their order.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.gaps.iter().map(|(_, number)| *number)
    }

    /// The same with other numbers.
    pub(crate) fn renumbered(mut self, number_of: impl Fn(usize) -> usize) -> Self {
        for (_, number) in &mut self.gaps {
            *number = number_of(*number);
        }
        self
    }

    /// The same with one more member, if it is an object that has some.
    pub(crate) fn with(mut self, key: &str, value: &Value) -> Self {
        if self.text.ends_with(b"}") && self.text.len() > 2 {
            self.text.truncate(self.text.len() - 1);
            self.text.push(b',');
            self.plain(key);
            self.text.push(b':');
            self.plain(value);
            self.text.push(b'}');
        }
        self
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Fragment, Node};
    use crate::{document::reference, node::Object};

    fn object<'a>(members: impl IntoIterator<Item = (&'a str, Node<'a>)>) -> Node<'a> {
        Node::Object(members.into_iter().collect())
    }

    #[test]
    fn names_are_put_in_where_they_are_references_and_nowhere_else() {
        let data = json!({ "$ref": "#/components/schemas/~0" });
        let properties = [
            ("$ref", Node::Component(1)),
            ("example", Node::Component(0)),
        ];
        let schema = object([
            ("properties", object(properties)),
            ("example", (&data).into()),
            (
                "items",
                vec![Node::Component(0), reference("Known").into()].into(),
            ),
        ]);
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
            let item = || {
                object([
                    ("type", "integer".into()),
                    ("example", json!(example).into()),
                ])
            };
            let properties = [("a", item()), ("b", object([("items", item())]))];
            Fragment::of_shape(&object([("properties", object(properties))]))
        };
        assert_eq!(shape(1).text(), shape(2).text());
        let properties = [
            ("b", Node::Component(3)),
            ("a", object([("default", json!(1).into())])),
        ];
        let unsorted = object([
            ("required", vec!["b".into(), "a".into()].into()),
            ("properties", object(properties)),
        ]);
        let shape = Fragment::of_shape(&unsorted);
        assert_eq!(
            String::from_utf8(shape.text().to_vec()).unwrap(),
            r#"{"required":["a","b"],"properties":{"a":{"default":1},"b":{"$ref":}}}"#
        );
        assert_eq!(shape.numbers().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_member_is_added_to_an_object() {
        let written = |node| {
            let mut text = Vec::new();
            let fragment = Fragment::of(&node).with("b", &json!(2));
            fragment.write(&mut text, &[]).unwrap();
            String::from_utf8(text).unwrap()
        };
        assert_eq!(written(object([("a", true.into())])), r#"{"a":true,"b":2}"#);
        assert_eq!(written(Object::default().into()), "{}");
        assert_eq!(written(vec![true.into()].into()), "[true]");
    }
}
