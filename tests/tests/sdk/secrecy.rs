//! The token is sent to Zoom and goes nowhere else.

use std::error::Error as _;

use zoom_chat_sdk::{
    Encoding, Error, ErrorKind, Message, Recipient, ZoomChat, errors::SendChatMessageError,
};
use zoom_chat_tests::loopback::{Answer, Loopback};

const CANARY: &str = "eyJ-canary-2f1c9b";

fn client(base_url: String) -> ZoomChat {
    ZoomChat::builder()
        .access_token(CANARY)
        .base_url(base_url)
        .build()
        .unwrap()
}

#[track_caller]
fn clean(text: &str) {
    assert!(!text.contains("canary"), "the token shows in: {text}");
}

fn check(error: &Error) {
    clean(&format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        clean(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
}

#[tokio::test]
async fn no_debug_or_display_shows_it() {
    let zoom = Loopback::answering([Answer::sent("m1"), Answer::sent("m2")]).await;
    let builder = ZoomChat::builder()
        .access_token(CANARY)
        .base_url(zoom.base_url());
    clean(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    clean(&format!("{client:?} {client:#?}"));
    let send = client.send_message(Recipient::channel("c").unwrap(), Message::new("Hello"));
    clean(&format!("{send:?}"));
    clean(&format!(
        "{:?}",
        send.clone().scheduled_at(std::time::UNIX_EPOCH)
    ));
    clean(&format!("{:?}", send.await.unwrap()));
    let request = zoom_chat_sdk::requests::SendChatMessage::new().message("x");
    clean(&format!(
        "{:?}",
        client.preview(request.clone()).await.unwrap()
    ));
    let call = client.call(request).header("x-secret", CANARY);
    clean(&format!("{call:?} {call:#?}"));
    let answer = call.await.unwrap();
    clean(&format!("{answer:?}"));
}

#[tokio::test]
async fn no_error_shows_it_even_when_the_server_echoes_it() {
    let echo = format!(
        r#"{{"code":124,"message":"Invalid access token: {CANARY}.","errors":[{{"field":"{CANARY}"}}]}}"#
    );
    let echoing_head = format!("Content-Type: text/plain\r\nx-echo: Bearer {CANARY}\r\n");
    let answers = [
        Answer::json(401, &echo),
        Answer::with(500, &echoing_head, &format!("you sent {CANARY}")),
        Answer::json(201, &format!(r#"{{"id":{{"token":"{CANARY}"}}}}"#)),
        Answer::json(201, &format!(r#"{{"token":"{CANARY}"}}"#)),
        Answer::json(200, &echo),
        Answer::BytesThenClose(Vec::new()),
        Answer::BytesThenClose(format!("{CANARY}: nonsense\r\n\r\n").into()),
    ];
    let zoom = Loopback::answering(answers.clone()).await;
    let client = client(zoom.base_url());
    for _ in answers {
        check(
            &client
                .send_message(Recipient::channel("c").unwrap(), "Hello")
                .await
                .unwrap_err(),
        );
    }
}

/// Every way in which a server may write a text.
fn forms(text: &str) -> Vec<String> {
    let each = |write: fn(u8) -> String| text.bytes().map(write).collect::<String>();
    vec![
        text.to_owned(),
        each(|byte| format!("%{byte:02X}")),
        each(|byte| format!("%25{byte:02x}")),
        each(|byte| format!("\\u{byte:04x}")),
        each(|byte| format!("\\\\u{byte:04x}")),
        each(|byte| format!("&#{byte};")),
        each(|byte| format!("{byte:02x}")),
        base64(text),
        base64(&format!("Bearer {text}")),
        base64(&format!("a:{text}:b")),
    ]
}

fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let byte = |at| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let index = (bits >> (18 - 6 * at)) as usize & 63;
            let is_padding = at > chunk.len();
            encoded.push(if is_padding {
                '='
            } else {
                char::from(ALPHABET[index])
            });
        }
    }
    encoded
}

#[test]
fn base64_is_right() {
    assert_eq!(base64("any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
    assert_eq!(base64("any carnal pleasu"), "YW55IGNhcm5hbCBwbGVhc3U=");
}

/// The form of the token in an answer, and what of the token must not show: most of that form.
#[tokio::test]
async fn no_form_of_it_shows() {
    for form in forms(CANARY) {
        let telling = &form[form.len() / 3..form.len() - 4];
        for answer in [
            Answer::json(
                401,
                &format!(r#"{{"code":124,"message":"You sent {form}."}}"#),
            ),
            Answer::json(
                400,
                &format!(
                    r#"{{"code":300,"message":"m","errors":[{{"field":"f","message":"{form}"}}]}}"#
                ),
            ),
            Answer::json(400, &format!(r#"{{"error":"{form}","reason":"{form}"}}"#)),
            Answer::json(200, &format!(r#"{{"code":124,"message":"{form}"}}"#)),
            Answer::json(500, &format!(r#"{{"code":1,"message":"{form}"#)),
            Answer::with(
                500,
                "Content-Type: text/plain\r\n",
                &format!("you sent {form}"),
            ),
            Answer::with(
                502,
                "Content-Type: text/html\r\n",
                &format!("<html><title>{form}</title>"),
            ),
            Answer::BytesThenClose(
                format!("HTTP/1.1 500 No\r\nContent-Length: 900\r\n\r\nyou sent {form}").into(),
            ),
        ] {
            let zoom = Loopback::answering([answer.clone()]).await;
            let error = client(zoom.base_url())
                .send_message(Recipient::channel("c").unwrap(), "Hello")
                .await
                .unwrap_err();
            check(&error);
            let told = format!(
                "{error} {error:?} {:?} {:?} {:?}",
                error.message(),
                error.field_errors(),
                error.documented().map(|error| error.to_string())
            );
            assert!(!told.contains(telling), "{answer:?} {told}");
            assert!(told.contains("[redacted]"), "{answer:?} {told}");
        }
    }
}

#[tokio::test]
async fn a_tracking_id_that_repeats_it_is_none() {
    for form in [CANARY.to_owned(), base64(CANARY)] {
        let headers = format!("x-zm-trackingid: WEB_{form}\r\n");
        let answers = [
            Answer::with(201, &headers, r#"{"id":"m1"}"#),
            Answer::with(404, &headers, ""),
            Answer::with(201, &headers, "{"),
        ];
        let zoom = Loopback::answering(answers).await;
        let client = client(zoom.base_url());
        let send = || client.send_message(Recipient::channel("c").unwrap(), "Hello");
        let sent = send().await.unwrap();
        assert_eq!(sent.tracking_id.as_deref(), Some("[redacted]"));
        for _ in 0..2 {
            assert_eq!(send().await.unwrap_err().tracking_id(), Some("[redacted]"));
        }
    }
}

/// A token of a few letters may stand in any text.
#[tokio::test]
async fn a_short_token_changes_no_error() {
    let body = r#"{"code":4130,"message":"Channel does not exist: code."}"#;
    for token in ["t", "token", "code", "\"code\"", "Channel"] {
        let zoom = Loopback::answering([Answer::json(404, body)]).await;
        let client = ZoomChat::builder()
            .access_token(token)
            .base_url(zoom.base_url())
            .build()
            .unwrap();
        let send = client.send_message(Recipient::channel("c").unwrap(), "Hello");
        let error = send.await.unwrap_err();
        assert_eq!((error.code(), error.is_not_found()), (Some(4130), true));
        assert_eq!(error.message(), Some("Channel does not exist: code."));
        assert_eq!(
            error.documented(),
            Some(SendChatMessageError::ChannelDoesNotExist {
                to_channel: "code".to_owned()
            })
        );
    }
}

#[test]
fn no_setting_shows_it() {
    let bad = format!("{CANARY}\u{0}");
    check(&ZoomChat::builder().access_token(bad).build().unwrap_err());
    let url = format!("https://user:{CANARY}@api.zoom.us/v2");
    check(
        &ZoomChat::builder()
            .access_token("t")
            .base_url(url)
            .build()
            .unwrap_err(),
    );
    let proxy =
        zoom_chat_sdk::reqwest::Proxy::all(format!("http://user:{CANARY}@127.0.0.1:1")).unwrap();
    let builder = ZoomChat::builder().access_token("t").proxy(proxy);
    clean(&format!("{builder:?}"));
    clean(&format!("{:?}", builder.build().unwrap()));
}

#[tokio::test]
async fn a_redirect_takes_it_nowhere() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Loopback::answering([]).await;
        let location = format!(
            "Location: {}/chat/users/me/messages\r\n",
            elsewhere.base_url()
        );
        let zoom = Loopback::answering([Answer::with(status, &location, "")]).await;
        let client = client(zoom.base_url());
        let send = client.send_message(Recipient::channel("c").unwrap(), "Hello");
        let error = send.encoding(Encoding::Multipart).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
        assert_eq!(error.status(), Some(status));
        assert_eq!(zoom.received().len(), 1);
        assert!(
            elsewhere.received().is_empty(),
            "{:#?}",
            elsewhere.received()
        );
    }
}
