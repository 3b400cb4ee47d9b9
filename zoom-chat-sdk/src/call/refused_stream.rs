//! Requests that an HTTP/2 server reports as not processed.

use std::error::Error as StdError;

/// Whether the server refused the stream, or shut the connection down before it processed the stream. Both mean that
/// the request had no effect (RFC 9113, sections 6.8 and 8.7).
#[cfg(feature = "http2")]
pub(super) fn is_refused_stream(error: &(dyn StdError + 'static)) -> bool {
    use h2::Reason;

    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let reason = error.reason();
            return error.is_remote()
                && (error.is_reset() && reason == Some(Reason::REFUSED_STREAM)
                    || error.is_go_away() && reason == Some(Reason::NO_ERROR));
        }
        cause = error.source();
    }
    false
}

/// Without HTTP/2 there are no streams.
#[cfg(not(feature = "http2"))]
pub(super) fn is_refused_stream(_error: &(dyn StdError + 'static)) -> bool {
    false
}
