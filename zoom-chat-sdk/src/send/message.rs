//! Sending a message: Zoom's operation `sendChatMessage`.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    time::SystemTime,
};

use serde::de::IgnoredAny;
use tokio::time::Instant;
use zoom_chat_openapi::{Request, errors, operations, types::SendChatMessageResponse};

use crate::{
    CallError, ChannelId, Encoding, Error, FileId, InvalidId, InvalidMessage, Message, MessageId,
    Recipient, Response, UserId, ZoomChat,
    call::{CallOptions, Run, call_options},
    error::{Delivery, Unreadable},
    message, requests,
};

mod body;
mod schedule;
mod verify;

pub use schedule::{ScheduleMessage, Scheduled};

/// A message about to be sent, made by [`ZoomChat::send_message`]. Awaiting it sends it.
///
/// ```no_run
/// use zoom_chat_sdk::{Message, MessageId, Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat, main: MessageId) -> Result<(), zoom_chat_sdk::Error> {
/// let message = Message::new("Hi ").mention("jchill@example.com", "Jill").text(", the build is green");
/// let sent = zoom.send_message(Recipient::channel("825c8d2b")?, message).reply_to(main).await?;
/// println!("{} {}", sent.id, sent.tracking_id.as_deref().unwrap_or("-"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Awaiting it gives [`ErrorKind::Message`](crate::ErrorKind::Message) or [`ErrorKind::Id`](crate::ErrorKind::Id) for a
/// message that Zoom would reject, before anything is sent. If Zoom rejects it, [`CallError::documented`] is the
/// documented reason. For every error, [`Error::delivery`] tells whether the message may have been sent.
#[derive(Clone)]
#[must_use = "nothing is sent until this is awaited"]
pub struct SendMessage {
    zoom: ZoomChat,
    to: Recipient,
    message: Message,
    user: UserId,
    cards: Vec<String>,
    encoding: Option<Encoding>,
    files: Vec<FileId>,
    reply_to: Option<MessageId>,
    sender: Option<UserId>,
    options: CallOptions,
}

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// The message's id.
    pub id: MessageId,
    /// Whether no answer confirmed the message, and it was found in the chat ([`SendMessage::verify_unknown`]).
    pub is_found: bool,
    /// The HTTP status of the answer. `None` for a message that was found.
    pub status: Option<u16>,
    /// How many requests it took.
    pub attempts: u32,
    /// The id by which Zoom's support finds the call.
    pub tracking_id: Option<String>,
}

impl Sent {
    /// The result for the answer with this id.
    pub(super) fn answered<T>(answer: &Response<T>, id: Option<String>) -> Result<Self, Error> {
        let Some(id) = id.and_then(|id| MessageId::new(id).ok()) else {
            return Err(answer.lacks(Unreadable::NoId));
        };
        Ok(Self {
            id,
            is_found: false,
            status: Some(answer.status()),
            attempts: answer.attempts(),
            tracking_id: answer.tracking_id().map(str::to_owned),
        })
    }
}

impl ZoomChat {
    /// Sends a message to a contact or a channel (Zoom's operation `sendChatMessage`). See [`SendMessage`] for what
    /// can be set before it is awaited.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_message(channel, "The build is green").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn send_message(&self, to: Recipient, message: impl Into<Message>) -> SendMessage {
        SendMessage::new(self.clone(), to, message.into(), CallOptions::default())
    }
}

impl SendMessage {
    /// Zoom's limit for the number of interactive cards.
    pub const MAX_CARDS: usize = message::MAX_CARDS;
    /// Zoom's limit for the number of files.
    pub const MAX_FILES: usize = message::MAX_FILES;

    pub(crate) fn new(
        zoom: ZoomChat,
        to: Recipient,
        message: Message,
        options: CallOptions,
    ) -> Self {
        Self {
            zoom,
            to,
            message,
            user: UserId::ME,
            cards: Vec::new(),
            encoding: None,
            files: Vec::new(),
            reply_to: None,
            sender: None,
            options,
        }
    }

