//! The operations on files, against the typed mocks: what they send, how the answer is decoded, and one documented
//! error of each.

use serde_json::json;
use zoom_chat_openapi::{mock::MockServerExt, multipart::File};
use zoom_chat_sdk::{errors, operations, requests};
use zoom_chat_tests::endpoint::{body, documented, refusal, zoom};

const FILE: &str = "Jw2rXk9TQ4mVb7LcN0sHyg";
const CHANNEL: &str = "4f1d0a7be2c94c5f8a63d21e90b7c458";

#[tokio::test]
async fn get_file_info() {
    let (server, zoom) = zoom().await;
    let info = body(json!({
        "file_id": FILE, "file_name": "notes.pdf", "OS_file_type": "pdf", "length": 48213,
        "created_time": 1_778_751_065_000_i64,
    }));
    let got = server.get_file_info(|when, then| {
        when.file_id(FILE);
        then.ok(&info);
    });
    server.get_file_info(|when, then| {
        when.file_id("gone");
        then.not_found(&refusal(404, "Resource not found."));
    });

    let call = |file_id| zoom.call(requests::GetFileInfo::new(file_id));
    let info = call(FILE).await.unwrap();
    got.assert();
    assert_eq!(info.os_file_type.as_deref(), Some("pdf"));
    assert_eq!(info.length, Some(48213.0));
    assert_eq!(
        documented(call("gone").await),
        errors::GetFileInfoError::ResourceNotFound,
    );
}

#[tokio::test]
async fn delete_chat_file() {
    let (server, zoom) = zoom().await;
    let deleted = server.delete_chat_file(|when, then| {
        when.file_id(FILE);
        then.no_content();
    });
    server.delete_chat_file(|when, then| {
        when.file_id("others");
        then.forbidden(&refusal(403, "Operation not permitted."));
    });

    let call = |file_id| zoom.call(requests::DeleteChatFile::new(file_id));
    assert_eq!(call(FILE).await.unwrap().status(), 204);
    deleted.assert();
    assert_eq!(
        documented(call("others").await),
        errors::DeleteChatFileError::OperationNotPermitted,
    );
}

#[tokio::test]
async fn upload_chat_file() {
    let (server, zoom) = zoom().await;
    let stored = body(json!({ "id": FILE }));
    let uploaded = server.upload_chat_file(|when, then| {
        when.user_id("me")
            .post_to_personal_chat(false)
            .part("file", b"0,1\n\xff");
        then.created(&stored);
    });
    server.upload_chat_file(|when, then| {
        when.user_id("me").post_to_personal_chat(true);
        then.bad_request(&refusal(300, "Maximum file size exceeded: 1 GB"));
    });

    let call = |post| {
        let file = File::new("data.csv", b"0,1\n\xff".to_vec()).content_type("text/csv");
        let upload = requests::UploadChatFile::new()
            .post_to_personal_chat(post)
            .file(file);
        zoom.call(upload)
    };
    assert_eq!(call(false).await.unwrap().id.as_deref(), Some(FILE));
    uploaded.assert();
    assert_eq!(
        documented(call(true).await),
        errors::UploadChatFileError::MaximumFileSizeExceeded {
            max_size: "1 GB".to_owned()
        },
    );
}

#[tokio::test]
async fn send_chat_file() {
    let (server, zoom) = zoom().await;
    let sent_message = body(json!({ "id": "m1" }));
    let sent = server.send_chat_file(|when, then| {
        when.user_id("me")
            .part("to_channel", CHANNEL.as_bytes())
            .part("files", b"notes");
        then.created(&sent_message);
    });
    server.send_chat_file(|when, then| {
        when.user_id("me").part("to_channel", b"gone");
        then.not_found(&refusal(4130, "Channel does not exist: gone."));
    });

    let call = |to_channel| {
        let send = requests::SendChatFile::new()
            .to_channel(to_channel)
            .files(File::new("notes.txt", "notes"));
        zoom.call(send)
    };
    assert_eq!(call(CHANNEL).await.unwrap().id.as_deref(), Some("m1"));
    sent.assert();
    assert_eq!(
        documented(call("gone").await),
        errors::SendChatFileError::ChannelDoesNotExist {
            to_channel: "gone".to_owned()
        },
    );
}

/// These two have a host of their own, which a base URL on this machine stands in for.
#[test]
fn files_are_sent_to_the_host_for_files() {
    for operation in [&operations::UPLOAD_CHAT_FILE, &operations::SEND_CHAT_FILE] {
        assert_eq!(
            operation.server,
            Some("https://file.zoom.us/v2"),
            "{}",
            operation.id
        );
    }
    assert_eq!(operations::GET_FILE_INFO.server, None);
}
