//! A client of Zoom Team Chat: messages with mentions, typed errors, and accurate outcomes of calls.
//!
//! ```no_run
//! use zoom_chat_sdk::{Message, MessageId, Recipient, ZoomChat};
//!
//! # async fn example(token: String, main_message_id: MessageId) -> Result<(), zoom_chat_sdk::Error> {
//! let zoom = ZoomChat::builder().access_token(token).build()?;
//! let message = Message::new("Hi ").mention("jchill@example.com", "Jill").text(", the build is green");
//! let sent = zoom
//!     .send_message(Recipient::channel("825c8d2b")?, message)
//!     .reply_to(main_message_id) // optional setters; awaited directly
//!     .await?;
//! println!("{} {}", sent.id, sent.tracking_id.as_deref().unwrap_or("-"));
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! There is one [`Error`]. It contains the error as Zoom documents it ([`CallError::documented`], [`Error::documented`]),
//! the answer that Zoom sent ([`Error::status`], [`Error::code`], [`Error::message`] and more), and whether the call took
//! effect ([`Error::delivery`]). Zoom has no idempotency keys, so a message may be sent again only if the failed call had
//! no effect. [`Error::kind`] is the kind of the failure.
//!
//! ```
//! use zoom_chat_sdk::{CallError, Delivery, errors::SendChatMessageError};
//!
//! fn report(error: &CallError<SendChatMessageError>) {
//!     match error.documented() {
//!         Some(SendChatMessageError::UserDoesNotExist { to_contact }) => println!("no user {to_contact}"),
//!         _ if error.is_rate_limited() => println!("too many requests"),
//!         _ if error.delivery() == Delivery::NotSent => println!("not sent: {error}"),
//!         _ => println!("perhaps sent, ask Zoom about {:?}: {error}", error.tracking_id()),
//!     }
//! }
//! ```
//!
//! Requests that certainly had no effect are retried automatically, within bounds. A send that may have arrived is never
//! repeated; reads, edits and deletions are, since repeating them changes nothing. [`retry`] has the whole table, and [`SendMessage::verify_unknown`] looks for a message whose outcome is unknown.
//!
//! # Tokens and limits
//!
//! [`ZoomChatBuilder::access_token`] takes a fixed token, which the caller refreshes; [`ZoomChatBuilder::token_source`] one
//! of [`auth`], which fetches and refreshes tokens once for all callers. [`ZoomChatBuilder::limiter`] keeps requests within
//! Zoom's rate limits ([`limit`]).
//!
//! # Methods
//!
//! | method | Zoom's operation | needs one of the scopes | label | repeated when it may have taken effect | its errors |
//! |---|---|---|---|---|---|
//! | [`ZoomChat::send_message`] | `sendChatMessage` | `chat_message:write`, `chat_message:write:admin`, `team_chat:write:user_message`, `team_chat:write:user_message:admin` | Medium | never | [`errors::SendChatMessageError`] |
//! | [`SendMessage::verify_unknown`] | `listUsersChatMessages` | `chat_message:read`, `chat_message:write`, or the same with `:admin` | Medium | yes | the error of the message stays |
//! | [`ZoomChat::send_file`] | `sendChatFile` | `chat_message:write`, `chat_message:write:admin`, `team_chat:write:message_files`, `team_chat:write:message_files:admin` | none; 20 uploads/s | never | [`errors::SendChatFileError`] |
//! | [`ZoomChat::upload_file`] | `uploadChatFile` | `chat_message:write`, `chat_message:write:admin`, `team_chat:write:files`, `team_chat:write:files:admin` | none; 20 uploads/s | never | [`errors::UploadChatFileError`] |
//! | [`ZoomChat::list_messages`] | `listUsersChatMessages` | `chat_message:read`, `chat_message:write`, `team_chat:read:list_user_messages`, or the same with `:admin` | Medium | yes | [`errors::ListUsersChatMessagesError`] |
//! | [`ChatMessage::edit`] | `updateMessage` | `chat_message:write`, `team_chat:update:user_message`, or the same with `:admin` | Medium | yes | [`errors::UpdateMessageError`] |
//! | [`ChatMessage::delete`] | `deleteMessage` | `chat_message:write`, `team_chat:delete:user_message`, or the same with `:admin` | Medium | yes | [`errors::DeleteMessageError`] |
//! | [`ChatMessage::react`] | `reactToChatMessage` | `chat_message:write`, `team_chat:update:message_emoji`, or the same with `:admin` | Medium | never | [`errors::ReactToChatMessageError`] |
//! | [`ChatMessage::pin`] | `performOperationsOnMessageOfChannel` | `chat:write`, `team_chat:update:pin_message` | Light | never | [`errors::PerformOperationsOnMessageOfChannelError`] |
//! | [`ChatMessage::bookmark`] | `addOrRemoveBookmark` | `chat_message:write`, `team_chat:update:bookmark` | Medium | never | [`errors::AddOrRemoveBookmarkError`] |
//! | [`ChatMessage::mark_read`] | `markMessageReadOrUnread` | `chat_message:write`, `team_chat:update:message_status`, or the same with `:admin` | Medium | never | [`errors::MarkMessageReadOrUnreadError`] |
//! | [`ChatMessage::thread`] | `retrieveThread` | `chat_message:read`, `team_chat:read:thread_message`, or the same with `:admin` | Medium | yes | [`errors::RetrieveThreadError`] |
//! | [`ZoomChat::cancel_scheduled`] | `deleteScheduledMessage` | `chat_message:write`, `team_chat:delete:scheduled_message` | Light | yes | [`errors::DeleteScheduledMessageError`] |
//! | [`Chatbot::send`](chatbot::Chatbot::send), [`ZoomChat::answer`] | `sendChatbotMessages` | `imchat:bot` | Medium | never | [`errors::SendChatbotMessagesError`] |
//! | [`Chatbot::edit`](chatbot::Chatbot::edit) | `editChatbotMessage` | `imchat:bot` | Medium | yes | [`errors::EditChatbotMessageError`] |
//! | [`Chatbot::delete`](chatbot::Chatbot::delete) | `deleteChatbotMessage` | `imchat:bot` | Medium | yes | [`errors::DeleteChatbotMessageError`] |
//! | [`Chatbot::unfurl`](chatbot::Chatbot::unfurl) | `linkUnfurls` | `imchat:bot` | Medium | never | [`errors::LinkUnfurlsError`] |
//! | [`ZoomChat::pages`] | any listing | [`Operation::scopes`] | [`Operation::rate_limit_label`] | [`Operation::repeatable`] | [`CallError::documented`] |
//! | [`ZoomChat::call`] | any | [`Operation::scopes`] | [`Operation::rate_limit_label`] | [`Operation::repeatable`] | [`CallError::documented`] |
//!
//! # Every other operation
//!
//! Each operation of the OpenAPI document that this crate was built from has a request in [`requests`]. [`ZoomChat::call`]
//! sends it with the same token, limits, retries and errors, [`ZoomChat::pages`] reads a listing, and
//! [`ZoomChat::preview`] shows the HTTP request without sending it. [`requests::Raw`] calls what the document does not have
//! yet.
//!
//! ```no_run
//! use zoom_chat_sdk::{Error, ZoomChat, requests};
//!
//! # async fn example(zoom: ZoomChat) -> Result<(), Error> {
//! let info = zoom.call(requests::GetFileInfo::new("Jw2rXk9T")).await?;
//! println!("{:?} {:?}", info.file_name, info.tracking_id());
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls, with the cryptography of *ring*. `native-tls` is the other choice; any further one
//!   comes with a TLS configuration of your own ([`ZoomChatBuilder::http_client`]).
//! - `http2` (default): HTTP/2, where Zoom offers it.
//! - `system-proxy` (default): the proxy settings of the operating system.
//! - `axum`: `webhook::WebhookService`, and [`webhook::Received`] as an extractor, for axum, tower and hyper.
//! - `file-store`: tokens in a file that several processes may share.
//! - `mock`: typed mock servers of every operation, for tests ([`mock`]).
//! - `schemars`: JSON Schemas of the generated types and of [`events`].
//! - `redis`: limits, tokens and an inbox of events that the processes of many machines share.

