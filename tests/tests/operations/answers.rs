//! Each saved answer is decoded, and encoded once more says the same.

use serde_json::Value;
use zoom_chat_tests::loopback::{self, Loopback};

use crate::{document::is_same, given::Given, item, problems::Problems, subjects};

#[tokio::test]
async fn each_saved_answer_is_decoded_without_loss() {
    let items = item::all();
    let mut problems = Problems::default();
    for subject in subjects() {
        let answers = items[&item::key(subject.operation)].answers();
        let successes: Vec<_> = answers.into_iter().filter(|it| it.status < 300).collect();
        problems.check(&subject, !successes.is_empty(), || {
            "no success is saved".to_owned()
        });
        let script = successes
            .iter()
            .map(|it| loopback::Answer::json(it.status, &it.body));
        let server = Loopback::answering(script).await;
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
