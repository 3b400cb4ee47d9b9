//! Names of credentials.

use std::borrow::Cow;

/// Last words of names whose values are credentials.
const WORDS: [&str; 12] = [
    "assertion",
    "authorization",
    "bearer",
    "cookie",
    "credential",
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

/// Words before `tokens` that make them credentials, as those before `key` do.
const HOLDERS: [&str; 4] = ["bearer", "id", "refresh", "session"];

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
    names_credential(&before, &last) || SIGNATURES.contains(&&*last)
}

/// The word that says what a name is, and the one before it, in lower case: without `256` in `X-Signature-256`, and
/// `confirmation` in `password_confirmation`. Empty where there is none.
pub(super) fn significant(name: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    let mut words = words(name).peekable();
    while let Some(word) = words.next() {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let last = lowercase(word);
        if !last.is_empty() && (words.peek().is_none() || !SUFFIXES.contains(&&*last)) {
            let before = words.next().map(lowercase);
            return (before.unwrap_or_default(), last);
        }
    }
    Default::default()
}

fn lowercase(word: &str) -> Cow<'_, str> {
    match word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        true => word.into(),
        false => word.to_lowercase().into(),
    }
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
    // `max_tokens` counts them.
    if let Some(qualifier) = qualifier("tokens") {
        return ends_with(qualifier, &HOLDERS) || ends_with(qualifier, &KEYS);
    }
    let one = last.strip_suffix('s').unwrap_or(last);
    match last {
        _ if ends_with(one, &ENDS) || WORDS.contains(&one) => true,
        "pass" => before.is_empty(),
        "code" => matches!(before, "auth" | "authorization"),
        _ => {
            let qualifier = qualifier("key").or_else(|| qualifier("keys"));
            qualifier.is_some_and(|qualifier| ends_with(qualifier, &KEYS))
        }
    }
}

/// The words of a name, the last one first: they begin behind a sign, or where a capital follows a small letter.
pub(in super::super) fn words(name: &str) -> impl Iterator<Item = &str> {
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

#[cfg(test)]
mod tests {
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
            "X-TOKEN",
            "passwords",
            "clientSecrets",
            "api_keys",
            "refresh_tokens",
            "ACCESS_TOKENS",
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
            "max_tokens",
            "promptTokens",
            "sort_key",
            "sort_keys",
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
}
