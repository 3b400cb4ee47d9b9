//! Descriptions of requests: scopes, the rate-limit label, and an upload host of the operation's own.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::mine::{Found, pattern, without, without_code};

/// The facts about an operation in the description of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OperationFacts {
    /// The rest of the text.
    pub rest: String,
    /// Classic OAuth scopes, any one of which suffices.
    pub scopes: Option<Found<Vec<String>>>,
    /// Granular OAuth scopes.
    pub granular_scopes: Option<Found<Vec<String>>>,
    /// The class of rate limit.
    pub rate_limit_label: Option<Found<RateLimitLabel>>,
    /// A base URL of the operation's own, without a trailing slash. Its sentence stays in the description.
    pub server: Option<Found<String>>,
}

/// Zoom's classes of rate limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RateLimitLabel {
    /// `LIGHT`
    Light,
    /// `MEDIUM`
    Medium,
    /// `HEAVY`
    Heavy,
    /// `RESOURCE-INTENSIVE`
    ResourceIntensive,
}

impl RateLimitLabel {
    /// As documents spell it: `LIGHT`, `MEDIUM`, `HEAVY`, `RESOURCE-INTENSIVE`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Light => "LIGHT",
            Self::Medium => "MEDIUM",
            Self::Heavy => "HEAVY",
            Self::ResourceIntensive => "RESOURCE-INTENSIVE",
        }
    }
}

/// Where a label may begin (a line, a break, or markup) and the markup before it.
const OPENING: &str = r"(?:(?m:^)[\ \t]*(?:[*+•-][\ \t]+)?|<br\s*/?>\s*|\*\*[ \t]*|\[[ \t]*|<(?:b|strong|p|a|li)\b[^<>]*>\s*)+";

/// Markup between a label and its value, and after it.
const MARKUP: &str =
    r"(?:[\s*_`\[\]:]|\((?:https?:|/)[^()\s]*\)|</?(?:b|strong|a|code|p|span|li|ul)\b[^<>]*>)*";

/// `**[Granular Scopes](…):**`, up to its first scope.
static SCOPES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){OPENING}(?P<granular>granular\s+)?(?:OAuth\s+)?scopes?\b(?P<between>{MARKUP}(?:<br\s*/?>\s*)?(?:[*+•-]\s+)?)"
    ))
});

/// One scope, and what separates it from the one before: perhaps an explanation of that one, up to the next bullet.
static SCOPE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^ (?P<explanation> [\ \t]*(?:</code>)?[\ \t]* (?:[—–:(-]|&[mn]dash;|\s[a-z]) [^\n<]* (?: \n\s*[*+•-]\s | </li>\s*<li>\s* | <br\s*/?>\s*[*+•-]\s ) )?
        (?: \s*(?:,|;|\||\bor\b|\band\b|<br\s*/?>|\n\s*[*+•-]\s|</?(?:code|li|ul|p)>)\s* )* \s*
        (?: `(?P<quoted>[a-z][\w.*-]*(?::[\w.*-]+)+)` | (?:<code>)?(?P<plain>[a-z][\w-]*(?::[\w.*-]*[\w*])+)(?:</code>)? )",
    )
});

static RATE_LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){OPENING}rate[\s-]+limit(?:\s+label)?\b(?P<between>{MARKUP})(?P<label>light|medium|heavy|resource[\s_-]*intensive)\b(?:`|\*\*|</(?:b|strong|code|p|li|span)>|[ \t])*(?:[.;](?P<stop>\s|$)|(?P<end>$|[\n<,|(]))"
    ))
});

static SERVER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)\b(?:base|server)\s+(?:URL|URI|path)\b[^\n.]*?(?:`|<(?:code|b|strong|a\b[^<>]*)>|["'(\[])*(?P<url>https?://[^\s`"'<>()\[\]|]+)"#,
    )
});

/// Whether a description has a label that no one else uses: granular scopes, or the rate-limit label in its full form.
pub(super) fn has_own_label(text: &str) -> bool {
    let mut labels = RATE_LIMIT.find_iter(text);
    labels.any(|label| label.as_str().to_ascii_lowercase().contains("label"))
        || operation(text).granular_scopes.is_some()
}

/// Reads the description of a request. The lists of scopes and the rate-limit label leave the text, lists that explain
/// their scopes excepted.
pub(super) fn operation(written: &str) -> OperationFacts {
    // What code blocks hold is an example.
    let text = without_code(written);
    let mut facts = OperationFacts {
        rate_limit_label: rate_limit_label(&text),
        server: server(&text),
        ..OperationFacts::default()
    };
    let mut claimed = read_scopes(&text, &mut facts);
    let label = facts.rate_limit_label.iter();
    claimed.extend(label.map(|label| label.range.clone()));
    facts.rest = without(written, claimed);
    facts
}

/// Reads the lists of scopes; gives the ranges of those that explain nothing.
fn read_scopes(text: &str, facts: &mut OperationFacts) -> Vec<Range<usize>> {
    let mut claimed = Vec::new();
    let mut from = 0;
    while let Some(label) = text.get(from..).and_then(|rest| SCOPES.captures(rest)) {
        let Some(whole) = label.get(0) else { break };
        let (start, values) = (from + whole.start(), from + whole.end());
        from = values;
        let slot = if label.name("granular").is_some() {
            &mut facts.granular_scopes
        } else {
            &mut facts.scopes
        };
        let is_label = label
            .name("between")
            .is_some_and(|between| between.as_str().contains(':'));
        // A backquote before the first scope was taken for markup of the label.
        let values = values
            - text
                .get(start..values)
                .map_or(0, |label| label.len() - label.trim_end_matches('`').len());
        let (scopes, end, is_explained) = scopes(text, values);
        if !is_label || scopes.is_empty() || slot.is_some() {
            continue;
        }
        *slot = Some(Found {
            fact: scopes,
            range: start..end,
        });
        if !is_explained {
            claimed.push(start..end);
        }
        from = end;
    }
    claimed
}

fn rate_limit_label(text: &str) -> Option<Found<RateLimitLabel>> {
    let label = RATE_LIMIT.captures(text)?;
    let end = label.name("end").or(label.name("stop"))?;
    let fact = match label.name("label")?.as_str().to_ascii_lowercase().as_str() {
        "light" => RateLimitLabel::Light,
        "medium" => RateLimitLabel::Medium,
        "heavy" => RateLimitLabel::Heavy,
        _ => RateLimitLabel::ResourceIntensive,
    };
    Some(Found {
        fact,
        range: label.get(0)?.start()..end.start(),
    })
}

fn server(text: &str) -> Option<Found<String>> {
    let url = SERVER.captures(text)?.name("url")?;
    let fact = url
        .as_str()
        .trim_end_matches(['/', '.', ',', ';', ':'])
        .to_owned();
    Some(Found {
        range: url.start()..url.start() + fact.len(),
        fact,
    })
}

/// The scopes listed from `start` on, where the list ends, and whether it explains them.
fn scopes(text: &str, start: usize) -> (Vec<String>, usize, bool) {
    let mut scopes: Vec<String> = Vec::new();
    let mut is_explained = false;
    let mut end = start;
    while let Some(found) = text.get(end..).and_then(|rest| SCOPE.captures(rest)) {
        let (Some(whole), Some(scope)) =
            (found.get(0), found.name("quoted").or(found.name("plain")))
        else {
            break;
        };
        if !scopes.iter().any(|other| other == scope.as_str()) {
            scopes.push(scope.as_str().to_owned());
        }
        is_explained |= found.name("explanation").is_some();
        end += whole.end();
    }
    (scopes, end, is_explained)
}
