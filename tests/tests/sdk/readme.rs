//! Each call in the table of the README's first screen is one of the calls here, which compile.

use std::time::SystemTime;

use zoom_chat_openapi::{mock::MockServerExt, types};
use zoom_chat_sdk::{
    CallError, CallEvent, Delivery, Error, FileSource, Message, MessageId, Recipient, ZoomChat,
    chatbot::{Card, ChatbotEvent},
    errors::SendChatMessageError,
    http::HeaderMap,
    requests,
    webhook::{Received, Refusal, Webhook},
};

#[expect(dead_code, reason = "compiled, not run")]
async fn calls(
    zoom: ZoomChat,
    channel: Recipient,
    message: Message,
    id: MessageId,
    channel_id: &str,
    bot_event: ChatbotEvent,
    (start, end): (SystemTime, SystemTime),
) -> Result<(), Error> {
    let ids = || (channel.clone(), id.clone());
    let (channel, id) = ids();
    zoom.message(channel, id).edit("green again").await?;
    let (channel, id) = ids();
    zoom.message(channel, id).react("U+1F389").await?;
    let (channel, id) = ids();
    zoom.message(channel, id).delete().await?;
    let (channel, _) = ids();
    zoom.list_messages(channel)
        .from(start)
        .to(end)
        .items()?
        .next()
        .await;
    let (channel, _) = ids();
    zoom.send_file(channel, FileSource::path("report.pdf"))
        .await?;
    let (channel, _) = ids();
    zoom.send_message(channel, message).await?;
    zoom.pages(requests::ListBookmarks::new())
        .items()
        .next()
        .await;
    zoom.upload_file(FileSource::path("report.pdf")).await?;
    zoom.call(requests::GetChannel::new(channel_id)).await?;
    zoom.answer(&bot_event, Card::new("Build 1482").message("green"))
        .await?;
    Ok(())
}

#[expect(dead_code, reason = "compiled, not run")]
#[expect(clippy::needless_pass_by_value, reason = "borrowed as in the table")]
fn others(
    error: &CallError<SendChatMessageError>,
    webhook: &Webhook,
    headers: HeaderMap,
    raw_body: Vec<u8>,
    server: &httpmock::MockServer,
    observer: fn(&CallEvent<'_>),
) -> (Delivery, Result<Received, Refusal>) {
    server.send_chat_message(|when, then| {
        when.user_id("me");
        then.created(&types::SendChatMessageResponse::new().id("a1b2c3"));
    });
    drop(ZoomChat::builder().on_event(observer));
    (error.delivery(), webhook.receive(&headers, &raw_body))
}

#[test]
fn each_call_in_the_table_compiles() {
    let squeezed = |text: &str| text.replace(char::is_whitespace, "").replace("\\|", "|");
    let here = squeezed(include_str!("readme.rs"));
    let readme = include_str!("../../../README.md");
    let rows = readme
        .lines()
        .skip_while(|line| *line != "| I want to | call |")
        .skip(2);
    let mut calls = 0;
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cell = row.split(" | ").nth(1).unwrap();
        for code in cell
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| code.contains('('))
        {
            let code = squeezed(code.split('…').next().unwrap());
            assert!(here.contains(&code), "{code}");
            calls += 1;
        }
    }
    assert!(calls > 10);
}
