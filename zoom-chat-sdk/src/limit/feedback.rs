//! What a 429 of Zoom tells.

use http::HeaderMap;
use zoom_chat_openapi::RateLimitLabel;

/// The limit that a 429 is about. Some have no header that names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feedback {
    /// The rate limit of the label.
    Rate(Option<RateLimitLabel>),
    /// The daily limit.
    Day(Option<RateLimitLabel>),
    Untold,
}

impl Feedback {
    /// The limit that headers and text name. The text is used if no header names it: some gateways drop Zoom's headers.
    pub(super) fn of(headers: &HeaderMap, text: &str) -> Self {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let label = header("x-ratelimit-category").and_then(label);
        match header("x-ratelimit-type") {
            Some(kind) if starts_with(kind, "daily") => Self::Day(label),
            Some(_) => Self::Rate(label),
            None if tells_of_a_day(text) => Self::Day(label),
            None if label.is_some() => Self::Rate(label),
            None => Self::Untold,
        }
    }
}

/// Whether the text of a 429 says that the daily limit was reached: "You have reached the maximum daily rate limit".
pub(crate) fn tells_of_a_day(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let mut before = "";
    words.any(|word| {
        let is_day = word.eq_ignore_ascii_case("daily")
            || (word.eq_ignore_ascii_case("day")
                && ["per", "a", "this", "the"]
                    .iter()
                    .any(|it| before.eq_ignore_ascii_case(it)));
        if !word.is_empty() {
            before = word;
        }
        is_day
    })
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Zoom writes `Light` in headers, `LIGHT` in its reference.
fn label(text: &str) -> Option<RateLimitLabel> {
    use RateLimitLabel::{Heavy, Light, Medium, ResourceIntensive};

    [Light, Medium, Heavy, ResourceIntensive]
        .into_iter()
        .find(|label| {
            let name = label.to_string();
            name.len() == text.len()
                && name.chars().zip(text.chars()).all(|(ours, theirs)| {
                    ours.eq_ignore_ascii_case(&theirs)
                        || (ours == '-' && matches!(theirs, ' ' | '_'))
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let value = reqwest::header::HeaderValue::from_static;
        let pairs = pairs.iter();
        pairs
            .map(|(name, text)| (reqwest::header::HeaderName::from_static(name), value(text)))
            .collect()
    }

    #[test]
    fn the_headers_tell_what_was_exceeded() {
        use RateLimitLabel::{Light, ResourceIntensive};

        let (category, kind) = ("x-ratelimit-category", "x-ratelimit-type");
        let cases = [
            (
                &[(category, "Light"), (kind, "QPS")][..],
                Feedback::Rate(Some(Light)),
            ),
            (
                &[(category, "Resource-intensive"), (kind, "Daily-limit")],
                Feedback::Day(Some(ResourceIntensive)),
            ),
            (
                &[(category, "RESOURCE_INTENSIVE")],
                Feedback::Rate(Some(ResourceIntensive)),
            ),
            (&[(kind, "daily")], Feedback::Day(None)),
            (
                &[(category, "resource intensive"), (kind, "QPS")],
                Feedback::Rate(Some(ResourceIntensive)),
            ),
            // No category of Zoom's, however alike.
            (&[(category, "Unheard-of")], Feedback::Untold),
            (
                &[(category, "Lighter"), (kind, "QPS")],
                Feedback::Rate(None),
            ),
            (&[(category, "Li"), (kind, "QPS")], Feedback::Rate(None)),
            (&[(category, "Other"), (kind, "QPS")], Feedback::Rate(None)),
            (&[(category, "Li_ht"), (kind, "QPS")], Feedback::Rate(None)),
            (
                &[(category, "Resource+intensive"), (kind, "QPS")],
                Feedback::Rate(None),
            ),
            (&[], Feedback::Untold),
        ];
        for (pairs, expected) in cases {
            assert_eq!(Feedback::of(&headers(pairs), ""), expected, "{pairs:?}");
        }
    }

    #[test]
    fn the_text_tells_where_no_header_does() {
        for (text, is_day) in [
            (
                "You have reached the maximum daily rate limit for this API.",
                true,
            ),
            ("Exceeded the limit of 3000 requests per day", true),
            ("DAILY-LIMIT reached", true),
            (
                "You have reached the maximum per-second rate limit for this API.",
                false,
            ),
            ("Try again another day.", false),
            ("One request a  day", true),
            ("Dailymotion is busy", false),
            ("", false),
        ] {
            let expected = match is_day {
                true => Feedback::Day(None),
                false => Feedback::Untold,
            };
            assert_eq!(Feedback::of(&headers(&[]), text), expected, "{text}");
            let qps = headers(&[("x-ratelimit-type", "QPS")]);
            assert_eq!(Feedback::of(&qps, text), Feedback::Rate(None), "{text}");
        }
    }
}
