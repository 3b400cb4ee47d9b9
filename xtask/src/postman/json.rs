//! JSON that may be of any shape, as it stands in a file.

use std::{borrow::Cow, fmt};

use serde::{
    Serialize, Serializer,
    de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor},
};
use serde_json::Number;

use super::way::Way;
use crate::infer::masked_prose;

/// A JSON value that borrows its texts from the file wherever no escape stands in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Json<'t> {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
}

impl<'t> Json<'t> {
    /// The member `key`, the last one of several.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut members = members.iter().rev();
        members
            .find(|(name, _)| name == key)
            .map(|(_, member)| member)
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// A text.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A scalar as text.
    pub(super) fn scalar(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::Bool(true) => Some("true".into()),
            Self::Bool(false) => Some("false".into()),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The member `key` as text, where it is a scalar.
    pub(super) fn text(&self, key: &str) -> Option<Cow<'_, str>> {
        self.get(key)?.scalar()
    }

    /// The member `key` as a list; anything else is an empty one.
    pub(super) fn list(&self, key: &str) -> &[Json<'t>] {
        match self.get(key) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }

    /// The description: text, `{"content": …}`, or nothing, which some exporters write as the word "null". Tokens that
    /// people paste into examples are masked.
    pub(super) fn description(&self) -> String {
        let text = self.get("description").map(Self::words).unwrap_or_default();
        match text.trim() {
            "null" | "undefined" => String::new(),
            _ => masked_prose(&unix_lines(text)).into_owned(),
        }
    }

    /// The words of a description.
    fn words(&self) -> Cow<'_, str> {
        match self.as_text() {
            Some(text) => text.into(),
            None => self.text("content").unwrap_or_default(),
        }
    }

    /// Calls `found` with the path, below this value, of each description with a credential in it.
    pub(super) fn masked_descriptions(&self, way: &Way<'_>, found: &mut impl FnMut(String)) {
        match self {
            Self::Object(members) => {
                for (key, member) in members {
                    let way = Way::Member(way, key);
                    if key == "description" && holds_credential(&member.words()) {
                        found(way.path());
                    }
                    member.masked_descriptions(&way, found);
                }
            }
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.masked_descriptions(&Way::Item(way, index), found);
                }
            }
            _ => {}
        }
    }

    /// Whether `disabled` is set.
    pub(super) fn is_disabled(&self) -> bool {
        matches!(self.get("disabled"), Some(Self::Bool(true)))
    }
}

/// A text that people wrote, whose lines end as on Unix, wherever it was written.
pub(super) fn unix_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text,
    }
}

fn holds_credential(words: &str) -> bool {
    matches!(masked_prose(words), Cow::Owned(_))
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((Key(key), member)) = object.next_entry()? {
            members.push((key, member));
        }
        Ok(Json::Object(members))
    }
}

/// The name of a member.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Key<'t>(#[serde(borrow)] pub Cow<'t, str>);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(key, member)| (key, member)))
            }
        }
    }
}
