//! Differences between two schemas of one place.

use std::{borrow::Cow, collections::HashSet};

use serde_json::Value;

use super::Changes;
use super::view::{LOWER, UPPER, View};
use crate::document::referred;

/// Which way values go: what a caller may send, or must be ready to receive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Sent,
    Received,
    /// Received in a webhook: the generated members are all optional, and read leniently.
    Announced,
}

/// The format of secrets, which have a type of their own.
const SECRET: &str = "password";

/// Whether two schemas describe the same values.
pub(super) fn are_equal((old, before): (&Value, &Value), (new, after): (&Value, &Value)) -> bool {
    let mut changes = Changes::default();
    Comparison {
        old,
        new,
        direction: Direction::Sent,
        changes: &mut changes,
        met: HashSet::new(),
    }
    .compare("", "", (before, after), 0, false);
    changes.found.is_empty()
}

/// How deep properties and items are compared.
const MAX_DEPTH: usize = 64;

/// Compares the schemas of one body or parameter and all that is inside them.
pub(super) struct Comparison<'a, 'c> {
    pub(super) old: &'a Value,
    pub(super) new: &'a Value,
    pub(super) direction: Direction,
    pub(super) changes: &'c mut Changes,
    /// Pairs of references that were compared already: a shared schema is reported where it is met first.
    pub(super) met: HashSet<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Comparison<'a, '_> {
    /// `place` names the whole, `path` the way inside it. `is_option` says that a value may be missing, so that one that
    /// may be null is of the same type.
    pub(super) fn compare(
        &mut self,
        place: &str,
        path: &str,
        (before, after): (&'a Value, &'a Value),
        depth: usize,
        is_option: bool,
    ) {
        let here = if path.is_empty() {
            place.to_owned()
        } else {
            format!("{place} field {path}")
        };
        let mut is_met = false;
        if let (Some(before), Some(after)) = (referred(before), referred(after)) {
            self.changes.see(&before, &after, &here);
            is_met = !self.met.insert((before, after));
        }
        if depth == MAX_DEPTH || (is_met && is_reference(before) && is_reference(after)) {
            return;
        }
        let (before, after) = (View::of(self.old, before), View::of(self.new, after));
        self.compare_values(&here, &before, &after, is_option);
        if is_met {
            return;
        }
        self.compare_properties(place, path, &before, &after, depth);
        let item = format!("{path}[]");
        if let (Some(before), Some(after)) = (before.items, after.items) {
            self.compare(place, &item, (before, after), depth + 1, false);
        }
        let value = if path.is_empty() {
            "*".to_owned()
        } else {
            format!("{path}.*")
        };
        match (before.values, after.values) {
            (Some(before), Some(after)) => {
                self.compare(place, &value, (before, after), depth + 1, false);
            }
            (Some(_), None) => {
                let is_breaking = self.breaks(true);
                self.changes
                    .push(&here, "no longer takes any key", is_breaking);
            }
            (None, Some(_)) => self.changes.push(&here, "takes any key", false),
            (None, None) => {}
        }
    }

    fn compare_values(&mut self, here: &str, before: &View<'a>, after: &View<'a>, is_option: bool) {
        if before.types != after.types {
            let (from, to) = (names_of(before), names_of(after));
            self.changes
                .push(here, &format!("type changed from {from} to {to}"), true);
            return;
        }
        if before.format != after.format {
            let (from, to) = (
                before.format.unwrap_or("none"),
                after.format.unwrap_or("none"),
            );
            // Integers are 64 bits wide with or without saying so.
            let breaking = if self.direction == Direction::Announced {
                from == SECRET || to == SECRET
            } else {
                !(matches!(from, "none" | "int64") && matches!(to, "none" | "int64"))
            };
            self.changes.push(
                here,
                &format!("format changed from {from} to {to}"),
                breaking,
            );
        }
        let is_sent = self.direction == Direction::Sent;
        match (before.is_nullable, after.is_nullable) {
            (false, true) => {
                let is_breaking = self.breaks(!is_sent || !is_option);
                self.changes.push(here, "can be null", is_breaking);
            }
            (true, false) => {
                let is_breaking = self.breaks(is_sent || !is_option);
                self.changes
                    .push(here, "can no longer be null", is_breaking);
            }
            _ => {}
        }
        self.compare_enumerations(here, before, after);
        self.compare_default(here, before, after);
        self.compare_limits(here, before, after);
        self.compare_patterns(here, before, after);
        self.compare_flags(here, before, after);
    }

    /// Who leaves a value out gets the default.
    fn compare_default(&mut self, here: &str, before: &View<'a>, after: &View<'a>) {
        if before.default == after.default {
            return;
        }
        let text = |value: Option<&Value>| value.map_or("none".to_owned(), Value::to_string);
        let (from, to) = (text(before.default), text(after.default));
        let is_breaking = self.direction == Direction::Sent && before.default.is_some();
        let what = format!("default changed from {from} to {to}");
        self.changes.push(here, &what, is_breaking);
    }

    fn compare_patterns(&mut self, here: &str, before: &View<'a>, after: &View<'a>) {
        for keyword in ["pattern", "multipleOf"] {
            let (from, to) = (before.patterns.get(keyword), after.patterns.get(keyword));
            if from != to {
                let text = |value: Option<&&Value>| match value {
                    Some(Value::String(text)) => text.clone(),
                    Some(value) => value.to_string(),
                    None => "none".to_owned(),
                };
                let what = format!("{keyword} changed from {} to {}", text(from), text(to));
                let is_breaking = self.direction == Direction::Sent && to.is_some();
                self.changes.push(here, &what, is_breaking);
            }
        }
    }

    fn compare_flags(&mut self, here: &str, before: &View<'a>, after: &View<'a>) {
        let is_sent = self.direction == Direction::Sent;
        for (flag, on, off, is_breaking) in [
            (
                "uniqueItems",
                "items must be unique",
                "items may repeat",
                is_sent,
            ),
            (
                "readOnly",
                "became read-only",
                "is no longer read-only",
                is_sent,
            ),
            (
                "writeOnly",
                "became write-only",
                "is no longer write-only",
                !is_sent,
            ),
            ("deprecated", "deprecated", "no longer deprecated", false),
        ] {
            match (before.flags.contains(flag), after.flags.contains(flag)) {
                (false, true) => {
                    let is_breaking = self.breaks(is_breaking);
                    self.changes.push(here, on, is_breaking);
                }
                (true, false) => self.changes.push(here, off, false),
                _ => {}
            }
        }
        let is_open = |view: &View<'_>| !view.is_closed && view.values.is_none();
        match (before.is_closed, after.is_closed) {
            (false, true) if is_open(before) => {
                self.changes.push(here, "takes no other fields", is_sent);
            }
            (true, false) if is_open(after) => {
                self.changes.push(here, "takes other fields", false);
            }
            _ => {}
        }
    }

    /// Whether a difference of a kind that the lenient reading of webhooks does not feel is breaking.
    fn breaks(&self, otherwise: bool) -> bool {
        otherwise && self.direction != Direction::Announced
    }

    fn compare_enumerations(&mut self, here: &str, before: &View<'a>, after: &View<'a>) {
        let is_breaking = self.breaks(true);
        match (&before.enumeration, &after.enumeration) {
            (Some(before), Some(after)) => {
                let [old, new]: [HashSet<&Value>; 2] =
                    [before, after].map(|values| values.iter().copied().collect());
                // Each value is a variant of the generated type, whichever way it goes.
                for value in before.iter().filter(|value| !new.contains(*value)) {
                    self.changes
                        .push(here, &format!("value {value} removed"), is_breaking);
                }
                for value in after.iter().filter(|value| !old.contains(*value)) {
                    self.changes
                        .push(here, &format!("value {value} added"), false);
                }
            }
            (None, Some(values)) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                let what = format!("became one of {}", values.join(", "));
                self.changes.push(here, &what, is_breaking);
            }
            (Some(_), None) => {
                let what = "is no longer limited to certain values";
                self.changes.push(here, what, is_breaking);
            }
            (None, None) => {}
        }
    }

