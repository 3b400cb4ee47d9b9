//! Indents compact JSON while it is written.

use std::io::{self, Write};

/// So much indented text is passed on at once.
const ENOUGH: usize = 4_096;

/// Passes on JSON without blanks as people read it: two spaces of indentation.
pub(super) struct Indented<W> {
    out: W,
    /// What is not passed on yet.
    indented: Vec<u8>,
    depth: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Anything may follow.
    Between,
    /// Behind an opening bracket.
    Opened,
    /// In a text.
    Text,
    /// In a text, behind a backslash.
    Escape,
}

impl<W: Write> Indented<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out,
            indented: Vec::new(),
            depth: 0,
            state: State::Between,
        }
    }

    fn line(&mut self) {
        self.indented.push(b'\n');
        let end = self.indented.len() + 2 * self.depth;
        self.indented.resize(end, b' ');
    }

    /// What `byte` asks for, outside of texts.
    fn mark(&mut self, byte: u8) {
        let was_opened = self.state == State::Opened;
        self.state = State::Between;
        match byte {
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if !was_opened {
                    self.line();
                }
            }
            _ if was_opened => self.line(),
            _ => {}
        }
        self.indented.push(byte);
        match byte {
            b'{' | b'[' => {
                self.depth += 1;
                self.state = State::Opened;
            }
            b',' => self.line(),
            b':' => self.indented.push(b' '),
            b'"' => self.state = State::Text,
            _ => {}
        }
    }

    fn pass(&mut self) -> io::Result<()> {
        self.out.write_all(&self.indented)?;
        self.indented.clear();
        Ok(())
    }
}

impl<W: Write> Write for Indented<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some((byte, behind)) = rest.split_first() {
            match self.state {
                State::Between | State::Opened => {
                    self.mark(*byte);
                    rest = behind;
                }
                State::Escape => {
                    self.indented.push(*byte);
                    self.state = State::Text;
                    rest = behind;
                }
                State::Text => {
                    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
                    let end = end.map_or(rest.len(), |at| at + 1);
                    let (text, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
                    self.indented.extend_from_slice(text);
                    self.state = match text.last() {
                        Some(b'"') => State::Between,
                        Some(b'\\') => State::Escape,
                        _ => State::Text,
                    };
                    rest = behind;
                }
            }
            if self.indented.len() >= ENOUGH {
                self.pass()?;
            }
        }
        self.pass()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use serde_json::{Value, json};

    use super::Indented;

    /// `value` is indented as serde_json does it, wherever the writes end.
    #[test]
    fn any_value_looks_as_serde_json_would_have_it() {
        let mut deep = json!([]);
        for _ in 0..60 {
            deep = json!([{ "a": deep }, 1]);
        }
        let odd = json!({ "": {}, "a\"{,:[\\": ["\\\"", [], [[]], {"b": {}}], "ü": -1.5e300, "t": [true, null] });
        for value in [deep, odd, json!("a"), json!(1), Value::Null] {
            for step in [1, 3, usize::MAX] {
                let mut text = Vec::new();
                let mut out = Indented::new(&mut text);
                for piece in value.to_string().as_bytes().chunks(step) {
                    out.write_all(piece).unwrap();
                }
                assert_eq!(String::from_utf8(text).unwrap(), format!("{value:#}"));
            }
        }
    }
}
