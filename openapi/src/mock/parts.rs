//! Reading a `multipart/form-data` body.
//!
//! It is strict, since it checks a client: a body that only a lenient server would accept
//! does not match.

pub(super) struct Part {
    /// The name, as escaped.
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// What begins each part of a form, and ends the last one.
pub(super) fn delimiter(content_type: &str) -> Option<String> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    Some(format!("--{}", boundary.trim_matches('"')))
}

/// The parts of a body, or `None` when it is no such form.
pub(super) fn parse(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let delimiter = delimiter(content_type)?;
    let mut rest = body.strip_prefix(delimiter.as_bytes())?;
    let delimiter = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    while rest != b"--\r\n" {
        let part = rest.strip_prefix(b"\r\n")?;
        let end = find(part, delimiter.as_bytes())?;
        parts.push(read(part.get(..end)?)?);
        rest = part.get(end + delimiter.len()..)?;
    }
    Some(parts)
}

fn read(part: &[u8]) -> Option<Part> {
    let end = find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(part.get(..end)?).ok()?;
    let mut lines = head.split("\r\n");
    let names = lines
        .next()?
        .strip_prefix("Content-Disposition: form-data; name=\"")?
        .strip_suffix('"')?;
    let (name, _) = names.split_once("\"; filename=\"").unwrap_or((names, ""));
    if let Some(line) = lines.next() {
        line.strip_prefix("Content-Type: ")?;
    }
    let whole = lines.next().is_none() && !name.contains('"');
    whole.then_some(Part {
        name: name.to_owned(),
        content: part.get(end + 4..)?.to_owned(),
    })
}

fn find(body: &[u8], needle: &[u8]) -> Option<usize> {
    body.windows(needle.len())
        .position(|window| window == needle)
}
