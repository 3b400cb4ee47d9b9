//! Webhooks for axum, and for any other server with the types of the `http` crate.

use std::{error::Error, time::Duration};

use axum_core::{
    extract::{FromRef, FromRequest, Request},
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap},
};

use super::{Challenge, Received, Refusal, Webhook, signature::Signed};

/// How long the body may take. Zoom does not wait longer for the answer.
const READING: Duration = Duration::from_secs(3);

impl Webhook {
    /// Reads the body of a request, up to [`most_bytes`](Self::most_bytes), and verifies it. A request that declares a
    /// larger body, or lacks the headers of a signature, is rejected before its body is read.
    ///
    /// ```
    /// use zoom_chat_sdk::webhook::{Received, Webhook};
    ///
    /// /// A handler of a bare hyper server: the status to answer with.
    /// async fn handle(webhook: &Webhook, request: hyper::Request<hyper::body::Incoming>) -> u16 {
    ///     match webhook.receive_request(request).await {
    ///         Ok(Received::Event(_)) => 200,
    ///         Ok(Received::Challenge(_)) => 200, // with `Challenge::json` as the body
    ///         Err(refusal) => refusal.status(),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// A [`Refusal`], as of [`receive`](Self::receive), or [`Refusal::Incomplete`] if the body is incomplete or takes
    /// more than three seconds.
    pub async fn receive_request<B>(&self, request: Request<B>) -> Result<Received, Refusal>
    where
        B: http_body::Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let (parts, body) = request.into_parts();
        let body = self.read(&parts.headers, body).await?;
        self.receive(&parts.headers, &body)
    }

    async fn read<B>(&self, headers: &HeaderMap, body: B) -> Result<bytes::Bytes, Refusal>
    where
        B: http_body::Body,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let too_large = || Refusal::TooLarge {
            most_bytes: self.most_bytes,
        };
        let declared = usize::try_from(body.size_hint().lower());
        if declared.map_or(true, |declared| declared > self.most_bytes) {
            return Err(too_large());
        }
        Signed::read(headers)?;
        let body = Limited::new(body, self.most_bytes).collect();
        match tokio::time::timeout(READING, body).await {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
            Ok(Err(_)) | Err(_) => Err(Refusal::Incomplete),
        }
    }
}

/// An extractor for handlers of axum. The state of the router must contain the [`Webhook`].
///
/// ```
/// use axum::{Router, extract::{FromRef, State}, response::{IntoResponse, Response}, routing::post};
/// use zoom_chat_sdk::{receive::{Inbox, MemoryInbox}, webhook::{Received, Webhook}};
///
/// #[derive(Clone)]
/// struct App {
///     webhook: Webhook,
///     inbox: MemoryInbox,
/// }
///
/// impl FromRef<App> for Webhook {
///     fn from_ref(app: &App) -> Self {
///         app.webhook.clone()
///     }
/// }
///
/// async fn receive(State(app): State<App>, received: Received) -> Response {
///     match received {
///         Received::Challenge(answer) => answer.into_response(),
///         Received::Event(event) => match app.inbox.put(event).await {
///             Ok(()) => ().into_response(),
///             Err(full) => full.into_response(), // 503: Zoom tries again
///         },
///     }
/// }
///
/// let router: Router<App> = Router::new().route("/zoom", post(receive));
/// ```
impl<S> FromRequest<S> for Received
where
    Webhook: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        Webhook::from_ref(state).receive_request(request).await
    }
}

impl IntoResponse for Challenge {
    /// Status 200 and [`json`](Challenge::json).
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.json()).into_response()
    }
}

impl IntoResponse for Refusal {
    /// [`status`](Refusal::status), without a body: a sender other than Zoom does not learn the reason.
    fn into_response(self) -> Response {
        // The statuses are constants that HTTP knows.
        let status = StatusCode::from_u16(self.status());
        status
            .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
            .into_response()
    }
}
