//! Lists of allowed values in prose.
//!
//! References list values in few forms, but list much else in the same forms: parameters to choose from, examples,
//! permissions. So a list counts only under words that introduce values, only if it is written in code or quotes
//! throughout, and only if nothing says that there is more than what it lists.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    Found, pattern,
    prose::{Prose, is_certain},
    subject::is_described,
};

/// Words before a list that say its entries are something else, or that several may be given at once.
static NOT_VALUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?: notes? | examples? | e\.g | i\.e | such\s+as | parameters? | properties | attributes? | members | columns | permissions? | scopes? | privileges?
        | headers? | errors? | events | exceptions? | comma | separated | delimited | multiple | several | combin\w+ | any\s+of | one\s+or\s+more | formats? | patterns?
        | if\s+you | must\s+(?:also|provide|include) | at\s+least | supports?\s+the\s+following\s+(?:fields|features) | not\b | no | cannot | never | ignored | reserved
        | deprecated | removed | forbidden | returns? | contains? | includes? | consists? | requires? | placeholders? | variables? | tokens? | operators? | functions?
        | (?:supported|available|allowed|possible|valid) \s+ (?:fields|keys|filters|endpoints|plans|methods) | replaced | invalid | previously | formerly | see | fields\s+(?:are|can|in) | following\s+fields
        | some | few | old | former | special | common | popular | frequently | well-known | known | typical | predefined | pre-defined | built-?in | main | important
        | current\s+(?:values|options) | so\s+far | incomplete | samples? | legacy | required\s*(?::|$) | all\s+values )\b",
    )
});

/// Words for the described value.
static THIS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bthis\s+(?:parameter|property|attribute|header|field)\b"));

/// Words anywhere that say that several values may be given in one text.
static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bcomma\b|\b(?:separated|delimited)\b|\bcsv\b|\bmultiple\s+values\b|\bone\s+or\s+more\b|\bmore\s+than\s+one\b|\bcombin(?:e|ed|ation|ations)\b|\bany\s+(?:combination\s+)?of\b|\bseveral\s+(?:values|of)\b|\bbit\s?mask\b",
    )
});

/// Words anywhere that say that there are more values than those listed.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?ix)\b(?: any\s+other | (?:other|further|additional|more|custom|arbitrary|unknown)\s+(?:values?|strings?|options?|names?|texts?|ones?|{SORTS}) | more\s+(?:will|soon|to\s+come)
        | (?:all\s+)?others?\s+(?:are|is|will|may|can) | (?:and|or)\s+(?:so\s+on|so\s+forth|more|others?|custom|similar|anything\s+else) | etc | not\s+limited\s+to | among\s+others
        | plus | as\s+well | along\s+with | (?:can|may|might|could|is|are|will)\s+also | also\s+(?:be|accept\w*|support\w*|allow\w*|possible|valid|use\w*)
        | (?:accepted|allowed|supported|possible|valid|works?|permitted|fine)\s*,?\s+too | alternatively | subject\s+to\s+change | new\s+(?:values?|ones?|options?) | not\s+listed | unlisted | unrecogni[sz]ed
        | case[\s-]*insensitiv\w* | not\s+case[\s-]*sensitive | (?:upper|lower)\s*-?(?:case)?\s+or\s+(?:upper|lower)\s*-?case | prefix\w* | prepend\w* | minus\s+sign | suffix\w* | wildcards?
        | (?:empty|blank)\s+(?:string|text|value) | (?:full|complete|whole|entire)\s+(?:list|set) | (?:see|refer)\b[^.\n]*\b(?:all|lists?)
        | your\s+own | free[\s-]?form | any\s+(?:string|text|value) | (?:values|options|list)\s+may\s+(?:change|grow|be\s+(?:added|extended)) | can\s+be\s+extended | extensible | not\s+exhaustive )\b
        | (?:^|[.\n])\s*or\b | &\s*more | \+\s*more | \.\.\.\s*$ | …\s*$ | ,\s*(?:\.\.\.|…) | \n\s*(?:[*+-]\s+)?(?:\.\.\.|…)",
    ))
});

/// One entry of a list with a line to each: `` * `value` — explanation ``.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?xi)^ [\ \t]* (?: [*+•-] [\ \t]+ | <li> )? (?: `(?P<code>[^`\n]+)` | "(?P<quoted>[^"\n]+)" | \*\*(?P<bold>[^*\s:]+)\*\* | <code>(?P<html>[^<\n]+)</code> )
        [\ \t]* (?P<after> $ | [:=–—-] | &[mn]dash; | \. (?:\s|$) | \( (?P<default>default\))? | , [\ \t]* $ | </li> )"#,
    )
});

