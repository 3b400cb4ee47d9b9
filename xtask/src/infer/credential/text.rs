//! Credentials inside of texts: of prose, and of bodies in other forms than JSON.

use std::{borrow::Cow, ops::Range};

use super::{
    MASK, command, cookie,
    name::{is_credential, is_credential_parameter},
    named::{before_sign, behind_sign, of_element},
    stand_in::is_stand_in,
    table,
};

/// How much of what looks like a credential is taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// The text is a value: whatever a credential's name stands before.
    Value,
    /// The text is about values: only what looks random, because people write `token=value` there.
    Prose,
}

/// What a sign in a text announces.
struct Found {
    /// The credential, with what replaces it.
    secret: Option<(Range<usize>, &'static str)>,
    /// Where to go on: never before what was looked through, so that a text takes time by its length.
    next: usize,
}

/// A value with each credential in it replaced: what stands behind the name of one (`password=…`, `"token": "…"`,
/// `<secret>…</secret>`), behind the scheme of an `Authorization` header or in a column of a table that is named so, cookies,
/// users and passwords of URLs and of `curl`, signed tokens, and private keys.
#[must_use]
pub fn masked_text(text: &str) -> Cow<'_, str> {
    match table::masked(text) {
        Some(table) => Cow::Owned(masked(&table, Reading::Value).into_owned()),
        None => masked(text, Reading::Value),
    }
}

/// A description with each credential in it replaced that looks like a real one.
#[must_use]
pub fn masked_prose(text: &str) -> Cow<'_, str> {
    masked(text, Reading::Prose)
}

/// What remains of a value that is not kept: the scheme of an `Authorization` header, which is no secret.
#[must_use]
pub fn disclosed(value: &str) -> Option<String> {
    let (scheme, token) = value.trim().split_once(' ')?;
    (is_scheme(scheme) && !token.trim().is_empty()).then(|| format!("{scheme} {MASK}"))
}

/// Whether the whole of `text` is a signed token.
#[must_use]
pub fn is_signed_token(text: &str) -> bool {
    let rest = text.strip_prefix("ey").filter(|rest| rest.starts_with('J'));
    let range = rest.and_then(|rest| signed_token("ey", rest));
    range.is_some_and(|range| range.end == text.len())
}

