//! One program, against the document in `semver/growth.json` before and after its changes, none of which breaks callers.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod before {
    use zoom_chat_openapi_documents::before_growth as api;

    const HAS_GROWN: bool = false;

    include!("dependent.rs");
}

mod after {
    use zoom_chat_openapi_documents::after_growth as api;

    const HAS_GROWN: bool = true;

    include!("dependent.rs");

    #[test]
    fn what_is_new_has_types() {
        use api::types::{Message, NewMessage, Poll, Quote};

        let _ = requests::SendMessage::new("r1").dry_run(true);
        let _ = requests::UploadFile::new("r1").comment("c");
        let _ = requests::GetProfile::new().x_locale("fr");
        let quote = Quote::new("m1").author("u1");
        let _ = NewMessage::new().reply_to("m1").quotes([quote]);
        let _ = Message::new().edited(true).attachment(Poll::new().into());
        let _ = requests::ListRooms::new();
        assert_eq!(Kind::NAMES, ["message.pinned", "message.sent"]);
        assert_eq!(
            (
                api::operations::SEND_MESSAGE.scopes.len(),
                api::operations::GET_PROFILE.path
            ),
            (2, "/profile")
        );
    }
}

/// The page says of each of its rows which test holds it.
#[test]
fn the_page_has_a_row_for_each_change() {
    let page = include_str!("../../../../../zoom-chat-sdk/docs/semver.md");
    let table: serde_json::Value =
        serde_json::from_str(include_str!("../../semver/growth.json")).unwrap();
    for case in table["cases"].as_array().unwrap() {
        let change = case["name"].as_str().unwrap();
        let row = format!("| {change} | ");
        let line = page.lines().find(|line| line.starts_with(&row));
        assert!(
            line.is_some_and(|line| line.ends_with("| `growth` |")),
            "{change}"
        );
    }
}
