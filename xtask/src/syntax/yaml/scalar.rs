//! Plain scalars in the core schema of YAML 1.2.

use serde_json::{Number, Value};

/// The value of a plain scalar; a text where no rule of the schema fits.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| text.into(), Value::Number),
    }
}

/// The number that `text` stands for. `.inf` and `.nan` are not numbers of JSON, and stay texts.
pub(super) fn number(text: &str) -> Option<Number> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return None;
    }
    let radix = |digits: &str, radix| u64::from_str_radix(digits, radix).ok().map(Number::from);
    let is_digits = |digits: &str, fits: fn(&u8) -> bool| {
        !digits.is_empty() && digits.as_bytes().iter().all(fits)
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return is_digits(digits, u8::is_ascii_hexdigit)
            .then(|| radix(digits, 16))
            .flatten();
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return is_digits(digits, |digit| (b'0'..=b'7').contains(digit))
            .then(|| radix(digits, 8))
            .flatten();
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if is_digits(unsigned, u8::is_ascii_digit) {
        let integer = text.parse::<i64>().map(Number::from);
        let integer = integer.or_else(|_| text.parse::<u64>().map(Number::from));
        return integer
            .ok()
            .or_else(|| Number::from_f64(text.parse().ok()?));
    }
    is_float(unsigned)
        .then(|| Number::from_f64(text.parse().ok()?))
        .flatten()
}

/// `.5`, `1.`, `1.5`, `1e3`, without a sign.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let is_digits = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    let is_mantissa = match mantissa.split_once('.') {
        Some((whole, "")) => !whole.is_empty() && is_digits(whole),
        Some((whole, part)) => is_digits(whole) && is_digits(part),
        None => !mantissa.is_empty() && is_digits(mantissa),
    };
    is_mantissa
        && exponent.is_none_or(|exponent| {
            let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !digits.is_empty() && is_digits(digits)
        })
}
