//! Options of `curl` that hold credentials, which people paste into descriptions: `-u user:password`, `-b cookies`.

use std::ops::Range;

use super::cookie;

/// The options that take a user with a password.
const USERS: [&str; 4] = ["--proxy-user", "--user", "-U", "-u"];

/// The options that take cookies.
const COOKIES: [&str; 2] = ["--cookie", "-b"];

/// How far the cookies reach that the option at the start of `rest` holds.
pub(super) fn cookies(before: &str, rest: &str) -> Option<usize> {
    let value = behind(&COOKIES, before, rest)?;
    let start = rest.len() - value.len();
    Some(start + cookie::length(value, None))
}

/// Where the password stands that the option at the start of `rest` holds.
pub(super) fn password(before: &str, rest: &str) -> Option<Range<usize>> {
    let value = behind(&USERS, before, rest)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let is_end = |c: char| match quote {
        Some(quote) => c == quote,
        None => c.is_whitespace(),
    };
    let value = value.get(usize::from(quote.is_some())..)?;
    let start = rest.len() - value.len();
    let value = value.split(is_end).next()?;
    let (user, password) = value.split_once(':')?;
    let start = start + user.len() + 1;
    Some(start..start + password.len())
}

/// What stands behind one of `options`: a value of its own, or one that is a part of it.
fn behind<'r>(options: &[&str], before: &str, rest: &'r str) -> Option<&'r str> {
    if !(before.is_empty() || before.ends_with(char::is_whitespace)) {
        return None;
    }
    let value = options
        .iter()
        .find_map(|option| rest.strip_prefix(option))?;
    let own = value.trim_start_matches(['=', ' ', '\t']);
    let is_value = own.len() < value.len() || own.starts_with(['"', '\'']);
    (is_value && !own.is_empty()).then_some(own)
}
