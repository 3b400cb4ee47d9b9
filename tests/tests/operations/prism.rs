//! Prism, a mock server that knows nothing of this project, serves the document and accepts each request.
//!
//! `.ci/prism` starts it and sets `PRISM_URL`; without that there is nothing to ask.

use std::env;

use zoom_chat_sdk::ZoomChat;

use crate::{given::Given, problems::Problems, subjects};

#[tokio::test]
async fn prism_accepts_each_example() {
    let Ok(address) = env::var("PRISM_URL") else {
        eprintln!("PRISM_URL is not set: whether Prism accepts the examples is not tested");
        return;
    };
    let mut problems = Problems::default();
    let zoom = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(address)
        .build()
        .unwrap();
    for subject in subjects() {
        for example in 0..subject.examples {
            let given = Given {
                example,
                file_name: "notes.md".into(),
                ..Given::default()
            };
            let called = (subject.call)(zoom.clone(), &given).await;
            problems.check(&subject, called.is_ok(), || format!("{called:?}"));
        }
    }
    problems.assert_none();
}
