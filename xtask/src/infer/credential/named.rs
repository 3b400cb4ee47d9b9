//! Names and values around the signs that stand between them: `name=value`, `"name": "value"`, `<name>value</name>`.

use std::ops::Range;

/// How long a name may be.
const MAX_NAME: usize = 64;

/// The name before `=`, or before a colon. It may stand in quotes.
pub(super) fn before_sign(before: &str, is_colon: bool) -> Option<&str> {
    let before = before.trim_end_matches([' ', '\t']);
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
    let before = before.trim_end_matches(['\\', ']']);
    let is_of_name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let letters = before.chars().rev().take(MAX_NAME + 1);
    let length: usize = letters.take_while(is_of_name).map(char::len_utf8).sum();
    let (around, name) = before.split_at_checked(before.len() - length)?;
    // GraphQL declares variables so: `$password: String!`.
    let is_declared = is_colon && around.ends_with('$');
    (!name.is_empty() && name.len() <= MAX_NAME && !is_declared).then_some(name)
}

/// The name of the element whose opening tag ends behind `before`.
pub(super) fn of_element(before: &str) -> Option<&str> {
    let start = before.len().saturating_sub(4 * MAX_NAME);
    let start = (start..before.len()).find(|at| before.is_char_boundary(*at))?;
    let tag = before.get(start..)?.rsplit_once('<')?.1;
    if tag.starts_with(['/', '!', '?']) || tag.ends_with('/') {
        return None;
    }
    let name = tag.split_whitespace().next()?;
    Some(name.rsplit_once(':').map_or(name, |(_, name)| name))
}

/// Where the value stands behind the sign that `rest` begins with.
pub(super) fn behind_sign(rest: &str) -> Range<usize> {
    if let Some(content) = rest.strip_prefix('>') {
        return 1..1 + content.find('<').unwrap_or(content.len());
    }
    let after = rest.trim_start_matches(['=', ':', '>']);
    let after = after.trim_start_matches([' ', '\t']);
    let unescaped = after.trim_start_matches('\\');
    if let Some(quote) = unescaped.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let quoted = unescaped.get(1..).unwrap_or_default();
        let is_escaped = unescaped.len() < after.len();
        let is_end = |c: char| c == quote || (is_escaped && c == '\\');
        let start = rest.len() - quoted.len();
        return start..start + quoted.find(is_end).unwrap_or(quoted.len());
    }
    let start = rest.len() - after.len();
    let is_end = |c: char| c.is_whitespace() || "&;,\"'<>)]}#`\\".contains(c);
    let end = after.find(is_end).unwrap_or(after.len());
    let behind = after.get(end..).unwrap_or_default();
    let next = behind.trim_start_matches([' ', '\t']);
    // Several words behind a colon are a sentence.
    let goes_on = next.len() < behind.len() && next.starts_with(char::is_alphanumeric);
    let is_scheme = matches!(
        after.get(..end).map(str::to_ascii_lowercase).as_deref(),
        Some("bearer" | "basic")
    );
    match rest.starts_with(':') && goes_on && !is_scheme {
        true => start..start,
        false => start..start + end,
    }
}
