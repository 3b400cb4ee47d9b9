//! The client.

use std::{fmt, sync::Arc};

use zoom_chat_openapi::Request;

use crate::call::{CallOptions, Shared};

mod builder;
mod call;
mod preview;

pub use builder::ZoomChatBuilder;
pub(crate) use call::Answered;
pub use call::Call;
pub use preview::Preview;

/// A client of Zoom Team Chat.
///
/// Cheap to clone: clones share connections, token and what the client has learned. Make one per account and keep it.
///
/// ```no_run
/// use zoom_chat_sdk::{Message, Recipient, ZoomChat};
///
/// # async fn example(token: String) -> Result<(), zoom_chat_sdk::Error> {
/// let zoom = ZoomChat::builder().access_token(token).build()?;
/// let sent = zoom
///     .send_message(Recipient::contact("jchill@example.com")?, Message::new("The build is green."))
///     .await?;
/// println!("{} {}", sent.id, sent.tracking_id.as_deref().unwrap_or("-"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ZoomChat {
    pub(crate) shared: Arc<Shared>,
}

impl ZoomChat {
    /// Starts a client.
    ///
    /// ```
    /// use zoom_chat_sdk::ZoomChat;
    ///
    /// let zoom = ZoomChat::builder().access_token("token").build()?;
    /// # drop(zoom);
    /// # Ok::<(), zoom_chat_sdk::Error>(())
    /// ```
    pub fn builder() -> ZoomChatBuilder {
        ZoomChatBuilder::default()
    }

    /// Calls any operation: each has a request in [`requests`](crate::requests). The call has what all calls of this client
    /// have: token, limits, retries, decoded errors.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let sent = zoom
    ///     .call(requests::SendChatMessage::new().to_channel("825c8d2b").message("Hello"))
    ///     .await?;
    /// println!("{:?} {:?}", sent.id, sent.tracking_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Call`].
    pub fn call<R: Request>(&self, request: R) -> Call<R> {
        Call::new(self.clone(), request, CallOptions::default())
    }

    /// Waits until nothing is under way that would be lost if the program ended now. Await it at the end of a program
    /// whose tokens are those of a user, or shared with other processes: a token refresh that is cut off half-way costs
    /// the user's authorization, or holds up the other processes.
    ///
    /// The client and its clones can still be used afterwards; tokens are then no longer renewed ahead of time.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Message, Recipient, ZoomChat, auth};
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let zoom = ZoomChat::builder().token_source(auth::from_env()?).build()?;
    /// let sent = zoom
    ///     .send_message(Recipient::contact("jchill@example.com")?, Message::new("The build is green."))
    ///     .await;
    /// zoom.close().await;
    /// println!("{}", sent?.id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn close(&self) {
        self.shared.tokens.close().await;
    }
}

impl fmt::Debug for ZoomChat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ZoomChat")
            .field("base_url", &self.shared.base_url.as_str())
            .field("timeouts", &self.shared.timeouts)
            .field("encoding", &self.shared.encoding)
            .finish_non_exhaustive()
    }
}
