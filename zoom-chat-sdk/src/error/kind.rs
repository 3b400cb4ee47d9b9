//! What happened.

use std::time::Duration;

use super::{PagingError, RedirectRefusal};
use crate::{
    auth::TokenError,
    config::InvalidSetting,
    file::FileProblem,
    limit::LimitError,
    message::{InvalidId, InvalidMessage},
};

/// Makes both enums from one list: each kind with the details of its errors.
macro_rules! causes {
    ($($(#[$doc:meta])* $kind:ident $(($($detail:ty),+))?;)*) => {
        /// The kind of an [`Error`](crate::Error), from [`Error::kind`](crate::Error::kind).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* $kind,)*
        }

        /// What happened, with its details.
        #[derive(Debug)]
        pub(crate) enum Cause {
            $($kind $(($($detail),+))?,)*
        }

        impl Cause {
            pub(super) fn kind(&self) -> ErrorKind {
                match self {
                    $(Self::$kind { .. } => ErrorKind::$kind,)*
                }
            }
        }
    };
}

causes! {
    /// Zoom answered with success, but the answer could not be read: it was incomplete, does not have the documented
    /// form, or is not Zoom's. [`Error::delivery`](crate::Error::delivery) tells whether the call took effect.
    Answer(Unreadable);
    /// Zoom, or a gateway in front of it, answered with an error. Codes are not unique: only operation, status and code
    /// together, and sometimes the text, identify an error; [`Error::documented`](crate::Error::documented) does that.
    Api;
    /// A file could not be sent, or not completely.
    File(FileProblem, String);
    /// The hook that runs before each request failed, so that request was not sent.
    Hook;
    /// An id would address another resource. Nothing was sent.
    Id(InvalidId);
    /// The client-side rate limiter rejected the call. Nothing was sent.
    Limit(LimitError);
    /// Zoom would refuse the message. Nothing was sent.
    Message(InvalidMessage);
    /// A listing cannot continue, although Zoom answered.
    Paging(PagingError);
    /// A redirect was not followed. Token and file were not sent to it.
    Redirect(RedirectRefusal);
    /// A request is incomplete or invalid. Nothing was sent.
    Request(String);
    /// A setting of the client, of a call or of a listing is invalid. Nothing was sent.
    Setting(InvalidSetting);
    /// No access token was available. Nothing was sent.
    Token(TokenError);
    /// There was no answer: the connection failed or broke, or a timeout was reached.
    Transport(Failure);
}

/// Why the answer to a successful call could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("broke off")]
    BrokeOff,
    #[error("did not end in time")]
    Endless,
    #[error("does not have the documented form")]
    Form,
    #[error("has a part without the documented form")]
    Part,
    #[error("has no id")]
    NoId,
    #[error("has no list")]
    NoList,
    #[error("is longer than `max_answer_size` allows")]
    TooLong,
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Connect,
    Interrupted,
    /// The server shut down before it read the request, or has no capacity for it.
    Refused,
    AttemptTimeout(Duration),
    /// The upload of a file made no progress for the time of an attempt.
    Stalled(Duration),
    TotalTimeout(Duration),
}

impl Failure {
    pub(super) fn is_timeout(self) -> bool {
        !matches!(self, Self::Connect | Self::Interrupted | Self::Refused)
    }
}
