//! Where in a text a JSON path leads: found only when a message needs it, so that reading stays fast.

use std::{collections::BTreeMap, ops::Range};

use super::yaml;

/// The bytes of the value at `path` (`$.item[2].request.url`), or of the innermost value around it that is there.
#[must_use]
pub fn locate(text: &str, path: &str) -> Range<usize> {
    if !is_json(text)
        && let Some(range) = yaml::locate(text, &steps(path).collect::<Vec<_>>())
    {
        return range;
    }
    in_json(text, path).0
}

/// The value at `path` in a text of JSON, as it is written; `None` if there is none.
#[must_use]
pub fn value_at<'t>(text: &'t str, path: &str) -> Option<&'t str> {
    let (range, is_there) = in_json(text, path);
    text.get(range).filter(|_| is_there)
}

/// The innermost value on the way, and whether it is the one that the path leads to.
fn in_json(text: &str, path: &str) -> (Range<usize>, bool) {
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    scan.skip_blanks();
    let mut is_there = true;
    for step in steps(path) {
        let start = scan.at;
        is_there = match step {
            Step::Key(key) => scan.enter_member(key),
            Step::Index(index) => scan.enter_item(index),
        };
        if !is_there {
            scan.at = start;
            break;
        }
    }
    let start = scan.at;
    scan.skip_value();
    (start..scan.at.max(start), is_there)
}

fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with(['{', '['])
}

/// The same for many paths, in their order, in one pass over a text of JSON.
#[must_use]
pub fn locate_all(text: &str, paths: &[&str]) -> Vec<Range<usize>> {
    if !is_json(text) {
        return paths.iter().map(|path| locate(text, path)).collect();
    }
    let mut wanted = Wanted::default();
    for (index, path) in paths.iter().enumerate() {
        let innermost = steps(path).fold(&mut wanted, |wanted, step| match step {
            Step::Key(key) => wanted.members.entry(key).or_default(),
            Step::Index(index) => wanted.items.entry(index).or_default(),
        });
        innermost.paths.push(index);
    }
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    scan.skip_blanks();
    let mut found = vec![0..0; paths.len()];
    scan.find(wanted, &mut found);
    found
}

/// Where paths lead, step by step.
#[derive(Default)]
struct Wanted<'a> {
    /// Those that lead here, by their index.
    paths: Vec<usize>,
    members: BTreeMap<&'a str, Wanted<'a>>,
    items: BTreeMap<usize, Wanted<'a>>,
}

impl Wanted<'_> {
    /// All paths that lead here or go on from here are found in `range`.
    fn settle(&self, range: &Range<usize>, found: &mut [Range<usize>]) {
        for index in &self.paths {
            if let Some(slot) = found.get_mut(*index) {
                slot.clone_from(range);
            }
        }
        for inner in self.members.values().chain(self.items.values()) {
            inner.settle(range, found);
        }
    }
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

    /// Notes where the value that begins here has what is wanted of it, and goes to its end.
    fn find(&mut self, mut wanted: Wanted<'_>, found: &mut [Range<usize>]) {
        let start = self.at;
        let is_object = self.peek() == Some(b'{');
        let is_leaf = wanted.members.is_empty() && wanted.items.is_empty();
        if is_leaf || !(is_object || self.peek() == Some(b'[')) {
            self.skip_value();
            return wanted.settle(&(start..self.at), found);
        }
        self.at += 1;
        let mut index = 0;
        loop {
            self.skip_blanks();
            let inner = match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                None | Some(b'}' | b']') => break,
                Some(b'"') if is_object => {
                    let name = self.name();
                    wanted.members.remove(name.as_str())
                }
                Some(_) if is_object => break,
                Some(_) => wanted.items.remove(&index),
            };
            let before = self.at;
            match inner {
                Some(inner) => self.find(inner, found),
                None => self.skip_value(),
            }
            index += 1;
            if self.at == before {
                break;
            }
        }
        self.at += usize::from(matches!(self.peek(), Some(b'}' | b']')));
        // What is not there is found where it should be.
        wanted.settle(&(start..self.at), found);
    }

    /// Reads a name and goes to its value.
    fn name(&mut self) -> String {
        let start = self.at;
        self.skip_string();
        let end = self.at;
        self.skip_blanks();
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        self.skip_blanks();
        let quoted = self.bytes.get(start..end).unwrap_or_default();
        serde_json::from_slice(quoted).unwrap_or_default()
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
                    if self.name() == key {
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
    use super::{locate, locate_all, value_at};

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
        assert_eq!(value_at(text, "$.ab[0]"), Some("1"));
        assert_eq!(value_at(text, "$.ab[1].missing"), None);
        assert_eq!(found(text, "$.ab[1].missing"), "{\"c\": \"]}\\\"\"}");
        assert_eq!(found(text, "$.ab[7]"), found(text, "$.ab"));
    }

    #[test]
    fn many_paths_are_found_as_each_of_them_is() {
        let texts = [
            "{\"item\": [{\"a\": [1, {\"b\": 2}]}, 3], \"a\": {\"item\": [[4]]}, \"a\": 5}",
            "[[1, 2], {\"a\": \"]\"}]",
            "{\"item\": [{\"a\": [",
            "item:\n  - a: [1, {b: 2}]\na: x\n",
            "7",
            "",
        ];
        let paths = [
            "$",
            "$.item",
            "$.item[0]",
            "$.item[0].a[1].b",
            "$.item[0].a[9].b",
            "$.item[1]",
            "$.a.item[0][0]",
            "$.a",
            "$[0][1]",
            "$[1].a",
            "$.missing.inner",
            "$.item[0]",
        ];
        for text in texts {
            let each: Vec<_> = paths.iter().map(|path| locate(text, path)).collect();
            assert_eq!(locate_all(text, &paths), each, "{text}");
        }
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
