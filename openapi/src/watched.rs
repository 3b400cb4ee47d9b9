//! Observes when the transport reads the body of a request.
//!
//! An HTTP client does not say whether it has sent a request: it may be waiting for a
//! connection, for a handshake or for a stream. But it reads the body from here, so a request
//! of whose body nothing was read cannot have taken effect.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use reqwest::Body;

use crate::Attempt;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

pub(crate) struct Watched {
    body: Body,
    attempt: Attempt,
    is_begun: bool,
}

impl Watched {
    pub(crate) fn body(body: Option<Body>, attempt: Attempt) -> Body {
        Body::wrap(Self {
            body: body.unwrap_or_else(|| Body::from(Bytes::new())),
            attempt,
            is_begun: false,
        })
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if !self.is_begun {
            if !self.attempt.begin() {
                return Poll::Ready(Some(Err("the attempt has ended".into())));
            }
            self.is_begun = true;
        }
        Pin::new(&mut self.body)
            .poll_frame(context)
            .map_err(Into::into)
    }

    /// The transport asks when it writes the head. Of an empty body it asks nothing more.
    fn is_end_stream(&self) -> bool {
        let is_end = self.body.is_end_stream();
        if is_end && !self.is_begun {
            self.attempt.begin();
        }
        is_end
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
