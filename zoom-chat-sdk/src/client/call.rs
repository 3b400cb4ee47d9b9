//! A request and its options, about to be called.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
};

use zoom_chat_openapi::Request;

use super::ZoomChat;
use crate::{
    CallError, Error, InvalidId, Response,
    call::{CallOptions, Run, call_options},
};

/// The answer to a request, or the error that its operation documents.
pub(crate) type Answered<R> =
    Result<Response<<R as Request>::Response>, CallError<<R as Request>::Error>>;

/// A call about to be made, by [`ZoomChat::call`] or one of the methods of [`ChatMessage`](crate::ChatMessage). Awaiting it
/// makes the call.
///
/// ```no_run
/// use std::time::Duration;
/// use zoom_chat_sdk::{ZoomChat, requests, retry::RetryPolicy};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let message = zoom
///     .call(requests::GetMessage::new("4A7B").to_channel("825c8d2b"))
///     .attempt_timeout(Duration::from_secs(5))
///     .retry(RetryPolicy::none())
///     .header("x-request-id", "42")
///     .await?;
/// println!("{} {:?} {:?}", message.status(), message.tracking_id(), message.message);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Awaiting it gives a [`CallError`], which is an [`Error`] that knows its operation:
/// [`ErrorKind::Request`](crate::ErrorKind::Request) if a required value is missing or a value is invalid, before
/// anything is sent; [`ErrorKind::Api`](crate::ErrorKind::Api) for an error that Zoom answers,
/// [`ErrorKind::Transport`](crate::ErrorKind::Transport) when no answer comes,
/// [`ErrorKind::Answer`](crate::ErrorKind::Answer) for an answer that cannot be read,
/// [`ErrorKind::Redirect`](crate::ErrorKind::Redirect) for a redirect that was not followed.
#[derive(Clone)]
#[must_use = "nothing is sent until this is awaited"]
pub struct Call<R> {
    zoom: ZoomChat,
    request: R,
    options: CallOptions,
}

impl<R: Request> Call<R> {
    pub(crate) fn new(zoom: ZoomChat, request: R, options: CallOptions) -> Self {
        Self {
            zoom,
            request,
            options,
        }
    }

    call_options!(options);

    /// Sets a value of the request to an id. An invalid id fails the call.
    pub(crate) fn with_id<I: Into<String>>(
        mut self,
        id: impl TryInto<I, Error: Into<InvalidId>>,
        set: impl FnOnce(R, String) -> R,
    ) -> Self {
        if let Some(id) = self.options.id(id) {
            self.request = set(self.request, id.into());
        }
        self
    }

    /// The request.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// fn log(zoom: &ZoomChat) {
    ///     let call = zoom.call(requests::DeleteMessage::new("20260530091427123_kQ7dW1mZ_bt1").to_channel("825c8d2b"));
    ///     println!("{:?}", call.request()); // nothing is sent
    /// }
    /// ```
    pub fn request(&self) -> &R {
        &self.request
    }

    /// The call as a future, for functions that do not accept [`IntoFuture`], such as `tokio::spawn`.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), Box<dyn std::error::Error>> {
    /// let bookmarks = tokio::spawn(zoom.call(requests::ListBookmarks::new()).send());
    /// println!("{:?}", bookmarks.await??.bookmarks);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send(self) -> Answered<R> {
        self.make().await.map_err(CallError::from)
    }

    async fn make(&self) -> Result<Response<R::Response>, Error> {
        Run::new(&self.zoom.shared, self.request.operation(), &self.options)
            .request(&self.request)
            .await
    }
}

impl<R: Request> IntoFuture for Call<R> {
    type Output = Answered<R>;
    type IntoFuture = Pin<Box<dyn Future<Output = Answered<R>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<R: fmt::Debug> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("request", &self.request)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
