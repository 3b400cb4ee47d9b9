//! Decoding of events, which may differ from their documentation in every member.
//!
//! It never fails: a member of another type than the documented one is converted if that is
//! unambiguous (a number to a text, a text to a number), and is `None` otherwise.

use serde_json::{Map, Value};

/// A type that is read from any JSON.
pub trait Tolerant: Sized {
    /// Reads the value; `None` if it cannot be converted.
    fn read(value: Value) -> Option<Self>;
}

/// Reads an event's struct, which is empty if there is no object.
#[must_use]
pub fn read<T: Tolerant + Default>(value: Value) -> Box<T> {
    Box::new(T::read(value).unwrap_or_default())
}

/// The members of an object.
#[derive(Debug)]
pub struct Members(Map<String, Value>);

impl Members {
    /// The members of `value`, if it is an object.
    #[must_use]
    pub fn of(value: Value) -> Option<Self> {
        match value {
            Value::Object(members) => Some(Self(members)),
            _ => None,
        }
    }

    /// Removes and reads a member. Blanks around its name are ignored, unless there is a member without them.
    pub fn take<T: Tolerant>(&mut self, name: &str) -> Option<T> {
        let value = self.0.remove(name).or_else(|| {
            let blank = self.0.keys().find(|key| key.trim() == name)?.clone();
            self.0.remove(&blank)
        });
        T::read(value?)
    }
}

impl Tolerant for String {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            _ => None,
        }
    }
}

impl Tolerant for i64 {
    fn read(value: Value) -> Option<Self> {
        crate::lenient::deserialize(value).ok()
    }
}

impl Tolerant for f64 {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => text.trim().parse().ok().filter(|it: &f64| it.is_finite()),
            other => other.as_f64(),
        }
    }
}

impl Tolerant for bool {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Bool(truth) => Some(truth),
            Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
            Value::Number(number) => match number.as_i64()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Tolerant for Value {
    fn read(value: Value) -> Option<Self> {
        (!value.is_null()).then_some(value)
    }
}

impl<T: Tolerant> Tolerant for Vec<T> {
    /// One value counts as a list of it.
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Array(items) => Some(items.into_iter().filter_map(T::read).collect()),
            one => T::read(one).map(|one| vec![one]),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Members, Tolerant};

    #[test]
    fn what_says_the_same_in_another_type_is_read() {
        assert_eq!(String::read(json!(7)).as_deref(), Some("7"));
        assert_eq!(String::read(json!(true)).as_deref(), Some("true"));
        assert_eq!(i64::read(json!(" 7 ")), Some(7));
        assert_eq!(f64::read(json!("1.5")), Some(1.5));
        assert_eq!(bool::read(json!("True")), Some(true));
        assert_eq!(bool::read(json!(0)), Some(false));
        assert_eq!(Vec::<i64>::read(json!("7")), Some(vec![7]));
    }

    #[test]
    fn what_says_something_else_is_nothing() {
        assert_eq!(String::read(json!({})), None);
        assert_eq!(i64::read(json!("soon")), None);
        assert_eq!(f64::read(json!("inf")), None);
        assert_eq!(bool::read(json!(2)), None);
        assert_eq!(Vec::<bool>::read(Value::Null), None);
        assert_eq!(Vec::<i64>::read(json!([1, {}, "2"])), Some(vec![1, 2]));
    }

    #[test]
    fn blanks_around_a_name_do_not_count() {
        let mut members = Members::of(json!({ "id ": "a", "id": "b" })).unwrap();
        assert_eq!(members.take::<String>("id").as_deref(), Some("b"));
        assert_eq!(members.take::<String>("id").as_deref(), Some("a"));
        assert_eq!(members.take::<String>("id"), None);
    }
}
