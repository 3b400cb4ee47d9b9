//! Collections and folders whose items are still text: one item is parsed at a time, so that a file costs little more
//! memory than its text.

use std::{borrow::Cow, fmt};

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

use super::json::{Json, Key};

/// How many levels of items and lists are taken apart at once. What lies deeper stays text until it is reached.
const MAX_LEVELS: u8 = 32;

/// What a JSON text holds: its items apart from everything else.
#[derive(Debug, Default)]
pub(super) struct Node<'t> {
    /// The value, without its items.
    pub own: Json<'t>,
    /// Its items, if it is a collection or a folder.
    pub items: Option<Vec<Unread<'t>>>,
    /// The text of the object that a `collection` member wraps, as Postman's API answers.
    pub wrapped: Option<&'t str>,
}

/// A value of which only the places of its parts are known: a look at a text finds all of its items, at any depth.
#[derive(Debug)]
pub(super) enum Unread<'t> {
    /// The texts of an object's members, and its items.
    Object(Vec<(Cow<'t, str>, &'t str)>, Option<Box<Unread<'t>>>),
    List(Vec<Unread<'t>>),
    /// The text of what lies too deep.
    Text(&'t str),
    /// A scalar, of whose value nothing but a text is kept.
    Scalar(Json<'t>),
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
        if !is_object(text) {
            let _: IgnoredAny = parsed(text, file)?;
            return Ok(Self::default());
        }
        Self::read(Unread::of(text, file)?, file)
    }

    /// Parses what was found in `file`.
    pub(super) fn read(unread: Unread<'t>, file: &str) -> Result<Self, Malformed> {
        let (members, items) = match unread {
            Unread::Object(members, items) => (members, items),
            Unread::Text(text) => return Self::parse(text, file),
            Unread::List(_) | Unread::Scalar(_) => return Ok(Self::default()),
        };
        let mut node = Self::default();
        let mut own = Vec::with_capacity(members.len());
        for (key, text) in members {
            match key.as_ref() {
                "collection" => node.wrapped = is_object(text).then_some(text),
                _ => own.push((key, parsed(text, file)?)),
            }
        }
        if let Some(items) = items {
            let items = match *items {
                Unread::Text(text) => Unread::of(text, file)?,
                items => items,
            };
            node.items = Some(match items {
                Unread::List(items) => items,
                other => {
                    own.push(("item".into(), other.outline()));
                    Vec::new()
                }
            });
        }
        node.own = Json::Object(own);
        Ok(node)
    }
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str, file: &str) -> Result<T, Malformed> {
    serde_json::from_str(text).map_err(|error| Malformed::new(file, text, &error))
}

impl<'t> Unread<'t> {
    /// Finds the parts of `text`, which lies in `file`.
    fn of(text: &'t str, file: &str) -> Result<Self, Malformed> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let found = Find(MAX_LEVELS).deserialize(&mut deserializer);
        let found = found.and_then(|found| deserializer.end().map(|()| found));
        found.map_err(|error| Malformed::new(file, text, &error))
    }

    /// A value of the same type, which is empty where this one is.
    fn outline(self) -> Json<'t> {
        match self {
            Self::Scalar(value) => value,
            Self::Object(members, None) if members.is_empty() => Json::Object(Vec::new()),
            Self::Object(..) => Json::Object(vec![("".into(), Json::Null)]),
            Self::List(_) | Self::Text(_) => Json::List(Vec::new()),
        }
    }
}

/// Finds the parts of a value, down to this many levels.
#[derive(Clone, Copy)]
struct Find(u8);

impl<'de> DeserializeSeed<'de> for Find {
    type Value = Unread<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Unread<'de>, D::Error> {
        match self.0 {
            0 => Ok(Unread::Text(<&RawValue>::deserialize(deserializer)?.get())),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Find {
    type Value = Unread<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Unread<'de>, A::Error> {
        let (mut members, mut items) = (Vec::new(), None);
        while let Some(Key(key)) = object.next_key()? {
            match key.as_ref() {
                "item" => items = Some(Box::new(object.next_value_seed(Self(self.0 - 1))?)),
                _ => members.push((key, object.next_value::<&RawValue>()?.get())),
            }
        }
        Ok(Unread::Object(members, items))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Unread<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Self(self.0 - 1))? {
            items.push(item);
        }
        Ok(Unread::List(items))
    }

    fn visit_unit<E>(self) -> Result<Unread<'de>, E> {
        Ok(Unread::Scalar(Json::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Unread<'de>, E> {
        Ok(Unread::Scalar(Json::Bool(value)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unread<'de>, E> {
        Ok(Unread::Scalar(Json::Number(0.into())))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unread<'de>, E> {
        Ok(Unread::Scalar(Json::Number(0.into())))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unread<'de>, E> {
        Ok(Unread::Scalar(Json::Number(0.into())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Unread<'de>, E> {
        Ok(Unread::Scalar(Json::Text(text.to_owned().into())))
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
    use super::{MAX_LEVELS, Node};

    #[test]
    fn an_error_in_a_part_is_told_where_it_is_in_the_file() {
        let file = "{\n \"item\": [{\"a\": 1},\n  {\"b\":\n 1e999}]}";
        let node = Node::parse(file, file).unwrap();
        let mut items = node.items.unwrap().into_iter();
        let one = Node::read(items.next().unwrap(), file).unwrap().own;
        assert_eq!(one.text("a").as_deref(), Some("1"));
        let error = Node::read(items.next().unwrap(), file).unwrap_err();
        assert_eq!(error.position, (4, 6));
        let on_one_line = "{\"item\": [0, {\"b\": \"\\ud800\"}]}";
        let node = Node::parse(on_one_line, on_one_line).unwrap();
        let last = node.items.unwrap().pop().unwrap();
        let error = Node::read(last, on_one_line).unwrap_err();
        assert_eq!(error.position.0, 1);
        assert!(error.position.1 > 19, "{error:?}");
    }

    #[test]
    fn items_are_found_at_any_depth_and_in_any_shape() {
        const DEPTH: usize = 3 * MAX_LEVELS as usize;
        let text = format!(
            "{}null{}",
            "{\"item\": [1, ".repeat(DEPTH),
            "]}".repeat(DEPTH)
        );
        let mut node = Node::parse(&text, &text).unwrap();
        for _ in 1..DEPTH {
            let mut items = node.items.unwrap();
            assert_eq!(items.len(), 2);
            node = Node::read(items.pop().unwrap(), &text).unwrap();
        }
        for (items, count) in [("[[{}], {}]", 2), ("null", 0), ("{\"item\": []}", 0)] {
            let text = format!("{{\"item\": {items}}}");
            let node = Node::parse(&text, &text).unwrap();
            assert_eq!(node.items.map(|items| items.len()), Some(count), "{text}");
        }
        let lists = format!("{{\"item\": {}{}}}", "[".repeat(500), "]".repeat(500));
        assert!(Node::parse(&lists, &lists).is_ok());
    }
}
