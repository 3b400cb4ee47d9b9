//! The faults, and which of them meets a given attempt.

use std::hash::{DefaultHasher, Hash, Hasher};

/// What happens to one request for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// None: accepted, answered 201 with the id.
    None,
    /// The request is read; the connection closes without an answer and without the message being accepted.
    CloseUnaccepted,
    /// The message is accepted; the connection closes without an answer.
    CloseAccepted,
    /// The message is accepted; the answer's body ends before its announced length.
    CutBody,
    /// Accepted, answered 201 with an empty body.
    EmptyBody,
    /// Accepted; the answer never comes.
    Silence,
    /// Accepted; the body arrives one byte at a time.
    SlowBody,
    /// 429 for the current second, without `Retry-After`.
    PerSecondLimit,
    /// 429 with `Retry-After` in seconds.
    RetryAfterSeconds,
    /// 500 with a Zoom error; the message was not accepted.
    InternalError,
    /// 502 as a gateway answers it, in HTML; the message was accepted.
    BadGatewayAccepted,
    /// 503 with an empty body; the message was not accepted.
    Unavailable,
    /// 400 with code 5601, of which nothing says whether it took effect; accepted.
    SystemErrorAccepted,
    /// 404 with the documented code for a missing channel.
    ChannelDoesNotExist,
    /// 415: the server wants JSON.
    UnsupportedMediaType,
    /// 400 with code 5601, whose body ends before its announced length; the message was accepted.
    CutSystemErrorAccepted,
    /// 400 with code 5301, whose body ends before its announced length; the message was not accepted.
    CutRefusal,
    /// The same as [`Fault::CutSystemErrorAccepted`], but the rest of the body never comes.
    StalledSystemErrorAccepted,
    /// 200 with an error of some spelling; the message was not accepted.
    DisguisedError,
    /// 201 with an empty object; accepted.
    EmptyObjectAccepted,
    /// 200 with the page of a gateway; not accepted.
    GatewayPage,
    /// 201 with a body longer than a test's client reads; accepted.
    TooLongAccepted,
    /// 302 to another path of this server; not accepted.
    Redirect,
    /// None, but after the answer the server shuts the connection down. What is on its way then meets its end, over
    /// HTTP/2 by GOAWAY.
    AnswerThenShutdown,
    /// HTTP/2 only: the stream is refused; not accepted.
    RefusedStream,
}

/// Which faults to draw, how often, and from which seed.
#[derive(Clone, Debug)]
pub struct Faults {
    /// The seed of every draw.
    pub seed: u64,
    /// How many attempts in a thousand meet a fault, 0 to 1000.
    pub per_thousand: u64,
    /// The faults to draw from.
    pub kinds: Vec<Fault>,
    /// After how many API calls a token expires; `None` for never.
    pub calls_per_token: Option<u64>,
}

impl Faults {
    /// A server without faults.
    pub fn none() -> Self {
        Self {
            seed: 0,
            per_thousand: 0,
            kinds: Vec::new(),
            calls_per_token: None,
        }
    }

    /// Every fault of HTTP/1.1 and HTTP/2 alike, each as often as the others, on `per_thousand` of the attempts.
    pub fn every(seed: u64, per_thousand: u64) -> Self {
        Self {
            seed,
            per_thousand,
            kinds: vec![
                Fault::CloseUnaccepted,
                Fault::CloseAccepted,
                Fault::CutBody,
                Fault::EmptyBody,
                Fault::Silence,
                Fault::SlowBody,
                Fault::PerSecondLimit,
                Fault::RetryAfterSeconds,
                Fault::InternalError,
                Fault::BadGatewayAccepted,
                Fault::Unavailable,
                Fault::SystemErrorAccepted,
                Fault::ChannelDoesNotExist,
                Fault::CutSystemErrorAccepted,
                Fault::CutRefusal,
                Fault::StalledSystemErrorAccepted,
                Fault::DisguisedError,
                Fault::EmptyObjectAccepted,
                Fault::GatewayPage,
                Fault::TooLongAccepted,
                Fault::Redirect,
                Fault::AnswerThenShutdown,
            ],
            calls_per_token: Some(500),
        }
    }

    /// Those of [`every`](Self::every), and those that only HTTP/2 has.
    pub fn every_of_http2(seed: u64, per_thousand: u64) -> Self {
        let mut faults = Self::every(seed, per_thousand);
        faults.kinds.push(Fault::RefusedStream);
        faults
    }

    /// The fault that meets attempt number `attempt` (from 0) of the message `text`.
    pub fn draw(&self, text: &str, attempt: u64) -> Fault {
        let mut hasher = DefaultHasher::new();
        (self.seed, text, attempt).hash(&mut hasher);
        let drawn = hasher.finish();
        if self.kinds.is_empty() || drawn % 1000 >= self.per_thousand {
            return Fault::None;
        }
        let index = (drawn / 1000) % self.kinds.len() as u64;
        usize::try_from(index)
            .ok()
            .and_then(|index| self.kinds.get(index).copied())
            .unwrap_or(Fault::None)
    }
}
