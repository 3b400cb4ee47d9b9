//! The place of a shape in an operation.

use std::sync::Arc;

use crate::{diagnostic::Target, infer::Segment};

/// The extension with the fingerprint of a shared component.
pub(crate) const FINGERPRINT: &str = "x-shape";

/// Where in an operation a shape stands. There are many in one operation, which share its texts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Site {
    /// The path template.
    pub template: Arc<str>,
    /// The method, in lower case.
    pub method: Arc<str>,
    /// `request` or the status of an answer.
    pub role: Arc<str>,
    /// In which form.
    pub media_type: Arc<str>,
    /// From the body inwards.
    pub way: Vec<Segment>,
}

impl Site {
    /// Whether it is in the body that is sent.
    pub(crate) fn is_request(&self) -> bool {
        &*self.role == "request"
    }

    /// The body in the document.
    pub(crate) fn body(&self) -> Target {
        let operation = Target::operation(&self.template, &self.method);
        match &*self.role {
            "request" => operation.member("requestBody"),
            status => operation.member("responses").member(status),
        }
    }
}
