//! Refuses documents with features that the generator does not support, before anything is generated.
//!
//! The document is walked as JSON, object by object of OpenAPI, along the tables of [`coverage`]. A problem names its
//! place by JSON pointer and says what to change, so nothing that changes a request or loses a type is skipped silently.

pub(crate) mod coverage;
mod cycles;
mod discriminators;
mod reference;
mod rules;

use serde_json::{Map, Value};

use self::coverage::{Holds, Kind, fields};

/// At most this many problems are reported at once.
const MOST: usize = 50;

/// Checks a document.
///
/// # Errors
/// One line for each problem: its JSON pointer, what is wrong, and the remedy.
pub(crate) fn audit(document: &Value) -> Result<(), String> {
    let mut audit = Audit {
        document,
        problems: Vec::new(),
    };
    audit.object(Kind::Document, "#", document);
    audit.problems.extend(cycles::find(document));
    match audit.problems.len() {
        0 => Ok(()),
        count => {
            audit.problems.truncate(MOST);
            if count > MOST {
                audit
                    .problems
                    .push(format!("and {} more problems", count - MOST));
            }
            Err(audit.problems.join("\n"))
        }
    }
}

struct Audit<'d> {
    document: &'d Value,
    problems: Vec<String>,
}

impl Audit<'_> {
    fn refuse(&mut self, pointer: &str, problem: &str) {
        self.problems.push(format!("{pointer}: {problem}"));
    }

    /// Checks an object and everything in it. What is not an object is left to the parser, which reports its line.
    fn object(&mut self, kind: Kind, pointer: &str, value: &Value) {
        let Some(object) = value.as_object() else {
            return;
        };
        if let Some(section) = kind.section()
            && let Some(reference) = object.get("$ref").and_then(Value::as_str)
        {
            let checked = reference::check(self.document, section, reference);
            if let Err(problem) = checked {
                self.refuse(&format!("{pointer}/$ref"), &problem);
            }
            // OpenAPI ignores what stands beside a `$ref`, except in a path item.
            if kind != Kind::PathItem {
                return;
            }
        }
        for problem in rules::problems(kind, object, self.document) {
            let pointer = format!("{pointer}/{}", escape(&problem.member));
            self.refuse(&pointer, &problem.text);
        }
        for field in fields(kind) {
            if let Some(value) = object.get(field.name) {
                let pointer = format!("{pointer}/{}", escape(field.name));
                self.value(field.holds, &pointer, value);
            }
        }
        if kind == Kind::Paths {
            self.entries(Kind::PathItem, pointer, object);
        }
        if kind == Kind::Responses {
            self.entries(Kind::Response, pointer, object);
        }
    }

    fn value(&mut self, holds: Holds, pointer: &str, value: &Value) {
        match holds {
            Holds::Nothing => {}
            Holds::One(kind) => self.object(kind, pointer, value),
            Holds::List(kind) => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.object(kind, &format!("{pointer}/{index}"), item);
                }
            }
            Holds::Map(kind) => {
                if let Some(object) = value.as_object() {
                    for (key, entry) in object {
                        self.object(kind, &format!("{pointer}/{}", escape(key)), entry);
                    }
                }
            }
        }
    }

    /// The entries of an object whose keys are names, beside which extensions may stand.
    fn entries(&mut self, kind: Kind, pointer: &str, object: &Map<String, Value>) {
        for (key, entry) in object.iter().filter(|(key, _)| !key.starts_with("x-")) {
            self.object(kind, &format!("{pointer}/{}", escape(key)), entry);
        }
    }
}

/// A key as a JSON pointer writes it.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
