//! Queues verified events, and handles them later.
//!
//! Zoom waits three seconds for an answer, so a server stores the event in an [`Inbox`] and answers; [`serve`] takes the
//! events from the inbox and gives them to a handler. [`MemoryInbox`] is a bounded queue of one process, `RedisInbox`
//! (feature `redis`) a stream that several processes share.
//!
//! ```
//! use zoom_chat_sdk::{events::Event, receive::{Inbox, MemoryInbox, serve}};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let inbox = MemoryInbox::new(10_000);
//! let worker = serve(inbox.clone(), |event: Event| async move {
//!     println!("{}", event.name());
//!     Ok::<_, std::io::Error>(()) // an error is retried
//! })
//! .parallel(16)
//! .start();
//! // Here a server puts events: `inbox.put(event).await`.
//! let counts = worker.shutdown().await; // handles what is in the inbox first
//! assert_eq!(counts.handled, 0);
//! # }
//! ```
//!
//! # Delivery
//!
//! Zoom delivers at least once: it retries when it gets no answer, and an app can have several subscriptions. `serve`
//! looks every event up in a filter of duplicates ([`Duplicates`]) and marks it there only after its handler has
//! succeeded. So each event is handled once, unless the process crashes, or loses Redis permanently, between handling
//! and marking: then it is handled again.
//!
//! Events of one conversation ([`Event::ordering_key`](crate::events::Event::ordering_key)) are handled one after the
//! other, in the order in which they were put; different conversations are handled in parallel. The order is that of
//! arrival: if Zoom retries a delivery, later events may arrive before it.

#[cfg(feature = "redis")]
mod connection;
mod duplicates;
mod inbox;
mod serve;

#[cfg(feature = "redis")]
pub use duplicates::RedisDuplicates;
pub use duplicates::{Duplicates, MemoryDuplicates};
pub use inbox::{Inbox, InboxError, MemoryInbox, MemoryReceipt, Taken};
#[cfg(feature = "redis")]
pub use inbox::{RedisInbox, RedisReceipt};
pub use serve::{Cause, Counts, Failure, Readiness, Serve, Worker, serve};
