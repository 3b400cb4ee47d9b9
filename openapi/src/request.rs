//! Requests: values that know their operation and can be sent any number of times.
//!
//! A request is detached from any client. It is checked before anything leaves, so that a
//! value that is missing, or that would address another resource, is an error of the request
//! and not of an attempt. What builds and sends the HTTP request is the generated [`Client`].

mod check;
mod complete;
mod form;
mod invalid;
mod path;
mod preview;
pub(crate) mod raw;

use std::fmt::Debug;

use serde::de::DeserializeOwned;

#[doc(hidden)]
pub use self::check::Check;
#[doc(hidden)]
pub use self::complete::Complete;
#[doc(hidden)]
pub use self::form::form;
pub use self::invalid::{InvalidRequest, Problem};
use crate::Client;
use crate::sealed::Sealed;
use crate::{Error, Operation, OperationError, ResponseValue};

/// A request of one operation.
///
/// Implemented by everything in [`requests`](crate::requests), and by nothing else.
pub trait Request: Sealed + Clone + Debug + Send + Sync + 'static {
    /// The decoded body of a successful answer.
    type Response: Send + 'static;
    /// The documented errors of the operation.
    type Error: OperationError;

    /// The operation that this request calls.
    fn operation(&self) -> &'static Operation;

    /// Checks that everything required is set, and that every value can be sent.
    ///
    /// # Errors
    /// The first value that is missing or cannot be sent.
    #[doc(hidden)]
    fn check(&self) -> Result<(), InvalidRequest>;

    /// Checks the request and sends it once, without retries.
    ///
    /// # Errors
    /// When the request is invalid, could not be sent, or was not answered by a success.
    #[doc(hidden)]
    fn send(
        &self,
        client: &Client,
    ) -> impl Future<Output = Result<ResponseValue<Self::Response>, Error>> + Send;
}

/// A request of a listing that is answered page by page.
pub trait Paged: Request<Response: Page> {
    /// The same request for the page that `token` names.
    #[must_use]
    fn page(self, token: String) -> Self;
}

/// An answer that is one page of a listing.
pub trait Page: DeserializeOwned + Send + 'static {
    /// What is listed.
    type Item: DeserializeOwned + Send + Unpin + 'static;

    /// The name of the list in JSON. By it the items of a page that cannot be read as a whole
    /// are found, to be read one by one.
    const LIST: &'static str;

    /// The token of the next page; `None` on the last page, where Zoom leaves it out or empty.
    fn next_page_token(&self) -> Option<&str>;

    /// Whether the answer holds a list at all, be it an empty one. One that does not is no
    /// page: it may be an error that is not told as one.
    fn has_items(&self) -> bool;

    /// The items of this page, in Zoom's order.
    fn into_items(self) -> Vec<Self::Item>;

    /// What tells an item from all others of the listing, where the document has such an id.
    fn key(item: &Self::Item) -> Option<&str>;
}
