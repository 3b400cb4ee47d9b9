//! The paths of a source that begin at the root of the crate.

use std::collections::BTreeMap;

use crate::source::Source;

/// The first name of every path that begins at the root: of `crate::auth::Token` it is `auth`, of
/// `crate::{Error, auth::Token}` they are `Error` and `auth`.
pub(crate) fn imports(source: &Source) -> Vec<String> {
    let code = source.code();
    // A file at depth 2 is `crate::a::b`, so two times `super` leads to the root. The file of an inner module that stands
    // in the same text would be one deeper, which only tests are.
    let supers = "super::".repeat(source.depth());
    let mut names = Vec::new();
    for root in ["crate::", supers.as_str()] {
        for (at, _) in code.match_indices(root) {
            let before = code.get(..at).unwrap_or_default();
            let is_longer = before.ends_with("super::") || before.ends_with(char::is_alphanumeric);
            if let (false, Some(path)) = (is_longer, code.get(at + root.len()..)) {
                names.extend(first_names(path));
            }
        }
    }
    names
}

/// The names that the root of the crate re-exports, with the modules that they come from.
pub(crate) fn reexports(root: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for statement in root.split(';') {
        let Some((_, path)) = statement.split_once("pub use ") else {
            continue;
        };
        if let Some((room, names)) = path.split_once("::") {
            for name in first_names(names) {
                found.insert(name, room.to_owned());
            }
        }
    }
    found
}

/// The first name of `path`, or of each member of the group with which it begins.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return name(path).into_iter().collect();
    };
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                names.extend(group.get(start..at).and_then(name));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names
}

fn name(path: &str) -> Option<String> {
    let path = path.trim_start();
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
    let name = path.get(..end.unwrap_or(path.len()))?;
    (!name.is_empty()).then(|| name.to_owned())
}
