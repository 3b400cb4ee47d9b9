//! Scans a JSON text for values.

use std::{collections::BTreeMap, ops::Range};

/// Where paths lead, step by step.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    /// Those that lead here, by their index.
    pub(super) paths: Vec<usize>,
    pub(super) members: BTreeMap<&'a str, Wanted<'a>>,
    pub(super) items: BTreeMap<usize, Wanted<'a>>,
}

impl<'a> Wanted<'a> {
    /// What `paths` lead to.
    pub(super) fn of(paths: &[&'a str]) -> Self {
        let mut wanted = Self::default();
        for (index, path) in paths.iter().enumerate() {
            let innermost = steps(path).fold(&mut wanted, |wanted, step| match step {
                Step::Key(key) => wanted.members.entry(key).or_default(),
                Step::Index(index) => wanted.items.entry(index).or_default(),
            });
            innermost.paths.push(index);
        }
        wanted
    }

    /// All paths that lead here or go on from here are found in `range`.
    pub(super) fn settle(&self, range: &Range<usize>, found: &mut [Range<usize>]) {
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
pub(super) enum Step<'a> {
    /// To the member of an object.
    Key(&'a str),
    /// To the item of a list, counted from 0.
    Index(usize),
}

pub(super) fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
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

/// A text of JSON that is gone through without being parsed.
pub(super) struct Scan<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_blanks(&mut self) {
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

    pub(super) fn skip_value(&mut self) {
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
    pub(super) fn find(&mut self, mut wanted: Wanted<'_>, found: &mut [Range<usize>]) {
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

    pub(super) fn enter_member(&mut self, key: &str) -> bool {
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

    pub(super) fn enter_item(&mut self, index: usize) -> bool {
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
