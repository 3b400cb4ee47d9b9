//! Ten thousand messages through a server that misbehaves in every way it knows, against its ledger: no message twice,
//! none called sent that is not, none called not sent that was, one token per expired token.
//!
//! Client and server share one thread and one paused clock, so an hour of silence takes no time.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task::JoinSet};
use zoom_chat_sdk::{
    ChannelId, Delivery, Message, ZoomChat,
    auth::{Endpoints, OAuthApp},
};
use zoom_chat_tests::faulty_zoom::{Fault, Faults, FaultyZoom, Ledger};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Sent,
    NotSent,
    Unknown,
}

async fn client(zoom: &FaultyZoom) -> ZoomChat {
    let endpoints = Endpoints::at(&zoom.token_url()).unwrap();
    let app = OAuthApp::builder("client")
        .client_secret("secret")
        .endpoints(endpoints)
        .build()
        .unwrap();
    ZoomChat::builder()
        .base_url(zoom.base_url())
        .token_source(app.server_to_server("account"))
        .attempt_timeout(Duration::from_secs(10))
        .build()
        .unwrap()
}

/// What the client says became of each of so many messages.
async fn send(client: &ZoomChat, messages: u32, concurrency: usize) -> BTreeMap<String, Outcome> {
    let places = Arc::new(Semaphore::new(concurrency));
    let mut calls = JoinSet::new();
    for number in 0..messages {
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        let client = client.clone();
        calls.spawn(async move {
            let message = format!("soak-{number}");
            let to = ChannelId::new("loopback-channel").unwrap().into();
            let outcome = match client
                .send_message(to, Message::new(message.as_str()))
                .await
            {
                Ok(sent) => {
                    assert_eq!(sent.id.as_str(), format!("id-of-{message}"));
                    Outcome::Sent
                }
                Err(error) => match error.delivery() {
                    Delivery::Accepted => Outcome::Sent,
                    Delivery::NotSent => Outcome::NotSent,
                    _ => Outcome::Unknown,
                },
            };
            drop(place);
            (message, outcome)
        });
    }
    calls.join_all().await.into_iter().collect()
}

fn hold_against(ledger: &Ledger, outcomes: &BTreeMap<String, Outcome>) {
    for (message, outcome) in outcomes {
        let accepted = ledger.accepted.get(message).copied().unwrap_or_default();
        assert!(accepted <= 1, "{message} was sent {accepted} times");
        match outcome {
            Outcome::Sent => assert_eq!(accepted, 1, "{message} is called sent"),
            Outcome::NotSent => assert_eq!(accepted, 0, "{message} is called not sent"),
            Outcome::Unknown => {}
        }
    }
    // The last token may have expired without anybody to need another.
    let replaced = ledger.tokens_issued - 1;
    assert!(
        (ledger.tokens_expired.saturating_sub(1)..=ledger.tokens_expired).contains(&replaced),
        "{} tokens expired, {replaced} were replaced",
        ledger.tokens_expired
    );
}

fn count(outcomes: &BTreeMap<String, Outcome>, wanted: Outcome) -> usize {
    outcomes
        .values()
        .filter(|outcome| **outcome == wanted)
        .count()
}

#[tokio::test(start_paused = true)]
async fn outcomes_are_honest_under_every_fault() {
    let zoom = FaultyZoom::start(Faults::every(1, 300)).await;
    let outcomes = send(&client(&zoom).await, 10_000, 64).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(outcomes.len(), 10_000);
    for outcome in [Outcome::Sent, Outcome::NotSent, Outcome::Unknown] {
        assert!(count(&outcomes, outcome) > 0, "no message is {outcome:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_without_faults_gets_every_message_once() {
    let zoom = FaultyZoom::start(Faults::none()).await;
    let outcomes = send(&client(&zoom).await, 500, 64).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(count(&outcomes, Outcome::Sent), 500);
}

#[tokio::test(start_paused = true)]
async fn one_expired_token_is_one_token_request_at_any_concurrency() {
    let faults = Faults {
        calls_per_token: Some(1_000),
        ..Faults::none()
    };
    let zoom = FaultyZoom::start(faults).await;
    let outcomes = send(&client(&zoom).await, 5_000, 500).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(count(&outcomes, Outcome::Sent), 5_000);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_wants_json_gets_every_message_once() {
    let faults = Faults {
        per_thousand: 1000,
        kinds: vec![Fault::UnsupportedMediaType],
        ..Faults::none()
    };
    let zoom = FaultyZoom::start(faults).await;
    let outcomes = send(&client(&zoom).await, 200, 16).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(
        count(&outcomes, Outcome::NotSent),
        200,
        "it refuses JSON as well"
    );
    let most = zoom.ledger().attempts.values().copied().max();
    assert_eq!(most, Some(2), "once in each encoding");
}
