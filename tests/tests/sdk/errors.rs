//! Every answer that is no success, and every success that cannot be read, becomes an error that tells the truth.

use zoom_chat_sdk::{
    Delivery, Error, ErrorKind, FieldError, Recipient, Sent, ZoomChat,
    errors::SendChatMessageError, requests, retry::RetryPolicy,
};
use zoom_chat_tests::loopback::{Answer, Loopback};

async fn send_to(zoom: &Loopback) -> Result<Sent, Error> {
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .build()?;
    client
        .send_message(Recipient::channel("825c8d2b")?, "Hello")
        .await
        .map_err(Error::from)
}

async fn refused(answer: Answer) -> Error {
    let zoom = Loopback::answering([answer]).await;
    let error = send_to(&zoom).await.expect_err("an error");
    assert_eq!(zoom.received().len(), 1, "it was repeated");
    error
}

#[tokio::test]
async fn the_four_errors_of_the_postman_item() {
    let cases = [
        (
            400,
            5301,
            "Message sending failed.",
            SendChatMessageError::MessageSendingFailed,
        ),
        (
            400,
            5402,
            "This only supports replies to a main message.",
            SendChatMessageError::OnlyRepliesToMainMessage,
        ),
        (
            404,
            1001,
            "User does not exist: jill@example.com.",
            SendChatMessageError::UserDoesNotExist {
                to_contact: "jill@example.com".to_owned(),
            },
        ),
        (
            404,
            4130,
            "Channel does not exist: 825c/8d+2b==.",
            SendChatMessageError::ChannelDoesNotExist {
                to_channel: "825c/8d+2b==".to_owned(),
            },
        ),
    ];
    for (status, code, message, documented) in cases {
        let error = refused(Answer::json(
            status,
            &format!(r#"{{"code":{code},"message":"{message}"}}"#),
        ))
        .await;
        assert_eq!(
            (error.status(), error.code(), error.message()),
            (Some(status), Some(code), Some(message))
        );
        assert_eq!(
            error.documented::<SendChatMessageError>().unwrap(),
            Some(documented)
        );
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert_eq!(
            error.operation().map(|operation| operation.id),
            Some("sendChatMessage")
        );
        assert_eq!(error.attempts(), 1);
        assert_eq!(
            error.to_string(),
            format!("sendChatMessage answered {status}, code {code}: {message}")
        );
    }
}

#[tokio::test]
async fn an_undocumented_error_keeps_code_and_text() {
    let error = refused(Answer::json(418, r#"{"code":42,"message":"Teapot."}"#)).await;
    assert_eq!(
        error.documented::<SendChatMessageError>().unwrap(),
        Some(SendChatMessageError::Unknown {
            status: 418,
            code: Some(42),
            message: "Teapot.".to_owned()
        })
    );
}

#[tokio::test]
async fn everything_of_the_answer_can_be_reached() {
    let body = r#"{"code":300,"message":"Validation Failed.","errors":[{"field":"to_contact","message":"Invalid field."}]}"#;
    let error = refused(Answer::with(
        400,
        "x-zm-trackingid: WEB_1\r\nx-other: 2\r\n",
        body,
    ))
    .await;
    assert!(error.is_invalid());
    let [FieldError { field, message, .. }] = error.field_errors() else {
        panic!("one field error")
    };
    assert_eq!(
        (field.as_str(), message.as_str()),
        ("to_contact", "Invalid field.")
    );
    assert_eq!(error.tracking_id(), Some("WEB_1"));
    assert_eq!(error.headers().unwrap()["x-other"], "2");
    assert_eq!(error.body(), Some(body.as_bytes()));
    assert_eq!(
        error.to_string(),
        "sendChatMessage answered 400, code 300: Validation Failed. [to_contact: Invalid field.]"
    );
}

/// What the body is like says nothing about the status, and no body is too odd to be read.
#[tokio::test]
async fn odd_bodies() {
    let json = "Content-Type: application/json\r\n";
    let html = "Content-Type: text/html\r\n";
    let cases: [(&str, &str, Option<i64>, &str); 11] = [
        ("", "", None, ""),
        (json, "", None, ""),
        (
            "Content-Type: text/plain\r\n",
            "upstream timed out\n",
            None,
            "upstream timed out",
        ),
        (
            html,
            "<html><head><title>503 Sorry</title></head></html>",
            None,
            "503 Sorry",
        ),
        (
            json,
            "<html><head><title>503 Sorry</title></head></html>",
            None,
            "503 Sorry",
        ),
        (
            html,
            r#"{"code":5301,"message":"Message sending failed."}"#,
            Some(5301),
            "Message sending failed.",
        ),
        (
            json,
            r#"{"code":"5301","message":"Message sending failed."}"#,
            Some(5301),
            "Message sending failed.",
        ),
        (
            json,
            r#"{"code":5301,"message":"Message sending fai"#,
            Some(5301),
            r#"{"code":5301,"message":"Message sending fai"#,
        ),
        (
            json,
            r#"{"code":7010,"message":"No.","result":false}"#,
            Some(7010),
            "No.",
        ),
        (
            json,
            r#"{"reason":"Invalid client","error":"invalid_client"}"#,
            None,
            "Invalid client",
        ),
        (json, "[]", None, "[]"),
    ];
    for (headers, body, code, message) in cases {
        for status in [400, 404, 500, 503] {
            let error = refused(Answer::with(status, headers, body)).await;
            assert_eq!(error.status(), Some(status), "{body}");
            assert_eq!(error.code(), code, "{body}");
            assert_eq!(error.message(), Some(message), "{body}");
            assert_eq!(error.body(), Some(body.as_bytes()));
            // A 404 says enough by itself; of a 400 that is cut, nobody knows how it went on.
            let is_cut = body.ends_with("fai");
            assert_eq!(
                error.delivery() == Delivery::NotSent,
                status == 404 || (status == 400 && !is_cut),
                "{status} {body}"
            );
            let _ = error
                .documented::<SendChatMessageError>()
                .unwrap()
                .expect("an answer is always decoded");
            let _ = format!("{error} {error:?}");
        }
    }
}

#[tokio::test]
async fn bytes_that_are_no_text() {
    let mut answer = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\n".to_vec();
    answer.extend(b"\xff\x00\xfe{");
    let error = refused(Answer::Bytes(answer)).await;
    assert_eq!((error.status(), error.code()), (Some(502), None));
    assert_eq!(error.body(), Some(b"\xff\x00\xfe{".as_slice()));
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_the_status() {
    let head =
        "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n";
    let cut = Answer::BytesThenClose(format!(r#"{head}{{"code":4130,"message":"Channel"#).into());
    let error = refused(cut).await;
    assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
    assert_eq!((error.status(), error.code()), (Some(404), Some(4130)));
    assert_eq!(error.delivery(), Delivery::NotSent);
}

/// The whole of it may be code 5601, of which nothing says whether it took effect.
#[tokio::test]
async fn a_refusal_that_breaks_off_is_no_refusal_unless_its_status_alone_is() {
    let whole = r#"{"code":5601,"message":"System error, please try again later."}"#;
    let not_json =
        r#"{"code":300,"message":"Request Body should be a valid JSON object.","errors":["#;
    for status in [400, 402, 409, 424] {
        for (length, body) in [
            (whole.len(), ""),
            (whole.len(), whole.get(..11).unwrap()),
            (whole.len(), whole.get(..30).unwrap()),
            (900, not_json),
            (900, "<html>"),
            // The length is right, and it is cut all the same.
            (11, whole.get(..11).unwrap()),
        ] {
            let head = format!("HTTP/1.1 {status} No\r\nContent-Length: {length}\r\n\r\n{body}");
            let error = refused(Answer::BytesThenClose(head.into())).await;
            assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
            assert_eq!(error.status(), Some(status), "{body}");
            assert_eq!(error.delivery(), Delivery::Unknown, "{status} {body}");
            assert!(error.to_string().contains("broke off"), "{error}");
        }
        // Without a length, nobody can tell whether this is the end.
        for (body, delivery) in [
            ("", Delivery::Unknown),
            ("<html>", Delivery::Unknown),
            (r#"{"code":5301,"message":"No."}"#, Delivery::NotSent),
        ] {
            let head = format!("HTTP/1.1 {status} No\r\nConnection: close\r\n\r\n{body}");
            let error = refused(Answer::BytesThenClose(head.into())).await;
            assert_eq!(error.delivery(), delivery, "{status} {body}");
        }
    }
    for status in [401, 403, 404, 413, 415, 429] {
        let zoom = Loopback::answering([Answer::BytesThenClose(
            format!("HTTP/1.1 {status} No\r\nContent-Length: 90\r\n\r\n{{").into(),
        )])
        .await;
        let client = ZoomChat::builder()
            .access_token("t0ken")
            .base_url(zoom.base_url())
            .encoding(zoom_chat_sdk::Encoding::Json)
            .retry(RetryPolicy::none());
        let send = client.build().unwrap();
        let to = Recipient::channel("825c8d2b").unwrap();
        let error = send.send_message(to, "Hello").await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::NotSent, "{status}");
        assert!(!error.to_string().contains("broke off"), "{error}");
    }
}

/// The status of a rate limit says enough, whatever became of the body.
#[tokio::test]
async fn a_rate_limit_whose_body_broke_off_is_waited_for() {
    let cut = b"HTTP/1.1 429 No\r\nContent-Length: 90\r\n\r\n{".to_vec();
    let zoom = Loopback::answering([Answer::BytesThenClose(cut), Answer::sent("m1")]).await;
    let client = zoom.client_without_waits();
    let to = Recipient::channel("825c8d2b").unwrap();
    assert_eq!(client.send_message(to, "Hello").await.unwrap().attempts, 2);
}

/// What may be repeated is: the trouble may pass.
#[tokio::test]
async fn a_listing_is_asked_for_again_after_a_refusal_that_broke_off() {
    let cut = b"HTTP/1.1 400 No\r\nContent-Length: 90\r\n\r\n{".to_vec();
    let empty = Answer::json(200, r#"{"bookmarks":[]}"#);
    let zoom = Loopback::answering([Answer::BytesThenClose(cut), empty]).await;
    let client = zoom.client_without_waits();
    assert!(
        client
            .pages(requests::ListBookmarks::new())
            .items()
            .next()
            .await
            .is_none()
    );
    assert_eq!(zoom.received().len(), 2);
}

#[tokio::test]
async fn a_length_that_is_too_short_leaves_the_status() {
    let head = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 13\r\n\r\n";
    let error = refused(Answer::Bytes(
        format!(r#"{head}{{"code":4130,"message":"no"}}"#).into(),
    ))
    .await;
    assert_eq!(
        (error.status(), error.code()),
        (Some(404), Some(4130).filter(|_| false))
    );
}

#[tokio::test]
async fn of_an_endless_body_the_start_is_read() {
    let mut answer = b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..64 {
        answer.extend(b"1000\r\n");
        answer.extend([b'x'; 4096]);
        answer.extend(b"\r\n");
    }
    let began = tokio::time::Instant::now();
    let error = refused(Answer::BytesThenSilence(answer)).await;
    // Far from the limit of an attempt: the rest is not waited for.
    assert!(began.elapsed().as_secs() < 20);
    assert_eq!(error.status(), Some(500));
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
    assert!(error.to_string().len() < 1000);
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_told_from_a_failure() {
    let cases = [
        // Zoom's own, cut or empty: it was sent.
        (Answer::json(201, ""), Delivery::Accepted),
        (Answer::json(201, r#"{"id":"#), Delivery::Accepted),
        (Answer::json(201, r#"{"id":[7]}"#), Delivery::Accepted),
        (Answer::json(200, ""), Delivery::Unknown),
        // Nothing that shows that Zoom had a part in it, or that it did what was asked.
        (
            Answer::with(
                201,
                "Content-Type: text/html\r\n",
                "<html>Log in first</html>",
            ),
            Delivery::Unknown,
        ),
        (
            Answer::with(
                200,
                "Content-Type: text/html\r\n",
                "<html>Log in first</html>",
            ),
            Delivery::Unknown,
        ),
        (Answer::json(201, "{}"), Delivery::Unknown),
        (Answer::json(201, r#"{"id":""}"#), Delivery::Unknown),
    ];
    for (answer, delivery) in cases {
        let error = refused(answer.clone()).await;
        assert_eq!(error.kind(), ErrorKind::Answer, "{answer:?} {error:?}");
        assert_eq!(error.delivery(), delivery, "{answer:?}");
        assert!(matches!(error.status(), Some(200 | 201)));
        assert!(
            error
                .documented::<SendChatMessageError>()
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn an_error_in_the_guise_of_a_success_is_an_error() {
    for status in [200, 201] {
        let error = refused(Answer::json(
            status,
            r#"{"code":5301,"message":"Message sending failed."}"#,
        ))
        .await;
        assert_eq!(
            (error.status(), error.delivery()),
            (Some(status), Delivery::Unknown)
        );
        assert_eq!(
            (error.code(), error.message()),
            (Some(5301), Some("Message sending failed."))
        );
    }
}

/// However the error is spelt: an answer that is not seen to be one passes for an empty listing, or for a deletion.
#[tokio::test]
async fn a_refusal_in_disguise_is_no_empty_answer() {
    let text = "Only available for paid accounts.";
    let bodies: [(Vec<u8>, Option<i64>, &str); 10] = [
        (
            format!(r#"{{"code":200,"message":"{text}"}}"#).into(),
            Some(200),
            text,
        ),
        (
            format!(r#"{{"code":"200","message":"{text}"}}"#).into(),
            Some(200),
            text,
        ),
        (
            format!(r#"{{"code":200.0,"message":"{text}"}}"#).into(),
            Some(200),
            text,
        ),
        (
            br#"{"code":200,"message":null}"#.to_vec(),
            Some(200),
            r#"{"code":200,"message":null}"#,
        ),
        (br#"{"code":200}"#.to_vec(), Some(200), r#"{"code":200}"#),
        (
            br#"{"code":0,"code":200,"code":300}"#.to_vec(),
            Some(200),
            r#"{"code":0,"code":200,"code":300}"#,
        ),
        (
            b"{\"code\":200,\"message\":\"\xff!\"}".to_vec(),
            Some(200),
            "\u{fffd}!",
        ),
        (
            format!(r#"{{"error":"invalid","message":"{text}"}}"#).into(),
            None,
            text,
        ),
        (
            br#"{"error":"invalid_request"}"#.to_vec(),
            None,
            "invalid_request",
        ),
        (
            format!(r#"{{"reason":"{text}","result":false}}"#).into(),
            None,
            text,
        ),
    ];
    for (body, code, message) in bodies {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let answer = Answer::Bytes([head.as_bytes(), &body].concat());
        let zoom = Loopback::answering([answer.clone(), answer]).await;
        let client = ZoomChat::builder()
            .access_token("t0ken")
            .base_url(zoom.base_url())
            .build()
            .unwrap();
        let listed = client
            .call(requests::ListBookmarks::new())
            .await
            .map(drop)
            .map_err(Error::from);
        let deleted = client
            .call(requests::DeleteChatFile::new("f"))
            .await
            .map(drop)
            .map_err(Error::from);
        for outcome in [listed, deleted] {
            let error = outcome.expect_err(message);
            assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
            assert_eq!((error.status(), error.code()), (Some(200), code));
            assert_eq!(error.message(), Some(message));
            assert_eq!(error.delivery(), Delivery::Unknown);
        }
    }
}

#[tokio::test]
async fn a_success_whose_body_breaks_off_was_sent() {
    let head =
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n";
    let error = refused(Answer::BytesThenClose(format!(r#"{head}{{"id":"#).into())).await;
    assert_eq!(error.kind(), ErrorKind::Answer, "{error:?}");
    assert_eq!(
        (error.status(), error.delivery()),
        (Some(201), Delivery::Accepted)
    );
    assert_eq!(
        error.to_string(),
        "the answer 201 to sendChatMessage broke off; it took effect; do not repeat it"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_it_open_whether_the_message_was_sent() {
    for answer in ["", "HTTP/1.1 201", "garbage\r\n\r\n"] {
        let error = refused(Answer::BytesThenClose(answer.into())).await;
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
        assert!(!error.is_connect() && !error.is_timeout());
        assert_eq!(
            (error.status(), error.delivery()),
            (None, Delivery::Unknown)
        );
        assert!(error.delivery().may_have_been_sent());
        assert_eq!(
            error.to_string(),
            "sendChatMessage got no answer, because the connection broke; it may have taken effect; check in Zoom before repeating it"
        );
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let zoom = Loopback::answering([]).await;
    let base_url = zoom.base_url();
    drop(zoom);
    // The task that held the listener ends at its next turn.
    tokio::task::yield_now().await;
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(base_url)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client
        .send_message(Recipient::contact("a@example.com").unwrap(), "Hello")
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(
        error.to_string(),
        "sendChatMessage could not connect to Zoom; nothing was sent; retry later"
    );
}

#[tokio::test]
async fn no_part_of_an_error_repeats_another() {
    let error = refused(Answer::BytesThenClose(Vec::new())).await;
    let mut told = vec![error.to_string()];
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        told.push(cause.to_string());
        source = cause.source();
    }
    assert!(told.len() > 1, "{told:?}");
    for (at, text) in told.iter().enumerate() {
        assert!(
            told[at + 1..]
                .iter()
                .all(|later| !text.contains(later.as_str())),
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn missing_scopes_are_named_with_those_that_are_needed() {
    let body = r#"{"code":4711,"message":"Invalid access token, does not contain scopes:[chat_message:write, team_chat:write:user_message]."}"#;
    let error = refused(Answer::json(401, body)).await;
    assert!(error.is_auth());
    assert_eq!(
        error.missing_scopes(),
        ["chat_message:write", "team_chat:write:user_message"]
    );
    let told = error.to_string();
    assert!(
        told.contains("needs one of the scopes chat_message:write, "),
        "{told}"
    );
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn a_code_of_missing_scopes_that_names_none_is_told_as_it_is() {
    let body = r#"{"code":4700,"message":"Token cannot be empty."}"#;
    let error = refused(Answer::json(401, body)).await;
    assert!(error.is_auth() && error.missing_scopes().is_empty());
    assert_eq!(
        error.to_string(),
        "sendChatMessage answered 401, code 4700: Token cannot be empty; check the access token"
    );
}

/// What a server writes must not move a cursor, add a line to a log, or turn text around.
#[tokio::test]
async fn text_of_a_server_acts_on_nobodys_terminal() {
    let hostile = "a\u{1b}[2Jb\r\nc\u{9b}d\u{202e}e\u{2066}f\u{2028}g\u{7f}h\0i\u{200b}j";
    let in_json: String = hostile
        .chars()
        .map(|c| format!("\\u{:04x}", u32::from(c)))
        .collect();
    let acts = |c: char| c.is_control() || "\u{202e}\u{2066}\u{2028}\u{200b}".contains(c);
    for body in [
        format!(r#"{{"code":42,"message":"{in_json}"}}"#),
        format!(r#"{{"code":4130,"message":"Channel does not exist: {in_json}."}}"#),
        format!(
            r#"{{"code":300,"message":"m","errors":[{{"field":"{in_json}","message":"{in_json}"}}]}}"#
        ),
        format!(r#"{{"error":"{in_json}","reason":"{in_json}"}}"#),
        hostile.to_owned(),
        format!("<html><title>{hostile}</title>"),
    ] {
        for status in [404, 500] {
            let error = refused(Answer::json(status, &body)).await;
            let documented = error.documented::<SendChatMessageError>().unwrap().unwrap();
            for told in [
                error.to_string(),
                format!("{error:?}"),
                documented.to_string(),
                format!("{documented:?}"),
            ] {
                assert!(!told.contains(acts), "{told:?}");
                assert!(told.contains('a'), "{told}");
            }
        }
    }
}

/// A bot that removes recipients who do not exist must not remove all because a gateway was set up wrongly.
#[tokio::test]
async fn only_zoom_says_that_something_does_not_exist_or_is_not_allowed() {
    let html = "<html><title>404 Not Found</title></html>";
    for (status, body, is_not_found, is_auth) in [
        (
            404,
            r#"{"code":1001,"message":"User does not exist: a."}"#,
            true,
            false,
        ),
        (404, r#"{"code":4130,"message":"No channel."}"#, true, false),
        (
            404,
            r#"{"code":64041,"message":"Route Not Found"}"#,
            false,
            false,
        ),
        (404, r#"{"code":404,"message":"Not Found"}"#, false, false),
        (404, r#"{"code":0,"message":"Not Found"}"#, false, false),
        (
            404,
            r#"{"message":"no Route matched with those values"}"#,
            false,
            false,
        ),
        (404, html, false, false),
        (404, "", false, false),
        (
            400,
            r#"{"code":1001,"message":"User does not exist: a."}"#,
            false,
            false,
        ),
        (
            200,
            r#"{"code":1001,"message":"User does not exist: a."}"#,
            false,
            false,
        ),
        (
            401,
            r#"{"code":124,"message":"Invalid access token."}"#,
            false,
            true,
        ),
        (
            403,
            r#"{"code":200,"message":"No permission."}"#,
            false,
            true,
        ),
        (403, r#"{"code":403,"message":"Forbidden"}"#, false, false),
        (403, r#"{"message":"Forbidden"}"#, false, false),
        (403, html, false, false),
        (401, html, false, false),
        (401, "", false, false),
        (400, r#"{"code":4711,"message":"No scope."}"#, false, true),
        (
            400,
            r#"{"code":124,"message":"Invalid access token."}"#,
            false,
            true,
        ),
        (
            500,
            r#"{"code":1001,"message":"User does not exist: a."}"#,
            false,
            false,
        ),
    ] {
        let error = refused(Answer::json(status, body)).await;
        assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
        assert_eq!(error.is_not_found(), is_not_found, "{status} {body}");
        assert_eq!(error.is_auth(), is_auth, "{status} {body}");
    }
}

/// Some operations document the status as code.
#[tokio::test]
async fn a_documented_code_is_zooms_even_if_it_is_the_status() {
    let zoom = Loopback::answering([Answer::json(403, r#"{"code":403,"message":"No."}"#)]).await;
    let error = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .build()
        .unwrap()
        .call(requests::DeleteChatFile::new("f"))
        .await
        .unwrap_err();
    assert!(error.is_auth());
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_read_to_its_end() {
    let page = |size: usize| format!(r#"{{"id":"{}"}}"#, "x".repeat(size - 9));
    let limit = 200_000;
    let announced = |size: usize| Answer::json(201, &page(size));
    let in_chunks = |size: usize| {
        let mut answer = b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for chunk in page(size).as_bytes().chunks(4096) {
            answer.extend(format!("{:x}\r\n", chunk.len()).bytes());
            answer.extend(chunk);
            answer.extend(b"\r\n");
        }
        answer.extend(b"0\r\n\r\n");
        Answer::Bytes(answer)
    };
    // Only its start comes, and no more is waited for.
    let gigabyte = format!(
        "HTTP/1.1 201 Created\r\nContent-Length: {}\r\n\r\n{{",
        1 << 30
    );
    let endless = {
        let Answer::Bytes(mut bytes) = in_chunks(limit + 1) else {
            unreachable!()
        };
        bytes.truncate(bytes.len() - 5);
        Answer::BytesThenSilence(bytes)
    };
    for (answer, is_read) in [
        (announced(limit), true),
        (in_chunks(limit), true),
        (announced(limit + 1), false),
        (in_chunks(limit + 1), false),
        (endless, false),
        (Answer::BytesThenSilence(gigabyte.into()), false),
    ] {
        let zoom = Loopback::answering([answer]).await;
        let client = ZoomChat::builder()
            .access_token("t0ken")
            .base_url(zoom.base_url())
            .max_answer_size(limit)
            .build()
            .unwrap();
        let send = client.send_message(Recipient::channel("c").unwrap(), "Hello");
        match send.await {
            Ok(sent) => assert!(is_read && sent.id.as_str().len() == limit - 9),
            Err(error) => {
                assert!(!is_read, "{error:?}");
                assert_eq!(
                    (error.status(), error.delivery(), error.attempts()),
                    (Some(201), Delivery::Accepted, 1)
                );
                assert_eq!(
                    error.to_string(),
                    "the answer 201 to sendChatMessage is longer than `max_answer_size` allows; it took effect; do not repeat it"
                );
                assert!(error.body().unwrap().len() <= 64 * 1024);
            }
        }
    }
}

/// By itself the client reads 16 MiB.
#[tokio::test]
async fn without_a_setting_answers_are_bounded_too() {
    let head = format!(
        "HTTP/1.1 201 Created\r\nContent-Length: {}\r\n\r\n{{",
        (16 << 20) + 1
    );
    let error = refused(Answer::BytesThenSilence(head.into())).await;
    assert_eq!(error.delivery(), Delivery::Accepted);
    assert!(error.to_string().contains("max_answer_size"), "{error}");
}
