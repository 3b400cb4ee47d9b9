//! Requests: values that know their operation and can be sent any number of times.
//!
//! A request does not refer to a client. It is checked before anything is sent, so that a
//! missing value, or one that would address another resource, is an error of the request
//! and not of an attempt. The generated [`Client`] builds and sends the HTTP request.

mod check;
mod complete;
mod form;
mod invalid;
mod path;
mod preview;
pub(crate) mod raw;

use std::fmt::Debug;

use progenitor_client::{ClientHooks, OperationInfo};
use serde::de::DeserializeOwned;

#[doc(hidden)]
pub use self::check::Check;
#[doc(hidden)]
pub use self::complete::Complete;
#[doc(hidden)]
pub use self::form::form;
pub use self::invalid::{InvalidRequest, Problem};
use crate::Client;
use crate::response::{self, Answer};
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

    /// How the answer of a success is read.
    #[doc(hidden)]
    const ANSWER: Answer<Self::Response>;

    /// Builds the HTTP request of a request that passed the check.
    ///
    /// # Errors
    /// When a value cannot be part of an HTTP request.
    #[doc(hidden)]
    #[allow(
        clippy::result_large_err,
        reason = "it is the error of progenitor's code"
    )]
    fn build(&self, client: &Client) -> Result<reqwest::Request, Error>;

    /// Checks the request and sends it once, without retries.
    ///
    /// # Errors
    /// When the request is invalid, could not be sent, or was not answered by a success.
    #[doc(hidden)]
    fn send(
        &self,
        client: &Client,
    ) -> impl Future<Output = Result<ResponseValue<Self::Response>, Error>> + Send {
        // Written once instead of once for each operation: asynchronous code is what the compiler
        // takes longest to check.
        async move {
            self.check()?;
            let operation_id = self.operation().id;
            let request = self.build(client)?;
            let response = client
                .exec(request, &OperationInfo { operation_id })
                .await?;
            if response.status().is_success() {
                response::read(response, Self::ANSWER).await
            } else {
                Err(Error::UnexpectedResponse(response))
            }
        }
    }
}

/// A request of a listing that is answered page by page.
pub trait Paged: Request<Response: Page> {
    /// The same request for the page with this token.
    #[must_use]
    fn page(self, token: String) -> Self;
}

/// An answer that is one page of a listing.
pub trait Page: DeserializeOwned + Send + 'static {
    /// The type of the items.
    type Item: DeserializeOwned + Send + Unpin + 'static;

    /// The name of the list in JSON. If a page cannot be read as a whole, the items of this
    /// list are read one by one.
    const LIST: &'static str;

    /// The token of the next page; `None` on the last page, where Zoom leaves it out or empty.
    fn next_page_token(&self) -> Option<&str>;

    /// Whether the answer contains a list, even an empty one. An answer without a list is not
    /// a page: it may be an error with the status of a success.
    fn has_items(&self) -> bool;

    /// The items of this page, in Zoom's order.
    fn into_items(self) -> Vec<Self::Item>;

    /// The id that identifies an item in the listing, if the document has one.
    fn key(item: &Self::Item) -> Option<&str>;
}
