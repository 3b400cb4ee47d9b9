//! What leaves: parameters and bodies, as a server sees them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};

use httpmock::MockServer;
use serde_json::json;
use zoom_chat_openapi::Attempt;
use zoom_chat_openapi::multipart::{File, Form};
use zoom_chat_openapi_documents::{media_types, parameters};

/// What arrived at the server.
#[derive(Debug)]
struct Seen {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Seen {
    fn header(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

async fn listen() -> (MockServer, Receiver<Seen>) {
    let server = MockServer::start_async().await;
    let (sender, receiver) = channel();
    let sender = Mutex::new(sender);
    server.mock(|when, then| {
        when.is_true(move |request| {
            let seen = Seen {
                method: request.method_str().to_owned(),
                target: request
                    .uri_str()
                    .split_once("/")
                    .map_or(String::new(), |_| {
                        request
                            .uri()
                            .path_and_query()
                            .map(ToString::to_string)
                            .unwrap_or_default()
                    }),
                headers: request.headers_vec().clone(),
                body: request.body_string(),
            };
            sender.lock().unwrap().send(seen).unwrap();
            true
        });
        then.status(200).body("{}");
    });
    (server, receiver)
}

macro_rules! seen {
    ($module:ident, |$client:ident| $call:expr) => {{
        let (server, receiver) = listen().await;
        let $client = $module::Client::new_with_client(
            &server.base_url(),
            reqwest::Client::new(),
            Attempt::default(),
        );
        $call.send().await.unwrap();
        receiver.recv().unwrap()
    }};
}

#[tokio::test]
async fn one_name_in_several_places_is_several_parameters() {
    let seen = seen!(parameters, |client| client
        .repeated_hole()
        .id("path/1")
        .other_id(7)
        .id_2("query")
        .id_3("header")
        .id_4("ID"));
    assert_eq!(seen.target, "/a/path%2F1/b/path%2F1/c/7?id=query&ID=ID");
    assert_eq!(seen.header("id"), ["header"]);
}

#[tokio::test]
async fn paths_with_punctuation_and_partial_segments() {
    assert_eq!(
        seen!(parameters, |client| client.partial().a("x.y").b(true)).target,
        "/x.y.true"
    );
    assert_eq!(
        seen!(parameters, |client| client
            .punctuation()
            .version(1.5)
            .name("a,b"))
        .target,
        "/v1.5/@a,b!(1)"
    );
    assert_eq!(
        seen!(parameters, |client| client.undeclared().x("?")).target,
        "/undeclared/%3F"
    );
    assert_eq!(
        seen!(parameters, |client| client.surplus()).target,
        "/surplus"
    );
}

#[tokio::test]
async fn every_slash_of_a_path() {
    let seen = seen!(parameters, |client| client.double_slashes().id("x"));
    assert_eq!(seen.target, "/double//x///end/");
}

#[tokio::test]
async fn parameters_named_like_the_builders_own() {
    let seen = seen!(parameters, |client| client
        .reserved_names()
        .body(parameters::types::B {
            n: Some("b".to_owned())
        })
        .send_parameter("1")
        .header_map_parameter("2")
        .body_parameter("3")
        .new_parameter("4")
        .info_parameter("5")
        .url("6")
        .client("7")
        .type_("8")
        .user_id("9")
        .user_id_2("10")
        .filter_x("11"));
    assert_eq!(seen.body, r#"{"n":"b"}"#);
    let mut pairs: Vec<_> = seen.target.split_once('?').unwrap().1.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "%24top",
            "body=3",
            "client=7",
            "filter%5Bx%5D=11",
            "header_map=2",
            "info=5",
            "new=4",
            "send=1",
            "type=8",
            "url=6",
            "user+id=10",
            "user_id=9"
        ][1..]
    );
}

#[tokio::test]
async fn arrays_in_the_query() {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    let seen = seen!(parameters, |client| client
        .arrays()
        .ids(texts(&["a", "b&c"]))
        .numbers(vec![1, 2])
        .joined(texts(&["a", "b"]))
        .joined_ints(vec![3, 4])
        .spaced(texts(&["a", "b"]))
        .piped(texts(&["a", "b"]))
        .x_ids("a,b"));
    let mut pairs: Vec<_> = seen.target.split_once('?').unwrap().1.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "ids=a",
            "ids=b%26c",
            "joined=a%2Cb",
            "joined_ints=3%2C4",
            "numbers=1",
            "numbers=2",
            "piped=a%7Cb",
            "spaced=a+b"
        ]
    );
    assert_eq!(seen.header("x-ids"), ["a,b"]);
}

#[tokio::test]
async fn objects_in_the_query() {
    let seen = seen!(parameters, |client| client
        .objects()
        .filter_status("on")
        .filter_since(3)
        .size(10)
        .token("t")
        .flat("k,v")
        .n("n"));
    let mut pairs: Vec<_> = seen.target.split_once('?').unwrap().1.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "filter%5Bsince%5D=3",
            "filter%5Bstatus%5D=on",
            "flat=k%2Cv",
            "n=n",
            "size=10",
            "token=t"
        ]
    );
}

