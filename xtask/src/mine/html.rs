//! Tags and entities of HTML, as far as descriptions have them.

/// A start or end tag of HTML.
pub(super) struct Tag<'a> {
    pub(super) name: String,
    pub(super) is_end: bool,
    attributes: &'a str,
    pub(super) length: usize,
}

impl<'a> Tag<'a> {
    /// The tag at the start of `text`.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let end = 1 + text
            .get(1..)?
            .find(['<', '>'])
            .filter(|end| text.as_bytes().get(end + 1) == Some(&b'>'))?;
        let inner = text.get(1..end)?;
        let (is_end, inner) = inner
            .strip_prefix('/')
            .map_or((false, inner), |inner| (true, inner));
        let name_length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, attributes) = inner.split_at_checked(name_length)?;
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && (attributes.is_empty()
                || attributes.starts_with(|c: char| c.is_whitespace() || c == '/'));
        is_tag.then(|| Self {
            name: name.to_ascii_lowercase(),
            is_end,
            attributes,
            length: end + 1,
        })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            let (key, value) = rest.split_once('=')?;
            let value = value.trim_start();
            let (value, tail) = match value.chars().next()? {
                quote @ ('"' | '\'') => value.get(1..)?.split_once(quote)?,
                _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            if key.trim().eq_ignore_ascii_case(name) {
                return Some(value.trim());
            }
            rest = tail;
        }
    }
}

/// Entities that become their character. `&lt;`, `&gt;` and `&amp;` stay: the character would mean something.
pub(super) const ENTITIES: [(&str, &str); 16] = [
    ("&nbsp;", " "),
    ("&mdash;", "—"),
    ("&ndash;", "–"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#34;", "\""),
    ("&#x27;", "'"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&hellip;", "…"),
    ("&bull;", "•"),
    ("&middot;", "·"),
    ("&rarr;", "→"),
];

/// All entities of a text that goes where none have a meaning.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = text.to_owned();
    if text.contains('&') {
        for (name, character) in
            ENTITIES
                .iter()
                .chain(&[("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")])
        {
            decoded = decoded.replace(name, character);
        }
    }
    decoded
}
