//! The answer to a call.

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

use http::{HeaderMap, StatusCode};
use zoom_chat_openapi::{Operation, ResponseValue};

use crate::{
    Error,
    answer::{Answer, TRACKING_ID},
    error::{Cause, Delivery, FailedCall, Unreadable},
    retry::GiveUp,
};

/// Zoom's answer to a call: the decoded value, and what came with it.
pub struct Response<T> {
    answer: ResponseValue<T>,
    operation: &'static Operation,
    attempts: u32,
}

impl<T> Response<T> {
    pub(crate) fn new(
        answer: ResponseValue<T>,
        operation: &'static Operation,
        attempts: u32,
    ) -> Self {
        Self {
            answer,
            operation,
            attempts,
        }
    }

    /// The error for an answer without its essential value. It may be an error with the status of a success, so the
    /// effect is unknown.
    pub(crate) fn lacks(&self, problem: Unreadable) -> Error {
        let call = FailedCall {
            operation: self.operation,
            attempts: self.attempts,
            delivery: Delivery::Unknown,
            gave_up: Some(GiveUp::Final),
        };
        let answer = Answer::of_head(self.answer.status(), self.headers().clone());
        Error::answered(Cause::Answer(problem), call, answer)
    }

    /// The value alone.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let channel = zoom.call(requests::GetChannel::new("825c8d2b")).await?;
    /// let channel: zoom_chat_sdk::types::GetChannelResponse = channel.into_inner();
    /// # drop(channel);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn into_inner(self) -> T {
        self.answer.into_inner()
    }

    /// The HTTP status.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let channel = zoom.call(requests::GetChannel::new("825c8d2b")).await?;
    /// assert_eq!(channel.status(), 200);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.answer.status().as_u16()
    }

    pub(crate) fn http_status(&self) -> StatusCode {
        self.answer.status()
    }

    /// The headers of the answer.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let channel = zoom.call(requests::GetChannel::new("825c8d2b")).await?;
    /// println!("{:?}", channel.headers().get("date"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.answer.headers()
    }

    /// The id by which Zoom's support finds the call.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let channel = zoom.call(requests::GetChannel::new("825c8d2b")).await?;
    /// println!("{:?}", channel.tracking_id());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn tracking_id(&self) -> Option<&str> {
        self.headers().get(&TRACKING_ID)?.to_str().ok()
    }

    /// How many requests it took.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let channel = zoom.call(requests::GetChannel::new("825c8d2b")).await?;
    /// println!("{} requests", channel.attempts());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.answer
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &**self)
            .field("status", &self.status())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