#[tokio::test]
async fn headers_and_cookies() {
    let seen = seen!(parameters, |client| client
        .headers()
        .x_request_id("r")
        .x_count(2)
        .if_match("2024-01-01T00:00:00Z")
        .cookie("session=1; theme=dark"));
    assert_eq!(seen.header("x-request-id"), ["r"]);
    assert_eq!(seen.header("x-count"), ["2"]);
    assert_eq!(seen.header("if-match"), ["2024-01-01T00:00:00Z"]);
    assert_eq!(seen.header("cookie"), ["session=1; theme=dark"]);
    assert_eq!(seen.header("authorization"), [""; 0]);
}

#[tokio::test]
async fn every_method() {
    let methods = [
        (
            "GET",
            seen!(parameters, |client| client.method_get().id("x")),
        ),
        (
            "PUT",
            seen!(parameters, |client| client.method_put().id("x")),
        ),
        (
            "POST",
            seen!(parameters, |client| client.method_post().id("x")),
        ),
        (
            "DELETE",
            seen!(parameters, |client| client.method_delete().id("x")),
        ),
        (
            "OPTIONS",
            seen!(parameters, |client| client.method_options().id("x")),
        ),
        (
            "HEAD",
            seen!(parameters, |client| client.method_head().id("x")),
        ),
        (
            "PATCH",
            seen!(parameters, |client| client.method_patch().id("x")),
        ),
        (
            "TRACE",
            seen!(parameters, |client| client.method_trace().id("x")),
        ),
    ];
    for (method, seen) in methods {
        assert_eq!(
            (seen.method.as_str(), seen.target.as_str()),
            (method, "/methods/x")
        );
    }
}

fn body() -> media_types::types::B {
    media_types::types::B {
        a: Some("é &".to_owned()),
        list: Some(vec![media_types::types::C { x: Some(1) }]),
        tags: Some(vec!["s".to_owned(), "t".to_owned()]),
        n: None,
    }
}

#[tokio::test]
async fn every_media_type_is_sent_as_what_it_is() {
    let json = r#"{"a":"é &","list":[{"x":1}],"tags":["s","t"]}"#;
    let form = seen!(media_types, |client| client.all_of_them().body(body()));
    assert!(form.header("content-type")[0].starts_with("multipart/form-data; boundary="));
    // The encoding makes JSON of the list; the tags are one part each.
    assert!(form.body.contains("name=\"list\"\r\n\r\n[{\"x\":1}]\r\n"));
    assert!(
        form.body.contains("name=\"tags\"\r\n\r\ns\r\n")
            && form.body.contains("name=\"tags\"\r\n\r\nt\r\n")
    );

    let as_form = seen!(media_types, |client| client.all_of_them_form().body(body()));
    assert_eq!(
        as_form.header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
    assert_eq!(
        as_form.body,
        "a=%C3%A9+%26&list=%7B%22x%22%3A1%7D&tags=s&tags=t"
    );

    let as_json = seen!(media_types, |client| client
        .all_of_them_json_2()
        .body(body()));
    assert_eq!(
        (as_json.header("content-type"), as_json.body.as_str()),
        (vec!["application/json"], json)
    );
    let vendor = seen!(media_types, |client| client
        .all_of_them_vnd_api_json()
        .body(body()));
    assert_eq!(
        (vendor.header("content-type"), vendor.body.as_str()),
        (vec!["application/vnd.api+json"], json)
    );

    let xml = seen!(media_types, |client| client.all_of_them_xml().body("<a/>"));
    assert_eq!(
        (xml.header("content-type"), xml.body.as_str()),
        (vec!["application/xml"], "<a/>")
    );
    let text = seen!(media_types, |client| client
        .all_of_them_text()
        .body("plain"));
    assert_eq!(
        (text.header("content-type"), text.body.as_str()),
        (vec!["text/plain"], "plain")
    );
}

#[tokio::test]
async fn a_body_may_be_left_out_where_the_document_says_so() {
    let without = seen!(media_types, |client| client.optional_body_without_body());
    assert_eq!(
        (without.body.as_str(), without.header("content-type")),
        ("", vec![])
    );
}

#[tokio::test]
async fn files_are_streamed_beside_their_texts() {
    let texts = media_types::types::Upload {
        to: "jill".to_owned(),
        n: Some(1),
    };
    let form = Form::new()
        .fields(&texts)
        .unwrap()
        .file("file", File::new("f.txt", "content"));
    let seen = seen!(media_types, |client| client.upload_file().body(form));
    for part in [
        "name=\"to\"\r\n\r\njill",
        "name=\"n\"\r\n\r\n1",
        "name=\"file\"; filename=\"f.txt\"\r\n",
    ] {
        assert!(
            seen.body.contains(part),
            "{part} is missing in {}",
            seen.body
        );
    }
    assert_eq!(seen.header("content-length"), [seen.body.len().to_string()]);
}

#[tokio::test]
async fn bodies_without_a_known_shape() {
    let value = json!({ "any": ["thing"] });
    assert_eq!(
        seen!(media_types, |client| client.no_schema().body(value.clone())).body,
        value.to_string()
    );
    assert_eq!(
        seen!(media_types, |client| client
            .union_body()
            .body(value.clone()))
        .body,
        value.to_string()
    );
    let pairs = std::collections::BTreeMap::from([("k".to_owned(), "v w".to_owned())]);
    assert_eq!(
        seen!(media_types, |client| client.free_encoded().body(pairs)).body,
        "k=v+w"
    );
}
