use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::infer::{Evidence, Kind};

fn errors(name: &str) -> Vec<(i64, String)> {
    response(name)
        .errors
        .into_iter()
        .map(|found| (found.fact.code, found.fact.message))
        .collect()
}

fn pairs(expected: &[(i64, &str)]) -> Vec<(i64, String)> {
    expected
        .iter()
        .map(|(code, text)| (*code, (*text).to_owned()))
        .collect()
}

#[test]
fn reads_the_names_of_the_seed_responses() {
    let sent = response("**Status Code:** `201`<br>\nMessage sent.");
    assert_eq!(sent.status.map(|found| found.fact), Some(201));
    assert_eq!(sent.description, "Message sent.");

    let name = "**HTTP Status Code:** `400`<br>\nBad request.<br>\n**Error Code:** `5301`<br>\nMessage sending failed.<br>\n**Error Code:** `5402`<br>\nThis only supports replies to a main message.";
    let refused = response(name);
    assert_eq!(refused.description, "Bad request.");
    assert_eq!(refused.errors[0].range.start, name.find("**Error").unwrap());
    assert_eq!(
        errors(name),
        pairs(&[
            (5301, "Message sending failed."),
            (5402, "This only supports replies to a main message.")
        ])
    );

    let name = "**HTTP Status Code:** `404`<br>\n**Error Code**: `1001`<br>\nUser does not exist: $to_contact.<br>\n**Error Code**: `4130`<br>\nChannel does not exist: $to_channel.";
    assert_eq!(response(name).description, "");
    assert_eq!(
        errors(name),
        pairs(&[
            (1001, "User does not exist: $to_contact."),
            (4130, "Channel does not exist: $to_channel.")
        ])
    );
}

#[test]
fn reads_statuses_in_every_spelling() {
    for (name, status, description) in [
        (
            "**HTTP Status Code:**`200`   The list of emojis returned.",
            Some(200),
            "The list of emojis returned.",
        ),
        (
            "**HTTP Status Code:** `204`: file deleted.",
            Some(204),
            "file deleted.",
        ),
        (
            "**Status Code:** `201`   \n \nFile successfully uploaded.",
            Some(201),
            "File successfully uploaded.",
        ),
        (
            "<b>Status code:</b> 409<br/>Conflict",
            Some(409),
            "Conflict",
        ),
        (
            "HTTP Status Code: 429\nToo many requests",
            Some(429),
            "Too many requests",
        ),
        ("Returns the file.", None, "Returns the file."),
        (
            "The status code: see below",
            None,
            "The status code: see below",
        ),
        (
            "**Status Code:** `99999` odd",
            None,
            "**Status Code:** `99999` odd",
        ),
    ] {
        let facts = response(name);
        assert_eq!(facts.status.map(|found| found.fact), status, "{name}");
        assert_eq!(facts.description, description, "{name}");
    }
}

#[test]
fn reads_error_codes_in_every_spelling() {
    for (name, expected) in [
        (
            "**Error Code:** `300` <br>\n  <br> Must provide either. <br> <br>",
            &[(300, "Must provide either.")][..],
        ),
        (
            "**Error Code:** `300` <br>\n Message does not exist: $messageId. <br> Must provide either.<br> <br>\n**Error Code:** `300` <br>\n Other. <br>",
            &[
                (300, "Message does not exist: $messageId."),
                (300, "Must provide either."),
                (300, "Other."),
            ],
        ),
        (
            "**Error Code:** `200` <br>\n* The contact is invalid. \n* Only the sender can.\n\n**Error Code:** `300`",
            &[
                (200, "The contact is invalid."),
                (200, "Only the sender can."),
                (300, ""),
            ],
        ),
        (
            "**Error Code:** `5306`<br/>\n**Error Code:** `5307`<br/>Text",
            &[(5306, ""), (5307, "Text")],
        ),
        (
            "**Error Codes:**<br>\n* `300` - First.\n* `5301`: Second,\n  continued.\n",
            &[(300, "First."), (5301, "Second, continued.")],
        ),
        (
            "**Error Codes:** `300`, `301` <br> Both.",
            &[(300, "Both."), (301, "Both.")],
        ),
        (
            "Bad Request **Error Code:** 300 Plain number.",
            &[(300, "Plain number.")],
        ),
        (
            "Bad Request\nError code: 300 - Plain label.",
            &[(300, "Plain label.")],
        ),
        (
            "<b>Error Code:</b> 300<br>In HTML: &quot;x&quot;.",
            &[(300, "In HTML: \"x\".")],
        ),
        (
            "**Error Code:** `300` <br>\n Invalid parameter, the possible reasons:\n1. Allowed: letters\n2. At most 256KB. <br>",
            &[(
                300,
                "Invalid parameter, the possible reasons: 1. Allowed: letters 2. At most 256KB.",
            )],
        ),
        (
            "**Error Code:** `404` <br>\n Does not exist: '${fileId}' or `$x` or {0}.",
            &[(404, "Does not exist: '${fileId}' or `$x` or {0}.")],
        ),
        ("The error code: see the guide", &[]),
        ("**Error Codes:** are listed elsewhere", &[]),
        ("**Error Code:** `99999999999999999999`", &[]),
    ] {
        assert_eq!(errors(name), pairs(expected), "{name}");
    }
}

