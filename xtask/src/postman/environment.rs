//! Environments and globals: variables that stand outside of collections.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::Value;

use crate::{
    diagnostic::Problem,
    infer::{disclosed, is_credential},
};

/// Variables of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// Whether these are globals, which collections overrule, or an environment, which overrules collections.
    pub is_global: bool,
    /// The values by name; `None` for secrets: variables of that type, and those whose names say so. They stand for
    /// themselves wherever they occur.
    pub values: BTreeMap<String, Option<String>>,
}

impl Environment {
    /// Reads the content of a file, whose name says whether it holds globals if the content does not; `None` where it
    /// holds neither an environment nor globals.
    #[must_use]
    pub fn read(file: &str, root: &Value) -> Option<Self> {
        let scope = root.get("_postman_variable_scope").and_then(Value::as_str);
        let others = [
            "item", "items", "info", "request", "requests", "openapi", "$kind",
        ];
        if scope.is_none() && others.iter().any(|key| root.get(key).is_some()) {
            return None;
        }
        let entries = root.get("values")?.as_array()?;
        let text = |entry: &Value, key: &str| match entry.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            value => Some(value.to_string()),
        };
        let mut values = BTreeMap::new();
        for entry in entries {
            let is_off = entry.get("enabled") == Some(&Value::Bool(false))
                || entry.get("disabled") == Some(&Value::Bool(true));
            let Some(key) = text(entry, "key").filter(|key| !is_off && !key.trim().is_empty())
            else {
                continue;
            };
            let is_declared = entry.get("type").and_then(Value::as_str) == Some("secret")
                || entry.get("secret") == Some(&Value::Bool(true));
            if let Some(value) = text(entry, "value").filter(|value| !value.trim().is_empty()) {
                let value = known(&key, value.into(), is_declared);
                values.insert(key.trim().to_owned(), value.map(Cow::into_owned));
            } else if is_declared || is_credential(&key) {
                values.insert(key.trim().to_owned(), None);
            }
        }
        let is_named_globals = || file.to_ascii_lowercase().contains("globals");
        Some(Self {
            name: text(root, "name").unwrap_or_else(|| file.to_owned()),
            is_global: scope.map_or_else(is_named_globals, |scope| scope == "globals"),
            values,
        })
    }

    /// What is wrong where there is nothing else.
    pub(crate) fn alone(&self, file: &str) -> Problem {
        let kind = match self.is_global {
            true => "globals file",
            false => "environment",
        };
        Problem {
            file: file.to_owned(),
            reason: format!("this is a Postman {kind}, which holds variables and no requests"),
            remedy: "name the collection with --postman, and this file with --environment"
                .to_owned(),
            ..Problem::default()
        }
    }

    /// Whether a file with this name and text may hold one: cheaper than reading it.
    pub(crate) fn is_likely(file: &str, text: &str) -> bool {
        let file = file.to_ascii_lowercase();
        ["environment", "globals"]
            .iter()
            .any(|word| file.contains(word))
            || text.contains("_postman_variable_scope")
    }
}

/// What may be known of the value of the variable `name`. That of a secret must not get anywhere: it is as good as unknown,
/// but for its scheme if it is an `Authorization` header. Many leave tokens in variables of the default type.
pub(super) fn known<'v>(
    name: &str,
    value: Cow<'v, str>,
    is_declared: bool,
) -> Option<Cow<'v, str>> {
    let is_plain = !is_declared && (!is_credential(name) || value.contains("://"));
    match is_plain {
        true => Some(value),
        false => disclosed(&value).map(Cow::Owned),
    }
}
