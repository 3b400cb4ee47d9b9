//! What happened: the kinds of errors, each with its details and its sentence.

use std::time::Duration;

use zoom_chat_openapi::Shown;

use super::{Error, PagingError, RedirectRefusal};
use crate::{
    auth::TokenError,
    config::InvalidSetting,
    file::FileProblem,
    limit::LimitError,
    message::{InvalidId, InvalidMessage},
};

/// Makes the kinds, their details, the sentences and the accessors from one list: each kind with its details, the
/// accessor of the first one, and the sentence of `Display`.
macro_rules! causes {
    ($error:ident, $operation:ident: $(
        $(#[$doc:meta])*
        $kind:ident $((
            $detail:ident: $type:ty $(, $more:ident: $also:ty)?
        ) $([$accessor:ident: $what:literal])?)?
        => $sentence:literal $(, $argument:expr)?;
    )*) => {
        /// The kind of an [`Error`], from [`Error::kind`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* $kind,)*
        }

        /// What happened, with its details.
        #[derive(Debug)]
        pub(crate) enum Cause {
            $($kind $(($type $(, $also)?))?,)*
        }

        impl Error {
            /// The kind of the failure. Most kinds have details, each with an accessor.
            ///
            /// ```
            /// use zoom_chat_sdk::{Error, ErrorKind};
            ///
            /// fn explain(error: &Error) -> String {
            ///     match (error.kind(), error.limit_error(), error.invalid_setting()) {
            ///         (ErrorKind::Limit, Some(limit), _) => format!("free at {:?}", limit.free_at()),
            ///         (ErrorKind::Setting, _, Some(invalid)) => format!("change the setting {}", invalid.setting()),
            ///         _ => error.to_string(),
            ///     }
            /// }
            /// ```
            pub fn kind(&self) -> ErrorKind {
                match self.cause() {
                    $(Cause::$kind { .. } => ErrorKind::$kind,)*
                }
            }

            /// What happened, in words.
            pub(super) fn happened(&self, $operation: &str) -> String {
                let $error = self;
                match self.cause() {
                    $(Cause::$kind $(($detail $(, $more)?))? => format!($sentence $(, $argument)?),)*
                }
            }

            $($($(
                #[doc = concat!($what, ", for [`ErrorKind::", stringify!($kind), "`].")]
                pub fn $accessor(&self) -> Option<&$type> {
                    match self.cause() {
                        Cause::$kind(detail, ..) => Some(detail),
                        _ => None,
                    }
                }
            )?)?)*
        }
    };
}

causes! { error, operation:
    /// Zoom answered with success, but the answer could not be read: it was incomplete, does not have the documented
    /// form, or is not Zoom's. [`Error::delivery`] tells whether the call took effect.
    Answer(problem: Unreadable)
    => "the answer {} to {operation} {problem}", error.status().unwrap_or_default();
    /// Zoom, or a gateway in front of it, answered with an error. Codes are not unique: only operation, status and code
    /// together, and sometimes the text, identify an error; [`Error::documented`] does that.
    Api => "{operation} answered {}", error.answered_with();
    /// A file could not be sent, or not completely.
    File(problem: FileProblem, file: String) [file_problem: "What is wrong with the file"]
    => "{operation} cannot send {}: {problem}", Shown(file);
    /// The hook that runs before each request failed, so that request was not sent.
    Hook => "the before-request hook of {operation} failed";
    /// An id would address another resource. Nothing was sent.
    Id(id: InvalidId) [invalid_id: "The id that was rejected"]
    => "{id}";
    /// The client-side rate limiter rejected the call. Nothing was sent.
    Limit(limit: LimitError) [limit_error: "Which limit rejected the call, and until when"]
    => "the rate limiter rejected {operation}: {limit}";
    /// Zoom would refuse the message. Nothing was sent.
    Message(message: InvalidMessage) [invalid_message: "What is wrong with the message"]
    => "{message}";
    /// A listing cannot continue, although Zoom answered.
    Paging(problem: PagingError) [paging_error: "Why the listing cannot continue"]
    => "{}", error.ended(operation, problem);
    /// A redirect was not followed. Token and file were not sent to it.
    Redirect(refusal: RedirectRefusal) [redirect_refusal: "Why the redirect was not followed"]
    => "the redirect {} of {operation} was not followed, as it {refusal}", error.status().unwrap_or_default();
    /// A request is incomplete or invalid. Nothing was sent.
    Request(reason: String)
    => "the request for {operation} is invalid: {}", Shown(reason);
    /// A setting of the client, of a call or of a listing is invalid. Nothing was sent.
    Setting(setting: InvalidSetting) [invalid_setting: "The setting that was rejected"]
    => "{setting}";
    /// No access token was available. Nothing was sent.
    Token(problem: TokenError) [token_error: "Why there was no access token"]
    => "no access token for {operation}: {}", Shown(&problem.to_string());
    /// There was no answer: the connection failed or broke, or a timeout was reached.
    Transport(failure: Failure)
    => "{operation} {failure}";
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    #[error("could not connect to Zoom")]
    Connect,
    #[error("got no answer, because the connection broke")]
    Interrupted,
    /// The server shut down before it read the request, or has no capacity for it.
    #[error("got no answer, because the server closed the stream before it read the request")]
    Refused,
    #[error("got no answer from Zoom within {0:?}")]
    AttemptTimeout(Duration),
    /// The upload of a file made no progress for the time of an attempt.
    #[error("made no progress with its upload for {0:?}")]
    Stalled(Duration),
    #[error("took longer than {0:?} in total")]
    TotalTimeout(Duration),
}
