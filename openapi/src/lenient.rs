//! Lenient decoding of answers that differ from their documentation.
//!
//! Zoom's own examples contradict its schemas: a number instead of a text, a text instead of
//! a number, an empty object instead of an empty list. A whole response should not be lost
//! for that, so [`from_slice`] accepts every representation that has exactly one meaning. The
//! generated fields of integers do so with other JSON readers as well.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

mod decode;

use decode::LARGEST_EXACT;
pub use decode::{from_slice, from_value};

/// A type that consists of integers, which are read leniently.
pub trait Lenient: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// When there is no such integer.
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// For `deserialize_with` of generated fields.
///
/// # Errors
/// When there is no such integer.
pub fn deserialize<'de, T: Lenient, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::lenient(deserializer)
}

impl Lenient for i64 {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Integer)
    }
}

impl<T: Lenient> Lenient for Option<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Item<T>>::deserialize(deserializer)?.map(|item| item.0))
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Item<T>>::deserialize(deserializer)?
            .into_iter()
            .map(|item| item.0)
            .collect())
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<String, Item<T>>::deserialize(deserializer)?
            .into_iter()
            .map(|(key, item)| (key, item.0))
            .collect())
    }
}

struct Item<T>(T);

impl<'de, T: Lenient> Deserialize<'de> for Item<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::lenient(deserializer).map(Self)
    }
}

struct Integer;

impl Visitor<'_> for Integer {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i64, E> {
        if value.fract() == 0.0 && value.abs() <= LARGEST_EXACT {
            Ok(value as i64)
        } else {
            Err(E::invalid_value(de::Unexpected::Float(value), &self))
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<i64, E> {
        value
            .trim()
            .parse()
            .map_err(|_| E::invalid_value(de::Unexpected::Str(value), &self))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::deserialize;

    #[test]
    fn every_spelling_of_an_integer_is_read() {
        for value in [json!(1), json!(1.0), json!("1"), json!(" 1 ")] {
            assert_eq!(deserialize::<i64, _>(value).unwrap(), 1);
        }
        for value in [
            json!(1.5),
            json!("one"),
            json!(true),
            json!(u64::MAX),
            json!(1e300),
        ] {
            assert!(deserialize::<i64, _>(value).is_err());
        }
    }

    #[test]
    fn negative_and_extreme_integers_are_read() {
        for value in [json!(-17), json!(-17.0), json!("-17")] {
            assert_eq!(deserialize::<i64, _>(value).unwrap(), -17);
        }
        for extreme in [i64::MIN, i64::MAX] {
            assert_eq!(deserialize::<i64, _>(json!(extreme)).unwrap(), extreme);
        }
    }

    #[test]
    fn an_error_says_what_was_expected() {
        let error = deserialize::<i64, _>(json!(true)).unwrap_err();
        assert!(error.to_string().contains("expected an integer"), "{error}");
    }

    #[test]
    fn wherever_it_stands() {
        assert_eq!(
            deserialize::<Option<Vec<i64>>, _>(json!([1.0, "2", 3])).unwrap(),
            Some(vec![1, 2, 3])
        );
        assert_eq!(
            deserialize::<Option<Vec<i64>>, _>(json!(null)).unwrap(),
            None
        );
        assert_eq!(
            deserialize::<Vec<Option<i64>>, _>(json!([1.0, null])).unwrap(),
            [Some(1), None]
        );
    }
}
