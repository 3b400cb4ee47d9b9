//! `Retry-After` in the three forms that Zoom and the gateways in front of it use.
//!
//! An instant is given by the server's clock, and the `Date` header of the same answer is the time of that clock. The
//! delay is the difference of the two, so a wrong clock on this machine does not matter.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use super::{FAR, later, until};

/// The value of a `Retry-After` header.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use zoom_chat_sdk::{
///     http::{HeaderMap, HeaderValue},
///     retry::{RetryAfter, server_date},
/// };
///
/// let mut headers = HeaderMap::new();
/// headers.insert("date", HeaderValue::from_static("Fri, 02 Jan 1970 00:00:00 GMT"));
/// headers.insert("retry-after", HeaderValue::from_static("Fri, 02 Jan 1970 00:01:00 GMT"));
/// let now = SystemTime::UNIX_EPOCH; // by the clock of this machine, which is a day slow
///
/// let after = RetryAfter::of(&headers).unwrap();
/// let minute = Duration::from_secs(60);
/// assert_eq!(after.delay(now, server_date(&headers)), minute);
/// assert_eq!(after.instant(now, server_date(&headers)), now + minute);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryAfter {
    /// After a number of seconds.
    Delay(Duration),
    /// At an instant, by the clock of the server.
    At(SystemTime),
}

impl RetryAfter {
    /// Reads the header of an answer. `None` if it is missing or invalid.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        Self::parse(headers.get(RETRY_AFTER)?.to_str().ok()?)
    }

    /// Reads a value: a number of seconds, perhaps with a fraction, an HTTP date, or an ISO 8601 instant
    /// (`2025-08-23T00:00:00Z`).
    ///
    /// ```
    /// use std::time::Duration;
    /// use zoom_chat_sdk::retry::RetryAfter;
    ///
    /// assert_eq!(RetryAfter::parse("120"), Some(RetryAfter::Delay(Duration::from_secs(120))));
    /// assert_eq!(RetryAfter::parse("1.5"), Some(RetryAfter::Delay(Duration::from_millis(1500))));
    /// assert_eq!(RetryAfter::parse("1970-01-02T00:00:00Z"), RetryAfter::parse("Fri, 02 Jan 1970 00:00:00 GMT"));
    /// assert_eq!(RetryAfter::parse("soon"), None);
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        if let Some(delay) = seconds(value) {
            return Some(Self::Delay(delay.min(FAR)));
        }
        iso_instant(value)
            .or_else(|| httpdate::parse_http_date(value).ok())
            .map(Self::At)
    }

    /// How long to wait. `now` is this machine's time of day when the answer came, `date` the server's time according
    /// to the answer ([`server_date`]). Zero for an instant in the past.
    #[must_use]
    pub fn delay(self, now: SystemTime, date: Option<SystemTime>) -> Duration {
        match self {
            Self::Delay(delay) => delay,
            Self::At(instant) => until(instant, date.unwrap_or(now)).min(FAR),
        }
    }

    /// The same as an instant by this machine's clock.
    #[must_use]
    pub fn instant(self, now: SystemTime, date: Option<SystemTime>) -> SystemTime {
        later(now, self.delay(now, date))
    }
}

/// The `Date` header: the time of the server's clock when it answered.
#[must_use]
pub fn server_date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

/// A number of seconds, such as `90` or `1.5`.
fn seconds(value: &str) -> Option<Duration> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    // Only a number too large for u64 fails to parse, and that is for ever.
    let whole = Duration::from_secs(whole.parse().unwrap_or(u64::MAX));
    let nanoseconds = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    let nanoseconds = nanoseconds.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Some(whole.saturating_add(Duration::new(0, nanoseconds)))
}

/// An ISO 8601 instant in its extended form: `yyyy-MM-dd`, `T`, `HH:mm:ss`, perhaps a fraction, then `Z` or an offset
/// `±HH:mm`. Fractions are dropped. `None` for anything else, and for instants before 1970.
fn iso_instant(value: &str) -> Option<SystemTime> {
    let (date, rest) = value.split_once(['T', 't', ' '])?;
    let zone = rest.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = rest.split_at_checked(zone)?;
    let time = match time.split_once('.') {
        Some((time, fraction)) => {
            digits(fraction, 1..=9)?;
            time
        }
        None => time,
    };

    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = fields(time, ':', [2, 2, 2])?;
    let offset = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => 0,
        (sign, offset) => {
            let [hours, minutes] = fields(offset, ':', [2, 2])?;
            let seconds = (hours * 60 + minutes) * 60;
            if hours > 23 || minutes > 59 {
                return None;
            }
            if sign == "-" { -seconds } else { seconds }
        }
    };
    // A 60th second is a leap second.
    let valid = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !valid {
        return None;
    }
    let seconds = days_since_epoch(year, month, day) * 86_400 + (hour * 60 + minute) * 60 + second;
    let seconds = u64::try_from(seconds - offset).ok()?;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// `N` numbers of exactly these widths, with `separator` between them.
fn fields<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut values = [0; N];
    for (value, width) in values.iter_mut().zip(widths) {
        *value = digits(parts.next()?, width..=width)?;
    }
    parts.next().is_none().then_some(values)
}

