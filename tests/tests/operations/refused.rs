//! What each request refuses, before anything leaves.

use zoom_chat_sdk::{Delivery, ZoomChat, reqwest::Url};
use zoom_chat_tests::loopback::Loopback;

use crate::{
    document,
    given::Given,
    problems::Problems,
    subject::{Called, Subject},
    subjects,
};

/// Values that would address something else.
const BAD_SEGMENTS: [&str; 8] = ["", ".", "..", "../me", "a/../b", "%2e%2E", "a\\b", "a\nb"];

#[tokio::test]
async fn each_request_refuses_bad_path_segments() {
    let (server, zoom) = nothing().await;
    let mut problems = Problems::default();
    for subject in subjects() {
        for name in parameters(subject.operation.path) {
            for bad in BAD_SEGMENTS {
                let given = Given {
                    path: Some((name.to_owned(), bad.to_owned())),
                    ..Given::default()
                };
                let called = (subject.call)(zoom.clone(), &given).await;
                check(&mut problems, &subject, &called, name, bad);
            }
        }
    }
    problems.assert_none();
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn each_request_refuses_to_go_without_what_is_required() {
    let (server, zoom) = nothing().await;
    let mut problems = Problems::default();
    for subject in subjects() {
        for name in document::required(subject.operation) {
            let called = (subject.call)(zoom.clone(), &Given::without([&name])).await;
            check(&mut problems, &subject, &called, &name, "nothing");
        }
    }
    problems.assert_none();
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn each_parameter_of_a_path_stays_one_segment() {
    let mut problems = Problems::default();
    let zoom = ZoomChat::builder().access_token("t0ken").build().unwrap();
    for subject in subjects() {
        for name in parameters(subject.operation.path) {
            let given = Given {
                path: Some((name.to_owned(), "a/b?c#d e%2Fé".to_owned())),
                ..Given::default()
            };
            let preview = (subject.preview)(zoom.clone(), &given).await;
            let url = Url::parse(preview.url()).unwrap();
            let sent = url.path().split('/').count();
            let expected = subject.operation.path.split('/').count() + 1;
            problems.check(&subject, sent == expected, || preview.url().to_string());
        }
    }
    problems.assert_none();
}

async fn nothing() -> (Loopback, ZoomChat) {
    let server = Loopback::answering([]).await;
    let zoom = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(server.base_url())
        .build()
        .unwrap();
    (server, zoom)
}

/// The call was refused because of `name`, and nothing left.
fn check(problems: &mut Problems, subject: &Subject, called: &Called, name: &str, value: &str) {
    let is_refused = called.as_ref().is_err_and(|failed| {
        failed.error.delivery() == Delivery::NotSent
            && failed.error.attempts() == 0
            && failed.error.to_string().contains(name)
    });
    problems.check(subject, is_refused, || {
        format!("{name} = {value:?}: {called:?}")
    });
}

/// The names in a path template.
fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}
