//! What can be done with a message is a method, and a few lines on a request.

use std::time::{Duration, UNIX_EPOCH};

use zoom_chat_sdk::{ChatMessage, Error, ErrorKind, Recipient, errors};
use zoom_chat_tests::loopback::{Answer, Loopback};

use super::{no_content, sorted_query};

const ID: &str = "Uk4v/T2x==";

fn channel() -> Recipient {
    Recipient::channel("825c").unwrap()
}

fn contact() -> Recipient {
    Recipient::contact("robin@example.com").unwrap()
}

/// Does everything that needs no answer.
async fn everything(message: &ChatMessage) -> Result<(), Error> {
    message.edit("edited").await?;
    message.delete().await?;
    message.react("U+1F389").await?;
    message.unreact("U+1F389").await?;
    message.bookmark().await?;
    message.unbookmark().await?;
    message.mark_read().await?;
    message.mark_unread().await?;
    Ok(())
}

fn told(zoom: &Loopback) -> Vec<String> {
    let received = zoom.received();
    let lines = received.iter();
    lines
        .map(|it| {
            format!("{} {}", sorted_query(it.target()), it.text())
                .trim_end()
                .to_owned()
        })
        .collect()
}

#[tokio::test]
async fn a_message_of_a_channel() {
    let zoom = Loopback::answering((0..10).map(|_| no_content())).await;
    let client = zoom.client();
    let message = client.message(channel(), ID);
    everything(&message).await.unwrap();
    message.pin().await.unwrap();
    message.unpin().await.unwrap();
    let path = "/v2/chat/users/me/messages/Uk4v%2FT2x==";
    let bookmarks = "/v2/chat/messages/bookmarks?message_id=Uk4v%2FT2x%3D%3D";
    let pins = "/v2/chat/channel/message/events";
    assert_eq!(
        told(&zoom),
        [
            format!(r#"PUT {path} {{"message":"edited","to_channel":"825c"}}"#),
            format!("DELETE {path}?to_channel=825c"),
            format!(
                r#"PATCH {path}/emoji_reactions {{"action":"add","emoji":"U+1F389","to_channel":"825c"}}"#
            ),
            format!(
                r#"PATCH {path}/emoji_reactions {{"action":"remove","emoji":"U+1F389","to_channel":"825c"}}"#
            ),
            format!(r#"PATCH {bookmarks} {{"action":"add_bookmark","to_channel":"825c"}}"#),
            format!(r#"PATCH {bookmarks} {{"action":"remove_bookmark","to_channel":"825c"}}"#),
            format!(r#"PATCH {path}/status {{"action":"read","to_channel":"825c"}}"#),
            format!(r#"PATCH {path}/status {{"action":"unread","to_channel":"825c"}}"#),
            format!(r#"PATCH {pins} {{"method":"pin","message_id":"{ID}","channel_id":"825c"}}"#),
            format!(r#"PATCH {pins} {{"method":"unpin","message_id":"{ID}","channel_id":"825c"}}"#),
        ]
    );
}

#[tokio::test]
async fn a_message_of_a_contact_for_another_user() {
    let zoom = Loopback::answering((0..8).map(|_| no_content())).await;
    let client = zoom.client();
    let message = client.message(contact(), ID).as_user("u/1");
    everything(&message).await.unwrap();
    let error = message.pin().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request, "{error:?}");
    assert!(error.to_string().contains("channel_id"), "{error}");
    let told = told(&zoom);
    assert_eq!(told.len(), 8);
    let path = "/v2/chat/users/u%2F1/messages/Uk4v%2FT2x==";
    assert_eq!(
        told[1],
        format!("DELETE {path}?to_contact=robin%40example.com")
    );
    assert_eq!(
        told[0],
        format!(r#"PUT {path} {{"message":"edited","to_contact":"robin@example.com"}}"#)
    );
}

#[tokio::test]
async fn a_thread_and_a_reply() {
    let zoom = Loopback::answering([
        Answer::json(200, r#"{"messages":[{"msg_id":"r1"}]}"#),
        Answer::sent("m2"),
    ])
    .await;
    let client = zoom.client();
    let message = client.message(channel(), ID);
    let from = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let thread = message.thread(from).await.unwrap();
    assert_eq!(thread.messages.as_ref().map(Vec::len), Some(1));
    assert_eq!(message.reply("On it").await.unwrap().id.as_str(), "m2");
    let received = zoom.received();
    assert_eq!(
        sorted_query(received[0].target()),
        "GET /v2/chat/users/me/messages/Uk4v%2FT2x==/thread\
         ?from=2001-09-09T01%3A46%3A40Z&to_channel=825c"
    );
    let reply = received[1].text();
    let main = format!("name=\"reply_main_message_id\"\r\n\r\n{ID}\r\n");
    assert!(reply.contains(&main), "{reply}");
}

#[tokio::test]
async fn a_scheduled_message_is_cancelled() {
    let refusal = r#"{"code":5404,"message":"Invalid draft id: d/1."}"#;
    let zoom = Loopback::answering([no_content(), Answer::json(400, refusal)]).await;
    let client = zoom.client();
    client.cancel_scheduled(channel(), "d/1").await.unwrap();
    let error = client.cancel_scheduled(contact(), "d/1").await.unwrap_err();
    assert_eq!(
        error.documented(),
        Some(errors::DeleteScheduledMessageError::InvalidDraftId {
            draft_id: "d/1".to_owned()
        })
    );
    assert_eq!(
        told(&zoom),
        [
            "DELETE /v2/chat/messages/schedule/d%2F1?to_channel=825c",
            "DELETE /v2/chat/messages/schedule/d%2F1?to_contact=robin%40example.com",
        ]
    );
}

#[tokio::test]
async fn an_id_that_cannot_be_one_is_not_sent() {
    let zoom = Loopback::answering([]).await;
    let client = zoom.client();
    let error = everything(&client.message(channel(), ".."))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Id, "{error:?}");
    let message = client.message(channel(), ID).as_user("");
    let error = everything(&message).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Id);
    let error = message.reply("x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Id);
    let error = client
        .cancel_scheduled(channel(), r"a\b")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Id, "{error:?}");
    assert!(zoom.received().is_empty());
}
