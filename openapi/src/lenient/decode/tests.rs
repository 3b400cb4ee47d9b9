use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{from_slice, from_value};

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Item {
    id: Option<String>,
    size: Option<i64>,
    share: Option<f64>,
    read: Option<bool>,
    tags: Option<Vec<String>>,
    sender: Option<Sender>,
    #[serde(flatten)]
    more: BTreeMap<String, Value>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Sender {
    name: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Listing {
    items: Vec<Item>,
}

/// Both ways of reading, which agree.
fn read<T: serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
    value: &Value,
) -> Result<T, String> {
    let text = from_slice(value.to_string().as_bytes()).map_err(|error| error.to_string());
    let tree = from_value(value, "").map_err(|error| error.to_string());
    match (&text, &tree) {
        (Ok(text), Ok(tree)) => assert_eq!(text, tree, "{value}"),
        // Only a text has lines.
        (Err(text), Err(tree)) => assert!(text.starts_with(tree), "{text} / {tree}"),
        _ => panic!("{value}: {text:?} / {tree:?}"),
    }
    text
}

#[test]
fn scalars_of_another_kind_are_converted() {
    let cases = [
        (json!({"id": 123}), json!({"id": "123"})),
        (json!({"id": -7}), json!({"id": "-7"})),
        (json!({"id": 1.5}), json!({"id": "1.5"})),
        (json!({"id": true}), json!({"id": "true"})),
        (json!({"size": "12"}), json!({"size": 12})),
        (json!({"size": "-12"}), json!({"size": -12})),
        (json!({"size": 12.0}), json!({"size": 12})),
        (json!({"share": "0.5"}), json!({"share": 0.5})),
        (json!({"read": "true"}), json!({"read": true})),
        (json!({"read": "False"}), json!({"read": false})),
        (json!({"read": 1}), json!({"read": true})),
        (json!({"read": "0"}), json!({"read": false})),
    ];
    for (odd, plain) in cases {
        let expected: Item = serde_json::from_value(plain).unwrap();
        assert_eq!(read::<Item>(&odd).unwrap(), expected, "{odd}");
    }
}

#[test]
fn an_empty_value_of_another_kind_is_an_empty_list_or_object() {
    for nothing in [json!({}), json!(""), json!([])] {
        let odd = json!({"tags": nothing, "sender": nothing});
        let item: Item = read(&odd).unwrap();
        assert_eq!(item.tags, Some(Vec::new()), "{odd}");
        assert_eq!(item.sender, Some(Sender::default()), "{odd}");
        let listing: Listing = read(&json!({"items": nothing})).unwrap();
        assert_eq!(listing.items, []);
    }
    let listing: Listing = read(&json!({"items": null})).unwrap();
    assert_eq!(listing.items, []);
    let item: Item = read(&json!({"tags": null, "sender": null})).unwrap();
    assert_eq!(item, Item::default());
}

#[test]
fn a_value_that_says_nothing_exact_is_an_error_that_names_its_place() {
    let cases = [
        (
            json!({"size": "12 KB"}),
            "[1].size: ",
            "a text that is no integer",
        ),
        (
            json!({"size": 1.5}),
            "[1].size: ",
            "a number that does not fit",
        ),
        (
            json!({"share": "much"}),
            "[1].share: ",
            "a text that is no number",
        ),
        (json!({"read": "maybe"}), "[1].read: ", "a text"),
        (json!({"read": 2}), "[1].read: ", "integer `2`"),
        (json!({"id": {}}), "[1].id: ", "map"),
        (
            json!({"id": 1e300}),
            "[1].id: ",
            "a number that does not fit",
        ),
        (json!({"tags": {"a": 1}}), "[1].tags: ", "an object"),
        (json!({"tags": ["a", []]}), "[1].tags[1]: ", "sequence"),
        (json!({"sender": ["Jill"]}), "[1].sender: ", "a list"),
        (
            json!({"sender": {"name": []}}),
            "[1].sender.name: ",
            "sequence",
        ),
        (json!("odd"), "[1]: ", "a text"),
    ];
    for (odd, place, cause) in cases {
        let error = read::<Listing>(&json!({"items": [{}, odd]})).unwrap_err();
        let place = format!("items{place}");
        assert!(error.starts_with(&place), "{odd}: {error}");
        assert!(error.contains(cause), "{odd}: {error}");
    }
    let error = from_value::<Item>(&json!({"size": "x"}), "items[7]").unwrap_err();
    assert!(error.to_string().starts_with("items[7].size: "), "{error}");
    let error = from_value::<Item>(&json!(7), "items[7]").unwrap_err();
    assert!(error.to_string().starts_with("items[7]: "), "{error}");
    let error = read::<Listing>(&json!({})).unwrap_err();
    assert!(error.starts_with("missing field `items`"), "{error}");
}

#[test]
fn an_error_shows_no_foreign_text_and_no_long_key() {
    let secret = "s3cr3t".repeat(10);
    for field in ["size", "share", "read", "tags", "sender"] {
        let error = read::<Item>(&json!({ field: secret })).unwrap_err();
        assert!(
            error.starts_with(field) && !error.contains("s3cr3t"),
            "{error}"
        );
    }
    let hostile = "\u{1b}[31m\r\n".repeat(1000);
    let error = read::<BTreeMap<String, i64>>(&json!({ hostile: "x" })).unwrap_err();
    assert!(!error.contains('\u{1b}') && error.len() < 1000, "{error}");
}

#[test]
fn broken_json_and_what_follows_it_stay_errors() {
    for broken in ["", "{", r#"{"items":[{"id":"#, r#"{"items":[]} x"#] {
        let error = from_slice::<Listing>(broken.as_bytes()).unwrap_err();
        assert!(error.is_syntax() || error.is_eof(), "{broken}: {error}");
    }
    let deep = "[".repeat(100_000);
    assert!(from_slice::<Value>(deep.as_bytes()).is_err());
    let deep = format!(r#"{{"items":[{{"tags":{}"#, "[".repeat(100_000));
    assert!(from_slice::<Listing>(deep.as_bytes()).is_err());
}
