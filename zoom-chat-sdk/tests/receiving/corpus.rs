//! The property that fuzzing checks, for its seeds and for generated requests.

use std::fs;

use proptest::prelude::*;

#[path = "../../fuzz/property.rs"]
mod property;

#[test]
fn it_holds_for_every_seed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/receive");
    let mut seeds = 0;
    for seed in fs::read_dir(folder).unwrap() {
        property::holds(&fs::read(seed.unwrap().path()).unwrap());
        seeds += 1;
    }
    assert!(seeds >= 10, "only {seeds} seeds");
}

/// Any JSON, as a text: with blanks, odd numbers, escapes and keys that stand there twice.
fn json() -> impl Strategy<Value = String> {
    let text = "([a-zé🍻 ]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4}){0,6}";
    let text = || text.prop_map(|text| format!("\"{text}\""));
    let number = "-?(0|[1-9][0-9]{0,25})([.][0-9]{1,3})?([eE][+-]?[0-9]{1,4})?";
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        number,
        text(),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5)
                .prop_map(|items| format!("[ {} ]", items.join(" ,\n"))),
            object(inner),
        ]
    })
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let key = prop_oneof![
        Just("\"event\"".to_owned()),
        Just("\"event_ts\"".to_owned()),
        Just("\"payload\"".to_owned()),
        Just("\"object\"".to_owned()),
        Just("\"channel_id\"".to_owned()),
        Just("\"plainToken\"".to_owned()),
        "([a-z]|\\\\u[0-9a-f]{4}){0,3}".prop_map(|key| format!("\"{key}\"")),
    ];
    let members = proptest::collection::vec((key, value), 0..5);
    members.prop_map(|members| {
        let members: Vec<_> = members
            .iter()
            .map(|(key, value)| format!("{key} : {value}"))
            .collect();
        format!("\t{{ {}}}\r\n", members.join(", "))
    })
}

proptest! {
    #[test]
    fn any_json_object_is_an_event_that_gives_it_back(body in object(json())) {
        property::holds(format!("1780128000\tv0=\tid\n{body}").as_bytes());
    }

    /// Mostly no JSON any more: an event exactly where a JSON reader still finds an object.
    #[test]
    fn json_with_a_changed_byte_is_judged_as_json(
        body in object(json()),
        place in any::<prop::sample::Index>(),
        byte in prop_oneof![0..0x20_u8, any::<u8>()],
    ) {
        let mut body = body.into_bytes();
        let place = place.index(body.len());
        body[place] = byte;
        property::holds(&[b"1780128000\tv0=\tid\n", body.as_slice()].concat());
    }

    #[test]
    fn nothing_panics_or_gets_in_unsigned(input in proptest::collection::vec(any::<u8>(), 0..200)) {
        property::holds(&input);
    }
}
