//! The URLs of servers.

use std::collections::BTreeMap;

/// The URL of a server with the defaults of its variables filled in.
///
/// # Errors
/// When a variable in the URL has no default.
pub(crate) fn filled(url: &str, defaults: &BTreeMap<&str, &str>) -> Result<String, String> {
    let mut filled = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((constant, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(format!("a brace in {url:?} is not closed; close it"));
        };
        let Some(default) = defaults.get(name) else {
            return Err(format!(
                "the variable {name:?} has no default; define it in variables"
            ));
        };
        filled.push_str(constant);
        filled.push_str(default);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Whether a URL, which may still hold variables, says by itself where the server is.
pub(crate) fn is_absolute(url: &str) -> bool {
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#']))
}
