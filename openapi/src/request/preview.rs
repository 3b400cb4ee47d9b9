//! Previews of requests.

use super::{InvalidRequest, Problem, Request};
use crate::Client;
use crate::{Attempt, Error};

impl Client {
    /// Builds the HTTP request of `request` as it would be sent to `base_url`, without the
    /// Authorization header, and sends nothing.
    ///
    /// # Errors
    /// When a value of the request is missing or cannot be sent.
    pub async fn preview<R: Request>(
        base_url: &str,
        http: reqwest::Client,
        request: &R,
    ) -> Result<reqwest::Request, InvalidRequest> {
        request.check()?;
        let attempt = Attempt::preview();
        let client = Self::new_with_client(base_url, http, attempt.clone());
        let outcome = request.send(&client).await;
        attempt.previewed().ok_or_else(|| {
            let reason = outcome.err().as_ref().map(Error::to_string);
            InvalidRequest::new(
                request.operation().id,
                "request",
                Problem::Body(reason.unwrap_or_default()),
            )
        })
    }
}
