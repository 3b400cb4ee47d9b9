//! The answer to a token request, decoded as leniently as possible.
//!
//! A refresh token is used up by a successful answer, and its successor is only in this answer. So no unimportant
//! member makes an answer unreadable, whatever its type, and an incomplete answer gives the members that were complete.

use crate::Secret;
use std::{fmt, time::Duration};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The lifetime of Zoom's tokens, for an answer without one.
pub(super) const USUAL_LIFETIME: Duration = Duration::from_secs(3600);
/// Bounds of the lifetime that a server may give: a shorter one would mean a token request for each call, a longer one
/// a token that is never renewed.
const SHORTEST_LIFETIME: Duration = Duration::from_secs(10);
const LONGEST_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// The members of a token answer, a success or an error.
#[derive(Debug, Default)]
pub(super) struct TokenAnswer {
    pub(super) access_token: Option<Secret>,
    pub(super) refresh_token: Member<Secret>,
    pub(super) lifetime: Option<Duration>,
    pub(super) scopes: Vec<String>,
    pub(super) api_url: Option<String>,
    /// OAuth's error code, which some servers give with the status of success.
    pub(super) error: Option<String>,
    pub(super) reason: Option<String>,
    /// Whether the body is one whole JSON object.
    pub(super) is_whole: bool,
}

/// A member whose absence has a meaning.
#[derive(Debug, Default)]
pub(super) enum Member<T> {
    /// Not there, or null, or empty.
    #[default]
    Absent,
    Present(T),
    /// Present with an unexpected type.
    Odd,
}

