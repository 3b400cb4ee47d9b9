//! The multipart bodies, byte by byte and for all texts.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use bytes::Bytes;
use futures_util::stream;
use multer::Multipart;
use proptest::prelude::*;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use serde::Serialize;
use serde_json::json;
use zoom_chat_openapi::multipart::{self, Encoded, File, Form};
use zoom_chat_openapi::types;

fn boundary(encoded: &Encoded) -> &str {
    encoded
        .content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap()
}

fn text(encoded: &Encoded) -> String {
    String::from_utf8(encoded.body.clone())
        .unwrap()
        .replace(boundary(encoded), "B")
}

#[test]
fn the_item_leaves_as_postman_sends_it() {
    let mention = types::SendChatMessageAtItem::new()
        .start_position(3)
        .end_position(7)
        .at_type(1)
        .at_contact("jchill@example.com");
    let message = types::SendChatMessageRequest::new()
        .message("Hi @Jill")
        .to_contact("jchill@example.com")
        .at_items([mention]);
    let encoded = multipart::encode(&message, &["file_ids"]).unwrap();
    assert_eq!(
        text(&encoded),
        "--B\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nHi @Jill\r\n\
         --B\r\nContent-Disposition: form-data; name=\"to_contact\"\r\n\r\njchill@example.com\r\n\
         --B\r\nContent-Disposition: form-data; name=\"at_items\"\r\n\r\n\
         [{\"start_position\":3,\"end_position\":7,\"at_type\":1,\"at_contact\":\"jchill@example.com\"}]\r\n\
         --B--\r\n"
    );
}

#[test]
fn scalars_are_plain_absent_is_nothing_and_the_rest_is_json() {
    #[derive(Serialize)]
    struct Everything {
        yes: bool,
        number: f64,
        letter: char,
        none: Option<u8>,
        some: Option<&'static str>,
        unit: (),
        map: BTreeMap<&'static str, u8>,
        empty: Vec<u8>,
        many: Vec<&'static str>,
        tuple: (u8, &'static str),
    }
    let value = Everything {
        yes: true,
        number: 1.5,
        letter: 'é',
        none: None,
        some: Some(""),
        unit: (),
        map: BTreeMap::from([("a", 1)]),
        empty: Vec::new(),
        many: vec!["x", "y"],
        tuple: (1, "z"),
    };
    let part = |name: &str, content: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    };
    let common = [
        part("yes", "true"),
        part("number", "1.5"),
        part("letter", "é"),
        part("some", ""),
        part("map", "{\"a\":1}"),
    ]
    .concat();
    let end = [part("tuple", "[1,\"z\"]"), "--B--\r\n".to_owned()].concat();
    assert_eq!(
        text(&multipart::encode(&value, &[]).unwrap()),
        [
            common.clone(),
            part("empty", "[]"),
            part("many", "[\"x\",\"y\"]"),
            end.clone()
        ]
        .concat()
    );
    assert_eq!(
        text(&multipart::encode(&value, &["many", "empty", "yes"]).unwrap()),
        [common, part("many", "x"), part("many", "y"), end].concat()
    );
}

#[test]
fn what_would_end_a_name_is_escaped() {
    let encoded = multipart::encode(&json!({ "a\"b\r\nc: é%": "x" }), &[]).unwrap();
    assert_eq!(
        text(&encoded),
        "--B\r\nContent-Disposition: form-data; name=\"a%22b%0D%0Ac: é%\"\r\n\r\nx\r\n--B--\r\n"
    );
}

#[test]
fn no_parts_are_still_a_form() {
    assert_eq!(
        text(&multipart::encode(&json!({}), &[]).unwrap()),
        "--B--\r\n"
    );
}

#[test]
fn what_is_no_object_is_no_form() {
    for value in [json!(1), json!("x"), json!([1]), json!(null)] {
        assert!(multipart::encode(&value, &[]).is_err());
    }
}

