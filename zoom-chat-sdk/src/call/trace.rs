//! Spans, with the names that OpenTelemetry gives to HTTP clients. No token, no message text, no id of a person or a
//! channel: only the path's template.

use tracing::{Span, field::Empty};
use zoom_chat_openapi::Operation;

use super::Response;
use crate::{Error, ErrorKind};

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

/// Records the result of the request in the span.
pub(crate) fn record<T>(span: &Span, outcome: &Result<Response<T>, Error>) {
    if span.is_disabled() {
        return;
    }
    let (status, tracking_id) = match outcome {
        Ok(response) => (Some(response.status()), response.tracking_id()),
        Err(error) => {
            span.record("error.type", error_type(error));
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

/// OpenTelemetry's `error.type`.
fn error_type(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Answer => "unreadable_answer",
        ErrorKind::Api => "api_error",
        ErrorKind::File => "file",
        ErrorKind::Hook => "hook",
        ErrorKind::Id | ErrorKind::Message | ErrorKind::Request | ErrorKind::Setting => {
            "invalid_request"
        }
        ErrorKind::Limit => "rate_limiter",
        ErrorKind::Paging => "paging",
        ErrorKind::Redirect => "redirect",
        ErrorKind::Token => "no_token",
        ErrorKind::Transport if error.is_connect() => "connect",
        ErrorKind::Transport if error.is_timeout() => "timeout",
        ErrorKind::Transport => "connection_broken",
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
