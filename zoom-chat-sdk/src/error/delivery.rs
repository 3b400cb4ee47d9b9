//! Whether a call that failed took effect.

/// What is known about the effect of a call that failed.
///
/// Zoom has no idempotency keys, so this decides whether a message may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// Certainly without effect: nothing was sent, no connection was established, or Zoom refused. Repeating is safe.
    NotSent,
    /// Unknown: the request was sent, and there was no answer, or one that leaves it open (a timeout, a reset, a 5xx).
    /// Repeating may have the effect twice.
    Unknown,
    /// Zoom accepted the call, only its answer could not be read. Repeating has the effect twice.
    Accepted,
}

impl Delivery {
    /// Whether the call may have taken effect, so that repeating it may have the effect twice.
    ///
    /// ```
    /// use zoom_chat_sdk::Delivery;
    ///
    /// assert!(Delivery::Unknown.may_have_been_sent());
    /// assert!(!Delivery::NotSent.may_have_been_sent());
    /// ```
    #[must_use]
    pub fn may_have_been_sent(self) -> bool {
        self != Self::NotSent
    }
}
