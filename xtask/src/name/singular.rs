//! Singular forms.

/// What has no regular plural, or ends otherwise than its plural shows.
const IRREGULAR: [(&str, &str); 34] = [
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("mice", "mouse"),
    ("geese", "goose"),
    ("criteria", "criterion"),
    ("phenomena", "phenomenon"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("appendices", "appendix"),
    ("axes", "axis"),
    ("analyses", "analysis"),
    ("crises", "crisis"),
    ("theses", "thesis"),
    ("hypotheses", "hypothesis"),
    ("syntheses", "synthesis"),
    ("diagnoses", "diagnosis"),
    ("synopses", "synopsis"),
    ("parentheses", "parenthesis"),
    ("ellipses", "ellipsis"),
    ("quizzes", "quiz"),
    ("leaves", "leaf"),
    ("halves", "half"),
    ("lives", "life"),
    ("knives", "knife"),
    ("wives", "wife"),
    ("shelves", "shelf"),
    ("wolves", "wolf"),
    ("menus", "menu"),
    ("gurus", "guru"),
];

/// What ends in `s` and is one.
const SINGULAR: [&str; 58] = [
    "alias",
    "always",
    "analytics",
    "as",
    "atlas",
    "aws",
    "basics",
    "bias",
    "bus",
    "canvas",
    "chaos",
    "cors",
    "corps",
    "cosmos",
    "css",
    "dns",
    "does",
    "ethics",
    "gas",
    "goods",
    "gps",
    "graphics",
    "has",
    "headquarters",
    "https",
    "iaas",
    "ios",
    "ipados",
    "its",
    "js",
    "kudos",
    "lens",
    "logistics",
    "macos",
    "mathematics",
    "means",
    "mms",
    "ms",
    "news",
    "os",
    "paas",
    "physics",
    "pos",
    "qos",
    "rss",
    "saas",
    "series",
    "sms",
    "sos",
    "species",
    "thanks",
    "tls",
    "tvos",
    "vas",
    "visionos",
    "was",
    "watchos",
    "yes",
];

/// What ends in `i`.
const ENDING_IN_I: [&str; 18] = [
    "alibi", "api", "bikini", "cli", "doi", "emoji", "gui", "kiwi", "kpi", "rabbi", "roi",
    "safari", "sdi", "ski", "taxi", "ui", "uri", "wiki",
];

/// What ends in `ie`.
const ENDING_IN_IE: [&str; 16] = [
    "brownie", "calorie", "collie", "cookie", "die", "eerie", "genie", "lie", "movie", "pie",
    "prairie", "rookie", "selfie", "smoothie", "tie", "zombie",
];

/// What ends in `che`.
const ENDING_IN_CHE: [&str; 9] = [
    "ache",
    "avalanche",
    "cache",
    "cliche",
    "creche",
    "headache",
    "niche",
    "psyche",
    "quiche",
];

/// What ends in `oe`.
const ENDING_IN_OE: [&str; 6] = ["canoe", "foe", "hoe", "oboe", "shoe", "toe"];

/// What ends in `s` and has a plural in `ses`.
const ENDING_IN_S: [&str; 34] = [
    "abacus",
    "alias",
    "apparatus",
    "atlas",
    "bias",
    "bonus",
    "bus",
    "cactus",
    "campus",
    "canvas",
    "census",
    "chorus",
    "circus",
    "consensus",
    "corpus",
    "focus",
    "fungus",
    "gas",
    "genius",
    "iris",
    "lens",
    "locus",
    "minus",
    "nexus",
    "octopus",
    "opus",
    "plus",
    "prospectus",
    "radius",
    "status",
    "surplus",
    "syllabus",
    "virus",
    "walrus",
];

/// The last word of `text` as one of many: `at_items` → `at_item`, `categories` → `category`. What is not a plural stays.
#[must_use]
pub fn singular(text: &str) -> String {
    let is_start = |(at, c): (usize, char)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !c.is_ascii_alphabetic()
            || c.is_ascii_uppercase() && before.is_some_and(|before| before.is_ascii_lowercase())
    };
    let start = text
        .char_indices()
        .rfind(|place| is_start(*place))
        .map_or(0, |(at, c)| {
            if c.is_ascii_alphabetic() {
                at
            } else {
                at + c.len_utf8()
            }
        });
    let (before, last) = text.split_at_checked(start).unwrap_or(("", text));
    let one = one(&last.to_ascii_lowercase());
    // As much of the spelling as the two have in common.
    let common = last
        .bytes()
        .zip(one.bytes())
        .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
        .count();
    let kept = last.get(..common).unwrap_or_default();
    let ending = one.get(common..).unwrap_or_default();
    let is_shouted = last.len() > 1 && last.chars().all(|c| c.is_ascii_uppercase());
    if is_shouted {
        format!("{before}{kept}{}", ending.to_ascii_uppercase())
    } else {
        format!("{before}{kept}{ending}")
    }
}

