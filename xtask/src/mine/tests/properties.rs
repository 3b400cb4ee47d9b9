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

proptest! {
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
