//! The operations that read messages, against the typed mocks: what they ask, how the answer is decoded, and one
//! documented error of each.

use serde_json::json;
use zoom_chat_openapi::mock::MockServerExt;
use zoom_chat_sdk::{errors, requests, types};
use zoom_chat_tests::endpoint::{body, documented, refusal, zoom};

const CHANNEL: &str = "4f1d0a7be2c94c5f8a63d21e90b7c458";
const CONTACT: &str = "robin@example.com";
const NOBODY: &str = "nobody@example.com";
/// Has what would end a path segment or change its meaning.
const MESSAGE: &str = "Uk4vT2x+Q0R5bS9/WmE3aA==";

#[tokio::test]
async fn list_users_chat_messages() {
    let (server, zoom) = zoom().await;
    let page = body(json!({
        "date": "2026-05-14",
        "messages": [{
            "id": MESSAGE, "message": "@Robin S notes 🎉", "message_type": "file_and_text", "status": "Edited",
            "sender": "", "timestamp": 1_778_751_067_912_i64,
            "files": [{ "file_id": "f1", "file_name": "notes.pdf", "file_size": 48213 }],
            "at_items": [{ "at_contact": CONTACT, "at_type": 1, "start_position": 0, "end_position": 7 }],
            "reactions": [{ "emoji": "U+1F389", "total_count": 2, "senders": [{ "user_id": "u1" }, { "user_id": "u2" }] }],
            "bot_message": { "content": { "head": { "text": "Build" } } },
        }],
        "next_page_token": "25.0,-3372036854775808,Lw7hQ2vX",
        "page_size": 50,
    }));
    let listed = server.list_users_chat_messages(|when, then| {
        when.user_id("me")
            .to_channel(CHANNEL)
            .to_contact(None)
            .date("2026-05-14")
            .page_size(50)
            .include_deleted_and_edited_message(true)
            .next_page_token("25.0,-337+x/=");
        then.ok(&page);
    });
    server.list_users_chat_messages(|when, then| {
        when.to_contact(NOBODY);
        then.not_found(&refusal(1001, &format!("User does not exist: {NOBODY}.")));
    });

    let messages = zoom
        .call(
            requests::ListUsersChatMessages::new()
                .to_channel(CHANNEL)
                .date("2026-05-14")
                .page_size(50)
                .include_deleted_and_edited_message(true)
                .next_page_token("25.0,-337+x/="),
        )
        .await
        .unwrap();
    listed.assert();
    assert_eq!(
        messages.next_page_token.as_deref(),
        Some("25.0,-3372036854775808,Lw7hQ2vX")
    );
    let message = &messages.messages.as_ref().unwrap()[0];
    assert_eq!(message.message.as_deref(), Some("@Robin S notes 🎉"));
    assert_eq!(message.timestamp, Some(1_778_751_067_912));
    assert_eq!(message.at_items.as_ref().unwrap()[0].end_position, Some(7));
    assert_eq!(
        message.reactions.as_ref().unwrap()[0]
            .senders
            .as_ref()
            .unwrap()
            .len(),
        2
    );

    let refused = zoom
        .call(requests::ListUsersChatMessages::new().to_contact(NOBODY))
        .await;
    assert_eq!(
        documented(refused),
        errors::ListUsersChatMessagesError::UserDoesNotExist {
            to_contact: NOBODY.to_owned()
        },
    );
}

/// Zoom gives one code to several errors of this operation; the text tells them apart.
#[tokio::test]
async fn list_users_chat_messages_tells_apart_what_shares_a_code() {
    let (server, zoom) = zoom().await;
    for (text, error) in [
        (
            "The next page token is invalid or expired.",
            errors::ListUsersChatMessagesError::NextPageTokenIsInvalidOrExpired,
        ),
        (
            "Must provide either contact or channel parameter.",
            errors::ListUsersChatMessagesError::MustProvideContactOrChannelParameter,
        ),
        (
            "Only provide past chat messages in recent 6 months.",
            errors::ListUsersChatMessagesError::OnlyProvidePastChatMessagesInRecent6Months,
        ),
    ] {
        let mut mock = server.list_users_chat_messages(|when, then| {
            when.user_id("me");
            then.bad_request(&refusal(300, text));
        });
        let refused = zoom.call(requests::ListUsersChatMessages::new()).await;
        assert_eq!(documented(refused), error);
        mock.delete();
    }
}

