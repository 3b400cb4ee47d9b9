//! Sentences, and the words in them that put a fact in doubt.

use std::{borrow::Cow, ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    code::{blank, without_code},
    matches, pattern,
};

/// Words that put a condition, an exception or a doubt on the whole sentence.
static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?: if | when(?:ever)? | unless | except(?:ing|ions?)? | excluding | otherwise | else | depend(?:s|ing|ent) | while | until
        | where | whichever | provided\s+that | in\s+case | as\s+long\s+as | only\s+(?:if|when|for|in) | but | not | never | no\s+longer | cannot | \w+n['’]t | neither
        | nor | without | previously | formerly | used\s+to | var(?:y|ies) | usually | typically | generally | normally | often
        | sometimes | e\.g | i\.e | ex | examples? | such\s+as | recommend\w* | suggested | approximately | roughly | instead
        | could | might | should | probably | likely | preferably | ideally | commonly | mostly | in\s+most | currently | at\s+(?:present|the\s+moment)
        | for\s+now | so\s+far | as\s+of | since | older | had | exclusive(?:ly)? )\b",
    )
});

/// Words that leave a statement open, or narrow it, where they stand close to it.
static OPENNESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?: etc | others? | any\w* | custom | or | for | more | additional\w* | arbitrary | your\s+own | so\s+on | similar | like )\b | \.\.\. | … | &\s | ;\s*(?:in|on|with|under)\b",
    )
});

/// A sentence that begins so speaks of some cases only.
static CASE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[^0-9A-Za-z]*(?:for|in|on|with|from|since|starting|until|before|after|under|during|prior|upon)\b[^\n]*,",
    )
});

/// A sentence that begins so belongs to the one before it.
static CONTINUES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:unless|except|otherwise|only|but|however|not)\b"));

/// What stands for values rather than for words: code spans, quotes, targets of links.
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)``[^\n]*?``|`[^`\n]*`|"[^"\n]*"|<code>[^<\n]*</code>|\]\([^()\s]*\)|https?://[^\s<>"'`]+"#,
    )
});

/// A quote by apostrophes, which stand in words as well.
static QUOTE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s(,:/|])'([^'\s]{1,64})'(?:$|[\s.,;:)/|])"));

/// A text as miners read it. All positions are those of the text.
pub(super) struct Prose<'t> {
    /// The text with nothing in the place of code blocks.
    pub(super) text: Cow<'t, str>,
    /// The same with nothing to read in the place of values.
    words: Cow<'t, str>,
    /// Where sentences begin.
    starts: Vec<usize>,
}

impl<'t> Prose<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let text = without_code(text);
        let mut words = text.clone();
        if text.contains(['`', '"', '<', ']', ':']) {
            // The bracket that ends the text of a link stays, so that its last word does.
            let values = VALUE.find_iter(&text).map(|value| {
                value.start() + usize::from(value.as_str().starts_with(']'))..value.end()
            });
            words = blank(&text, values, "_").into();
        }
        if text.contains('\'') {
            let quotes = QUOTE.captures_iter(&words);
            let quotes = quotes.filter_map(|quote| Some(quote.get(1)?.range()));
            words = blank(&words, quotes, "_").into();
        }
        let starts = starts(&words);
        Self {
            text,
            words,
            starts,
        }
    }

    /// The sentences, each with where it begins.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (usize, &str)> {
        let ends = self.starts.iter().skip(1).chain([&usize::MAX]);
        self.starts.iter().zip(ends).map(|(start, end)| {
            let end = self.text.len().min(*end);
            (*start, self.text.get(*start..end).unwrap_or_default())
        })
    }

    /// The words of a range, without values.
    pub(super) fn words(&self, range: Range<usize>) -> &str {
        self.words.get(range).unwrap_or_default()
    }

    /// The part of the sentence before `at` and where the sentence ends that goes on at `end`.
    fn around(&self, at: usize, end: usize) -> (usize, usize) {
        let index = self.starts.partition_point(|start| *start <= at);
        let from = index
            .checked_sub(1)
            .and_then(|index| self.starts.get(index));
        let mut index = self
            .starts
            .partition_point(|start| *start < end.max(at + 1));
        while let Some(next) = self.starts.get(index)
            && CONTINUES.is_match(self.words.get(*next..).unwrap_or_default())
        {
            index += 1;
        }
        let to = self.starts.get(index).copied().unwrap_or(self.words.len());
        (from.copied().unwrap_or_default(), to.max(end))
    }

    /// The words before `fact` in its sentence or, where it stands in brackets, in those; and the words after it.
    pub(super) fn beside(&self, fact: &Range<usize>) -> (&str, &str) {
        let (_, end) = self.around(fact.start, fact.end);
        let before = self.before(fact.start);
        let before = match before.rfind(['(', '[']) {
            _ if self.words(fact.clone()).starts_with(['(', '[']) => "",
            Some(open) if !before.get(open..).unwrap_or_default().contains([')', ']']) => {
                before.get(open + 1..).unwrap_or_default()
            }
            _ => before,
        };
        (
            before,
            nearby(&self.words, fact.end..end.min(fact.end + FAR)),
        )
    }

    /// The words before `at` in its sentence. What is farther away matters little, and looking at it again for each fact
    /// would cost much.
    pub(super) fn before(&self, at: usize) -> &str {
        let (start, _) = self.around(at, at);
        nearby(&self.words, start.max(at.saturating_sub(FAR))..at)
    }

    /// The words before `at`, as far as they are among the first.
    pub(super) fn lead(&self, at: usize) -> &str {
        nearby(&self.words, 0..at.min(FAR))
    }

    /// The words of the sentences around `at`: those before it and those after it, as far as they matter.
    pub(super) fn vicinity(&self, at: usize) -> (&str, &str) {
        (
            nearby(&self.words, at.saturating_sub(FAR)..at),
            nearby(&self.words, at..self.words.len().min(at + FAR)),
        )
    }

    /// Whether the sentence that states `fact` states it without condition, exception or remainder.
    pub(super) fn is_certain(&self, fact: &Range<usize>) -> bool {
        let (before, after) = self.beside(fact);
        is_certain(before, after)
    }
}

