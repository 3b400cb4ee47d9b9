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
use zoom_chat_openapi::multipart::File;
use zoom_chat_openapi_documents::media_types::requests::{FileLists, Joined};
use zoom_chat_openapi_documents::parameters::requests::JoinedNames;
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
    ($module:ident, $request:expr) => {{
        #[allow(unused_imports, reason = "of no use where the request is made before")]
        use $module::requests::*;
        let (server, receiver) = listen().await;
        let client = $module::Client::new_with_client(
            &server.base_url(),
            reqwest::Client::new(),
            Attempt::default(),
        );
        $module::Request::send(&$request, &client).await.unwrap();
        receiver.recv().unwrap()
    }};
}

#[tokio::test]
async fn one_name_in_several_places_is_several_parameters() {
    let seen = seen!(
        parameters,
        RepeatedHole::new("path/1", 7)
            .id_2("query")
            .id_3("header")
            .id_4("ID")
    );
    assert_eq!(seen.target, "/a/path%2F1/b/path%2F1/c/7?id=query&ID=ID");
    assert_eq!(seen.header("id"), ["header"]);
}

#[tokio::test]
async fn paths_with_punctuation_and_partial_segments() {
    assert_eq!(
        seen!(parameters, Partial::new("x.y", true)).target,
        "/x.y.true"
    );
    assert_eq!(
        seen!(parameters, Punctuation::new(1.5, "a,b")).target,
        "/v1.5/@a,b!(1)"
    );
    assert_eq!(
        seen!(parameters, Undeclared::new("?")).target,
        "/undeclared/%3F"
    );
}

#[tokio::test]
async fn every_slash_of_a_path() {
    let seen = seen!(parameters, DoubleSlashes::new("x"));
    assert_eq!(seen.target, "/double//x///end/");
}

#[tokio::test]
async fn parameters_named_like_the_methods_own() {
    let seen = seen!(
        parameters,
        ReservedNames::new()
            .body(parameters::types::B::new().n("b"))
            .send_("1")
            .header_map("2")
            .body_("3")
            .new_("4")
            .info("5")
            .url("6")
            .client("7")
            .type_("8")
            .user_id("9")
            .user_id_2("10")
            .filter_x("11")
    );
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
    let seen = seen!(
        parameters,
        Arrays::new()
            .ids(texts(&["a", "b&c"]))
            .numbers(vec![1, 2])
            .joined(texts(&["a", "b"]))
            .joined_ints(vec![3, 4])
            .spaced(texts(&["a", "b"]))
            .piped(texts(&["a", "b"]))
            .x_ids("a,b")
    );
    let mut pairs: Vec<_> = seen.target.split_once('?').unwrap().1.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "ids=a",
            "ids=b%26c",
            "joined=a,b",
            "joined_ints=3,4",
            "numbers=1",
            "numbers=2",
            "piped=a%7Cb",
            "spaced=a%20b"
        ]
    );
    assert_eq!(seen.header("x-ids"), ["a,b"]);
}

#[tokio::test]
async fn separators_are_literal_whatever_the_names() {
    let request = JoinedNames::new()
        .request(["a b", "c&d"])
        .url(["1"])
        .value(["x", "ä"])
        .case("c");
    let seen = seen!(parameters, request);
    assert_eq!(
        seen.target,
        "/joined?request=a+b,c%26d&url=1&value=x,%C3%A4"
    );
    // An operation's own header is that of its path, in any case.
    assert_eq!(seen.header("case"), ["c"]);
}

#[tokio::test]
async fn arrays_in_forms() {
    let request = Joined::new()
        .a("x,y")
        .ids([1, 2])
        .names(["a", "b c"])
        .spaced(["a", "b"])
        .piped(["a", "b"])
        .exploded(["a", "b"])
        .json(["a", "b"])
        .plain(["a", "b"]);
    let seen = seen!(media_types, request);
    assert_eq!(
        seen.header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
    let pairs: Vec<_> = seen.body.split('&').collect();
    assert_eq!(
        pairs,
        [
            "a=x%2Cy",
            "ids=1,2",
            "names=a,b+c",
            "spaced=a%20b",
            "piped=a%7Cb",
            "exploded=a",
            "exploded=b",
            "json=%5B%22a%22%2C%22b%22%5D",
            "plain=a",
            "plain=b",
        ]
    );
    let request = FileLists::new()
        .file(File::new("f", "content"))
        .tags(["a", "b"])
        .names(["n"])
        .json(["c", "d"]);
    let body = seen!(media_types, request).body;
    for part in [
        "\"tags\"\r\n\r\na\r\n",
        "\"tags\"\r\n\r\nb\r\n",
        "\"names\"\r\n\r\nn\r\n",
        "\"json\"\r\n\r\n[\"c\",\"d\"]\r\n",
    ] {
        assert!(body.contains(part), "{part} of {body}");
    }
}

#[tokio::test]
async fn an_element_with_the_separator_in_it_is_never_sent() {
    let (server, receiver) = listen().await;
    let client = media_types::Client::new_with_client(
        &server.base_url(),
        reqwest::Client::new(),
        Attempt::default(),
    );
    let request = Joined::new().names(["a,b"]);
    let error = media_types::Request::send(&request, &client).await;
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("`names` contains \",\"")
    );
    assert!(receiver.try_recv().is_err());
}

