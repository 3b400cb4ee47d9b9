//! HTTP statuses.

use super::json::Json;

/// The status of a saved answer: its code, or what its reason phrase means, which may begin with the code; in want of both
/// what its name is.
pub(super) fn of(response: &Json<'_>) -> Option<u16> {
    let number = |text: &str| -> Option<u16> {
        let digits = text
            .trim_start()
            .split(|c: char| !c.is_ascii_digit())
            .next()?;
        digits
            .parse()
            .ok()
            .filter(|status| (100..600).contains(status))
    };
    let code = response.text("code");
    let code = code.and_then(|code| code.trim().parse().ok());
    code.filter(|status| (100..600).contains(status))
        .or_else(|| {
            let phrase = response.text("status")?;
            number(&phrase).or_else(|| meant(&phrase))
        })
        .or_else(|| {
            let name = response.text("name")?;
            let name = name.trim();
            let behind = name
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start();
            // `500 users` is no status.
            let is_status = behind.is_empty()
                || behind.starts_with(|c: char| c.is_ascii_punctuation() || c == '–')
                || meant(behind).is_some();
            number(name).filter(|_| is_status).or_else(|| meant(name))
        })
}

/// The status that a reason phrase stands for.
fn meant(phrase: &str) -> Option<u16> {
    let phrase = phrase.trim();
    let mut known = PHRASES.iter();
    known
        .find(|(_, known)| known.eq_ignore_ascii_case(phrase))
        .map(|(status, _)| *status)
}

/// As the registry of HTTP statuses has them, and as older ones had.
const PHRASES: [(u16, &str); 48] = [
    (100, "Continue"),
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (413, "Payload Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (422, "Unprocessable Content"),
    (422, "Unprocessable Entity"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (507, "Insufficient Storage"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_a_code_or_a_phrase() {
        for (response, expected) in [
            (r#"{"code": 201, "status": "OK"}"#, Some(201)),
            (r#"{"code": "404 "}"#, Some(404)),
            (r#"{"code": 0, "status": "not found"}"#, Some(404)),
            (r#"{"code": null, "status": "503 Come back"}"#, Some(503)),
            (r#"{"status": "Unprocessable Entity"}"#, Some(422)),
            (r#"{"status": 409}"#, Some(409)),
            (r#"{"status": "All is well"}"#, None),
            (r#"{"code": 999}"#, None),
            (r#"{"status": "2024-01-01"}"#, None),
            (r#"{"name": "404"}"#, Some(404)),
            (r#"{"name": "404 - No such crate", "code": 0}"#, Some(404)),
            (
                r#"{"name": "422 Unprocessable Entity", "status": ""}"#,
                Some(422),
            ),
            (r#"{"name": "Not Found", "code": null}"#, Some(404)),
            (r#"{"name": "500 crates"}"#, None),
            (r#"{"name": "4044"}"#, None),
            (r#"{"name": "404", "code": 410}"#, Some(410)),
            ("{}", None),
        ] {
            let response: Json<'_> = serde_json::from_str(response).unwrap();
            assert_eq!(of(&response), expected, "{response:?}");
        }
    }
}
