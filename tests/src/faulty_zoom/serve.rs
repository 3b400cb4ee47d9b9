//! One connection: read a request, draw its fault, write the ledger, answer or not.

use std::{io, sync::Arc, time::Duration};

use serde_json::json;
use tokio::net::TcpStream;

use super::{Fault, State};
use crate::{
    form::text_fields,
    http::{Answer, Request, read_request},
};

/// Longer than any client of a test waits for one attempt.
const SILENCE: Duration = Duration::from_secs(3600);
const SLOW_BYTE: Duration = Duration::from_millis(5);

enum Then {
    KeepOpen,
    Close,
}

pub(super) async fn connection(mut stream: TcpStream, state: Arc<State>) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await? {
        let then = match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/oauth/token") => token(&mut stream, &state).await?,
            ("POST", path)
                if path.starts_with("/v2/chat/users/") && path.ends_with("/messages") =>
            {
                message(&mut stream, &state, &request).await?
            }
            _ => {
                Answer::json(404, r#"{"code":64041,"message":"Route Not Found"}"#)
                    .write(&mut stream)
                    .await?;
                Then::KeepOpen
            }
        };
        if let Then::Close = then {
            break;
        }
    }
    Ok(())
}

async fn token(stream: &mut TcpStream, state: &State) -> io::Result<Then> {
    let body = json!({
        "access_token": state.tokens.issue(),
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": "chat_message:write",
    });
    Answer::json(200, body.to_string()).write(stream).await?;
    Ok(Then::KeepOpen)
}

async fn message(stream: &mut TcpStream, state: &State, request: &Request) -> io::Result<Then> {
    if !state.tokens.admit(request.header("authorization")) {
        state.ledger.refuse_token();
        let expired = r#"{"code":124,"message":"Access token is expired."}"#;
        Answer::json(401, expired).write(stream).await?;
        return Ok(Then::KeepOpen);
    }
    let fields = text_fields(request).await;
    let Some(text) = fields.and_then(|mut fields| fields.remove("message")) else {
        let missing = r#"{"code":300,"message":"Validation Failed.","errors":[{"field":"message","message":"Invalid field."}]}"#;
        Answer::json(400, missing).write(stream).await?;
        return Ok(Then::KeepOpen);
    };
    let fault = state.faults.draw(&text, state.ledger.attempt(&text));
    answer(stream, state, &text, fault).await
}

async fn answer(
    stream: &mut TcpStream,
    state: &State,
    text: &str,
    fault: Fault,
) -> io::Result<Then> {
    let accept = || {
        state.ledger.accept(text);
        Answer::json(201, json!({ "id": format!("id-of-{text}") }).to_string())
    };
    let answer = match fault {
        Fault::None => accept(),
        Fault::CloseUnaccepted => return Ok(Then::Close),
        Fault::CloseAccepted => {
            accept();
            return Ok(Then::Close);
        }
        Fault::CutBody => {
            accept().write_cut(stream).await?;
            return Ok(Then::Close);
        }
        Fault::EmptyBody => {
            accept();
            Answer::empty(201)
        }
        Fault::Silence => {
            accept();
            tokio::time::sleep(SILENCE).await;
            return Ok(Then::Close);
        }
        Fault::SlowBody => {
            accept().write_slowly(stream, SLOW_BYTE).await?;
            return Ok(Then::KeepOpen);
        }
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
            accept();
            Answer::html(502, "<html><body>Bad Gateway</body></html>")
        }
        Fault::Unavailable => Answer::empty(503),
        Fault::SystemErrorAccepted => {
            accept();
            Answer::json(
                400,
                r#"{"code":5601,"message":"System error, please try again later."}"#,
            )
        }
        Fault::ChannelDoesNotExist => Answer::json(
            404,
            r#"{"code":4130,"message":"Channel does not exist: loopback-channel."}"#,
        ),
        Fault::UnsupportedMediaType => Answer::empty(415),
    };
    answer.write(stream).await?;
    Ok(Then::KeepOpen)
}
