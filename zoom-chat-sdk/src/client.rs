//! The client.

use std::{fmt, sync::Arc};

use zoom_chat_openapi::{Attempt, Operation, ResponseValue};

use crate::{
    ChannelId, Error, FileSource, Message, Recipient, Response, SendFile, SendMessage, UploadFile,
    ZoomChatBuilder,
    auth::{AccessToken, TokenError},
    base_url::BaseUrl,
    call::{Call, Timeouts},
    clock::Clock,
    encoding::EncodingChoice,
    error::Unreadable,
    event::Observer,
    limit::Limiter,
    list::{ListBookmarks, ListMessages, ListPinned, ListScheduled},
    message::{RangeEnd, TextUnit},
    pages::{Page, Pages, Position},
    redirect::Hosts,
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

    /// Calls any operation of the generated client, with everything that the methods of this client have: token, time
    /// limits, decoded errors.
    ///
    /// `request` gets a generated client for one attempt and makes the request with it. It is called once per attempt,
    /// and for operations that carry a file once more for each redirect; it builds the request anew each time, so a
    /// body need not be clonable and a file can be opened again.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{ZoomChat, operations, types::SendChatMessageRequest};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), Box<dyn std::error::Error>> {
    /// let body: SendChatMessageRequest =
    ///     SendChatMessageRequest::builder().message("Hello").to_channel("825c8d2b".to_owned()).try_into()?;
    /// let sent = zoom
    ///     .call(&operations::SEND_CHAT_MESSAGE, |api| {
    ///         let body = body.clone();
    ///         async move { api.send_chat_message().user_id("me").body(body).send().await }
    ///     })
    ///     .await?;
    /// println!("{:?} {:?}", sent.id, sent.tracking_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Api`] for an error that Zoom answers, [`Error::Transport`] when no answer comes, [`Error::Answer`]
    /// for an answer that cannot be read, [`Error::Request`] when `request` does not build one, [`Error::Redirect`]
    /// for a redirect of an operation that carries a file when it leads where the token must not go.
    pub async fn call<T, F, Fut>(
        &self,
        operation: &'static Operation,
        request: F,
    ) -> Result<Response<T>, Error>
    where
        F: FnMut(zoom_chat_openapi::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, zoom_chat_openapi::Error<()>>>,
    {
        Call::new(&self.shared, operation).run(request).await
    }

    /// Lists the messages of a chat with a contact, or of a channel (Zoom's operation `listUsersChatMessages`). See
    /// [`ListMessages`] for what can be set.
    pub fn list_messages(&self, chat: Recipient) -> ListMessages {
        ListMessages::new(self.clone(), chat)
    }

    /// Lists the messages that the user has bookmarked (Zoom's operation `listBookmarks`).
    pub fn list_bookmarks(&self) -> ListBookmarks {
        ListBookmarks::new(self.clone())
    }

    /// Lists the messages that are pinned in a channel (Zoom's operation `listPinnedHistoryMessagesOfChannel`).
    pub fn list_pinned(&self, channel: ChannelId) -> ListPinned {
        ListPinned::new(self.clone(), channel)
    }

    /// Lists the messages that wait to be sent to a contact or a channel (Zoom's operation `listScheduledMessages`).
    pub fn list_scheduled(&self, chat: Recipient) -> ListScheduled {
        ListScheduled::new(self.clone(), chat)
    }

    /// Lists with any operation of the generated client whose answer is a [`Page`], from `position` on.
    ///
    /// `request` gets a generated client for one attempt, and the page's token: none for the first page. It must make the
    /// same query each time.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{ZoomChat, operations, pages::Position};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut bookmarks = zoom
    ///     .pages(&operations::LIST_BOOKMARKS, Position::default(), |api, page_token| async move {
    ///         let mut request = api.list_bookmarks().page_size(50);
    ///         if let Some(token) = page_token {
    ///             request = request.next_page_token(token);
    ///         }
    ///         request.send().await
    ///     })
    ///     .items();
    /// while let Some(bookmark) = bookmarks.next().await {
    ///     println!("{}", bookmark?.message.unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<P, F, Fut>(
        &self,
        operation: &'static Operation,
        position: Position,
        request: F,
    ) -> Pages<P>
    where
        P: Page,
        F: Fn(zoom_chat_openapi::Client, Option<String>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<ResponseValue<P>, zoom_chat_openapi::Error<()>>> + Send,
    {
        let (zoom, request) = (self.clone(), Arc::new(request));
        Pages::new(position, move |page_token| {
            let (zoom, request) = (zoom.clone(), Arc::clone(&request));
            Box::pin(async move {
                let page = Call::new(&zoom.shared, operation)
                    .run(|api| request(api, page_token.clone()))
                    .await?;
                if page.has_items() {
                    Ok(page)
                } else {
                    Err(page.lacks(Unreadable::NoList))
                }
            })
        })
    }

    /// The generated client, with this client's token of now, its connections and its base URL.
    ///
    /// It makes one request per call, has errors of its own, and knows no other token when this one has expired;
    /// [`call`](Self::call) is usually what you want.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the client's source of tokens has none to give.
    pub async fn api(&self) -> Result<zoom_chat_openapi::Client, TokenError> {
        let token = self.shared.tokens.current().await?;
        let attempt = self.shared.attempt(&token);
        Ok(self.shared.api(self.shared.base_url.as_str(), attempt))
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
