//! Documented errors of every spelling.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use zoom_chat_openapi_documents::OperationError;
use zoom_chat_openapi_documents::errors::errors::FailsError;

fn decode(status: u16, code: i64, message: &str) -> FailsError {
    FailsError::decode(status, Some(code), message)
}

#[test]
fn several_texts_under_one_code_are_told_apart() {
    assert_eq!(
        decode(400, 300, "Validation Failed."),
        FailsError::ValidationFailed
    );
    assert_eq!(
        decode(400, 300, "Invalid parameter: page_size."),
        FailsError::InvalidParameter {
            name: "page_size".to_owned()
        }
    );
    assert_eq!(
        decode(400, 300, "Anything else."),
        FailsError::BadRequest300 {
            value: "Anything else".to_owned()
        }
    );
    assert_eq!(
        decode(404, 1001, "User does not exist: u1."),
        FailsError::UserDoesNotExist1001 {
            user_id: "u1".to_owned()
        }
    );
    assert_eq!(
        decode(
            404,
            1001,
            "user u1 does not exist or does not belong to this account"
        ),
        FailsError::UserDoesNotExistOrDoesNotBelongToAccount {
            user_id: "u1".to_owned()
        }
    );
    let neither = "User gone.".to_owned();
    assert_eq!(
        decode(404, 1001, "User gone."),
        FailsError::Unknown {
            status: 404,
            code: Some(1001),
            message: neither
        }
    );
}

#[test]
fn one_text_under_several_statuses_is_one_error() {
    assert_eq!(
        decode(400, 124, "Invalid access token."),
        FailsError::InvalidAccessToken
    );
    assert_eq!(
        decode(401, 124, "Invalid access token."),
        FailsError::InvalidAccessToken
    );
    assert!(matches!(
        decode(403, 124, "Invalid access token."),
        FailsError::Unknown { status: 403, .. }
    ));
}

#[test]
fn one_text_under_two_codes_is_two_errors() {
    assert_eq!(
        decode(404, 1010, "User does not exist: u1."),
        FailsError::UserDoesNotExist1010 {
            user_id: "u1".to_owned()
        }
    );
}

#[test]
fn a_code_of_the_operation_needs_no_text() {
    assert_eq!(
        decode(404, 1010, "reworded"),
        FailsError::UserDoesNotExist1010 {
            user_id: String::new()
        }
    );
    assert_eq!(decode(400, 5008, ""), FailsError::LineOneLineTwo);
    assert_eq!(decode(429, 429, "whatever"), FailsError::TooManyRequests);
    assert_eq!(decode(400, 200, "whatever"), FailsError::BadRequest200);
    assert_eq!(decode(409, 6000, "Anything."), FailsError::ChosenName);
}

#[test]
fn spellings_of_one_text_are_one_error() {
    for text in [
        "Not allowed here.",
        "not allowed, here!",
        "Not allowed, HERE",
    ] {
        assert_eq!(decode(403, 7000, text), FailsError::NotAllowedHere);
    }
    assert_eq!(
        decode(403, 7001, "File does not exist: f1"),
        FailsError::FileDoesNotExist {
            file_id_or_file_name: "f1".to_owned()
        }
    );
}

#[test]
fn no_error_hides_another() {
    assert_eq!(
        decode(403, 7002, "Late by 5 s."),
        FailsError::LateByTime {
            time: "5 s".to_owned()
        }
    );
    assert_eq!(
        decode(403, 7002, "Jo came late by 5 s"),
        FailsError::WhoLateByTime {
            who: "Jo came".to_owned(),
            time: "5 s".to_owned()
        }
    );
    assert_eq!(
        decode(403, 7004, "Role does not exist for this account"),
        FailsError::RoleDoesNotExistForAccount
    );
}

#[test]
fn decoding_is_total_and_shown_as_text() {
    for code in [
        None,
        Some(0),
        Some(i64::MIN),
        Some(i64::MAX),
        Some(5006),
        Some(5009),
    ] {
        for message in ["", "{", "$", "\u{0}", "Costs $5", &"x".repeat(100_000)] {
            for status in [0, 200, 400, 404, u16::MAX] {
                let _ = FailsError::decode(status, code, message).to_string();
            }
        }
    }
    assert_eq!(
        FailsError::decode(400, Some(5099), "Card does not exist: c1. Costs 9.5"),
        FailsError::CardDoesNotExist {
            cards_card_id: "c1".to_owned(),
            cards: "9".to_owned(),
        }
    );
    let shown = |error: FailsError| error.to_string();
    assert_eq!(
        shown(FailsError::UserDoesNotExist1001 {
            user_id: "u1".to_owned()
        }),
        "User does not exist: u1."
    );
    assert_eq!(shown(FailsError::BadRequest5000), "code 5000");
    assert_eq!(
        shown(FailsError::decode(500, None, "Oops")),
        "status 500: Oops"
    );
}
