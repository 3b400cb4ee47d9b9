//! Keys that are data: an object keyed by ids, dates or addresses is a map, not a record.

use super::format::{is_date, is_date_time, is_email, is_uuid};

/// Whether `key` is a value rather than a name.
pub(super) fn is_data(key: &str) -> bool {
    is_uuid(key)
        || is_date(key)
        || is_date_time(key)
        || is_email(key)
        || is_number(key)
        || is_opaque_id(key)
}

/// Whether `key` is one that Postman's importer makes up where any key may stand: `key_0`, `key_1` ….
pub(super) fn is_made_up(key: &str) -> bool {
    key.strip_prefix("key_").is_some_and(is_number)
}

fn is_number(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// Sixteen or more characters of which some are digits: hexadecimal, or mixed in case with digits throughout, as
/// base64 ids are. Names are neither, however long: `sha256Base64EncodedBodyHash` has its digits together.
fn is_opaque_id(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    if key.len() < 16
        || digits < 2
        || !key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_+/=".contains(&byte))
    {
        return false;
    }
    let hexadecimal = key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let runs = key
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .count();
    let (lower, upper) = (
        key.bytes().any(|byte| byte.is_ascii_lowercase()),
        key.bytes().any(|byte| byte.is_ascii_uppercase()),
    );
    hexadecimal || (lower && upper && runs >= 3)
}
