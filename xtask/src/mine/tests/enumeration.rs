use super::super::*;

fn values(text: &str) -> Option<Vec<String>> {
    field(text).enumeration.map(|found| found.fact)
}

#[test]
fn bare_words_are_values_only_under_a_label() {
    assert_eq!(
        values("Allowed values: asc, desc."),
        Some(vec!["asc".into(), "desc".into()])
    );
    for text in [
        "Possible values are asc, desc.",
        "The order must be one of asc or desc.",
        "Allowed values are `asc`, desc.",
    ] {
        // With a backquote around each they would count.
        assert_eq!(values(text), None, "{text}");
        let quoted = text.replace("`asc`", "asc").replace("asc", "`asc`");
        assert!(
            values(&quoted.replace("desc", "`desc`")).is_some(),
            "{quoted}"
        );
    }
}

#[test]
fn the_words_before_a_list_may_say_that_it_is_something_else() {
    for before in ["For example, ", "If you set x, ", "When x is set, ", "Not "] {
        let text = format!("{before}allowed values: `asc`, `desc`.");
        assert_eq!(values(&text), None, "{text}");
        // In another sentence they say nothing about the list.
        let text = format!("{before}it is fine. Allowed values: `asc`, `desc`.");
        assert!(values(&text).is_some(), "{text}");
    }
}

#[test]
fn what_the_list_is_said_to_be_of_may_be_no_values() {
    let listed = |noun: &str| values(&format!("The {noun} must be one of `asc`, `desc`."));
    assert!(listed("order").is_some());
    for noun in [
        "columns",
        "events",
        "headers",
        "parameters",
        "permissions",
        "properties",
        "scopes",
        "tokens",
        "reserved word",
    ] {
        assert_eq!(listed(noun), None, "{noun}");
    }
}

#[test]
fn values_are_at_least_two_distinct_short_ones() {
    let long = "x".repeat(64);
    assert!(values(&format!("Allowed values: `{long}`, `b`.")).is_some());
    for text in [
        "Allowed values: `a`.".to_owned(),
        "Allowed values: `a`, `a`.".to_owned(),
        "Allowed values: `a`, `b`, `a`.".to_owned(),
        format!("Allowed values: `{long}x`, `b`."),
        format!("The kind:\n* `{long}x` — one\n* `b` — two"),
        "The kind:\n* `a` — one\n* `a` — two".to_owned(),
    ] {
        assert_eq!(values(&text), None, "{text}");
    }
}

#[test]
fn a_list_of_one_does_not_hide_the_next() {
    let text = "The unit:\n* `s` — seconds\n\nThe kind:\n* `a` — one\n* `b` — two";
    assert_eq!(values(text), Some(vec!["a".into(), "b".into()]));
}

#[test]
fn a_list_that_begins_on_the_line_of_its_introduction_is_claimed_from_there() {
    let text = "Some words before.\n\nThe kind: `a` — one\n`b` — two";
    let found = field(text).enumeration.unwrap();
    assert_eq!(found.fact, ["a", "b"]);
    assert_eq!(text.get(found.range), Some("`a` — one\n`b` — two"));
}
