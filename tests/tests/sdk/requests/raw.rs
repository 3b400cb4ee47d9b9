//! What the document does not have is called by its path, with everything that calls have.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use zoom_chat_sdk::{
    Delivery, RateLimitLabel, ZoomChat,
    limit::{Limiter, Plan},
    requests::{Raw, RawError},
};
use zoom_chat_tests::{
    loopback::{Answer, Loopback, Received},
    virtual_time::skip_all_waits,
};

use super::no_content;

#[tokio::test]
async fn a_path_is_called_with_query_and_body() {
    let zoom = Loopback::answering([
        Answer::json(200, r#"{"sessions":[]}"#),
        Answer::json(201, r#"{"id":"1"}"#),
        no_content(),
    ])
    .await;
    let client = zoom.client();
    let listed = client
        .call(
            Raw::get("/chat/users/me/sessions")
                .query("type", "group&chat")
                .query("page_size", 50),
        )
        .await
        .unwrap();
    assert_eq!(*listed, json!({ "sessions": [] }));
    let created = client
        .call(Raw::post("/chat/users/me/channels").json(&json!({ "name": "crew" })))
        .await
        .unwrap();
    assert_eq!((created.status(), &created["id"]), (201, &json!("1")));
    let deleted = client.call(Raw::delete("/chat/channels/a%2Fb")).await;
    assert_eq!(*deleted.unwrap(), serde_json::Value::Null);
    let received = zoom.received();
    let targets: Vec<_> = received.iter().map(Received::target).collect();
    assert_eq!(
        targets,
        [
            "GET /v2/chat/users/me/sessions?type=group%26chat&page_size=50",
            "POST /v2/chat/users/me/channels",
            "DELETE /v2/chat/channels/a%2Fb",
        ]
    );
    assert_eq!(received[1].text(), r#"{"name":"crew"}"#);
    assert_eq!(received[1].header("content-type"), Some("application/json"));
    assert!(
        received
            .iter()
            .all(|it| it.header("authorization") == Some("Bearer t0ken"))
    );
}

/// GET may be repeated whatever happened, POST only when it had no effect.
#[tokio::test]
async fn the_method_decides_what_is_retried() {
    let failing = || Answer::with(503, "", "");
    let zoom = Loopback::answering([
        failing(),
        Answer::json(200, "{}"),
        failing(),
        Answer::with(429, "", ""),
        Answer::json(200, "{}"),
    ])
    .await;
    let client = zoom.client_without_waits();
    assert_eq!(client.call(Raw::get("/x")).await.unwrap().attempts(), 2);
    let error = client.call(Raw::post("/x")).await.unwrap_err();
    assert_eq!((error.attempts(), error.delivery()), (1, Delivery::Unknown));
    assert_eq!(client.call(Raw::post("/x")).await.unwrap().attempts(), 2);
}

#[tokio::test]
async fn an_error_is_the_unknown_case() {
    let refusal = || Answer::json(404, r#"{"code":4130,"message":"Channel does not exist."}"#);
    let zoom = Loopback::answering([refusal(), refusal()]).await;
    let client = zoom.client();
    let error = client.call(Raw::get("/chat/x")).await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(404), Some(4130)));
    let unknown = |message: &str| RawError::Unknown {
        status: 404,
        code: Some(4130),
        message: message.to_owned(),
    };
    assert_eq!(error.documented(), Some(unknown("Channel does not exist.")));
    // Whatever its method.
    let error = client
        .call(Raw::delete("/x"))
        .await
        .unwrap_err()
        .into_error();
    let documented = error.documented::<RawError>().unwrap();
    assert_eq!(documented, Some(unknown("Channel does not exist.")));
}

#[tokio::test]
async fn a_label_makes_it_wait_for_its_turn() {
    let zoom = Loopback::answering((0..3).map(|_| no_content())).await;
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .limiter(Limiter::new(Plan::Free))
        .on_event(skip_all_waits())
        .build()
        .unwrap();
    let started = Instant::now();
    for _ in 0..3 {
        let heavy = Raw::get("/x").rate_limit_label(RateLimitLabel::Heavy);
        client.call(heavy).await.unwrap();
    }
    assert!(started.elapsed() >= Duration::from_secs(2));
}
