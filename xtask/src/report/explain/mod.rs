//! Where each fact about one operation comes from: an item, an overlay, or an assumption.
//!
//! The facts are read from the finished document. What an overlay wrote is known from its actions, and all of that is told;
//! what was assumed, from the kinds of warnings; who states the rest, from the requests.

mod fields;
mod origin;
mod part;
mod words;
mod written;

use std::{borrow::Cow, collections::BTreeSet, fmt::Write as _};

use serde_json::Value;

use super::line;
use crate::{
    codegen::Generated,
    diagnostic::{Kind, Place},
    infer::Segment,
    operation::Operation,
    syntax::locate::value_at,
};
use origin::Origins;
use words::{brief, escaped, items, members};
use written::Written;

/// Explains an operation, named by method and path (`POST /chat/users/{userId}/messages`) or by its id.
///
/// # Errors
///
/// The operations that there are, if it is none of them.
pub fn explain(generated: &Generated, name: &str) -> Result<String, String> {
    let document = generated.document.tree();
    let known = |operation: &&Operation| {
        let written = document.pointer(&pointer_of(operation));
        let id = written.and_then(|written| written.get("operationId")?.as_str());
        id == Some(name.trim()) || title(operation).eq_ignore_ascii_case(name.trim())
    };
    let Some(operation) = generated.operations.iter().find(known) else {
        let all = generated.operations.iter().map(title);
        let all: Vec<String> = all.map(|title| line(&title).into_owned()).collect();
        return Err(format!(
            "there is no operation `{}`; there are:\n  {}",
            line(name),
            all.join("\n  ")
        ));
    };
    let mut explanation = Explanation {
        generated,
        document: &document,
        operation,
        origins: Origins::of(operation),
        written: Written::by(&generated.applied),
        told: BTreeSet::new(),
        components: BTreeSet::new(),
        lines: Vec::new(),
        explained: Vec::new(),
    };
    explanation.operation();
    Ok(explanation.text())
}

fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.template)
}

fn pointer_of(operation: &Operation) -> String {
    let template = escaped(&operation.template);
    format!(
        "/paths/{template}/{}",
        operation.method.to_ascii_lowercase()
    )
}

struct Explanation<'a> {
    generated: &'a Generated,
    document: &'a Value,
    operation: &'a Operation,
    origins: Origins<'a>,
    written: Written,
    /// The places that overlays wrote and that a line is about.
    told: BTreeSet<String>,
    /// The JSON pointers of the components that lines are about.
    components: BTreeSet<String>,
    /// Fact and origin.
    lines: Vec<(String, String)>,
    /// The bodies' components that are explained already: media types often share one.
    explained: Vec<Cow<'a, str>>,
}

/// What a warning can be an assumption about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subjects {
    /// The server.
    Server,
    /// How an operation is authorized.
    Security,
    /// An answer as a whole.
    Answer,
    /// The type of a value.
    Type,
}

/// What a warning of a kind assumes, if it tells of an assumption.
fn assumed(kind: Kind) -> Option<Subjects> {
    match kind {
        Kind::UnknownServer => Some(Subjects::Server),
        Kind::IncompleteFlow => Some(Subjects::Security),
        Kind::NoAnswer | Kind::NoStatus | Kind::NoErrorBody => Some(Subjects::Answer),
        Kind::ConflictingTypes
        | Kind::OverruledValue
        | Kind::RefutedFormat
        | Kind::HugeInteger
        | Kind::NoType
        | Kind::KeysAreData
        | Kind::CutNesting
        | Kind::JsonInForm
        | Kind::UnreadableBody => Some(Subjects::Type),
        _ => None,
    }
}

impl<'a> Explanation<'a> {
    fn text(self) -> String {
        let lines = self.lines.iter();
        let lines: Vec<_> = lines.map(|(fact, origin)| (line(fact), origin)).collect();
        let widest = lines
            .iter()
            .map(|(fact, _)| fact.chars().count())
            .max()
            .unwrap_or_default()
            .min(72);
        let mut text = format!("{}\n", line(&title(self.operation)));
        for (fact, origin) in &lines {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {fact:widest$}  {origin}");
        }
        text
    }

    fn operation(&mut self) {
        let pointer = pointer_of(self.operation);
        let document = self.document;
        let Some(written) = document.pointer(&pointer) else {
            return;
        };
        self.head(written, &pointer);
        self.servers(written, &pointer);
        for (index, parameter) in items(written.get("parameters")).enumerate() {
            self.parameter(parameter, &format!("{pointer}/parameters/{index}"));
        }
        if let Some(body) = written.get("requestBody") {
            self.body(body, &format!("{pointer}/requestBody"));
        }
        for (status, response) in members(written.get("responses")) {
            self.response(status, response, &format!("{pointer}/responses/{status}"));
        }
        self.additions(&pointer);
    }

