//! Examples: saved bodies with their names.

use std::cell::Cell;

use serde_json::Value;

use crate::{mine::Readings, name::Taken};

/// So many examples of one body are kept; the schema comes from all of them.
pub(crate) const MAX_EXAMPLES: usize = 8;

/// A body as it was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it is called among the examples of the operation. The body that was sent and the answer to it have the same.
    pub key: String,
    /// The name that it was saved with, on one line; may be empty.
    pub summary: String,
    /// The body.
    pub value: Value,
}

/// What an example is called.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    key: String,
    summary: String,
    /// Whether an example has the key.
    is_used: Cell<bool>,
}

impl Label {
    /// A label for what was saved as `name`, whose key none of `taken` has. [`take`](Self::take) takes the key. `readings` are
    /// those of the names before it.
    pub(super) fn new(name: &str, taken: &mut Taken, readings: &mut Readings) -> Self {
        let summary = on_one_line(name);
        let key = match readings.id(&summary) {
            key if key.is_empty() => "example".to_owned(),
            key => key,
        };
        Self {
            key: taken.free(key),
            summary,
            is_used: Cell::new(false),
        }
    }

    /// Takes the key if an example has it: what was saved twice counts once.
    pub(super) fn take(&self, taken: &mut Taken) {
        if self.is_used.get() {
            taken.take(&self.key);
        }
    }
}

/// A name as a summary has it.
pub(crate) fn on_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Label {
    /// The name that it was saved with.
    pub(super) fn summary(&self) -> &str {
        &self.summary
    }
}

/// Examples of one body.
#[derive(Clone, Debug, Default)]
pub struct Examples(Vec<Example>);

impl Examples {
    /// Adds one, unless it is there already. It is handed back where there are enough.
    pub(super) fn add(&mut self, label: &Label, value: Value) -> Result<(), Value> {
        if self.0.iter().any(|known| known.value == value) {
            return Ok(());
        }
        if self.0.len() == MAX_EXAMPLES {
            return Err(value);
        }
        label.is_used.set(true);
        self.0.push(Example {
            key: label.key.clone(),
            summary: label.summary.clone(),
            value,
        });
        Ok(())
    }

    /// All that are kept, in the order in which they were saved.
    pub fn iter(&self) -> impl Iterator<Item = &Example> {
        self.0.iter()
    }
}
