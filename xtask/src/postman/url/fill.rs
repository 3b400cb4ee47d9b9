//! A URL's text with the values of its variables: Postman fills them in before it looks for host, path and query.

use std::ops::Range;

use super::super::variables::Variables;

/// A filled text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    pub text: String,
    /// Where the base URL ends that a variable holds, if its value has a path and more path follows.
    pub base_end: Option<usize>,
}

/// The part of a URL that a place in its text belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Host,
    Path,
    Query,
}

/// Fills the known variables of `text` in. One that is a whole segment of the path stays: it is a parameter, unless its
/// value is several segments.
pub(super) fn fill(text: &str, variables: &Variables<'_>) -> Filled {
    let mut writer = Writer {
        filled: Filled::default(),
        part: Part::Host,
    };
    let mut from = 0;
    for range in names(text) {
        writer.push(text.get(from..range.start).unwrap_or_default());
        let rest = text.get(range.end..).unwrap_or_default();
        let written = text.get(range.clone()).unwrap_or_default();
        from = range.end;
        let name = written.trim_start_matches('{').trim_end_matches('}');
        match variables.get(name) {
            Some(value) if !writer.is_parameter(&value, rest) => writer.value(&value, rest),
            _ => writer.verbatim(written),
        }
    }
    writer.push(text.get(from..).unwrap_or_default());
    writer.filled
}

/// Where the `{{names}}` of a text stand.
pub(super) fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find("{{")?;
        let end = start + text.get(start..)?.find("}}")? + 2;
        from = end;
        Some(start..end)
    })
}

struct Writer {
    filled: Filled,
    part: Part,
}

impl Writer {
    /// Whether a variable that stands here before `rest` and has this value is a parameter of the path.
    fn is_parameter(&self, value: &str, rest: &str) -> bool {
        self.part == Part::Path
            && self.filled.text.ends_with('/')
            && (rest.is_empty() || rest.starts_with(['/', '\\', '?', '#', ':']))
            && !value.contains(['/', '\\', '?', '#'])
    }

    fn value(&mut self, value: &str, rest: &str) {
        let is_base = self.part == Part::Host;
        let ends_with_slash = value.ends_with(['/', '\\']);
        let goes_on = rest.starts_with(['/', '\\']);
        // The slash between a base URL and a path is one.
        let value = match ends_with_slash && goes_on && !value.ends_with("://") {
            true => value.trim_end_matches(['/', '\\']),
            // So are the signs behind a scheme.
            false if rest.starts_with("://") => value.trim_end_matches(['/', ':']),
            false => value,
        };
        self.push(value);
        if is_base && self.part == Part::Path && (goes_on || ends_with_slash) {
            self.filled.base_end = Some(self.filled.text.len());
        }
    }

    /// A variable's name, which says nothing about the parts.
    fn verbatim(&mut self, written: &str) {
        self.filled.text.push_str(written);
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            let c = match (c, self.part) {
                ('\\', Part::Host | Part::Path) => '/',
                (c, _) => c,
            };
            let text = &mut self.filled.text;
            match c {
                '?' | '#' => self.part = Part::Query,
                '/' if self.part == Part::Host && !is_of_scheme(text) => self.part = Part::Path,
                _ => {}
            }
            text.push(c);
        }
    }
}

/// Whether a slash after `before` belongs to `https://`, or to `//`.
fn is_of_scheme(before: &str) -> bool {
    before.is_empty() || before == "/" || before.ends_with(':') || before.ends_with(":/")
}
