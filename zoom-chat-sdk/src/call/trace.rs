//! Spans, with the names that OpenTelemetry gives to HTTP clients. No token, no message text, no id of a person or a
//! channel: only the path's template.

use tracing::{Span, field::Empty};
use zoom_chat_openapi::Operation;

use super::Response;
use crate::Error;

/// The span of one request.
pub(crate) fn attempt(operation: &'static Operation, base_url: &str, attempt: u32) -> Span {
    tracing::info_span!(
        "zoom_chat",
        otel.name = operation.id,
        otel.kind = "client",
        http.request.method = operation.method.as_str(),
        http.request.resend_count = attempt - 1,
        http.response.status_code = Empty,
        url.template = operation.path,
        server.address = host(base_url),
        error.type = Empty,
        zoom.operation = operation.id,
        zoom.attempt = attempt,
        zoom.rate_limit_label = operation.rate_limit_label.map(tracing::field::display),
        zoom.tracking_id = Empty,
    )
}

/// Writes into the span how the request ended.
pub(crate) fn record<T>(span: &Span, outcome: &Result<Response<T>, Error>) {
    if span.is_disabled() {
        return;
    }
    let (status, tracking_id) = match outcome {
        Ok(response) => (Some(response.status()), response.tracking_id()),
        Err(error) => {
            span.record("error.type", error.kind());
            (error.status(), error.tracking_id())
        }
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    if let Some(tracking_id) = tracking_id {
        span.record("zoom.tracking_id", tracking_id);
    }
}

/// The host of a checked base URL, with its port.
fn host(base_url: &str) -> &str {
    let after_scheme = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    after_scheme
        .split_once('/')
        .map_or(after_scheme, |(host, _)| host)
}
