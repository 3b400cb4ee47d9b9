//! What the call path does with tokens: one that Zoom refuses is exchanged once, and only where that can help.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use zoom_chat_sdk::{
    Delivery, Error, Event, Recipient, Sent, ZoomChat,
    auth::{AccessToken, BoxFuture, TokenError, TokenSource},
};
use zoom_chat_tests::loopback::{Answer, Loopback};

/// Gives `token-0` until that is invalidated, then `token-1`, and so on up to `token-LAST`.
#[derive(Debug, Clone)]
struct Numbered {
    current: Arc<AtomicUsize>,
    last: usize,
}

impl Numbered {
    fn up_to(last: usize) -> Self {
        let current = Arc::default();
        Self { current, last }
    }

    fn name(&self) -> String {
        format!(
            "token-{}",
            self.current.load(Ordering::SeqCst).min(self.last)
        )
    }
}

impl TokenSource for Numbered {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async { AccessToken::new(self.name()) })
    }

    fn invalidate(&self, rejected: &AccessToken) {
        if rejected.expose_secret() == self.name() {
            self.current.fetch_add(1, Ordering::SeqCst);
        }
    }
}

fn expired() -> Answer {
    Answer::json(401, r#"{"code":124,"message":"Access token is expired."}"#)
}

async fn send(client: &ZoomChat) -> Result<Sent, Error> {
    client.send_message(Recipient::channel("c")?, "Hello").await
}

fn client(zoom: &Loopback, source: impl TokenSource + 'static) -> ZoomChat {
    let builder = ZoomChat::builder().base_url(zoom.base_url());
    builder.token_source(source).build().unwrap()
}

fn tokens(zoom: &Loopback) -> Vec<String> {
    let token = |header: Option<&str>| header.unwrap().trim_start_matches("Bearer ").to_owned();
    let received = zoom.received();
    received
        .iter()
        .map(|request| token(request.header("authorization")))
        .collect()
}

#[tokio::test]
async fn a_refused_token_is_exchanged_and_the_call_repeated_once() {
    let file = Answer::json(400, r#"{"code":124,"message":"Invalid access token."}"#);
    for refusal in [expired(), file, Answer::with(401, "", "")] {
        let zoom = Loopback::answering([refusal, Answer::sent("m1"), Answer::sent("m2")]).await;
        let client = client(&zoom, Numbered::up_to(9));
        let sent = send(&client).await.unwrap();
        assert_eq!((sent.id.as_str(), sent.attempts), ("m1", 2));
        send(&client).await.unwrap();
        assert_eq!(tokens(&zoom), ["token-0", "token-1", "token-1"]);
    }
}

#[tokio::test]
async fn a_second_refusal_is_final() {
    let zoom = Loopback::answering([expired(), expired()]).await;
    let error = send(&client(&zoom, Numbered::up_to(9))).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!((error.status(), error.attempts()), (Some(401), 2));
    assert_eq!(error.delivery(), Delivery::NotSent);
}

#[tokio::test]
async fn without_another_token_nothing_is_repeated() {
    let zoom = Loopback::answering([expired(), expired()]).await;
    let error = send(&client(&zoom, Numbered::up_to(0))).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
    let fixed = ZoomChat::builder()
        .access_token("fixed")
        .base_url(zoom.base_url());
    let error = send(&fixed.build().unwrap()).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
    assert_eq!(zoom.received().len(), 2);
}

#[tokio::test]
async fn missing_scopes_are_no_reason_for_another_token() {
    for code in [4700, 4711] {
        let body = format!(
            r#"{{"code":{code},"message":"Invalid access token, does not contain scopes:[chat_message:write]."}}"#
        );
        let zoom = Loopback::answering([Answer::json(401, &body), Answer::sent("m1")]).await;
        let source = Numbered::up_to(9);
        let error = send(&client(&zoom, source.clone())).await.unwrap_err();
        assert_eq!(error.missing_scopes(), ["chat_message:write"]);
        assert_eq!((error.attempts(), source.name().as_str()), (1, "token-0"));
    }
}

#[tokio::test]
async fn a_call_that_was_late_does_not_throw_a_newer_token_away() {
    let zoom = Loopback::answering([expired(), Answer::sent("m1")]).await;
    let source = Numbered::up_to(9);
    let newer = source.current.clone();
    let client = ZoomChat::builder()
        .base_url(zoom.base_url())
        .token_source(source.clone())
        // Between the refusal and the exchange somebody else has exchanged the token.
        .on_event(move |event| {
            if let Event::AttemptEnded {
                outcome: Err(_), ..
            } = event
            {
                newer.fetch_add(1, Ordering::SeqCst);
            }
        })
        .build()
        .unwrap();
    send(&client).await.unwrap();
    assert_eq!(tokens(&zoom), ["token-0", "token-1"]);
}

/// Fails as it is told to.
#[derive(Debug)]
struct Failing(Mutex<Option<TokenError>>);

impl TokenSource for Failing {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let error = self.0.lock().unwrap().take();
        Box::pin(async {
            match error {
                Some(error) => Err(error),
                None => std::future::pending().await,
            }
        })
    }

    fn invalidate(&self, _rejected: &AccessToken) {}
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let zoom = Loopback::answering([]).await;
    let gone = TokenError::needs_reauthorization("the refresh token is not valid any more");
    let error = send(&client(&zoom, Failing(Mutex::new(Some(gone)))))
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Token(_)) && error.is_auth() && error.is_needs_reauthorization()
    );
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    assert_eq!(
        error.to_string(),
        "no access token for sendChatMessage; nothing was sent"
    );
    assert!(zoom.received().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_does_not_come_ends_with_the_total_time() {
    let zoom = Loopback::answering([]).await;
    let error = send(&client(&zoom, Failing(Mutex::new(None))))
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0));
    assert_eq!(
        error.to_string(),
        "sendChatMessage took longer than 120s in all; nothing was sent"
    );
}

/// Has no token at hand: gives one when asked, or fails, in turn.
#[derive(Debug)]
struct Alternating(AtomicUsize);

impl TokenSource for Alternating {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let token = match self.0.fetch_add(1, Ordering::SeqCst) % 2 {
            0 => AccessToken::new("t0ken"),
            _ => AccessToken::new("no header takes\nthis"),
        };
        Box::pin(async { token })
    }

    fn invalidate(&self, _rejected: &AccessToken) {}
}

#[tokio::test]
async fn waiting_for_a_token_is_an_event_and_one_at_hand_is_none() {
    let zoom = Loopback::answering((0..3).map(|_| Answer::sent("m1"))).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watched = |builder: zoom_chat_sdk::ZoomChatBuilder| {
        let sink = Arc::clone(&seen);
        builder.base_url(zoom.base_url()).on_event(move |event| {
            if let Event::TokenAwaited {
                operation, outcome, ..
            } = event
            {
                let error = outcome.err().map(|error| matches!(error, Error::Token(_)));
                sink.lock().unwrap().push((operation.id, error));
            }
        })
    };
    let waiting = watched(ZoomChat::builder().token_source(Alternating(AtomicUsize::new(0))));
    let waiting = waiting.build().unwrap();
    send(&waiting).await.unwrap();
    send(&waiting).await.unwrap_err();
    let fixed = watched(ZoomChat::builder().access_token("t0ken"));
    send(&fixed.build().unwrap()).await.unwrap();
    assert_eq!(
        *seen.lock().unwrap(),
        [("sendChatMessage", None), ("sendChatMessage", Some(true))]
    );
}
