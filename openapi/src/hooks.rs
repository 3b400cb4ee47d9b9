//! The hook that sends the request of every operation. It is the only one of progenitor's hooks
//! that [`Request::send`](crate::Request) calls.
//!
//! No needless header is sent: progenitor's `api-version` header, with the version of the
//! *document*, is removed from the generated code.

use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::header::AUTHORIZATION;

use crate::watched::Watched;
use crate::{Attempt, Client};

impl ClientHooks<Attempt> for Client {
    async fn exec(
        &self,
        mut request: reqwest::Request,
        _info: &OperationInfo,
    ) -> reqwest::Result<reqwest::Response> {
        let attempt = self.inner();
        let headers = request.headers_mut();
        if let Some(more) = attempt.headers() {
            headers.extend(more.clone());
        }
        // Only the attempt authorises.
        headers.remove(AUTHORIZATION);
        if let Some(value) = attempt.authorization() {
            headers.insert(AUTHORIZATION, value.clone());
        }
        if let Some(url) = attempt.target() {
            *request.url_mut() = url.clone();
        }
        let Some(mut request) = attempt.keep(request) else {
            return Ok(no_content());
        };
        let body = request.body_mut().take();
        *request.body_mut() = Some(Watched::body(body, attempt.clone()));
        attempt.built();
        let mut response = self.client().execute(request).await?;
        attempt.answered(response.status(), response.headers());
        // For the code that reads the body.
        response.extensions_mut().insert(attempt.clone());
        Ok(response)
    }
}

/// What answers a preview.
fn no_content() -> reqwest::Response {
    let mut response = http::Response::new(reqwest::Body::default());
    *response.status_mut() = reqwest::StatusCode::NO_CONTENT;
    response.into()
}
