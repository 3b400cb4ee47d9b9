//! The one error, together with the errors that its operation documents.

use std::{error::Error as StdError, fmt, marker::PhantomData, ops::Deref};

use zoom_chat_openapi::{Operation, OperationError};

use super::Error;

/// The [`Error`] of a call whose operation documents the errors `E`.
///
/// It dereferences to [`Error`] and converts into it, by `?` as well, so that functions with calls of several operations
/// return the one error. What it adds is [`documented`](Self::documented), which knows its operation.
///
/// ```
/// use zoom_chat_sdk::{Error, ZoomChat, errors::DeleteMessageError, requests};
///
/// async fn delete(zoom: &ZoomChat, message_id: &str) -> Result<(), Error> {
///     let request = requests::DeleteMessage::new(message_id).to_channel("825c8d2b");
///     match zoom.call(request).await {
///         Ok(_) => Ok(()),
///         Err(failed) => match failed.documented() {
///             Some(DeleteMessageError::ChannelDoesNotExist { to_channel }) => {
///                 println!("no channel {to_channel}");
///                 Ok(())
///             }
///             _ => Err(failed.into()),
///         },
///     }
/// }
/// ```
pub struct CallError<E> {
    error: Error,
    documented: PhantomData<fn() -> E>,
}

impl<E> CallError<E> {
    pub(crate) fn new(error: Error) -> Self {
        Self {
            error,
            documented: PhantomData,
        }
    }

    /// The error without the type of its operation.
    #[must_use]
    pub fn into_error(self) -> Error {
        self.error
    }
}

impl<E: OperationError> CallError<E> {
    /// The error as the operation documents it. `None` when the call failed otherwise than by an answer with an error.
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

/// So that whatever else fails can be passed on by `?` in a function that returns the error of one operation.
impl<E> From<Error> for CallError<E> {
    fn from(error: Error) -> Self {
        Self::new(error)
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

/// An error was to be read as one that another operation documents. See [`Error::documented`].
#[derive(Clone, Copy)]
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

    /// The operation whose errors were asked for.
    #[must_use]
    pub fn asked(&self) -> &'static Operation {
        self.asked
    }
}

impl fmt::Debug for OtherOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherOperation")
            .field("failed", &self.failed.id)
            .field("asked", &self.asked.id)
            .finish()
    }
}

impl fmt::Display for OtherOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the error of {} was asked for as one of {}",
            self.failed.id, self.asked.id
        )
    }
}

impl StdError for OtherOperation {}

impl Error {
    /// The error as its operation documents it, for those who have only an `Error`: `E` is the error enum of the operation
    /// that failed. `None` when the call failed otherwise than by an answer with an error.
    ///
    /// The error of a [`call`](crate::ZoomChat::call) knows its operation: [`CallError::documented`] needs no type.
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
        match self.operation() {
            Some(failed) if failed.id != E::OPERATION.id => Err(OtherOperation {
                failed,
                asked: E::OPERATION,
            }),
            _ => Ok(self.decode()),
        }
    }

    /// Without a look at the operation.
    fn decode<E: OperationError>(&self) -> Option<E> {
        let api = self.as_api()?;
        Some(E::decode(api.status(), api.code(), api.message()))
    }
}
