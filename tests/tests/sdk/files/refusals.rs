//! What is repeated, and what is told when a file is refused or lost.

use std::{
    io,
    sync::atomic::{AtomicU32, Ordering},
};

use zoom_chat_sdk::{
    Delivery, ErrorKind, FileSource, Recipient, UploadFile, ZoomChat,
    auth::{AccessToken, BoxFuture, TokenError, TokenSource},
    errors::{SendChatFileError, UploadChatFileError},
    retry::GiveUp,
};
use zoom_chat_tests::{
    file_host::{FileHost, Reply},
    loopback::{Answer, Loopback},
};

use super::{client, counted, large};

/// A source of the tokens `token-0`, `token-1`, …
#[derive(Debug, Default)]
struct Numbered(AtomicU32);

impl TokenSource for Numbered {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let number = self.0.load(Ordering::SeqCst);
        Box::pin(async move { AccessToken::new(format!("token-{number}")) })
    }

    fn invalidate(&self, _: &AccessToken) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn with_another_token_the_file_is_opened_again() {
    let other = Loopback::answering([Answer::with(401, "", ""), Answer::sent("f1")]).await;
    let location = format!("Location: {}/up\r\n", other.base_url());
    let redirect = || Answer::with(307, &location, "");
    let zoom = Loopback::answering([redirect(), redirect()]).await;
    let client = ZoomChat::builder()
        .base_url(zoom.base_url())
        .token_source(Numbered::default())
        .build()
        .unwrap();
    let (source, opened) = counted("once more");
    let uploaded = client.upload_file(source).await.unwrap();
    assert_eq!((uploaded.attempts, opened.load(Ordering::SeqCst)), (2, 4));
    for host in [zoom.received(), other.received()] {
        for (number, request) in host.iter().enumerate() {
            let token = format!("Bearer token-{number}");
            assert_eq!(request.header("authorization"), Some(token.as_str()));
            assert!(request.text().contains("\r\n\r\nonce more\r\n"));
        }
    }
}

#[tokio::test]
async fn after_a_rate_limit_the_file_is_opened_again() {
    let zoom = Loopback::answering([
        // Longer than an attempt may take: the next one has its own time.
        Answer::with(429, "Retry-After: 100\r\n", ""),
        Answer::with(429, "", ""),
        Answer::sent("f1"),
    ])
    .await;
    let (source, opened) = counted("once more");
    let uploaded = client(zoom.base_url()).upload_file(source).await.unwrap();
    assert_eq!((uploaded.attempts, opened.load(Ordering::SeqCst)), (3, 3));
    let received = zoom.received();
    let whole = received
        .iter()
        .filter(|request| request.text().contains("once more"));
    assert_eq!((received.len(), whole.count()), (3, 3));
}

#[tokio::test]
async fn an_upload_that_may_have_been_accepted_is_not_repeated() {
    for lost in [
        Answer::BytesThenClose(Vec::new()),
        Answer::with(502, "", ""),
        Answer::with(503, "Retry-After: 1\r\n", ""),
        Answer::json(
            400,
            r#"{"code":5601,"message":"System error, please try again later."}"#,
        ),
    ] {
        let zoom = Loopback::answering([lost.clone(), Answer::sent("twice")]).await;
        let upload = client(zoom.base_url()).upload_file(FileSource::bytes("a", "A"));
        let error = upload.await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{lost:?}");
        assert_eq!(error.gave_up(), Some(GiveUp::MayHaveBeenSent), "{lost:?}");
        assert_eq!(zoom.received().len(), 1, "{lost:?}");
    }
}

#[tokio::test]
async fn a_reset_in_the_middle_leaves_it_open() {
    let host = FileHost::on(
        "127.0.0.1",
        [Reply::ResetAfter(100_000), Reply::uploaded("twice")],
    );
    let upload = client(host.url("/v2")).upload_file(FileSource::bytes("a", large()));
    let error = upload.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 1));
    assert_eq!(error.gave_up(), Some(GiveUp::MayHaveBeenSent));
    assert_eq!(host.uploads().len(), 1);
}

#[tokio::test]
async fn a_refusal_that_comes_before_the_file_is_read() {
    let body = r#"{"code":300,"message":"Maximum file size exceeded: 1 GB"}"#;
    for status in [400, 413] {
        let host = FileHost::on("127.0.0.1", [Reply::early_refusal(status, body)]);
        let upload = client(host.url("/v2")).upload_file(FileSource::bytes("a", large()));
        let error = upload.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
        assert_eq!(
            (error.status(), error.code()),
            (Some(status), Some(300)),
            "{error:?}"
        );
        assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 1));
        if status == 400 {
            let max_size = "1 GB".to_owned();
            assert_eq!(
                error.documented(),
                Some(UploadChatFileError::MaximumFileSizeExceeded { max_size })
            );
        }
    }
}

#[tokio::test]
async fn a_file_that_was_refused_is_not_sent_to_its_end() {
    let size = UploadFile::MAX_SIZE;
    let host = FileHost::on("127.0.0.1", [Reply::early_refusal(413, "")]);
    let source = FileSource::factory("a", size, || async {
        Ok::<_, io::Error>(tokio::io::repeat(1))
    });
    let error = client(host.url("/v2"))
        .upload_file(source)
        .await
        .unwrap_err();
    assert_eq!(
        (error.status(), error.delivery()),
        (Some(413), Delivery::NotSent)
    );
    let upload = host.first_upload().await;
    assert!(
        !upload.complete && upload.size < size / 2,
        "{}",
        upload.size
    );
}

#[tokio::test]
async fn documented_refusals_of_a_sent_file() {
    let body = r#"{"code":5402,"message":"This only supports replies to a main message."}"#;
    let zoom = Loopback::answering([Answer::json(400, body)]).await;
    let to = Recipient::channel("825c").unwrap();
    let error = client(zoom.base_url())
        .send_file(to, FileSource::bytes("a", "A"))
        .reply_to("m0")
        .await
        .unwrap_err();
    assert_eq!(
        error.documented(),
        Some(SendChatFileError::OnlyRepliesToMainMessage)
    );
    let error = error.into_error();
    let other = error.documented::<UploadChatFileError>().unwrap_err();
    assert_eq!(other.asked().id, "uploadChatFile");
}

#[tokio::test]
async fn a_file_that_zoom_took_without_telling_its_id() {
    let zoom = Loopback::answering([Answer::json(201, "{}")]).await;
    let error = client(zoom.base_url())
        .upload_file(FileSource::bytes("a", "A"))
        .await
        .unwrap_err();
    assert!(error.delivery().may_have_been_sent());
    assert_eq!(zoom.received().len(), 1);
}
