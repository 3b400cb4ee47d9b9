//! Whether a 401 is about the token, going by what the operation documents.

use zoom_chat_openapi::Operation;

/// Words that show that an error is about the token or its grant.
const BLAME: [&str; 4] = ["auth", "credential", "expired", "token"];

/// Whether the operation documents this error as one that another token cannot fix.
pub(super) fn is_about_something_else(
    operation: &Operation,
    status: u16,
    code: Option<i64>,
) -> bool {
    let mut documented = operation
        .errors
        .iter()
        .filter(|error| error.status == status && Some(error.code) == code)
        .peekable();
    documented.peek().is_some()
        && documented.all(|error| {
            let text = error.message.to_ascii_lowercase();
            !text.is_empty() && !BLAME.iter().any(|word| text.contains(word))
        })
}

#[cfg(test)]
mod tests {
    use zoom_chat_openapi::{DocumentedError, operations};

    use super::*;

    #[test]
    fn only_what_is_documented_as_something_else_is() {
        const ERRORS: &[DocumentedError] = &[
            DocumentedError::new(401, 1, "Service access not permitted."),
            DocumentedError::new(401, 2, "The Token is bad."),
            DocumentedError::new(401, 3, "Unauthorized."),
            DocumentedError::new(401, 4, ""),
            DocumentedError::new(401, 5, "Not now."),
            DocumentedError::new(401, 5, "Your login has expired."),
            DocumentedError::new(403, 6, "Not now."),
        ];
        let mut operation = operations::SEND_CHAT_MESSAGE.clone();
        operation.errors = ERRORS;
        let codes = (0..8).filter(|code| is_about_something_else(&operation, 401, Some(*code)));
        assert_eq!(codes.collect::<Vec<_>>(), [1]);
        assert!(!is_about_something_else(&operation, 401, None));
    }
}
