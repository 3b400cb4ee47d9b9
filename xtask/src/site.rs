//! The place of a shape in an operation.

use crate::{diagnostic::Target, infer::Segment};

/// The extension with the fingerprint of a shared component.
pub(crate) const FINGERPRINT: &str = "x-shape";

/// Where in an operation a shape stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Site {
    /// The path template.
    pub template: String,
    /// The method, in lower case.
    pub method: String,
    /// `request` or the status of an answer.
    pub role: String,
    /// In which form.
    pub media_type: String,
    /// From the body inwards.
    pub way: Vec<Segment>,
}

impl Site {
    /// Whether it is in the body that is sent.
    pub(crate) fn is_request(&self) -> bool {
        self.role == "request"
    }

    /// The body in the document.
    pub(crate) fn body(&self) -> Target {
        let operation = Target::operation(&self.template, &self.method);
        match self.role.as_str() {
            "request" => operation.member("requestBody"),
            status => operation.member("responses").member(status),
        }
    }
}
