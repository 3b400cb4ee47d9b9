//! Lenient decoding of whole answers.
//!
//! [`from_slice`] and [`from_value`] are a layer between serde_json and the generated types: a
//! scalar of another type is converted, an empty object, text or null is read as an empty
//! list, and an empty list or text as an empty object. Nothing is guessed: a value that is not
//! unambiguous stays an error, which names its place.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde_json::Value;

/// Beyond 2^53 a float no longer says which integer was meant.
pub(super) const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a body of JSON.
///
/// # Errors
/// When it does not match the type. The error begins with the place in the body, such as
/// `messages[3].id`.
pub fn from_slice<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    located("", |trail| {
        let mut json = serde_json::Deserializer::from_slice(body);
        let value = T::deserialize(Reader::new(&mut json, trail))?;
        json.end()?;
        Ok(value)
    })
}

/// Reads a value of JSON that stands at `place` in a body.
///
/// # Errors
/// As those of [`from_slice`].
pub fn from_value<T: DeserializeOwned>(value: &Value, place: &str) -> serde_json::Result<T> {
    located(place, |trail| T::deserialize(Reader::new(value, trail)))
}

/// Reads without keeping track of the place, which costs time, and only after a failure once more
/// with it.
fn located<T>(
    place: &str,
    read: impl Fn(Option<&Trail>) -> serde_json::Result<T>,
) -> serde_json::Result<T> {
    read(None).or_else(|_| {
        let trail = Trail::default();
        read(Some(&trail)).map_err(|error| trail.locate(place, error))
    })
}

/// The way from a value that failed up to the root, in that order.
#[derive(Default)]
struct Trail(RefCell<Vec<String>>);

impl Trail {
    fn key(&self, key: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$' | '@');
        self.0.borrow_mut().push(match key {
            _ if !key.is_empty() && key.len() <= 64 && key.chars().all(plain) => format!(".{key}"),
            _ => format!("[{:?}]", key.chars().take(64).collect::<String>()),
        });
    }

    fn index(&self, index: usize) {
        self.0.borrow_mut().push(format!("[{index}]"));
    }

    fn locate(self, place: &str, error: serde_json::Error) -> serde_json::Error {
        let steps: String = self.0.into_inner().into_iter().rev().collect();
        let path = format!("{place}{steps}");
        match path.trim_start_matches('.') {
            path if !path.is_empty() && error.is_data() => {
                serde_json::Error::custom(format!("{path}: {error}"))
            }
            _ => error,
        }
    }
}

/// A deserializer that accepts what another one has, converted to what is asked for.
struct Reader<'t, D> {
    inner: D,
    trail: Option<&'t Trail>,
}

impl<'t, D> Reader<'t, D> {
    fn new(inner: D, trail: Option<&'t Trail>) -> Self {
        Self { inner, trail }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Boolean,
    Integer,
    Number,
    Text,
    List,
    Object,
}

macro_rules! wanted {
    ($($method:ident: $wanted:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.converted(visitor, Wanted::$wanted)
        }
    )*};
}

macro_rules! as_it_is {
    ($($method:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method(visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Reader<'_, D> {
    fn converted<V: Visitor<'de>>(self, visitor: V, wanted: Wanted) -> Result<V::Value, D::Error> {
        let trail = self.trail;
        self.inner.deserialize_any(Converted {
            visitor,
            wanted,
            trail,
        })
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Reader<'_, D> {
    type Error = D::Error;

    wanted! {
        deserialize_bool: Boolean;
        deserialize_i8: Integer;
        deserialize_i16: Integer;
        deserialize_i32: Integer;
        deserialize_i64: Integer;
        deserialize_u8: Integer;
        deserialize_u16: Integer;
        deserialize_u32: Integer;
        deserialize_u64: Integer;
        deserialize_f32: Number;
        deserialize_f64: Number;
        deserialize_str: Text;
        deserialize_string: Text;
        deserialize_seq: List;
        deserialize_map: Object;
    }

    as_it_is! {
        deserialize_any;
        deserialize_i128;
        deserialize_u128;
        deserialize_char;
        deserialize_bytes;
        deserialize_byte_buf;
        deserialize_unit;
        deserialize_identifier;
        deserialize_ignored_any;
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let trail = self.trail;
        self.inner.deserialize_option(Inside { visitor, trail })
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let trail = self.trail;
        self.inner
            .deserialize_newtype_struct(name, Inside { visitor, trail })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.converted(visitor, Wanted::List)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.converted(visitor, Wanted::List)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.converted(visitor, Wanted::Object)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_enum(name, variants, visitor)
    }
}

/// Goes on reading leniently inside options and newtypes.
struct Inside<'t, V> {
    visitor: V,
    trail: Option<&'t Trail>,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Inside<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Reader::new(inner, self.trail))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.visitor
            .visit_newtype_struct(Reader::new(inner, self.trail))
    }
}

/// Gives a visitor what it wants, where the value says exactly that in another way.
struct Converted<'t, V> {
    visitor: V,
    wanted: Wanted,
    trail: Option<&'t Trail>,
}

