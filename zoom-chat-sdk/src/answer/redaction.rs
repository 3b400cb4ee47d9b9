//! Removes secrets from texts of a server, in whatever encoding the server repeats them.
//!
//! A text is searched as it is and after each layer of escapes is removed (percent, JSON, HTML), for each secret in
//! plain text, in hexadecimal and in base64, ignoring white space and the case of letters. The matching part of the
//! original text is removed.

use std::{borrow::Cow, ops::Range};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};

/// Shorter values are not treated as secrets: removing them would damage texts that contain them by chance.
const SHORTEST: usize = 8;
/// The number of layers of escapes that are removed.
const LAYERS: usize = 4;
const REDACTED: &str = "[redacted]";

/// The secrets that a request contained.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Redaction<'a>(pub(crate) &'a [&'a str]);

impl Redaction<'_> {
    /// `text` without the secrets.
    pub(crate) fn of<'t>(self, text: &'t str) -> Cow<'t, str> {
        let hidden = self.find(text);
        if hidden.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut clean = String::with_capacity(text.len());
        let mut from = 0;
        for range in hidden {
            clean.push_str(text.get(from..range.start).unwrap_or_default());
            clean.push_str(REDACTED);
            from = range.end;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(clean)
    }

    /// Whether `text` shows a secret.
    pub(crate) fn is_in(self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    /// The ranges of `text` that contain secrets, in order, neither adjacent nor overlapping.
    fn find(self, text: &str) -> Vec<Range<usize>> {
        if self.0.iter().all(|secret| is_far_from(secret, text)) {
            return Vec::new();
        }
        self.look_for(text)
    }

    /// The same, by the complete search.
    fn look_for(self, text: &str) -> Vec<Range<usize>> {
        let forms: Vec<_> = self.0.iter().flat_map(|secret| forms(secret)).collect();
        if forms.is_empty() || text.len() < SHORTEST {
            return Vec::new();
        }
        let mut units = units(text);
        let mut found = Vec::new();
        for _ in 0..LAYERS {
            for form in &forms {
                search(&units, form, &mut found);
            }
            match unescape(&units) {
                Some(inner) => units = inner,
                None => break,
            }
        }
        merge(found)
    }
}

/// A quick check whether `text` certainly does not contain the secret, which is true of nearly every text: it has no
/// escapes and no white space, and does not contain the beginning of any form. It runs for each answer, so it does not
/// allocate.
fn is_far_from(secret: &str, text: &str) -> bool {
    let secret = secret.as_bytes();
    let is_plain = |byte: &u8| !is_passed_over(*byte) && !matches!(byte, b'%' | b'\\' | b'&');
    if secret.len() < SHORTEST {
        return true;
    }
    if !secret.iter().all(is_plain) || !text.bytes().all(|byte| is_plain(&byte)) {
        return false;
    }
    let Some(beginnings) = beginnings(secret) else {
        return false;
    };
    text.as_bytes().windows(SHORTEST).all(|window| {
        beginnings
            .iter()
            .all(|beginning| !window.eq_ignore_ascii_case(beginning))
    })
}

/// The beginning of each form of a secret.
fn beginnings(secret: &[u8]) -> Option<[[u8; SHORTEST]; 8]> {
    let mut beginnings = [[0; SHORTEST]; 8];
    let [raw, hexadecimal, encoded @ ..] = &mut beginnings;
    raw.copy_from_slice(secret.get(..SHORTEST)?);
    for (digits, byte) in hexadecimal.chunks_mut(2).zip(secret) {
        let digit = |value: u8| u8::try_from(char::from_digit(value.into(), 16)?).ok();
        digits.copy_from_slice(&[digit(byte >> 4)?, digit(byte & 15)?]);
    }
    let engines = [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD];
    for (at, beginning) in encoded.iter_mut().enumerate() {
        let before = at / 2;
        // Nine bytes make twelve characters: eight, and those before that depend on other bytes.
        let mut whole = [0; 9];
        for (byte, of_secret) in whole.iter_mut().skip(before).zip(secret) {
            *byte = *of_secret;
        }
        let mut characters = [0; 12];
        engines
            .get(at % 2)?
            .encode_slice(whole, &mut characters)
            .ok()?;
        let first = (before * 4).div_ceil(3);
        beginning.copy_from_slice(characters.get(first..first + SHORTEST)?);
    }
    Some(beginnings)
}

