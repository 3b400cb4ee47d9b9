//! The outermost members of an event.

use std::{borrow::Cow, fmt, ops::Range};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// The text of an event and the places of its outermost members. Of several members with one name, the last counts, as
/// in JavaScript.
pub(crate) struct Envelope {
    text: String,
    name: String,
    millis: Option<u64>,
    account_id: Option<String>,
    payload: Option<Range<usize>>,
}

impl Envelope {
    /// Reads a body; `None` if it is not a JSON object.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let [event, event_ts, payload] = members(text, ["event", "event_ts", "payload"])?;
        // The older events have the one form, the newer the other.
        let accounts =
            payload.and_then(|payload| members(payload.get(), ["account_id", "accountId"]));
        let account_id = accounts.and_then(|[snake, camel]| snake.or(camel).and_then(parsed));
        Some(Self {
            text: text.to_owned(),
            name: event.and_then(parsed).unwrap_or_default(),
            millis: event_ts.and_then(millis),
            account_id,
            payload: payload.and_then(|payload| place(text, payload.get())),
        })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// In milliseconds since 1970.
    pub(crate) fn time(&self) -> Option<u64> {
        self.millis
    }

    pub(crate) fn account_id(&self) -> Option<&str> {
        self.account_id.as_deref()
    }

    /// The payload, if it has this shape.
    pub(crate) fn payload<T: DeserializeOwned>(&self) -> Option<T> {
        self.read_payload().ok()
    }

    pub(crate) fn read_payload<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.payload_text())
    }

    /// The payload, unchanged; `null` if there is none.
    pub(super) fn payload_text(&self) -> &str {
        let payload = self.payload.clone();
        let payload = payload.and_then(|payload| self.text.get(payload));
        payload.unwrap_or("null")
    }
}

fn parsed<'t, T: Deserialize<'t>>(value: &'t RawValue) -> Option<T> {
    serde_json::from_str(value.get()).ok()
}

/// A number, or a number as a text.
fn millis(value: &RawValue) -> Option<u64> {
    let text = value.get();
    let text = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    text.parse().ok()
}

/// The range of `part` in `text`, which it borrows from.
fn place(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    Some(start..start + part.len())
}

/// The members of an object with these names, each the last of its name. `None` if `text` is not an object.
pub(super) fn members<'t, const N: usize>(
    text: &'t str,
    names: [&str; N],
) -> Option<[Option<&'t RawValue>; N]> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let members = Members(names).deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(members)
}

struct Members<'n, const N: usize>([&'n str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for Members<'_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for Members<'_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = [None; N];
        while let Some(key) = map.next_key::<&RawValue>()? {
            let key = Key::of(key)?;
            let mut names = self.0.iter().zip(&mut found);
            match names.find(|(name, _)| name.as_bytes() == &*key.0) {
                Some((_, member)) => *member = Some(map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

/// A key as bytes: JSON allows one half of a surrogate pair, and a `str` does not. The bytes alone would not tell a
/// line break from an escaped one, so the key is read as a [`RawValue`] first, which JSON's rules are applied to.
struct Key<'de>(Cow<'de, [u8]>);

impl<'de> Key<'de> {
    fn of<E: de::Error>(key: &'de RawValue) -> Result<Self, E> {
        serde_json::from_str(key.get()).map_err(E::custom)
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl<'de> Visitor<'de> for Bytes {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(bytes)))
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(bytes.to_vec())))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
