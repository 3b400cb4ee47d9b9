//! The bot itself: its routes, and what it does with an event.

use axum::{Router, http::StatusCode, routing::get};
use zoom_chat_sdk::{
    Delivery, Error, ZoomChat,
    chatbot::{Card, ChatbotInput},
    events::Event,
    receive::{MemoryInbox, Readiness},
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
    let bot_event = event.chatbot();
    let Some((text, bot_event)) =
        bot_event.and_then(|bot_event| Some((said(&bot_event.input)?, bot_event)))
    else {
        println!("the bot ignores {}", event.name());
        return Ok(());
    };
    match zoom
        .answer(&bot_event, Card::new("Echo").message(text))
        .await
    {
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

fn said(input: &ChatbotInput) -> Option<String> {
    match input {
        ChatbotInput::Command { text, .. } => Some(text.clone()),
        ChatbotInput::Pressed { text, .. } => Some(format!("You pressed {text}")),
        _ => None,
    }
}
