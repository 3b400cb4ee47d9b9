//! References between the parts of a document, servers with variables, and operations without an id.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::json;
use zoom_chat_openapi_documents::references::{
    Request, errors, events, operations, requests, types,
};

#[test]
fn a_path_item_is_what_it_refers_to() {
    let table: Vec<_> = operations::ALL
        .iter()
        .map(|it| (it.method.as_str(), it.path, it.id, it.server))
        .collect();
    let halls = Some("https://halls.example.com/v3");
    assert_eq!(
        table,
        [
            ("GET", "/rooms/{roomId}", "getRoom", None),
            ("PATCH", "/rooms/{roomId}", "changeRoom", None),
            ("GET", "/halls/{roomId}", "getRoom", halls),
            ("PATCH", "/halls/{roomId}", "changeRoom", halls),
            ("GET", "/attics/{roomId}", "getRoom", halls),
            ("PATCH", "/attics/{roomId}", "changeRoom", halls),
            ("GET", "/unnamed/{roomId}", "getUnnamedRoomId", None),
            ("PUT", "/unnamed/{roomId}", "putUnnamedRoomId", None),
            (
                "DELETE",
                "/unnamed/{roomId}",
                "putUnnamedRoomId2",
                Some("https://other.example.com")
            ),
            ("PUT", "/unnamed/roomId", "putUnnamedRoomId3", None),
            ("POST", "/chains", "chain", None),
        ]
    );
    // Parameters of the path item come with it.
    let request = requests::GetRoom2::new("r").limit(3);
    assert_eq!(request.operation().path, "/halls/{roomId}");
    let request = requests::ChangeRoom3::new("r").name("n");
    assert!(request.check().is_ok());
    let _: Option<events::RoomRenamed> = None;
    let _: Option<errors::PutUnnamedRoomId3Error> = None;
}

#[test]
fn every_level_of_a_composition_counts() {
    let text = "x".to_owned();
    let level = types::Level0::new().p0("x").p30("x").p59("x").last("x");
    assert_eq!(
        (level.p0, level.p30, level.p59, level.last),
        (
            Some(text.clone()),
            Some(text.clone()),
            Some(text.clone()),
            Some(text)
        )
    );
    let all: serde_json::Map<_, _> = (0..60)
        .map(|level| (format!("p{level}"), json!("x")))
        .chain([("last".to_owned(), json!("x"))])
        .collect();
    let read: types::Level0 = serde_json::from_value(json!(all)).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), json!(all));
    let missing = requests::Chain::new().p0("x").check().unwrap_err();
    assert_eq!(missing.name(), "last");
}
