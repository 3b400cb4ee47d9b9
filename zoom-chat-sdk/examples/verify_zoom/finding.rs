//! What was seen of each fact, as a table.

use std::fmt;

use zoom_chat_sdk::Error;

use crate::{Findings, chain, channel::TestChannel};

/// What Zoom answered when a fact was tried.
#[derive(Debug)]
pub(crate) struct Finding {
    /// The fact in question.
    pub(crate) fact: &'static str,
    /// What was tried, and how Zoom answered.
    pub(crate) saw: String,
    /// What it means for callers.
    pub(crate) means: &'static str,
}

impl Finding {
    pub(crate) fn new(fact: &'static str, saw: impl Into<String>, means: &'static str) -> Self {
        Self {
            fact,
            saw: saw.into(),
            means,
        }
    }
}

/// What a fact means that could not be tried.
const NOT_SEEN: &str = "not seen";

#[derive(Debug, Default)]
pub(crate) struct Table(Vec<Finding>);

impl Table {
    /// Adds what a trial of `facts` gave. Errors are redacted: they may name the channel.
    pub(crate) fn add(
        &mut self,
        facts: &[&'static str],
        findings: Findings,
        channel: &TestChannel,
    ) {
        match findings {
            Ok(findings) => self.0.extend(findings),
            Err(error) => {
                let saw = brief(&channel.redact(&chain(&error)));
                let row = |fact: &&'static str| Finding::new(fact, saw.clone(), NOT_SEEN);
                self.0.extend(facts.iter().map(row));
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many facts could be tried.
    pub(crate) fn seen(&self) -> usize {
        let seen = self.0.iter().filter(|row| row.means != NOT_SEEN);
        seen.count()
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.seen() == self.len() && self.len() > 0
    }

    /// What the fact means, as far as it was tried.
    #[cfg(test)]
    pub(crate) fn means(&self, fact: &str) -> Option<&'static str> {
        let row = self.0.iter().find(|row| row.fact == fact);
        row.map(|row| row.means)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |cell: fn(&Finding) -> &str, title: &str| {
            let widths = self.0.iter().map(|row| cell(row).chars().count());
            widths.chain([title.len()]).max().unwrap_or(0)
        };
        let (fact, saw) = (width(|row| row.fact, "fact"), width(|row| &row.saw, "saw"));
        writeln!(f, "{:fact$}  {:saw$}  means", "fact", "saw")?;
        for row in &self.0 {
            writeln!(f, "{:fact$}  {:saw$}  {}", row.fact, row.saw, row.means)?;
        }
        Ok(())
    }
}

/// The first line, within bounds: an answer may be a page of HTML.
fn brief(text: &str) -> String {
    const MOST: usize = 120;
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(MOST).collect();
    if cut.len() < text.len() {
        cut + "…"
    } else {
        cut
    }
}

/// How Zoom refused a request, or the error if it says nothing about the fact: a token that is not accepted, a channel
/// that does not exist, a failure on the way.
pub(crate) fn refusal(error: Error) -> Result<String, Error> {
    match (error.status(), error.code()) {
        _ if error.is_auth() || error.is_not_found() => Err(error),
        (Some(status @ (400 | 415 | 422)), Some(code)) => {
            Ok(format!("refused ({status}, code {code})"))
        }
        (Some(status @ (400 | 415 | 422)), None) => Ok(format!("refused ({status})")),
        _ => Err(error),
    }
}
