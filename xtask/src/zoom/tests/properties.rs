use proptest::prelude::*;

use super::*;

/// Prose sprinkled with what is looked for.
fn prose() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "**Error Code:** `300`",
        "**Error Codes:**",
        "Error Code:",
        "**HTTP Status Code:** `404`",
        "<br>",
        "<br/>",
        "\n",
        "\n\n",
        "* ",
        "`",
        "`a`",
        "**",
        "**Scopes:** `a:b`",
        "**[Granular Scopes](https://e.com):**",
        "**[Rate Limit Label](https://e.com):** `LIGHT`",
        "10",
        ": ",
        "<b>",
        "</b>",
        "<a href=\"x\">",
        "</a>",
        "<code>",
        "</code>",
        "&mdash;",
        "base URL ",
        "https://file.zoom.us/v2",
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
    fn any_text_is_read(text in prose()) {
        for (start, end) in response(&text).errors.iter().map(|found| (found.range.start, found.range.end)) {
            prop_assert!(text.get(start..end).is_some());
        }
        let facts = operation(&text);
        for found in facts.scopes.iter().chain(&facts.granular_scopes) {
            let claimed = text.get(found.range.clone()).unwrap();
            prop_assert!(!found.fact.is_empty());
            prop_assert!(found.fact.iter().all(|scope| claimed.contains(scope.as_str())));
        }
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec("[a-z]{3,8}", 1..12), text in prose()) {
        // Words in front of anything that could claim them.
        let text = format!("{} {text}", words.join(" "));
        prop_assert!(operation(&text).rest.contains(&words[0]));
        prop_assert!(response(&text).rest.contains(&words[0]));
    }

    #[test]
    fn error_texts_keep_every_word(texts in prop::collection::vec("[a-z]{1,8}( \\$?[a-z]{1,8}){0,4}", 1..6)) {
        let name = texts.iter().enumerate().fold("Bad Request".to_owned(), |name, (i, text)| format!("{name}<br>\n**Error Code:** `{i}` <br>\n {text}. <br>"));
        let expected: Vec<(i64, String)> = texts.iter().enumerate().map(|(i, text)| (i as i64, format!("{text}."))).collect();
        prop_assert_eq!(errors(&name), expected);
    }
}
