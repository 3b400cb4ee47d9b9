use proptest::prelude::*;
use serde_json::{Value, json};

use super::{parse, write};

fn written(value: &Value) -> String {
    let mut text = Vec::new();
    write(value, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn scalars_follow_the_core_schema() {
    for (text, value) in [
        ("", json!(null)),
        ("~", json!(null)),
        ("Null", json!(null)),
        ("nUll", json!("nUll")),
        ("True", json!(true)),
        ("FALSE", json!(false)),
        ("yes", json!("yes")),
        ("no", json!("no")),
        ("on", json!("on")),
        ("y", json!("y")),
        ("12", json!(12)),
        ("-12", json!(-12)),
        ("+12", json!(12)),
        ("007", json!(7)),
        ("\"007\"", json!("007")),
        ("'007'", json!("007")),
        ("0o17", json!(15)),
        ("0o19", json!("0o19")),
        ("0xfF", json!(255)),
        ("0xg", json!("0xg")),
        ("18446744073709551615", json!(u64::MAX)),
        ("1_000", json!("1_000")),
        ("12:30:45", json!("12:30:45")),
        ("2024-01-01", json!("2024-01-01")),
        ("1.0.0", json!("1.0.0")),
        ("1.5", json!(1.5)),
        (".5", json!(0.5)),
        ("1.", json!(1.0)),
        ("1e3", json!(1000.0)),
        ("1e", json!("1e")),
        ("-", json!([null])),
        ("-.", json!("-.")),
        (".inf", json!(".inf")),
        (".nan", json!(".nan")),
        ("!!str 5", json!("5")),
        ("! 5", json!("5")),
        ("!!int 5", json!(5)),
        ("!!float 5", json!(5)),
        ("|-\n  a\n  b", json!("a\nb")),
        (">-\n  a\n  b", json!("a b")),
    ] {
        assert_eq!(parse(text).unwrap(), value, "{text}");
    }
}

#[test]
fn mappings_and_aliases_become_json() {
    let text = "# comment\n200: {a: &x [1, two]}\nb: *x\n? c\n: null\n&k d: 1\ne: *k\n<<: text\n";
    let value = json!({
        "200": {"a": [1, "two"]}, "b": [1, "two"], "c": null, "d": 1, "e": "d", "<<": "text",
    });
    assert_eq!(parse(text).unwrap(), value);
}

#[test]
fn what_json_cannot_say_is_refused_with_its_place() {
    let deep = "[".repeat(200);
    let doubled: String = (1..40)
        .map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1))
        .collect();
    let bomb = format!("a0: &a0 [some, words, to, repeat]\n{doubled}");
    let chained: String = (1..200)
        .map(|n| format!("a{n}: &a{n} [*a{}]\n", n - 1))
        .collect();
    let chain = format!("a0: &a0 []\n{chained}");
    for (text, position, reason) in [
        ("a: 1\nb: [", None, "not YAML"),
        ("a: 1\na: 2", Some((2, 4)), "the key `a` is there twice"),
        ("? [a]\n: 1", Some((1, 3)), "a key must be a string"),
        (
            "a: 1\n---\nb: 1",
            Some((2, 1)),
            "more than one YAML document",
        ),
        ("a: !own 1", Some((1, 4)), "the tag !own"),
        ("a: !!int x", Some((1, 4)), "the tag"),
        ("!own {}", Some((1, 1)), "the tag !own"),
        ("a: *b", None, "not YAML"),
        ("&a [*a]", None, "refers to"),
        (&deep, None, "nests more than 128 deep"),
        (&bomb, None, "too large"),
        (&chain, None, "nests more than 128 deep"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.reason.contains(reason), "{text:.60}: {error:?}");
        if let Some(position) = position {
            assert_eq!(error.position, position, "{text}: {error:?}");
        }
    }
}

#[test]
fn a_document_is_written_in_block_style() {
    let value = json!({
        "openapi": "3.0.3",
        "info": {"title": "No. 5: a #title", "version": "1.0", "x-empty": {}, "x-none": []},
        "list": [{"a": 1, "b": [true, null]}, ["x", ["z"]], "yes", "12:30", "2024-01-01", "-", ""],
        "texts": ["two\nlines", "ends\nhere\n", "ends\nlater\n\n", " indented\nline", "tab\t\nline", "nul\u{0}"],
        "/chat/{id}": {"200": "a: b"},
    });
    let text = "\
openapi: \"3.0.3\"
info:
  title: \"No. 5: a #title\"
  version: \"1.0\"
  x-empty: {}
  x-none: []
list:
  - a: 1
    b:
      - true
      - null
  - - x
    - - z
  - \"yes\"
  - \"12:30\"
  - \"2024-01-01\"
  - \"-\"
  - \"\"
texts:
  - |-
    two
    lines
  - |
    ends
    here
  - |+
    ends
    later

  - \" indented\\nline\"
  - \"tab\\t\\nline\"
  - \"nul\\u0000\"
/chat/{id}:
  \"200\": \"a: b\"
";
    assert_eq!(written(&value), text);
    assert_eq!(parse(text).unwrap(), value);
}

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        "[ -~]{0,12}",
        "[a-c \\n:#'\"|>&*!%@`,\\-?~.0-9]{0,12}",
        "[\\t\\r\\n \u{85}\u{a0}\u{2028}\u{feff}a]{0,6}",
        prop::sample::select(vec![
            "yes", "Null", "0x1", "1e5", "---", "...", "- a", "? a", "<<", "="
        ])
        .prop_map(str::to_owned),
    ];
    let scalar = prop_oneof![
        4 => text.clone().prop_map(Value::String),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(Value::from),
        1 => (-1e300_f64..1e300).prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((text.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

#[test]
fn merge_keys_add_what_a_mapping_does_not_have() {
    for (text, value) in [
        (
            "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}",
            json!({"x": 1, "y": 3}),
        ),
        (
            "a: &a {x: 1, y: 2}\nb: {y: 3, <<: *a}",
            json!({"x": 1, "y": 3}),
        ),
        (
            "b: {<<: [{x: 1}, {x: 2, z: 3}], y: 3}",
            json!({"x": 1, "y": 3, "z": 3}),
        ),
        ("b: {'<<': {x: 1}}", json!({"<<": {"x": 1}})),
        ("b: {<<: 1}", json!({"<<": 1})),
    ] {
        assert_eq!(parse(text).unwrap()["b"], value, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(value in value()) {
        let text = written(&value);
        prop_assert_eq!(parse(&text), Ok(value), "{}", text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "([ -~\\n\\t]|[\\[\\]{}&*!|>:?,#-]|\\PC){0,80}") {
        let _ = parse(&text);
    }
}
