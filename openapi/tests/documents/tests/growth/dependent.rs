// A program as a user would write it, in a module with `api` and `HAS_GROWN`.

use api::errors::{ListMessagesError, SendMessageError};
use api::events::{Kind, MessageSent};
use api::types::{
    Attachment, File, ListMessagesSort, Message, MessageState, NewMessage, NewMessageFormat, Quote,
};
use api::{OperationError, Request, requests};
use httpmock::MockServer;
use serde_json::{Value, from_value, json, to_value};
use zoom_chat_openapi::Attempt;
use zoom_chat_openapi_documents as documents;

fn explain(error: &SendMessageError) -> String {
    match error {
        SendMessageError::RoomDoesNotExist { room_id } => format!("no room {room_id}"),
        SendMessageError::RoomClosed => "closed".to_owned(),
        SendMessageError::Unknown { code, .. } => format!("unknown {code:?}"),
        other => format!("later: {other}"),
    }
}

#[test]
fn an_error_is_unknown_before_and_has_a_variant_after() {
    let decode = |status, code, text| explain(&SendMessageError::decode(status, Some(code), text));
    assert_eq!(decode(404, 4001, "Room does not exist: r1."), "no room r1");
    assert_eq!(decode(403, 4002, "The room is closed."), "closed");
    for (status, code, text) in [
        (409, 4003, "The room has no space for user u1."),
        (400, 4004, "The room is closed."),
    ] {
        let expected = if HAS_GROWN {
            format!("later: {text}")
        } else {
            format!("unknown Some({code})")
        };
        assert_eq!(decode(status, code, text), expected);
    }
    // An operation that documented none.
    let error = ListMessagesError::decode(404, Some(4001), "Room does not exist: r1.");
    assert_eq!(matches!(error, ListMessagesError::Unknown { .. }), !HAS_GROWN);
}

#[test]
fn a_value_is_kept_before_and_known_after() {
    let read = |state: &str| -> Message { from_value(json!({ "id": "m1", "state": state })).unwrap() };
    for (text, known) in [("sent", true), ("queued", true), ("failed", HAS_GROWN), ("lost", false)] {
        let Message { id, state, .. } = read(text);
        assert_eq!(id.as_deref(), Some("m1"));
        let state = state.unwrap();
        assert_eq!(!matches!(state, MessageState::Unknown(_)), known, "{text}");
        // Code that depends on a value without a variant compares texts.
        assert_eq!(state.as_str(), text);
        let name = match state {
            MessageState::Sent => "sent",
            MessageState::Queued => "queued",
            _ => "another",
        };
        assert_eq!(name == text, ["sent", "queued"].contains(&text));
    }
    let html = NewMessageFormat::from("html");
    assert_eq!(matches!(html, NewMessageFormat::Unknown(_)), !HAS_GROWN);
    assert_eq!(to_value(html).unwrap(), "html");
}

#[test]
fn a_schema_of_a_union_is_kept_before_and_known_after() {
    for (value, name) in [
        (json!({ "kind": "File", "name": "f" }), "file"),
        (json!({ "kind": "Link", "url": "u" }), "link"),
        (json!({ "kind": "Poll", "question": "q" }), if HAS_GROWN { "another" } else { "unknown" }),
    ] {
        let attachment: Attachment = from_value(value.clone()).unwrap();
        let found = match &attachment {
            Attachment::File(file) => {
                let File { name, .. } = &**file;
                assert_eq!(name.as_deref(), Some("f"));
                "file"
            }
            Attachment::Link(_) => "link",
            Attachment::Unknown(kept) => {
                assert_eq!(*kept, value);
                "unknown"
            }
            _ => "another",
        };
        assert_eq!(found, name);
        assert_eq!(to_value(attachment).unwrap(), value);
    }
}

#[test]
fn an_event_is_unknown_before_and_has_a_kind_after() {
    let event = json!({ "id": "m1", "room": { "id": "r1", "name": "n" }, "edited": true });
    match Kind::read("message.sent", event.clone()) {
        Kind::MessageSent(sent) => {
            let MessageSent { id, room, .. } = *sent;
            assert_eq!((id.as_deref(), room.unwrap().id.as_deref()), (Some("m1"), Some("r1")));
        }
        other => panic!("{other:?}"),
    }
    let pinned = Kind::read("message.pinned", event);
    assert_eq!(pinned == Kind::Unknown, !HAS_GROWN);
    assert_eq!(pinned.name().is_some(), HAS_GROWN);
}

fn message() -> NewMessage {
    NewMessage::new()
        .text("t")
        .format(NewMessageFormat::Markdown)
        .quotes([Quote::new("m1")])
}

/// A function that takes any request, as those of the facade do.
async fn send<R: Request>(server: &MockServer, request: R) -> R::Response {
    let http = reqwest::Client::new();
    let client = api::Client::new_with_client(&server.base_url(), http, Attempt::default());
    request.send(&client).await.unwrap().into_inner()
}

#[tokio::test]
async fn requests_and_mocks_are_the_same_before_and_after() {
    use api::mock::MockServerExt;

    let server = MockServer::start_async().await;
    let sent = server.send_message(|when, then| {
        when.room_id("r1").silent(true).body(&message());
        then.ok(&Message::new().id("m1").state(MessageState::Sent));
    });
    let request = requests::SendMessage::new("r1").silent(true).body(message());
    assert_eq!(request.operation().id, "sendMessage");
    assert_eq!(send(&server, request).await.id.as_deref(), Some("m1"));
    sent.assert();

    let listed = server.list_messages(|when, then| {
        when.room_id("r1").sort(&ListMessagesSort::Newest);
        then.ok(&api::types::ListMessagesResponse::new().messages([Message::new().id("m1")]));
    });
    let request = requests::ListMessages::new("r1").sort(ListMessagesSort::Newest);
    assert_eq!(send(&server, request).await.messages.unwrap().len(), 1);
    listed.assert();

    let uploaded = server.upload_file(|when, then| {
        when.room_id("r1").part("file", "content");
        then.ok(&api::types::UploadFileResponse::new().id("f1"));
    });
    let file = zoom_chat_openapi::multipart::File::new("f", "content");
    let answer = send(&server, requests::UploadFile::new("r1").file(file)).await;
    assert_eq!(answer.id.as_deref(), Some("f1"));
    uploaded.assert();

    // Its path and method are another one.
    let profile = server.get_profile(|_, then| {
        then.ok(&api::types::GetProfileResponse::new().id("u1"));
    });
    let answer = send(&server, requests::GetProfile::new()).await;
    assert_eq!(answer.id.as_deref(), Some("u1"));
    profile.assert();
}

/// This compiles, and is a breaking change all the same: the request is refused before it is sent.
#[test]
fn a_field_of_a_body_that_becomes_required_is_refused_where_it_is_missing() {
    let request = requests::UpdateRoom::new("r1").topic("t");
    let checked = request.check();
    assert_eq!(checked.is_err(), HAS_GROWN);
    if let Err(invalid) = checked {
        assert_eq!((invalid.operation(), invalid.name()), ("updateRoom", "name"));
    }
    assert!(request.name("n").check().is_ok());
}

/// The structs and enums implement what programs store and compare them by.
#[test]
fn types_are_values() {
    fn is_value<T: Clone + PartialEq + std::fmt::Debug + serde::Serialize>(_: &T) {}
    is_value(&message());
    is_value(&Attachment::from(File::new()));
    let _: fn(Value) -> Result<Message, _> = from_value::<Message>;
    let _: Option<documents::RateLimitLabel> = api::operations::SEND_MESSAGE.rate_limit_label;
}
