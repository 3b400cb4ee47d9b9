//! What the server has seen and done, in order.

use std::time::Duration;

use super::enforce::Limit;

/// A request for a message, and what became of it.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Whom it is for: `to_contact` or `to_channel`, and which.
    pub to: (&'static str, String),
    /// The text.
    pub message: String,
    /// When it arrived, since the server began.
    pub at: Duration,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a request for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The message was sent.
    Accepted,
    /// It was not: 429.
    Limited(Limit),
    /// It was not, for another reason.
    Refused,
}

/// Everything that happened so far.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The requests for messages with a token that is good.
    pub arrivals: Vec<Arrival>,
    /// How many of them were answered.
    pub answered: usize,
    /// Tokens given out.
    pub tokens: usize,
    /// Requests with a token that is not good.
    pub refused_tokens: usize,
}

impl Ledger {
    /// The messages that were sent, in the order in which they came.
    pub fn accepted(&self) -> impl Iterator<Item = &Arrival> {
        let arrivals = self.arrivals.iter();
        arrivals.filter(|arrival| arrival.fate == Fate::Accepted)
    }

    /// How many requests were answered with 429.
    pub fn limited(&self) -> usize {
        let limited = |arrival: &&Arrival| matches!(arrival.fate, Fate::Limited(_));
        self.arrivals.iter().filter(limited).count()
    }
}
