//! The typed mocks match what the client sends, and nothing else.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use httpmock::MockServer;
use reqwest::header::HeaderValue;
use zoom_chat_openapi::mock::MockServerExt;
use zoom_chat_openapi::{Attempt, Client, Error, OperationError, errors, types};

fn client(server: &MockServer, attempt: &Attempt) -> Client {
    Client::new_with_client(&server.base_url(), reqwest::Client::new(), attempt.clone())
}

fn message() -> types::SendChatMessageRequest {
    types::SendChatMessageRequest::builder()
        .message("Hi @Jill \"and\" Jack")
        .to_channel("825c".to_owned())
        .at_items(vec![types::SendChatMessageAtItem {
            start_position: Some(3),
            end_position: Some(7),
            at_type: Some(1),
            at_contact: Some("jchill@example.com".to_owned()),
        }])
        .try_into()
        .unwrap()
}

fn sent() -> types::SendChatMessageResponse {
    types::SendChatMessageResponse {
        id: Some("ex35785hgdfjgt".to_owned()),
    }
}

#[tokio::test]
async fn each_encoding_has_its_own_mock() {
    let server = MockServer::start_async().await;
    let multipart = server.send_chat_message(|when, then| {
        when.user_id("me").body(&message());
        then.created(&sent());
    });
    let json = server.send_chat_message_json(|when, then| {
        when.user_id("me").body(&message());
        then.created(&types::SendChatMessageResponse::default());
    });
    let client = client(&server, &Attempt::default());

    let answer = client
        .send_chat_message()
        .user_id("me")
        .body(message())
        .send()
        .await
        .unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.into_inner()),
        (201, sent())
    );
    assert_eq!((multipart.calls(), json.calls()), (1, 0));

    let answer = client
        .send_chat_message_json()
        .user_id("me")
        .body(message())
        .send()
        .await
        .unwrap();
    assert_eq!(
        answer.into_inner(),
        types::SendChatMessageResponse::default()
    );
    assert_eq!((multipart.calls(), json.calls()), (1, 1));
}

#[tokio::test]
async fn another_message_or_user_is_no_match() {
    let server = MockServer::start_async().await;
    server.send_chat_message(|when, then| {
        when.user_id("me").body(&message());
        then.created(&sent());
    });
    let client = client(&server, &Attempt::default());
    let mut other = message();
    other.message.push('!');
    let answer = client
        .send_chat_message()
        .user_id("me")
        .body(other)
        .send()
        .await;
    assert!(matches!(answer, Err(Error::UnexpectedResponse(_))));
    let answer = client
        .send_chat_message()
        .user_id("you")
        .body(message())
        .send()
        .await;
    assert!(matches!(answer, Err(Error::UnexpectedResponse(_))));
}

#[tokio::test]
async fn ids_are_no_patterns() {
    let server = MockServer::start_async().await;
    let client = client(&server, &Attempt::default());
    for id in ["a.c", "{27ED2949-1}", "a+b/c==", "50%", "(x|y)*", "é ü"] {
        let mut mock = server.send_chat_message(|when, then| {
            when.user_id(id);
            then.created(&sent());
        });
        client
            .send_chat_message()
            .user_id(id)
            .body(message())
            .send()
            .await
            .unwrap();
        let other = client
            .send_chat_message()
            .user_id("abc")
            .body(message())
            .send()
            .await;
        assert!(other.is_err(), "{id} must match itself alone");
        mock.assert_calls(1);
        mock.delete();
    }
}

#[tokio::test]
async fn documented_errors_arrive_whole_and_decode() {
    let server = MockServer::start_async().await;
    server.send_chat_message(|_, then| {
        then.not_found(&types::ZoomError {
            code: Some(1001),
            message: Some("User does not exist: jill@example.com.".to_owned()),
            errors: None,
        });
    });
    let attempt = Attempt::default();
    let answer = client(&server, &attempt)
        .send_chat_message()
        .user_id("me")
        .body(message())
        .send()
        .await;
    let Err(Error::UnexpectedResponse(response)) = answer else {
        panic!("{answer:?}")
    };
    let status = response.status().as_u16();
    let error: types::ZoomError = response.json().await.unwrap();
    assert_eq!(
        errors::SendChatMessageError::decode(status, error.code, &error.message.unwrap()),
        errors::SendChatMessageError::UserDoesNotExist {
            to_contact: "jill@example.com".to_owned()
        }
    );
    let observed = attempt.observed();
    assert!(observed.is_built);
    assert_eq!(observed.response.unwrap().status, 404);
}

#[tokio::test]
async fn any_other_status_can_be_answered() {
    let server = MockServer::start_async().await;
    server.send_chat_message(|_, then| {
        then.default_response(503, &types::ZoomError::default());
    });
    let client = client(&server, &Attempt::default());
    let answer = client
        .send_chat_message()
        .user_id("me")
        .body(message())
        .send()
        .await;
    assert!(matches!(answer, Err(Error::UnexpectedResponse(response)) if response.status() == 503));
}

#[tokio::test]
async fn only_what_the_caller_asked_for_is_sent() {
    let server = MockServer::start_async().await;
    let mock = server.send_chat_message(|when, then| {
        when.into_inner()
            .header("authorization", "Bearer canary")
            .header_missing("api-version")
            .header_exists("content-length")
            .header_missing("transfer-encoding");
        then.created(&sent());
    });
    let attempt = Attempt::new(Some(HeaderValue::from_static("Bearer canary")));
    let client = client(&server, &attempt);
    client
        .send_chat_message()
        .user_id("me")
        .body(message())
        .send()
        .await
        .unwrap();
    mock.assert_calls(1);
    assert!(!format!("{client:?} {attempt:?}").contains("canary"));
}

#[tokio::test]
async fn a_request_that_could_not_be_made_was_not_handed_over() {
    let server = MockServer::start_async().await;
    let attempt = Attempt::default();
    let answer = client(&server, &attempt)
        .send_chat_message()
        .user_id("me")
        .send()
        .await;
    assert!(matches!(answer, Err(Error::InvalidRequest(_))));
    assert!(!attempt.observed().is_built);
}

#[tokio::test]
async fn success_with_another_status_is_success() {
    let server = MockServer::start_async().await;
    server.send_chat_message(|_, then| {
        then.into_inner()
            .status(200)
            .body(r#"{"id":"1","surprise":null}"#);
    });
    let client = client(&server, &Attempt::default());
    let answer = client
        .send_chat_message()
        .user_id("me")
        .body(message())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.id.as_deref(), Some("1"));
}
