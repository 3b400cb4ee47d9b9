//! What must not compile. Each block misuses one type; the code behind `compile_fail` is the compiler's reason.
//!
//! Text does not say whether it names a contact or a channel:
//!
//! ```compile_fail,E0277
//! let to: zoom_chat_sdk::Recipient = "825c8d2b".into();
//! ```
//!
//! One kind of id does not stand for another:
//!
//! ```compile_fail,E0277
//! use zoom_chat_sdk::{ChannelId, Recipient};
//! fn address(channel: ChannelId) {
//!     let _ = Recipient::contact(channel);
//! }
//! ```
//!
//! A recipient is neither none nor two:
//!
//! ```compile_fail,E0061
//! async fn send(zoom: zoom_chat_sdk::ZoomChat) {
//!     let _ = zoom.send_message("Hello").await;
//! }
//! ```
//!
//! A message that is built but not awaited is not sent:
//!
//! ```compile_fail
//! #![deny(unused_must_use)]
//! async fn send(zoom: zoom_chat_sdk::ZoomChat, to: zoom_chat_sdk::Recipient) {
//!     zoom.send_message(to, "Hello");
//! }
//! ```
//!
//! A draft is no message, so it cannot be replied to:
//!
//! ```compile_fail,E0277
//! use zoom_chat_sdk::{Scheduled, SendMessage};
//! fn reply(send: SendMessage, scheduled: Scheduled) {
//!     let _ = send.reply_to(scheduled.draft_id);
//! }
//! ```
//!
//! Later versions may know more errors:
//!
//! ```compile_fail,E0004
//! use zoom_chat_sdk::Error;
//! fn kind(error: Error) -> &'static str {
//!     match error {
//!         Error::Answer(_) | Error::Api(_) | Error::File(_) | Error::Id(_) | Error::Message(_) => "zoom's or mine",
//!         Error::Hook(_) | Error::Limit(_) | Error::Paging(_) | Error::Redirect(_) | Error::Request(_) | Error::Setting(_) | Error::Token(_) | Error::Transport(_) => "other",
//!     }
//! }
//! ```
