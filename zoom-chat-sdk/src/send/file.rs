//! Sending a file: Zoom's operation `sendChatFile`.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
};

use zoom_chat_openapi::{Error as Failed, Request, errors, operations};

use super::prepare;
use crate::{
    CallError, ChannelId, Error, FileSource, InvalidId, MessageId, Progress, Recipient, Sent,
    UserId, ZoomChat,
    call::{CallOptions, Run, call_options},
    file::Observer,
    message::addressed,
    requests,
};

/// A file about to be sent, made by [`ZoomChat::send_file`]. Awaiting it sends it.
///
/// ```no_run
/// use zoom_chat_sdk::{FileSource, Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat, chart: Vec<u8>) -> Result<(), zoom_chat_sdk::Error> {
/// let team = Recipient::channel("825c8d2b")?;
/// let sent = zoom
///     .send_file(team, FileSource::bytes("chart.png", chart).content_type("image/png"))
///     .await?;
/// println!("{}", sent.id);
/// # Ok(())
/// # }
/// ```
///
/// Memory, redirects, time limits and retries are as for [`UploadFile`](crate::UploadFile).
///
/// # Errors
///
/// Awaiting it returns [`ErrorKind::File`](crate::ErrorKind::File) for a file that is too large, unreadable, or changes
/// while it is sent, [`ErrorKind::Id`](crate::ErrorKind::Id) for an invalid id, and
/// [`ErrorKind::Redirect`](crate::ErrorKind::Redirect) for a redirect that was not followed. For an error answer of
/// Zoom, [`CallError::documented`] is a [`SendChatFileError`](crate::errors::SendChatFileError). [`Error::delivery`]
/// tells whether the file may have been sent.
#[must_use = "nothing is sent until this is awaited"]
pub struct SendFile {
    zoom: ZoomChat,
    to: Recipient,
    file: FileSource,
    user: UserId,
    reply_to: Option<MessageId>,
    observer: Option<Observer>,
    options: CallOptions,
}

impl ZoomChat {
    /// Sends a file to a contact or a channel, as a separate message (Zoom's operation `sendChatFile`). See
    /// [`SendFile`] for what can be set before it is awaited.
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_file(channel, FileSource::path("report.pdf")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn send_file(&self, to: Recipient, file: impl Into<FileSource>) -> SendFile {
        SendFile::new(self.clone(), to, file.into())
    }
}

impl SendFile {
    /// Zoom's limit for the size of an image (png, jpg, jpeg, gif), in bytes: 16 MB, taken as 16 · 2^20.
    pub const MAX_IMAGE_SIZE: u64 = 16 << 20;
    /// Zoom's limit for the size of any other file, in bytes: 20 MB, taken as 20 · 2^20.
    pub const MAX_SIZE: u64 = 20 << 20;

    pub(crate) fn new(zoom: ZoomChat, to: Recipient, file: FileSource) -> Self {
        Self {
            zoom,
            to,
            file,
            user: UserId::ME,
            reply_to: None,
            observer: None,
            options: CallOptions::default(),
        }
    }

    /// Sends on behalf of this user instead of the token's user. This requires an account-level app and a role with the
    /// permission.
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_file(channel, FileSource::path("report.pdf")).as_user("jchill@example.com").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_user(mut self, user: impl TryInto<UserId, Error: Into<InvalidId>>) -> Self {
        if let Some(user) = self.options.id(user) {
            self.user = user;
        }
        self
    }

    /// Calls `observer` when the upload begins, after each chunk, and when it restarts. It should be quick, as the
    /// connection waits for it. If it panics, it is not called again; the file is still sent.
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_file(channel, FileSource::path("report.pdf")).progress(|it| println!("{} of {}", it.sent, it.total)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn progress(mut self, observer: impl FnMut(Progress) + Send + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Replies to a main message. A reply cannot be replied to: Zoom then answers
    /// [`OnlyRepliesToMainMessage`](crate::errors::SendChatFileError::OnlyRepliesToMainMessage).
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, main_message: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_file(channel, FileSource::path("report.pdf")).reply_to(main_message).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn reply_to(
        mut self,
        main_message: impl TryInto<MessageId, Error: Into<InvalidId>>,
    ) -> Self {
        if let Some(main_message) = self.options.id(main_message) {
            self.reply_to = Some(main_message);
        }
        self
    }

    call_options!(options);

    async fn send(self) -> Result<Sent, Error> {
        let operation = &operations::SEND_CHAT_FILE;
        self.options.check(operation)?;
        let limit = if self.file.is_image() {
            Self::MAX_IMAGE_SIZE
        } else {
            Self::MAX_SIZE
        };
        let transfer = prepare(operation, self.file, limit, self.observer).await?;
        let mut request = requests::SendChatFile::new().user_id(&self.user);
        if let Some(main) = &self.reply_to {
            request = request.reply_main_message_id(main);
        }
        let request = addressed!(request, self.to);
        let mut answer = Run::new(&self.zoom.shared, operation, &self.options)
            .for_channel(self.to.as_channel().map(ChannelId::as_str))
            .with_file(&transfer)
            .run(|api| {
                let (request, transfer) = (request.clone(), &transfer);
                async move {
                    let file = transfer.open().await.map_err(Failed::Custom)?;
                    request.files(file).send(&api).await
                }
            })
            .await?;
        let id = answer.id.take();
        Sent::answered(&answer, id)
    }
}

impl IntoFuture for SendFile {
    type Output = Result<Sent, CallError<errors::SendChatFileError>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map_err(CallError::from) })
    }
}

impl fmt::Debug for SendFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFile")
            .field("to", &self.to)
            .field("file", &self.file)
            .field("user", &self.user)
            .field("reply_to", &self.reply_to)
            .finish_non_exhaustive()
    }
}
