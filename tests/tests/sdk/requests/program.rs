//! What programs write: each operation in one line, and what that sends.

use std::time::Duration;

use zoom_chat_sdk::{
    ChannelId, Error, MessageId, Recipient, ZoomChat, errors::DeleteMessageError, requests,
    retry::RetryPolicy,
};
use zoom_chat_tests::loopback::{Answer, Loopback};

use super::{no_content, sorted_query};

/// What a program writes, with `?` into the one error.
async fn program(
    zoom: &ZoomChat,
    channel: ChannelId,
    message_id: MessageId,
) -> Result<Vec<String>, Error> {
    let mut told = Vec::new();
    let edited = zoom
        .call(
            requests::UpdateMessage::new(&message_id)
                .to_channel(&channel)
                .message("edited"),
        )
        .await?;
    told.push(format!(
        "{} {:?} {}",
        edited.status(),
        edited.tracking_id(),
        edited.attempts()
    ));

    match zoom
        .call(requests::DeleteMessage::new("a/b==").to_channel("825c"))
        .await
    {
        Ok(_) => {}
        Err(failed) => match failed.documented() {
            Some(DeleteMessageError::ChannelDoesNotExist { to_channel }) => {
                told.push(format!("no channel {to_channel}"));
            }
            _ => return Err(failed.into()),
        },
    }
    zoom.call(
        requests::SendChatMessage::new()
            .to_channel("825c")
            .message("Hi"),
    )
    .await?;
    let mut bookmarks = zoom
        .pages(requests::ListBookmarks::new().page_size(50))
        .items();
    while let Some(bookmark) = bookmarks.next().await {
        told.push(bookmark?.message_id.unwrap_or_default());
    }
    let thread = zoom
        .call(
            requests::RetrieveThread::new(&message_id)
                .to_channel(&channel)
                .from("2026-05-14T00:00:00Z"),
        )
        .attempt_timeout(Duration::from_secs(5))
        .total_timeout(Duration::from_secs(20))
        .retry(RetryPolicy::none())
        .header("x-request-id", "42")
        .await?;
    told.push(format!("{:?}", thread.messages.as_ref().map(Vec::len)));
    let raw: serde_json::Value = zoom
        .call(requests::Raw::get("/chat/users/me/sessions").query("type", "groupchat"))
        .await?
        .into_inner();
    told.push(raw.to_string());
    zoom.message(Recipient::channel("825c")?, message_id)
        .react("U+1F389")
        .await?;
    Ok(told)
}

#[tokio::test]
async fn every_operation_is_one_line() {
    let zoom = Loopback::answering([
        no_content(),
        Answer::json(
            404,
            r#"{"code":4130,"message":"Channel does not exist: 825c."}"#,
        ),
        Answer::sent("m2"),
        Answer::json(
            200,
            r#"{"next_page_token":"n/1","bookmarks":[{"message_id":"b1"},{"message_id":"b2"}]}"#,
        ),
        Answer::json(
            200,
            r#"{"next_page_token":"","bookmarks":[{"message_id":"b3"}]}"#,
        ),
        Answer::json(200, r#"{"messages":[{"id":"r1"}]}"#),
        Answer::json(200, r#"{"sessions":[]}"#),
        no_content(),
    ])
    .await;
    let channel = ChannelId::new("825c").unwrap();
    let message_id = MessageId::new("m/1==").unwrap();
    let told = program(&zoom.client(), channel, message_id).await.unwrap();
    assert_eq!(
        told,
        [
            r#"204 Some("WEB_1") 1"#,
            "no channel 825c",
            "b1",
            "b2",
            "b3",
            "Some(1)",
            r#"{"sessions":[]}"#,
        ]
    );
    let received = zoom.received();
    let targets: Vec<_> = received
        .iter()
        .map(|it| sorted_query(it.target()))
        .collect();
    assert_eq!(
        targets,
        [
            "PUT /v2/chat/users/me/messages/m%2F1==",
            "DELETE /v2/chat/users/me/messages/a%2Fb==?to_channel=825c",
            "POST /v2/chat/users/me/messages",
            "GET /v2/chat/messages/bookmarks?page_size=50",
            "GET /v2/chat/messages/bookmarks?page_size=50&next_page_token=n%2F1",
            "GET /v2/chat/users/me/messages/m%2F1==/thread?to_channel=825c&from=2026-05-14T00%3A00%3A00Z",
            "GET /v2/chat/users/me/sessions?type=groupchat",
            "PATCH /v2/chat/users/me/messages/m%2F1==/emoji_reactions",
        ]
        .map(sorted_query)
    );
    assert_eq!(
        received[0].text(),
        r#"{"message":"edited","to_channel":"825c"}"#
    );
    assert_eq!(received[5].header("x-request-id"), Some("42"));
    assert_eq!(
        received[7].text(),
        r#"{"action":"add","emoji":"U+1F389","to_channel":"825c"}"#
    );
    assert!(
        received
            .iter()
            .all(|it| it.header("authorization") == Some("Bearer t0ken"))
    );
}