#[test]
fn names_without_facts_stay_whole() {
    assert_eq!(
        response("**Error Codes:** are listed elsewhere").description,
        "**Error Codes:** are listed elsewhere"
    );
}

#[test]
fn reads_scopes_and_labels_in_every_spelling() {
    let url = "https://example.com/scopes/";
    for (text, scopes, granular, label, rest) in [
        (
            "Sends.\n\n**Scopes:** `chat_message:write`, `chat_message:write:admin`<br>**[Rate Limit Label](https://e.com/rate-limits#rate-limits):** `Medium`\n\n <p><b>Note:</b> Careful.</p>".to_owned(),
            &["chat_message:write", "chat_message:write:admin"][..], &[][..], Some(RateLimitLabel::Medium), "Sends.\n\n**Note:** Careful.",
        ),
        (
            format!("Lists.\n\n**[Scopes]({url}):** `a:read:admin`,`a:read`\n\n**[Granular Scopes]({url}):** `t:read:x`,`t:read:x:admin`\n\n**[Rate Limit Label]({url}):** `LIGHT`"),
            &["a:read:admin", "a:read"], &["t:read:x", "t:read:x:admin"], Some(RateLimitLabel::Light), "Lists.",
        ),
        (format!("X.\n\n**[Rate Limit Label]({url}):** `RESOURCE-INTENSIVE`"), &[], &[], Some(RateLimitLabel::ResourceIntensive), "X."),
        (format!("X.<p><a href=\"{url}\">Rate Limit Label</a>: Resource-intensive</p>"), &[], &[], Some(RateLimitLabel::ResourceIntensive), "X."),
        (format!("X.\n[**Rate Limit Label**]({url})**:** **Heavy**"), &[], &[], Some(RateLimitLabel::Heavy), "X."),
        ("X.\nScopes: a:read, b:write\nRate Limit Label: light\nMore.".to_owned(), &["a:read", "b:write"], &[], Some(RateLimitLabel::Light), "X.\n\nMore."),
        ("X.\n**Scopes:**\n* `a:read`\n* `b:write`\n\nMore.".to_owned(), &["a:read", "b:write"], &[], None, "X.\n\nMore."),
        ("**Prerequisites:**\n* Scopes: `imchat:bot`\n* A plan.".to_owned(), &["imchat:bot"], &[], None, "**Prerequisites:**\n\n* A plan."),
        ("<b>Scopes:</b> <code>a:read</code> or <code>b:write</code>".to_owned(), &["a:read", "b:write"], &[], None, ""),
        ("The scopes are many, and the rate limit label of it matters: heavy use.".to_owned(), &[], &[], None, "The scopes are many, and the rate limit label of it matters: heavy use."),
    ] {
        let facts = operation(&text);
        assert_eq!(facts.scopes.map(|found| found.fact).unwrap_or_default(), scopes, "{text}");
        assert_eq!(facts.granular_scopes.map(|found| found.fact).unwrap_or_default(), granular, "{text}");
        assert_eq!(facts.rate_limit_label.map(|found| found.fact), label, "{text}");
        assert_eq!(facts.description, rest, "{text}");
    }
}

