//! Each request leaves as Newman sends the item that it was made from.

use std::io;

use zoom_chat_sdk::{Preview, ZoomChat, reqwest::Url};
use zoom_chat_tests::loopback::{Answer, Loopback, Received};

use crate::{
    document,
    given::Given,
    item::{self, Body, Wire},
    problems::Problems,
    subject::Subject,
    subjects,
};

#[tokio::test]
async fn each_request_leaves_as_newman_sends_its_item() {
    let mut items = item::all();
    let mut problems = Problems::default();
    let zoom = ZoomChat::builder().access_token("t0ken").build().unwrap();
    for subject in subjects() {
        let item = &items[&item::key(subject.operation)];
        let disabled: Vec<_> = item.disabled().map(str::to_owned).collect();
        for without in [disabled, Vec::new()] {
            let mut expected = item.wire(without.is_empty());
            if subject.media_type == Some("application/json") && expected.body != Body::None {
                if matches!(expected.body, Body::Form(_)) {
                    expected.body = Body::Json(expected.body.into_json());
                }
                expected
                    .headers
                    .insert("content-type".into(), "application/json".into());
            }
            let given = Given {
                file_name: item.file_name(),
                ..Given::without(without)
            };
            let preview = (subject.preview)(zoom.clone(), &given).await;
            let received = sent(&subject, &given).await;
            let sent = wire(&preview, &received, &expected).await;
            problems.check(&subject, sent == expected, || {
                format!("{sent:#?}\ninstead of {expected:#?}")
            });
        }
    }
    for subject in subjects() {
        items.remove(&item::key(subject.operation));
    }
    assert!(items.is_empty(), "without an operation: {:?}", items.keys());
    problems.assert_none();
}

/// What comes to a server.
async fn sent(subject: &Subject, given: &Given) -> Received {
    let (status, answer) = document::answers(subject.operation).remove(0);
    let server = Loopback::answering([Answer::json(status, &answer.to_string())]).await;
    let zoom = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(server.base_url())
        .build()
        .unwrap();
    let _ = (subject.call)(zoom, given).await;
    let received = server.only_request();
    assert_eq!(received.header("authorization"), Some("Bearer t0ken"));
    received
}

/// The URL by the preview, since the server stands elsewhere; the rest as it came.
async fn wire(preview: &Preview, received: &Received, expected: &Wire) -> Wire {
    let mut url = Url::parse(preview.url()).unwrap();
    let mut query: Vec<_> = url.query_pairs().into_owned().collect();
    query.sort();
    url.set_query(None);
    let essence = |value: &str| value.split(';').next().unwrap_or(value).trim().to_owned();
    let headers = expected
        .headers
        .keys()
        .filter_map(|name| Some((name.clone(), essence(received.header(name)?))))
        .collect();
    let (method, target) = received.target().split_once(' ').unwrap();
    assert!(
        url.path().ends_with(target.split('?').next().unwrap()),
        "{url} {target}"
    );
    Wire {
        method: method.to_owned(),
        url: url.into(),
        query,
        headers,
        body: body(received).await,
    }
}

async fn body(received: &Received) -> Body {
    let content_type = received.header("content-type").unwrap_or_default();
    if received.body.is_empty() {
        return Body::None;
    }
    let Ok(boundary) = multer::parse_boundary(content_type) else {
        return Body::Json(serde_json::from_slice(&received.body).unwrap());
    };
    let body = received.body.clone();
    let stream = futures_util::stream::once(async move { Ok::<_, io::Error>(body) });
    let mut form = multer::Multipart::new(stream, boundary);
    let mut parts = Vec::new();
    while let Some(part) = form.next_field().await.unwrap() {
        let name = part.name().unwrap().to_owned();
        let file = part.file_name().map(str::to_owned);
        parts.push((name, file, part.text().await.unwrap()));
    }
    parts.sort();
    Body::Form(parts)
}
