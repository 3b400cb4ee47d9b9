//! One connection: read a request, count it, write the ledger, answer.

use std::{
    io,
    sync::{Arc, PoisonError, atomic::Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::json;
use tokio::{net::TcpStream, time::Instant};
use zoom_chat_sdk::time::{Clock, SystemClock};

use super::{Arrival, Fate, Limit, State};
use crate::{
    form::text_fields,
    http::{Answer, Request, read_request},
};

const DAY: u64 = 24 * 60 * 60;

pub(super) async fn connection(mut stream: TcpStream, state: Arc<State>) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await? {
        let path = request.path.as_str();
        if request.method != "POST" {
            route_not_found().write(&mut stream).await?;
        } else if path == "/oauth/token" {
            token(&state).write(&mut stream).await?;
        } else if path.starts_with("/v2/chat/users/") && path.ends_with("/messages") {
            let (number, answer) = message(&state, &request).await;
            let mut answers = state.answers.subscribe();
            let may_answer = answers.wait_for(|most| number < *most);
            may_answer.await.map_err(io::Error::other)?;
            answer.write(&mut stream).await?;
            state.ledger.send_modify(|ledger| ledger.answered += 1);
        } else {
            route_not_found().write(&mut stream).await?;
        }
    }
    Ok(())
}

fn route_not_found() -> Answer {
    Answer::json(404, r#"{"code":64041,"message":"Route Not Found"}"#)
}

fn token(state: &State) -> Answer {
    state.ledger.send_modify(|ledger| ledger.tokens += 1);
    let body = json!({
        "access_token": "limited-token",
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": "chat_message:write",
    });
    Answer::json(200, body.to_string())
}

/// The answer, and the number of the request among those in the ledger, from 0.
async fn message(state: &State, request: &Request) -> (usize, Answer) {
    let token = request.header("authorization");
    if token != Some("Bearer limited-token") || state.refuses_tokens.load(Ordering::SeqCst) {
        let count = |ledger: &mut super::Ledger| ledger.refused_tokens += 1;
        state.ledger.send_modify(count);
        let body = r#"{"code":124,"message":"Invalid access token."}"#;
        return (0, Answer::json(401, body));
    }
    let mut fields = text_fields(request).await.unwrap_or_default();
    let message = fields.remove("message").unwrap_or_default();
    let mut to = |name: &'static str| Some((name, fields.remove(name)?));
    let (contact, channel) = (to("to_contact"), to("to_channel"));
    let (Some(to), false) = (contact.or(channel), message.is_empty()) else {
        let body = r#"{"code":300,"message":"Validation Failed."}"#;
        return (0, Answer::json(400, body));
    };
    decide(state, to, message)
}

/// Counts the message and writes it into the ledger, in one step, so that the ledger has the order of the counts.
fn decide(state: &State, to: (&'static str, String), message: String) -> (usize, Answer) {
    let mut counts = state.counts.lock().unwrap_or_else(PoisonError::into_inner);
    let now = Instant::now();
    let today = Today::of(state);
    let channel = (to.0 == "to_channel").then_some(to.1.as_str());
    let (fate, answer) = if to.1.starts_with("missing-") {
        let message = format!("User does not exist: {}.", to.1);
        let body = json!({ "code": 1001, "message": message });
        (Fate::Refused, Answer::json(404, body.to_string()))
    } else if let Err(limit) = counts.admit(now, today.number, channel) {
        (Fate::Limited(limit), too_many(limit, &today))
    } else if to.1.starts_with("unknown-") {
        let body = r#"{"code":500,"message":"Internal error."}"#;
        (Fate::Accepted, Answer::json(500, body))
    } else {
        let body = json!({ "id": format!("id-of-{}", to.1) });
        (Fate::Accepted, Answer::json(201, body.to_string()))
    };
    let mut number = 0;
    state.ledger.send_modify(|ledger| {
        number = ledger.arrivals.len();
        ledger.arrivals.push(Arrival {
            to,
            message,
            at: now - state.started,
            fate,
        });
    });
    (number, answer)
}

fn too_many(limit: Limit, today: &Today) -> Answer {
    match limit {
        Limit::Rate => {
            let message = "You have reached the maximum per-second rate limit for this API.";
            let body = json!({ "code": 429, "message": message });
            Answer::json(429, body.to_string())
                .header("X-RateLimit-Category", "Medium")
                .header("X-RateLimit-Type", "QPS")
        }
        Limit::Day => {
            let message = "You have reached the maximum daily rate limit for this API.";
            let body = json!({ "code": 429, "message": message });
            Answer::json(429, body.to_string())
                .header("X-RateLimit-Category", "Medium")
                .header("X-RateLimit-Type", "Daily-limit")
                .header("X-RateLimit-Remaining", "0")
                .header("Retry-After", today.end())
        }
        // How a block looks is not documented, and some answers carry neither header.
        Limit::Channel => Answer::json(429, r#"{"code":429,"message":"Too many requests."}"#),
    }
}

/// A day UTC.
struct Today {
    number: u64,
}

impl Today {
    fn of(state: &State) -> Self {
        let since = SystemClock.now().duration_since(UNIX_EPOCH);
        let days = since.map_or(0, |since| since.as_secs() / DAY);
        Self {
            number: days + state.days.load(Ordering::SeqCst),
        }
    }

    /// The instant as Zoom writes it in `Retry-After`: ISO 8601.
    fn end(&self) -> String {
        let midnight: SystemTime = UNIX_EPOCH + Duration::from_secs((self.number + 1) * DAY);
        // "Sat, 23 Aug 2025 00:00:00 GMT"
        let date = httpdate::fmt_http_date(midnight);
        let parts: Vec<_> = date.split(' ').collect();
        let [_, day, month, year, time, _] = parts[..] else {
            unreachable!("an HTTP date has six parts: {date}")
        };
        let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
        let month = months.find(month).map_or(0, |at| at / 3 + 1);
        format!("{year}-{month:02}-{day}T{time}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::Today;

    #[test]
    fn the_end_of_a_day_is_written_in_iso_8601() {
        assert_eq!(Today { number: 20_322 }.end(), "2025-08-23T00:00:00Z");
        assert_eq!(Today { number: 20_452 }.end(), "2025-12-31T00:00:00Z");
    }
}
