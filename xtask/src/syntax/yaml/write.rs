//! Writes YAML.

use std::io::{self, Write};

use serde_json::Value;

use super::scalar;

/// Writes `value` as a YAML document in block style, with one line end at the end.
///
/// Texts of several lines are literal blocks. A text is quoted wherever YAML 1.2 or 1.1 could read something else than
/// the text: many readers still follow 1.1.
///
/// # Errors
///
/// Those of `out`.
pub fn write(value: &Value, out: &mut impl Write) -> io::Result<()> {
    match value {
        Value::Object(members) if !members.is_empty() => mapping(value, 0, out),
        Value::Array(items) if !items.is_empty() => list(items, 0, out),
        value => {
            scalar(value, 1, out)?;
            writeln!(out)
        }
    }
}

fn indent(level: usize, out: &mut impl Write) -> io::Result<()> {
    for _ in 0..level {
        out.write_all(b"  ")?;
    }
    Ok(())
}

/// Writes the members of an object; the indentation of the first one stands already.
fn mapping(object: &Value, level: usize, out: &mut impl Write) -> io::Result<()> {
    let members = object.as_object().into_iter().flatten();
    for (index, (key, member)) in members.enumerate() {
        if index > 0 {
            indent(level, out)?;
        }
        // A key that is long or has line ends needs quotes and nothing more.
        match is_plain(key) {
            true => out.write_all(key.as_bytes())?,
            false => quoted(key, out)?,
        }
        out.write_all(b":")?;
        match member {
            Value::Object(inner) if !inner.is_empty() => {
                writeln!(out)?;
                indent(level + 1, out)?;
                mapping(member, level + 1, out)?;
            }
            Value::Array(items) if !items.is_empty() => {
                writeln!(out)?;
                indent(level + 1, out)?;
                list(items, level + 1, out)?;
            }
            member => {
                out.write_all(b" ")?;
                scalar(member, level + 1, out)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

/// Writes the items of a list; the indentation of the first one stands already.
fn list(items: &[Value], level: usize, out: &mut impl Write) -> io::Result<()> {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            indent(level, out)?;
        }
        out.write_all(b"- ")?;
        match item {
            Value::Object(members) if !members.is_empty() => mapping(item, level + 1, out)?,
            Value::Array(items) if !items.is_empty() => list(items, level + 1, out)?,
            item => {
                scalar(item, level + 1, out)?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

/// Writes a value without members, without the end of its line. `level` is that of the lines of a block.
fn scalar(value: &Value, level: usize, out: &mut impl Write) -> io::Result<()> {
    match value {
        Value::String(text) if is_plain(text) => out.write_all(text.as_bytes()),
        Value::String(text) if is_block(text) => block(text, level, out),
        Value::String(text) => quoted(text, out),
        Value::Object(_) => out.write_all(b"{}"),
        Value::Array(_) => out.write_all(b"[]"),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(serde_json::to_writer(out, value)?),
    }
}

/// A text in double quotes. Escapes of JSON are escapes of YAML.
fn quoted(text: &str, out: &mut impl Write) -> io::Result<()> {
    let json = serde_json::to_string(text)?;
    for c in json.chars() {
        match c {
            // JSON lets these stand, YAML does not, or takes them for line ends.
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                write!(out, "\\u{:04x}", u32::from(c))?;
            }
            c => write!(out, "{c}")?,
        }
    }
    Ok(())
}

/// Whether a text can be a literal block: lines without characters that need an escape, the first of which is not
/// indented.
fn is_block(text: &str) -> bool {
    let is_printable = |c: char| matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..);
    text.trim_end_matches('\n').contains('\n')
        && !text.starts_with([' ', '\n'])
        && text.chars().all(is_printable)
}

fn block(text: &str, level: usize, out: &mut impl Write) -> io::Result<()> {
    let body = text.trim_end_matches('\n');
    let keep = match text.len() - body.len() {
        0 => "|-",
        1 => "|",
        _ => "|+",
    };
    out.write_all(keep.as_bytes())?;
    let lines = match keep {
        "|+" => text.strip_suffix('\n').unwrap_or(text),
        _ => body,
    };
    for line in lines.split('\n') {
        writeln!(out)?;
        if !line.is_empty() {
            indent(level, out)?;
            out.write_all(line.as_bytes())?;
        }
    }
    Ok(())
}

/// Words that YAML 1.1 takes for a boolean or for null.
const WORDS: [&str; 12] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<",
];

/// Whether a text can stand without quotes.
fn is_plain(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '$' | '(');
    let is_in_text =
        |c: char| matches!(c, ' '..='~' | '\u{a1}'..='\u{2027}' | '\u{2030}'..='\u{d7ff}');
    let begins = text.starts_with(is_word);
    // `a: b` and `a #b` mean something else; 1.1 reads digits with `:` and `_` as numbers, and dates.
    let is_number_like = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(' ')
        || scalar::number(text).is_some();
    begins
        && text.chars().all(is_in_text)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_number_like
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}