/// Words after which values stand in the sentence itself.
static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    let one_of = r"(?: only \s+ )? one \s+ of (?: \s+ (?: the \s+ )? (?: following | these ) )? (?: \s+ (?: two|three|four|five|six|seven|eight|nine|\d+ ) )? (?: \s+ (?: values? | options? ) )?";
    pattern(&format!(
        r"(?xi) (?: \b (?P<allowed> allowed | possible | valid | accepted | acceptable | permitted | permissible | available | supported | enum(?:erated)? (?P<needs_noun>) )
                (?: (?P<noun> \s+ (?: values? | options? | choices? ) ) | (?: \s+ sort )? \s+ (?P<sort> {SORTS} ) \b )? (?: \s+ (?: are | is ) (?: \s+ only )? )? \s* (?:\*\*)? \s* (?P<colon> : )? (?:\*\*)?
            | \b (?: accepts | takes ) \s+ (?: one \s+ of \s+ )? the \s+ following \s+ (?: values | options ) \s* :?
            | \b (?: must | can ) \s+ (?: only \s+ )? be (?: \s+ set \s+ to )? (?: \s+ (?: either (?: \s+ of )? | {one_of} ) )? \s* :?
            | \b (?: be | is | are | values? \s* : ) \s+ (?: either (?: \s+ of )? | {one_of} ) \s* :?
            | (?: ^ | [.:\n(,>] [*_]{{0,3}} \s* ) (?: one \s+ of \s* :? | either (?: \s+ of )? ) ) \s*",
    ))
});

/// One value in a sentence.
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)^(?:`(?P<code>[^`\n]+)`|"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)'|<code>(?P<html>[^<\n]+)</code>|(?P<plain>-?[\w+./-]*\w))(?P<default>\s*\((?:the\s+)?default\))?"#,
    )
});

static SEPARATOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:,\s*(?:or|and)\b|,|\||┃|/|\bor\b|\band\b)\s*"));

static CLOSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s*(?:$|[.;)\]]+(?:\s|$|<)|\n|<|(?:,\s*)?and\s+(?:the\s+)?defaults?\b)")
});

/// Nouns whose values references list as those of the described value: "Allowed states: …". A message has languages and a
/// file has types, so that they count only where the description begins with them or names the noun before.
const SORTS: &str = "states|status|statuses|roles|types|kinds|modes|levels|languages|locales|currencies|intervals|periods|frequencies|colou?rs|regions|orders|directions|sizes|units|categories|priorities|severities|themes";

/// Words of a line that introduces other lists: headings, and what the listed things are used for.
static NOT_A_LIST_OF_VALUES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) ^[^0-9a-z]* (?: hints? | tips? | warnings? | important | remarks? | responses? | objects? | an?\s+object | usage | defaults? | meaning | related | limits? | prerequisites? | steps | fields | keys | filters ) \W* $
        | \b (?: by | with | in | for | from | to | on | has | have | supports? | expands? | according | interpreted | how | use | used | using | keys | limits | filters | relations ) \W* $
        | \b (?: (?:following|these|its|their) \s+ (?:keys|relations|filters|operators) | according\s+to | interpreted | (?:required|default|meaning|limits?|format)\s+(?:by|per) | how\s+to ) \b",
    )
});

/// A value in code that is said to be allowed, or to have been.
static ALSO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) `(?P<subject>[^`\n]+)` \s+ (?:is|was) \s+ (?:(?:also|still|now)\s+)? (?: deprecated | accepted | allowed | supported | valid | added | removed | obsolete | an?\s+(?:alias|synonym) | equivalent | the\s+same )
        | (?: \b(?: deprecated | legacy | alias(?:es)? | plans? | can\s+(?:also\s+)?use ) | [.\n]\s*also ) \b [^.`\n]{0,30} `(?P<object>[^`\n]+)`",
    )
});

/// Bare words that describe values instead of being some.
static DESCRIBES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi)^(?: etc | others? | any\w* | custom | more | null | undefined | if | when | unless | for | letters? | digits? | numbers? | numeric | characters? | strings? | integers? | booleans? | floats?
        | texts? | names | ids | dates | times | timestamps | paths | keys | codes | emails | urls | uris | uuids | (?-i:URL|URI|UUID|GUID|ID|ISO[\w-]*|RFC[\w-]*) | alphanumeric\w* | alphabetic\w* | underscores? | hyphens? | dashes | spaces? | dots? | periods? | uppercase | lowercase | values? | -?\d+\s*(?:-|\.\.+)\s*-?\d+ )$",
    )
});