/// `many` is in lower case.
fn one(many: &str) -> String {
    if let Some((_, one)) = IRREGULAR.iter().find(|(plural, _)| *plural == many) {
        return (*one).to_owned();
    }
    let is_any = |known: &[&str], word: &str| known.contains(&word);
    let Some(stem) = many
        .strip_suffix('s')
        .filter(|stem| stem.len() > 1 && !is_any(&SINGULAR, many))
    else {
        return many.to_owned();
    };
    if let Some(short) = stem.strip_suffix('e') {
        if let Some(shorter) = short.strip_suffix('i') {
            return match shorter.len() > 1 && !is_any(&ENDING_IN_IE, stem) {
                true => format!("{shorter}y"),
                false => stem.to_owned(),
            };
        }
        let loses_e = is_any(&ENDING_IN_S, short)
            || ["ss", "sh", "x", "zz", "tz"]
                .iter()
                .any(|it| short.ends_with(it))
            || short.ends_with("ch") && !is_any(&ENDING_IN_CHE, stem)
            || short.ends_with('o') && !is_any(&ENDING_IN_OE, stem);
        return if loses_e { short } else { stem }.to_owned();
    }
    let is_one = stem.ends_with(['s', 'u']) || stem.ends_with('i') && !is_any(&ENDING_IN_I, stem);
    if is_one { many } else { stem }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn what_is_many_becomes_one() {
        for (many, one) in [
            ("at_items", "at_item"),
            ("categories", "category"),
            ("boxes", "box"),
            ("classes", "class"),
            ("batches", "batch"),
            ("caches", "cache"),
            ("cookies", "cookie"),
            ("movies", "movie"),
            ("houses", "house"),
            ("databases", "database"),
            ("purchases", "purchase"),
            ("responses", "response"),
            ("sizes", "size"),
            ("statuses", "status"),
            ("aliases", "alias"),
            ("quizzes", "quiz"),
            ("emojis", "emoji"),
            ("apis", "api"),
            ("heroes", "hero"),
            ("photos", "photo"),
            ("shoes", "shoe"),
            ("schemas", "schema"),
            ("archives", "archive"),
            ("leaves", "leaf"),
            ("analyses", "analysis"),
            ("phone_indices", "phone_index"),
            ("people", "person"),
            ("days", "day"),
            ("ties", "tie"),
            ("ids", "id"),
            ("channelIds", "channelId"),
            ("channelIDs", "channelID"),
            ("CATEGORIES", "CATEGORY"),
            ("RoomMembers", "RoomMember"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn what_is_one_stays() {
        for word in [
            "status",
            "access",
            "address",
            "news",
            "series",
            "species",
            "analysis",
            "basis",
            "lens",
            "bus",
            "data",
            "media",
            "chaos",
            "sms",
            "dns",
            "analytics",
            "is",
            "s",
            "",
            "ß",
            "3",
            "user_status",
            "previousStatus",
        ] {
            assert_eq!(singular(word), word);
        }
    }

    proptest::proptest! {
        #[test]
        fn one_of_any_text_is_one(text in "\\PC{0,12}s?") {
            let once = singular(&text);
            proptest::prop_assert!(once.len() <= text.len() + 2, "{once}");
        }
    }
}
