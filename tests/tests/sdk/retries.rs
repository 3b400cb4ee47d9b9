//! What is repeated and what is not, and what the caller is told when a call is given up.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use zoom_chat_sdk::{
    CallEvent, Delivery, Error, ErrorKind, Recipient, Response, Sent, ZoomChat, ZoomChatBuilder,
    requests,
    retry::{GiveUp, RetryAfter, RetryBudget, RetryPolicy},
    time::TokioClock,
    types::ListUsersChatMessagesResponse,
};
use zoom_chat_tests::{
    loopback::{Answer, Loopback},
    virtual_time::skip_retry_waits,
};

/// The waits between requests, as announced by the client. They pass at once.
type Waits = Arc<Mutex<Vec<Duration>>>;

fn builder(zoom: &Loopback) -> (ZoomChatBuilder, Waits) {
    let waits = Waits::default();
    let (seen, skip) = (Arc::clone(&waits), skip_retry_waits());
    let builder = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(zoom.base_url())
        .on_event(move |event| {
            skip(event);
            if let CallEvent::Retry { after, .. } = event {
                seen.lock().unwrap().push(*after);
            }
        });
    (builder, waits)
}

async fn send(client: &ZoomChat) -> Result<Sent, Error> {
    client
        .send_message(Recipient::channel("c")?, "Hello")
        .await
        .map_err(Error::from)
}

async fn list(client: &ZoomChat) -> Result<Response<ListUsersChatMessagesResponse>, Error> {
    let request = requests::ListUsersChatMessages::new().to_channel("c");
    Ok(client.call(request).await?)
}

