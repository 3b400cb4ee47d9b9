//! Requests of every odd name, body and value.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use zoom_chat_openapi::multipart::File;
use zoom_chat_openapi::request::Problem;
use zoom_chat_openapi_documents::odd::{Client, Page, Paged, Request, operations, requests, types};

/// What a server sees of a request: the target, the media type and the body.
async fn sent<R: Request>(request: &R) -> (String, String, String) {
    let server = httpmock::MockServer::start_async().await;
    let (sender, receiver) = std::sync::mpsc::channel();
    let sender = std::sync::Mutex::new(sender);
    server.mock(|when, then| {
        when.is_true(move |request| {
            let target = request.uri().path_and_query().unwrap().to_string();
            let headers = request.headers();
            let media_type = headers.get("content-type");
            let media_type = media_type.map_or("", |it| it.to_str().unwrap()).to_owned();
            let seen = (target, media_type, request.body_string());
            sender.lock().unwrap().send(seen).unwrap();
            true
        });
        then.status(200).body("{}");
    });
    let http = reqwest::Client::new();
    let client = Client::new_with_client(&server.base_url(), http, Default::default());
    // What is answered is of no interest here.
    let _ = Request::send(request, &client).await;
    receiver.try_recv().unwrap()
}

fn stamp() -> types::Stamp {
    types::Stamp::new("s", true, [types::StampKinds::U, "w".into()], None)
}

fn reserved() -> requests::Reserved {
    requests::Reserved::new("f/1", "left".into(), "s")
        .ids([1, 2])
        .x_count(3)
        .text("t")
        .body_type("+1".into())
        .lines(["l"])
        .stamp(stamp())
}

#[tokio::test]
async fn every_reserved_name_is_a_setter() {
    let request = reserved()
        .user("you")
        .new_("1")
        .body_("2")
        .clone_("3")
        .clone_from_("4")
        .send_("5")
        .check_("6")
        .operation_("7")
        .default_("8")
        .into_("9")
        .try_into_("10")
        .to_owned_("11")
        .borrow_("12")
        .borrow_mut_("13")
        .type_id_("14")
        .eq_("15")
        .page(16)
        .value(true)
        .client("18")
        .encoding("19")
        .as_json("20")
        .match_("21")
        .marks([types::ReservedMarks::A, "Unknown".into()])
        .body_from("p")
        .body_new("q")
        .body_body("r")
        .body_clone("s");
    let (target, media_type, body) = sent(&request.clone()).await;
    let (path, query) = target.split_once('?').unwrap();
    assert_eq!(path, "/reserved/f%2F1/left/s/you");
    for pair in [
        "new=1",
        "body=2",
        "clone=3",
        "clone_from=4",
        "send=5",
        "check=6",
        "operation=7",
        "default=8",
        "into=9",
        "try_into=10",
        "to_owned=11",
        "borrow=12",
        "borrow_mut=13",
        "type_id=14",
        "eq=15",
        "page=16",
        "value=true",
        "client=18",
        "encoding=19",
        "as_json=20",
        "match=21",
        "marks=a,Unknown",
        "ids=1",
        "ids=2",
    ] {
        assert!(query.split('&').any(|it| it == pair), "{pair} of {query}");
    }
    assert_eq!(media_type, "application/json");
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        body,
        json!({
            "text": "t", "type": "+1", "lines": ["l"], "from": "p", "new": "q", "body": "r", "clone": "s",
            "stamp": { "id": "s", "on": true, "kinds": ["u", "w"], "owner": null },
        })
    );
}

#[tokio::test]
async fn values_of_every_shape() {
    let reply = || types::Letter::new().text("back").lines(["l"]);
    let incomplete = reserved().reply(reply()).check().unwrap_err();
    assert_eq!(
        (incomplete.name(), incomplete.problem()),
        ("type", &Problem::Missing)
    );
    let request = reserved()
        .body_self_null()
        .no_lines()
        .stamps([stamp().when("now"), stamp().when_null()])
        .matrix([vec![1], vec![]])
        .flags([true, false])
        .map([("k", vec!["v".to_owned()])])
        .any("a")
        .on(false)
        .ratio(0.5)
        .count_null()
        .tone(types::LetterTone::High)
        .extra_property("e")
        .holes([Some("h".to_owned()), None])
        .reply(reply().type_("+1".into()).stamp(stamp()));
    let (_, _, body) = sent(&request).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["lines"], json!([]));
    assert_eq!(body["stamps"][0]["when"], "now");
    assert_eq!(body["stamps"][1].get("when"), Some(&Value::Null));
    assert_eq!(body["matrix"], json!([[1], []]));
    assert_eq!(body["map"], json!({ "k": ["v"] }));
    assert_eq!(body.get("count"), Some(&Value::Null));
    assert_eq!(body.get("self"), Some(&Value::Null));
    assert_eq!(
        (&body["tone"], &body["extra"]),
        (&json!("high"), &json!("e"))
    );
    assert_eq!(body["holes"], json!(["h", null]));
    assert_eq!(body["reply"]["text"], "back");
}