/// Whether what stands before a fact and after it leaves it certain.
pub(super) fn is_certain(before: &str, after: &str) -> bool {
    let clause = before.rsplit([',', ';', ':', '(', '—', '–']).next();
    let is_open = |words: &str| matches(&OPENNESS, words);
    !(matches(&CASE, before)
        || matches(&CONDITION, before)
        || matches(&CONDITION, after)
        || clause.is_some_and(is_open)
        || is_open(after))
}

/// How many bytes before and after a fact are looked at.
const FAR: usize = 600;

/// A range of `text`, or a little less where it cuts a character.
fn nearby(text: &str, range: Range<usize>) -> &str {
    let whole = |at: &usize| text.is_char_boundary(*at);
    let start = (range.start..=range.end).find(whole);
    let end = (range.start..=range.end).rev().find(whole);
    start
        .zip(end)
        .and_then(|(start, end)| text.get(start..end))
        .unwrap_or_default()
}

/// Where sentences begin. A line end is the end of a sentence unless the next line goes on in lower case.
fn starts(words: &str) -> Vec<usize> {
    const BREAKS: [&str; 8] = ["<br", "<p>", "<p ", "</p", "<li", "</li", "<ul", "</ul"];
    let mut starts = vec![0];
    for (at, c) in words.char_indices() {
        if starts.last().is_some_and(|start| at < *start) {
            continue;
        }
        let rest = words.get(at..).unwrap_or_default();
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        // Looked at only behind what may end a sentence: there may be many of these.
        let next = || after.trim_start_matches(['"', '\'', ')', ']', '*', '_', '’', '”']);
        let is_break = match c {
            '\n' => {
                !goes_on(after)
                    || after
                        .trim_start_matches([' ', '\t', '\r'])
                        .starts_with('\n')
            }
            '.' | '!' | '?' => {
                let next = next();
                (next.is_empty() || next.starts_with(char::is_whitespace))
                    && !goes_on(next)
                    && !is_abbreviation(words.get(..at).unwrap_or_default())
            }
            '<' => BREAKS.iter().any(|tag| {
                rest.get(..tag.len())
                    .is_some_and(|text| text.eq_ignore_ascii_case(tag))
            }),
            _ => false,
        };
        if is_break {
            let skipped = match c {
                '<' => rest
                    .bytes()
                    .take(FAR)
                    .position(|c| c == b'>')
                    .map_or(0, |end| end + 1),
                '\n' => 1 + after.len() - after.trim_start().len(),
                _ => rest.len() - next().trim_start_matches([' ', '\t']).len(),
            };
            starts.push(at + skipped);
        }
    }
    starts.dedup();
    // Nothing begins at the end.
    starts.retain(|start| *start == 0 || *start < words.len());
    starts
}

/// Whether a text continues a sentence.
fn goes_on(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';'))
}

/// Whether a text ends in an abbreviation, whose dot ends no sentence.
fn is_abbreviation(text: &str) -> bool {
    const ABBREVIATIONS: [&str; 10] = [
        "e.g", "i.e", "vs", "cf", "approx", "incl", "excl", "resp", "max", "min",
    ];
    let word = text.rsplit(|c: char| c.is_whitespace() || c == '(').next();
    word.is_some_and(|word| {
        ABBREVIATIONS
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::Prose;

    #[test]
    fn a_text_is_split_into_sentences() {
        for (text, expected) in [
            (
                "One. Two! three? Four",
                &["One. ", "Two! three? ", "Four"][..],
            ),
            (
                "See e.g. This. Or `a.b. C` and so.",
                &["See e.g. This. ", "Or `a.b. C` and so."],
            ),
            (
                "One\ngoes on\nTwo\n\nthree",
                &["One\ngoes on\n", "Two\n\n", "three"],
            ),
            ("One<br>two</p>Three", &["One<br>", "two</p>", "Three"]),
            (
                "(One.) Two **three.** Four",
                &["(One.) ", "Two **three.** ", "Four"],
            ),
            ("Version 1.5 is here.", &["Version 1.5 is here."]),
        ] {
            let prose = Prose::new(text);
            let found: Vec<&str> = prose.sentences().map(|(_, sentence)| sentence).collect();
            assert_eq!(found, expected);
        }
    }
}
