//! The outcome of an attempt, as far as a retry is concerned.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};

use super::{RetryAfter, server_date};
use crate::{
    auth::TokenError,
    limit::tells_of_a_day,
    time::{UtcDay, later},
};

/// The outcome of an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No token was available, so nothing was sent.
    NoToken {
        /// Whether a retry may succeed.
        transient: bool,
        /// How long to wait before the next request for a token.
        retry_after: Option<Duration>,
    },
    /// No connection could be established, so nothing was sent.
    NotConnected,
    /// The request was sent, and there was no complete answer: a reset, a timeout, an incomplete answer.
    Interrupted,
    /// An answer that asks for a retry, but does not say whether the request took effect.
    Unsettled {
        /// The delay that the answer asks for.
        retry_after: Option<Duration>,
    },
    /// Rejected by a rate limit.
    RateLimited {
        /// The period of the limit.
        period: RateLimitPeriod,
        /// The delay that the answer asks for.
        retry_after: Option<Duration>,
    },
    /// The token was rejected. Callers without another token treat it as [`Outcome::Final`].
    TokenRefused,
    /// The encoding was rejected, and another one was not tried yet.
    EncodingRefused,
    /// A retry would fail in the same way.
    Final,
}

/// The period of a rate limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RateLimitPeriod {
    /// A second, or a minute.
    Short,
    /// A day.
    Day {
        /// When the next day begins, by this machine's clock.
        until: SystemTime,
    },
    /// The answer does not say.
    Unknown,
}

impl Outcome {
    /// The outcome for an answer with an error status. `code` is Zoom's error code, `text` its message, `now` this
    /// machine's time of day when the answer came.
    ///
    /// - A 401 is [`Outcome::TokenRefused`], whatever its code, and so is a 400 with the code 124. With the codes for
    ///   missing scopes (4700, 4711) or for a request without a token (300) it is final, since another token would not
    ///   help.
    /// - 408, 499, 502, 503, 504 and code 5601 leave open what happened.
    #[must_use]
    pub(crate) fn of_answer(
        status: u16,
        code: Option<i64>,
        text: &str,
        headers: &HeaderMap,
        now: SystemTime,
    ) -> Self {
        let date = server_date(headers);
        let retry_after = RetryAfter::of(headers).map(|after| after.delay(now, date));
        match (status, code) {
            (_, Some(4700 | 4711)) => Self::Final,
            (429, _) => Self::RateLimited {
                period: RateLimitPeriod::of(headers, text, retry_after, now, date),
                retry_after,
            },
            (401, Some(300)) => Self::Final,
            (401, _) | (400, Some(124)) => Self::TokenRefused,
            (408 | 499 | 502..=504, _) | (_, Some(5601)) => Self::Unsettled { retry_after },
            _ => Self::Final,
        }
    }

    /// Whether the attempt certainly had no effect. Only then is an operation retried that is not repeatable.
    #[must_use]
    pub(crate) fn is_certainly_not_sent(self) -> bool {
        match self {
            Self::NoToken { .. }
            | Self::NotConnected
            | Self::RateLimited { .. }
            | Self::TokenRefused
            | Self::EncodingRefused => true,
            Self::Interrupted | Self::Unsettled { .. } | Self::Final => false,
        }
    }
}

impl From<&TokenError> for Outcome {
    fn from(error: &TokenError) -> Self {
        Self::NoToken {
            transient: error.is_transient(),
            retry_after: error.retry_after(),
        }
    }
}

