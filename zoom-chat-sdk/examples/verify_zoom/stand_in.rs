//! A stand-in for Zoom on a loopback address, which is told how to answer what Zoom's sources dispute.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

mod body;
mod listing;
mod range;

pub(crate) use range::{End, Misplaced, Unit};

pub(crate) const TOKEN: &str = "stand-in-token";
pub(crate) const CHANNEL: &str = "stand-in-channel";
const MOST: usize = 1024;

/// How a stand-in answers. The default is what the SDK takes for granted until it is set otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answers {
    pub(crate) takes_json: bool,
    pub(crate) takes_form_data: bool,
    pub(crate) form_data_carries_mentions: bool,
    pub(crate) mention_unit: Unit,
    pub(crate) rich_text_unit: Unit,
    pub(crate) rich_text_end: End,
    pub(crate) misplaced: Misplaced,
    pub(crate) needs_format_attr: bool,
    pub(crate) refuses_unknown: bool,
    pub(crate) length_unit: Unit,
    pub(crate) edit_keeps_rich_text: bool,
    pub(crate) last_token: LastToken,
    pub(crate) tokens_once: bool,
    pub(crate) refuses_foreign_token: bool,
    /// The number of the message that is taken, but answered with 500.
    pub(crate) breaks_at: Option<usize>,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            takes_json: true,
            takes_form_data: true,
            form_data_carries_mentions: true,
            mention_unit: Unit::Utf16,
            rich_text_unit: Unit::Utf16,
            rich_text_end: End::Inclusive,
            misplaced: Misplaced::Dropped,
            needs_format_attr: true,
            refuses_unknown: false,
            length_unit: Unit::Utf16,
            edit_keeps_rich_text: false,
            last_token: LastToken::Empty,
            tokens_once: false,
            refuses_foreign_token: true,
            breaks_at: None,
        }
    }
}

/// What stands for the token of the page after the last one.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests tell it otherwise"))]
#[derive(Debug, Clone, Copy)]
pub(crate) enum LastToken {
    Empty,
    Missing,
    Null,
}

pub(crate) struct StandIn {
    address: SocketAddr,
    #[cfg(test)]
    chat: Arc<Chat>,
}

struct Chat {
    answers: Answers,
    state: Mutex<Messages>,
}

#[derive(Default)]
struct Messages {
    /// Messages as they are read, the oldest first.
    kept: Vec<Value>,
    count: usize,
    used_tokens: Vec<String>,
}

/// Starts answering, for as long as the runtime lives.
pub(crate) async fn start(answers: Answers) -> io::Result<StandIn> {
    let chat = Arc::new(Chat {
        answers,
        state: Mutex::default(),
    });
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let router = Router::new().fallback(answer).with_state(Arc::clone(&chat));
    tokio::spawn(async { axum::serve(listener, router).await });
    Ok(StandIn {
        address,
        #[cfg(test)]
        chat,
    })
}

impl StandIn {
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// How many messages were sent, and how many are left.
    #[cfg(test)]
    pub(crate) fn counts(&self) -> (usize, usize) {
        let state = self.chat.state();
        (state.count, state.kept.len())
    }
}

type Answer = (StatusCode, Value);

async fn answer(
    State(chat): State<Arc<Chat>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let id = uri.path().strip_prefix("/v2/chat/users/me/messages");
    let id = id.map(|rest| rest.trim_start_matches('/'));
    let (status, json) = match (method.as_str(), id) {
        ("POST", Some("")) => {
            let content_type = headers
                .get(CONTENT_TYPE)
                .and_then(|value| value.to_str().ok());
            chat.take(content_type.unwrap_or_default(), &body)
        }
        ("GET", Some("")) => listing::page(&chat.answers, &mut chat.state(), &uri),
        ("GET", Some(id)) => chat.read(id),
        ("PUT", Some(id)) => chat.edit(id, &body),
        ("DELETE", Some(id)) => chat.delete(id),
        _ => (
            StatusCode::NOT_FOUND,
            json!({"code": 64041, "message": "Route Not Found"}),
        ),
    };
    if json.is_null() {
        return status.into_response();
    }
    (
        status,
        [(CONTENT_TYPE, "application/json")],
        json.to_string(),
    )
        .into_response()
}

impl Chat {
    fn state(&self) -> MutexGuard<'_, Messages> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, content_type: &str, body: &[u8]) -> Answer {
        let Some(mut message) = body::read(&self.answers, content_type, body) else {
            return refusal("Request Body should be a valid JSON object.");
        };
        let text = message["message"].as_str().unwrap_or_default().to_owned();
        if self.answers.refuses_unknown && message.get("verify_zoom_unknown").is_some() {
            return refusal("Unknown property.");
        }
        if message["to_channel"] != CHANNEL || self.answers.length_unit.measure(&text) > MOST {
            return refusal("Validation Failed.");
        }
        if range::check(&self.answers, &text, &mut message).is_err() {
            return refusal("Invalid position.");
        }
        let mut state = self.state();
        state.count += 1;
        let id = format!("stand-in-{}", state.count);
        message["id"] = json!(id);
        state.kept.push(message);
        if self.answers.breaks_at == Some(state.count) {
            let error = json!({"code": 500, "message": format!("{CHANNEL} is out of order")});
            return (StatusCode::INTERNAL_SERVER_ERROR, error);
        }
        (StatusCode::CREATED, json!({"id": id}))
    }

    fn read(&self, id: &str) -> Answer {
        let state = self.state();
        let found = state.kept.iter().find(|message| message["id"] == id);
        found.map_or_else(no_message, |message| (StatusCode::OK, message.clone()))
    }

    fn edit(&self, id: &str, body: &[u8]) -> Answer {
        let mut state = self.state();
        let Some(message) = state.kept.iter_mut().find(|message| message["id"] == id) else {
            return no_message();
        };
        let edited: Value = serde_json::from_slice(body).unwrap_or_default();
        message["message"] = edited["message"].clone();
        if !self.answers.edit_keeps_rich_text {
            message["rich_text"] = json!([]);
        }
        (StatusCode::NO_CONTENT, Value::Null)
    }

    fn delete(&self, id: &str) -> Answer {
        let mut state = self.state();
        let before = state.kept.len();
        state.kept.retain(|message| message["id"] != id);
        if state.kept.len() == before {
            return no_message();
        }
        (StatusCode::NO_CONTENT, Value::Null)
    }
}

fn refusal(message: &str) -> Answer {
    (
        StatusCode::BAD_REQUEST,
        json!({"code": 300, "message": message}),
    )
}

fn no_message() -> Answer {
    (
        StatusCode::NOT_FOUND,
        json!({"code": 5301, "message": "Message does not exist."}),
    )
}