/// The values that a text lists as the only ones, and which of them is called the default.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) values: Found<Vec<String>>,
    pub(super) default: Option<Found<String>>,
}

/// The values that a text lists as the only ones, at least two. `is_list` says that the value is a list of them.
pub(super) fn enumeration(prose: &Prose<'_>, is_list: bool) -> Option<Listed> {
    let listed = listed(prose).or_else(|| inline(prose))?;
    let range = listed.values.range.clone();
    let around = [0..range.start, range.end..prose.text.len()];
    let is_open = around.into_iter().any(|range| {
        let words = prose.words(range);
        OPEN.is_match(words) || (!is_list && SEVERAL.is_match(words))
    });
    let also = ALSO.captures_iter(&prose.text).any(|also| {
        let value = also.name("subject").or(also.name("object"));
        value.is_some_and(|value| !listed.values.fact.iter().any(|it| it == value.as_str()))
    });
    (!is_open && !also).then_some(listed)
}

/// A line to each value, under words that end in a colon. Lines that directly follow an entry continue it.
fn listed(prose: &Prose<'_>) -> Option<Listed> {
    if !prose.text.contains(['`', '"', '*', '<']) {
        return None;
    }
    let mut list = List::default();
    let mut introduction = 0..0;
    let mut is_continued = false;
    for (at, line) in lines(&prose.text) {
        if line.trim().is_empty() {
            is_continued = false;
        } else if list.push(at, line, prose, &introduction) {
            is_continued = true;
        } else if list.is_complete() && is_bullet(line) {
            // One more entry, which is not written as a value.
            return None;
        } else if !is_continued {
            if list.is_complete() {
                break;
            }
            list = List::default();
            // The first value may share the line with the words that introduce it.
            if let Some((words, _)) = line.split_once(": `") {
                let split = at + words.len() + 2;
                let rest = prose.text.get(split..at + line.len())?;
                is_continued = list.push(split, rest, prose, &(at..split));
            }
            introduction = at..at + line.len();
        }
    }
    list.is_complete().then_some(())?;
    let (range, default) = (list.start..list.end, list.default);
    checked(list.values).map(|fact| Listed {
        values: Found { fact, range },
        default,
    })
}

/// Whether a line is an item of an outermost list.
fn is_bullet(line: &str) -> bool {
    let content = line.trim_start();
    let is_item = ["* ", "- ", "+ ", "• ", "<li>"]
        .iter()
        .any(|marker| content.starts_with(marker));
    is_item && line.len() - content.len() < 2
}

#[derive(Default)]
struct List {
    values: Vec<String>,
    default: Option<Found<String>>,
    /// The words before the first value.
    introduction: Range<usize>,
    is_introduced: bool,
    start: usize,
    end: usize,
}

impl List {
    /// Takes `line` as an entry, if it is one. `introduction` are the words before it.
    fn push(
        &mut self,
        at: usize,
        line: &str,
        prose: &Prose<'_>,
        introduction: &Range<usize>,
    ) -> bool {
        let Some(entry) = ENTRY.captures(line) else {
            return false;
        };
        let mut groups = ["code", "quoted", "bold", "html"].iter();
        let Some(value) = groups.find_map(|name| entry.name(name)) else {
            return false;
        };
        match self.values.len() {
            0 => {
                self.introduction = introduction.clone();
                self.start = at;
            }
            // One value is no list, whatever introduces it.
            1 => self.is_introduced = introduces_values(prose, self.introduction.clone()),
            _ => {}
        }
        let fact = value.as_str().trim().to_owned();
        if entry.name("default").is_some() {
            self.default = Some(Found {
                fact: fact.clone(),
                range: at..at + line.len(),
            });
        }
        self.values.push(fact);
        self.end = at + line.len();
        true
    }

    fn is_complete(&self) -> bool {
        self.is_introduced && self.values.len() > 1
    }
}

/// Lines, or what `<br>` separates, with where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    static BREAK: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\n|<br\s*/?>|</?ul>|</li>|</p>"));
    let mut breaks = BREAK.find_iter(text);
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let found = breaks.next();
        from = found.map(|found| found.end());
        let line = text
            .get(start..found.map_or(text.len(), |found| found.start()))
            .unwrap_or_default();
        Some((start, line))
    })
}

/// Whether the end of a line introduces values that are all there are.
fn introduces_values(prose: &Prose<'_>, line: Range<usize>) -> bool {
    let text = prose.text.get(line.clone()).unwrap_or_default();
    let text = text.trim_end().trim_end_matches(['*', ' ']);
    let end = line.start + text.len();
    let (before, _) = prose.beside(&(end..end));
    let statement = before.trim_end_matches([':', '*', ' ']);
    let sentence = statement.rsplit(['.', '\n']).next().unwrap_or_default();
    text.ends_with(':')
        && !NOT_VALUES.is_match(sentence)
        && !NOT_A_LIST_OF_VALUES.is_match(sentence)
        && is_certain(sentence, "")
        && is_described(prose, end)
}

