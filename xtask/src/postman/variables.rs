//! Postman's `{{variables}}`.

use std::{borrow::Cow, collections::BTreeMap};

use super::{json::Json, settings::Settings};

/// How often a variable may lead to another: enough for real nesting, an end for cycles.
const MAX_STEPS: usize = 16;
/// How long a text may become by filling: an end for variables that double each other.
const MAX_LENGTH: usize = 64 * 1024;

/// The variables in force at one place; inner ones hide outer ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables<'a> {
    values: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    /// Those of the environment, which no other hides; `None` for secrets.
    environment: Option<&'a BTreeMap<String, Option<String>>>,
}

impl<'a> Variables<'a> {
    /// Those that stand outside of the collections.
    pub(super) fn of(settings: &'a Settings) -> Self {
        let globals = settings.globals.iter();
        Self {
            values: globals
                .filter_map(|(name, value)| Some((name.as_str().into(), value.as_deref()?.into())))
                .collect(),
            environment: Some(&settings.environment).filter(|values| !values.is_empty()),
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        let environment = self.environment.and_then(|values| values.get(name));
        match environment {
            Some(value) => value.as_deref(),
            None => self.values.get(name).map(AsRef::as_ref),
        }
    }

    /// These and those of `holder`'s `variable` list, which hide them.
    pub(super) fn with(&self, holder: &'a Json<'a>) -> Self {
        let mut inner = self.clone();
        for entry in holder.list("variable") {
            let name = entry.text("key").or_else(|| entry.text("id"));
            let Some(name) = name.filter(|_| !entry.is_disabled()) else {
                continue;
            };
            if entry.text("type").is_some_and(|kind| kind == "secret") {
                // Its value must not get anywhere: it is as good as unknown.
                inner.values.remove(&name);
            } else if let Some(value) = entry.text("value") {
                inner.values.insert(name, value);
            }
        }
        inner
    }

    /// The value of one variable, with the variables in it filled in.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.value(name.trim())
            .map(|value| self.fill_for(value, MAX_STEPS))
    }

    /// `text` with every known variable replaced by its value; unknown ones stay as they are.
    pub(super) fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.fill_for(text, MAX_STEPS)
    }

    fn fill_for<'t>(&self, text: &'t str, steps: usize) -> Cow<'t, str> {
        let is_empty = self.values.is_empty() && self.environment.is_none();
        if steps == 0 || is_empty || !text.contains("{{") {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, behind)) = after.split_once("}}") else {
                break;
            };
            filled.push_str(before);
            match self.value(name.trim()) {
                Some(value) if filled.len() < MAX_LENGTH => {
                    filled.push_str(&self.fill_for(value, steps - 1));
                }
                _ => {
                    filled.push_str("{{");
                    filled.push_str(name);
                    filled.push_str("}}");
                }
            }
            rest = behind;
        }
        filled.push_str(rest);
        Cow::Owned(filled)
    }
}
