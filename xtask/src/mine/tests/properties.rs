use proptest::prelude::*;

use super::super::*;

/// The characters that a reader sees, without spaces.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Prose sprinkled with what miners look for.
fn prose() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "**HTTP Status Code:** `404`",
        "<br>",
        "<br/>",
        "\n",
        "\n\n",
        "* ",
        "`",
        "`a`",
        "``",
        "**",
        "(Required)",
        "Allowed: a┃b",
        "one of ",
        "Default: ",
        "10",
        ": ",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<a href=\"x\">",
        "</a>",
        "<code>",
        "</code>",
        "<",
        ">",
        "&mdash;",
        "&",
        "(This can only be one of a,b)",
        "The kind:",
        " — ",
        "https://e.com/v2",
        "maximum length is 5",
        "é",
        "日本",
        "word ",
    ]);
    prop::collection::vec(
        prop_oneof![4 => bits.prop_map(str::to_owned), 1 => "\\PC{0,6}"],
        0..24,
    )
    .prop_map(|bits| bits.concat())
}

/// Statements each of which gives a fact.
const STATEMENTS: [&str; 14] = [
    "Allowed values: `red`, `green`",
    "Allowed values: red, green",
    "Must be one of `red` or `green`",
    "Value is either `red` or `green`",
    "Defaults to `red`",
    "Default: 10",
    "The default value is 10",
    "Up to 80 characters",
    "The maximum length is 80",
    "Between 3 and 50 characters",
    "Minimum: 3",
    "The maximum value is 10",
    "At most 10 items",
    "**Required**",
];

/// What puts a statement in doubt, after it.
const DOUBTS: [&str; 16] = [
    " if it is paid",
    ", if it is paid",
    " when `x` is set",
    ", unless it is free",
    " unless it is free",
    " for admins",
    ", for admins only",
    " or something else",
    ", or whatever fits",
    ", etc",
    ", or any other",
    " except on Sundays",
    " only for admins",
    ", depending on the plan",
    ", otherwise not",
    "\nif it is paid",
];

fn has_facts(facts: &FieldFacts) -> bool {
    facts.required.is_some()
        || facts.deprecated.is_some()
        || facts.enumeration.is_some()
        || facts.default.is_some()
        || facts.min_length.is_some()
        || facts.max_length.is_some()
        || facts.minimum.is_some()
        || facts.maximum.is_some()
        || facts.min_items.is_some()
        || facts.max_items.is_some()
}

#[test]
fn each_statement_gives_a_fact_and_none_in_doubt() {
    for statement in STATEMENTS {
        assert!(has_facts(&field(&format!("{statement}."))), "{statement}");
        for doubt in DOUBTS {
            let text = format!("{statement}{doubt}.");
            assert!(!has_facts(&field(&text)), "{text}: {:?}", field(&text));
        }
    }
}

proptest! {
    #[test]
    fn a_sentence_in_doubt_gives_no_fact(
        statement in prop::sample::select(&STATEMENTS[..]),
        doubt in prop::sample::select(&DOUBTS[..]),
        before in "([A-Z][a-z]{2,7} zyx[a-z]{0,5}[.] ){0,2}",
        between in prop::sample::select(&["", " of it", " at all", " in `x`"][..]),
        after in "( zyx[a-z]{0,5}){0,3}[.]( [A-Z][a-z]{2,7} zyx[.])?",
    ) {
        let text = format!("{before}{statement}{between}{doubt}{after}");
        prop_assert!(!has_facts(&field(&text)), "{}: {:?}", text, field(&text));
    }

    #[test]
    fn a_case_before_a_statement_gives_no_fact(
        statement in prop::sample::select(&STATEMENTS[..13]),
        case in prop::sample::select(&["If it is paid, ", "When x is set, ", "For admins, ", "Unless it is free, the ", "Depending on x, "][..]),
    ) {
        let mut statement = statement.to_owned();
        statement.get_mut(..1).unwrap().make_ascii_lowercase();
        let text = format!("{case}{statement}.");
        prop_assert!(!has_facts(&field(&text)), "{}: {:?}", text, field(&text));
    }

    #[test]
    fn shuffled_prose_is_read_or_left_alone(words in prop::collection::vec(prop::sample::select(
        STATEMENTS.iter().chain(&DOUBTS).flat_map(|text| text.split_inclusive([' ', ',', '`', ':', '\n'])).chain(["```\n", "    ", "<pre>", "(", ")", "* ", "\n\n", "…", "é"]).collect::<Vec<_>>(),
    ), 0..40)) {
        let text = words.concat();
        let facts = field(&text);
        let spans = [
            facts.enumeration.map(|found| found.range),
            facts.default.map(|found| found.range),
            facts.required.map(|found| found.range),
            facts.max_length.map(|found| found.range),
            facts.maximum.map(|found| found.range),
        ];
        for range in spans.into_iter().flatten() {
            prop_assert!(text.get(range.clone()).is_some_and(|text| !text.is_empty()), "{:?} of {:?}", range, text);
        }
    }

    #[test]
    fn code_blocks_stay_as_they_are(code in "[ -~]{0,20}(\n[ -~]{0,20}){0,3}", marker in prop::sample::select(&["`````", "~~~~~"][..])) {
        let block = format!("{marker}\n{code}\n{marker}");
        prop_assume!(!code.contains(marker));
        let text = format!("A <b>word</b>.\n\n{block}\nAnd <i>more</i>.");
        prop_assert_eq!(to_markdown(&text), format!("A **word**.\n\n{block}\nAnd *more*."));
        let text = format!("A word.\n\n{marker}\nDefault: 10.\n{code}\n{marker}");
        prop_assert!(!has_facts(&field(&text)));
    }

    #[test]
    fn miners_take_any_text(text in prose()) {
        let facts = field(&text);
        if let Some(found) = &facts.enumeration {
            let claimed = text.get(found.range.clone()).unwrap();
            prop_assert!(!found.fact.is_empty());
            prop_assert!(found.fact.iter().all(|value| claimed.contains(value.as_str())));
        }
        if let Some(found) = &facts.default {
            prop_assert!(text.get(found.range.clone()).unwrap().contains(&found.fact));
        }
    }

    #[test]
    fn text_without_html_keeps_every_character(text in "[^<&\\n]{0,40}(\\n[^<&]{0,40})?") {
        prop_assert_eq!(visible(&to_markdown(&text)), visible(&text));
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec("[a-z]{3,8}", 1..12), text in prose()) {
        // Words between any markup, in front of anything that could claim them.
        let text = format!("{} {text}", words.join(" "));
        let clean = to_markdown(&text);
        for word in &words {
            prop_assert!(clean.contains(word.as_str()), "{} lost from {:?}: {:?}", word, text, clean);
        }
        prop_assert!(operation(&text).description.contains(&words[0]));
        prop_assert!(response(&text).description.contains(&words[0]));
    }
}
