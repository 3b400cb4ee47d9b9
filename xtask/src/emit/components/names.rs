//! Candidates for the names of shapes.

use crate::{
    infer::Segment,
    name::{Key, KeyWords, Stem, pascal},
    site::Site,
};

/// Words that do not say what a shape is: it stays with its operation, however many have it. Some of them mean something
/// else in many languages.
const VAGUE: [&str; 58] = [
    "args",
    "array",
    "attributes",
    "body",
    "box",
    "config",
    "content",
    "data",
    "default",
    "detail",
    "details",
    "element",
    "entry",
    "err",
    "error",
    "extra",
    "field",
    "fields",
    "filter",
    "info",
    "input",
    "item",
    "items",
    "key",
    "list",
    "map",
    "meta",
    "metadata",
    "node",
    "none",
    "object",
    "ok",
    "option",
    "options",
    "other",
    "output",
    "param",
    "parameter",
    "parameters",
    "params",
    "payload",
    "properties",
    "property",
    "query",
    "record",
    "requestobject",
    "responseobject",
    "result",
    "results",
    "self",
    "some",
    "string",
    "type",
    "value",
    "values",
    "variables",
    "vec",
    "wrapper",
];

/// What a shape is for. Shapes with different roles are never the same component.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// The body of an operation, or its answer, or what it is a list or map of.
    Whole {
        /// Whether it is the body.
        is_request: bool,
        /// Empty, or `Item` for each list and `Value` for each map around it.
        suffix: String,
    },
    /// Part of a body or answer, called so.
    Part(String),
}

impl Role {
    pub(super) fn of(site: &Site) -> Self {
        let last_key = site
            .way
            .iter()
            .rposition(|segment| matches!(segment, Segment::Key(_)));
        match last_key.and_then(|index| site.way.get(index..)) {
            Some(way) => {
                let key = key(way);
                Self::Part(
                    key.map(|key| Stem::default().component(&[key]))
                        .unwrap_or_default(),
                )
            }
            None => Self::Whole {
                is_request: site.is_request(),
                suffix: suffix(&site.way),
            },
        }
    }

    /// What a part is called that several operations share, if that says what it is.
    pub(super) fn shared_name(&self) -> Option<&str> {
        match self {
            Self::Part(name) => Some(name.as_str()).filter(|name| {
                name.starts_with(|first: char| first.is_ascii_alphabetic())
                    && !VAGUE.contains(&name.to_ascii_lowercase().as_str())
                    && !could_be_whole(name)
            }),
            Self::Whole { .. } => None,
        }
    }
}

/// The key at the start of a way, if letters are left of it in a name. It has many values if a list or map follows.
fn key(way: &[Segment]) -> Option<KeyWords> {
    let Some(Segment::Key(name)) = way.first() else {
        return None;
    };
    let is_many = matches!(way.get(1), Some(Segment::Item | Segment::Value));
    KeyWords::of(Key { name, is_many })
}

fn suffix(way: &[Segment]) -> String {
    way.iter()
        .map(|segment| match segment {
            Segment::Value => "Value",
            Segment::Item | Segment::Key(_) => "Item",
        })
        .collect()
}

/// Whether a name could be that of a body or answer, of whichever operation: no part is called so, so that an operation
/// never finds its names taken.
pub(super) fn could_be_whole(name: &str) -> bool {
    let mut rest = name;
    loop {
        if rest.ends_with("Request") || rest.ends_with("Response") {
            return true;
        }
        let shorter = ["Item", "Value", "Default"]
            .iter()
            .find_map(|end| rest.strip_suffix(end))
            .unwrap_or_else(|| rest.trim_end_matches(|c: char| c.is_ascii_digit()));
        if shorter == rest {
            return false;
        }
        rest = shorter;
    }
}

/// What the names of an operation's parts begin with.
pub(super) struct Stems {
    operation: Stem,
    request: Stem,
    response: Stem,
}

impl Stems {
    pub(super) fn of(operation: &str) -> Self {
        Self {
            operation: Stem::of(operation),
            request: Stem::of(&format!("{operation}Request")),
            response: Stem::of(&format!("{operation}Response")),
        }
    }
}