#[tokio::test]
async fn get_message() {
    let (server, zoom) = zoom().await;
    let message = body(json!({
        "id": MESSAGE, "message": "Notes", "sender": CONTACT, "date_time": "2026-05-14T09:31:07Z",
        "message_url": "https://example.com/launch/chat/v2/k3Vy",
        "rich_text": [{ "start_position": 0, "end_position": 4, "format_type": "Bold", "format_attr": "" }],
        "reactions": [{ "emoji": "U+1F44D", "total_count": 1, "user_ids": ["u1"], "member_ids": ["m1"] }],
    }));
    let format = types::ListUsersChatMessagesDownloadFileFormats::from("audio/mp4");
    let got = server.get_message(|when, then| {
        when.user_id("me")
            .message_id(MESSAGE)
            .to_contact(CONTACT)
            .download_file_formats(&format);
        then.ok(&message);
    });
    server.get_message(|when, then| {
        when.to_channel("gone");
        then.not_found(&refusal(4130, "Channel does not exist: gone"));
    });

    let message = zoom
        .call(
            requests::GetMessage::new(MESSAGE)
                .to_contact(CONTACT)
                .download_file_formats(format.clone()),
        )
        .await
        .unwrap();
    got.assert();
    assert_eq!(message.id.as_deref(), Some(MESSAGE));
    assert_eq!(
        message.rich_text.as_ref().unwrap()[0].format_type,
        Some(types::RichTextFormatType::Bold)
    );
    assert_eq!(
        message.reactions.as_ref().unwrap()[0].user_ids.as_deref(),
        Some(&["u1".to_owned()][..])
    );

    let refused = zoom
        .call(requests::GetMessage::new(MESSAGE).to_channel("gone"))
        .await;
    assert_eq!(
        documented(refused),
        errors::GetMessageError::ChannelDoesNotExist {
            to_channel: "gone".to_owned()
        },
    );
}

#[tokio::test]
async fn retrieve_thread() {
    let (server, zoom) = zoom().await;
    let thread = body(json!({
        "total": 1,
        "messages": [{
            "msg_id": MESSAGE, "message": "On it", "is_reply": true, "timestamp": 1_778_751_067_912_i64,
            "reactions": [{ "emoji_id": "U+1F440", "count": 1, "is_sender": true }],
        }],
    }));
    let retrieved = server.retrieve_thread(|when, then| {
        when.user_id("me")
            .message_id(MESSAGE)
            .to_channel(CHANNEL)
            .from("2026-05-01T00:00:00Z")
            .to(None)
            .limit(100)
            .sort(&types::RetrieveThreadSort::Asc)
            .need_main_message(false)
            .need_emoji(true);
        then.ok(&thread);
    });
    server.retrieve_thread(|when, then| {
        when.to_channel("private");
        then.forbidden(&refusal(
            403,
            "Authenticated user has not permitted access to the targeted resource.",
        ));
    });

    let thread = zoom
        .call(
            requests::RetrieveThread::new(MESSAGE)
                .to_channel(CHANNEL)
                .from("2026-05-01T00:00:00Z")
                .limit(100)
                .sort(types::RetrieveThreadSort::Asc)
                .need_main_message(false)
                .need_emoji(true),
        )
        .await
        .unwrap();
    retrieved.assert();
    assert_eq!(thread.total, Some(1));
    let reply = &thread.messages.as_ref().unwrap()[0];
    assert_eq!(reply.is_reply, Some(true));
    assert_eq!(reply.reactions.as_ref().unwrap()[0].count, Some(1));

    let refused = zoom
        .call(
            requests::RetrieveThread::new(MESSAGE)
                .to_channel("private")
                .from("2026-05-01T00:00:00Z"),
        )
        .await;
    assert_eq!(
        documented(refused),
        errors::RetrieveThreadError::AuthenticatedUserHasNotPermittedAccessToTargetedResource,
    );
}

/// No error of this operation is documented, so every one is unknown, with all that was said.
#[tokio::test]
async fn get_forwarded_message() {
    let (server, zoom) = zoom().await;
    let message =
        body(json!({ "id": MESSAGE, "message": "Notes", "sender_display_name": "Robin Sample" }));
    let got = server.get_forwarded_message(|when, then| {
        when.forward_id("7d40c9e1");
        then.ok(&message);
    });
    server.get_forwarded_message(|when, then| {
        when.forward_id("gone");
        then.default_response(404, &refusal(5401, "Message does not exist: gone."));
    });

    let message = zoom
        .call(requests::GetForwardedMessage::new("7d40c9e1"))
        .await
        .unwrap();
    got.assert();
    assert_eq!(message.sender_display_name.as_deref(), Some("Robin Sample"));

    let refused = zoom.call(requests::GetForwardedMessage::new("gone")).await;
    assert_eq!(
        documented(refused),
        errors::GetForwardedMessageError::Unknown {
            status: 404,
            code: Some(5401),
            message: "Message does not exist: gone.".to_owned(),
        },
    );
}

