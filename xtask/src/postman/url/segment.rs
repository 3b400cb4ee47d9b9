//! One segment of a path: text and parameters in turn.

use super::percent;

/// One segment of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Segment(pub Vec<Part>);

/// A part of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// As it is sent.
    Text(String),
    /// The name of a parameter.
    Parameter(String),
}

impl Segment {
    /// The text, if there is no parameter in it.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The names of the parameters in it.
    pub fn parameters(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter_map(|part| match part {
            Part::Parameter(name) => Some(name),
            Part::Text(_) => None,
        })
    }

    /// The names of the parameters in it, to be changed.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.0.iter_mut().filter_map(|part| match part {
            Part::Parameter(name) => Some(name),
            Part::Text(_) => None,
        })
    }

    /// Writes it as OpenAPI does: `users`, `{userId}`, `{id}.{format}`.
    pub(crate) fn write(&self, out: &mut String) {
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Parameter(name) => {
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            }
        }
    }

    /// Reads a segment: `:id`, `{id}`, `{{id}}` and `<id>` are parameters, unless `is_literal` holds for the name of one with a
    /// colon. A colon behind a parameter or a word is text: `{id}:cancel`.
    pub(super) fn read(text: &str, is_literal: impl Fn(&str) -> bool) -> Self {
        let mut segment = Self::default();
        let mut rest = text.trim();
        // How much is left behind the last closing brace: opening ones there are no names, however many there are.
        let closed = rest.rfind('}').map_or(rest.len(), |at| rest.len() - at);
        let mut is_behind_word = false;
        while let Some(next) = rest.chars().next() {
            let after = rest.get(next.len_utf8()..).unwrap_or_default();
            let name = match next {
                '{' if after.len() >= closed => braced(after),
                '<' => angled(after),
                ':' if !is_behind_word => worded(after).filter(|(name, _)| !is_literal(name)),
                _ => None,
            };
            rest = match name {
                Some((name, behind)) => {
                    segment.0.push(Part::Parameter(name.trim().to_owned()));
                    is_behind_word = true;
                    behind
                }
                None => {
                    match next {
                        ' ' => segment.push("%20"),
                        '{' => segment.push("%7B"),
                        '}' => segment.push("%7D"),
                        '<' => segment.push("%3C"),
                        '>' => segment.push("%3E"),
                        '?' => segment.push("%3F"),
                        '#' => segment.push("%23"),
                        next => segment.push(next.encode_utf8(&mut [0; 4])),
                    }
                    is_behind_word = next.is_alphanumeric();
                    after
                }
            };
        }
        for part in &mut segment.0 {
            if let Part::Text(text) = part
                && text.contains('%')
            {
                *text = percent::canonical(text);
            }
        }
        segment
    }

    fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ => self.0.push(Part::Text(text.to_owned())),
        }
    }
}

/// The name after an opening brace, and what stands behind its closing ones.
fn braced(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches('{');
    let (name, behind) = text.split_at_checked(text.find(['}', '<', '>'])?)?;
    let behind = behind.strip_prefix('}')?;
    is_name(name).then(|| (name, behind.trim_start_matches('}')))
}

/// The name after an opening angle bracket, and what stands behind its closing one.
fn angled(text: &str) -> Option<(&str, &str)> {
    let (name, behind) = text.split_at_checked(text.find(['<', '>'])?)?;
    let behind = behind.strip_prefix('>')?;
    is_name(name).then_some((name, behind))
}

/// The name after a colon, and what stands behind it.
fn worded(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
        .unwrap_or(text.len());
    let name = text.get(..end)?;
    // What joins it to another one is not its own: `:from-:to`.
    let name = match text.get(end..)?.starts_with(':') {
        true => name.trim_end_matches('-'),
        false => name,
    };
    text.split_at_checked(name.len())
        .filter(|(name, _)| !name.is_empty())
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty()
}
