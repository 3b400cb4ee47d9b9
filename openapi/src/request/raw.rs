//! Requests of operations that the document does not have.

use std::fmt;

use progenitor_client::ClientInfo;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Url};
use serde::Serialize;

use super::{Check, InvalidRequest, Problem, Request, path};
use crate::Client;
use crate::response::{self, Answer};
use crate::{Error, Operation, OperationError, RateLimitLabel};

/// The id of every raw request.
const ID: &str = "raw";

/// The operations of one method, by label: errors and events name an operation for as long as
/// the program runs, so each is there once.
type Labelled = [Operation; 5];

const fn operation(method: Method, repeatable: bool, label: Option<RateLimitLabel>) -> Operation {
    Operation {
        id: ID,
        method,
        path: "",
        server: None,
        scopes: &[],
        granular_scopes: &[],
        rate_limit_label: label,
        request_media_types: &[],
        sends_files: false,
        repeatable,
        errors: &[],
    }
}

macro_rules! labelled {
    ($($method:ident: $repeatable:literal;)*) => {$(
        static $method: Labelled = [
            operation(Method::$method, $repeatable, None),
            operation(Method::$method, $repeatable, Some(RateLimitLabel::Light)),
            operation(Method::$method, $repeatable, Some(RateLimitLabel::Medium)),
            operation(Method::$method, $repeatable, Some(RateLimitLabel::Heavy)),
            operation(Method::$method, $repeatable, Some(RateLimitLabel::ResourceIntensive)),
        ];
    )*};
}

labelled! {
    GET: true;
    POST: false;
    PUT: true;
    PATCH: false;
    DELETE: true;
}

/// A request of an operation that the document does not have, by method and path.
///
/// The path is relative to the base URL of the client. Its segments are checked like those of
/// any other request; percent-encoded parts stay unchanged.
///
/// # Examples
/// ```
/// use zoom_chat_openapi::requests::Raw;
///
/// let sessions = Raw::get("/chat/users/me/sessions").query("type", "groupchat");
/// let pinned = Raw::post("/chat/pins").json(&["825c"]);
/// # let _ = (sessions, pinned);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is called"]
pub struct Raw {
    operations: &'static Labelled,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Result<bytes::Bytes, String>>,
    label: Option<RateLimitLabel>,
}

impl Raw {
    /// A GET request.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(&GET, path.into())
    }

    /// A POST request. It is not repeated when it may have taken effect.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(&POST, path.into())
    }

    /// A PUT request.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(&PUT, path.into())
    }

    /// A PATCH request. It is not repeated when it may have taken effect.
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(&PATCH, path.into())
    }

    /// A DELETE request.
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(&DELETE, path.into())
    }

    fn new(operations: &'static Labelled, path: String) -> Self {
        Self {
            operations,
            path,
            query: Vec::new(),
            body: None,
            label: None,
        }
    }

    /// Adds a parameter to the query.
    pub fn query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets the body, which is sent as JSON. It replaces an earlier one.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        let body = serde_json::to_vec(body).map(Into::into);
        self.body = Some(body.map_err(|error| error.to_string()));
        self
    }

    /// Sets the rate limit that the request counts against. The default is none.
    pub fn rate_limit_label(mut self, label: RateLimitLabel) -> Self {
        self.label = Some(label);
        self
    }

    fn url(&self, base_url: &str) -> Result<Url, String> {
        let mut url = format!("{base_url}{}", path::encode(&self.path))
            .parse::<Url>()
            .map_err(|error| error.to_string())?;
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

impl crate::sealed::Sealed for Raw {}

impl Request for Raw {
    type Response = serde_json::Value;
    type Error = RawError;

    fn operation(&self) -> &'static Operation {
        let [none, light, medium, heavy, resource_intensive] = self.operations;
        match self.label {
            None => none,
            Some(RateLimitLabel::Light) => light,
            Some(RateLimitLabel::Medium) => medium,
            Some(RateLimitLabel::Heavy) => heavy,
            Some(RateLimitLabel::ResourceIntensive) => resource_intensive,
        }
    }

    fn check(&self) -> Result<(), InvalidRequest> {
        let mut check = Check::of(ID);
        let mut segments = self.path.split('/');
        if segments.next() != Some("") || self.path.contains(['?', '#']) {
            check.fail("path", Problem::Path);
        }
        let mut check = segments.fold(check, |check, segment| check.path("path", segment));
        if let Some(Err(reason)) = &self.body {
            check.fail("body", Problem::Body(reason.clone()));
        }
        check.finish()
    }

    const ANSWER: Answer<serde_json::Value> = Answer::Whole(response::optional);

    fn build(&self, client: &Client) -> Result<reqwest::Request, Error> {
        let mut request = reqwest::Request::new(
            self.operation().method.clone(),
            self.url(client.baseurl()).map_err(Error::InvalidRequest)?,
        );
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(Ok(body)) = &self.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *request.body_mut() = Some(body.clone().into());
        }
        Ok(request)
    }
}

/// The error of an operation that the document does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RawError {
    /// Any error, since none is documented.
    Unknown {
        /// The HTTP status.
        status: u16,
        /// Zoom's error code, where the answer held one.
        code: Option<i64>,
        /// The text of the answer.
        message: String,
    },
}

impl OperationError for RawError {
    /// All raw operations have the same id.
    const OPERATION: &'static Operation = &operation(Method::GET, true, None);

    fn decode(status: u16, code: Option<i64>, message: &str) -> Self {
        Self::Unknown {
            status,
            code,
            message: message.to_owned(),
        }
    }
}

impl fmt::Display for RawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Unknown {
            status,
            code,
            message,
        } = self;
        match code {
            Some(code) => write!(f, "status {status}, code {code}: {message}"),
            None => write!(f, "status {status}: {message}"),
        }
    }
}

impl std::error::Error for RawError {}
