//! Ten thousand messages through a server that misbehaves in every way it knows, against its ledger: no message twice,
//! none called sent that is not, none called not sent that was, one token per expired token.
//!
//! Client and server share one thread and one paused clock, so an hour of silence takes no time.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Semaphore, task::JoinSet};
use zoom_chat_sdk::{
    ChannelId, Delivery, Error, Message, ZoomChat, ZoomChatBuilder,
    auth::{Endpoints, OAuthApp, OAuthAppBuilder},
    reqwest::ClientBuilder,
};
use zoom_chat_tests::faulty_zoom::{Fault, Faults, FaultyZoom, Ledger};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Sent,
    NotSent,
    Unknown,
}

fn builder(zoom: &FaultyZoom) -> ZoomChatBuilder {
    ZoomChat::builder()
        .base_url(zoom.base_url())
        .attempt_timeout(Duration::from_secs(10))
        .max_answer_size(100_000)
}

fn app(zoom: &FaultyZoom) -> OAuthAppBuilder {
    let endpoints = Endpoints::at(&zoom.token_url()).unwrap();
    OAuthApp::builder("client")
        .client_secret("secret")
        .endpoints(endpoints)
}

fn client(zoom: &FaultyZoom) -> ZoomChat {
    let app = app(zoom).build().unwrap();
    let tokens = app.server_to_server("account");
    builder(zoom).token_source(tokens).build().unwrap()
}

fn client_of_http2(zoom: &FaultyZoom) -> ZoomChat {
    let app = app(zoom).http_client(ClientBuilder::http2_prior_knowledge);
    let tokens = app.build().unwrap().server_to_server("account");
    builder(zoom)
        .token_source(tokens)
        .http_client(ClientBuilder::http2_prior_knowledge)
        .build()
        .unwrap()
}

/// What the client says became of a message, and the requests that it says it made.
#[derive(Clone, Copy)]
struct Told {
    outcome: Outcome,
    attempts: u32,
    hooks: u32,
}

/// What the client says became of each of so many messages.
async fn send(client: &ZoomChat, messages: u32, concurrency: usize) -> BTreeMap<String, Told> {
    let places = Arc::new(Semaphore::new(concurrency));
    let mut calls = JoinSet::new();
    for number in 0..messages {
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        let client = client.clone();
        calls.spawn(async move {
            let message = format!("soak-{number}");
            let to = ChannelId::new("loopback-channel").unwrap().into();
            let hooks = Arc::new(AtomicU32::new(0));
            let ran = Arc::clone(&hooks);
            let sending = client
                .send_message(to, Message::new(message.as_str()))
                .before_each_request(move || {
                    ran.fetch_add(1, Ordering::SeqCst);
                    async { Ok::<_, Error>(()) }
                });
            let (outcome, attempts) = match sending.await {
                Ok(sent) => {
                    assert_eq!(sent.id.as_str(), format!("id-of-{message}"));
                    (Outcome::Sent, sent.attempts)
                }
                Err(error) => {
                    let outcome = match error.delivery() {
                        Delivery::Accepted => Outcome::Sent,
                        Delivery::NotSent => Outcome::NotSent,
                        _ => Outcome::Unknown,
                    };
                    (outcome, error.attempts())
                }
            };
            drop(place);
            let hooks = hooks.load(Ordering::SeqCst);
            let told = Told {
                outcome,
                attempts,
                hooks,
            };
            (message, told)
        });
    }
    calls.join_all().await.into_iter().collect()
}

fn hold_against(ledger: &Ledger, told: &BTreeMap<String, Told>) {
    for (message, told) in told {
        let accepted = ledger.accepted.get(message).copied().unwrap_or_default();
        assert!(accepted <= 1, "{message} was sent {accepted} times");
        match told.outcome {
            Outcome::Sent => assert_eq!(accepted, 1, "{message} is called sent"),
            Outcome::NotSent => assert_eq!(accepted, 0, "{message} is called not sent"),
            Outcome::Unknown => {}
        }
        assert_eq!(told.hooks, told.attempts, "hooks of {message}");
        let came = ledger.attempts.get(message).copied().unwrap_or_default();
        assert!(
            came <= u64::from(told.attempts),
            "{message} came {came} times, {} are told",
            told.attempts
        );
    }
    // The last token may have expired without anybody to need another.
    let replaced = ledger.tokens_issued - 1;
    assert!(
        (ledger.tokens_expired.saturating_sub(1)..=ledger.tokens_expired).contains(&replaced),
        "{} tokens expired, {replaced} were replaced",
        ledger.tokens_expired
    );
}

fn count(told: &BTreeMap<String, Told>, wanted: Outcome) -> usize {
    told.values().filter(|told| told.outcome == wanted).count()
}

#[tokio::test(start_paused = true)]
async fn outcomes_are_honest_under_every_fault() {
    let zoom = FaultyZoom::start(Faults::every(1, 300)).await;
    let outcomes = send(&client(&zoom), 10_000, 64).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(outcomes.len(), 10_000);
    for outcome in [Outcome::Sent, Outcome::NotSent, Outcome::Unknown] {
        assert!(count(&outcomes, outcome) > 0, "no message is {outcome:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn outcomes_are_honest_under_every_fault_of_http2() {
    let zoom = FaultyZoom::start_http2(Faults::every_of_http2(2, 300)).await;
    let outcomes = send(&client_of_http2(&zoom), 10_000, 64).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(outcomes.len(), 10_000);
    for outcome in [Outcome::Sent, Outcome::NotSent, Outcome::Unknown] {
        assert!(count(&outcomes, outcome) > 0, "no message is {outcome:?}");
    }
}

/// A stream that is refused is made again by the call: told, counted, and in the end sent.
#[tokio::test(start_paused = true)]
async fn refused_streams_lose_no_message() {
    let faults = Faults {
        per_thousand: 200,
        kinds: vec![Fault::RefusedStream, Fault::AnswerThenShutdown],
        ..Faults::none()
    };
    let zoom = FaultyZoom::start_http2(faults).await;
    let outcomes = send(&client_of_http2(&zoom), 1_000, 16).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(count(&outcomes, Outcome::Unknown), 0);
    assert!(count(&outcomes, Outcome::Sent) > 990);
    assert!(outcomes.values().any(|told| told.attempts > 1));
}

#[tokio::test(start_paused = true)]
async fn a_server_without_faults_gets_every_message_once() {
    let zoom = FaultyZoom::start(Faults::none()).await;
    let outcomes = send(&client(&zoom), 500, 64).await;
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
    let outcomes = send(&client(&zoom), 5_000, 500).await;
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
    let outcomes = send(&client(&zoom), 200, 16).await;
    hold_against(&zoom.ledger(), &outcomes);
    assert_eq!(
        count(&outcomes, Outcome::NotSent),
        200,
        "it refuses JSON as well"
    );
    let most = zoom.ledger().attempts.values().copied().max();
    assert_eq!(most, Some(2), "once in each encoding");
}