mod answer;
pub mod auth;
mod call;
pub mod chatbot;
mod client;
mod config;
mod error;
pub mod events;
mod file;
#[cfg(all(doctest, feature = "mock"))]
mod guide;
pub mod limit;
mod message;
#[cfg(doctest)]
mod misuse;
#[cfg(feature = "mock")]
pub mod mock;
pub mod pages;
pub mod receive;
pub mod retry;
mod send;
pub mod time;
pub mod view;
pub mod webhook;

pub use answer::FieldError;
pub use call::{CallEvent, Response};
pub use client::{Call, Preview, ZoomChat, ZoomChatBuilder};
pub use config::{InvalidSetting, Secret};
pub use error::{CallError, Delivery, Error, ErrorKind, OtherOperation, RedirectRefusal};
pub use file::{Bytes, FileProblem, FileSource, Progress};
pub use message::{
    AccountId, ChannelId, Color, Contact, DraftId, Encoding, FileId, FontSize, Heading, InvalidId,
    InvalidMessage, Jid, Message, MessageId, RangeEnd, Recipient, Style, TextUnit, TriggerId,
    UserId,
};
pub use pages::{ListMessages, SearchIn};
pub use send::{
    ChatMessage, ScheduleMessage, Scheduled, SendFile, SendMessage, Sent, UploadFile, Uploaded,
};

pub use http;
/// The HTTP client of this crate, for its types in [`ZoomChatBuilder::http_client`] and [`ZoomChatBuilder::proxy`].
///
/// It is built without a default cryptography provider: with the feature `rustls`, [`ZoomChatBuilder`] brings its own, but
/// `reqwest::Client::new` and `reqwest::Client::builder().build` panic, unless the program has installed a provider of
/// rustls. A program that needs a client for something else depends on `reqwest` itself, with one of its TLS features.
pub use reqwest;
pub use zoom_chat_openapi as api;
pub use zoom_chat_openapi::{
    Operation, OperationError, RateLimitLabel, Request, TokenKind, errors, multipart, operations,
    requests, types,
};