#[tokio::test]
async fn objects_in_the_query() {
    let seen = seen!(
        parameters,
        Objects::new()
            .filter_status("on")
            .filter_since(3)
            .size(10)
            .token("t")
            .n("n")
    );
    let mut pairs: Vec<_> = seen.target.split_once('?').unwrap().1.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "filter%5Bsince%5D=3",
            "filter%5Bstatus%5D=on",
            "n=n",
            "size=10",
            "token=t"
        ]
    );
}

#[tokio::test]
async fn headers_and_cookies() {
    let seen = seen!(
        parameters,
        Headers::new()
            .x_request_id("r")
            .x_count(2)
            .if_match("2024-01-01T00:00:00Z")
            .cookie("session=1; theme=dark")
    );
    assert_eq!(seen.header("x-request-id"), ["r"]);
    assert_eq!(seen.header("x-count"), ["2"]);
    assert_eq!(seen.header("if-match"), ["2024-01-01T00:00:00Z"]);
    assert_eq!(seen.header("cookie"), ["session=1; theme=dark"]);
    assert_eq!(seen.header("authorization"), [""; 0]);
}

#[tokio::test]
async fn every_method() {
    let methods = [
        ("GET", seen!(parameters, MethodGet::new("x"))),
        ("PUT", seen!(parameters, MethodPut::new("x"))),
        ("POST", seen!(parameters, MethodPost::new("x"))),
        ("DELETE", seen!(parameters, MethodDelete::new("x"))),
        ("OPTIONS", seen!(parameters, MethodOptions::new("x"))),
        ("HEAD", seen!(parameters, MethodHead::new("x"))),
        ("PATCH", seen!(parameters, MethodPatch::new("x"))),
        ("TRACE", seen!(parameters, MethodTrace::new("x"))),
    ];
    for (method, seen) in methods {
        assert_eq!(
            (seen.method.as_str(), seen.target.as_str()),
            (method, "/methods/x")
        );
    }
}

fn body() -> media_types::types::B {
    media_types::types::B::new()
        .a("é &")
        .list([media_types::types::C::new().x(1)])
        .tags(["s", "t"])
}

#[tokio::test]
async fn every_media_type_is_sent_as_what_it_is() {
    let json = r#"{"a":"é &","list":[{"x":1}],"tags":["s","t"]}"#;
    let form = seen!(media_types, AllOfThem::new().body(body()));
    assert!(form.header("content-type")[0].starts_with("multipart/form-data; boundary="));
    // The encoding makes JSON of the list; the tags are one part each.
    assert!(form.body.contains("name=\"list\"\r\n\r\n[{\"x\":1}]\r\n"));
    assert!(
        form.body.contains("name=\"tags\"\r\n\r\ns\r\n")
            && form.body.contains("name=\"tags\"\r\n\r\nt\r\n")
    );

    let as_form = seen!(media_types, AllOfThem::new().as_urlencoded().body(body()));
    assert_eq!(
        as_form.header("content-type"),
        ["application/x-www-form-urlencoded"]
    );
    assert_eq!(
        as_form.body,
        "a=%C3%A9+%26&list=%7B%22x%22%3A1%7D&tags=s&tags=t"
    );

    let as_json = seen!(media_types, AllOfThem::new().as_json().body(body()));
    assert_eq!(
        (as_json.header("content-type"), as_json.body.as_str()),
        (vec!["application/json"], json)
    );
    let vendor = seen!(media_types, AllOfThem::new().as_vnd_api_json().body(body()));
    assert_eq!(
        (vendor.header("content-type"), vendor.body.as_str()),
        (vec!["application/vnd.api+json"], json)
    );

    let xml = seen!(media_types, AllOfThem::new().body_xml("<a/>"));
    assert_eq!(
        (xml.header("content-type"), xml.body.as_str()),
        (vec!["application/xml"], "<a/>")
    );
    let text = seen!(media_types, AllOfThem::new().body_text("plain"));
    assert_eq!(
        (text.header("content-type"), text.body.as_str()),
        (vec!["text/plain"], "plain")
    );
}

#[tokio::test]
async fn a_body_may_be_left_out_where_the_document_says_so() {
    let without = seen!(media_types, OptionalBody::new());
    assert_eq!(
        (without.body.as_str(), without.header("content-type")),
        ("", vec![])
    );
}

#[tokio::test]
async fn files_are_streamed_beside_their_texts() {
    let request = media_types::requests::UploadFile::new()
        .to("jack")
        .to("jill")
        .n(1)
        .file(File::new("f.txt", "none"))
        .file(File::new("f.txt", "content"));
    let again = request.clone();
    let seen = seen!(media_types, request);
    assert_eq!(seen!(media_types, again).body.len(), seen.body.len());
    assert_eq!(seen.body.matches("name=").count(), 4);
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
        seen!(media_types, NoSchema::new().body(value.clone())).body,
        value.to_string()
    );
    // A union of objects has the properties of all.
    assert_eq!(
        seen!(media_types, UnionBody::new().a("a").x(1)).body,
        json!({ "a": "a", "x": 1 }).to_string()
    );
    let pairs = std::collections::BTreeMap::from([("k".to_owned(), "v w".to_owned())]);
    assert_eq!(
        seen!(media_types, FreeEncoded::new().body(pairs)).body,
        "k=v+w"
    );
}
