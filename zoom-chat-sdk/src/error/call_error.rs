//! The error of a call, with the type of the errors that its operation documents.

use std::{error::Error as StdError, fmt, marker::PhantomData, ops::Deref};

use zoom_chat_openapi::{Operation, OperationError};

use super::{Cause, Error};

/// The [`Error`] of a call whose operation documents the errors `E`.
///
/// It dereferences to [`Error`] and converts into it, also by `?`, so that functions with calls of several operations
/// return the one error. It adds [`documented`](Self::documented), which knows its operation.
///
/// ```
/// use zoom_chat_sdk::{Error, ZoomChat, errors::DeleteMessageError, requests};
///
/// async fn delete(zoom: &ZoomChat, message_id: &str) -> Result<(), Error> {
///     let request = requests::DeleteMessage::new(message_id).to_channel("825c8d2b");
///     let Err(failed) = zoom.call(request).await else { return Ok(()) };
///     match failed.documented() {
///         Some(DeleteMessageError::ChannelDoesNotExist { .. }) => Ok(()), // gone already
///         _ => Err(failed.into()),
///     }
/// }
/// ```
pub struct CallError<E> {
    error: Error,
    documented: PhantomData<fn() -> E>,
}

impl<E> CallError<E> {
    /// The error without the type of its operation.
    ///
    /// ```
    /// use zoom_chat_sdk::{CallError, Error};
    ///
    /// /// The failures of calls of one operation, for a list with those of others.
    /// fn any<E>(failed: Vec<CallError<E>>) -> Vec<Error> {
    ///     failed.into_iter().map(CallError::into_error).collect()
    /// }
    /// ```
    #[must_use]
    pub fn into_error(self) -> Error {
        self.error
    }
}

impl<E: OperationError> CallError<E> {
    /// The error as the operation documents it. `None` unless Zoom answered with an error.
    #[must_use]
    pub fn documented(&self) -> Option<E> {
        self.error.decode()
    }
}

impl<E> Deref for CallError<E> {
    type Target = Error;

    fn deref(&self) -> &Error {
        &self.error
    }
}

impl<E> AsRef<Error> for CallError<E> {
    fn as_ref(&self) -> &Error {
        &self.error
    }
}

impl<E> From<CallError<E>> for Error {
    fn from(failed: CallError<E>) -> Self {
        failed.error
    }
}

/// Lets a function that returns the error of one operation pass on other errors by `?`.
impl<E> From<Error> for CallError<E> {
    fn from(error: Error) -> Self {
        Self {
            error,
            documented: PhantomData,
        }
    }
}

impl<E> fmt::Debug for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<E> fmt::Display for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<E> StdError for CallError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

/// An error was requested as one that another operation documents. See [`Error::documented`].
///
/// ```
/// use zoom_chat_sdk::{Error, errors::ListBookmarksError};
///
/// fn check(error: &Error) {
///     if let Err(other) = error.documented::<ListBookmarksError>() {
///         println!("{} failed, not {}", other.failed().id, other.asked().id);
///     }
/// }
/// ```
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("{} failed, not {}, whose errors were requested", failed.id, asked.id)]
pub struct OtherOperation {
    failed: &'static Operation,
    asked: &'static Operation,
}

impl OtherOperation {
    /// The operation that failed.
    #[must_use]
    pub fn failed(&self) -> &'static Operation {
        self.failed
    }

    /// The operation whose errors were requested.
    #[must_use]
    pub fn asked(&self) -> &'static Operation {
        self.asked
    }
}

impl Error {
    /// The error as its operation documents it, for an error without the type of its operation: `E` is the error enum
    /// of the operation that failed. `None` unless Zoom answered with an error. [`CallError::documented`] needs no
    /// type.
    ///
    /// # Errors
    ///
    /// [`OtherOperation`] when `E` belongs to another operation than the one that failed.
    ///
    /// ```
    /// use zoom_chat_sdk::{Error, errors::ListBookmarksError};
    ///
    /// fn explain(error: &Error) -> String {
    ///     match error.documented::<ListBookmarksError>() {
    ///         Ok(Some(documented)) => format!("{documented:?}"),
    ///         Ok(None) => format!("not an answer of Zoom: {error}"),
    ///         Err(other) => format!("not an error of listBookmarks: {other}"),
    ///     }
    /// }
    /// ```
    pub fn documented<E: OperationError>(&self) -> Result<Option<E>, OtherOperation> {
        let asked = E::OPERATION;
        match self.operation() {
            Some(failed) if failed.id != asked.id => Err(OtherOperation { failed, asked }),
            _ => Ok(self.decode()),
        }
    }

    /// Does not compare the operations.
    fn decode<E: OperationError>(&self) -> Option<E> {
        let (Cause::Api | Cause::Paging(_)) = self.cause() else {
            return None;
        };
        Some(E::decode(self.status()?, self.code(), self.message()?))
    }
}
