//! The client as a whole: any operation, the bare generated client, many tasks.

use std::future::IntoFuture;

use zoom_chat_sdk::{
    Delivery, Error, Recipient, SendMessage, ZoomChat, errors::SendChatMessageError,
    operations::SEND_CHAT_MESSAGE, types::SendChatMessageRequest,
};
use zoom_chat_tests::loopback::{Answer, Loopback};

fn client(zoom: &Loopback) -> ZoomChat {
    ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .build()
        .unwrap()
}

#[tokio::test]
async fn any_generated_operation_can_be_called() {
    let answer = Answer::with(
        201,
        "x-zm-trackingid: WEB_7\r\n",
        r#"{"id":"m1","new_field":1}"#,
    );
    let refusal = Answer::json(400, r#"{"code":5301,"message":"Message sending failed."}"#);
    let zoom = Loopback::answering([answer, refusal]).await;
    let client = client(&zoom);
    let send = || {
        client.call(&SEND_CHAT_MESSAGE, |api| async move {
            let body = SendChatMessageRequest::builder()
                .message("Hello")
                .to_channel("c".to_owned());
            api.send_chat_message_json()
                .user_id("me")
                .body(body)
                .send()
                .await
        })
    };
    let sent = send().await.unwrap();
    assert_eq!(sent.id.as_deref(), Some("m1"));
    assert_eq!(
        (sent.status(), sent.tracking_id(), sent.attempts()),
        (201, Some("WEB_7"), 1)
    );
    assert_eq!(sent.headers()["content-length"], "25");
    let error = send().await.unwrap_err();
    assert_eq!(
        error.documented(),
        Some(SendChatMessageError::MessageSendingFailed)
    );
    assert!(
        zoom.received()
            .iter()
            .all(|request| request.header("authorization") == Some("Bearer t0ken"))
    );
}

#[tokio::test]
async fn a_request_that_cannot_be_built_is_not_sent() {
    let zoom = Loopback::answering([]).await;
    let error = client(&zoom)
        .call(&SEND_CHAT_MESSAGE, |api| async move {
            api.send_chat_message_json().user_id("me").send().await
        })
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Request(_)) && error.is_invalid(),
        "{error:?}"
    );
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn the_generated_client_has_the_token() {
    let zoom = Loopback::answering([Answer::sent("m1")]).await;
    let body = SendChatMessageRequest::builder()
        .message("Hello")
        .to_channel("c".to_owned());
    let sent = client(&zoom)
        .api()
        .await
        .unwrap()
        .send_chat_message_json()
        .user_id("me")
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(sent.id.as_deref(), Some("m1"));
    assert_eq!(
        zoom.only_request().header("authorization"),
        Some("Bearer t0ken")
    );
}

#[test]
fn a_client_goes_anywhere() {
    fn anywhere<T: Send + Sync + 'static>() {}
    fn to_another_thread<T: Send + 'static>(_: fn(SendMessage) -> T) {}
    anywhere::<ZoomChat>();
    anywhere::<Error>();
    anywhere::<SendMessage>();
    to_another_thread(SendMessage::into_future);
    assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_tasks_share_one_client() {
    let zoom = Loopback::answering((0..100).map(|_| Answer::sent("m1"))).await;
    let client = client(&zoom);
    let tasks: Vec<_> = (0..100)
        .map(|at| {
            let send =
                client.send_message(Recipient::channel("c").unwrap(), format!("message {at}"));
            tokio::spawn(send.into_future())
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(zoom.received().len(), 100);
}
