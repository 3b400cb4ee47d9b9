//! Requests as they would be sent.

use std::fmt;

use http::{HeaderMap, Method};
use zoom_chat_openapi::{Client, Request};

use crate::{
    CallError, Error, ZoomChat,
    error::{Cause, FailedCall},
};

/// A request as the client would send it, made by [`ZoomChat::preview`]. Without the access token.
pub struct Preview(reqwest::Request);

impl Preview {
    /// The method.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let preview = zoom.preview(requests::GetChannel::new("825c8d2b")).await?;
    /// assert_eq!(preview.method(), "GET");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// The URL, with the query.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let preview = zoom.preview(requests::GetChannel::new("825c8d2b")).await?;
    /// assert!(preview.url().ends_with("/chat/channels/825c8d2b"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn url(&self) -> &str {
        self.0.url().as_str()
    }

    /// The headers that belong to the request. The HTTP library adds its own, such as `Content-Length`, when the request is
    /// sent, and the client `Authorization`.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let preview = zoom.preview(requests::GetChannel::new("825c8d2b")).await?;
    /// assert!(preview.headers().contains_key("accept"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    /// The body. `None` for a request without one, and for a body that is read only while it is sent: a form with files.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let preview = zoom.preview(requests::GetChannel::new("825c8d2b")).await?;
    /// assert!(preview.body().is_none());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body()?.as_bytes()
    }
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body().map(String::from_utf8_lossy);
        f.debug_struct("Preview")
            .field("method", self.method())
            .field("url", &self.url())
            .field("headers", self.headers())
            .field("body", &body)
            .finish()
    }
}

impl ZoomChat {
    /// The request that a [`call`](Self::call) would send, without sending it.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), zoom_chat_sdk::Error> {
    /// let zoom = ZoomChat::builder().access_token("t0ken").build()?;
    /// let request = requests::UpdateMessage::new("a/b==").to_channel("825c8d2b").message("edited");
    /// let preview = zoom.preview(request).await?;
    /// assert_eq!(preview.method(), "PUT");
    /// assert!(preview.url().ends_with("/v2/chat/users/me/messages/a%2Fb=="));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) for a request that cannot be sent.
    pub async fn preview<R: Request>(&self, request: R) -> Result<Preview, CallError<R::Error>> {
        let operation = request.operation();
        let base_url = self.shared.base_url.of(operation, None);
        Client::preview(&base_url, self.shared.http.clone(), &request)
            .await
            .map(Preview)
            .map_err(|error| {
                let cause = Cause::Request(error.to_string());
                Error::new(cause, FailedCall::before(operation)).into()
            })
    }
}