impl RateLimitPeriod {
    fn of(
        headers: &HeaderMap,
        text: &str,
        retry_after: Option<Duration>,
        now: SystemTime,
        date: Option<SystemTime>,
    ) -> Self {
        let kind = headers.get("x-ratelimit-type").map(HeaderValue::as_bytes);
        let is_day = match kind.map(<[u8]>::to_ascii_lowercase).as_deref() {
            Some(kind) if kind.starts_with(b"qps") => return Self::Short,
            Some(kind) => kind.starts_with(b"daily"),
            None => tells_of_a_day(text),
        };
        if !is_day {
            return Self::Unknown;
        }
        let wait = retry_after.unwrap_or_else(|| UtcDay::of(date.unwrap_or(now)).left);
        Self::Day {
            until: later(now, wait),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use reqwest::header::HeaderName;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        pairs.iter().map(pair).collect()
    }

    fn of(status: u16, code: Option<i64>) -> Outcome {
        Outcome::of_answer(status, code, "", &HeaderMap::new(), at(0))
    }

    #[test]
    fn another_token_helps_only_where_the_token_is_the_trouble() {
        for (status, code) in [
            (401, None),
            (401, Some(124)),
            (401, Some(100)),
            (401, Some(106)),
            (401, Some(7010)),
            (401, Some(0)),
            (401, Some(i64::MAX)),
            (400, Some(124)),
        ] {
            assert_eq!(of(status, code), Outcome::TokenRefused, "{status} {code:?}");
        }
        for (status, code) in [
            (401, Some(4700)),
            (400, Some(4711)),
            (401, Some(4711)),
            (401, Some(300)),
            (400, Some(7010)),
            (403, Some(124)),
            (403, None),
            (403, Some(200)),
        ] {
            assert_eq!(of(status, code), Outcome::Final, "{status} {code:?}");
        }
    }

    #[test]
    fn missing_scopes_are_final_whatever_the_status() {
        for status in [400, 401, 403, 429, 502, 503] {
            for code in [4700, 4711] {
                assert_eq!(of(status, Some(code)), Outcome::Final, "{status} {code}");
            }
        }
    }

    #[test]
    fn what_leaves_open_whether_it_took_effect() {
        let unsettled = Outcome::Unsettled { retry_after: None };
        for (status, code) in [
            (408, None),
            (499, None),
            (502, None),
            (503, None),
            (504, None),
            (400, Some(5601)),
        ] {
            assert_eq!(of(status, code), unsettled, "{status} {code:?}");
        }
        for status in [400, 404, 415, 500, 501] {
            assert_eq!(of(status, None), Outcome::Final);
        }
    }

    #[test]
    fn the_headers_of_a_rate_limit() {
        let now = at(1_755_900_000); // 2025-08-22T22:00:00Z
        let midnight = at(1_755_907_200);
        let told = |text: &str, pairs: &[(&'static str, &'static str)]| match Outcome::of_answer(
            429,
            None,
            text,
            &headers(pairs),
            now,
        ) {
            Outcome::RateLimited { period, .. } => period,
            other => panic!("{other:?}"),
        };
        let period = |pairs: &[(&'static str, &'static str)]| told("", pairs);
        assert_eq!(
            period(&[("x-ratelimit-type", "QPS")]),
            RateLimitPeriod::Short
        );
        assert_eq!(period(&[]), RateLimitPeriod::Unknown);
        let day = RateLimitPeriod::Day { until: midnight };
        assert_eq!(period(&[("x-ratelimit-type", "Daily-limit")]), day);
        // Without headers its text tells.
        let daily = "You have reached the maximum daily rate limit for this API.";
        assert_eq!(told(daily, &[]), day);
        assert_eq!(
            told(daily, &[("x-ratelimit-type", "QPS")]),
            RateLimitPeriod::Short
        );
        assert_eq!(
            period(&[("x-ratelimit-type", "monthly")]),
            RateLimitPeriod::Unknown
        );
        let iso = ("retry-after", "2025-08-23T00:00:00Z");
        assert_eq!(period(&[("x-ratelimit-type", "Daily-limit"), iso]), day);
        // The clock of the server is an hour ahead of this one's.
        let ahead = ("date", "Fri, 22 Aug 2025 23:00:00 GMT");
        let sooner = RateLimitPeriod::Day {
            until: at(1_755_903_600),
        };
        assert_eq!(
            period(&[("x-ratelimit-type", "Daily-limit"), iso, ahead]),
            sooner
        );
        assert_eq!(
            period(&[("x-ratelimit-type", "Daily-limit"), ahead]),
            sooner
        );
    }
}