/// A bookmark is one of a channel or one of a contact; both arrive in one list.
#[tokio::test]
async fn list_bookmarks() {
    let (server, zoom) = zoom().await;
    let page = body(json!({
        "page_size": 10, "next_page_token": "",
        "bookmarks": [
            { "channel_id": CHANNEL, "channel_name": "Release crew", "message_id": MESSAGE, "is_sent_by_user": false },
            { "peer_contact_name": "Kim Example", "peer_contact_user_id": "u2", "message_id": "m2", "is_sent_by_user": true },
        ],
    }));
    let listed = server.list_bookmarks(|when, then| {
        when.to_channel(None).to_contact(None).page_size(10);
        then.ok(&page);
    });
    server.list_bookmarks(|when, then| {
        when.next_page_token("old");
        then.bad_request(&refusal(300, "The next page token is invalid or expired."));
    });

    let bookmarks = zoom
        .call(requests::ListBookmarks::new().page_size(10))
        .await
        .unwrap();
    listed.assert();
    let bookmarks = bookmarks.bookmarks.as_deref().unwrap();
    assert_eq!(bookmarks[0].channel_name.as_deref(), Some("Release crew"));
    assert_eq!(bookmarks[0].peer_contact_name, None);
    assert_eq!(
        bookmarks[1].peer_contact_name.as_deref(),
        Some("Kim Example")
    );

    let refused = zoom
        .call(requests::ListBookmarks::new().next_page_token("old"))
        .await;
    assert_eq!(
        documented(refused),
        errors::ListBookmarksError::NextPageTokenIsInvalidOrExpired,
    );
}

#[tokio::test]
async fn list_pinned_history_messages_of_channel() {
    let (server, zoom) = zoom().await;
    let page = body(json!({
        "channel_id": CHANNEL, "page_size": 10,
        "messages": [{ "message_id": MESSAGE, "currently_pinned": false, "pinned_time": "2026-05-07T10:02:45Z" }],
    }));
    let listed = server.list_pinned_history_messages_of_channel(|when, then| {
        when.channel_id(CHANNEL).include_history(true).page_size(10);
        then.ok(&page);
    });
    server.list_pinned_history_messages_of_channel(|when, then| {
        when.channel_id("gone");
        then.not_found(&refusal(4130, "Channel does not exist: 'gone'."));
    });

    let pinned = zoom
        .call(
            requests::ListPinnedHistoryMessagesOfChannel::new(CHANNEL)
                .include_history(true)
                .page_size(10),
        )
        .await
        .unwrap();
    listed.assert();
    assert_eq!(
        pinned.messages.as_ref().unwrap()[0].currently_pinned,
        Some(false)
    );

    let refused = zoom
        .call(requests::ListPinnedHistoryMessagesOfChannel::new("gone"))
        .await;
    assert_eq!(
        documented(refused),
        errors::ListPinnedHistoryMessagesOfChannelError::ChannelDoesNotExist {
            channel_id: "gone".to_owned()
        },
    );
}

#[tokio::test]
async fn list_scheduled_messages() {
    let (server, zoom) = zoom().await;
    let page = body(json!({
        "to_contact": CONTACT, "page_size": 10,
        "messages": [{ "draft_id": "d1", "message": "Good morning", "scheduled_time": "2026-05-18T07:00:00Z" }],
    }));
    let listed = server.list_scheduled_messages(|when, then| {
        when.to_contact(CONTACT).to_channel(None);
        then.ok(&page);
    });
    server.list_scheduled_messages(|when, then| {
        when.to_contact(NOBODY);
        then.not_found(&refusal(1001, &format!("User does not exist: {NOBODY}.")));
    });

    let scheduled = zoom
        .call(requests::ListScheduledMessages::new().to_contact(CONTACT))
        .await
        .unwrap();
    listed.assert();
    assert_eq!(
        scheduled.messages.as_ref().unwrap()[0].draft_id.as_deref(),
        Some("d1")
    );

    let refused = zoom
        .call(requests::ListScheduledMessages::new().to_contact(NOBODY))
        .await;
    assert_eq!(
        documented(refused),
        errors::ListScheduledMessagesError::UserDoesNotExist {
            to_contact: NOBODY.to_owned()
        },
    );
}