#[tokio::test]
async fn one_request_has_every_media_type() {
    let texts = requests::Reserved::new("f", "left".into(), "s")
        .ids([])
        .x_count(1);
    let (_, media_type, body) = sent(&texts.clone().body_text("plain")).await;
    assert_eq!(
        (media_type.as_str(), body.as_str()),
        ("text/plain", "plain")
    );
    // The other bodies are checked only where they are sent.
    let problem = texts.check().unwrap_err();
    assert_eq!(
        (problem.name(), problem.problem()),
        ("text", &Problem::Missing)
    );
    let (_, media_type, body) = sent(&reserved().as_urlencoded()).await;
    assert_eq!(media_type, "application/x-www-form-urlencoded");
    assert!(body.contains("text=t&type=%2B1"), "{body}");
    let (_, media_type, _) = sent(&reserved().body_text("x").as_json_2()).await;
    assert_eq!(media_type, "application/json");
}

#[tokio::test]
async fn a_path_may_hold_one_value_twice() {
    assert_eq!(sent(&requests::Pair::new(7)).await.0, "/pairs/7/of/7");
}

#[test]
fn what_cannot_be_sent_is_named_as_on_the_wire() {
    let name = |checked: Result<(), zoom_chat_openapi::InvalidRequest>| {
        let error = checked.unwrap_err();
        assert!(error.to_string().contains(error.operation()), "{error}");
        assert!(error.to_string().contains(error.name()), "{error}");
        (error.name().to_owned(), error.problem().clone())
    };
    let new = requests::Reserved::new;
    let missing = |name: &str| (name.to_owned(), Problem::Missing);
    assert_eq!(
        name(new("f", "left".into(), "s").check()),
        missing("X-Count".to_lowercase().as_str())
    );
    assert_eq!(
        name(new("", "left".into(), "s").check()),
        ("from".to_owned(), Problem::EmptySegment)
    );
    assert_eq!(
        name(new("f", "..".into(), "s").check()),
        ("type".to_owned(), Problem::DotSegment)
    );
    assert_eq!(
        name(reserved().user("a\\b").check()),
        ("user".to_owned(), Problem::SegmentCharacter)
    );
    assert_eq!(
        name(reserved().x_mark("a\nb").check()),
        ("x-mark".to_owned(), Problem::Header)
    );
    assert_eq!(
        name(reserved().marks([types::ReservedMarks::BC]).check()),
        ("marks".to_owned(), Problem::Separator(","))
    );
    assert_eq!(name(requests::Request::new().check()), missing("body"));
    assert_eq!(
        name(requests::Form::new().name("n").check()),
        missing("picture")
    );
    assert!(reserved().check().is_ok());
}

#[test]
fn open_enums_keep_what_they_do_not_know() {
    use types::{LetterType, ReservedMarks};
    for (text, value) in [
        ("+1", LetterType::Plus1),
        ("-1", LetterType::Minus1),
        ("A_b", LetterType::Unknown("A_b".to_owned())),
        ("", LetterType::Unknown(String::new())),
    ] {
        assert_eq!(LetterType::from(text), value);
        assert_eq!(value.to_string(), text);
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(text));
        assert_eq!(
            serde_json::from_value::<LetterType>(json!(text)).unwrap(),
            value
        );
    }
    // Equal but for their spelling, and named like the case that holds all others.
    let texts = ["a-b", "A_B", "a b"];
    let values: Vec<LetterType> = texts.iter().map(|text| (*text).into()).collect();
    assert!(
        values
            .iter()
            .all(|it| !matches!(it, LetterType::Unknown(_)))
    );
    assert!(values[0] != values[1] && values[1] != values[2]);
    assert_ne!(
        ReservedMarks::from("Unknown"),
        ReservedMarks::Unknown("Unknown".to_owned())
    );
}

#[test]
fn a_token_in_a_body_names_the_page() {
    let request = requests::Search::new().words("w").page("t".to_owned());
    assert!(format!("{request:?}").contains("\"t\""));
    let found = json!({ "next_page_token": "", "hits": [{ "hit_id": "1", "other_id": "2" }], "facets": [{}] });
    let page: types::Found = serde_json::from_value(found).unwrap();
    assert_eq!(Page::next_page_token(&page), None);
    let items = page.into_items();
    assert_eq!(types::Found::key(&items[0]), Some("1"));
}

#[tokio::test]
async fn an_optional_body_is_sent_once_something_of_it_is_set() {
    assert_eq!(sent(&requests::Search::new()).await.1, "");
    let (_, media_type, body) = sent(&requests::Search::new().words("w")).await;
    assert_eq!(
        (media_type.as_str(), body.as_str()),
        ("application/json", r#"{"words":"w"}"#)
    );
}

#[tokio::test]
async fn a_form_is_sent_as_it_was_set_last() {
    let file = |text: &'static str| File::new("f", text);
    let request = requests::Form::new()
        .name("a")
        .name("n")
        .texts("t")
        .form(5)
        .picture(file("one"))
        .picture(file("two"))
        .more(file("three"))
        .more(file("four"));
    for request in [request.clone(), request] {
        let (_, _, body) = sent(&request).await;
        assert_eq!(body.matches("form-data; name=").count(), 6, "{body}");
        for part in ["\r\n\r\nn\r\n", "\r\n\r\n5\r\n", "two", "three", "four"] {
            assert!(body.contains(part), "{part} of {body}");
        }
        assert!(!body.contains("one"));
    }
}

#[test]
fn operations_say_what_bodies_hold_and_what_may_be_repeated() {
    let form = &operations::FORM;
    assert!(form.sends_files && !operations::TEXTS.sends_files);
    assert!(operations::SEARCH.repeatable && !form.repeatable);
    let all = operations::ALL;
    let raw = all.iter().find(|it| it.id == "raw").unwrap();
    assert!(!raw.repeatable);
    // `Raw` is the name of another request.
    let _ = requests::RawOperation::new();
}
