//! One attempt to call an operation: its credentials and its outcome.
//!
//! An [`Attempt`] is the inner value of the generated client. The hooks read the
//! Authorization header from it and record their observations in it, because
//! progenitor's error type has no status and headers of a response whose body fails to
//! decode, and does not say whether a request was sent at all.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Request, StatusCode, Url};

/// The credentials and the record of one attempt.
///
/// Clones share the record, so keep one and give the other to the client.
#[derive(Clone, Default)]
pub struct Attempt {
    authorization: Option<HeaderValue>,
    /// Boxed, since few attempts have one, and every call moves this struct.
    target: Option<Box<Url>>,
    /// Shared: the attempts of one call send the same headers.
    headers: Option<Arc<HeaderMap>>,
    max_answer: Option<usize>,
    observed: Arc<Mutex<Observed>>,
    /// Holds the request of a preview, which is not sent.
    preview: Option<Arc<Mutex<Option<Request>>>>,
}

/// The observations of the hooks.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Observed {
    /// Whether the request was built and given to the HTTP client.
    pub is_built: bool,
    /// Whether the transport began to write the request. While `false`, it has had no
    /// effect: there was no connection, or no part of its body was sent.
    pub is_begun: bool,
    /// Whether the attempt has ended. A request that has not begun by then never begins.
    pub is_ended: bool,
    /// Whether the body of a success exceeded the limit.
    pub is_too_long: bool,
    /// The head of the response, as soon as there is one.
    pub response: Option<ResponseHead>,
}

/// Status and headers of a response.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ResponseHead {
    /// The HTTP status.
    pub status: StatusCode,
    /// The response headers.
    pub headers: HeaderMap,
}

impl ResponseHead {
    /// The head of a response.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap) -> Self {
        Self { status, headers }
    }
}

impl Attempt {
    /// An attempt that sends `authorization` as its Authorization header, or none.
    ///
    /// The value is marked sensitive, so that it never shows in debug output.
    #[must_use]
    pub fn new(mut authorization: Option<HeaderValue>) -> Self {
        if let Some(value) = &mut authorization {
            value.set_sensitive(true);
        }
        Self {
            authorization,
            ..Self::default()
        }
    }

    /// An attempt that sends nothing: the request is kept for [`previewed`](Self::previewed),
    /// and answered with 204 and no body.
    #[must_use]
    pub fn preview() -> Self {
        Self {
            preview: Some(Arc::default()),
            ..Self::default()
        }
    }

    /// Sends `headers` as well. They replace those of the same name that the operation sets;
    /// the Authorization header is always that of the attempt.
    #[must_use]
    pub fn with_headers(mut self, headers: Arc<HeaderMap>) -> Self {
        self.headers = Some(headers);
        self
    }

    /// Sends the request to `url` instead of the operation's URL, for a redirect. It has the
    /// Authorization header, so the caller must trust the host.
    #[must_use]
    pub fn redirected_to(mut self, url: Url) -> Self {
        self.target = Some(Box::new(url));
        self
    }

    /// Reads at most this many bytes of the body of a success. By default, there is no limit.
    #[must_use]
    pub fn limited_to(mut self, bytes: usize) -> Self {
        self.max_answer = Some(bytes);
        self
    }

    /// Ends the attempt and returns the observations; the head of the response is moved out.
    /// If the transport has not begun to read the request's body by now, it gets an error
    /// instead of the body, so that [`Observed::is_begun`] stays correct.
    #[must_use]
    pub fn end(&self) -> Observed {
        self.with(|observed| {
            observed.is_ended = true;
            let response = observed.response.take();
            Observed {
                response,
                ..observed.clone()
            }
        })
    }

    /// The observations so far.
    #[must_use]
    pub fn observed(&self) -> Observed {
        self.with(|observed| observed.clone())
    }

    /// The request that a [`preview`](Self::preview) kept, once.
    #[must_use]
    pub fn previewed(&self) -> Option<Request> {
        let kept = self.preview.as_ref()?;
        kept.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Keeps `request` if this is a preview; otherwise returns it, to be sent.
    pub(crate) fn keep(&self, request: Request) -> Option<Request> {
        let Some(preview) = &self.preview else {
            return Some(request);
        };
        *preview.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        None
    }

    pub(crate) fn headers(&self) -> Option<&HeaderMap> {
        self.headers.as_deref()
    }

    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }

    pub(crate) fn target(&self) -> Option<&Url> {
        self.target.as_deref()
    }

    pub(crate) fn max_answer(&self) -> Option<usize> {
        self.max_answer
    }

    pub(crate) fn built(&self) {
        self.with(|observed| observed.is_built = true);
    }

    /// Called when the transport begins to read the body. Returns whether the attempt has not ended.
    pub(crate) fn begin(&self) -> bool {
        self.with(|observed| {
            observed.is_begun |= !observed.is_ended;
            observed.is_begun
        })
    }

    pub(crate) fn too_long(&self) {
        self.with(|observed| observed.is_too_long = true);
    }

    pub(crate) fn answered(&self, status: StatusCode, headers: &HeaderMap) {
        let head = ResponseHead::new(status, headers.clone());
        self.with(|observed| observed.response = Some(head));
    }

    fn with<T>(&self, work: impl FnOnce(&mut Observed) -> T) -> T {
        // Nothing that runs under the lock can leave the record half written.
        work(&mut self.observed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("authorized", &self.authorization.is_some())
            .finish_non_exhaustive()
    }
}