fn digits(text: &str, width: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    (all_digits && width.contains(&text.len()))
        .then(|| text.parse().ok())
        .flatten()
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969);
    let months: i64 = (1..month).map(|month| days_in_month(year, month)).sum();
    years + months + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn the_three_forms() {
        assert_eq!(
            RetryAfter::parse(" 7 "),
            Some(RetryAfter::Delay(Duration::from_secs(7)))
        );
        assert_eq!(
            RetryAfter::parse("0"),
            Some(RetryAfter::Delay(Duration::ZERO))
        );
        for (text, milliseconds) in [("1.5", 1500), ("0.25", 250), ("007.000", 7000)] {
            let delay = Duration::from_millis(milliseconds);
            assert_eq!(
                RetryAfter::parse(text),
                Some(RetryAfter::Delay(delay)),
                "{text}"
            );
        }
        assert_eq!(
            RetryAfter::parse("3.1234567899"),
            Some(RetryAfter::Delay(Duration::new(3, 123_456_789)))
        );
        let midnight = Some(RetryAfter::At(at(1_755_907_200)));
        for instant in [
            "2025-08-23T00:00:00Z",
            "2025-08-23t00:00:00.000z",
            "2025-08-23 02:00:00+02:00",
            "2025-08-22T19:30:00-04:30",
            "2025-08-23T23:59:00+23:59",
            "2025-08-22T00:01:00-23:59",
            "2025-08-22T23:59:60Z",
            "2025-08-23T00:00:00.123456789Z",
            "Sat, 23 Aug 2025 00:00:00 GMT",
            "Saturday, 23-Aug-25 00:00:00 GMT",
            "Sat Aug 23 00:00:00 2025",
        ] {
            assert_eq!(RetryAfter::parse(instant), midnight, "{instant}");
        }
    }

    #[test]
    fn what_is_none_of_them() {
        for nonsense in [
            "",
            "-1",
            "1.",
            ".5",
            "1.5.5",
            "1.5s",
            "1,5",
            "1e3",
            "+1",
            "soon",
            "2025-08-23",
            "2025-08-23T00:00:00",
            "2025-08-23T24:00:00Z",
            "2025-08-23T23:60:00Z",
            "2025-08-23T23:59:61Z",
            "2025-08-23T00:00:00+24:00",
            "2025-08-23T00:00:00-23:60",
            "2025-08-23T00:00:00+1:00",
            "2025-08-23T00:00:00+001:00",
            "2025-08-23T00:00:00+0a:00",
            "2025-08-23T00:00:00.1234567890Z",
            "2025-08-23T00:00:0aZ",
            "2025-8-23T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2025-13-01T00:00:00Z",
            "2025-08-23T00:00:00.Z",
            "2025-08-23T00:00:00+25:00",
            "2025-08-23T00:00:00Zulu",
            "1969-12-31T23:59:59Z",
            "20250823T000000Z",
            "+025-08-23T00:00:00Z",
            "٢٠٢٥-08-23T00:00:00Z",
        ] {
            assert_eq!(RetryAfter::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_wrong_clock_on_this_machine_does_not_change_the_wait() {
        let midnight = RetryAfter::At(at(10_000));
        let (server, this_machine) = (at(9_940), at(2_000));
        assert_eq!(
            midnight.delay(this_machine, Some(server)),
            Duration::from_secs(60)
        );
        assert_eq!(midnight.instant(this_machine, Some(server)), at(2_060));
        assert_eq!(midnight.delay(at(20_000), None), Duration::ZERO);
    }

    #[test]
    fn headers_are_read() {
        let mut headers = HeaderMap::new();
        assert_eq!(RetryAfter::of(&headers), None);
        headers.insert(RETRY_AFTER, "3".parse().unwrap());
        headers.insert(DATE, "Fri, 02 Jan 1970 00:00:00 GMT".parse().unwrap());
        assert_eq!(
            RetryAfter::of(&headers),
            Some(RetryAfter::Delay(Duration::from_secs(3)))
        );
        assert_eq!(server_date(&headers), Some(at(86_400)));
    }

    #[cfg(feature = "__test")]
    mod properties {
        use proptest::prelude::*;

        use super::*;

        /// Every second that an HTTP date can express: 1970 to 9999.
        fn instants() -> impl Strategy<Value = SystemTime> {
            (0..253_402_300_800_u64).prop_map(at)
        }

        proptest! {
            /// `httpdate` is the oracle: it knows the calendar without us.
            #[test]
            fn http_dates_and_iso_instants_agree(instant in instants()) {
                let http = httpdate::fmt_http_date(instant);
                let [_, day, month, year, time, _] = http.split(' ').collect::<Vec<_>>()[..] else { panic!("{http}") };
                let month = "JanFebMarAprMayJunJulAugSepOctNovDec".find(month).unwrap() / 3 + 1;
                let iso = format!("{year}-{month:02}-{day}T{time}Z");
                prop_assert_eq!(RetryAfter::parse(&iso), Some(RetryAfter::At(instant)));
                prop_assert_eq!(RetryAfter::parse(&http), Some(RetryAfter::At(instant)));
            }

            #[test]
            fn any_text_is_read_without_a_panic(value in "\\PC*") {
                let _ = RetryAfter::parse(&value);
            }

            #[test]
            fn near_misses_are_read_without_a_panic(value in "[0-9]{0,5}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9:.]{0,9}[Z+-]?[0-9:]{0,5}") {
                let _ = RetryAfter::parse(&value);
            }

            #[test]
            fn any_number_is_a_delay(value in "[0-9]{1,40}([.][0-9]{1,40})?") {
                let Some(RetryAfter::Delay(delay)) = RetryAfter::parse(&value) else { panic!("{value}") };
                prop_assert!(delay <= FAR);
                let now = at(2_000_000_000);
                prop_assert!(RetryAfter::Delay(delay).instant(now, None) >= now);
            }

            #[test]
            fn waits_are_neither_negative_nor_beyond_reason(instant in instants(), now in instants(), date in proptest::option::of(instants())) {
                let after = RetryAfter::At(instant);
                let delay = after.delay(now, date);
                prop_assert!(delay <= FAR);
                prop_assert_eq!(delay.is_zero(), instant <= date.unwrap_or(now));
                prop_assert!(after.instant(now, date) >= now);
            }
        }
    }
}