    /// What else overlays wrote in the operation, and in the components that it uses.
    fn additions(&mut self, operation: &str) {
        let places = [operation].into_iter();
        let places = places.chain(self.components.iter().map(String::as_str));
        let added: Vec<(String, usize)> = places
            .flat_map(|place| self.written.inside(place))
            .filter(|(pointer, _)| !self.told.contains(*pointer))
            .map(|(pointer, action)| (pointer.to_owned(), action))
            .collect();
        for (pointer, action) in added {
            let value = self.document.pointer(&pointer).unwrap_or(&Value::Null);
            let place = pointer.strip_prefix(operation).unwrap_or(&pointer);
            let place = place.trim_start_matches('/');
            let fact = format!("{place} {}", brief(value));
            self.lines.push((fact, self.action(action)));
        }
    }

    /// Where the authorization of an item stands: in its request, or in what is around it.
    fn authorized_by(&self, own: Place) -> Place {
        let mut sources = self.generated.sources.iter();
        let Some(source) = sources.find(|source| source.name == own.file) else {
            return own;
        };
        let text = source.text();
        let is_there = |path: &str| {
            let stated = value_at(&text, path);
            stated.is_some_and(|stated| stated != "null")
        };
        let item = own.path.trim_end_matches(".request.auth");
        let around = item.rmatch_indices(".item[").map(|(at, _)| at);
        let mut around = around.map(|at| format!("{}.auth", item.get(..at).unwrap_or_default()));
        match is_there(&own.path) {
            true => own,
            false => match around.find(|path| is_there(path)) {
                Some(path) => Place { path, ..own },
                None => own,
            },
        }
    }

    /// A fact that an item or an overlay states: all that is at `pointer`.
    fn stated(&mut self, fact: String, pointer: &str, at: &Place) {
        self.tell(fact, pointer, |_| true, |this| this.stated_in(at));
    }

    /// A fact that may have been assumed for want of a statement; `field` is the one inside `at` that it is about.
    fn inferred(
        &mut self,
        fact: String,
        (pointer, is_part): (&str, fn(&str) -> bool),
        at: &Place,
        subject: Subjects,
        field: &str,
    ) {
        self.tell(fact, pointer, is_part, |this| {
            let assumption = this.assumption(at, subject, field);
            assumption.unwrap_or_else(|| this.stated_in(at))
        });
    }

    /// A fact about what is at `pointer`, and about those places inside it for whose way from there `is_part` holds. It
    /// comes from the overlay that wrote it, or from `otherwise`, with what overlays wrote inside it.
    fn tell(
        &mut self,
        fact: String,
        pointer: &str,
        is_part: impl Fn(&str) -> bool,
        otherwise: impl FnOnce(&Self) -> String,
    ) {
        let mut origin = match self.written.around(pointer) {
            Some((place, action)) => {
                self.told.insert(place.to_owned());
                self.action(action)
            }
            None => otherwise(self),
        };
        let mut more = BTreeSet::new();
        for (inner, action) in self.written.inside(pointer) {
            if is_part(inner.get(pointer.len() + 1..).unwrap_or_default()) {
                self.told.insert(inner.to_owned());
                more.insert(action);
            }
        }
        for action in more {
            // Writing to a String cannot fail.
            let _ = write!(origin, "; {}", self.action(action));
        }
        self.lines.push((fact, origin));
    }

    fn action(&self, action: usize) -> String {
        match self.generated.applied.get(action) {
            Some((file, applied)) => {
                format!("overlay   {} $.actions[{}]", line(file), applied.action)
            }
            None => String::new(),
        }
    }

    fn assumption(&self, at: &Place, subject: Subjects, field: &str) -> Option<String> {
        let at = self.generated.restored(at);
        let warning = self.generated.warnings.iter().find(|warning| {
            warning.place == at && warning.field == field && assumed(warning.kind) == Some(subject)
        })?;
        Some(format!("assumed   {}", line(&warning.text)))
    }

    fn stated_in(&self, at: &Place) -> String {
        let at = self.generated.restored(at);
        let [file, item, path] = [&at.file, &at.item, &at.path].map(|text| line(text));
        format!("item      {file} “{item}” {path}")
    }
}

/// The path of a field as messages write it.
fn written(path: &[Segment]) -> String {
    crate::infer::place(path)
}
