//! Cookies in texts: `Cookie: a=1; b=2`. Any of them may stand for a user.

use std::ops::Range;

use super::named::before_sign;

/// What `Set-Cookie` says about a cookie.
const ATTRIBUTES: [&str; 6] = [
    "domain", "expires", "max-age", "path", "priority", "samesite",
];

/// How far the cookies reach that the sign at the start of `rest` announces: the colon behind the name of a header, and
/// what stands for one in code.
pub(super) fn announced(before: &str, rest: &str) -> Option<usize> {
    let is_colon = rest.starts_with(':');
    if !is_colon && !rest.starts_with("=>") {
        return None;
    }
    let name = before_sign(before, is_colon)?;
    if !name.eq_ignore_ascii_case("cookie") && !name.eq_ignore_ascii_case("set-cookie") {
        return None;
    }
    let start = before.len() - name.len();
    // A name that is quoted by itself says nothing about where the value ends.
    let is_alone = before.ends_with(name);
    let around = before
        .get(..start)
        .and_then(|before| before.chars().next_back());
    Some(length(rest, around.filter(|_| is_alone)))
}

/// How far the cookies behind the sign or the option at the start of `rest` reach: to the end of the line, or of the
/// quoted text, which may begin before the name (`around`) or behind it.
pub(super) fn length(rest: &str, around: Option<char>) -> usize {
    let is_quote = |c: &char| matches!(c, '"' | '\'' | '`');
    let is_before = |c: char| c.is_whitespace() || matches!(c, ':' | '=' | '>' | '\\');
    let value = rest.trim_start_matches(is_before);
    let own = value.chars().next().filter(is_quote);
    let value = match own {
        Some(_) => value.get(1..).unwrap_or_default(),
        None => value,
    };
    let quote = own.or(around.filter(is_quote));
    let is_end = |c: char| c == '\n' || Some(c) == quote;
    let start = rest.len() - value.len();
    start + value.find(is_end).unwrap_or(value.len())
}

/// Where the value of a cookie stands behind the `=` that `rest` begins with.
pub(super) fn value(rest: &str) -> Range<usize> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, ';' | '"' | '\'' | '`' | '\\' | ',');
    let value = rest.get(1..).unwrap_or_default();
    1..1 + value.find(is_end).unwrap_or(value.len())
}

pub(super) fn is_attribute(name: &str) -> bool {
    let mut attributes = ATTRIBUTES.iter();
    attributes.any(|attribute| name.eq_ignore_ascii_case(attribute))
}