/// The forms in which a secret may be written, in lower case and without white space.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    let bytes = secret.as_bytes();
    let mut forms = vec![bytes.to_vec()];
    forms.push(
        bytes
            .iter()
            .flat_map(|byte| format!("{byte:02x}").into_bytes())
            .collect(),
    );
    for before in 0..3 {
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let mut whole = vec![0; before];
            whole.extend_from_slice(bytes);
            let encoded = engine.encode(&whole).into_bytes();
            // The characters at the ends depend on what stands before and behind.
            let first = (before * 4).div_ceil(3);
            let last = encoded.len() - usize::from(whole.len() % 3 != 0);
            forms.extend(encoded.get(first..last).map(<[u8]>::to_vec));
        }
    }
    for form in &mut forms {
        form.retain(|byte| !is_passed_over(*byte));
        form.make_ascii_lowercase();
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// A byte of a text after some layers of escapes, and its place in the original text.
#[derive(Clone, Copy)]
struct Unit {
    byte: u8,
    start: usize,
    end: usize,
}

fn is_passed_over(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte.is_ascii_control()
}

fn units(text: &str) -> Vec<Unit> {
    let unit = |(start, byte): (usize, u8)| Unit {
        byte: byte.to_ascii_lowercase(),
        start,
        end: start + 1,
    };
    let bytes = text.bytes().enumerate();
    bytes
        .filter(|(_, byte)| !is_passed_over(*byte))
        .map(unit)
        .collect()
}

/// Adds the places of `form`, also where the units end in the middle of it, since the text may be incomplete.
fn search(units: &[Unit], form: &[u8], found: &mut Vec<Range<usize>>) {
    let matches = |window: &[Unit], form: &[u8]| {
        window
            .iter()
            .zip(form)
            .all(|(unit, byte)| unit.byte == *byte)
    };
    let mut add = |window: &[Unit]| {
        if let [first, ..] = window
            && let [.., last] = window
        {
            found.push(first.start..last.end);
        }
    };
    for window in units.windows(form.len()) {
        if matches(window, form) {
            add(window);
        }
    }
    for length in (SHORTEST..form.len().min(units.len() + 1)).rev() {
        let tail = units.get(units.len() - length..).unwrap_or_default();
        if matches(tail, form) {
            return add(tail);
        }
    }
}

/// The units with one layer of escapes removed, if there are any.
fn unescape(units: &[Unit]) -> Option<Vec<Unit>> {
    let bytes: Vec<u8> = units.iter().map(|unit| unit.byte).collect();
    let mut inner = Vec::with_capacity(units.len());
    let mut at = 0;
    while let (Some(first), Some(rest)) = (units.get(at), bytes.get(at..)) {
        let (byte, length) = escape(rest).unwrap_or((first.byte, 1));
        let end = units
            .get(at + length - 1)
            .map_or(first.end, |unit| unit.end);
        at += length;
        if !is_passed_over(byte) {
            inner.push(Unit {
                byte: byte.to_ascii_lowercase(),
                start: first.start,
                end,
            });
        }
    }
    (inner.len() < units.len()).then_some(inner)
}

/// The byte that an escape at the start of `text` means, and the length of the escape.
fn escape(text: &[u8]) -> Option<(u8, usize)> {
    const NAMES: [(&[u8], u8); 5] = [
        (b"&amp;", b'&'),
        (b"&apos;", b'\''),
        (b"&gt;", b'>'),
        (b"&lt;", b'<'),
        (b"&quot;", b'"'),
    ];
    let number = |digits: &[u8], radix| {
        let digits = std::str::from_utf8(digits).ok()?;
        u8::from_str_radix(digits, radix).ok()
    };
    match text {
        [b'%', high, low, ..] => Some((number(&[*high, *low], 16)?, 3)),
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((number(&[*high, *low], 16)?, 6)),
        [b'\\', b'x', high, low, ..] => Some((number(&[*high, *low], 16)?, 4)),
        [b'\\', byte @ (b'\\' | b'/' | b'"' | b'\''), ..] => Some((*byte, 2)),
        [b'&', b'#', rest @ ..] => {
            let length = rest.iter().take(10).position(|byte| *byte == b';')?;
            let byte = match rest.get(..length)? {
                [b'x', digits @ ..] => number(digits, 16)?,
                digits => number(digits, 10)?,
            };
            Some((byte, length + 3))
        }
        [b'&', ..] => NAMES
            .iter()
            .find(|(name, _)| text.starts_with(name))
            .map(|(name, byte)| (*byte, name.len())),
        _ => None,
    }
}

fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::*;

    const SECRET: &str = "eyJ-canary/2f+1c9b.Sig_na=ture";

    fn clean(text: &str) -> String {
        Redaction(&[SECRET]).of(text).into_owned()
    }

    fn percent(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02X}")).collect()
    }

    fn unicode(text: &str) -> String {
        text.bytes().map(|byte| format!("\\u{byte:04x}")).collect()
    }

    #[test]
    fn every_form_is_cut_out() {
        let form_encoded = SECRET
            .replace('/', "%2F")
            .replace('+', "%2b")
            .replace('=', "%3D");
        let html: String = SECRET.bytes().map(|byte| format!("&#{byte};")).collect();
        let hex: String = SECRET.bytes().map(|byte| format!("{byte:02X}")).collect();
        let (head, tail) = SECRET.split_at(9);
        let forms = [
            SECRET.to_owned(),
            SECRET.to_uppercase(),
            percent(SECRET),
            percent(&percent(SECRET)),
            form_encoded,
            unicode(SECRET),
            unicode(&unicode(SECRET)),
            unicode(&percent(SECRET)),
            SECRET.replace('/', "\\/"),
            html,
            hex,
            STANDARD.encode(SECRET),
            URL_SAFE.encode(SECRET),
            STANDARD.encode(format!("a client:{SECRET}")),
            STANDARD.encode(format!("the client:{SECRET}!")),
            URL_SAFE.encode(format!("client:{SECRET}??")),
            percent(&STANDARD.encode(SECRET)),
            format!("{head}\r\n {tail}"),
        ];
        for form in forms {
            let shown = clean(&format!("<{form}> was sent"));
            assert!(shown.contains(REDACTED), "{form}: {shown}");
            assert!(shown.ends_with("> was sent"), "{form}: {shown}");
            assert!(!shown.contains(&form), "{form}: {shown}");
            // At most the characters that a secret shares with its neighbours in base64 are left.
            assert!(shown.len() < 60, "{form}: {shown}");
        }
    }

    #[test]
    fn a_text_that_ends_within_a_secret_shows_none_of_it() {
        for length in SHORTEST..SECRET.len() {
            let cut = SECRET.get(..length).unwrap();
            assert_eq!(clean(&format!("sent {cut}")), "sent [redacted]");
        }
    }

    #[test]
    fn what_is_too_short_is_no_secret() {
        for short in ["", "t", "token", "7 bytes"] {
            assert_eq!(
                Redaction(&[short]).of("Invalid access token: 7 bytes"),
                "Invalid access token: 7 bytes"
            );
        }
        assert_eq!(Redaction(&["8 bytes!"]).of("<8 bytes!>"), "<[redacted]>");
    }

    #[test]
    fn the_rest_of_a_text_stays_as_it_was() {
        let text = format!("größer%41 \\n &amp; {SECRET}{SECRET} ß {SECRET}");
        assert_eq!(clean(&text), "größer%41 \\n &amp; [redacted] ß [redacted]");
        assert!(matches!(
            Redaction(&[SECRET]).of("nothing to see"),
            Cow::Borrowed(_)
        ));
    }

    #[cfg(feature = "__test")]
    mod properties {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn any_text_can_be_looked_through(text in "\\PC{0,80}", before in "[%&\\\\#ux0-9;]{0,9}") {
                let whole = format!("{before}{text}{SECRET}{text}");
                let shown = clean(&whole);
                prop_assert!(!Redaction(&[SECRET]).is_in(&shown), "{}", shown);
            }
        }

        proptest! {
            #[test]
            fn what_is_far_from_a_secret_does_not_show_it(
                secret in "[ -~]{0,24}",
                before in "[ -~]{0,9}",
                form in 0_usize..9,
                length in 7_usize..40,
                after in "[ -~]{0,3}",
            ) {
                let form = forms(&secret).get(form).cloned().unwrap_or_default();
                let form = String::from_utf8(form.into_iter().take(length).collect()).unwrap();
                for text in [format!("{before}{form}"), format!("{before}{form}{after}")] {
                    if is_far_from(&secret, &text) {
                        prop_assert!(Redaction(&[&secret]).look_for(&text).is_empty());
                    }
                }
            }
        }
    }

    #[test]
    fn an_ordinary_header_is_far_from_a_token() {
        let id = "WEB_5b1f0c9e2a7d4e83a6f1c2d3e4b5a697";
        assert!(is_far_from(SECRET, id));
        for shown in [
            SECRET.split_at(8).0,
            &format!("{id}{SECRET}"),
            "%65yJ-canary",
        ] {
            assert!(!is_far_from(SECRET, shown), "{shown}");
        }
    }
}
