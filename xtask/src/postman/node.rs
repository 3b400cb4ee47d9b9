//! Collections and folders whose items are still text: one item is parsed at a time, so that a file costs little more
//! memory than its text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::json::{Json, Key};

/// What a JSON text holds: its items apart from everything else.
#[derive(Debug, Default)]
pub(super) struct Node<'t> {
    /// The value, without its items.
    pub own: Json<'t>,
    /// The texts of its items, if it is a collection or a folder.
    pub items: Option<Vec<&'t str>>,
    /// The text of the object that a `collection` member wraps, as Postman's API answers.
    pub wrapped: Option<&'t str>,
}

/// What cannot be parsed, and where in the file.
#[derive(Debug)]
pub(super) struct Malformed {
    /// Line and column, both from 1.
    pub position: (usize, usize),
    /// What is wrong.
    pub reason: String,
}

impl<'t> Node<'t> {
    /// Parses `text`, a part of `file`. What is no object is nothing.
    pub(super) fn parse(text: &'t str, file: &str) -> Result<Self, Malformed> {
        let malformed = |error: serde_json::Error| Malformed::new(file, text, &error);
        if !is_object(text) {
            let _: IgnoredAny = serde_json::from_str(text).map_err(malformed)?;
            return Ok(Self::default());
        }
        serde_json::from_str(text).map_err(malformed)
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node<'de>, A::Error> {
        let mut own = Vec::new();
        let mut node = Node::default();
        while let Some(Key(key)) = members.next_key()? {
            match key.as_ref() {
                "item" => match members.next_value::<Items<'_>>()? {
                    Items::List(items) => node.items = Some(items),
                    Items::Other(other) => {
                        node.items = Some(Vec::new());
                        own.push((key, other));
                    }
                },
                "collection" => {
                    let text = members.next_value::<&RawValue>()?.get();
                    node.wrapped = is_object(text).then_some(text);
                }
                _ => {
                    own.push((key, members.next_value()?));
                }
            }
        }
        node.own = Json::Object(own);
        Ok(node)
    }
}

/// The texts of a list's items; of what is no list, only the type.
enum Items<'t> {
    List(Vec<&'t str>),
    Other(Json<'t>),
}

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(List)
    }
}

struct List;

impl<'de> Visitor<'de> for List {
    type Value = Items<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<&RawValue>()? {
            items.push(item.get());
        }
        Ok(Items::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Items<'de>, A::Error> {
        let mut has_members = false;
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            has_members = true;
        }
        let member = has_members.then(|| ("".into(), Json::Null));
        Ok(Items::Other(Json::Object(member.into_iter().collect())))
    }

    fn visit_unit<E>(self) -> Result<Items<'de>, E> {
        Ok(Items::Other(Json::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Items<'de>, E> {
        Ok(Items::Other(Json::Bool(value)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Items<'de>, E> {
        Ok(Items::Other(Json::Number(0.into())))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Items<'de>, E> {
        Ok(Items::Other(Json::Number(0.into())))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Items<'de>, E> {
        Ok(Items::Other(Json::Number(0.into())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Items<'de>, E> {
        Ok(Items::Other(Json::Text(text.to_owned().into())))
    }
}

fn is_object(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

impl Malformed {
    /// The error of parsing `part`, which lies in `file`.
    fn new(file: &str, part: &str, error: &serde_json::Error) -> Self {
        let offset = part.as_ptr().addr().saturating_sub(file.as_ptr().addr());
        let before = file.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + error.line();
        let column = match error.line() {
            1 => before.len() - before.rfind('\n').map_or(0, |end| end + 1) + error.column(),
            _ => error.column(),
        };
        let reason = error.to_string();
        let reason = reason
            .split_once(" at line ")
            .map_or(reason.as_str(), |(reason, _)| reason);
        Self {
            position: (line.max(1), column.max(1)),
            reason: format!("the text is not JSON: {reason}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn an_error_in_a_part_is_told_where_it_is_in_the_file() {
        let file = "{\n \"item\": [{\"a\": 1},\n  {\"b\":\n 1e999}]}";
        let node = Node::parse(file, file).unwrap();
        let items = node.items.unwrap();
        let one = Node::parse(items[0], file).unwrap().own;
        assert_eq!(one.text("a").as_deref(), Some("1"));
        let error = Node::parse(items[1], file).unwrap_err();
        assert_eq!(error.position, (4, 6));
        let on_one_line = "{\"item\": [0, {\"b\": \"\\ud800\"}]}";
        let node = Node::parse(on_one_line, on_one_line).unwrap();
        let error = Node::parse(node.items.unwrap()[1], on_one_line).unwrap_err();
        assert_eq!(error.position.0, 1);
        assert!(error.position.1 > 19, "{error:?}");
    }
}
