//! The client as a whole: any operation, many tasks.

use std::future::IntoFuture;

use zoom_chat_sdk::{
    Call, Error, Recipient, SendMessage, ZoomChat, errors::SendChatMessageError, requests,
};
use zoom_chat_tests::loopback::{Answer, Loopback};

#[tokio::test]
async fn any_generated_operation_can_be_called() {
    let answer = Answer::with(
        201,
        "x-zm-trackingid: WEB_7\r\n",
        r#"{"id":"m1","new_field":1}"#,
    );
    let refusal = Answer::json(400, r#"{"code":5301,"message":"Message sending failed."}"#);
    let zoom = Loopback::answering([answer, refusal]).await;
    let client = zoom.client();
    let send = || {
        let request = requests::SendChatMessage::new()
            .message("Hello")
            .to_channel("c");
        client.call(request.as_json())
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
    let received = zoom.received();
    let authorized: Vec<_> = received
        .iter()
        .map(|request| request.header("authorization"))
        .collect();
    assert_eq!(authorized, [Some("Bearer t0ken"); 2]);
}

#[test]
fn a_client_goes_anywhere() {
    fn anywhere<T: Send + Sync + 'static>() {}
    fn to_another_thread<T: Send + 'static>(_: fn(SendMessage) -> T) {}
    anywhere::<ZoomChat>();
    anywhere::<Error>();
    anywhere::<SendMessage>();
    anywhere::<Call<requests::SendChatMessage>>();
    anywhere::<Call<requests::UploadChatFile>>();
    to_another_thread(SendMessage::into_future);
    assert!(size_of::<Error>() <= 64, "{}", size_of::<Error>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_tasks_share_one_client() {
    let zoom = Loopback::answering((0..100).map(|_| Answer::sent("m1"))).await;
    let client = zoom.client();
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