/// What to call a part that belongs to an operation, best first: `SendChatMessageAtItem`, then with the keys around it,
/// then with the side that it is on.
pub(super) fn parts(stems: &Stems, site: &Site) -> Vec<String> {
    let keys: Vec<KeyWords> = (0..site.way.len())
        .filter_map(|index| key(site.way.get(index..)?))
        .collect();
    let with_side = if site.is_request() {
        &stems.request
    } else {
        &stems.response
    };
    let mut candidates: Vec<String> = (0..keys.len())
        .rev()
        .filter_map(|from| Some(stems.operation.component(keys.get(from..)?)))
        .collect();
    candidates.push(with_side.component(&keys));
    for candidate in &mut candidates {
        if could_be_whole(candidate) {
            candidate.push_str("Object");
        }
    }
    candidates
}

/// What to call a body or answer, best first. The `plain` status and media type need not be said, whatever else has to.
pub(super) fn whole(operation: &str, site: &Site, plain: &Plain) -> Vec<String> {
    let suffix = suffix(&site.way);
    let media = media(&site.media_type);
    if site.is_request() {
        let plain = (plain.media_type.as_deref() == Some(&*site.media_type))
            .then(|| format!("{operation}Request{suffix}"));
        return plain
            .into_iter()
            .chain([format!("{operation}{media}Request{suffix}")])
            .collect();
    }
    if plain.status.as_deref() == Some(&*site.role) {
        vec![
            format!("{operation}Response{suffix}"),
            format!("{operation}{media}Response{suffix}"),
        ]
    } else {
        let status = pascal(&site.role);
        vec![
            format!("{operation}Response{status}{suffix}"),
            format!("{operation}{media}Response{status}{suffix}"),
        ]
    }
}

/// What the names of an operation's body and answers need not say.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// The usual status of an answer.
    pub status: Option<String>,
    /// The body's usual media type.
    pub media_type: Option<String>,
}

impl Plain {
    /// `sites` are those of bodies and answers, with what the stored document calls them: what has the plain name keeps
    /// it. Otherwise it is the first success (an error always has its status), and JSON.
    pub(super) fn of<'u>(
        operation: &str,
        sites: impl Iterator<Item = (&'u Site, &'u [String])>,
    ) -> Self {
        let mut statuses: Vec<(bool, u8, &str)> = Vec::new();
        let mut media_types: Vec<(bool, bool, &str)> = Vec::new();
        for (site, stored) in sites {
            let side = if site.is_request() {
                "Request"
            } else {
                "Response"
            };
            let name = format!("{operation}{side}{}", suffix(&site.way));
            let is_new = !stored.contains(&name);
            if site.is_request() {
                let is_other = &*site.media_type != "application/json";
                media_types.push((is_new, is_other, &site.media_type));
            } else if let Some(rank) = rank(&site.role) {
                statuses.push((is_new, rank, &site.role));
            }
        }
        let status = statuses.into_iter().min();
        let media_type = media_types.into_iter().min();
        Self {
            status: status.map(|(.., status)| status.to_owned()),
            media_type: media_type.map(|(.., media_type)| media_type.to_owned()),
        }
    }
}

/// The order in which answers are the usual one; `None` for errors.
fn rank(status: &str) -> Option<u8> {
    match status.as_bytes().first() {
        Some(b'2') => Some(0),
        Some(b'1' | b'3') => Some(2),
        Some(b'4' | b'5') => None,
        _ => Some(1),
    }
}

/// A media type in a name.
fn media(media_type: &str) -> String {
    match media_type {
        "application/json" => "Json".to_owned(),
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        other => pascal(other.rsplit('/').next().unwrap_or(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::could_be_whole;

    #[test]
    fn a_part_is_never_called_like_a_body_or_an_answer() {
        for name in [
            "SendRequest",
            "SendResponse",
            "GetResponse201",
            "ListResponseItemItem",
            "XResponseDefault",
        ] {
            assert!(could_be_whole(name), "{name}");
        }
        for name in [
            "SendAtItem",
            "Requester",
            "SendRequestObject",
            "Item",
            "201",
        ] {
            assert!(!could_be_whole(name), "{name}");
        }
    }
}
