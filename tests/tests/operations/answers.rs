//! Each saved answer is decoded: that of a success without loss, that of an error to a variant of its operation.

use std::ops::RangeBounds;

use serde_json::Value;
use zoom_chat_tests::loopback::{self, Loopback};

use crate::{
    document::is_same,
    given::Given,
    item::{self, Answer, Item},
    problems::Problems,
    subjects,
};

/// The saved answers of an item with one of these statuses, and a server that gives them in their order.
async fn saved(item: &Item, statuses: impl RangeBounds<u16>) -> (Loopback, Vec<Answer>) {
    let mut answers = item.answers();
    answers.retain(|it| statuses.contains(&it.status));
    let script = answers
        .iter()
        .map(|it| loopback::Answer::json(it.status, &it.body));
    (Loopback::answering(script).await, answers)
}

#[tokio::test]
async fn each_saved_answer_is_decoded_without_loss() {
    let items = item::all();
    let mut problems = Problems::default();
    for subject in subjects() {
        let (server, successes) = saved(&items[&item::key(subject.operation)], ..300).await;
        problems.check(&subject, !successes.is_empty(), || {
            "no success is saved".to_owned()
        });
        let zoom = server.client();
        for answer in successes {
            let saved: Value = match answer.body.as_str() {
                "" => Value::Null,
                body => serde_json::from_str(body).unwrap(),
            };
            let called = (subject.call)(zoom.clone(), &Given::default()).await;
            let is_whole = called.as_ref().is_ok_and(|success| {
                success.status == answer.status && is_same(&success.answer, &saved)
            });
            problems.check(&subject, is_whole, || {
                format!("{called:?}\ninstead of {saved}")
            });
        }
    }
    problems.assert_none();
}

#[tokio::test]
async fn each_saved_error_is_decoded_to_a_documented_one() {
    let items = item::all();
    let mut problems = Problems::default();
    for subject in subjects() {
        let (server, errors) = saved(&items[&item::key(subject.operation)], 400..).await;
        let zoom = server.client();
        for saved in errors {
            let failed = (subject.call)(zoom.clone(), &Given::default()).await;
            let Err(failed) = failed else {
                problems.check(&subject, false, || format!("{} is a success", saved.status));
                continue;
            };
            let told = failed.error.status();
            problems.check(&subject, told == Some(saved.status), || {
                format!("{told:?}, not {}", saved.status)
            });
            // Zoom documents some statuses without an error.
            let error: Value = serde_json::from_str(&saved.body).unwrap_or_default();
            let is_known = failed
                .documented
                .as_ref()
                .is_some_and(|variant| !variant.starts_with("Unknown"));
            problems.check(&subject, is_known || error.is_null(), || {
                format!("{error} is {:?}", failed.documented)
            });
            problems.check(
                &subject,
                failed.error.code() == error["code"].as_i64(),
                || format!("{error} has the code {:?}", failed.error.code()),
            );
        }
    }
    problems.assert_none();
}
