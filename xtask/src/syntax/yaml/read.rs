//! Parses YAML.

use std::{borrow::Cow, collections::HashMap};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use serde_json::{Map, Value};

use super::scalar;
use crate::syntax::Malformed;

/// How deep lists and mappings may nest, as in JSON.
const MAX_DEPTH: usize = 128;

/// How many bytes aliases may add to a document, so that a few lines cannot fill the memory.
const MAX_COPIED: usize = 8 << 20;

/// What a value costs besides its texts.
const NODE_SIZE: usize = 32;

/// Parses a YAML document.
///
/// ```
/// let value = xtask::syntax::yaml::parse("answer: yes\nlimits: [1, 0x10]").unwrap();
/// assert_eq!(value, serde_json::json!({ "answer": "yes", "limits": [1, 16] }));
/// ```
///
/// # Errors
///
/// What is not YAML, has no counterpart in JSON, or goes beyond the bounds: 128 levels of nesting, and 8 MiB that are
/// added by aliases.
pub fn parse(text: &str) -> Result<Value, Malformed> {
    let mut composer = Composer::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| malformed_by(&error))?;
        composer.at = span.start;
        composer
            .take(event)
            .map_err(|malformed| explained(malformed, text))?;
    }
    Ok(composer.root.unwrap_or_default())
}

fn malformed_by(error: &ScanError) -> Malformed {
    malformed(
        *error.marker(),
        &format!("the text is not YAML: {}", error.info()),
    )
}

fn malformed(at: Marker, reason: &str) -> Malformed {
    Malformed {
        position: (at.line(), at.col() + 1),
        reason: reason.to_owned(),
    }
}

/// What a key cannot be.
const COMPOUND_KEY: &str = "a key must be a string, not a list or a mapping";

/// A variable of Postman's that is not in quotes is a mapping whose key is a mapping: this tells what was meant.
fn explained(malformed: Malformed, text: &str) -> Malformed {
    let (line, column) = malformed.position;
    let before = text.lines().nth(line.saturating_sub(1)).into_iter();
    let mut braces = before.flat_map(str::chars).skip(column.saturating_sub(2));
    let is_variable = malformed.reason == COMPOUND_KEY
        && (braces.next(), braces.next()) == (Some('{'), Some('{'));
    Malformed {
        reason: match is_variable {
            true => "a value that begins with `{{` must be in quotes".to_owned(),
            false => malformed.reason,
        },
        ..malformed
    }
}

/// A list or a mapping that is not complete yet.
enum Open {
    List(Vec<Value>),
    Mapping {
        members: Map<String, Value>,
        /// The key whose value comes next.
        key: Option<String>,
        /// Whether it has the merge key `<<`, which must not be in quotes.
        merges: bool,
    },
}

#[derive(Default)]
struct Composer {
    /// Where the current event begins.
    at: Marker,
    /// What is open, outermost first, with the number of its anchor.
    open: Vec<(Open, usize)>,
    root: Option<Value>,
    anchors: HashMap<usize, Value>,
    /// What aliases have cost so far.
    copied: usize,
}