#[test]
fn reads_an_own_server() {
    for (text, server) in [
        (
            "Uploads. \n\n **Note:** \n* The base URL for this API's is `https://file.zoom.us/v2/`. \n* More.",
            Some("https://file.zoom.us/v2"),
        ),
        (
            "Base URL: https://fileapi.zoom.us/v2.",
            Some("https://fileapi.zoom.us/v2"),
        ),
        (
            "The <b>base URL</b> of this API is <code>https://file.zoom.us/v2</code>.",
            Some("https://file.zoom.us/v2"),
        ),
        ("See https://zoom.us/docs for the base URL.", None),
    ] {
        assert_eq!(
            operation(text).server.map(|found| found.fact).as_deref(),
            server,
            "{text}"
        );
    }
}

#[test]
fn reads_prefix_and_suffix() {
    let text = "(Required) The order.\n(This can only be one of asc,desc)";
    let facts = field(text);
    assert!(facts.required.is_some());
    assert_eq!(facts.enumeration.unwrap().fact, ["asc", "desc"]);
    assert_eq!(facts.description, "The order.");
    assert_eq!(
        field("(This can only be one of audio/mp4)")
            .enumeration
            .unwrap()
            .fact,
        ["audio/mp4"]
    );
    for text in [
        "**Required.** X",
        "(required) X",
        "[Required] X",
        "Required. X",
    ] {
        let facts = field(text);
        assert!(facts.required.is_some(), "{text}");
        assert_eq!(facts.description, "X", "{text}");
    }
    for text in ["Required if x is set.", "Is (Required)", "**Optional** X"] {
        assert_eq!(field(text).required, None, "{text}");
        assert_eq!(field(text).description, text);
    }
}

#[test]
fn reads_lists_of_values() {
    for (text, expected) in [
        (
            "The type of search: \n* `message` &mdash; Search messages. \n* `file` &mdash; Search files. \n\n**Note:** \n* If you use `x`, also `y`.",
            &["message", "file"][..],
        ),
        (
            "The value can be one of the following:\n`company`: Contacts.\n`external`: External contacts. ",
            &["company", "external"],
        ),
        (
            "The status can be one of the following:   \n  `Do_Not_Disturb`  \n  `Away`  \n  `Available`",
            &["Do_Not_Disturb", "Away", "Available"],
        ),
        (
            "The phone number's label:\n* `Mobile`\n* `Office`\n * `Fax`",
            &["Mobile", "Office", "Fax"],
        ),
        ("The kind of thing: `1` - foo <br> `2` - bar", &["1", "2"]),
        (
            "The kind of thing:<br>`1` - foo <br>`2` - bar<br>",
            &["1", "2"],
        ),
        (
            "The kind:\n* `a` — one\n  and more\n* `b` — two\nwrapped\n* `c` — three",
            &["a", "b", "c"],
        ),
        ("Order. Allowed: asc┃desc", &["asc", "desc"]),
        ("Allowed values: `asc`, `desc`.", &["asc", "desc"]),
        ("Possible values are `a`, `b`, and `c`.", &["a", "b", "c"]),
        ("Must be one of `a`, `b` or `c`.", &["a", "b", "c"]),
        (
            "Value must be either `read` or `unread`.",
            &["read", "unread"],
        ),
        ("One of: \"a\", \"b\"", &["a", "b"]),
        ("Valid values: 1, 2, 3", &["1", "2", "3"]),
    ] {
        let facts = field(text);
        let found = facts
            .enumeration
            .unwrap_or_else(|| panic!("no list in {text}"));
        assert_eq!(found.fact, expected, "{text}");
        for value in expected {
            assert!(
                text.get(found.range.clone())
                    .is_some_and(|claimed| claimed.contains(value)),
                "{text}: {:?}",
                found.range
            );
        }
    }
}