fn per_second() -> Answer {
    let headers = "X-RateLimit-Category: Light\r\nX-RateLimit-Type: QPS\r\n";
    Answer::with(429, headers, r#"{"code":429,"message":"Too many."}"#)
}

fn lost() -> Answer {
    Answer::BytesThenClose(Vec::new())
}

#[tokio::test]
async fn a_send_that_was_refused_for_its_rate_is_repeated() {
    let asked = Answer::with(429, "Retry-After: 7\r\n", "");
    let zoom = Loopback::answering([per_second(), asked, Answer::sent("m1")]).await;
    let (builder, waits) = builder(&zoom);
    let sent = send(&builder.build().unwrap()).await.unwrap();
    assert_eq!((sent.id.as_str(), sent.attempts), ("m1", 3));
    let waits = waits.lock().unwrap().clone();
    assert!(waits[0] < Duration::from_secs(1), "{waits:?}");
    let seven = Duration::from_secs(7);
    assert!(
        seven <= waits[1] && waits[1] < seven + Duration::from_secs(2),
        "{waits:?}"
    );
}

#[tokio::test]
async fn a_send_that_may_have_been_accepted_is_not_repeated() {
    let system_error = Answer::json(
        400,
        r#"{"code":5601,"message":"System error, please try again later."}"#,
    );
    for answer in [
        lost(),
        Answer::with(408, "", ""),
        Answer::with(500, "", ""),
        Answer::with(502, "", "<html>"),
        Answer::with(503, "Retry-After: 1\r\n", ""),
        Answer::with(504, "", ""),
        system_error,
        Answer::json(201, ""),
        Answer::BytesThenClose(b"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{".to_vec()),
    ] {
        let zoom = Loopback::answering([answer.clone(), Answer::sent("twice")]).await;
        let (builder, _) = builder(&zoom);
        let error = send(&builder.build().unwrap()).await.unwrap_err();
        assert!(error.delivery().may_have_been_sent(), "{answer:?}");
        // Told by what came of it: nothing, an error, or a success that says nothing.
        let is_lost = matches!(&answer, Answer::BytesThenClose(bytes) if bytes.is_empty());
        assert_eq!(error.kind() == ErrorKind::Transport, is_lost, "{error:?}");
        assert_eq!(zoom.received().len(), 1, "{answer:?}");
        let reason = error.gave_up().unwrap();
        assert!(
            matches!(reason, GiveUp::MayHaveBeenSent | GiveUp::Final),
            "{reason:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_that_will_not_change_is_not_repeated() {
    for status in [300, 400, 403, 404, 415, 422] {
        let zoom = Loopback::answering([
            Answer::with(status, "Retry-After: 1\r\n", ""),
            Answer::with(status, "", ""),
        ])
        .await;
        let (builder, waits) = builder(&zoom);
        let builder = builder.encoding(zoom_chat_sdk::Encoding::Json);
        let error = send(&builder.build().unwrap()).await.unwrap_err();
        assert_eq!(error.gave_up(), Some(GiveUp::Final));
        assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
        if status >= 400 {
            assert_eq!(error.delivery(), Delivery::NotSent, "{status}");
        }
        assert_eq!((zoom.received().len(), waits.lock().unwrap().len()), (1, 0));
    }
}

#[tokio::test]
async fn what_may_be_repeated_is_repeated_after_any_passing_trouble() {
    let cut = Answer::BytesThenClose(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{".to_vec());
    for trouble in [
        lost(),
        cut,
        per_second(),
        Answer::with(408, "", ""),
        Answer::with(502, "", "<html>"),
        Answer::with(503, "", ""),
        Answer::with(504, "", ""),
    ] {
        let zoom = Loopback::answering([trouble.clone(), Answer::json(200, "{}")]).await;
        let (builder, _) = builder(&zoom);
        let answer = list(&builder.build().unwrap()).await;
        assert_eq!(answer.unwrap().attempts(), 2, "{trouble:?}");
    }
}

#[tokio::test]
async fn attempts_are_bounded_and_told() {
    let zoom = Loopback::answering((0..9).map(|_| per_second())).await;
    let (builder, waits) = builder(&zoom);
    let error = send(&builder.build().unwrap()).await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(
        (error.attempts(), error.gave_up()),
        (5, Some(GiveUp::Attempts))
    );
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(
        error.to_string(),
        "sendChatMessage answered 429, code 429: Too many; given up after 5 requests: the retry limit was reached"
    );
    assert_eq!(waits.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn one_lost_answer_is_not_undone_by_a_later_refusal() {
    let zoom = Loopback::answering([lost(), Answer::with(404, "", "")]).await;
    let (builder, _) = builder(&zoom);
    let error = list(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(404), 2));
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[tokio::test]
async fn a_daily_limit_fails_at_once_with_the_instant() {
    let headers = "X-RateLimit-Type: Daily-limit\r\nX-RateLimit-Remaining: 0\r\nRetry-After: 2025-08-23T00:00:00Z\r\n";
    let zoom = Loopback::answering([Answer::with(429, headers, "")]).await;
    let (builder, waits) = builder(&zoom);
    let until = UNIX_EPOCH + Duration::from_secs(1_755_907_200);
    let clock: SystemTime = until - Duration::from_secs(3600);
    let client = builder
        .clock(TokioClock::starting_at(clock))
        .build()
        .unwrap();
    let error = send(&client).await.unwrap_err();
    let Some(GiveUp::DailyLimit { until: told }) = error.gave_up() else {
        panic!("{error:?}")
    };
    // To the moment that the answer took: the clock of the test runs.
    assert!(told >= until && told < until + Duration::from_secs(60));
    assert_eq!(error.retry_after(), Some(RetryAfter::At(until)));
    assert_eq!(error.retry_in(), Some(Duration::ZERO), "long past");
    assert!(waits.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_daily_limit_told_only_by_its_text_fails_at_once_with_midnight() {
    let text =
        r#"{"code":429,"message":"You have reached the maximum daily rate limit for this API."}"#;
    let zoom = Loopback::answering([Answer::json(429, text), Answer::sent("m1")]).await;
    let (builder, waits) = builder(&zoom);
    let midnight = UNIX_EPOCH + Duration::from_secs(1_755_907_200);
    let clock = TokioClock::starting_at(midnight - Duration::from_secs(3600));
    let client = builder.clock(clock).build().unwrap();
    let error = send(&client).await.unwrap_err();
    let Some(GiveUp::DailyLimit { until }) = error.gave_up() else {
        panic!("{error:?}")
    };
    assert_eq!(until, midnight);
    assert_eq!((zoom.received().len(), waits.lock().unwrap().len()), (1, 0));
}

#[tokio::test]
async fn a_fraction_of_a_second_is_waited_for() {
    let asked = Answer::with(429, "Retry-After: 1.5\r\n", "");
    let zoom = Loopback::answering([asked, Answer::sent("m1")]).await;
    let (builder, waits) = builder(&zoom);
    send(&builder.build().unwrap()).await.unwrap();
    let waits = waits.lock().unwrap().clone();
    let asked = Duration::from_millis(1500);
    assert!(
        asked <= waits[0] && waits[0] < asked + Duration::from_secs(1),
        "{waits:?}"
    );
}

#[tokio::test]
async fn rate_limits_by_the_second_use_up_no_budget() {
    let refused = (0..40).flat_map(|_| [per_second(), per_second(), Answer::sent("m1")]);
    let zoom = Loopback::answering(refused).await;
    let (builder, _) = builder(&zoom);
    let client = builder
        .retry_budget(RetryBudget::new(0, 0.0))
        .build()
        .unwrap();
    for _ in 0..40 {
        assert_eq!(send(&client).await.unwrap().attempts, 3);
    }
}

#[tokio::test]
async fn calls_fill_the_budget_that_others_used_up() {
    let trouble = (0..3).flat_map(|_| [Answer::with(429, "", ""), Answer::sent("m1")]);
    let fine = (0..2).map(|_| Answer::sent("m1"));
    let spent = [Answer::with(429, "", "")];
    let zoom = Loopback::answering(
        trouble
            .take(2)
            .chain(spent)
            .chain(fine)
            .chain([Answer::with(429, "", ""), Answer::sent("m1")]),
    )
    .await;
    let (builder, _) = builder(&zoom);
    let client = builder
        .retry_budget(RetryBudget::new(1, 0.5))
        .build()
        .unwrap();
    let attempts = |sent: Result<Sent, Error>| match sent {
        Ok(sent) => Ok(sent.attempts),
        Err(error) => Err(error.gave_up()),
    };
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(attempts(send(&client).await));
    }
    // Used up by the first call; filled by the three that begin after it.
    assert_eq!(
        seen,
        [Ok(2), Err(Some(GiveUp::Budget)), Ok(1), Ok(1), Ok(2)]
    );
}

#[tokio::test]
async fn a_wait_beyond_the_total_time_is_not_begun() {
    let zoom = Loopback::answering([Answer::with(429, "Retry-After: 600\r\n", "")]).await;
    let (builder, waits) = builder(&zoom);
    let error = send(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!(error.gave_up(), Some(GiveUp::Time));
    assert_eq!(
        error.retry_after(),
        Some(RetryAfter::Delay(Duration::from_secs(600)))
    );
    assert_eq!(error.retry_in(), Some(Duration::from_secs(600)));
    assert!(waits.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_budget_is_shared_by_clones() {
    let untold = Answer::with(429, "", "");
    let zoom = Loopback::answering((0..9).map(|_| untold.clone())).await;
    let (builder, _) = builder(&zoom);
    let first = builder
        .retry_budget(RetryBudget::new(1, 0.0))
        .build()
        .unwrap();
    let second = first.clone();
    assert_eq!(send(&first).await.unwrap_err().attempts(), 2);
    let error = send(&second).await.unwrap_err();
    assert_eq!(
        (error.attempts(), error.gave_up()),
        (1, Some(GiveUp::Budget))
    );
}

#[tokio::test]
async fn a_policy_of_one_attempt_still_changes_the_encoding() {
    let zoom =
        Loopback::answering([Answer::with(415, "", ""), Answer::sent("m1"), per_second()]).await;
    let (builder, _) = builder(&zoom);
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    assert_eq!(send(&client).await.unwrap().attempts, 2);
    assert_eq!(send(&client).await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_changed_encoding_is_no_attempt_of_the_policy() {
    let refused = || Answer::with(415, "", "");
    let policy = RetryPolicy::default().max_attempts(2);
    for (last, expected) in [
        (Answer::sent("m1"), Ok(3)),
        (per_second(), Err((3, Some(GiveUp::Attempts)))),
    ] {
        let zoom = Loopback::answering([refused(), per_second(), last]).await;
        let client = builder(&zoom).0.retry(policy).build().unwrap();
        let outcome = send(&client).await;
        let outcome = outcome
            .map(|sent| sent.attempts)
            .map_err(|error| (error.attempts(), error.gave_up()));
        assert_eq!(outcome, expected);
    }
}

#[tokio::test]
async fn a_connection_that_cannot_be_made_is_tried_again() {
    let zoom = Loopback::answering([]).await;
    let (builder, waits) = builder(&zoom);
    let client = builder.build().unwrap();
    drop(zoom);
    // The task that holds the listener ends at its next turn.
    tokio::task::yield_now().await;
    let error = send(&client).await.unwrap_err();
    assert!(error.is_connect());
    assert_eq!((error.attempts(), error.delivery()), (5, Delivery::NotSent));
    assert_eq!(waits.lock().unwrap().len(), 4);
}

/// What is not read today is not read tomorrow, and a listing that is asked for again and again costs permits.
#[tokio::test]
async fn a_success_that_cannot_be_read_is_not_asked_for_again() {
    for body in ["", "[1]", r#"{"messages":7}"#, "<html>", r#"{"messages":["#] {
        let zoom = Loopback::answering([Answer::json(200, body), Answer::json(200, "{}")]).await;
        let (builder, waits) = builder(&zoom);
        let error = list(&builder.build().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Answer, "{body} {error:?}");
        assert_eq!(error.gave_up(), Some(GiveUp::Final), "{body}");
        assert_eq!((zoom.received().len(), waits.lock().unwrap().len()), (1, 0));
    }
}

#[tokio::test]
async fn calls_that_go_well_fill_the_budget_again() {
    let limited = || [per_second(), Answer::sent("m1")];
    let script = limited()
        .into_iter()
        .chain([Answer::sent("m2"), Answer::sent("m3")])
        .chain(limited());
    let zoom = Loopback::answering(script).await;
    let (builder, _) = builder(&zoom);
    let client = builder
        .retry_budget(RetryBudget::new(1, 0.5))
        .build()
        .unwrap();
    let attempts = async || send(&client).await.unwrap().attempts;
    assert_eq!(attempts().await, 2, "the budget is used up");
    assert_eq!((attempts().await, attempts().await), (1, 1));
    assert_eq!(attempts().await, 2, "three calls are worth one retry");
}
