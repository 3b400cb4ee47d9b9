//! Reading a `multipart/form-data` body.
//!
//! It is strict, since it checks a client: a body that only a lenient server would accept
//! does not match.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The name, as escaped.
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content: Vec<u8>,
}

/// The parts of a body, or `None` when it is no such form.
pub(super) fn parse(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    let delimiter = format!("--{}", boundary.trim_matches('"'));
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
    let (name, file_name) = match names.split_once("\"; filename=\"") {
        Some((name, file_name)) => (name, Some(file_name.to_owned())),
        None => (names, None),
    };
    let content_type = match lines.next() {
        Some(line) => Some(line.strip_prefix("Content-Type: ")?.to_owned()),
        None => None,
    };
    let whole = lines.next().is_none() && !name.contains('"');
    whole.then_some(Part {
        name: name.to_owned(),
        file_name,
        content_type,
        content: part.get(end + 4..)?.to_owned(),
    })
}

fn find(body: &[u8], needle: &[u8]) -> Option<usize> {
    body.windows(needle.len())
        .position(|window| window == needle)
}
