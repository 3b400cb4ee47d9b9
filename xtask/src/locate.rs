//! Where in a text a JSON path leads: found only when a message needs it, so that reading stays fast.

use std::ops::Range;

use crate::syntax::yaml;

/// The bytes of the value at `path` (`$.item[2].request.url`), or of the innermost value around it that is there.
#[must_use]
pub fn locate(text: &str, path: &str) -> Range<usize> {
    let is_json = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['{', '[']);
    if !is_json && let Some(range) = yaml::locate(text, &steps(path).collect::<Vec<_>>()) {
        return range;
    }
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    scan.skip_blanks();
    for step in steps(path) {
        let start = scan.at;
        let found = match step {
            Step::Key(key) => scan.enter_member(key),
            Step::Index(index) => scan.enter_item(index),
        };
        if !found {
            scan.at = start;
            break;
        }
    }
    let start = scan.at;
    scan.skip_value();
    start..scan.at.max(start)
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// To the member of an object.
    Key(&'a str),
    /// To the item of a list, counted from 0.
    Index(usize),
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    let path = path.strip_prefix('$').unwrap_or(path);
    path.split(['.', '['])
        .filter(|step| !step.is_empty())
        .map(
            |step| match step.strip_suffix(']').and_then(|index| index.parse().ok()) {
                Some(index) => Step::Index(index),
                None => Step::Key(step),
            },
        )
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(
            self.peek(),
            Some(b' ' | b'\t' | b'\n' | b'\r' | 0xEF | 0xBB | 0xBF)
        ) {
            self.at += 1;
        }
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                return;
            }
        }
    }

    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.skip_string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => return,
                _ => self.at += 1,
            }
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                return;
            }
        }
    }

    fn enter_member(&mut self, key: &str) -> bool {
        if self.peek() != Some(b'{') {
            return false;
        }
        self.at += 1;
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'"') => {
                    let start = self.at;
                    self.skip_string();
                    let name: Option<String> = self
                        .bytes
                        .get(start..self.at)
                        .and_then(|name| serde_json::from_slice(name).ok());
                    self.skip_blanks();
                    if self.peek() == Some(b':') {
                        self.at += 1;
                    }
                    self.skip_blanks();
                    if name.as_deref() == Some(key) {
                        return true;
                    }
                    self.skip_value();
                }
                _ => return false,
            }
        }
    }

    fn enter_item(&mut self, index: usize) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.at += 1;
        for _ in 0..index {
            self.skip_blanks();
            self.skip_value();
            self.skip_blanks();
            if self.peek() != Some(b',') {
                return false;
            }
            self.at += 1;
        }
        self.skip_blanks();
        !matches!(self.peek(), Some(b']') | None)
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    fn found<'t>(text: &'t str, path: &str) -> &'t str {
        text.get(locate(text, path)).unwrap()
    }

    #[test]
    fn a_path_leads_to_its_value() {
        let text = "\u{feff}{\"a\\u0062\": [1, {\"c\": \"]}\\\"\"}, [2]], \"d\": -5 }";
        for (path, value) in [
            ("$.ab[0]", "1"),
            ("$.ab[1].c", "\"]}\\\"\""),
            ("$.ab[2]", "[2]"),
            ("$.d", "-5"),
        ] {
            assert_eq!(found(text, path), value, "{path}");
        }
        assert_eq!(found(text, "$.ab[1].missing"), "{\"c\": \"]}\\\"\"}");
        assert_eq!(found(text, "$.ab[7]"), found(text, "$.ab"));
    }

    #[test]
    fn a_path_leads_to_its_value_in_yaml() {
        let text = "# é\n$kind: x\nheaders:\n  - key: A\n    value: 'é1'\n  - {key: B}\nbody:\n  content: |-\n    a\n  type: *x\n";
        let text = &text.replace("$kind: x", "$kind: &x x");
        for (path, value) in [
            ("$.headers[0].value", "'é1'"),
            ("$.headers[1].key", "B"),
            ("$.headers[1]", "{key: B}"),
            ("$.body.type", "*x"),
            ("$.headers[1].missing", "{key: B}"),
        ] {
            assert_eq!(found(text, path), value, "{path}");
        }
        assert!(found(text, "$.body").starts_with("content: |-"));
        assert!(found(text, "$.headers[7]").starts_with("- key: A"));
        assert!(found(text, "$").starts_with("$kind"));
    }

    #[test]
    fn no_text_makes_it_stumble() {
        for text in [
            "",
            "{",
            "[",
            "\"",
            "{\"a",
            "{\"a\":",
            "[1,",
            "]",
            "\\",
            "a: [",
            "- a: 1\n b",
        ] {
            for path in ["$", "$.a", "$[1]", "$.a[0].b"] {
                let found = locate(text, path);
                assert!(found.start <= found.end);
            }
        }
    }
}
