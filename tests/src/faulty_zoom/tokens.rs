//! Access tokens that expire after a number of calls, so that expiry needs no waiting.

use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub(super) struct Tokens {
    calls_per_token: Option<u64>,
    current: Mutex<Current>,
}

#[derive(Debug, Default)]
struct Current {
    issued: u64,
    expired: u64,
    calls_left: u64,
}

impl Tokens {
    pub(super) fn new(calls_per_token: Option<u64>) -> Self {
        Self {
            calls_per_token,
            current: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives out a new token; the one before it is valid no longer.
    pub(super) fn issue(&self) -> String {
        let mut current = self.lock();
        current.issued += 1;
        current.calls_left = self.calls_per_token.unwrap_or(u64::MAX);
        token(current.issued)
    }

    /// Whether a call with this `Authorization` value is let in; counts the call against the token's life.
    pub(super) fn admit(&self, authorization: Option<&str>) -> bool {
        let mut current = self.lock();
        let valid = authorization.and_then(|value| value.strip_prefix("Bearer "))
            == Some(token(current.issued).as_str());
        if !valid || current.calls_left == 0 {
            return false;
        }
        current.calls_left -= 1;
        if current.calls_left == 0 {
            current.expired += 1;
        }
        true
    }

    pub(super) fn issued(&self) -> u64 {
        self.lock().issued
    }

    pub(super) fn expired(&self) -> u64 {
        self.lock().expired
    }
}

fn token(number: u64) -> String {
    format!("loopback-token-{number}")
}