fn masked(text: &str, reading: Reading) -> Cow<'_, str> {
    let mut masked = String::new();
    let (mut from, mut at) = (0, 0);
    let mut around = Around {
        curl: text.find("curl"),
        cookies_end: 0,
    };
    let is_sign = |byte: &u8| matches!(byte, b'=' | b':' | b'>' | b'J' | b'B' | b'b' | b'-');
    while let Some(distance) = text
        .as_bytes()
        .get(at..)
        .and_then(|rest| rest.iter().position(is_sign))
    {
        at += distance;
        let found = announced(text, at, &mut around, reading);
        at = found.next.max(at + 1);
        if let Some((secret, mask)) = found.secret {
            masked.push_str(text.get(from..secret.start).unwrap_or_default());
            masked.push_str(mask);
            from = secret.end;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(masked)
}

/// What is known of the text around a sign.
struct Around {
    /// Where a command begins that has a user's password and cookies among its options.
    curl: Option<usize>,
    /// Where the cookies end that were announced last.
    cookies_end: usize,
}

/// What the sign at `at` announces.
fn announced(text: &str, at: usize, around: &mut Around, reading: Reading) -> Found {
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let is_in_cookies = at < around.cookies_end;
    if is_in_cookies && rest.starts_with('=') {
        return cookie(at, before, rest);
    }
    // Looked for only once in a row of cookies, so that a text takes time by its length.
    if !is_in_cookies && let Some(length) = cookie::announced(before, rest) {
        around.cookies_end = at + length;
        if rest
            .get(2..length)
            .is_some_and(|cookies| cookies.contains('='))
        {
            return NOTHING;
        }
    }
    if rest.starts_with('-') && around.curl.is_some_and(|start| start < at) {
        if !is_in_cookies && let Some(length) = command::cookies(before, rest) {
            around.cookies_end = at + length;
            return NOTHING;
        }
        if let Some(range) = command::password(before, rest) {
            return secret(at, rest, range);
        }
    }
    let found = match rest.as_bytes() {
        [b':', b'/', b'/', ..] => return user(at, rest),
        [b'J', ..] => signed_token(before, rest).map(|range| range_from(at - "ey".len(), range)),
        [b'B' | b'b', ..] if is_outside_word(before) => {
            token_of_scheme(rest, reading).map(|range| range_from(at, range))
        }
        [b'-', ..] => private_key(rest).map(|range| range_from(at, range)),
        [b'=' | b':' | b'>', ..] => return value(at, before, rest, reading),
        _ => None,
    };
    Found {
        next: found.as_ref().map_or(0, |range| range.end),
        secret: found.map(|range| (range, MASK)),
    }
}

/// What is no sign of a credential.
const NOTHING: Found = Found {
    secret: None,
    next: 0,
};

/// The credential in this range of `rest`, which stands at `at`, unless something stands for it there.
fn secret(at: usize, rest: &str, range: Range<usize>) -> Found {
    let text = rest.get(range.clone()).unwrap_or_default();
    let is_secret = !is_stand_in(text);
    let range = range_from(at, range);
    Found {
        next: range.end,
        secret: is_secret.then_some((range, MASK)),
    }
}

/// The value of a cookie, whose `=` stands at `at`.
fn cookie(at: usize, before: &str, rest: &str) -> Found {
    match before_sign(before, false).is_some_and(cookie::is_attribute) {
        true => NOTHING,
        false => secret(at, rest, cookie::value(rest)),
    }
}

fn range_from(start: usize, range: Range<usize>) -> Range<usize> {
    start + range.start..start + range.end
}

fn is_outside_word(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The user and password of a URL whose `://` stands at `at`; a user alone is none.
fn user(at: usize, rest: &str) -> Found {
    let after = rest.get("://".len()..).unwrap_or_default();
    let is_end = |c: char| "/?#\"'<>`\\)".contains(c) || c.is_whitespace();
    let authority = after.split(is_end).next().unwrap_or_default();
    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
    let start = at + "://".len();
    let is_secret = user
        .split_once(':')
        .is_some_and(|(_, password)| !is_stand_in(password));
    Found {
        secret: is_secret.then(|| (start..start + user.len() + "@".len(), "")),
        next: start + user.len(),
    }
}

/// A signed token (three parts in Base64, of which the first is a JSON object), around the third of its signs. The range
/// begins at its first sign.
fn signed_token(before: &str, rest: &str) -> Option<Range<usize>> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    before
        .strip_suffix("ey")
        .filter(|before| !before.ends_with(is_sign))?;
    let token = rest.split(|c| !is_sign(c)).next()?.trim_end_matches('.');
    let mut parts = token.split('.');
    let is_long = parts.next()?.len() > 8 && parts.next()?.len() >= 4;
    is_long.then_some(0.."ey".len() + token.len())
}

fn is_scheme(word: &str) -> bool {
    word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic")
}

/// The token behind the scheme that `text` begins with.
fn token_of_scheme(text: &str, reading: Reading) -> Option<Range<usize>> {
    let begins_with = |scheme: &&str| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let scheme = ["bearer ", "basic "].into_iter().find(begins_with)?;
    let after = text.get(scheme.len()..)?.trim_start_matches(' ');
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "_-.~+/=".contains(c);
    let token = after.split(|c| !is_sign(c)).next()?.trim_end_matches('.');
    let is_likely = match reading {
        Reading::Value => token.len() >= 6 && token.bytes().any(|byte| byte.is_ascii_digit()),
        Reading::Prose => is_random(token),
    };
    let start = text.len() - after.len();
    (is_likely && !is_stand_in(token)).then_some(start..start + token.len())
}

/// The content of the private key that `text` begins with.
fn private_key(text: &str) -> Option<Range<usize>> {
    let (title, content) = text.strip_prefix("-----BEGIN ")?.split_once("-----")?;
    if title.len() > 64 || !title.ends_with("PRIVATE KEY") {
        return None;
    }
    let start = text.len() - content.len();
    let end = content.find("-----END").unwrap_or(content.len());
    Some(start..start + end)
}

/// The value behind the sign at `at`, if the name before that is one of a credential.
fn value(at: usize, before: &str, rest: &str, reading: Reading) -> Found {
    let (name, names_credential): (_, fn(&str) -> bool) = match rest.as_bytes() {
        [b'>', ..] => (of_element(before), is_credential),
        [b'=', ..] => (before_sign(before, false), is_credential_parameter),
        _ => (before_sign(before, true), is_credential),
    };
    if !name.is_some_and(names_credential) {
        return Found {
            secret: None,
            next: at,
        };
    }
    let value = behind_sign(rest);
    let text = rest.get(value.clone()).unwrap_or_default();
    // The name of a scheme is a sign itself.
    let is_secret = !is_stand_in(text) && !is_scheme(text);
    let is_secret = is_secret && (reading == Reading::Value || is_random(text));
    let value = range_from(at, value);
    Found {
        next: if is_scheme(text) {
            value.start
        } else {
            value.end
        },
        secret: is_secret.then_some((value, MASK)),
    }
}

/// Whether a value is long, of letters and digits, and so hardly made up by hand.
fn is_random(value: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.~+/=".contains(&byte);
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    value.len() >= 16
        && value.bytes().all(is_sign)
        && digits >= 2
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
