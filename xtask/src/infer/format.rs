//! Formats of texts, claimed only where every value agrees.

/// The formats that a text has, as a set; several texts have what their sets share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Formats(u8);

const DATE_TIME: u8 = 1;
const DATE: u8 = 1 << 1;
const UUID: u8 = 1 << 2;
const EMAIL: u8 = 1 << 3;
const IPV4: u8 = 1 << 4;
const URI: u8 = 1 << 5;

/// The name of each format and how to tell it; a text has at most one, but for odd URIs.
const NAMES: [(u8, &str); 6] = [
    (DATE_TIME, "date-time"),
    (DATE, "date"),
    (UUID, "uuid"),
    (EMAIL, "email"),
    (IPV4, "ipv4"),
    (URI, "uri"),
];
const TESTS: [Test; 6] = [
    (DATE_TIME, is_date_time),
    (DATE, is_date),
    (UUID, is_uuid),
    (EMAIL, is_email),
    (IPV4, is_ipv4),
    (URI, is_uri),
];
type Test = (u8, fn(&str) -> bool);

impl Formats {
    /// What holds before any value was seen.
    pub(super) const ALL: Self = Self(u8::MAX);

    /// What holds once two values disagree.
    pub(super) const NONE: Self = Self(0);

    /// The formats of one text.
    pub(super) fn of(text: &str) -> Self {
        if text.contains("{{") {
            // A variable has no value yet.
            return Self::NONE;
        }
        let mut set = 0;
        for (format, test) in TESTS {
            if test(text) {
                set |= format;
            }
        }
        Self(set)
    }

    /// What both have.
    pub(super) fn intersect(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a text was not of the format of this name; never for a format that is not one of these.
    pub(super) fn refute(self, name: &str) -> bool {
        NAMES
            .iter()
            .any(|(format, known)| *known == name && self.0 & format == 0)
    }

    /// The format to claim: none before any value was seen, and none that the values do not share.
    pub(super) fn name(self) -> Option<&'static str> {
        if self == Self::ALL {
            return None;
        }
        NAMES
            .iter()
            .find(|(format, _)| self.0 & format != 0)
            .map(|(_, name)| *name)
    }
}

/// Whether a text has the format of this name. None has one that cannot be told.
pub(super) fn has(text: &str, name: &str) -> bool {
    match name {
        // They say how to treat a text, not what is in it.
        "binary" | "password" => true,
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        name => NAMES
            .iter()
            .any(|(format, known)| *known == name && Formats::of(text).0 & format != 0),
    }
}

fn is_ipv4(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

/// RFC 3339 `full-date`.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, byte)| match i {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && in_range(text.get(5..7), 1, 12)
        && in_range(text.get(8..10), 1, days(text))
}

/// How many days the month of a date has.
fn days(date: &str) -> u8 {
    let year: u16 = date
        .get(..4)
        .unwrap_or_default()
        .parse()
        .unwrap_or_default();
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match date.get(5..7) {
        Some("02") if is_leap => 29,
        Some("02") => 28,
        Some("04" | "06" | "09" | "11") => 30,
        _ => 31,
    }
}

/// RFC 3339 `date-time`: an offset is required.
pub(super) fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(rest)) = (text.get(..10), text.get(10..)) else {
        return false;
    };
    let Some(rest) = rest.strip_prefix(['T', 't']) else {
        return false;
    };
    let (Some(time), Some(rest)) = (rest.get(..8), rest.get(8..)) else {
        return false;
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
        None => rest,
    };
    is_date(date) && is_clock(time, true) && (matches!(rest, "Z" | "z") || is_offset(rest))
}

fn is_offset(text: &str) -> bool {
    text.strip_prefix(['+', '-'])
        .is_some_and(|clock| is_clock(clock, false))
}

/// `hh:mm:ss` or `hh:mm`.
fn is_clock(text: &str, seconds: bool) -> bool {
    text.len() == if seconds { 8 } else { 5 }
        && text.bytes().enumerate().all(|(i, byte)| {
            if i % 3 == 2 {
                byte == b':'
            } else {
                byte.is_ascii_digit()
            }
        })
        && in_range(text.get(..2), 0, 23)
        && in_range(text.get(3..5), 0, 59)
        && (!seconds || in_range(text.get(6..8), 0, 60))
}

fn in_range(digits: Option<&str>, low: u8, high: u8) -> bool {
    digits
        .and_then(|digits| digits.parse::<u8>().ok())
        .is_some_and(|number| (low..=high).contains(&number))
}

/// Eight, four, four, four and twelve hexadecimal digits, in either case.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, byte)| match i {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// One `@` between a plain local part and a domain with a dot; stricter than the RFC, as guesses should be.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && local
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
        })
}

/// An absolute URI with an authority: `example.com/x` and `a:b` are too likely something else.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !rest.is_empty()
        && rest.chars().all(|c| {
            c.is_ascii_graphic()
                && !matches!(
                    c,
                    '"' | '<' | '>' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}'
                )
        })
        && rest.split('%').skip(1).all(|escaped| {
            let digits = escaped.get(..2).unwrap_or_default();
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
        && rest.matches('#').count() < 2
}
