//! The operations that change messages, against the typed mocks: what they send, the answer without a body, and one
//! documented error of each.

use zoom_chat_openapi::mock::MockServerExt;
use zoom_chat_sdk::{errors, requests, types};
use zoom_chat_tests::endpoint::{body, documented, refusal, zoom};

use serde_json::json;

const CHANNEL: &str = "4f1d0a7be2c94c5f8a63d21e90b7c458";
const CONTACT: &str = "robin@example.com";
const NOBODY: &str = "nobody@example.com";
/// Has what would end a path segment or change its meaning.
const MESSAGE: &str = "Uk4vT2x+Q0R5bS9/WmE3aA==";
const GONE: &str = "{8B1E6F40-52CD-4A97-A3F1-06D9B7C4E218}";

#[tokio::test]
async fn update_message() {
    let (server, zoom) = zoom().await;
    let update: types::UpdateMessageRequest = body(json!({
        "message": "Notes for build 1483", "to_channel": CHANNEL, "file_ids": [],
        "interactive_cards": [{ "card_id": "c1" }, { "card_json": "{\"content\":{}}" }],
    }));
    let updated = server.update_message(|when, then| {
        when.user_id("me").message_id(MESSAGE).body(&update);
        then.no_content();
    });
    server.update_message(|when, then| {
        when.message_id(GONE);
        then.bad_request(&refusal(300, &format!("Message does not exist: {GONE}.")));
    });

    let call = |message_id| {
        let cards = [
            types::InteractiveCard::new().card_id("c1"),
            types::InteractiveCard::new().card_json("{\"content\":{}}"),
        ];
        let update = requests::UpdateMessage::new(message_id)
            .message("Notes for build 1483")
            .to_channel(CHANNEL)
            .no_file_ids()
            .interactive_cards(cards);
        zoom.call(update)
    };
    assert_eq!(call(MESSAGE).await.unwrap().status(), 204);
    updated.assert();
    assert_eq!(
        documented(call(GONE).await),
        errors::UpdateMessageError::MessageDoesNotExist {
            message_id: GONE.to_owned()
        },
    );
}

#[tokio::test]
async fn delete_message() {
    let (server, zoom) = zoom().await;
    let deleted = server.delete_message(|when, then| {
        when.user_id("me")
            .message_id(MESSAGE)
            .to_contact(CONTACT)
            .to_channel(None);
        then.no_content();
    });
    server.delete_message(|when, then| {
        when.message_id(GONE);
        then.bad_request(&refusal(
            200,
            "Only the sender of this message can make updates.",
        ));
    });

    let call = |message_id| zoom.call(requests::DeleteMessage::new(message_id).to_contact(CONTACT));
    assert_eq!(call(MESSAGE).await.unwrap().status(), 204);
    deleted.assert();
    assert_eq!(
        documented(call(GONE).await),
        errors::DeleteMessageError::OnlySenderOfMessageCanMakeUpdates,
    );
}

#[tokio::test]
async fn react_to_chat_message() {
    let (server, zoom) = zoom().await;
    let reaction: types::ReactToChatMessageRequest =
        body(json!({ "action": "add", "emoji": "U+1F389", "to_channel": CHANNEL }));
    let reacted = server.react_to_chat_message(|when, then| {
        when.user_id("me").message_id(MESSAGE).body(&reaction);
        then.no_content();
    });
    server.react_to_chat_message(|when, then| {
        when.message_id(GONE);
        then.not_found(&refusal(
            4130,
            &format!("Channel does not exist: {CHANNEL}."),
        ));
    });

    let call = |message_id| {
        let reaction = requests::ReactToChatMessage::new(message_id)
            .action(types::ReactToChatMessageRequestAction::Add)
            .emoji("U+1F389")
            .to_channel(CHANNEL);
        zoom.call(reaction)
    };
    assert_eq!(call(MESSAGE).await.unwrap().status(), 204);
    reacted.assert();
    assert_eq!(
        documented(call(GONE).await),
        errors::ReactToChatMessageError::ChannelDoesNotExist {
            to_channel: CHANNEL.to_owned()
        },
    );
}

