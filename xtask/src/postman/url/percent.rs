//! Percent-encoding.

/// Decodes a text, where that gives text. A plus stands for a space only in a query that is written as text.
pub(super) fn decode(text: &str, has_plus: bool) -> String {
    if !text.contains(['%', '+']) {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = encoded(&mut rest).or_else(|| plain(&mut rest, has_plus)) {
        bytes.push(byte);
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Writes a text in the one form in which it stands in a path: letters, digits and `-._~` as they are, and the digits of
/// what else is encoded in upper case.
pub(super) fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.find('%').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let mut bytes = after.bytes();
        let run: Vec<u8> = std::iter::from_fn(|| encoded(&mut bytes)).collect();
        // A sign that encodes nothing stays.
        let length = match run.len() {
            0 => 1,
            count => 3 * count,
        };
        match std::str::from_utf8(&run) {
            Ok("") => out.push('%'),
            Ok(text) => text.chars().for_each(|c| write(c, &mut out)),
            Err(_) => encode(&run, &mut out),
        }
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn write(c: char, out: &mut String) {
    match c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') {
        true => out.push(c),
        false => encode(c.encode_utf8(&mut [0; 4]).as_bytes(), out),
    }
}

fn encode(bytes: &[u8], out: &mut String) {
    out.extend(bytes.iter().map(|byte| format!("%{byte:02X}")));
}

/// The next byte, if it is encoded; else `bytes` stay.
fn encoded(bytes: &mut (impl Iterator<Item = u8> + Clone)) -> Option<u8> {
    let mut ahead = bytes.clone();
    let sign = ahead.next().filter(|byte| *byte == b'%');
    let (high, low) = sign.and(ahead.next().and_then(hex).zip(ahead.next().and_then(hex)))?;
    *bytes = ahead;
    Some(high * 16 + low)
}

fn plain(bytes: &mut impl Iterator<Item = u8>, has_plus: bool) -> Option<u8> {
    match bytes.next()? {
        b'+' if has_plus => Some(b' '),
        byte => Some(byte),
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_one_text_are_one() {
        for (written, expected) in [
            ("%61%2db%2Fc", "a-b%2Fc"),
            ("a%2fb%7e", "a%2Fb~"),
            ("caf%c3%a9", "café"),
            ("%e2%82%ac", "%E2%82%AC"),
            ("%ff%41", "%FF%41"),
            ("100%", "100%"),
            ("%%41%4", "%A%4"),
            ("%zz%é", "%zz%é"),
            ("", ""),
        ] {
            let once = canonical(written);
            assert_eq!(once, expected, "{written}");
            assert_eq!(canonical(&once), once);
        }
    }
}
