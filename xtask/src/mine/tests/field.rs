use super::super::*;

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
    for text in ["Required if x is set.", "Is (Required) X", "**Optional** X"] {
        assert_eq!(field(text).required, None, "{text}");
        assert_eq!(field(text).description, text);
    }
}

#[test]
fn each_value_counts_once_and_none_is_empty() {
    let facts = field("(This can only be one of asc,,desc, asc)");
    assert_eq!(facts.enumeration.unwrap().fact, ["asc", "desc"]);
}

#[test]
fn facts_are_claimed_where_they_stand() {
    let text = "(Required) The order. Allowed: `asc`, `desc`. Default: `asc`.";
    let facts = field(text);
    let claimed = |range: Range<usize>| text.get(range).unwrap();
    assert_eq!(
        claimed(facts.enumeration.unwrap().range),
        "Allowed: `asc`, `desc`"
    );
    assert!(claimed(facts.default.unwrap().range).starts_with("Default: `asc`"));

    let text = "(Required) Array of files in binary format.";
    let facts = field(text);
    let claimed = |found: Option<Found<()>>| text.get(found.unwrap().range).unwrap();
    assert_eq!(claimed(facts.required), "(Required) ");
    assert_eq!(claimed(facts.list), "Array of");
    assert_eq!(claimed(facts.binary), "in binary format");
    let text = "(Required) The user's ID or email address.";
    let mixed = field(text).mixed.unwrap();
    assert_eq!(text.get(mixed.range), Some("ID or"));
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
    let per_page = field("Results per page (max 100).");
    assert_eq!(per_page.maximum.map(|found| found.fact), Some(100));
    assert_eq!(field("A maximum of 16 megabytes for images").maximum, None);
}
