//! `$ref`: where it may lead.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::generator::document::component_key;

/// Checks that a reference leads to an object of the right section of this document.
pub(super) fn check(document: &Value, section: &str, reference: &str) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let mut at = reference;
    loop {
        let target = target(document, section, at)?;
        if !seen.insert(at) {
            // Of schemas, the search for cycles reports each once.
            return match section {
                "schemas" => Ok(()),
                _ => Err(format!(
                    "{reference:?} leads back to itself; define what it refers to"
                )),
            };
        }
        match target.get("$ref").and_then(Value::as_str) {
            Some(next) => at = next,
            None => return Ok(()),
        }
    }
}

/// What a reference names.
pub(super) fn target<'d>(
    document: &'d Value,
    section: &str,
    reference: &str,
) -> Result<&'d Value, String> {
    let Some(local) = reference.strip_prefix('#') else {
        return Err(format!(
            "{reference:?} refers to another document; copy what it refers to into #/components/{section} and refer to it there"
        ));
    };
    let paths = local
        .strip_prefix("/paths/")
        .filter(|_| section == "pathItems");
    let found = match paths {
        Some(path) => document.get("paths").and_then(|it| {
            let key = component_key(&format!("#/components/paths/{path}"), "paths")?;
            it.get(key)
        }),
        None => {
            let Some(key) = component_key(reference, section) else {
                return Err(format!(
                    "{reference:?} does not refer to #/components/{section}; move what it refers to there"
                ));
            };
            let components = document.get("components");
            components.and_then(|it| it.get(section)?.get(key))
        }
    };
    found.ok_or_else(|| format!("{reference:?} leads nowhere; define it or correct the reference"))
}
