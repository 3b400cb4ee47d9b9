//! Names of saved responses.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, mentions, pattern, to_markdown};

/// The facts in the name of a saved response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseFacts {
    /// The rest, as Markdown; may be empty.
    pub description: String,
    /// The HTTP status that the name states.
    pub status: Option<Found<u16>>,
}

/// `**HTTP Status Code:** 404`, in bold anywhere or plain where a line starts.
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)
        (?: (?:\*\*|__|<(?:b|strong)>) \s* | (?:\A|\n|<br\s*/?>) [\ \t]* (?:[*+•-][\ \t]+)? )
        (?: HTTP \s+ )? status \s+ code \s*
        (?: : \s* (?:\*\*|__|</(?:b|strong)>)? | (?:\*\*|__|</(?:b|strong)>) \s* :? ) [\ \t]*
        `? (?P<status> [1-5]\d\d) \b `? (?: \*\* )? ",
    )
});

/// Reads the name of a saved response.
#[must_use]
pub fn response(name: &str) -> ResponseFacts {
    let label = mentions(name, "code").then(|| STATUS.captures(name));
    let stated = label.flatten().and_then(|label| {
        let fact = label.name("status")?.as_str().parse().ok()?;
        let range = label.get(0)?.range();
        Some(Found { fact, range })
    });
    let description = match &stated {
        Some(label) => {
            let before = name.get(..label.range.start).unwrap_or_default();
            let after = name.get(label.range.end..).unwrap_or_default();
            let after = after.trim_start_matches([':', '.', ' ']);
            to_markdown(&format!("{before}\n{after}"))
        }
        None => to_markdown(name),
    };
    ResponseFacts {
        description,
        status: stated,
    }
}
