//! Each listing is read over three pages, of which the second is empty.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use zoom_chat_sdk::reqwest::Url;
use zoom_chat_tests::loopback::{Answer, Loopback, Received};

use crate::{document, given::Given, problems::Problems, subjects};

const TOKEN: &str = "next_page_token";
const TOKENS: [&str; 2] = ["2,+/ x=", "3"];

#[tokio::test]
async fn each_listing_goes_on_over_an_empty_page() {
    let mut problems = Problems::default();
    for subject in subjects() {
        let takes_token = document::takes(subject.operation, TOKEN);
        problems.check(&subject, subject.pages.is_some() == takes_token, || {
            format!("takes a page token: {takes_token}, and is not read so")
        });
        let Some(pages) = subject.pages else { continue };
        let (status, page) = document::answers(subject.operation).remove(0);
        let list = document::listed(subject.operation);
        let others: Vec<_> = page[&list].as_array().unwrap().iter().map(other).collect();
        let answers = [
            with(
                &page,
                &[(&list, page[&list].clone()), (TOKEN, json!(TOKENS[0]))],
            ),
            with(&page, &[(&list, json!([])), (TOKEN, json!(TOKENS[1]))]),
            with(&page, &[(&list, json!(others)), (TOKEN, json!(""))]),
        ];
        let script = answers
            .iter()
            .map(|page| Answer::json(status, &page.to_string()));
        let server = Loopback::answering(script).await;
        let zoom = server.client();
        let listed = pages(zoom, &Given::without([TOKEN])).await;
        let expected: Vec<_> = [&answers[0], &answers[2]]
            .into_iter()
            .flat_map(|page| page[&list].as_array().unwrap().clone())
            .collect();
        let is_whole = listed.as_ref().is_ok_and(|listed| *listed == expected);
        problems.check(&subject, is_whole, || {
            format!("{listed:?}\ninstead of {expected:?}")
        });
        let asked: Vec<_> = server.received().iter().map(asked).collect();
        let without: Vec<_> = asked.iter().map(|(_, rest)| rest).collect();
        problems.check(
            &subject,
            without.iter().all(|rest| *rest == without[0]),
            || format!("the pages are of several listings: {without:?}"),
        );
        let tokens: Vec<_> = asked.iter().map(|(token, _)| token.as_deref()).collect();
        let expected = [None, Some(TOKENS[0]), Some(TOKENS[1])];
        problems.check(&subject, tokens == expected, || {
            format!("asked for {tokens:?}")
        });
    }
    problems.assert_none();
}

/// The page with these members.
fn with(page: &Value, members: &[(&str, Value)]) -> Value {
    let mut page = page.clone();
    for (name, value) in members {
        page[name] = value.clone();
    }
    page
}

/// Another item of the same shape.
fn other(item: &Value) -> Value {
    let mut item = item.clone();
    for (_, value) in item.as_object_mut().unwrap() {
        if let Value::String(text) = value {
            text.push_str("-3");
        }
    }
    item
}

/// The page token that was asked for, and the rest of the request.
fn asked(request: &Received) -> (Option<String>, String) {
    let (method, target) = request.target().split_once(' ').unwrap();
    let url = Url::parse(&format!("http://localhost{target}")).unwrap();
    let (mut query, mut token) = (Vec::new(), None);
    for (name, value) in url.query_pairs() {
        if name == TOKEN {
            token = Some(value.into_owned());
        } else {
            query.push((name, value));
        }
    }
    let mut body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    if let Some(Value::String(text)) = body.as_object_mut().and_then(|body| body.remove(TOKEN)) {
        token = Some(text);
    }
    // In one order: taking the token out may change it.
    let body: BTreeMap<_, _> = body.as_object().into_iter().flatten().collect();
    (token, format!("{method} {} {query:?} {body:?}", url.path()))
}
