//! Who sends the message, and how.

use std::{hint::black_box, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::SendRequest;
use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};
use zoom_chat_sdk::{
    Message, Recipient, Request, ZoomChat,
    api::{Attempt, Client},
    auth::{Endpoints, OAuthApp},
    requests,
    types::SendChatMessageAtItem,
};

const TOKEN: &str = "benchmark-token";
const CHANNEL: &str = "825c9e31f1064c73b394c5e4557d3447";
const CONTACT: &str = "jchill@example.com";
const TEXT: &str = "Hi @Jill, the build is green";

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Serialize)]
struct AtItem {
    start_position: i64,
    end_position: i64,
    at_type: i64,
    at_contact: &'static str,
}

/// A client as it is in production: with a source of tokens, which keeps the one it got, and the policy for retries.
pub(crate) fn zoom_chat(host: &str) -> ZoomChat {
    let app = OAuthApp::builder("bench")
        .client_secret("bench")
        .endpoints(Endpoints::at(&format!("http://{host}/oauth/token")).expect("a URL"))
        .build()
        .expect("good settings");
    ZoomChat::builder()
        .token_source(app.server_to_server("bench"))
        .base_url(format!("http://{host}/v2"))
        .build()
        .expect("good settings")
}

/// The generated client alone, with a token.
pub(crate) fn client(base: &str) -> Client {
    let token = HeaderValue::try_from(format!("Bearer {TOKEN}")).expect("a token");
    Client::new_with_client(base, reqwest::Client::new(), Attempt::new(Some(token)))
}

/// The reqwest code that a careful person writes by hand.
pub(crate) async fn by_hand(client: &reqwest::Client, base: &str) -> String {
    let mentions = [AtItem {
        start_position: 3,
        end_position: 7,
        at_type: 1,
        at_contact: CONTACT,
    }];
    let form = reqwest::multipart::Form::new()
        .text("message", TEXT)
        .text("to_channel", CHANNEL)
        .text(
            "at_items",
            serde_json::to_string(&mentions).expect("plain data"),
        );
    let response = client
        .post(format!("{base}/chat/users/{}/messages", "me"))
        .bearer_auth(TOKEN)
        .timeout(Duration::from_secs(30))
        .multipart(form)
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 201);
    let tracking_id = response.headers().get("x-zm-trackingid").cloned();
    let body = response.bytes().await.expect("a body");
    black_box(tracking_id);
    serde_json::from_slice::<Created>(&body).expect("an id").id
}

pub(crate) async fn generated(client: &Client) -> String {
    let mention = SendChatMessageAtItem::new()
        .start_position(3)
        .end_position(7)
        .at_type(1)
        .at_contact(CONTACT);
    let request = requests::SendChatMessage::new()
        .message(TEXT)
        .to_channel(CHANNEL)
        .at_items([mention]);
    let answer = request.send(client).await;
    answer.expect("an answer").into_inner().id.expect("an id")
}

pub(crate) async fn facade(zoom: &ZoomChat) -> String {
    let message = Message::new("Hi ")
        .mention(CONTACT, "Jill")
        .text(", the build is green");
    let to = Recipient::channel(CHANNEL).expect("an id");
    let sent = zoom.send_message(to, message).await.expect("an answer");
    sent.id.into()
}

pub(crate) async fn bare_hyper(
    sender: &mut SendRequest<Full<Bytes>>,
    host: &str,
    body: &Bytes,
) -> Bytes {
    let request = hyper::Request::post("/v2/chat/users/me/messages")
        .header("host", host)
        .header("authorization", "Bearer benchmark-token")
        .header("content-type", "multipart/form-data; boundary=ready")
        .body(Full::new(body.clone()))
        .expect("a request");
    sender.ready().await.expect("an open connection");
    let response = sender.send_request(request).await.expect("an answer");
    assert_eq!(response.status(), 201);
    response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes()
}

/// As large as the other contenders' bodies.
pub(crate) fn ready_body() -> Bytes {
    let part = |name: &str, value: &str| {
        format!("--ready\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mentions =
        r#"[{"start_position":3,"end_position":7,"at_type":1,"at_contact":"jchill@example.com"}]"#;
    let parts = [
        part("message", TEXT),
        part("to_channel", CHANNEL),
        part("at_items", mentions),
    ];
    (parts.concat() + "--ready--\r\n").into()
}
