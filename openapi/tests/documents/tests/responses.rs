//! What arrives: odd values, odd statuses, odd media types.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use httpmock::MockServer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use zoom_chat_openapi_documents::responses::Request as _;
use zoom_chat_openapi_documents::responses::requests::*;
use zoom_chat_openapi_documents::{names, responses, schemas};

fn round_trip<T: DeserializeOwned + Serialize>(value: Value) -> Value {
    serde_json::to_value(serde_json::from_value::<T>(value).unwrap()).unwrap()
}

fn kept<T: DeserializeOwned + Serialize>(value: Value) {
    assert_eq!(round_trip::<T>(value.clone()), value);
}

#[test]
fn nothing_a_server_does_to_one_field_loses_the_response() {
    use schemas::types::Lenient;
    kept::<Lenient>(json!({}));
    assert_eq!(
        round_trip::<Lenient>(json!({ "unknown": 1, "id": null, "items": null, "node": null })),
        json!({})
    );
    assert_eq!(
        round_trip::<Lenient>(json!({
            "count": 1.0, "counts": [1.0, "2"], "by_day": { "mon": "3" }, "level": 7, "ratio": 1,
        })),
        json!({ "count": 1, "counts": [1, 2], "by_day": { "mon": 3 }, "level": 7, "ratio": 1.0 })
    );
    kept::<Lenient>(json!({
        "status": "brand new", "at": "yesterday", "day": "31/12", "uuid": "?", "ip": "host",
        "items": [{ "value": "one" }], "tags": ["a", "a"], "huge": u64::MAX, "any": [1, { "x": null }],
        "object": [], "holes": ["a", null], "object_holes": [null, {}], "described_ref": { "value": "v" },
    }));
}

#[test]
fn recursive_shapes_nest() {
    use schemas::types::{InlineLoopItem, Node, Ping};
    kept::<InlineLoopItem>(json!({ "n": 1, "again": [{ "again": [] }] }));
    kept::<Node>(json!({
        "value": "a", "next": { "next": { "value": "c" } }, "children": [{ "children": [] }],
        "by_name": { "x": { "by_name": {} } },
    }));
    kept::<Ping>(json!({ "pong": { "ping": { "pong": {} } } }));
}

#[test]
fn composition_keeps_every_property() {
    use schemas::types::{Conflict, Exactly, Extended, ExtendedInline, Extra, ExtraObjects};
    kept::<Extended>(json!({ "name": "n", "age": 1 }));
    kept::<ExtendedInline>(json!({ "own": "o", "name": "n" }));
    for x in [json!("text"), json!(1), json!({ "neither": true })] {
        kept::<Conflict>(json!({ "x": x, "same": "s" }));
    }
    kept::<Exactly>(json!({ "to_contact": "c" }));
    kept::<Extra>(json!({ "a": "a", "extra": "e", "more": 1, "still": [2] }));
    kept::<ExtraObjects>(json!({ "n": 1, "x": { "name": "n" } }));
}

