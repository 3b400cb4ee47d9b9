//! Query parameters that contain a whole array in one value, and pairs of names and values.
//!
//! OpenAPI percent-encodes the elements of such an array and leaves the separators between them as they are: `ids=1,2`.
//! An encoder of pairs would encode both, so the finished request is given the pair as it is to be.

use std::fmt::Display;

use reqwest::Url;

/// Adds an array to the query of a request, if it is there, with its elements joined by a separator.
pub fn join<T: Elements>(url: &mut Url, name: &str, value: &T, separator: &str) {
    let Some(texts) = value.texts() else {
        return;
    };
    let mut query = url.query().unwrap_or_default().to_owned();
    append(&mut query, name, &texts, separator);
    url.set_query(Some(&query));
}

/// Appends a pair to others. `separator` stands between the values where there are several.
pub(crate) fn append(pairs: &mut String, name: &str, values: &[String], separator: &str) {
    if !pairs.is_empty() {
        pairs.push('&');
    }
    pairs.extend(encoded(name));
    pairs.push('=');
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            // What a URL cannot hold is encoded, which its reader takes back.
            pairs.push_str(match separator {
                " " => "%20",
                "|" => "%7C",
                other => other,
            });
        }
        pairs.extend(encoded(value));
    }
}

fn encoded(text: &str) -> impl Iterator<Item = &str> {
    form_urlencoded::byte_serialize(text.as_bytes())
}

/// An array that may be absent.
pub trait Elements {
    /// The elements as texts.
    fn texts(&self) -> Option<Vec<String>>;
}

impl<T: Display> Elements for &Vec<T> {
    fn texts(&self) -> Option<Vec<String>> {
        Some(self.iter().map(ToString::to_string).collect())
    }
}

impl<T: Display> Elements for Option<&Vec<T>> {
    fn texts(&self) -> Option<Vec<String>> {
        self.as_ref().and_then(Elements::texts)
    }
}
