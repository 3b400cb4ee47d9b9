//! The client.

use std::{fmt, sync::Arc};

use zoom_chat_openapi::{Attempt, Paged, Request};

use crate::{
    ChatMessage, DraftId, FileSource, InvalidId, ListMessages, Message, MessageId, Recipient,
    SendFile, SendMessage, UploadFile, ZoomChatBuilder,
    auth::AccessToken,
    base_url::BaseUrl,
    call::{Call, CallOptions, Timeouts},
    clock::Clock,
    encoding::EncodingChoice,
    event::Observer,
    limit::Limiter,
    message::{RangeEnd, TextUnit},
    pages::Pages,
    recipient::addressed,
    redirect::Hosts,
    requests,
    retry::Retries,
    send_message::Recent,
    tokens::Tokens,
};

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

/// What all clones of a client have in common.
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) tokens: Tokens,
    pub(crate) timeouts: Timeouts,
    pub(crate) encoding: EncodingChoice,
    pub(crate) follow_api_url: bool,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) max_answer_size: usize,
    pub(crate) redirect_hosts: Hosts,
    pub(crate) observer: Option<Arc<Observer>>,
    /// The messages that were sent of late.
    pub(crate) recent: Recent,
    pub(crate) retries: Retries,
    pub(crate) text_unit: TextUnit,
    pub(crate) rich_text_end: RangeEnd,
}

impl ZoomChat {
    /// Starts a client.
    pub fn builder() -> ZoomChatBuilder {
        ZoomChatBuilder::default()
    }

    /// Sends a file to a contact or a channel, as a message of its own (Zoom's operation `sendChatFile`). See
    /// [`SendFile`] for what can be set before it is awaited.
    pub fn send_file(&self, to: Recipient, file: impl Into<FileSource>) -> SendFile {
        SendFile::new(self.clone(), to, file.into())
    }

    /// Sends a message to a contact or a channel (Zoom's operation `sendChatMessage`). See [`SendMessage`] for what
    /// can be set before it is awaited.
    pub fn send_message(&self, to: Recipient, message: impl Into<Message>) -> SendMessage {
        SendMessage::new(self.clone(), to, message.into())
    }

    /// Uploads a file, to be sent with a message (Zoom's operation `uploadChatFile`). See [`UploadFile`] for what can be
    /// set before it is awaited.
    pub fn upload_file(&self, file: impl Into<FileSource>) -> UploadFile {
        UploadFile::new(self.clone(), file.into())
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

    /// Cancels a message that waits to be sent to a contact or a channel (Zoom's operation `deleteScheduledMessage`).
    ///
    /// ```no_run
    /// use std::time::{Duration, SystemTime};
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let team = Recipient::channel("825c8d2b")?;
    /// let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
    /// let scheduled = zoom.send_message(team.clone(), "Time to go home.").scheduled_at(later).await?;
    /// zoom.cancel_scheduled(team, scheduled.draft_id).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Awaiting it gives [`DeleteScheduledMessageError`](crate::errors::DeleteScheduledMessageError) for what Zoom
    /// documents, and [`Error::Id`](crate::Error::Id) for a draft that cannot be one.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "as every method that takes a chat"
    )]
    pub fn cancel_scheduled<D>(
        &self,
        chat: Recipient,
        draft: D,
    ) -> Call<requests::DeleteScheduledMessage>
    where
        D: TryInto<DraftId>,
        D::Error: Into<InvalidId>,
    {
        let mut options = CallOptions::default();
        let draft = match draft.try_into() {
            Ok(draft) => draft.into(),
            Err(error) => {
                options.refuse_id(error.into());
                String::new()
            }
        };
        let request = requests::DeleteScheduledMessage::new(draft);
        Call::new(self.clone(), addressed!(request, chat), options)
    }

    /// A message of a chat: what can be done with it is a method of [`ChatMessage`].
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, message_id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.message(Recipient::channel("825c8d2b")?, message_id).react("U+1F389").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn message<M>(&self, chat: Recipient, id: M) -> ChatMessage
    where
        M: TryInto<MessageId>,
        M::Error: Into<InvalidId>,
    {
        ChatMessage::new(self.clone(), chat, id.try_into().map_err(Into::into))
    }

    /// Lists the messages of a chat with a contact, or of a channel (Zoom's operation `listUsersChatMessages`). See
    /// [`ListMessages`] for what can be set.
    pub fn list_messages(&self, chat: Recipient) -> ListMessages {
        ListMessages::new(self.clone(), chat)
    }

    /// Lists with any operation whose answers come in pages.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut bookmarks = zoom.pages(requests::ListBookmarks::new().page_size(50)).items();
    /// while let Some(bookmark) = bookmarks.next().await {
    ///     println!("{}", bookmark?.message.unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<R: Paged>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), request, CallOptions::default())
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

impl Shared {
    /// One request with `token`.
    pub(crate) fn attempt(&self, token: &AccessToken) -> Attempt {
        Attempt::new(Some(token.authorization())).limited_to(self.max_answer_size)
    }

    pub(crate) fn api(&self, base_url: &str, attempt: Attempt) -> zoom_chat_openapi::Client {
        zoom_chat_openapi::Client::new_with_client(base_url, self.http.clone(), attempt)
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