impl<'de, V: Visitor<'de>> Converted<'_, V> {
    /// Names the kind of the value, not the value: it may be long, or a secret.
    fn mismatch<T, E: de::Error>(self, found: &'static str) -> Result<T, E> {
        Err(E::invalid_type(Unexpected::Other(found), &self.visitor))
    }

    fn no_elements<E: de::Error>(self) -> Result<V::Value, E> {
        let none = std::iter::empty::<StrDeserializer<'_, E>>();
        self.visitor.visit_seq(SeqDeserializer::new(none))
    }

    fn no_entries<E: de::Error>(self) -> Result<V::Value, E> {
        let none = std::iter::empty::<(StrDeserializer<'_, E>, StrDeserializer<'_, E>)>();
        self.visitor.visit_map(MapDeserializer::new(none))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Converted<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<V::Value, E> {
        match self.wanted {
            Wanted::Text => self.visitor.visit_string(value.to_string()),
            _ => self.visitor.visit_bool(value),
        }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<V::Value, E> {
        match self.wanted {
            Wanted::Text => self.visitor.visit_string(value.to_string()),
            _ => self.visitor.visit_i64(value),
        }
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<V::Value, E> {
        match (self.wanted, value) {
            (Wanted::Boolean, 0 | 1) => self.visitor.visit_bool(value == 1),
            (Wanted::Text, _) => self.visitor.visit_string(value.to_string()),
            _ => self.visitor.visit_u64(value),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<V::Value, E> {
        let is_exact = value.abs() <= LARGEST_EXACT;
        match self.wanted {
            Wanted::Integer if is_exact && value.fract() == 0.0 => {
                self.visitor.visit_i64(value as i64)
            }
            Wanted::Text if is_exact => self.visitor.visit_string(value.to_string()),
            Wanted::Number => self.visitor.visit_f64(value),
            _ => self.mismatch("a number that does not fit"),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<V::Value, E> {
        let text = value.trim();
        match self.wanted {
            Wanted::Text => self.visitor.visit_str(value),
            Wanted::Boolean if text == "1" || text.eq_ignore_ascii_case("true") => {
                self.visitor.visit_bool(true)
            }
            Wanted::Boolean if text == "0" || text.eq_ignore_ascii_case("false") => {
                self.visitor.visit_bool(false)
            }
            Wanted::Integer => match (text.parse(), text.parse()) {
                (Ok(value), _) => self.visitor.visit_i64(value),
                (_, Ok(value)) => self.visitor.visit_u64(value),
                _ => self.mismatch("a text that is no integer"),
            },
            Wanted::Number => match text.parse::<f64>() {
                Ok(value) if value.is_finite() => self.visitor.visit_f64(value),
                _ => self.mismatch("a text that is no number"),
            },
            Wanted::List if text.is_empty() => self.no_elements(),
            Wanted::Object if text.is_empty() => self.no_entries(),
            Wanted::Boolean | Wanted::List | Wanted::Object => self.mismatch("a text"),
        }
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<V::Value, E> {
        match self.wanted {
            Wanted::Text => self.visitor.visit_borrowed_str(value),
            _ => self.visit_str(value),
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        match self.wanted {
            Wanted::List => self.no_elements(),
            _ => self.visitor.visit_unit(),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<V::Value, A::Error> {
        match self.wanted {
            // A struct would read a list as its fields in order.
            Wanted::Object => match list.next_element::<IgnoredAny>()? {
                None => self.no_entries(),
                Some(_) => self.mismatch("a list"),
            },
            _ => self.visitor.visit_seq(Elements {
                inner: list,
                trail: self.trail,
                index: 0,
            }),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<V::Value, A::Error> {
        match self.wanted {
            Wanted::List => match object.next_key::<IgnoredAny>()? {
                None => self.no_elements(),
                Some(_) => self.mismatch("an object"),
            },
            _ => self.visitor.visit_map(Entries {
                inner: object,
                trail: self.trail,
                key: String::new(),
            }),
        }
    }
}

struct Elements<'t, A> {
    inner: A,
    trail: Option<&'t Trail>,
    index: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Elements<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let trail = self.trail;
        let element = self.inner.next_element_seed(Seed { seed, trail });
        if let (Err(_), Some(trail)) = (&element, trail) {
            trail.index(self.index);
        }
        self.index += 1;
        element
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

struct Entries<'t, A> {
    inner: A,
    trail: Option<&'t Trail>,
    /// The key whose value comes next, kept only for a trail.
    key: String,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        if self.trail.is_none() {
            return self.inner.next_key_seed(seed);
        }
        let Some(key) = self.inner.next_key()? else {
            return Ok(None);
        };
        self.key = key;
        seed.deserialize(StrDeserializer::new(&self.key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let trail = self.trail;
        let value = self.inner.next_value_seed(Seed { seed, trail });
        if let (Err(_), Some(trail)) = (&value, trail) {
            trail.key(&self.key);
        }
        value
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

struct Seed<'t, S> {
    seed: S,
    trail: Option<&'t Trail>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Seed<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.seed.deserialize(Reader::new(inner, self.trail))
    }
}

#[cfg(test)]
mod tests;