/// Values within a sentence: "one of `a`, `b` or `c`."
fn inline(prose: &Prose<'_>) -> Option<Listed> {
    let text = &*prose.text;
    INTRODUCTION.captures_iter(text).find_map(|introduction| {
        let whole = introduction.get(0)?;
        let mut at = whole.end();
        let is_bare = whole
            .as_str()
            .trim_end()
            .to_ascii_lowercase()
            .ends_with(" be");
        let (mut values, mut default) = (Vec::new(), None);
        let mut plain = Vec::new();
        loop {
            let value = VALUE.captures(text.get(at..)?)?;
            let groups = ["code", "double", "single", "html", "plain"];
            let group = groups.iter().find_map(|name| value.name(name))?;
            plain.push(value.name("plain").is_some());
            let fact = group.as_str().trim().to_owned();
            let end = at + value.get(0)?.end();
            if value.name("default").is_some() {
                default = Some(Found {
                    fact: fact.clone(),
                    range: at..end,
                });
            }
            values.push(fact);
            at = end;
            let rest = text.get(at..)?;
            match SEPARATOR.find(rest) {
                _ if CLOSE.is_match(rest) => break,
                // "Must be `a` and `b`" lists what is needed.
                Some(separator) if is_bare && separator.as_str().contains("and") => return None,
                Some(separator) => at += separator.end(),
                None => return None,
            }
        }
        let range = whole.start()..at;
        let noun = introduction.name("noun").is_some();
        let sort = introduction.name("sort").map(|sort| sort.as_str());
        if (introduction.name("needs_noun").is_some() && !noun)
            || sort.is_some_and(|sort| !is_sort(prose.lead(range.start), sort))
        {
            return None;
        }
        let allowed = introduction
            .name("allowed")
            .map(|word| word.as_str().to_ascii_lowercase());
        // Bare words are values only where a label says so: "supported" alone says it of much else.
        let is_label = introduction.name("colon").is_some()
            && (noun || !matches!(allowed.as_deref(), Some("available" | "supported")));
        let are_words = plain.iter().all(|is_plain| *is_plain);
        let is_written_as_values = match are_words {
            true => {
                let are_groups = !noun && values.iter().all(|value| value.ends_with('s'));
                is_label && !are_groups && !values.iter().any(|value| DESCRIBES.is_match(value))
            }
            false => !plain.contains(&true),
        };
        let (before, _) = prose.beside(&range);
        if !is_written_as_values
            || NOT_VALUES.is_match(&THIS.replace(before, ""))
            || !is_described(prose, range.start)
            || !prose.is_certain(
                &(range.start + usize::from(text.get(range.start..)?.starts_with(','))..range.end),
            )
        {
            return None;
        }
        checked(values).map(|fact| Listed {
            values: Found { fact, range },
            default,
        })
    })
}

/// Whether the noun of a list is that of the described value: the words before the list name it, in the singular or plural.
/// Where there are none, it is, unless values of many kinds have such a thing.
fn is_sort(lead: &str, sort: &str) -> bool {
    let stem = |word: &str| {
        let word = word.to_lowercase();
        let word = word.trim_end_matches("'s").trim_end_matches("’s");
        let word = word.strip_suffix("ies").unwrap_or(word);
        word.trim_end_matches(['s', 'e', 'y', 'u']).to_owned()
    };
    let mut words = lead
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .filter(|word| !word.is_empty())
        .peekable();
    match words.peek() {
        None => !["types", "roles", "sizes"].contains(&sort.to_lowercase().as_str()),
        Some(_) => words.any(|word| stem(word) == stem(sort)),
    }
}

/// The longest text that is taken for a value.
const LONGEST: usize = 64;

/// At least two values, none twice, and none that stands for others or for nothing.
fn checked(values: Vec<String>) -> Option<Vec<String>> {
    let distinct: std::collections::HashSet<&String> = values.iter().collect();
    let is_pattern = |value: &str| {
        value.contains(['<', '{', '…'])
            || value.contains("...")
            || (value.len() > 1 && value.contains('*'))
    };
    let are_values = values.iter().all(|value| {
        (1..=LONGEST).contains(&value.len())
            && !is_pattern(value)
            && !matches!(value.as_str(), "null" | "\"\"" | "''")
    });
    (are_values && values.len() > 1 && distinct.len() == values.len()).then_some(values)
}