#[test]
fn properties_of_any_name_keep_it() {
    use names::types::{Everything, Properties};
    let properties = [
        "type",
        "self",
        "Self",
        "crate",
        "super",
        "async",
        "gen",
        "_",
        "",
        "1",
        "+1",
        "-1",
        "a b",
        "a-b",
        "aB",
        "a_b",
        "a__b",
        "A_B",
        "extra",
        "default",
        "new",
        "builder",
        "value",
        "try_into",
        "e",
        "名前",
        "é",
        "e\u{301}",
        "😀",
        "$top",
        "filter[x]",
        "x.y",
        "client",
        "error",
        "match",
        "r#type",
        "clone",
        "\"quoted\"",
        "back\\slash",
        "line\nbreak",
        "a",
        "b",
        "ab",
        "AB",
    ];
    let value: Value = properties
        .iter()
        .map(|name| (name.replace("\\\\", "\\"), Value::from(*name)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    kept::<Properties>(value);
    kept::<Everything>(json!({ "Default0": { "n": "a" }, "default1": { "n": "b" } }));
}

#[test]
fn titles_bring_nothing_together() {
    use schemas::types::Titles;
    kept::<Titles>(json!({ "a": { "x": "1" }, "b": { "y": 2 }, "c": "other" }));
}

async fn server(status: u16, body: &str) -> (MockServer, responses::Client) {
    let server = MockServer::start_async().await;
    server.mock(|when, then| {
        when.any_request();
        then.status(status).body(body);
    });
    let client = responses::Client::new_with_client(
        &server.base_url(),
        reqwest::Client::new(),
        Default::default(),
    );
    (server, client)
}

#[tokio::test]
async fn json_beside_empty_is_an_option() {
    let (_server, client) = server(200, r#"{"id":"1","n":2}"#).await;
    let user = JsonBesideEmpty::new()
        .send(&client)
        .await
        .unwrap()
        .into_inner()
        .unwrap();
    assert_eq!((user.id.as_deref(), user.n), (Some("1"), Some(2)));
    let (_server, client) = server(204, "").await;
    assert_eq!(
        JsonBesideEmpty::new()
            .send(&client)
            .await
            .unwrap()
            .into_inner(),
        None
    );
    assert!(AnyBesideEmpty::new().send(&client).await.unwrap().is_null());
    let (_server, client) = server(200, "{").await;
    assert!(JsonBesideEmpty::new().send(&client).await.is_err());
}

#[tokio::test]
async fn different_successes_are_a_value_and_no_json_is_bytes() {
    let (_server, client) = server(202, r#"{"code":1,"more":true}"#).await;
    assert_eq!(
        *TwoSuccessTypes::new().send(&client).await.unwrap(),
        json!({ "code": 1, "more": true })
    );
    let (_server, client) = server(200, "<p>").await;
    Html::new().send(&client).await.unwrap();
    JsonOrBytes::new().send(&client).await.unwrap();
}

#[tokio::test]
async fn a_default_answers_where_no_success_is_documented() {
    let (_server, client) = server(201, r#"{"id":"1","n":2}"#).await;
    let user = OnlyDefault::new().send(&client).await.unwrap();
    assert_eq!((user.id.as_deref(), user.n), (Some("1"), Some(2)));
    let answer = DefaultWithErrors::new().send(&client).await.unwrap();
    let answer: &responses::types::DefaultWithErrorsResponse = &answer;
    assert_eq!(answer.id.as_deref(), Some("1"));
    let (_server, client) = server(200, "").await;
    let answer: () = EmptyDefault::new()
        .send(&client)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(answer, ());
    let answer = DefaultBesideSuccess::new().send(&client).await;
    assert_eq!(answer.unwrap().into_inner(), ());
}

#[tokio::test]
async fn an_error_with_the_status_of_a_success_is_told_apart() {
    let (_server, client) = server(200, r#"{"code":200,"message":"No."}"#).await;
    let answers = [
        SameSuccessTypes::new().send(&client).await.map(drop),
        Switching::new().send(&client).await.map(drop),
    ];
    for answer in answers {
        let Err(responses::Error::InvalidResponsePayload(body, _)) = answer else {
            panic!("a success")
        };
        assert_eq!(&body[..], br#"{"code":200,"message":"No."}"#);
    }
    for body in [
        r#"{"code":0,"message":"Done."}"#,
        r#"{"id":"\"code\""}"#,
        r#"{"more":{"code":1,"message":"No."}}"#,
    ] {
        let (_server, client) = server(200, body).await;
        SameSuccessTypes::new().send(&client).await.unwrap();
        Switching::new().send(&client).await.unwrap();
    }
}

#[tokio::test]
async fn no_error_is_taken_for_another() {
    let (_server, client) = server(404, r#"{"code":7}"#).await;
    let answers = [
        EmptyErrorJsonError::new().send(&client).await.map(drop),
        OnlyErrors::new().send(&client).await.map(drop),
        SameName::new().send(&client).await.map(drop),
        Problem::new().send(&client).await.map(drop),
    ];
    for answer in answers {
        let Err(responses::Error::UnexpectedResponse(response)) = answer else {
            panic!("an error that decodes")
        };
        assert_eq!(response.text().await.unwrap(), r#"{"code":7}"#);
    }
}

#[test]
fn signatures_are_what_the_document_names() {
    // Checked by the compiler: each operation yields the component that it refers to.
    use responses::types;
    fn yields<
        T,
        F: Future<Output = Result<zoom_chat_openapi::ResponseValue<T>, zoom_chat_openapi::Error>>,
    >(
        _: F,
    ) {
    }
    let client = responses::Client::new_with_client("", reqwest::Client::new(), Default::default());
    yields::<Option<types::U>, _>(JsonBesideEmpty::new().send(&client));
    yields::<types::U, _>(SameSuccessTypes::new().send(&client));
    yields::<Vec<types::U>, _>(NamedList::new().send(&client));
    yields::<Vec<types::U>, _>(Array::new().send(&client));
    yields::<std::collections::BTreeMap<String, types::U>, _>(Map::new().send(&client));
    yields::<Option<types::U>, _>(NullableUser::new().send(&client));
    yields::<types::SameNameResponse, _>(SameName::new().send(&client));
    yields::<types::ResponseEnumResponse, _>(
        ResponseEnum::new().response("a".into()).send(&client),
    );
    yields::<Value, _>(NoSchemaJson::new().send(&client));
    yields::<(), _>(Switching::new().send(&client));
}
