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
use zoom_chat_openapi::{Attempt, Client, Error, OperationError, Request, errors, requests, types};

fn client(server: &MockServer, attempt: &Attempt) -> Client {
    Client::new_with_client(&server.base_url(), reqwest::Client::new(), attempt.clone())
}

fn message() -> types::SendChatMessageRequest {
    let mention = types::SendChatMessageAtItem::new()
        .start_position(3)
        .end_position(7)
        .at_type(1)
        .at_contact("jchill@example.com");
    types::SendChatMessageRequest::new()
        .message("Hi @Jill \"and\" Jack")
        .to_channel("825c")
        .at_items([mention])
}

fn request() -> requests::SendChatMessage {
    requests::SendChatMessage::new().body(message())
}

fn sent() -> types::SendChatMessageResponse {
    types::SendChatMessageResponse::new().id("ex35785hgdfjgt")
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

    let answer = request().send(&client).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.into_inner()),
        (201, sent())
    );
    assert_eq!((multipart.calls(), json.calls()), (1, 0));

    let answer = request().as_json().send(&client).await.unwrap();
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
    let other = message().message("Hi");
    let answer = request().body(other).send(&client).await;
    assert!(matches!(answer, Err(Error::UnexpectedResponse(_))));
    let answer = request().user_id("you").send(&client).await;
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
        request().user_id(id).send(&client).await.unwrap();
        let other = request().user_id("abc").send(&client).await;
        assert!(other.is_err(), "{id} must match itself alone");
        mock.assert_calls(1);
        mock.delete();
    }
}

#[tokio::test]
async fn documented_errors_arrive_whole_and_decode() {
    let server = MockServer::start_async().await;
    server.send_chat_message(|_, then| {
        then.not_found(
            &types::ZoomError::new()
                .code(1001)
                .message("User does not exist: jill@example.com."),
        );
    });
    let attempt = Attempt::default();
    let answer = request().send(&client(&server, &attempt)).await;
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
    let answer = request().send(&client).await;
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
    request().send(&client).await.unwrap();
    mock.assert_calls(1);
    assert!(!format!("{client:?} {attempt:?}").contains("canary"));
}

#[tokio::test]
async fn a_request_that_could_not_be_made_was_not_handed_over() {
    let server = MockServer::start_async().await;
    let attempt = Attempt::default();
    let answer = requests::SendChatMessage::new()
        .send(&client(&server, &attempt))
        .await;
    assert!(matches!(answer, Err(Error::InvalidRequest(_))));
    assert!(!attempt.observed().is_built);
}

#[tokio::test]
async fn enums_and_lists_are_matched_as_they_are_sent() {
    let server = MockServer::start_async().await;
    let listed = server.list_users_chat_messages(|when, then| {
        when.user_id("me")
            .search_type(&types::ListUsersChatMessagesSearchType::File)
            .page_size(5);
        then.ok(&types::ListUsersChatMessagesResponse::new().page_size(5));
    });
    let request = requests::ListUsersChatMessages::new()
        .from("2026-05-14")
        .to("2026-05-15")
        .search_type("file".into())
        .page_size(5);
    let client = client(&server, &Attempt::default());
    let answer = request.send(&client).await.unwrap();
    assert_eq!((answer.page_size, listed.calls()), (Some(5), 1));
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
    let answer = request().send(&client).await.unwrap();
    assert_eq!(answer.id.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_mock_that_does_not_match_tells_what_differs() {
    let message = || types::SendChatMessageRequest::new().message("Build 7 is green.");
    for (expected, sent, told) in [
        // A part that differs, with its value as expected and as received.
        (
            message().message("Build 8 is green."),
            message(),
            vec![
                "name=\"message\"\r\n\r\nBuild 8 is green.",
                "name=\"message\"\r\n\r\nBuild 7 is green.",
            ],
        ),
        // A part that is missing, and one that is not expected.
        (
            message().to_channel("825c"),
            message(),
            vec!["name=\"to_channel\"\r\n\r\n825c"],
        ),
        (
            message(),
            message().to_channel("825c"),
            vec!["name=\"to_channel\"\r\n\r\n825c"],
        ),
    ] {
        let server = MockServer::start_async().await;
        let client = client(&server, &Attempt::default());
        let multipart = server.send_chat_message(|when, then| {
            when.body(&expected);
            then.created(&types::SendChatMessageResponse::new());
        });
        let json = server.send_chat_message_json(|when, then| {
            when.body(&expected);
            then.created(&types::SendChatMessageResponse::new());
        });
        let request = requests::SendChatMessage::new().body(sent);
        let forms = (&multipart, request.clone(), told);
        for (mock, request, told) in [forms, (&json, request.as_json(), vec!["json_body"])] {
            assert!(request.send(&client).await.is_err());
            let failure = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| mock.assert()));
            let failure = failure.expect_err("the mock does not match");
            let text = failure.downcast_ref::<String>().expect("a text");
            for told in told {
                assert!(text.contains(told), "no {told:?} in {text}");
            }
        }
    }
}
