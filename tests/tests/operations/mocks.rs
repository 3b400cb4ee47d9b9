//! Each request, made of its documented example, passes its typed mock.

use zoom_chat_tests::endpoint::zoom;

use crate::{document, given::Given, problems::Problems, subjects};

#[tokio::test]
async fn each_example_passes_its_typed_mock_and_gets_the_documented_answer() {
    let (server, zoom) = zoom().await;
    let mut problems = Problems::default();
    for subject in subjects() {
        let (status, answer) = document::answers(subject.operation).remove(0);
        for example in 0..subject.examples {
            let given = Given {
                example,
                ..Given::default()
            };
            let mut mock = (subject.mock)(&server, &given, &answer);
            let called = (subject.call)(zoom.clone(), &given).await;
            let is_answered = called.as_ref().is_ok_and(|called| {
                called.status == status && document::is_same(&called.answer, &answer)
            });
            problems.check(&subject, is_answered, || {
                format!("{called:?}\ninstead of {answer}")
            });
            problems.check(&subject, mock.calls() == 1, || {
                format!("{} calls", mock.calls())
            });
            mock.delete();
        }
    }
    problems.assert_none();
}
