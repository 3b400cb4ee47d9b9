//! Query parameters that hold a whole array in one value.

use std::fmt::Display;

use serde::ser::{Serialize, SerializeSeq, Serializer};

/// An array whose elements are joined by a separator.
#[derive(Debug)]
pub struct Joined<'a, T> {
    name: &'a str,
    value: &'a T,
    separator: &'static str,
}

impl<'a, T> Joined<'a, T> {
    /// `value` under `name`, joined by `separator`.
    pub fn new(name: &'a str, value: &'a T, separator: &'static str) -> Self {
        Self {
            name,
            value,
            separator,
        }
    }
}

/// An array that may be absent.
pub trait Elements {
    /// The elements as texts.
    fn texts(&self) -> Option<Vec<String>>;
}

impl<T: Display> Elements for Vec<T> {
    fn texts(&self) -> Option<Vec<String>> {
        Some(self.iter().map(ToString::to_string).collect())
    }
}

impl<T: Display> Elements for Option<Vec<T>> {
    fn texts(&self) -> Option<Vec<String>> {
        self.as_ref().and_then(Elements::texts)
    }
}

impl<T: Elements> Elements for &T {
    fn texts(&self) -> Option<Vec<String>> {
        (*self).texts()
    }
}

impl<T: Display> Elements for Option<&Vec<T>> {
    fn texts(&self) -> Option<Vec<String>> {
        self.and_then(Elements::texts)
    }
}

impl<T: Elements> Serialize for Joined<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pairs = serializer.serialize_seq(Some(1))?;
        if let Some(texts) = self.value.texts() {
            pairs.serialize_element(&(self.name, texts.join(self.separator)))?;
        }
        pairs.end()
    }
}
