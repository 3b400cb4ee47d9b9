//! The parts of a URL's text, before anything in them is read. What stands between `{{` and `}}`, or between `<` and `>`, is
//! a name, whatever its other characters.

/// The parts of a URL.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    /// Before `://`.
    pub scheme: Option<&'t str>,
    /// Before `@`.
    pub credentials: Option<&'t str>,
    pub host: &'t str,
    pub port: Option<&'t str>,
    /// With the slash that it begins with; empty if there is none.
    pub path: &'t str,
    pub query: Option<&'t str>,
}

/// Schemes of URLs that have no host.
const OPAQUE: [&str; 10] = [
    "about",
    "blob",
    "data",
    "file",
    "javascript",
    "mailto",
    "sms",
    "tel",
    "urn",
    "chrome",
];

/// Splits `text`; `None` if it is a URL without a host, such as `about:blank`.
pub(super) fn split(text: &str) -> Option<Parts<'_>> {
    let mut parts = Parts::default();
    let rest = cut(text, '#').map_or(text, |(before, _)| before);
    let rest = match cut(rest, '?') {
        Some((rest, query)) => {
            parts.query = Some(query);
            rest
        }
        None => rest,
    };
    let (scheme, rest) = scheme(rest);
    parts.scheme = scheme.filter(|scheme| !scheme.is_empty());
    let (authority, path) = rest.split_at(find(rest, '/').unwrap_or(rest.len()));
    parts.path = path;
    let authority = match find_last(authority, '@') {
        Some(at) => {
            let (credentials, host) = authority.split_at(at);
            parts.credentials = Some(credentials);
            host.trim_start_matches('@')
        }
        None => authority,
    };
    // The colons of an IPv6 address stand in brackets.
    let after_brackets = authority.rfind(']').map_or(0, |at| at + 1);
    let (brackets, rest) = authority.split_at(after_brackets);
    (parts.host, parts.port) = match find(rest, ':') {
        Some(at) => {
            let (host, port) = rest.split_at(at);
            let host = authority.get(..brackets.len() + host.len());
            (host.unwrap_or_default(), port.get(1..))
        }
        None => (authority, None),
    };
    parts.host = parts.host.trim();
    parts.port = parts.port.map(str::trim).filter(|port| !port.is_empty());
    let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let is_opaque = parts.scheme.is_none()
        && parts.port.is_some_and(|port| !is_number(port))
        && OPAQUE.contains(&parts.host.to_ascii_lowercase().as_str());
    let has_no_host = parts.scheme.is_some_and(|scheme| OPAQUE.contains(&scheme));
    (!is_opaque && !has_no_host).then_some(parts)
}

/// The scheme of a URL, and what stands behind `//`. Of several the last one counts: a variable in the place of the host
/// holds its own.
fn scheme(text: &str) -> (Option<&str>, &str) {
    let mut found = one_slash(text).unwrap_or((None, text));
    while let Some((before, rest)) = find(found.1, '/').and_then(|at| found.1.split_at_checked(at))
        && rest.starts_with("//")
    {
        let rest = rest.trim_start_matches('/');
        found = match before.strip_suffix(':') {
            Some(scheme) => (Some(scheme), rest),
            None if before.is_empty() && found.0.is_none() => return (None, rest),
            None => break,
        };
    }
    found
}

/// The scheme of a URL that is mistyped with one slash behind it, as browsers and Postman read it, and what stands behind.
fn one_slash(text: &str) -> Option<(Option<&str>, &str)> {
    let (scheme, rest) = text.split_once(":/")?;
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    (is_web && !rest.starts_with('/')).then_some((Some(scheme), rest))
}

/// What stands before the first `separator` outside of names, and what after it.
pub(super) fn cut(text: &str, separator: char) -> Option<(&str, &str)> {
    let at = find(text, separator)?;
    Some((text.get(..at)?, text.get(at + separator.len_utf8()..)?))
}

fn find(text: &str, wanted: char) -> Option<usize> {
    outside(text).find(|(_, c)| *c == wanted).map(|(at, _)| at)
}

fn find_last(text: &str, wanted: char) -> Option<usize> {
    let all = outside(text).filter(|(_, c)| *c == wanted);
    all.last().map(|(at, _)| at)
}

/// The parts of `text` between the separators that stand outside of names.
pub(super) fn split_all(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in outside(text).filter(|(_, c)| *c == separator) {
        parts.push(text.get(from..at).unwrap_or_default());
        from = at + separator.len_utf8();
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// The characters of a text outside of names, with where they stand.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    // Where no name ends behind: without this, a text of many openings alone would take time by its square.
    let mut ends_braces = true;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let c = rest.chars().next()?;
            let name = match c {
                '{' if ends_braces && rest.starts_with("{{") => {
                    let end = rest.find("}}").map(|end| end + 2);
                    ends_braces = end.is_some();
                    end
                }
                '<' => {
                    // Another opening one shows that this one begins no name: `<5&tag=<tag>`.
                    let name = rest.get(1..).unwrap_or_default();
                    let end = name.find(['<', '>']).map(|end| end + 1);
                    end.filter(|end| rest.as_bytes().get(*end) == Some(&b'>'))
                        .map(|end| end + 1)
                }
                _ => None,
            };
            match name {
                Some(length) => at += length,
                None => {
                    let found = (at, c);
                    at += c.len_utf8();
                    return Some(found);
                }
            }
        }
    })
}
