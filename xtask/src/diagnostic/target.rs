//! The targets of overlays that settle assumptions.

use std::fmt::{self, Write as _};

/// The member of a document with the webhooks, which OpenAPI has from 3.1 on as `webhooks`.
pub const WEBHOOKS: &str = "x-webhooks";

/// A place in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The target of an overlay's action, as JSONPath.
    pub path: String,
    /// The same as JSON pointer.
    pub pointer: String,
}

impl Target {
    /// The document as a whole.
    #[must_use]
    pub fn root() -> Self {
        Self {
            path: "$".to_owned(),
            pointer: String::new(),
        }
    }

    /// An operation, or a webhook if the template is no path. The method is in lower case.
    #[must_use]
    pub fn operation(template: &str, method: &str) -> Self {
        let section = match template.starts_with('/') {
            true => "paths",
            false => WEBHOOKS,
        };
        Self::root().member(section).member(template).member(method)
    }

    /// The member `key` of this object.
    #[must_use]
    pub fn member(mut self, key: &str) -> Self {
        let is_plain = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        // Writing to a text cannot fail.
        let _ = if is_plain {
            write!(self.path, ".{key}")
        } else {
            write!(self.path, "[{}]", Quoted(key))
        };
        self.pointer.push('/');
        for c in key.chars() {
            match c {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                c => self.pointer.push(c),
            }
        }
        self
    }

    /// The item `index` of this array.
    #[must_use]
    pub fn item(mut self, index: usize) -> Self {
        // Writing to a text cannot fail.
        let _ = write!(self.path, "[{index}]");
        let _ = write!(self.pointer, "/{index}");
        self
    }

    /// The parameter `name` in `location`, which is the item `index` of this array.
    #[must_use]
    pub fn parameter(mut self, index: usize, location: &str, name: &str) -> Self {
        let (name, location) = (Quoted(name), Quoted(location));
        let _ = write!(self.path, "[?@.name == {name} && @.in == {location}]");
        let _ = write!(self.pointer, "/{index}");
        self
    }

    /// Whether an overlay that wrote to `pointer` has settled what is here.
    #[must_use]
    pub fn is_settled_by(&self, pointer: &str) -> bool {
        let is_in = |inner: &str, outer: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        is_in(pointer, &self.pointer) || is_in(&self.pointer, pointer)
    }
}

/// A name in a JSONPath.
struct Quoted<'n>(&'n str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('\'')?;
        for c in self.0.chars() {
            if matches!(c, '\'' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        f.write_char('\'')
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn a_target_is_written_as_path_and_as_pointer() {
        let operation = Target::operation("/a/{it's}", "get");
        assert_eq!(operation.path, r"$.paths['/a/{it\'s}'].get");
        assert_eq!(operation.pointer, "/paths/~1a~1{it's}/get");
        let parameter = operation.member("parameters").parameter(2, "query", "size");
        assert_eq!(
            parameter.path,
            r"$.paths['/a/{it\'s}'].get.parameters[?@.name == 'size' && @.in == 'query']"
        );
        serde_json_path::JsonPath::parse(&parameter.path).unwrap();
    }

    #[test]
    fn what_is_written_around_or_inside_settles() {
        let target = Target::root().member("a").member("b");
        for pointer in ["/a", "/a/b", "/a/b/c", ""] {
            assert!(target.is_settled_by(pointer), "{pointer}");
        }
        for pointer in ["/a/bc", "/a/c", "/b"] {
            assert!(!target.is_settled_by(pointer), "{pointer}");
        }
    }
}