#[test]
fn leaves_other_lists_alone() {
    for text in [
        "A comma-separated list of the type of user contact to query: \n* `1` &mdash; A Zoom user. \n* `2` &mdash; An auto receptionist.",
        "You must provide one of the following parameters:\n* `to_contact` — The contact.\n* `to_channel` — The channel.",
        "One of `to_contact` or `to_channel` must be set.",
        "Provide at least one of `a`, `b`.",
        "For example: `a`, `b`.",
        "Required permissions:\n* `x`\n* `y`",
        "If neither `to_channel` nor `to_contact` is passed, all reminders will be queried.",
        "Set `query` to `true` in order to include it.",
        "This field can be designated as `desc` or `asc`, and is sorted.",
        "The value is one of many.",
        "The kind:\n* `a` — only one",
        "Supported: see below",
        "**Note:** \n* `a` — x\n* `b` — y",
    ] {
        assert_eq!(field(text).enumeration, None, "{text}");
    }
}

#[test]
fn reads_defaults() {
    for (text, expected) in [
        ("The default value is 10.", Some("10")),
        ("Page size. Default value is `1`.", Some("1")),
        ("Default: `asc`", Some("asc")),
        ("**Default:** true", Some("true")),
        ("Defaults to `me`.", Some("me")),
        ("The number, defaults to 30, at most 50.", Some("30")),
        ("Default value: \"x y\"", Some("x y")),
        ("This value defaults to the current date.", None),
        ("By default, the type is set as company contact.", None),
        ("The API defaults to the `date` query parameter.", None),
        ("It is the current time by default.", None),
        ("Defaults to `a` if b is set.", None),
    ] {
        assert_eq!(
            field(text).default.map(|found| found.fact).as_deref(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn reads_limits_only_where_the_unit_is_clear() {
    let lengths = |text: &str| {
        let facts = field(text);
        (
            facts.min_length.map(|found| found.fact),
            facts.max_length.map(|found| found.fact),
        )
    };
    assert_eq!(
        lengths("The minimum length is 3 characters. The maximum length is 256 characters."),
        (Some(3), Some(256))
    );
    assert_eq!(
        lengths("Allowed characters: letters. The maximum length is 100."),
        (None, Some(100))
    );
    assert_eq!(
        lengths("The query string, up to 256 characters. "),
        (None, Some(256))
    );
    assert_eq!(
        lengths("You can only send a maximum of 256KB."),
        (None, None)
    );
    assert_eq!(lengths("The maximum length is 256 bytes."), (None, None));
    let facts = field("The minimum value is 1. The maximum value is 100. At most 6 items.");
    assert_eq!(facts.minimum.map(|found| found.fact), Some(1));
    assert_eq!(facts.maximum.map(|found| found.fact), Some(100));
    assert_eq!(facts.max_items.map(|found| found.fact), Some(6));
    assert_eq!(field("A maximum of 16 megabytes for images").maximum, None);
}

#[test]
fn applies_facts_in_the_type_of_the_samples() {
    let mut evidence = Evidence::new();
    evidence.observe_text("10");
    let mut schema = evidence.resolve().schema;
    let text = "The number: \n* `10` — ten\n* `20` — twenty\n\nDefault: `20`";
    assert_eq!(apply(&field(text), &mut schema), []);
    assert_eq!(schema.kind, Kind::Integer(None));
    assert_eq!(schema.enumeration, [json!(10), json!(20)]);
    assert_eq!(schema.default, Some(json!(20)));

    let mut schema = evidence.resolve().schema;
    let disagreements = apply(&field("Allowed: 1┃2\nDefault: `x`"), &mut schema);
    assert_eq!(disagreements.len(), 2);
    assert!(schema.enumeration.is_empty() && schema.default.is_none());
}

#[test]
fn applies_what_is_said_of_the_kind() {
    let applied = |description: &str, sample: &str| {
        let mut evidence = Evidence::new();
        evidence.observe_text(sample);
        let mut schema = evidence.resolve().schema;
        assert_eq!(apply(&field(description), &mut schema), []);
        schema.kind
    };
    let text = |format: Option<&str>| Kind::String(format.map(str::to_owned));
    let item = |kind: Kind| match kind {
        Kind::Array(items) => items.kind,
        other => panic!("no list but {other:?}"),
    };
    assert_eq!(
        item(applied(
            "(Required) A list of the files to send, in binary format.",
            "x"
        )),
        text(Some("binary"))
    );
    assert_eq!(item(applied("List of numbers.", "1")), Kind::Integer(None));
    assert_eq!(
        applied("A comma-separated list of numbers.", "1"),
        Kind::Integer(None)
    );
    assert_eq!(applied("A list of numbers.", "1,2"), text(None));
    assert_eq!(
        applied("The email address.", "a@example.com"),
        text(Some("email"))
    );
    assert_eq!(
        applied(
            "The user ID, or email address of a contact.",
            "a@example.com"
        ),
        text(None)
    );
    assert_eq!(
        applied("Either first name, last name or email.", "a@example.com"),
        text(None)
    );
    assert_eq!(
        applied("The query date, or the current one.", "2020-01-01"),
        text(Some("date"))
    );
}

#[test]
fn bounds_that_a_sample_breaks_are_not_applied() {
    let mut evidence = Evidence::new();
    evidence.observe_text("far too long");
    let mut schema = evidence.resolve().schema;
    assert_eq!(
        apply(
            &field("The maximum length is 3. The minimum length is 2."),
            &mut schema
        ),
        []
    );
    assert_eq!(
        (schema.limits.min_length, schema.limits.max_length),
        (Some(2), None)
    );
}

#[test]
fn rewrites_html() {
    for (html, markdown) in [
        ("a<br>b", "a  \nb"),
        ("a<br><br>\nb", "a\n\nb"),
        (
            "<p style=\"color:#01579b\"> <b>Note:</b> For an <b>account</b> <a href=\"https://e.com/a\"> app</a>, x.</p>",
            "**Note:** For an **account** [app](https://e.com/a), x.",
        ),
        (
            "x<ul><li>a</li><li><i>b </i>c</li></ul>",
            "x\n\n* a\n\n* *b* c",
        ),
        (
            "&quot;x&quot; &mdash; y&nbsp;z &lt;b&gt; &amp; &unknown;",
            "\"x\" — y z &lt;b&gt; &amp; &unknown;",
        ),
        ("code `<b>&quot;` stays", "code `<b>&quot;` stays"),
        ("<code>a &lt; `b`</code>", "`` a < `b` ``"),
        (
            "a <string> and 1 < 2 > 0 <https://e.com>",
            "a \\<string> and 1 < 2 > 0 <https://e.com>",
        ),
        ("<b></b><b>open", "**open**"),
        ("closed</b> too", "closed too"),
        ("| a | b<br>c |", "| a | b<br>c |"),
        (
            "<table><tr><td>a</td></tr></table>",
            "<table><tr><td>a</td></tr></table>",
        ),
        ("a<!-- no -->b", "ab"),
        ("<a href='x y'>z</a>", "[z](<x y>)"),
        ("`` open ` code", "`` open ` code"),
        ("  \n a \n\n\n\n b \n", "a\n\nb"),
    ] {
        assert_eq!(to_markdown(html), markdown, "{html}");
    }
}

/// The characters that a reader sees, without spaces.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Prose sprinkled with what miners look for.
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
        "``",
        "**",
        "**Scopes:** `a:b`",
        "**[Granular Scopes](https://e.com):**",
        "**[Rate Limit Label](https://e.com):** `LIGHT`",
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
        "base URL ",
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
        for (start, end) in response(&text).errors.iter().map(|found| (found.range.start, found.range.end)) {
            prop_assert!(text.get(start..end).is_some());
        }
        let facts = operation(&text);
        for found in facts.scopes.iter().chain(&facts.granular_scopes) {
            let claimed = text.get(found.range.clone()).unwrap();
            prop_assert!(found.fact.iter().all(|scope| claimed.contains(scope.as_str())));
        }
        let facts = field(&text);
        if let Some(found) = &facts.enumeration {
            let claimed = text.get(found.range.clone()).unwrap();
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

    #[test]
    fn error_texts_keep_every_word(texts in prop::collection::vec("[a-z]{1,8}( \\$?[a-z]{1,8}){0,4}", 1..6)) {
        let name = texts.iter().enumerate().fold("Bad Request".to_owned(), |name, (i, text)| format!("{name}<br>\n**Error Code:** `{i}` <br>\n {text}. <br>"));
        let expected: Vec<(i64, String)> = texts.iter().enumerate().map(|(i, text)| (i as i64, format!("{text}."))).collect();
        prop_assert_eq!(errors(&name), expected);
    }
}
