//! Whether a sentence speaks of the described value, or of something else that its description mentions.
//!
//! "The weight. The unit must be one of `kg`, `lb`." states nothing of the weight. Pronouns and words such as "the value"
//! stand for the described value, and so does every noun of the first sentence, which usually names it.

use std::sync::LazyLock;

use regex::Regex;

use super::{matches, pattern, prose::Prose};

/// Words that make another thing the subject: parts of the value, the callers, what is answered.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?: its | their | whose | (?:that|which) \s+ (?:is|are|must|can|may|has|have) | each | every | you | we | they | callers? | requesters? | clients?
        | that \s* $ | responses? | keys? | elements? | entries | items? | characters? | digits? | extensions? | plans? | names | objects? \s+ (?:with|whose|of|that) )\b",
    )
});

/// Things that have values of their own.
static HAS_VALUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:map|maps|mapping|mappings|dictionary|pairs?|keys|metadata|hash)\b")
});

/// An example at the end of a clause.
static EXAMPLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i),?\s*\b(?:such\s+as|e\.g\.?,?|for\s+example,?|like)\s+[_\s]*$"));

/// Words that name nothing: articles, auxiliary verbs, and nouns that stand for the described value.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "it",
    "and",
    "then",
    "also",
    "so",
    "note",
    "please",
    "can",
    "must",
    "may",
    "should",
    "will",
    "shall",
    "be",
    "is",
    "are",
    "has",
    "have",
    "to",
    "only",
    "always",
    "either",
    "one",
    "set",
    "contain",
    "contains",
    "supports",
    "accepts",
    "takes",
    "value",
    "values",
    "parameter",
    "param",
    "field",
    "property",
    "attribute",
    "argument",
    "option",
    "options",
    "choices",
    "header",
    "string",
    "text",
    "number",
    "integer",
    "allowed",
    "possible",
    "valid",
    "accepted",
    "permitted",
    "available",
    "supported",
    "following",
    "minimum",
    "maximum",
    "min",
    "max",
    "length",
    "default",
    "defaults",
    "required",
    "mandatory",
    "unique",
    "optional",
    "immutable",
    "output",
    "input",
    "identifier",
    "read-only",
    "deprecated",
];

/// Words after which no noun of a phrase is its subject any more.
const PREPOSITIONS: [&str; 10] = [
    "of", "in", "for", "to", "from", "by", "with", "on", "at", "as",
];

/// Whether what is stated at `at` is stated of the described value.
pub(super) fn is_described(prose: &Prose<'_>, at: usize) -> bool {
    let sentence = prose.before(at);
    let from = sentence.rfind(';').map_or(0, |semicolon| semicolon + 1);
    let clause = sentence.get(from..).unwrap_or_default();
    let clause = match clause.len() > 1 {
        true => EXAMPLE.replace(clause, ""),
        false => clause.into(),
    };
    let open = clause.rfind(['(', '[']).map_or(0, |open| open + 1);
    let clause = clause.get(open..).unwrap_or_default();
    let subject = clause.rsplit([',', ':']).next().unwrap_or_default();
    let is_relative = matches!(
        nouns(subject).first().map(String::as_str),
        Some("which" | "that")
    );
    let referred = if is_relative { clause } else { subject };
    if matches(&FOREIGN, subject) || names_a_value(referred) {
        return false;
    }
    let earlier = prose.lead(at.saturating_sub(sentence.len() - from));
    if subject.to_ascii_lowercase().contains("values") && HAS_VALUES.is_match(prose.vicinity(at).0)
    {
        return false;
    }
    let subject = nouns(subject);
    let Some(head) = subject.last().filter(|_| !is_relative) else {
        return true;
    };
    match earlier
        .split(['.', ';', '\n', '<'])
        .map(nouns)
        .find(|nouns| !nouns.is_empty())
    {
        None => true,
        Some(lead) => lead.contains(head),
    }
}

/// Whether words refer to something by its identifier. In words, an underscore also stands for what was written as code.
fn names_a_value(words: &str) -> bool {
    words.contains('_')
}

/// The nouns of a phrase before its first preposition, roughly: its words other than those that name nothing.
fn nouns(phrase: &str) -> Vec<String> {
    phrase
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '_' | '-'))
        .map(str::to_lowercase)
        .filter(|word| word.chars().any(char::is_alphabetic))
        .take_while(|word| !PREPOSITIONS.contains(&word.as_str()))
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Prose, is_described};

    #[test]
    fn a_sentence_speaks_of_the_described_value_or_of_another() {
        for (before, is_of_it) in [
            ("", true),
            ("It must ", true),
            ("The sort order. The value can ", true),
            ("The sort order. The order must ", true),
            ("The status of the issue. The status can ", true),
            ("The user's role ", true),
            ("The colour, which ", true),
            ("Rows; this field's value may ", false),
            ("The weight. The unit must ", false),
            ("The weight; the unit must ", false),
            ("The weight. Its unit ", false),
            ("The weight. `unit` must ", false),
            ("The weight in `unit`, which ", false),
            ("A weight in a unit that is ", false),
            ("Objects whose type must ", false),
            ("Each item's type must ", false),
            ("You must ", false),
            ("The zone, such as `a` ", true),
            ("A map. Values must ", false),
        ] {
            let prose = Prose::new(before);
            assert_eq!(is_described(&prose, before.len()), is_of_it, "{before:?}");
        }
    }
}
