//! An operation as the tests see it, whatever the types of its request, answer and errors.

use std::{fmt::Debug, future::Future, pin::Pin};

use httpmock::{Mock, MockServer};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use zoom_chat_openapi::{Page, Paged};
use zoom_chat_sdk::{
    Error, Operation, OperationError, Preview, Request, ZoomChat, retry::RetryPolicy,
};

use crate::given::Given;

pub type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

/// What a call came to.
pub type Called = Result<Success, Failure>;

/// An answer that was decoded.
#[derive(Debug)]
pub struct Success {
    pub status: u16,
    /// The answer, encoded once more.
    pub answer: Value,
}

/// A call that failed.
#[derive(Debug)]
pub struct Failure {
    /// The variant of the operation's own errors.
    pub documented: Option<String>,
    pub error: Error,
}

/// The items of a listing, read to its end.
pub type Listed = Result<Vec<Value>, Error>;

/// One operation, with its body in one encoding.
pub struct Subject {
    pub operation: &'static Operation,
    pub media_type: Option<&'static str>,
    /// How many examples there are of the body.
    pub examples: usize,
    /// Calls the operation with the examples, once.
    pub call: fn(ZoomChat, &Given) -> Boxed<Called>,
    /// The same with the retries of the client.
    pub call_with_retries: fn(ZoomChat, &Given) -> Boxed<Called>,
    /// The request, without sending it.
    pub preview: fn(ZoomChat, &Given) -> Boxed<Preview>,
    /// Reads the listing, where it is one.
    pub pages: Option<fn(ZoomChat, &Given) -> Boxed<Listed>>,
    /// The typed mock that takes the examples.
    pub mock: for<'s> fn(&'s MockServer, &Given, &Value) -> Mock<'s>,
}

impl Subject {
    /// What it is called when it fails.
    pub fn name(&self) -> String {
        match self.media_type {
            Some(media_type) => format!("{} as {media_type}", self.operation.id),
            None => self.operation.id.to_owned(),
        }
    }
}

pub fn call<R>(zoom: ZoomChat, request: R, retries: RetryPolicy) -> Boxed<Called>
where
    R: Request<Response: Serialize, Error: Debug>,
{
    Box::pin(async move {
        match zoom.call(request).retry(retries).await {
            Ok(response) => Ok(Success {
                status: response.status(),
                answer: serde_json::to_value(&*response).unwrap(),
            }),
            Err(failed) => Err(Failure {
                documented: failed.documented().map(|error| format!("{error:?}")),
                error: failed.into_error(),
            }),
        }
    })
}

pub fn preview<R: Request>(zoom: ZoomChat, request: R) -> Boxed<Preview>
where
    R::Error: OperationError,
{
    let preview = try_preview(zoom, request);
    Box::pin(async move { preview.await.unwrap_or_else(|error| panic!("{error}")) })
}

pub fn try_preview<R: Request>(zoom: ZoomChat, request: R) -> Boxed<Result<Preview, Error>>
where
    R::Error: OperationError,
{
    Box::pin(async move {
        let preview = zoom.preview(request).await;
        preview.map_err(zoom_chat_sdk::CallError::into_error)
    })
}

pub fn pages<R>(zoom: ZoomChat, request: R) -> Boxed<Listed>
where
    R: Paged<Response: Page<Item: Serialize>>,
{
    Box::pin(async move {
        let mut items = zoom.pages(request).items();
        let mut listed = Vec::new();
        while let Some(item) = items.next().await {
            let item = item.map_err(zoom_chat_sdk::CallError::into_error)?;
            listed.push(serde_json::to_value(item).unwrap());
        }
        Ok(listed)
    })
}

/// The value of a setter that takes one of its own type.
pub fn value<R, T: for<'t> From<&'t str>>(_: fn(R, T) -> R, text: &str) -> T {
    text.into()
}

/// A body of the type that is wanted.
pub fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}
