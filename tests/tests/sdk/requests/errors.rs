//! The error of a call knows its operation, and is the one error all the same.

use std::error::Error as _;

use zoom_chat_sdk::{
    CallError, Error,
    errors::{GetMessageError, ListBookmarksError},
    requests,
    retry::RetryPolicy,
};
use zoom_chat_tests::loopback::{Answer, Loopback};

const EXPIRED: &str = r#"{"code":300,"message":"The next page token is invalid or expired."}"#;

fn answers(status: u16, body: &str) -> [Answer; 1] {
    [Answer::json(status, body)]
}

async fn failed(answers: [Answer; 1]) -> CallError<ListBookmarksError> {
    let zoom = Loopback::answering(answers).await;
    let call = zoom.client().call(requests::ListBookmarks::new());
    call.retry(RetryPolicy::none()).await.unwrap_err()
}

#[tokio::test]
async fn an_error_knows_its_operation() {
    let failed = failed(answers(400, EXPIRED)).await;
    let expected = ListBookmarksError::NextPageTokenIsInvalidOrExpired;
    assert_eq!(failed.documented(), Some(expected.clone()));
    assert_eq!((failed.status(), failed.code()), (Some(400), Some(300)));
    let (display, debug) = (failed.to_string(), format!("{failed:?}"));

    let error: Error = failed.into();
    assert_eq!((error.to_string(), format!("{error:?}")), (display, debug));
    assert_eq!(
        error.documented::<ListBookmarksError>().unwrap(),
        Some(expected)
    );
}

#[tokio::test]
async fn the_errors_of_another_operation_are_told_apart() {
    let error = failed(answers(400, EXPIRED)).await.into_error();
    let other = error.documented::<GetMessageError>().unwrap_err();
    assert_eq!(
        (other.failed().id, other.asked().id),
        ("listBookmarks", "getMessage")
    );
    assert_eq!(
        other.to_string(),
        "listBookmarks failed, not getMessage, whose errors were requested"
    );
}

#[tokio::test]
async fn without_an_answer_nothing_is_documented() {
    let failed = failed([Answer::BytesThenClose(Vec::new())]).await;
    assert_eq!(failed.documented(), None);
    assert!(failed.source().is_some());
    let error = failed.into_error();
    assert_eq!(error.documented::<ListBookmarksError>().unwrap(), None);
}

#[tokio::test]
async fn what_is_not_documented_keeps_everything() {
    let failed = failed(answers(404, r#"{"code":77,"message":"New."}"#)).await;
    assert_eq!(
        failed.documented(),
        Some(ListBookmarksError::Unknown {
            status: 404,
            code: Some(77),
            message: "New.".to_owned()
        })
    );
}

/// Any error is passed on by `?`, to the error of a call and from it.
#[tokio::test]
async fn one_error_becomes_the_other() {
    async fn listing(zoom: &Loopback) -> Result<(), CallError<ListBookmarksError>> {
        let client = zoom.client();
        client.call(requests::ListBookmarks::new()).await?;
        zoom_chat_sdk::ZoomChat::builder().build()?;
        Ok(())
    }
    async fn program(zoom: &Loopback) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        listing(zoom).await?;
        Ok(())
    }
    let zoom = Loopback::answering([Answer::json(200, "{}")]).await;
    let error = program(&zoom).await.unwrap_err();
    assert!(error.to_string().contains("access_token"), "{error}");
}

#[test]
fn the_error_of_a_call_is_no_larger() {
    assert_eq!(
        size_of::<CallError<ListBookmarksError>>(),
        size_of::<Error>()
    );
}
