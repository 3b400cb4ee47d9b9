//! Dummy Latin, which is used instead of real values.

/// The words of the passage that such texts are made of, in its order.
const WORDS: [&str; 64] = [
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "consectetur",
    "adipisicing",
    "adipiscing",
    "elit",
    "sed",
    "do",
    "eiusmod",
    "tempor",
    "incididunt",
    "ut",
    "labore",
    "et",
    "dolore",
    "magna",
    "aliqua",
    "enim",
    "ad",
    "minim",
    "veniam",
    "quis",
    "nostrud",
    "exercitation",
    "ullamco",
    "laboris",
    "nisi",
    "aliquip",
    "ex",
    "ea",
    "commodo",
    "consequat",
    "duis",
    "aute",
    "irure",
    "in",
    "reprehenderit",
    "voluptate",
    "velit",
    "esse",
    "cillum",
    "eu",
    "fugiat",
    "nulla",
    "pariatur",
    "excepteur",
    "sint",
    "occaecat",
    "cupidatat",
    "non",
    "proident",
    "sunt",
    "culpa",
    "qui",
    "officia",
    "deserunt",
    "mollit",
    "anim",
    "id",
    "est",
    "laborum",
];

/// So long a word is none of other languages: alone, and beside others.
const TELLING: [usize; 2] = [5, 4];

/// So many letters of a word that was cut short are known again, where few or no others stand before it.
const CUT: usize = 6;

/// Whether a text is dummy Latin from end to end. Short words (`id`, `in`, `est`) say so only together with a longer one.
/// The last one may be cut short, as where a length is prescribed.
pub(super) fn is_filler(text: &str) -> bool {
    const LONGEST: usize = 4_096;
    if text.len() > LONGEST || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let mut words = text
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',', ';']))
        .peekable();
    let [alone, beside] = TELLING;
    let (mut count, mut is_telling) = (0, false);
    while let Some(word) = words.next() {
        let is_last = words.peek().is_none();
        let is_cut = || {
            let enough = if count >= 2 { 1 } else { CUT };
            word.len() >= enough && WORDS.iter().any(|known| begins_with(known, word))
        };
        let is_whole = WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
        if !(is_whole || is_last && is_cut()) {
            return false;
        }
        is_telling |= word.len() >= if is_last && count == 0 { alone } else { beside };
        count += 1;
    }
    is_telling || count >= 3
}

fn begins_with(word: &str, start: &str) -> bool {
    let beginning = word.get(..start.len());
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::is_filler;

    #[test]
    fn dummy_latin_is_told_from_words() {
        for text in [
            "ut amet ullamco",
            "consectetur",
            "dolore",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
            "in id est",
            "aliqua nulla conse",
            "velit\tesse",
            "ut amet",
            "cupida",
        ] {
            assert!(is_filler(text), "{text}");
        }
        for text in [
            "",
            "id",
            "in",
            "est",
            "EST",
            "do",
            "id in",
            "non",
            "et al",
            "sit down",
            "dolore@example.com",
            "magna carta",
            "ut-amet",
            "dolores",
            "labor",
            "a dolor",
            "Sunt the word",
            " ",
            ".",
            "velit 1",
        ] {
            assert!(!is_filler(text), "{text}");
        }
    }
}
