//! The checks of a request. Nothing here depends on the operation, so it is compiled once
//! for all of them; the first problem is kept.

use reqwest::header::HeaderValue;

use super::path;
use super::{Complete, InvalidRequest, Problem};

/// The check of one request.
#[derive(Debug)]
#[must_use]
pub struct Check {
    operation: &'static str,
    failed: Option<InvalidRequest>,
}

impl Check {
    /// The check of a request of the operation with this id.
    pub fn of(operation: &'static str) -> Self {
        Self {
            operation,
            failed: None,
        }
    }

    pub(crate) fn fail(&mut self, name: &'static str, problem: Problem) {
        let operation = self.operation;
        self.failed
            .get_or_insert_with(|| InvalidRequest::new(operation, name, problem));
    }

    /// A text in the path.
    pub fn path(mut self, name: &'static str, value: &str) -> Self {
        if let Some(problem) = path::problem(value) {
            self.fail(name, problem);
        }
        self
    }

    /// A text that is sent as a header, if it is set.
    pub fn header(mut self, name: &'static str, value: Option<&str>) -> Self {
        if value.is_some_and(|value| HeaderValue::from_str(value).is_err()) {
            self.fail(name, Problem::Header);
        }
        self
    }

    /// The elements of a list that is sent as one text.
    pub fn joined<'a>(
        mut self,
        name: &'static str,
        separator: &'static str,
        mut values: impl Iterator<Item = &'a str>,
    ) -> Self {
        if values.any(|value| value.contains(separator)) {
            self.fail(name, Problem::Separator(separator));
        }
        self
    }

    /// A value that is required.
    pub fn required(mut self, name: &'static str, is_set: bool) -> Self {
        if !is_set {
            self.fail(name, Problem::Missing);
        }
        self
    }

    /// A value in which something required can be missing.
    pub fn complete(mut self, value: impl Complete) -> Self {
        if let Some(name) = value.missing() {
            self.fail(name, Problem::Missing);
        }
        self
    }

    /// # Errors
    /// The first problem.
    pub fn finish(self) -> Result<(), InvalidRequest> {
        self.failed.map_or(Ok(()), Err)
    }
}