async fn parts(
    body: impl Into<Bytes>,
    boundary: &str,
) -> Vec<(String, Option<String>, Option<String>, Vec<u8>)> {
    let body: Bytes = body.into();
    let mut form = Multipart::new(stream::iter([Ok::<_, std::io::Error>(body)]), boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let name = field.name().unwrap().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(ToString::to_string);
        parts.push((
            name,
            file_name,
            content_type,
            field.bytes().await.unwrap().to_vec(),
        ));
    }
    parts
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

proptest! {
    #[test]
    fn another_parser_reads_back_what_was_encoded(
        fields in proptest::collection::btree_map("[a-z_]{1,12}", any::<String>(), 0..8),
    ) {
        let encoded = multipart::encode(&fields, &[]).unwrap();
        let found = run(parts(encoded.body.clone(), boundary(&encoded)));
        let expected: Vec<_> =
            fields.into_iter().map(|(name, value)| (name, None, None, value.into_bytes())).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn json_parts_are_compact_and_equal(items in proptest::collection::vec(any::<(i64, String)>(), 1..5)) {
        let encoded = multipart::encode(&json!({ "items": items }), &[]).unwrap();
        let found = run(parts(encoded.body.clone(), boundary(&encoded)));
        prop_assert_eq!(&found[0].3, &serde_json::to_vec(&items).unwrap());
    }

    #[test]
    fn the_boundary_is_nowhere_in_the_content(texts in proptest::collection::vec(any::<String>(), 1..4)) {
        let fields: BTreeMap<_, _> = texts.iter().enumerate().map(|(at, text)| (at.to_string(), text)).collect();
        let encoded = multipart::encode(&fields, &[]).unwrap();
        prop_assert!(texts.iter().all(|text| !text.contains(boundary(&encoded))));
    }
}

/// Sends a form and returns what arrived: Content-Length, Transfer-Encoding and the parts.
async fn send(
    form: Form,
) -> (
    Option<String>,
    Option<String>,
    Vec<(String, Option<String>, Option<String>, Vec<u8>)>,
) {
    let server = httpmock::MockServer::start_async().await;
    let (sender, receiver) = std::sync::mpsc::channel();
    let sender = std::sync::Mutex::new(sender);
    server.mock(|when, then| {
        when.is_true(move |request| {
            let header = |name: &str| {
                request
                    .headers()
                    .get(name)
                    .map(|value| value.to_str().unwrap().to_owned())
            };
            let found = (
                header(CONTENT_LENGTH.as_str()),
                header("transfer-encoding"),
                header(CONTENT_TYPE.as_str()).unwrap(),
                request.body_vec(),
            );
            sender.lock().unwrap().send(found).unwrap();
            true
        });
        then.status(200);
    });
    let request = reqwest::Client::new().post(server.base_url());
    multipart::stream(request, form).send().await.unwrap();
    let (length, transfer, content_type, body) = receiver.recv().unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    assert!(
        length
            .as_ref()
            .is_none_or(|length| *length == body.len().to_string())
    );
    (length, transfer, parts(body, boundary).await)
}

#[tokio::test]
async fn a_form_of_known_lengths_has_a_content_length() {
    let form = Form::new()
        .fields(&json!({ "to_contact": "jill@example.com", "absent": null }))
        .unwrap()
        .text("note", "two\r\nlines")
        .file(
            "files",
            File::new("a \"b\".csv", vec![0, 159, 13, 10]).content_type("text/csv"),
        )
        .file(
            "files",
            File::open("c", || {
                let chunks = [Ok::<_, std::io::Error>("xy"), Ok("z")];
                reqwest::Body::wrap_stream(stream::iter(chunks))
            })
            .length(3),
        );
    let (length, transfer, parts) = send(form).await;
    assert!(length.is_some() && transfer.is_none());
    let octets = Some("application/octet-stream".to_owned());
    assert_eq!(
        parts,
        [
            (
                "to_contact".to_owned(),
                None,
                None,
                b"jill@example.com".to_vec()
            ),
            ("note".to_owned(), None, None, b"two\r\nlines".to_vec()),
            (
                "files".to_owned(),
                Some("a %22b%22.csv".to_owned()),
                Some("text/csv".to_owned()),
                vec![0, 159, 13, 10]
            ),
            (
                "files".to_owned(),
                Some("c".to_owned()),
                octets,
                b"xyz".to_vec()
            ),
        ]
    );
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_sent_in_chunks() {
    let file = File::open("f", || {
        let chunks = [Ok::<_, std::io::Error>("x"), Ok("y")];
        reqwest::Body::wrap_stream(stream::iter(chunks))
    });
    let form = Form::new().file("file", file);
    // A form can be sent as often as need be: its files are opened each time.
    for form in [form.clone(), form] {
        let (length, transfer, parts) = send(form).await;
        assert_eq!((length, transfer.as_deref()), (None, Some("chunked")));
        assert_eq!(parts[0].3, b"xy");
    }
}
