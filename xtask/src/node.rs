//! Parts of a document while they are written.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

/// A part of a document: what OpenAPI prescribes, with data in it.
///
/// Not a [`Value`]: the converter makes many small objects, and writes each of them once. Here an object is a list of
/// members without a hash table, and its keys and texts are borrowed wherever they can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// A text.
    Text(Cow<'a, str>),
    /// What is written as it is, such as an example: nothing in it refers to a component by number.
    Data(Cow<'a, Value>),
    /// A reference to the component of this number, which has no name yet.
    Component(usize),
    /// A list.
    List(Vec<Node<'a>>),
    /// An object.
    Object(Object<'a>),
}

/// The members of an object in the order in which they are written, each key once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Node<'a>)>);

impl<'a> Object<'a> {
    /// Adds a member, whose key is new.
    pub(crate) fn put(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Node<'a>>) {
        self.0.push((key.into(), value.into()));
    }

    /// Adds a member before all others.
    pub(crate) fn put_first(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Node<'a>>) {
        self.0.insert(0, (key.into(), value.into()));
    }

    /// Adds the members of another object.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Whether it has no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its keys and their values.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Node<'a>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'a>> {
        let mut members = self.members();
        members.find(|(name, _)| *name == key).map(|(_, it)| it)
    }
}

impl<'a, K: Into<Cow<'a, str>>, V: Into<Node<'a>>> FromIterator<(K, V)> for Object<'a> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let members = members.into_iter();
        Self(members.map(|(key, it)| (key.into(), it.into())).collect())
    }
}

impl<'a> Node<'a> {
    /// Its text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its members; none if it is no object.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Node<'a>)> {
        let object = match self {
            Self::Object(object) => Some(object),
            _ => None,
        };
        object.into_iter().flat_map(Object::members)
    }

    /// The value of a key, if it is an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'a>> {
        match self {
            Self::Object(object) => object.get(key),
            _ => None,
        }
    }

    /// Its items; none if it is no list.
    pub(crate) fn items(&self) -> &[Node<'a>] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

impl From<bool> for Node<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a> From<&'a str> for Node<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Node<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Value> for Node<'_> {
    fn from(value: Value) -> Self {
        Self::Data(Cow::Owned(value))
    }
}

impl<'a> From<&'a Value> for Node<'a> {
    fn from(value: &'a Value) -> Self {
        Self::Data(Cow::Borrowed(value))
    }
}

impl<'a> From<Vec<Node<'a>>> for Node<'a> {
    fn from(items: Vec<Node<'a>>) -> Self {
        Self::List(items)
    }
}

impl<'a> From<Object<'a>> for Node<'a> {
    fn from(object: Object<'a>) -> Self {
        Self::Object(object)
    }
}

impl From<Node<'_>> for Value {
    /// The same as a value, in which the reference to a component is its number.
    fn from(node: Node<'_>) -> Self {
        match node {
            Node::Bool(value) => value.into(),
            Node::Text(text) => text.into(),
            Node::Data(value) => value.into_owned(),
            Node::Component(number) => json!({ "$ref": number }),
            Node::List(items) => items.into_iter().map(Self::from).collect(),
            Node::Object(Object(members)) => members
                .into_iter()
                .map(|(key, member)| (key.into_owned(), member.into()))
                .collect::<Map<_, _>>()
                .into(),
        }
    }
}
