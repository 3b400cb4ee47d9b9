//! A request is looked at without being sent.

use zoom_chat_sdk::{Delivery, ErrorKind, multipart::File, requests, types};
use zoom_chat_tests::loopback::Loopback;

#[tokio::test]
async fn a_preview_is_what_would_be_sent_without_the_token() {
    let zoom = Loopback::answering([]).await;
    let client = zoom.client();
    let request = requests::UpdateMessage::new("a/b==")
        .to_channel("825c")
        .message("edited")
        .file_ids(["f1", "f2"]);
    let preview = client.preview(request).await.unwrap();
    assert_eq!(preview.method(), "PUT");
    assert_eq!(
        preview.url(),
        format!("{}/chat/users/me/messages/a%2Fb==", zoom.base_url())
    );
    assert_eq!(preview.headers()["content-type"], "application/json");
    assert!(!preview.headers().contains_key("authorization"));
    assert!(!preview.headers().contains_key("api-version"));
    let body: serde_json::Value = serde_json::from_slice(preview.body().unwrap()).unwrap();
    assert_eq!(
        body,
        serde_json::json!({ "message": "edited", "to_channel": "825c", "file_ids": ["f1", "f2"] })
    );
    assert!(!format!("{preview:?}").contains("t0ken"));
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn both_encodings_and_a_form_with_files_can_be_looked_at() {
    let zoom = Loopback::answering([]).await;
    let client = zoom.client();
    let message = requests::SendChatMessage::new()
        .to_channel("825c")
        .message("Hi")
        .at_items([types::SendChatMessageAtItem::new().at_type(2)]);
    let json = client.preview(message.clone().as_json()).await.unwrap();
    assert_eq!(
        json.body(),
        Some(&br#"{"message":"Hi","to_channel":"825c","at_items":[{"at_type":2}]}"#[..])
    );
    let form = client.preview(message.as_multipart()).await.unwrap();
    let text = std::str::from_utf8(form.body().unwrap()).unwrap();
    assert!(text.contains("name=\"message\"\r\n\r\nHi\r\n"), "{text}");
    let file = requests::UploadChatFile::new().file(File::new("a.txt", "A"));
    let file = client.preview(file).await.unwrap();
    let media_type = file.headers()["content-type"].to_str().unwrap();
    assert!(media_type.starts_with("multipart/form-data; boundary="));
    assert_eq!(file.body(), None);
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn what_cannot_be_sent_cannot_be_looked_at() {
    let zoom = Loopback::answering([]).await;
    let client = zoom.client();
    let error = client
        .preview(requests::DeleteMessage::new(".."))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request, "{error:?}");
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    assert_eq!(error.operation().unwrap().id, "deleteMessage");
}
