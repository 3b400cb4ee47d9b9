//! What the server really did with each message, whatever it told the client.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A snapshot of what happened.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// How often each message was accepted, by its text. More than 1 is a message sent twice.
    pub accepted: BTreeMap<String, u64>,
    /// How often each message arrived in full, accepted or not.
    pub attempts: BTreeMap<String, u64>,
    /// Requests that carried a token the server did not hold valid.
    pub refused_tokens: u64,
    /// Tokens given out.
    pub tokens_issued: u64,
    /// Tokens that have expired.
    pub tokens_expired: u64,
}

#[derive(Debug, Default)]
pub(super) struct LedgerState(Mutex<Ledger>);

impl LedgerState {
    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts an attempt and returns its number, from 0.
    pub(super) fn attempt(&self, text: &str) -> u64 {
        let mut ledger = self.lock();
        let count = ledger.attempts.entry(text.to_owned()).or_default();
        *count += 1;
        *count - 1
    }

    pub(super) fn accept(&self, text: &str) {
        *self.lock().accepted.entry(text.to_owned()).or_default() += 1;
    }

    pub(super) fn refuse_token(&self) {
        self.lock().refused_tokens += 1;
    }

    pub(super) fn snapshot(&self, tokens_issued: u64, tokens_expired: u64) -> Ledger {
        Ledger {
            tokens_issued,
            tokens_expired,
            ..self.lock().clone()
        }
    }
}
