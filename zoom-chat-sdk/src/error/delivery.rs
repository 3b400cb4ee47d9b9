//! Whether a call that failed took effect all the same.

/// What is known about the effect of a call that failed.
///
/// Zoom knows no idempotency key, so this decides whether a message may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// Certainly without effect: nothing left, no connection was established, or Zoom refused. Repeating is safe.
    NotSent,
    /// Nobody can tell: the request left and no answer came, or one that leaves it open (a timeout, a reset, a 5xx).
    /// Repeating may do it twice.
    Unknown,
    /// Zoom took it, only its answer could not be read. Repeating does it twice.
    Accepted,
}

impl Delivery {
    /// Whether the call may have taken effect, so that repeating it may do it twice.
    #[must_use]
    pub fn may_have_been_sent(self) -> bool {
        self != Self::NotSent
    }

    /// What an answer with an error status says about the effect of its call.
    ///
    /// A 4xx is a refusal, but for three: 408 and 499 come from gateways that lost patience with one side, and code
    /// 5601 ("System error, please try again later.") says nothing about how far Zoom got. A redirect that is to be
    /// repeated as it was (307, 308) was not acted on.
    pub(crate) fn of_answer(status: u16, code: Option<i64>) -> Self {
        match (status, code) {
            (408 | 499, _) | (_, Some(5601)) => Self::Unknown,
            (307 | 308 | 400..=498, _) => Self::NotSent,
            _ => Self::Unknown,
        }
    }

    pub(crate) fn explain(self) -> &'static str {
        match self {
            Self::NotSent => "nothing was sent",
            Self::Unknown => "it may have taken effect",
            Self::Accepted => "it took effect",
        }
    }
}
