//! The rule for values of path parameters.
//!
//! A URL parser removes `.`, and `..` with the segment before it, and reads a backslash as a
//! slash; an empty segment addresses the collection. Servers and proxies that decode a path
//! once too often do the same to encoded values, so the rule applies to the completely decoded
//! value. Slashes are allowed: the client encodes them.

use std::borrow::Cow;

use super::Problem;

/// The problem of `value` as a segment of a path.
pub(super) fn problem(value: &str) -> Option<Problem> {
    let decoded = decode(value);
    if decoded.is_empty() {
        return Some(Problem::EmptySegment);
    }
    if decoded
        .split(|byte| *byte == b'/')
        .any(|part| matches!(part, b"." | b".."))
    {
        return Some(Problem::DotSegment);
    }
    let refused = |byte: &u8| *byte == b'\\' || byte.is_ascii_control();
    // Above ASCII, the control characters are U+0080 to U+009F.
    let control = decoded
        .windows(2)
        .any(|pair| matches!(pair, [0xc2, 0x80..=0x9f]));
    (decoded.iter().any(refused) || control).then_some(Problem::SegmentCharacter)
}

/// `value`, percent-decoded until nothing can be decoded any more.
fn decode(value: &str) -> Cow<'_, [u8]> {
    if !value.contains('%') {
        return value.as_bytes().into();
    }
    let mut out = Vec::with_capacity(value.len());
    for byte in value.bytes() {
        out.push(byte);
        // What has just been decoded may complete another triplet.
        while let [.., b'%', high, low] = out.as_slice()
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            out.truncate(out.len() - 3);
            out.push(high << 4 | low);
        }
    }
    out.into()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// A whole path, with all characters encoded that a path cannot contain; triplets stay unchanged.
pub(super) fn encode(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    for (at, byte) in bytes.iter().copied().enumerate() {
        let triplet = || {
            let digits = bytes.get(at + 1..at + 3).unwrap_or_default();
            digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit)
        };
        let kept = byte.is_ascii_alphanumeric()
            || b"/-._~!$&'()*+,;=:@".contains(&byte)
            || byte == b'%' && triplet();
        if kept {
            out.push(char::from(byte));
        } else {
            let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
            out.push('%');
            out.push(digit(byte >> 4).to_ascii_uppercase());
            out.push(digit(byte & 0xf).to_ascii_uppercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Problem, encode, problem};

    #[test]
    fn a_path_keeps_what_is_encoded() {
        assert_eq!(encode("/a b/%2F/100%/ä=="), "/a%20b/%2F/100%25/%C3%A4==");
    }

    #[test]
    fn what_would_address_another_resource_is_refused() {
        for value in ["", "%", "a"] {
            assert_eq!(problem(value).is_some(), value.is_empty(), "{value:?}");
        }
        for value in [
            ".",
            "..",
            "%2e",
            "%2E%2e",
            ".%2e",
            "%252e%252e",
            "%25%32e.",
            "../a",
            "a/..",
            "a%2F..%2fb",
            "a%252f.",
        ] {
            assert_eq!(problem(value), Some(Problem::DotSegment), "{value:?}");
        }
        for value in [
            "a\\b", "\\", "%5c", "a%255Cb", "a\nb", "\0", "%00", "\u{7f}", "\u{85}", "%C2%85",
        ] {
            assert_eq!(problem(value), Some(Problem::SegmentCharacter), "{value:?}");
        }
    }

    #[test]
    fn everything_else_is_sent() {
        for value in [
            "a/b==", "...", ".a", "a.", "a..b", "%41", "100%", "%zz", "ä", "a b", "?", "#", "a;b",
            "@", "/",
        ] {
            assert_eq!(problem(value), None, "{value:?}");
        }
    }
}
