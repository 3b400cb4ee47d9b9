//! References, and the lists of schemas, which are where references are.

use std::collections::HashSet;

use serde_json::Value;

use super::members;
use crate::document::{WEBHOOKS, referent};

/// Every reference of the document leads somewhere in it, and so does every mapping of a discriminator. What a schema
/// requires is named once.
pub(super) fn all(document: &Value) -> Result<(), String> {
    let mut walk = Walk {
        document,
        at: "$".to_owned(),
    };
    walk.value(document, Keys::Keywords)
}

/// What the keys of an object are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Those of OpenAPI.
    Keywords,
    /// Names, whatever they are.
    Names,
}

/// The members whose own members are named freely.
const HOLDERS: [&str; 14] = [
    "properties",
    "responses",
    "schemas",
    "parameters",
    "headers",
    "requestBodies",
    "callbacks",
    "securitySchemes",
    "links",
    "content",
    "encoding",
    "variables",
    "paths",
    WEBHOOKS,
];

struct Walk<'v> {
    document: &'v Value,
    /// The JSON path.
    at: String,
}

impl Walk<'_> {
    /// Recurses as deep as the document does. Examples and other data are not looked into.
    fn value(&mut self, value: &Value, keys: Keys) -> Result<(), String> {
        let length = self.at.len();
        match value {
            Value::Object(entries) => {
                for (key, entry) in entries {
                    let inner = match (keys, key.as_str(), entry) {
                        (Keys::Names, ..) => Keys::Keywords,
                        (_, "$ref", Value::String(target)) => {
                            self.leads(target, referent(self.document, target).is_some())?;
                            continue;
                        }
                        (_, "discriminator", _) => {
                            self.mapping(entry)?;
                            continue;
                        }
                        (_, "required" | "enum", Value::Array(items)) => {
                            self.list(key, items)?;
                            continue;
                        }
                        (_, "example" | "examples" | "default", _) => continue,
                        (_, key, _) if key.starts_with("x-") && key != WEBHOOKS => continue,
                        (_, key, _) if HOLDERS.contains(&key) => Keys::Names,
                        _ => Keys::Keywords,
                    };
                    self.at.push('.');
                    self.at.push_str(key);
                    self.value(entry, inner)?;
                    self.at.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.at.push_str(&format!("[{index}]"));
                    self.value(item, Keys::Keywords)?;
                    self.at.truncate(length);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What must be in a list of a schema: something, and no required property twice.
    fn list(&self, key: &str, items: &[Value]) -> Result<(), String> {
        let at = &self.at;
        if items.is_empty() {
            return Err(format!("{at}: `{key}` is empty"));
        }
        let mut names = HashSet::new();
        let twice = items
            .iter()
            .filter_map(Value::as_str)
            .find(|name| !names.insert(*name));
        match twice {
            Some(name) if key == "required" => Err(format!("{at}: `{name}` is required twice")),
            _ => Ok(()),
        }
    }

    fn leads(&self, target: &str, is_there: bool) -> Result<(), String> {
        if is_there {
            return Ok(());
        }
        let at = &self.at;
        Err(match target.starts_with('#') {
            true => format!("{at}: {target} leads nowhere"),
            false => format!("{at}: {target} leads out of the document"),
        })
    }

    /// Values of a mapping are references, or names of schemas.
    fn mapping(&self, discriminator: &Value) -> Result<(), String> {
        for (name, target) in members(discriminator.get("mapping")) {
            let target = target.as_str().unwrap_or_default();
            let schemas = self.document.pointer("/components/schemas");
            let is_name = schemas.is_some_and(|schemas| schemas.get(target).is_some());
            if !is_name && referent(self.document, target).is_none() {
                return Err(format!(
                    "{}.discriminator.mapping.{name}: {target} leads nowhere",
                    self.at
                ));
            }
        }
        Ok(())
    }
}
