//! Uploading a file: Zoom's operation `uploadChatFile`.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
};

use zoom_chat_openapi::{Error as Failed, Request, errors, operations};

use super::prepare;
use crate::{
    CallError, Error, FileId, FileSource, InvalidId, Progress, UserId, ZoomChat,
    call::{CallOptions, Run, call_options},
    error::Unreadable,
    file::Observer,
    requests,
};

/// A file about to be uploaded, made by [`ZoomChat::upload_file`]. Awaiting it uploads it.
///
/// ```no_run
/// use zoom_chat_sdk::{FileSource, Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let uploaded = zoom
///     .upload_file(FileSource::path("report.pdf"))
///     .post_to_personal_chat(false)
///     .progress(|progress| println!("{} of {} bytes", progress.sent, progress.total))
///     .await?;
/// let team = Recipient::channel("825c8d2b")?;
/// zoom.send_message(team, "The report is out.").file(uploaded.id).await?;
/// # Ok(())
/// # }
/// ```
///
/// The file is read in chunks while it is sent, so memory use does not depend on its size. If Zoom redirects the upload
/// to another host, it is sent there again, with the token, if the host is Zoom's or
/// [allowed](crate::ZoomChatBuilder::allow_redirects_to).
///
/// An upload has no time limit while it makes progress, unless its average speed is very low:
/// [`attempt_timeout`](crate::ZoomChatBuilder::attempt_timeout) and
/// [`total_timeout`](crate::ZoomChatBuilder::total_timeout) document their meaning for uploads. As for messages, the
/// requests of an upload are retried only if it was certainly not accepted.
///
/// # Errors
///
/// Awaiting it gives [`ErrorKind::File`](crate::ErrorKind::File) for a file that is too large, unreadable, or changes
/// while it is sent, [`ErrorKind::Id`](crate::ErrorKind::Id) for an invalid user id, and
/// [`ErrorKind::Redirect`](crate::ErrorKind::Redirect) for a redirect that was not followed. For an error answer of
/// Zoom, [`CallError::documented`] is an [`UploadChatFileError`](crate::errors::UploadChatFileError).
/// [`Error::delivery`] tells whether the file may have been uploaded.
#[must_use = "nothing is uploaded until this is awaited"]
pub struct UploadFile {
    zoom: ZoomChat,
    file: FileSource,
    user: UserId,
    post_to_personal_chat: Option<bool>,
    observer: Option<Observer>,
    options: CallOptions,
}

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// The file's id, for [`SendMessage::file`](crate::SendMessage::file).
    pub id: FileId,
    /// The HTTP status of the answer.
    pub status: u16,
    /// How many requests it took. Redirects are not counted.
    pub attempts: u32,
    /// The id by which Zoom's support finds the call.
    pub tracking_id: Option<String>,
}

impl From<Uploaded> for FileId {
    fn from(uploaded: Uploaded) -> Self {
        uploaded.id
    }
}

impl ZoomChat {
    /// Uploads a file, to be sent with a message (Zoom's operation `uploadChatFile`). See [`UploadFile`] for what can be
    /// set before it is awaited.
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let uploaded = zoom.upload_file(FileSource::path("report.pdf")).await?;
    /// println!("{}", uploaded.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_file(&self, file: impl Into<FileSource>) -> UploadFile {
        UploadFile::new(self.clone(), file.into())
    }
}

impl UploadFile {
    /// Zoom's limit for the size of a file, in bytes: 1 GB, taken as 2^30.
    pub const MAX_SIZE: u64 = 1 << 30;

    pub(crate) fn new(zoom: ZoomChat, file: FileSource) -> Self {
        Self {
            zoom,
            file,
            user: UserId::ME,
            post_to_personal_chat: None,
            observer: None,
            options: CallOptions::default(),
        }
    }

    /// Uploads for this user instead of the token's user. This requires an account-level app and a role with the
    /// permission.
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let uploaded = zoom.upload_file(FileSource::path("report.pdf")).as_user("jchill@example.com").await?;
    /// println!("{}", uploaded.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_user(mut self, user: impl TryInto<UserId, Error: Into<InvalidId>>) -> Self {
        if let Some(user) = self.options.id(user) {
            self.user = user;
        }
        self
    }

    /// Whether the file is also shown in the user's personal chat. By default, Zoom shows it.
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let uploaded = zoom.upload_file(FileSource::path("report.pdf")).post_to_personal_chat(true).await?;
    /// println!("{}", uploaded.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn post_to_personal_chat(mut self, post: bool) -> Self {
        self.post_to_personal_chat = Some(post);
        self
    }

    /// Calls `observer` when the upload begins, after each chunk, and when it restarts. It should be quick, as the
    /// connection waits for it. If it panics, it is not called again; the upload continues.
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let uploaded = zoom.upload_file(FileSource::path("report.pdf")).progress(|it| println!("{} of {}", it.sent, it.total)).await?;
    /// println!("{}", uploaded.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn progress(mut self, observer: impl FnMut(Progress) + Send + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    call_options!(options);

    async fn upload(self) -> Result<Uploaded, Error> {
        let operation = &operations::UPLOAD_CHAT_FILE;
        self.options.check(operation)?;
        let transfer = prepare(operation, self.file, Self::MAX_SIZE, self.observer).await?;
        let mut request = requests::UploadChatFile::new().user_id(&self.user);
        if let Some(post) = self.post_to_personal_chat {
            request = request.post_to_personal_chat(post);
        }
        let mut answer = Run::new(&self.zoom.shared, operation, &self.options)
            .with_file(&transfer)
            .run(|api| {
                let (request, transfer) = (request.clone(), &transfer);
                async move {
                    let file = transfer.open().await.map_err(Failed::Custom)?;
                    request.file(file).send(&api).await
                }
            })
            .await?;
        let Some(id) = answer.id.take().and_then(|id| FileId::new(id).ok()) else {
            return Err(answer.lacks(Unreadable::NoId));
        };
        Ok(Uploaded {
            id,
            status: answer.status(),
            attempts: answer.attempts(),
            tracking_id: answer.tracking_id().map(str::to_owned),
        })
    }
}

impl IntoFuture for UploadFile {
    type Output = Result<Uploaded, CallError<errors::UploadChatFileError>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.upload().await.map_err(CallError::from) })
    }
}

impl fmt::Debug for UploadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadFile")
            .field("file", &self.file)
            .field("user", &self.user)
            .field("post_to_personal_chat", &self.post_to_personal_chat)
            .finish_non_exhaustive()
    }
}