    /// Sends on behalf of this user instead of the token's user. This requires an account-level app and a role with the
    /// permission.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_message(channel, "The build is green").as_user("jchill@example.com").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_user(mut self, user: impl TryInto<UserId, Error: Into<InvalidId>>) -> Self {
        if let Some(user) = self.options.id(user) {
            self.user = user;
        }
        self
    }

    /// Adds an interactive card: its JSON text, an object. At most [`MAX_CARDS`](Self::MAX_CARDS).
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_message(channel, "The build is green").card(r#"{"content":{"head":{"text":"Build 1482"}}}"#).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn card(mut self, json: impl Into<String>) -> Self {
        self.cards.push(json.into());
        self
    }

    /// Pins the encoding of this message's body, instead of the client's.
    ///
    /// ```
    /// use zoom_chat_sdk::{Encoding, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_message(channel, "The build is green").encoding(Encoding::Json).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = Some(encoding);
        self
    }

    /// Attaches a file that was uploaded before. At most [`MAX_FILES`](Self::MAX_FILES).
    ///
    /// ```
    /// use zoom_chat_sdk::{FileSource, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let uploaded = zoom.upload_file(FileSource::path("report.pdf")).await?;
    /// zoom.send_message(channel, "The report").file(uploaded).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn file(mut self, file: impl TryInto<FileId, Error: Into<InvalidId>>) -> Self {
        if let Some(file) = self.options.id(file) {
            self.files.push(file);
        }
        self
    }

    /// Replies to a main message. A reply cannot be replied to: Zoom then answers
    /// [`OnlyRepliesToMainMessage`](crate::errors::SendChatMessageError::OnlyRepliesToMainMessage).
    ///
    /// ```
    /// use zoom_chat_sdk::{MessageId, Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, main_message: MessageId) -> Result<(), zoom_chat_sdk::Error> {
    /// zoom.send_message(channel, "The build is green").reply_to(main_message).await?;
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

    /// Schedules the message: more than 30 minutes and at most 180 days ahead, to the second.
    ///
    /// The result is a draft instead of a message. Set everything else before this.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, time: SystemTime) -> Result<(), zoom_chat_sdk::Error> {
    /// let scheduled = zoom.send_message(channel, "Good morning").scheduled_at(time).await?;
    /// println!("{}", scheduled.draft_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn scheduled_at(self, time: SystemTime) -> ScheduleMessage {
        ScheduleMessage::new(self, time)
    }

    /// Looks for the message in the chat if it is unknown whether it was sent, or its id is unknown.
    ///
    /// If exactly one message with this text from this sender has been sent to the recipient since the call began, and
    /// it cannot belong to another call of this client, awaiting returns its id instead of an error, and
    /// [`Sent::is_found`] is true. Otherwise the error stays: a missing message may still arrive, and two equal ones
    /// cannot be distinguished. Other clients of the same user that send the same text at the same time are not taken
    /// into account. This requires a scope for reading messages, and takes some seconds.
    ///
    /// `sender` is the user of the token, or of [`as_user`](Self::as_user), as listings of messages show them: an
    /// e-mail address or a member id.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let team = Recipient::channel("825c8d2b")?;
    /// let sent = zoom.send_message(team, "The build is green.").verify_unknown("bot@example.com").await?;
    /// println!("{}{}", sent.id, if sent.is_found { " (found)" } else { "" });
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify_unknown(mut self, sender: impl TryInto<UserId, Error: Into<InvalidId>>) -> Self {
        if let Some(sender) = self.options.id(sender) {
            self.sender = Some(sender);
        }
        self
    }

    call_options!(options);

    fn check(&self) -> Result<(), Error> {
        self.options.check(&operations::SEND_CHAT_MESSAGE)?;
        self.message.check(self.zoom.shared.text_unit)?;
        if self.files.len() > Self::MAX_FILES {
            return Err(InvalidMessage::TooManyFiles {
                count: self.files.len(),
            }
            .into());
        }
        if self.cards.len() > Self::MAX_CARDS {
            return Err(InvalidMessage::TooManyCards {
                count: self.cards.len(),
            }
            .into());
        }
        for (index, card) in self.cards.iter().enumerate() {
            if let Err(error) = serde_json::from_str::<BTreeMap<String, IgnoredAny>>(card) {
                return Err(InvalidMessage::Card {
                    index,
                    reason: error.to_string(),
                }
                .into());
            }
        }
        Ok(())
    }

    async fn send_now(&self) -> Result<Sent, Error> {
        let mut sending =
            self.zoom
                .shared
                .recent
                .begin(&self.to, self.reply_to.as_ref(), self.message.as_str());
        let started = Instant::now();
        let outcome = match (self.send_once().await, &self.sender) {
            (Err(error), Some(sender)) if error.delivery().may_have_been_sent() => {
                // In a box: it is large, and not often wanted.
                Box::pin(self.look_up(sender, started, error, &mut sending)).await
            }
            (outcome, _) => outcome,
        };
        match &outcome {
            Ok(sent) => sending.sent(&sent.id),
            Err(error) if error.delivery() == Delivery::NotSent => sending.not_sent(),
            Err(_) => {}
        }
        outcome
    }

    async fn send_once(&self) -> Result<Sent, Error> {
        let mut answer = self.send(None).await?;
        let id = answer.id.take();
        Sent::answered(&answer, id)
    }

    /// Sends it, now or at `scheduled_time`.
    async fn send(
        &self,
        scheduled_time: Option<&str>,
    ) -> Result<Response<SendChatMessageResponse>, Error> {
        self.check()?;
        let choice = &self.zoom.shared.encoding;
        let encodings = choice.choose(self.encoding);
        let request = requests::SendChatMessage::new().body(self.body(scheduled_time));
        // `me` is the default, and nearly always the user.
        let request = if self.user == UserId::ME {
            request
        } else {
            request.user_id(&self.user)
        };
        let request = match encodings.first() {
            Some(Encoding::Json) => request.as_json(),
            _ => request,
        };
        let request = &request;
        Run::new(&self.zoom.shared, request.operation(), &self.options)
            .for_channel(self.to.as_channel().map(ChannelId::as_str))
            .run_in(encodings, |api, encoding| {
                let request = if encodings.first() == Some(&encoding) {
                    Cow::Borrowed(request)
                } else {
                    choice.learn_json();
                    Cow::Owned(request.clone().as_json())
                };
                async move { request.send(&api).await }
            })
            .await
    }
}

impl IntoFuture for SendMessage {
    type Output = Result<Sent, CallError<errors::SendChatMessageError>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send_now().await.map_err(CallError::from) })
    }
}

impl fmt::Debug for SendMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendMessage")
            .field("to", &self.to)
            .field("message", &self.message)
            .field("user", &self.user)
            .field("reply_to", &self.reply_to)
            .finish_non_exhaustive()
    }
}