impl Composer {
    fn take(&mut self, event: Event<'_>) -> Result<(), Malformed> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if let Some(Open::Mapping {
                    key: key @ None,
                    merges,
                    ..
                }) = self.open.last_mut().map(|(open, _)| open)
                {
                    *merges |= text == "<<" && style == ScalarStyle::Plain;
                    *key = Some(text.clone().into_owned());
                    // A key that is an anchor, too, may be repeated as a value.
                    return self.anchor(anchor, &text.into());
                }
                let value = self.scalar(&text, style, tag.as_deref())?;
                self.anchor(anchor, &value)?;
                self.put(value)
            }
            Event::SequenceStart(anchor, tag) => {
                self.begin(Open::List(Vec::new()), anchor, tag, "seq")
            }
            Event::MappingStart(anchor, tag) => {
                let mapping = Open::Mapping {
                    members: Map::new(),
                    key: None,
                    merges: false,
                };
                self.begin(mapping, anchor, tag, "map")
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (value, anchor) = match self.open.pop() {
                    Some((Open::List(items), anchor)) => (Value::Array(items), anchor),
                    Some((
                        Open::Mapping {
                            members, merges, ..
                        },
                        anchor,
                    )) => {
                        let members = match merges {
                            true => merged(members),
                            false => members,
                        };
                        (Value::Object(members), anchor)
                    }
                    None => return Ok(()),
                };
                self.anchor(anchor, &value)?;
                self.put(value)
            }
            Event::Alias(anchor) => self.alias(anchor),
            Event::DocumentStart(_) if self.root.is_some() => {
                self.fail("the file contains more than one YAML document")
            }
            Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::StreamStart
            | Event::StreamEnd
            | Event::Nothing => Ok(()),
        }
    }

    fn begin(
        &mut self,
        open: Open,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        kind: &str,
    ) -> Result<(), Malformed> {
        if let Some(tag) = tag.filter(|tag| !(tag.is_yaml_core_schema() && tag.suffix == kind)) {
            return self.fail(&format!("the tag {tag} has no meaning here"));
        }
        if self.expects_key() {
            return self.fail(COMPOUND_KEY);
        }
        if self.open.len() == MAX_DEPTH {
            return self.fail(&format!("nests more than {MAX_DEPTH} deep"));
        }
        self.open.push((open, anchor));
        Ok(())
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some((Open::Mapping { key: None, .. }, _)))
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
    ) -> Result<Value, Malformed> {
        let Some(tag) = tag else {
            return Ok(match style {
                ScalarStyle::Plain => scalar::resolve(text),
                _ => text.into(),
            });
        };
        let resolved = scalar::resolve(text);
        let kind = if tag.is_yaml_core_schema() {
            tag.suffix.as_str()
        } else {
            // `!` alone: not to be resolved.
            match (tag.handle.as_str(), tag.suffix.as_str()) {
                ("", "!") | ("!", "") => "str",
                _ => "",
            }
        };
        match (kind, &resolved) {
            ("str", _) => Ok(text.into()),
            ("null", Value::Null) | ("bool", Value::Bool(_)) | ("float", Value::Number(_)) => {
                Ok(resolved)
            }
            ("int", Value::Number(number)) if !number.is_f64() => Ok(resolved),
            _ => self.fail(&format!("the tag {tag} has no meaning here")),
        }
    }

    /// Puts a complete value where it belongs.
    fn put(&mut self, value: Value) -> Result<(), Malformed> {
        match self.open.last_mut().map(|(open, _)| open) {
            None => self.root = Some(value),
            Some(Open::List(items)) => items.push(value),
            Some(Open::Mapping { members, key, .. }) => {
                let key = key.take().unwrap_or_default();
                if members.contains_key(&key) {
                    return self.fail(&format!("the key `{key}` is there twice"));
                }
                members.insert(key, value);
            }
        }
        Ok(())
    }

    fn anchor(&mut self, anchor: usize, value: &Value) -> Result<(), Malformed> {
        if anchor > 0 {
            let copy = self.copy(value)?;
            self.anchors.insert(anchor, copy);
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize) -> Result<(), Malformed> {
        let Some(value) = self.anchors.remove(&anchor) else {
            return self.fail("an alias is inside the node that it refers to");
        };
        let copy = self.copy(&value)?;
        self.anchors.insert(anchor, value);
        if self.expects_key() {
            let Value::String(text) = copy else {
                return self.fail("a key is a text");
            };
            if let Some((Open::Mapping { key, .. }, _)) = self.open.last_mut() {
                *key = Some(text);
            }
            return Ok(());
        }
        if self.open.len() + depth(&copy) > MAX_DEPTH {
            return self.fail(&format!("nests more than {MAX_DEPTH} deep"));
        }
        self.put(copy)
    }

    /// A copy, if it is affordable.
    fn copy(&mut self, value: &Value) -> Result<Value, Malformed> {
        self.copied = self.copied.saturating_add(size(value));
        if self.copied > MAX_COPIED {
            return self.fail("anchors and aliases make the document too large");
        }
        Ok(value.clone())
    }

    fn fail<T>(&self, reason: &str) -> Result<T, Malformed> {
        Err(malformed(self.at, reason))
    }
}

/// A mapping with what its merge key `<<` adds: members of a mapping, or of several, that it does not have itself. YAML 1.2
/// has no such key, but those who write anchors expect it.
fn merged(mut members: Map<String, Value>) -> Map<String, Value> {
    let is_mergeable = members.get("<<").is_some_and(|added| match added {
        Value::Array(all) => all.iter().all(Value::is_object),
        added => added.is_object(),
    });
    if !is_mergeable {
        return members;
    }
    let added = match members.shift_remove("<<") {
        Some(Value::Array(all)) => all,
        one => one.into_iter().collect(),
    };
    for (key, value) in added.iter().filter_map(Value::as_object).flatten() {
        if !members.contains_key(key) {
            members.insert(key.clone(), value.clone());
        }
    }
    members
}

/// About how many bytes a value takes.
fn size(value: &Value) -> usize {
    NODE_SIZE
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(members) => members
                .iter()
                .map(|(key, member)| NODE_SIZE + key.len() + size(member))
                .sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
}

/// How deep lists and mappings nest in a value.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
