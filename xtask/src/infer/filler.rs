//! Dummy Latin, which is used instead of real values.

/// The words of the passage that such texts are made of, in its order.
const WORDS: &str = " lorem ipsum dolor sit amet consectetur adipisicing adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore \
    magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis \
    aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat \
    non proident sunt culpa qui officia deserunt mollit anim id est laborum ";

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
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',', ';']).to_ascii_lowercase())
        .collect();
    let is_whole = |word: &str| WORDS.contains(&format!(" {word} "));
    let Some((last, others)) = words.split_last() else {
        return false;
    };
    let is_cut = || {
        let enough = if others.len() >= 2 { 1 } else { CUT };
        last.len() >= enough && WORDS.contains(&format!(" {last}"))
    };
    let is_latin = others.iter().all(|word| is_whole(word)) && (is_whole(last) || is_cut());
    let [alone, beside] = TELLING;
    let telling = if others.is_empty() { alone } else { beside };
    is_latin && (words.len() >= 3 || words.iter().any(|word| word.len() >= telling))
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
