//! Unions, and types that requests and answers share.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use zoom_chat_openapi::request::Problem;
use zoom_chat_openapi_documents::unions::types::{
    AddInlineShapeResponse, AdoptRequest, AdoptRequestInline, Bird, Cat, Change, Dog, HiddenFish,
    Lone, Note, Part, Pet, Settings, Shape,
};
use zoom_chat_openapi_documents::unions::{Request, requests};

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn written<T: serde::Serialize>(value: T) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn a_property_says_which_schema_a_value_has() {
    for (value, expected) in [
        (json!({ "petType": "Cat", "lives": 9 }), Some("cat")),
        (json!({ "petType": "kitty", "lives": "9" }), Some("cat")),
        (json!({ "petType": "Dog", "name": "d" }), Some("dog")),
        (json!({ "petType": "old-dog", "name": "d" }), Some("dog")),
        (json!({ "petType": "Hidden~Fish", "fins": 2 }), Some("fish")),
        (json!({ "petType": "bird", "wings": 2 }), Some("bird")),
        // What is not known or not as documented is kept as it is.
        (json!({ "petType": "Snake", "length": 2 }), None),
        (json!({ "petType": "Cat", "lives": [true] }), None),
        (json!({ "petType": 1 }), None),
        (json!({ "lives": 9 }), None),
        (json!("cat"), None),
        (json!(null), None),
    ] {
        let pet: Pet = read(value.clone());
        let found = match &pet {
            Pet::Cat(_) => Some("cat"),
            Pet::Dog(_) => Some("dog"),
            Pet::HiddenFish(_) => Some("fish"),
            Pet::Bird(_) => Some("bird"),
            Pet::Unknown(kept) => {
                assert_eq!(*kept, value);
                None
            }
            _ => panic!("{value}"),
        };
        assert_eq!(found, expected, "{value}");
        if expected.is_none() {
            assert_eq!(written(pet), value);
        }
    }
}

#[test]
fn a_case_is_sent_with_its_value() {
    for (pet, value) in [
        (
            Cat::new().lives(9).into(),
            json!({ "petType": "kitty", "lives": 9 }),
        ),
        (
            Cat::new().pet_type("Cat").into(),
            json!({ "petType": "Cat" }),
        ),
        (
            Dog::new().name("d").into(),
            json!({ "petType": "old-dog", "name": "d" }),
        ),
        (
            HiddenFish::new().into(),
            json!({ "petType": "Hidden~Fish" }),
        ),
        (Bird::new().into(), json!({ "petType": "bird" })),
        (
            Pet::Unknown(json!({ "petType": "Snake" })),
            json!({ "petType": "Snake" }),
        ),
    ] {
        let pet: Pet = pet;
        assert_eq!(written(&pet), value);
        let request = AdoptRequest::new().pet(pet.clone()).more([pet]);
        assert_eq!(written(&request), json!({ "pet": value, "more": [value] }));
    }
    let inline: AdoptRequestInline = Dog::new().name("d").into();
    assert_eq!(written(inline), json!({ "petType": "Dog", "name": "d" }));
}

#[test]
fn a_union_without_a_discriminator_has_all_properties_and_requires_the_common_ones() {
    for (value, is_complete) in [
        (json!({ "kind": "circle", "radius": 1.5 }), true),
        (json!({ "kind": "square", "side": 2.0, "size": 3 }), true),
        (json!({ "kind": "square", "size": "big" }), true),
        (json!({ "side": 2.0 }), false),
    ] {
        let shape: Shape = read(value.clone());
        assert_eq!(written(&shape), value);
        let checked = requests::AddShape::new().body(shape).check();
        assert_eq!(checked.is_ok(), is_complete, "{value}");
    }
    let request = requests::AddInlineShape::new().kind("circle");
    let missing = request.check().unwrap_err();
    assert_eq!(missing.name(), "name");
    assert!(request.name("n").radius(1.0).check().is_ok());
    let answer: AddInlineShapeResponse = read(json!({ "radius": 1.0, "depth": 2.0 }));
    assert_eq!((answer.radius, answer.depth), (Some(1.0), Some(2.0)));
}

#[test]
fn what_is_required_holds_in_requests_although_answers_have_the_shape() {
    let complete = || Settings::new().on(true).level(3);
    let name = |checked: Result<(), zoom_chat_openapi::InvalidRequest>| {
        checked.err().map(|error| {
            assert_eq!(error.problem(), &Problem::Missing);
            error.name().to_owned()
        })
    };
    let change = |settings| requests::ChangeSettings::new().settings(settings);
    for (checked, missing) in [
        (requests::ChangeSettings::new().check(), Some("settings")),
        (change(Settings::new()).check(), Some("on")),
        (change(Settings::new().on(true)).check(), Some("level")),
        (change(complete()).check(), None),
        (change(Settings::new().on(true).level_null()).check(), None),
        (
            change(complete())
                .list([complete(), Settings::new()])
                .check(),
            Some("on"),
        ),
        (
            change(complete())
                .by_name([("a", Settings::new().on(false))])
                .check(),
            Some("level"),
        ),
        (
            requests::AddSettings::new().body([complete()]).check(),
            None,
        ),
        (
            requests::AddSettings::new().body([Settings::new()]).check(),
            Some("on"),
        ),
        (requests::PatchSettings::new().check(), None),
        (requests::PatchSettings::new().note("n").check(), Some("on")),
        (requests::Adopt::new().check(), Some("pet")),
    ] {
        assert_eq!(name(checked).as_deref(), missing);
    }
    // A case of a union is looked into as well.
    let adopt = |pet: Pet| name(requests::Adopt::new().pet(pet).check());
    assert_eq!(
        adopt(Cat::new().pet_type("Cat").into()).as_deref(),
        Some("lives")
    );
    assert_eq!(adopt(Cat::new().pet_type("Cat").lives(1).into()), None);
}

#[test]
fn null_is_sent_where_it_is_allowed() {
    for (value, expected) in [
        (Settings::new().note("n"), json!({ "note": "n" })),
        (Settings::new().note_null(), json!({ "note": null })),
        (
            Settings::new().tags_null().level_null(),
            json!({ "tags": null, "level": null }),
        ),
    ] {
        assert_eq!(written(&value), expected);
        assert_eq!(read::<Settings>(expected).note, value.note);
    }
    let note = Note::new()
        .text("t")
        .until_null()
        .colour_null()
        .parent_null();
    assert_eq!(
        written(note),
        json!({ "text": "t", "until": null, "colour": null, "parent": null })
    );
    let part = Part::new(1, None);
    assert_eq!(written(&part), json!({ "x": 1, "y": null }));
    assert_eq!(
        written(part.z_null()),
        json!({ "x": 1, "y": null, "z": null })
    );
    let request = requests::AddNote::new().text("t");
    assert_eq!(request.clone().check().unwrap_err().name(), "until");
    assert!(request.until_null().check().is_ok());
    // An answer reads null as absent where nothing is ever sent.
    assert_eq!(written(read::<Change>(json!({ "list": null }))), json!({}));
}

#[test]
fn a_discriminator_that_tells_nothing_apart_is_a_property() {
    let lone: Lone = read(json!({ "kind": "k" }));
    assert_eq!(lone.kind.as_deref(), Some("k"));
}