    fn compare_limits(&mut self, here: &str, before: &View<'a>, after: &View<'a>) {
        for limit in UPPER.into_iter().chain(LOWER) {
            let (from, to) = (before.limits.get(limit), after.limits.get(limit));
            if from == to {
                continue;
            }
            let is_tighter = match (from, to) {
                (Some(from), Some(to)) => (to < from) == UPPER.contains(&limit),
                (from, _) => from.is_none(),
            };
            let is_breaking = is_tighter && self.direction == Direction::Sent;
            let text = |limit: Option<&f64>| limit.map_or("none".to_owned(), ToString::to_string);
            self.changes.push(
                here,
                &format!("{limit} changed from {} to {}", text(from), text(to)),
                is_breaking,
            );
        }
    }

    fn compare_required(&mut self, here: &str, required: (bool, bool)) {
        match required {
            // An answer that promises more than before breaks no reader of it.
            (false, true) => {
                let is_breaking = self.direction == Direction::Sent;
                self.changes.push(here, "became required", is_breaking);
            }
            // What may be missing now was there before; and a field that is sent changes its type.
            (true, false) => {
                let is_breaking = self.breaks(true);
                self.changes.push(here, "became optional", is_breaking);
            }
            _ => {}
        }
    }

    fn compare_properties(
        &mut self,
        place: &str,
        path: &str,
        before: &View<'a>,
        after: &View<'a>,
        depth: usize,
    ) {
        let inside = |key: &str| {
            if path.is_empty() {
                key.to_owned()
            } else {
                format!("{path}.{key}")
            }
        };
        for (key, schema) in &before.properties {
            let path = inside(key);
            let here = format!("{place} field {path}");
            let Some(other) = after.properties.get(key) else {
                self.changes.push(&here, "removed", true);
                continue;
            };
            let required = (before.required.contains(key), after.required.contains(key));
            self.compare_required(&here, required);
            self.compare(
                place,
                &path,
                (schema, other),
                depth + 1,
                required != (true, true),
            );
        }
        for key in after
            .properties
            .keys()
            .filter(|key| !before.properties.contains_key(*key))
        {
            let is_required = after.required.contains(key) && self.direction == Direction::Sent;
            let what = if is_required {
                "added, and required"
            } else {
                "added"
            };
            self.changes
                .push(&format!("{place} field {}", inside(key)), what, is_required);
        }
    }
}

fn is_reference(schema: &Value) -> bool {
    schema.get("$ref").is_some()
}

fn names_of(view: &View<'_>) -> String {
    if view.types.is_empty() {
        return "any".to_owned();
    }
    view.types.iter().copied().collect::<Vec<_>>().join(" or ")
}
