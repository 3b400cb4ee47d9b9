//! Credentials, which must not reach a document. They are recognised by the names of their values.

mod command;
mod cookie;
mod named;
mod stand_in;
mod table;
mod text;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::Placeholder;

pub use text::{disclosed, is_signed_token, masked_prose, masked_text};

/// What stands in examples in place of a credential.
const MASK: &str = "********";

/// What is told about a value that is not shown.
pub const MASKED_VALUE: &str = "a value looks like a credential: it is not shown";

/// Last words of names whose values are credentials.
const WORDS: [&str; 13] = [
    "assertion",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "otp",
    "passcode",
    "passphrase",
    "pwd",
    "totp",
    "verifier",
];

/// Ends of last words of such names, whatever stands before them: `userpassword`.
const ENDS: [&str; 4] = ["apikey", "passwd", "password", "secret"];

/// Words before `key` that make it a credential.
const KEYS: [&str; 14] = [
    "access",
    "api",
    "app",
    "application",
    "auth",
    "consumer",
    "encryption",
    "license",
    "master",
    "private",
    "secret",
    "service",
    "signing",
    "subscription",
];

/// Last words of names whose values are credentials if they look like it: a `code` is one that is exchanged for a token, or
/// that of an error.
const DOUBTFUL_WORDS: [&str; 3] = ["auth", "code", "session"];

/// Last words of names of parameters of which the same holds: whoever has the id of a session is its user.
const SESSIONS: [&str; 4] = ["jsessionid", "phpsessid", "sessionid", "sid"];

/// Last words of names of parameters that sign a request: whoever has it may send it.
const SIGNATURES: [&str; 2] = ["sig", "signature"];

/// Words behind the one that makes a name that of a credential.
const SUFFIXES: [&str; 6] = [
    "again",
    "confirm",
    "confirmation",
    "hash",
    "repeat",
    "value",
];

/// Words before `token` that make it a place in a list, or part of a text.
const POSITIONS: [&str; 11] = [
    "change",
    "continuation",
    "cursor",
    "next",
    "page",
    "paging",
    "prev",
    "previous",
    "scroll",
    "skip",
    "sync",
];

/// Whether a value named `name` (a header, a parameter, a form field, a member of an object) is a credential:
/// `X-Api-Key`, `access_token` and `clientSecret` are, `next_page_token`, `token_type` and `sort_key` are not.
#[must_use]
pub fn is_credential(name: &str) -> bool {
    let (before, last) = significant(name);
    names_credential(&before, &last)
}

/// Whether a parameter of a URL or a header named `name` is one, or signs the request.
#[must_use]
pub(super) fn is_credential_parameter(name: &str) -> bool {
    let (before, last) = significant(name);
    names_credential(&before, &last) || SIGNATURES.contains(&last.as_str())
}

/// Which values of a name are credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secrecy {
    /// None.
    #[default]
    Open,
    /// Those of four to eight digits: others are pins of a board, or are on a map.
    Pin,
    /// Those that look like a key.
    Key,
    /// All.
    Secret,
}

impl Secrecy {
    /// That of a member of an object, or of a form's field.
    pub(super) fn of_member(name: &str) -> Self {
        Self::of(name, is_credential, &DOUBTFUL_WORDS)
    }

    /// That of a parameter of a URL, or of a header.
    pub(super) fn of_parameter(name: &str) -> Self {
        let secrecy = Self::of_member(name);
        secrecy.max(Self::of(name, is_credential_parameter, &SESSIONS))
    }

    fn of(name: &str, is_credential: fn(&str) -> bool, doubtful: &[&str]) -> Self {
        let (_, word) = significant(name);
        match word.as_str() {
            _ if is_credential(name) => Self::Secret,
            "pin" => Self::Pin,
            word if doubtful.contains(&word) => Self::Key,
            _ => Self::Open,
        }
    }

