//! The bot itself: its routes, and what it does with an event.

use axum::{Router, http::StatusCode, routing::get};
use serde_json::json;
use zoom_chat_sdk::{
    Delivery, Error, ZoomChat,
    events::{Event, Kind},
    receive::{MemoryInbox, Readiness},
    requests::SendChatbotMessages,
    webhook::{Webhook, WebhookService},
};

/// `/zoom` for Zoom, `/ready` for whatever runs the bot.
pub(crate) fn router(webhook: Webhook, inbox: MemoryInbox, readiness: Readiness) -> Router {
    let is_ready = async move || {
        if readiness.is_ready() {
            StatusCode::OK
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    Router::new()
        .route_service("/zoom", WebhookService::new(webhook, inbox))
        .route("/ready", get(is_ready))
}

/// Answers a command or a button; other events need no answer.
///
/// An error makes the worker call this again, so it is one only if nothing was sent.
pub(crate) async fn handle(zoom: ZoomChat, event: Event) -> Result<(), Error> {
    let Some(answer) = answer(&event) else {
        println!("the bot ignores {}", event.name());
        return Ok(());
    };
    match zoom.call(answer).await {
        Ok(_) => Ok(()),
        Err(error) => {
            let error = Error::from(error);
            if error.delivery() == Delivery::NotSent {
                return Err(error);
            }
            eprintln!("perhaps sent, so not repeated: {error}");
            Ok(())
        }
    }
}

fn answer(event: &Event) -> Option<SendChatbotMessages> {
    let (robot_jid, to_jid, account_id, user_jid, text) = match event.kind() {
        Kind::BotNotification(event) => {
            let it = event.payload?;
            (
                it.robot_jid?,
                it.to_jid?,
                it.account_id?,
                it.user_jid?,
                it.cmd?,
            )
        }
        Kind::InteractiveMessageActions(event) => {
            let it = event.payload?;
            let text = format!("You pressed {}", it.action_item?.text?);
            (
                it.robot_jid?,
                it.to_jid?,
                it.account_id?,
                it.user_jid?,
                text,
            )
        }
        _ => return None,
    };
    let content = [
        ("head", json!({ "text": "Echo" })),
        ("body", json!([{ "type": "message", "text": text }])),
    ];
    let message = SendChatbotMessages::new()
        .robot_jid(robot_jid)
        .to_jid(to_jid)
        .account_id(account_id)
        .user_jid(user_jid)
        .content(content);
    Some(message)
}
