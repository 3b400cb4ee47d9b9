//! The low-level client of Zoom Team Chat.
//!
//! This crate is generated at build time from `zoom-chat.json`, an OpenAPI document: the
//! [`requests`], one for each operation, their [`types`], the table of [`operations`], the
//! documented [`errors`] of each, and the [`Client`] that sends. Generated code is not edited;
//! a wrong type is corrected in the document.
//!
//! Most programs want `zoom-chat-sdk`, which adds tokens, rate limits, retries and
//! decoded errors. This layer leaves to its caller:
//!
//! - errors: every answer outside 2xx is an [`Error::UnexpectedResponse`], with its body
//!   unread, for [`OperationError::decode`];
//! - retries: a request that is sent twice may take effect twice; [`Operation::repeatable`]
//!   says whether that matters.

mod attempt;
mod error;
mod error_object;
mod fields;
mod hidden;
mod hooks;
#[cfg(feature = "mock")]
pub mod mock;
pub mod multipart;
mod open_enum;
mod operation;
pub mod request;
mod shown;
// The document need not have such enums.
#[allow(dead_code)]
mod tagged_union;
mod token_kind;
mod watched;

// What the generated code calls. Which of it depends on the document, so none of it
// may count as unused.
#[doc(hidden)]
pub mod lenient;
#[doc(hidden)]
pub mod nullable;
#[doc(hidden)]
pub mod query;
#[doc(hidden)]
pub mod record;
#[doc(hidden)]
pub mod response;
#[doc(hidden)]
pub mod template;
#[doc(hidden)]
pub mod tolerant;
#[doc(hidden)]
pub mod urlencoded;

#[allow(
    dead_code,
    deprecated,
    missing_docs,
    unreachable_pub,
    unused_imports,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction,
    rustdoc::all
)]
mod client {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}
pub use progenitor_client::{ByteStream, Error, ResponseValue};

pub use self::attempt::{Attempt, Observed, ResponseHead};
pub use self::client::{Client, types};
pub use self::error::{DocumentedError, OperationError};
pub use self::error_object::ErrorObject;
pub use self::hidden::Hidden;
pub use self::operation::{Operation, RateLimitLabel};
pub use self::request::{InvalidRequest, Page, Paged, Request};
pub use self::shown::Shown;
pub use self::token_kind::TokenKind;

#[allow(
    deprecated,
    missing_docs,
    unused_qualifications,
    clippy::all,
    clippy::pedantic
)]
pub mod requests {
    //! The requests, one for each operation, and [`Raw`] for every other.
    //!
    #![doc = include_str!("../requests.md")]

    pub use crate::request::raw::{Raw, RawError};

    include!(concat!(env!("OUT_DIR"), "/requests.rs"));
}

#[allow(clippy::all, clippy::pedantic)]
pub mod operations {
    //! The operations of the document, one constant for each.
    include!(concat!(env!("OUT_DIR"), "/operations.rs"));
}

#[allow(clippy::all, clippy::pedantic)]
pub mod events {
    //! The events that Zoom sends, one struct for each.
    include!(concat!(env!("OUT_DIR"), "/events.rs"));
}

#[allow(clippy::all, clippy::pedantic)]
pub mod errors {
    //! The documented errors, one enum for each operation.
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}

mod sealed {
    /// Keeps [`Request`](crate::Request) to the requests of this crate.
    pub trait Sealed {}
}

// For the generated code, which need not have any of these.
#[allow(unused_imports)]
pub(crate) use {open_enum::open_enum, tagged_union::tagged_union};