#[tokio::test]
async fn mark_message_read_or_unread() {
    let (server, zoom) = zoom().await;
    let mark: types::MarkMessageReadOrUnreadRequest = body(
        json!({ "action": "unread", "timestamp": 1_778_751_067_912_i64, "to_contact": CONTACT }),
    );
    let marked = server.mark_message_read_or_unread(|when, then| {
        when.user_id("me").message_id(MESSAGE).body(&mark);
        then.no_content();
    });
    server.mark_message_read_or_unread(|when, then| {
        when.message_id(GONE);
        then.bad_request(&refusal(
            300,
            "Must provide either contact or channel parameter.",
        ));
    });

    let call = |message_id| {
        let mark = requests::MarkMessageReadOrUnread::new(message_id)
            .action(types::MarkMessageReadOrUnreadRequestAction::Unread)
            .timestamp(1_778_751_067_912_i64)
            .to_contact(CONTACT);
        zoom.call(mark)
    };
    assert_eq!(call(MESSAGE).await.unwrap().status(), 204);
    marked.assert();
    assert_eq!(
        documented(call(GONE).await),
        errors::MarkMessageReadOrUnreadError::MustProvideContactOrChannelParameter,
    );
}

/// The message stands in the query, the rest in the body.
#[tokio::test]
async fn add_or_remove_bookmark() {
    let (server, zoom) = zoom().await;
    let bookmark: types::AddOrRemoveBookmarkRequest =
        body(json!({ "action": "remove_bookmark", "to_channel": CHANNEL }));
    let removed = server.add_or_remove_bookmark(|when, then| {
        when.message_id(MESSAGE).body(&bookmark);
        then.no_content();
    });
    server.add_or_remove_bookmark(|when, then| {
        when.message_id(GONE);
        then.not_found(&refusal(5401, &format!("Message does not exist: {GONE}.")));
    });

    let call = |message_id| {
        let bookmark = requests::AddOrRemoveBookmark::new()
            .message_id(message_id)
            .action(types::AddOrRemoveBookmarkRequestAction::RemoveBookmark)
            .to_channel(CHANNEL);
        zoom.call(bookmark)
    };
    assert_eq!(call(MESSAGE).await.unwrap().status(), 204);
    removed.assert();
    assert_eq!(
        documented(call(GONE).await),
        errors::AddOrRemoveBookmarkError::MessageDoesNotExist {
            message_id: GONE.to_owned()
        },
    );
}

#[tokio::test]
async fn perform_operations_on_message_of_channel() {
    let (server, zoom) = zoom().await;
    let pin = |message_id: &str| -> types::PerformOperationsOnMessageOfChannelRequest {
        body(json!({ "method": "pin", "message_id": message_id, "channel_id": CHANNEL }))
    };
    let pinned = server.perform_operations_on_message_of_channel(|when, then| {
        when.body(&pin(MESSAGE));
        then.no_content();
    });
    server.perform_operations_on_message_of_channel(|when, then| {
        when.body(&pin(GONE));
        then.bad_request(&refusal(
            3216,
            &format!("This message has already been pinned: {GONE}."),
        ));
    });

    let call = |message_id| {
        let pin = requests::PerformOperationsOnMessageOfChannel::new()
            .method(types::PerformOperationsOnMessageOfChannelRequestMethod::Pin)
            .message_id(message_id)
            .channel_id(CHANNEL);
        zoom.call(pin)
    };
    assert_eq!(call(MESSAGE).await.unwrap().status(), 204);
    pinned.assert();
    assert_eq!(
        documented(call(GONE).await),
        errors::PerformOperationsOnMessageOfChannelError::MessageHasAlreadyBeenPinned {
            message_id: GONE.to_owned()
        },
    );
}

#[tokio::test]
async fn delete_scheduled_message() {
    let (server, zoom) = zoom().await;
    let deleted = server.delete_scheduled_message(|when, then| {
        when.draft_id("d1").to_contact(CONTACT).to_channel(None);
        then.no_content();
    });
    server.delete_scheduled_message(|when, then| {
        when.draft_id(GONE).to_contact(NOBODY);
        then.bad_request(&refusal(5404, &format!("Invalid draft id: {GONE}.")));
    });

    let call = |draft_id, to_contact| {
        zoom.call(requests::DeleteScheduledMessage::new(draft_id).to_contact(to_contact))
    };
    assert_eq!(call("d1", CONTACT).await.unwrap().status(), 204);
    deleted.assert();
    assert_eq!(
        documented(call(GONE, NOBODY).await),
        errors::DeleteScheduledMessageError::InvalidDraftId {
            draft_id: GONE.to_owned()
        },
    );
}
