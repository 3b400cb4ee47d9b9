//! One request: draw its fault, write the ledger, and decide what the connection does.

use serde_json::json;

use super::{Fault, State};
use crate::{
    form::text_fields,
    http::{Answer, Request},
};

/// Longer than a test's client reads.
const TOO_LONG: usize = 300_000;

/// Errors in the guise of a success, each spelt in another way.
const DISGUISES: [&str; 6] = [
    r#"{"code":5301,"message":"Message sending failed."}"#,
    r#"{"code":"5301","message":"Message sending failed."}"#,
    r#"{"code":5301.0,"message":null}"#,
    r#"{"code":5301}"#,
    r#"{"error":"invalid_request","reason":"Message sending failed."}"#,
    r#"{"code":0,"code":5301,"id":"none"}"#,
];

/// What the connection does with a request that came whole.
pub(super) enum Step {
    /// Answers it.
    Answer(Answer),
    /// Answers it with half of its body, and closes.
    Cut(Answer),
    /// Answers it with half of its body, and nothing more.
    Stall(Answer),
    /// Answers it, the body byte by byte.
    Slow(Answer),
    /// Answers it, and shuts the connection down.
    AnswerThenShutdown(Answer),
    /// Closes without an answer.
    Close,
    /// Refuses the stream.
    Refuse,
    /// Nothing.
    Silence,
}

pub(super) async fn step(state: &State, request: &Request) -> Step {
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/oauth/token") => token(state),
        ("POST", path) if path.starts_with("/v2/chat/users/") && path.ends_with("/messages") => {
            message(state, request).await
        }
        _ => Step::Answer(Answer::json(
            404,
            r#"{"code":64041,"message":"Route Not Found"}"#,
        )),
    }
}

fn token(state: &State) -> Step {
    let body = json!({
        "access_token": state.tokens.issue(),
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": "chat_message:write",
    });
    Step::Answer(Answer::json(200, body.to_string()))
}

async fn message(state: &State, request: &Request) -> Step {
    if !state.tokens.admit(request.header("authorization")) {
        state.ledger.refuse_token();
        let expired = r#"{"code":124,"message":"Access token is expired."}"#;
        return Step::Answer(Answer::json(401, expired));
    }
    let fields = text_fields(request).await;
    let Some(text) = fields.and_then(|mut fields| fields.remove("message")) else {
        let missing = r#"{"code":300,"message":"Validation Failed.","errors":[{"field":"message","message":"Invalid field."}]}"#;
        return Step::Answer(Answer::json(400, missing));
    };
    let fault = state.faults.draw(&text, state.ledger.attempt(&text));
    answer(state, &text, fault)
}

fn answer(state: &State, text: &str, fault: Fault) -> Step {
    let accept = || {
        state.ledger.accept(text);
        Answer::json(201, json!({ "id": format!("id-of-{text}") }).to_string())
    };
    let accept_but = |answer: Answer| {
        state.ledger.accept(text);
        answer
    };
    let system_error = || {
        let body = r#"{"code":5601,"message":"System error, please try again later."}"#;
        Answer::json(400, body)
    };
    Step::Answer(match fault {
        Fault::None => accept(),
        Fault::CloseUnaccepted => return Step::Close,
        Fault::CloseAccepted => {
            accept();
            return Step::Close;
        }
        Fault::CutBody => return Step::Cut(accept()),
        Fault::EmptyBody => accept_but(Answer::empty(201)),
        Fault::Silence => {
            accept();
            return Step::Silence;
        }
        Fault::SlowBody => return Step::Slow(accept()),
        Fault::PerSecondLimit => {
            let body = r#"{"code":429,"message":"You have reached the maximum per-second rate limit for this API."}"#;
            Answer::json(429, body)
                .header("X-RateLimit-Category", "Medium")
                .header("X-RateLimit-Type", "QPS")
        }
        Fault::RetryAfterSeconds => {
            Answer::json(429, r#"{"code":429,"message":"Too many requests."}"#)
                .header("Retry-After", "1")
        }
        Fault::InternalError => Answer::json(500, r#"{"code":500,"message":"Internal error."}"#),
        Fault::BadGatewayAccepted => {
            accept_but(Answer::html(502, "<html><body>Bad Gateway</body></html>"))
        }
        Fault::Unavailable => Answer::empty(503),
        Fault::SystemErrorAccepted => accept_but(system_error()),
        Fault::ChannelDoesNotExist => Answer::json(
            404,
            r#"{"code":4130,"message":"Channel does not exist: loopback-channel."}"#,
        ),
        Fault::UnsupportedMediaType => Answer::empty(415),
        Fault::CutSystemErrorAccepted => return Step::Cut(accept_but(system_error())),
        Fault::CutRefusal => {
            let body = r#"{"code":5301,"message":"Message sending failed."}"#;
            return Step::Cut(Answer::json(400, body));
        }
        Fault::StalledSystemErrorAccepted => return Step::Stall(accept_but(system_error())),
        Fault::DisguisedError => Answer::json(
            200,
            DISGUISES[text.bytes().map(usize::from).sum::<usize>() % DISGUISES.len()],
        ),
        Fault::EmptyObjectAccepted => accept_but(Answer::json(201, "{}")),
        Fault::GatewayPage => Answer::html(200, "<html><body>Log in first</body></html>"),
        Fault::TooLongAccepted => {
            let body = json!({ "id": format!("id-of-{text}"), "more": "x".repeat(TOO_LONG) });
            accept_but(Answer::json(201, body.to_string()))
        }
        Fault::Redirect => {
            Answer::empty(302).header("Location", "/v2/chat/users/elsewhere/messages")
        }
        Fault::AnswerThenShutdown => return Step::AnswerThenShutdown(accept()),
        Fault::RefusedStream => return Step::Refuse,
    })
}
