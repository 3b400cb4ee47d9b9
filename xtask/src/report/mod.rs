//! The report of a run: warnings by kind, errors as compilers show them, a summary and a diff; or all of it as JSON.

mod explain;
mod news;
mod positions;
mod summary;
mod terminal;
mod warnings;

use std::{io, io::Write, ops::Range};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use crate::{diagnostic::Problem, infer::may_hold_one, syntax::locate::locate};

pub use explain::explain;
pub use news::news;
pub use summary::{Summary, diff};
pub use terminal::{line, visible};
pub use warnings::warnings;

/// So many bytes of a line can be shown.
const LONGEST_LINE: usize = 1_000;

/// So many places of one kind are shown.
const SHOWN_PLACES: usize = 3;

/// A place in a file, in words.
fn label(item: &str, path: &str) -> String {
    match item {
        "" => line(path).into_owned(),
        item => format!("item “{}”, {}", line(item), line(path)),
    }
}

/// A line of a file, and what to mark in it. The renderer is given no more than that: it reads all that it is given.
struct Line<'t> {
    number: usize,
    text: &'t str,
    marked: Range<usize>,
}

impl<'t> Line<'t> {
    /// The line in which `range` begins, with the part of it that lies in `range`.
    fn around(text: &'t str, range: Range<usize>) -> Self {
        let (before, after) = text.split_at_checked(range.start).unwrap_or((text, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = after.find('\n').unwrap_or(after.len());
        let end = range.end.min(range.start + rest);
        let marked = range.start.saturating_sub(start)..end.saturating_sub(start);
        Self {
            number: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            text: text.get(start..range.start + rest).unwrap_or_default(),
            marked,
        }
    }

    /// Line and column, both from 1.
    fn position(&self) -> (usize, usize) {
        let before = self.text.get(..self.marked.start).unwrap_or_default();
        (self.number, before.chars().count() + 1)
    }

    /// What to show of it; nothing of a line that no person wrote, or that may hold a credential: what is printed is kept in
    /// the logs of builds.
    fn snippet<'a>(&'a self, file: &'a str, label: &'a str) -> Option<Snippet<'a, Annotation<'a>>> {
        let annotation = AnnotationKind::Primary
            .span(self.marked.clone())
            .label(label);
        let snippet = Snippet::source(self.text)
            .line_start(self.number)
            .path(file)
            .annotation(annotation);
        let is_shown = self.text.len() <= LONGEST_LINE && !may_hold_one(self.text);
        is_shown.then_some(snippet)
    }
}

/// Reports an error.
///
/// # Errors
///
/// When `err` cannot be written to.
pub fn problem(problem: &Problem, err: &mut impl Write) -> io::Result<()> {
    problem
        .all()
        .try_for_each(|problem| one_problem(problem, err))
}

fn one_problem(problem: &Problem, err: &mut impl Write) -> io::Result<()> {
    let [file, reason, remedy] = [&problem.file, &problem.reason, &problem.remedy];
    let [file, reason, remedy] = [line(file), line(reason), line(remedy)];
    let mut title = Group::with_title(Level::ERROR.primary_title(&*reason));
    let label = label(&problem.item, &problem.path);
    let help = Group::with_title(Level::HELP.secondary_title(&*remedy));
    let marked = problem.text.as_deref().map(|text| {
        let range = match problem.position {
            Some(position) => at(text, position),
            None => locate(text, &problem.path),
        };
        Line::around(text, range)
    });
    let snippet = marked
        .as_ref()
        .and_then(|marked| marked.snippet(&file, &label));
    let rendered = match snippet {
        Some(snippet) => {
            title = title.element(snippet);
            Renderer::plain().render(&[title, help])
        }
        None => {
            let position = problem
                .position
                .or_else(|| marked.as_ref().map(Line::position))
                .map(|(line, column)| format!(":{line}:{column}"))
                .unwrap_or_default();
            let label = if label.is_empty() {
                String::new()
            } else {
                format!(": {label}")
            };
            format!("error: {reason}\n  --> {file}{position}{label}\nhelp: {remedy}")
        }
    };
    writeln!(err, "{}", visible(&rendered))
}

/// Reports an error as JSON.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn json_problem(problem: &Problem, out: &mut impl Write) -> io::Result<()> {
    let told = |problem: &Problem| {
        let located = || {
            let text = problem.text.as_deref()?;
            Some(Line::around(text, locate(text, &problem.path)).position())
        };
        let position = problem
            .position
            .or_else(located)
            .map(|(line, column)| json!({ "line": line, "column": column }));
        json!({
            "file": problem.file,
            "item": problem.item,
            "path": problem.path,
            "position": position,
            "reason": problem.reason,
            "remedy": problem.remedy,
        })
    };
    let all: Vec<Value> = problem.all().map(told).collect();
    writeln!(
        out,
        "{:#}",
        json!({ "error": told(problem), "errors": all })
    )
}

/// The byte at a line and column, both counted from 1.
fn at(text: &str, (line, column): (usize, usize)) -> Range<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut byte = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte..byte
}
