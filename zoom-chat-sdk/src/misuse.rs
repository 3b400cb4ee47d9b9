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
//! use zoom_chat_sdk::ErrorKind as Kind;
//! fn is_mine(kind: Kind) -> bool {
//!     match kind {
//!         Kind::File | Kind::Hook | Kind::Id | Kind::Message | Kind::Request | Kind::Setting => true,
//!         Kind::Answer | Kind::Api | Kind::Limit | Kind::Paging | Kind::Redirect | Kind::Token | Kind::Transport => false,
//!     }
//! }
//! ```
//!
//! # Requests
//!
//! A request names its operation, so that no call can name another one beside it:
//!
//! ```compile_fail,E0061
//! use zoom_chat_sdk::{ZoomChat, operations, requests};
//! async fn list(zoom: ZoomChat) {
//!     let _ = zoom.call(&operations::LIST_BOOKMARKS, requests::SendChatMessage::new()).await;
//! }
//! ```
//!
//! What identifies the resource cannot be forgotten:
//!
//! ```compile_fail,E0061
//! let request = zoom_chat_sdk::requests::DeleteMessage::new();
//! ```
//!
//! An operation without pages cannot be read page by page:
//!
//! ```compile_fail,E0277
//! use zoom_chat_sdk::{ZoomChat, requests};
//! fn pages(zoom: ZoomChat) {
//!     let _ = zoom.pages(requests::GetMessage::new("4A7B"));
//! }
//! ```
//!
//! A text is not one of the documented values until `into` says so:
//!
//! ```compile_fail,E0308
//! let request = zoom_chat_sdk::requests::AddOrRemoveBookmark::new().action("ad");
//! ```
//!
//! A number is not a text, nor a text a truth value:
//!
//! ```compile_fail,E0308
//! let request = zoom_chat_sdk::requests::UploadChatFile::new().post_to_personal_chat("true");
//! ```
//!
//! The error of a call has the documented errors of its operation, and no others:
//!
//! ```compile_fail,E0308
//! use zoom_chat_sdk::{ZoomChat, errors::SendChatMessageError, requests};
//! async fn list(zoom: ZoomChat) {
//!     if let Err(failed) = zoom.call(requests::ListBookmarks::new()).await {
//!         let documented: Option<SendChatMessageError> = failed.documented();
//!     }
//! }
//! ```
//!
//! Documented values, errors and types may grow:
//!
//! ```compile_fail,E0004
//! use zoom_chat_sdk::types::AddOrRemoveBookmarkRequestAction;
//! fn is_added(action: AddOrRemoveBookmarkRequestAction) -> bool {
//!     match action {
//!         AddOrRemoveBookmarkRequestAction::AddBookmark => true,
//!         AddOrRemoveBookmarkRequestAction::RemoveBookmark => false,
//!         AddOrRemoveBookmarkRequestAction::Unknown(_) => false,
//!     }
//! }
//! ```
//!
//! ```compile_fail,E0639
//! let item = zoom_chat_sdk::types::SendChatMessageResponse { id: None };
//! ```
//!
//! A request that is built but not called, and a call that is not awaited, do nothing:
//!
//! ```compile_fail
//! #![deny(unused_must_use)]
//! fn build() {
//!     zoom_chat_sdk::requests::ListBookmarks::new();
//! }
//! ```
//!
//! ```compile_fail
//! #![deny(unused_must_use)]
//! async fn call(zoom: zoom_chat_sdk::ZoomChat) {
//!     zoom.call(zoom_chat_sdk::requests::ListBookmarks::new());
//! }
//! ```
//!
//! A call is not a future until it is sent or awaited:
//!
//! ```compile_fail,E0277
//! use zoom_chat_sdk::{ZoomChat, requests};
//! fn spawn(zoom: ZoomChat) {
//!     tokio::spawn(zoom.call(requests::ListBookmarks::new()));
//! }
//! ```
//!
//! How a request sends itself is not for others to say:
//!
//! ```compile_fail,E0277
//! #[derive(Clone)]
//! struct Mine;
//! impl zoom_chat_sdk::Request for Mine {}
//! ```
