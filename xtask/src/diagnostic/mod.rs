//! Diagnostics: place, problem, reason and remedy.

mod kind;
mod sink;
mod target;

use std::fmt;

pub use kind::Kind;
pub use sink::Diagnostics;
pub use target::{Target, WEBHOOKS};

/// A place in an input file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as the user named it.
    pub file: String,
    /// The item's name, with its folders.
    pub item: String,
    /// The JSON path in the file.
    pub path: String,
}

impl Place {
    /// The place inside this one.
    #[must_use]
    pub fn at(&self, path: &str) -> Self {
        Self {
            path: format!("{}{path}", self.path),
            ..self.clone()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.item.is_empty() {
            write!(f, ", item “{}”", self.item)?;
        }
        if !self.path.is_empty() {
            write!(f, ", at {}", self.path)?;
        }
        Ok(())
    }
}

/// Why nothing could be generated.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {reason}; {remedy}", Self::line(*.position))]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The item's name, with its folders.
    pub item: String,
    /// Line and column, both from 1.
    pub position: Option<(usize, usize)>,
    /// The JSON path.
    pub path: String,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
    /// The file's text, to show the place in.
    pub text: Option<String>,
    /// Further problems, if they were searched for.
    pub others: Vec<Problem>,
    /// The other places that the reason names.
    pub mentions: Vec<Place>,
}

impl Problem {
    fn line(position: Option<(usize, usize)>) -> String {
        position.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"))
    }

    /// Turns the places of this one and of the others.
    pub(crate) fn restore(&mut self, turn: impl Fn(&mut Place)) {
        let turn = |problem: &mut Self| {
            let mut place = Place {
                file: std::mem::take(&mut problem.file),
                item: String::new(),
                path: std::mem::take(&mut problem.path),
            };
            turn(&mut place);
            (problem.file, problem.path) = (place.file, place.path);
            turn_mentions(&mut problem.mentions, &mut problem.reason, &turn);
        };
        turn(self);
        self.others.iter_mut().for_each(turn);
    }

    /// This one and the others.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }
}

/// Turns the places that a text names, there as well.
pub(crate) fn turn_mentions(mentions: &mut [Place], text: &mut String, turn: impl Fn(&mut Place)) {
    // A place may begin like another one.
    mentions.sort_by_key(|place| std::cmp::Reverse(place.to_string().len()));
    for place in mentions {
        let written = place.to_string();
        turn(place);
        *text = text.replace(&written, &place.to_string());
    }
}

/// A note about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its kind.
    pub kind: Kind,
    /// The field inside the place that it is about, as messages write it (`messages[].id`); empty for the whole.
    pub field: String,
    /// The text.
    pub text: String,
    /// The other places that the text names.
    pub mentions: Vec<Place>,
}

/// An assumption, or something that could not be carried over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Where.
    pub place: Place,
    /// The field inside the place that it is about; empty for the whole.
    pub field: String,
    /// What.
    pub text: String,
    /// Its kind.
    pub kind: Kind,
    /// Where in the document an overlay can settle it.
    pub target: Option<Target>,
    /// The other places that the text names.
    pub mentions: Vec<Place>,
}