    /// Whether a scalar, in its text, is a credential.
    pub(super) fn hides(self, text: &str) -> bool {
        match self {
            Self::Open => false,
            Self::Pin => {
                (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Self::Key => is_like_key(text),
            Self::Secret => !text.is_empty(),
        }
    }
}

/// Whether a text is long, and mixed as no words and hardly any ids are: `4/0AX4XfWh8nR2kQ`, unlike `HTTP404NotFound`.
fn is_like_key(text: &str) -> bool {
    const MIN_LENGTH: usize = 16;
    let class = |byte: u8| match byte {
        b'0'..=b'9' => Some(0),
        b'a'..=b'z' => Some(1),
        b'A'..=b'Z' => Some(2),
        _ => None,
    };
    let is_sign = |byte: u8| class(byte).is_some() || b"_-.~+/=".contains(&byte);
    if text.len() < MIN_LENGTH || !text.bytes().all(is_sign) || is_uuid(text) {
        return false;
    }
    let classes: Vec<u8> = text.bytes().filter_map(class).collect();
    let changes = classes
        .windows(2)
        .filter(|pair| pair.first() != pair.last());
    let digits = classes.iter().filter(|class| **class == 0).count();
    // In random ones, more than 6 of 10 neighbours differ, or nearly 5 where all letters are small.
    digits >= 2 && changes.count() * 20 > classes.len() * 7
}

fn is_uuid(text: &str) -> bool {
    let mut lengths = text.split('-').map(str::len);
    text.len() == 36 && lengths.by_ref().eq([8, 4, 4, 4, 12])
}

/// The word that says what a name is, and the one before it, in lower case: without `256` in `X-Signature-256`, and
/// `confirmation` in `password_confirmation`. Empty where there is none.
fn significant(name: &str) -> (String, String) {
    let mut words = words(name).peekable();
    while let Some(word) = words.next() {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let last = word.to_lowercase();
        if !last.is_empty() && (words.peek().is_none() || !SUFFIXES.contains(&last.as_str())) {
            let before = words.next().map(str::to_lowercase);
            return (before.unwrap_or_default(), last);
        }
    }
    Default::default()
}

fn names_credential(before: &str, last: &str) -> bool {
    // A name may be written in one word.
    let qualifier = |noun| {
        let own = last.strip_suffix(noun)?;
        Some(if own.is_empty() { before } else { own })
    };
    let ends_with = |word: &str, ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if let Some(qualifier) = qualifier("token") {
        return !ends_with(qualifier, &POSITIONS);
    }
    match last {
        last if ends_with(last, &ENDS) || WORDS.contains(&last) => true,
        "pass" => before.is_empty(),
        "code" => matches!(before, "auth" | "authorization"),
        _ => qualifier("key").is_some_and(|qualifier| ends_with(qualifier, &KEYS)),
    }
}

/// The words of a name, the last one first: they begin behind a sign, or where a capital follows a small letter.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        let mut after = ' ';
        let start = rest.char_indices().rev().find_map(|(at, letter)| {
            let is_before =
                !letter.is_alphanumeric() || letter.is_lowercase() && after.is_uppercase();
            after = letter;
            is_before.then_some(at + letter.len_utf8())
        });
        let (before, word) = rest.split_at_checked(start.unwrap_or(0))?;
        rest = before;
        (!word.is_empty()).then_some(word)
    })
}

/// Whether a line of a file may hold a credential, because it names one or has something before a host.
#[must_use]
pub fn may_hold_one(line: &str) -> bool {
    let texts = line.split('"').map(|text| text.trim_end_matches('\\'));
    let is_sign = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'));
    let names = line.split(is_sign);
    line.contains('@') || texts.chain(names).any(is_credential)
}

/// Members that name the value of another one.
const NAMES: [&str; 7] = ["field", "header", "id", "key", "name", "param", "type"];

/// Whether this member holds the value of what another one names.
pub(super) fn is_value(key: &str) -> bool {
    key.eq_ignore_ascii_case("value")
}

/// Whether an object is a named value, `{"name": "password", "value": …}`, and the name is that of a credential.
pub(super) fn names_one(members: &Map<String, Value>) -> bool {
    let is_name = |key: &str| NAMES.iter().any(|name| key.eq_ignore_ascii_case(name));
    let is_one = |(key, member): (&String, &Value)| {
        is_name(key) && member.as_str().is_some_and(is_credential)
    };
    members.keys().any(|key| is_value(key)) && members.iter().any(is_one)
}

/// `value` with each credential in it replaced by an invalid one; its shape and its types stay.
#[must_use]
pub fn masked(value: Value) -> Value {
    masked_as(Secrecy::Open, value)
}

/// `value`, which is a credential itself, replaced by an invalid one.
pub(super) fn masked_alone(value: &Value) -> Value {
    masked_as(Secrecy::Secret, value.clone())
}