impl TokenAnswer {
    pub(super) fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let mut answer = Self::default();
        let mut json = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
        answer.is_whole = (&mut answer).deserialize(&mut json).is_ok() && json.end().is_ok();
        answer
    }

    fn take(&mut self, key: &str, value: &RawValue) {
        match key {
            "access_token" => self.access_token = secret(value),
            "refresh_token" => {
                self.refresh_token = match secret(value) {
                    Some(token) => Member::Present(token),
                    None if matches!(value.get(), "null" | "\"\"") => Member::Absent,
                    None => Member::Odd,
                }
            }
            "expires_in" => self.lifetime = seconds(value).map(bounded),
            "scope" => self.scopes = scopes(value),
            "api_url" => self.api_url = text(value),
            "error" => self.error = text(value),
            "reason" => self.reason = text(value).or_else(|| self.reason.take()),
            "error_description" => self.reason = self.reason.take().or_else(|| text(value)),
            _ => {}
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut TokenAnswer {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut TokenAnswer {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a token answer")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            // The value of a number may be beyond every type, so it is not parsed before it is known to matter.
            let value = map.next_value::<&RawValue>()?;
            self.take(&key, value);
        }
        Ok(())
    }
}

fn parse<'a, T: Deserialize<'a>>(value: &'a RawValue) -> Option<T> {
    serde_json::from_str(value.get()).ok()
}

fn text(value: &RawValue) -> Option<String> {
    parse::<String>(value).filter(|text| !text.is_empty())
}

fn secret(value: &RawValue) -> Option<Secret> {
    parse::<Secret>(value).filter(|secret| !secret.expose_secret().is_empty())
}

/// A list of scopes, or a text with white space or commas between them.
fn scopes(value: &RawValue) -> Vec<String> {
    let list = match parse::<Vec<&RawValue>>(value) {
        Some(list) => list.into_iter().filter_map(text).collect(),
        None => vec![text(value).unwrap_or_default()],
    };
    let split = |text: &String| {
        text.split([' ', ','])
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    list.iter().flat_map(split).collect()
}

/// A number of seconds, which some servers write as text or with a fraction. `None` if it is not a number, or not
/// positive.
pub(super) fn seconds(value: &RawValue) -> Option<Duration> {
    let text = text(value).unwrap_or_else(|| value.get().to_owned());
    let seconds: f64 = text.trim().parse().ok()?;
    // A number beyond what a duration can hold is a very long time.
    let positive = seconds > 0.0;
    positive.then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

fn bounded(lifetime: Duration) -> Duration {
    lifetime.clamp(SHORTEST_LIFETIME, LONGEST_LIFETIME)
}

/// For other members of the authorization server that are numbers of seconds.
pub(super) fn lenient_seconds<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    let value = <&RawValue>::deserialize(deserializer)?;
    Ok(seconds(value))
}

/// Reads a text, and ignores values of other types.
pub(super) fn lenient_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let value = <&RawValue>::deserialize(deserializer)?;
    Ok(text(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifetime(json: &str) -> Option<Duration> {
        TokenAnswer::read(format!(r#"{{"expires_in":{json}}}"#).as_bytes()).lifetime
    }

    #[test]
    fn lifetimes_as_servers_write_them() {
        let hour = Some(Duration::from_secs(3599));
        for json in ["3599", "\"3599\"", "\" 3599 \"", "3599.0", "3.599e3"] {
            assert_eq!(lifetime(json), hour, "{json}");
        }
        assert_eq!(lifetime("3599.5"), Some(Duration::from_millis(3_599_500)));
        for json in ["1e300", "1e999", "\"1e999\"", "18446744073709551616"] {
            assert_eq!(lifetime(json), Some(LONGEST_LIFETIME), "{json}");
        }
        for json in ["1", "0.001", "1e-300"] {
            assert_eq!(lifetime(json), Some(SHORTEST_LIFETIME), "{json}");
        }
        for json in [
            "0",
            "-1",
            "-1e999",
            "\"an hour\"",
            "null",
            "[3600]",
            "{}",
            "\"NaN\"",
            "true",
        ] {
            assert_eq!(lifetime(json), None, "{json}");
        }
    }

    /// Values of every type, none of which is that of the member.
    const ODD: [&str; 9] = [
        "null",
        "true",
        "7",
        "-1e999",
        "\"\"",
        "\"\\ud800\"",
        "[]",
        r#"[["a"]]"#,
        r#"{"a":{"b":[]}}"#,
    ];

    #[test]
    fn members_of_odd_types_cost_no_token() {
        for member in [
            "expires_in",
            "scope",
            "api_url",
            "token_type",
            "error",
            "reason",
            "else",
        ] {
            for odd in ODD {
                let json = format!(
                    r#"{{"{member}":{odd},"access_token":"a","{member}":{odd},"refresh_token":"r","{member}":{odd}}}"#
                );
                let answer = TokenAnswer::read(json.as_bytes());
                assert_eq!(answer.access_token.unwrap().expose_secret(), "a", "{json}");
                assert!(
                    matches!(&answer.refresh_token, Member::Present(token) if token.expose_secret() == "r"),
                    "{json}"
                );
            }
        }
    }

    #[test]
    fn scopes_as_servers_write_them() {
        let scopes =
            |json: &str| TokenAnswer::read(format!(r#"{{"scope":{json}}}"#).as_bytes()).scopes;
        for json in [
            r#""a b:c""#,
            r#""a,b:c""#,
            r#"["a","b:c"]"#,
            r#"["a b:c"]"#,
            r#"[1,"a",null,"b:c"]"#,
        ] {
            assert_eq!(scopes(json), ["a", "b:c"], "{json}");
        }
        for odd in ODD {
            let odd = scopes(odd);
            assert!(odd.is_empty(), "{odd:?}");
        }
    }

    #[test]
    fn a_missing_refresh_token_is_told_from_an_odd_one() {
        let member = |json: &str| TokenAnswer::read(json.as_bytes()).refresh_token;
        for absent in [
            "{}",
            r#"{"refresh_token":null}"#,
            r#"{"refresh_token":""}"#,
            "",
            "<html>",
        ] {
            assert!(matches!(member(absent), Member::Absent), "{absent}");
        }
        for odd in ["7", "[\"r\"]", "{}", "false", "\"\\ud800\""] {
            let json = format!(r#"{{"refresh_token":{odd}}}"#);
            assert!(matches!(member(&json), Member::Odd), "{json}");
        }
    }

    #[test]
    fn a_cut_answer_gives_what_is_complete() {
        let whole = r#"{"access_token":"aaa","refresh_token":"rrr","expires_in":3600}"#;
        assert!(TokenAnswer::read(whole.as_bytes()).is_whole);
        for length in 0..whole.len() {
            let part = whole.get(..length).unwrap();
            let answer = TokenAnswer::read(part.as_bytes());
            assert!(!answer.is_whole, "{part}");
            assert_eq!(
                answer.access_token.is_some(),
                part.contains("\"aaa\""),
                "{part}"
            );
            let refresh = matches!(answer.refresh_token, Member::Present(_));
            assert_eq!(refresh, part.contains("\"rrr\""), "{part}");
        }
        for more in ["{}", "x", "}"] {
            assert!(!TokenAnswer::read(format!("{whole}{more}").as_bytes()).is_whole);
        }
    }

    #[test]
    fn a_deeply_nested_body_is_read() {
        let nested = "[".repeat(100_000);
        let json = format!(r#"{{"access_token":"a","scope":{nested}"#);
        let answer = TokenAnswer::read(json.as_bytes());
        assert!(answer.access_token.is_some() && !answer.is_whole);
    }

    #[cfg(feature = "__test")]
    mod properties {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn any_body_is_read(body: Vec<u8>, text in "[{}\\[\\]:,\"a-z0-9e. ]{0,60}") {
                TokenAnswer::read(&body);
                TokenAnswer::read(text.as_bytes());
            }

            #[test]
            fn any_number_is_a_lifetime_within_bounds(number: f64, whole: i128) {
                for json in [serde_json::to_string(&number).unwrap(), whole.to_string()] {
                    let lifetime = lifetime(&json);
                    prop_assert!(lifetime.is_none_or(|life| (SHORTEST_LIFETIME..=LONGEST_LIFETIME).contains(&life)));
                }
            }
        }
    }
}
