//! Credentials, which must not reach a document. They are recognised by the names of their values.

use serde_json::Value;

use super::Placeholder;

/// What stands in examples in place of a credential.
const MASK: &str = "********";

/// Last words of names whose values are credentials.
const WORDS: [&str; 20] = [
    "accesskey",
    "accesstoken",
    "apikey",
    "authorization",
    "authtoken",
    "bearer",
    "clientsecret",
    "cookie",
    "credential",
    "credentials",
    "jwt",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "refreshtoken",
    "secret",
];

/// Words before `key` that make it a credential.
const KEYS: [&str; 11] = [
    "access",
    "api",
    "auth",
    "consumer",
    "encryption",
    "master",
    "private",
    "secret",
    "service",
    "signing",
    "subscription",
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
    let (before, last) = last_words(name);
    let is_one_of = |word, known: &[&str]| known.iter().any(|known| is(word, known));
    match last {
        "" => false,
        _ if is(last, "token") => !is_one_of(before, &POSITIONS),
        _ if is(last, "key") => is_one_of(before, &KEYS),
        _ if is(last, "pass") => before.is_empty(),
        _ => is_one_of(last, &WORDS),
    }
}

/// Whether a word is `known`, which is in lower case.
fn is(word: &str, known: &str) -> bool {
    match word.is_ascii() {
        true => word.eq_ignore_ascii_case(known),
        false => word.to_lowercase() == known,
    }
}

/// The last two words of a name: they end at a sign, or where a capital follows a small letter. Empty where there are
/// fewer.
fn last_words<'n>(name: &'n str) -> (&'n str, &'n str) {
    let mut words = ("", "");
    let mut take = |word: Option<&'n str>| {
        if let Some(word) = word.filter(|word| !word.is_empty()) {
            words = (words.1, word);
        }
    };
    let mut start = 0;
    let mut before = ' ';
    for (at, letter) in name.char_indices() {
        let is_sign = !letter.is_alphanumeric();
        if is_sign || (before.is_lowercase() && letter.is_uppercase()) {
            take(name.get(start..at));
            start = if is_sign { at + letter.len_utf8() } else { at };
        }
        before = letter;
    }
    take(name.get(start..));
    words
}

/// Whether a line of a file may hold a credential, because it names one or has something before a host.
#[must_use]
pub fn may_hold_one(line: &str) -> bool {
    let texts = line.split('"').map(|text| text.trim_end_matches('\\'));
    let is_sign = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'));
    let names = line.split(is_sign);
    line.contains('@') || texts.chain(names).any(is_credential)
}

/// `value` with each credential in it replaced by an invalid one; its shape and its types stay.
#[must_use]
pub fn masked(mut value: Value) -> Value {
    // A list of what is still to see, not recursion: values may be nested as deep as they like.
    let mut open = vec![(false, &mut value)];
    while let Some((is_secret, value)) = open.pop() {
        match value {
            Value::String(text)
                if is_secret && !text.is_empty() && Placeholder::in_json(text).is_none() =>
            {
                MASK.clone_into(text);
            }
            Value::Number(_) if is_secret => *value = 0.into(),
            Value::Array(items) => open.extend(items.iter_mut().map(|item| (is_secret, item))),
            Value::Object(members) => {
                let members = members.iter_mut();
                open.extend(members.map(|(key, member)| (is_credential(key), member)));
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
        ] {
            assert!(!is_credential(name), "{name}");
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
            "inner": [{"clientSecret": "s"}], "token": {"kind": "id"}});
        let expected = json!({"user": "ann", "password": MASK, "api_key": [MASK, 0, true, null, "", "<string>"],
            "inner": [{"clientSecret": MASK}], "token": {"kind": "id"}});
        assert_eq!(masked(value), expected);
    }
}