fn masked_as(secrecy: Secrecy, mut value: Value) -> Value {
    // A list of what is still to see, not recursion: values may be nested as deep as they like.
    let mut open = vec![(secrecy, &mut value)];
    while let Some((secrecy, value)) = open.pop() {
        match value {
            Value::String(text) if secrecy.hides(text) && Placeholder::in_json(text).is_none() => {
                MASK.clone_into(text);
            }
            Value::String(text) => {
                if let Cow::Owned(masked) = masked_text(text) {
                    *text = masked;
                }
            }
            Value::Number(number) if secrecy.hides(&number.to_string()) => *value = 0.into(),
            Value::Array(items) => open.extend(items.iter_mut().map(|item| (secrecy, item))),
            Value::Object(members) => {
                let holds_one = secrecy == Secrecy::Secret || names_one(members);
                let secrecy = |key: &str| match holds_one && is_value(key) {
                    true => Secrecy::Secret,
                    false => Secrecy::of_member(key),
                };
                let members = members.iter_mut();
                open.extend(members.map(|(key, member)| (secrecy(key), member)));
            }
            _ => {}
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_tell_credentials() {
        for name in [
            "Authorization",
            "X-Api-Key",
            "apiKey",
            "APIKEY",
            "api_key",
            "Ocp-Apim-Subscription-Key",
            "access_token",
            "refreshToken",
            "token",
            "X-Auth-Token",
            "client_secret",
            "user[password]",
            "Set-Cookie",
            "pass",
            "sessiontoken",
            "userpassword",
            "password2",
            "passwordConfirmation",
            "app_key",
            "client_assertion",
            "code_verifier",
            "authorization_code",
            "DB_PASSWORD",
        ] {
            assert!(is_credential(name), "{name}");
        }
        for name in [
            "",
            "-",
            "next_page_token",
            "nextPageToken",
            "pageToken",
            "token_type",
            "tokens",
            "sort_key",
            "key",
            "keyboard",
            "secretary",
            "boarding_pass",
            "password_length",
            "nextpagetoken",
            "value",
            "2",
            "token_value_count",
            "country_code",
            "hotkey",
            "monkey",
            "design",
        ] {
            assert!(!is_credential(name), "{name}");
        }
    }

    #[test]
    fn parameters_may_sign_a_request() {
        for name in ["sig", "X-Signature-256", "signature", "token"] {
            assert!(is_credential_parameter(name), "{name}");
        }
        for name in ["signature_method", "signed", "sign", ""] {
            assert!(!is_credential_parameter(name), "{name}");
        }
        assert!(!is_credential("signature"));
    }

    #[test]
    fn values_of_doubtful_names_are_credentials_if_they_look_like_it() {
        let of_member = Secrecy::of_member as fn(&str) -> Secrecy;
        for (secrecy, name, hidden, shown) in [
            (
                of_member,
                "code",
                vec![
                    "4/0AX4XfWh8nR2kQz7",
                    "xWnkliVQJURqB2x1",
                    "9f8e7d6c5b4a39281706abcd",
                ],
                vec![
                    "",
                    "404",
                    "482913",
                    "INVALID_REQUEST_40012",
                    "HTTP404NotFoundError",
                    "ERR_20240_NO_SUCH_ITEM_2",
                    "de-AT",
                    "7d0c9a3e-1111-4222-8333-0123456789ab",
                    "Too many requests 2x 3x",
                ],
            ),
            (of_member, "sid", vec![], vec!["b5KmPf0Zt6Q1w9Xy"]),
            (
                Secrecy::of_parameter,
                "sid",
                vec!["b5KmPf0Zt6Q1w9Xy"],
                vec!["7"],
            ),
            (
                Secrecy::of_parameter,
                "auth",
                vec!["9f8e7d6c5b4a39281706"],
                vec!["none", "basic"],
            ),
            (
                of_member,
                "user_pin",
                vec!["4711", "00420042"],
                vec!["7", "13", "D4", "true"],
            ),
            (of_member, "password", vec!["a", "7"], vec![""]),
            (of_member, "name", vec![], vec!["xWnkliVQJURqB2x1"]),
        ] {
            let secrecy = secrecy(name);
            for text in hidden {
                assert!(secrecy.hides(text), "{name}: {text}");
            }
            for text in shown {
                assert!(!secrecy.hides(text), "{name}: {text}");
            }
        }
    }

    #[test]
    fn lines_that_may_hold_credentials_are_found() {
        for line in [
            r#"{"key":"X Api Key","value":"k"}"#,
            r#""raw": "{\"password\": 1}","#,
            "https://depot.test/a?access_token=t",
            "https://clerk:k@depot.test/a",
            r#"{"key": "a", "type": "secret"}"#,
        ] {
            assert!(may_hold_one(line), "{line}");
        }
        for line in ["", "{", r#""raw": "https://depot.test/a?page_token=1","#] {
            assert!(!may_hold_one(line), "{line}");
        }
    }

    #[test]
    fn credentials_are_masked_where_they_stand() {
        let value = json!({"user": "ann", "password": "hunter22", "api_key": ["k1", 7, true, null, "", "<string>"],
            "inner": [{"clientSecret": "s"}], "token": {"kind": "id", "value": "t"}, "headers": [
                {"name": "Authorization", "value": "k"}, {"key": "secret", "value": 1}, {"name": "a", "value": "b"},
                {"Name": "Password", "Value": "h"}, {"id": "api_key", "value": "k"}], "pin": 4711, "pins": [{"pin": 7}]});
        let expected = json!({"user": "ann", "password": MASK, "api_key": [MASK, 0, true, null, "", "<string>"],
            "inner": [{"clientSecret": MASK}], "token": {"kind": "id", "value": MASK}, "headers": [
                {"name": "Authorization", "value": MASK}, {"key": "secret", "value": 0}, {"name": "a", "value": "b"},
                {"Name": "Password", "Value": MASK}, {"id": "api_key", "value": MASK}], "pin": 0, "pins": [{"pin": 7}]});
        assert_eq!(masked(value), expected);
    }
}
