//! A service that puts events into an inbox.

use std::{
    convert::Infallible,
    error::Error,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum_core::{
    extract::Request,
    response::{IntoResponse, Response},
};
use reqwest::StatusCode;
use tower_service::Service;

use super::{Received, Webhook};
use crate::receive::{Inbox, InboxError};

/// How long [`Inbox::put`] may take. Zoom does not wait longer for the answer.
const PUTTING: Duration = Duration::from_secs(3);

/// A webhook as a tower service: it verifies requests, answers challenges, and puts events into an [`Inbox`].
///
/// It answers 200 only after [`Inbox::put`] has returned, so that a confirmed event is as safe as the inbox can make
/// it. It answers a rejected request with [`Refusal::status`](super::Refusal::status), and with 503, after which Zoom
/// retries, if the inbox is full, fails, or takes more than three seconds.
///
/// In axum, it is a route:
///
/// ```
/// use axum::Router;
/// use zoom_chat_sdk::{receive::MemoryInbox, webhook::{EmptySecret, Webhook, WebhookService}};
///
/// fn router(inbox: MemoryInbox) -> Result<Router, EmptySecret> {
///     let service = WebhookService::new(Webhook::new("secret token")?, inbox);
///     Ok(Router::new().route_service("/zoom", service))
/// }
/// ```
///
/// For a hyper server, `hyper_util::service::TowerToHyperService` makes it a service of hyper.
#[derive(Clone)]
pub struct WebhookService<I> {
    webhook: Webhook,
    inbox: I,
}

impl<I> WebhookService<I> {
    /// A service for this webhook that puts events into this inbox.
    pub fn new(webhook: Webhook, inbox: I) -> Self {
        Self { webhook, inbox }
    }
}

impl<I: Inbox> WebhookService<I> {
    async fn answer<B>(&self, request: Request<B>) -> Response
    where
        B: http_body::Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let event = match self.webhook.receive_request(request).await {
            Ok(Received::Event(event)) => event,
            Ok(Received::Challenge(challenge)) => return challenge.into_response(),
            Err(refusal) => {
                // Anyone can send unsigned requests, so these must not fill the log.
                if refusal.status() < 500 {
                    tracing::debug!(%refusal, "a delivery was refused");
                } else {
                    tracing::warn!(%refusal, "a delivery was refused");
                }
                return refusal.into_response();
            }
        };
        let put = tokio::time::timeout(PUTTING, self.inbox.put(event)).await;
        let put = put.unwrap_or_else(|elapsed| Err(InboxError::store(elapsed)));
        match put {
            Ok(()) => StatusCode::OK.into_response(),
            Err(error) => {
                tracing::warn!(%error, "an event was not stored; Zoom is asked to deliver it again");
                error.into_response()
            }
        }
    }
}

impl<I, B> Service<Request<B>> for WebhookService<I>
where
    I: Inbox + Clone,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move { Ok(service.answer(request).await) })
    }
}

impl IntoResponse for InboxError {
    /// Status 503, after which Zoom delivers the event again.
    fn into_response(self) -> Response {
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

impl<I: fmt::Debug> fmt::Debug for WebhookService<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookService")
            .field("webhook", &self.webhook)
            .field("inbox", &self.inbox)
            .finish()
    }
}
