//! What the call path does with tokens: one that Zoom refuses is exchanged once, and only where that can help.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use zoom_chat_sdk::{
    CallEvent, Delivery, Error, ErrorKind, Recipient, Sent, ZoomChat,
    auth::{AccessToken, BoxFuture, Endpoints, OAuthApp, TokenError, TokenSource},
    limit::{Limiter, Plan},
    requests,
    time::Clock,
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
    client
        .send_message(Recipient::channel("c")?, "Hello")
        .await
        .map_err(Error::from)
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
    let retries = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&retries);
    let fixed = fixed.on_event(move |event| {
        if matches!(event, CallEvent::Retry { .. }) {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let error = send(&fixed.build().unwrap()).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
    assert_eq!(zoom.received().len(), 2);
    assert_eq!(retries.load(Ordering::SeqCst), 0, "a retry was announced");
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
async fn any_401_is_a_reason_for_another_token_unless_it_says_otherwise() {
    let exchanged = [
        r#"{"code":7010,"message":"Invalid authorization token.","result":false}"#,
        r#"{"code":401,"message":"Service access not permitted."}"#,
        r#"{"code":123456789,"message":"Who are you?"}"#,
        r#"{"error":"invalid_token"}"#,
        "<html>Unauthorized</html>",
    ];
    for body in exchanged {
        let zoom = Loopback::answering([Answer::json(401, body), Answer::sent("m1")]).await;
        let sent = send(&client(&zoom, Numbered::up_to(9))).await.unwrap();
        assert_eq!(sent.attempts, 2, "{body}");
        assert_eq!(tokens(&zoom), ["token-0", "token-1"]);
    }
    let no_token = r#"{"code":300,"message":"Access token is required."}"#;
    let zoom = Loopback::answering([Answer::json(401, no_token)]).await;
    let error = send(&client(&zoom, Numbered::up_to(9))).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
    assert_eq!((error.code(), error.attempts()), (Some(300), 1));
}

#[tokio::test]
async fn a_401_that_the_operation_documents_as_something_else_is_final() {
    for (code, message, attempts) in [
        (401, "Service access not permitted.", 1),
        (100, "Invalid Access token.", 2),
        (7010, "An error of another operation.", 2),
    ] {
        let refusal = format!(r#"{{"code":{code},"message":"{message}"}}"#);
        let refusal = Answer::json(401, &refusal);
        let zoom = Loopback::answering([refusal.clone(), refusal]).await;
        let client = client(&zoom, Numbered::up_to(9));
        let outcome = client.call(requests::DeleteChatFile::new("f1"));
        let error = outcome.await.unwrap_err();
        assert_eq!((error.code(), error.attempts()), (Some(code), attempts));
    }
}

/// Gives tokens that live for 100 seconds, by a clock that leaps.
#[derive(Debug, Clone)]
struct Aging {
    clock: Leaping,
    given: Arc<AtomicUsize>,
    life: Duration,
    /// Whether it has the last token at hand.
    keeps: bool,
}

#[derive(Debug, Clone, Default)]
struct Leaping(Arc<AtomicU64>);

impl Clock for Leaping {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

impl Aging {
    fn give(&self) -> AccessToken {
        let number = self.given.fetch_add(1, Ordering::SeqCst) + 1;
        let token = AccessToken::new(format!("token-{number}")).unwrap();
        token.valid(self.clock.now(), self.clock.now() + self.life)
    }
}

impl TokenSource for Aging {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async { Ok(self.give()) })
    }

    fn at_hand(&self) -> Option<AccessToken> {
        self.keeps.then(|| self.give())
    }

    fn invalidate(&self, _rejected: &AccessToken) {}
}

#[tokio::test]
async fn a_token_that_expires_while_its_call_waits_for_its_turn_is_asked_for_again() {
    let life = Duration::from_secs(100);
    for (keeps, life, sent_with, turns) in [
        (false, life, "token-2", 2),
        (true, life, "token-2", 1),
        // There is no other one, so it is used as it is.
        (false, Duration::ZERO, "token-1", 1),
    ] {
        let zoom = Loopback::answering([Answer::sent("m1")]).await;
        let clock = Leaping::default();
        let source = Aging {
            clock: clock.clone(),
            given: Arc::default(),
            life,
            keeps,
        };
        let waited = Arc::new(AtomicUsize::new(0));
        let (leap, turn) = (clock.clone(), Arc::clone(&waited));
        let client = ZoomChat::builder()
            .base_url(zoom.base_url())
            .token_source(source)
            .clock(clock)
            .limiter(Limiter::new(Plan::Pro))
            .on_event(move |event| {
                if let CallEvent::PermitAwaited { .. } = event
                    && turn.fetch_add(1, Ordering::SeqCst) == 0
                {
                    leap.0.fetch_add(200, Ordering::SeqCst);
                }
            });
        let client = client.build().unwrap();
        let written = Arc::new(AtomicUsize::new(0));
        let journal = Arc::clone(&written);
        let sent = client
            .send_message(Recipient::channel("c").unwrap(), "Hello")
            .before_each_request(move || {
                journal.fetch_add(1, Ordering::SeqCst);
                async { Ok::<_, std::io::Error>(()) }
            })
            .await
            .unwrap();
        assert_eq!(sent.attempts, 1);
        assert_eq!(tokens(&zoom), [sent_with]);
        assert_eq!(waited.load(Ordering::SeqCst), turns);
        assert_eq!(written.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn what_the_token_endpoint_says_is_what_the_error_says() {
    let body = r#"{"reason":"Invalid client_id or client_secret","error":"invalid_client"}"#;
    let headers = "Content-Type: application/json\r\nx-zm-trackingid: track-1\r\n";
    let zoom = Loopback::answering([Answer::with(401, headers, body)]).await;
    let app = OAuthApp::builder("id")
        .client_secret("a s3cret")
        .endpoints(Endpoints::at(&zoom.base_url()).unwrap());
    let source = app.build().unwrap().server_to_server("account");
    let error = send(&client(&zoom, source)).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Token && error.is_auth() && !error.is_not_found());
    assert_eq!(error.status(), Some(401));
    assert_eq!(error.message(), Some("Invalid client_id or client_secret"));
    assert_eq!(error.tracking_id(), Some("track-1"));
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        told += &error.to_string();
        cause = error.source();
    }
    assert_eq!(told.matches("Invalid client_id").count(), 1, "{told}");

    // Nothing is known about the channel when it is the token endpoint that was not found.
    let lost = Loopback::answering([Answer::json(404, "{}")]).await;
    let app = OAuthApp::builder("id")
        .client_secret("a s3cret")
        .endpoints(Endpoints::at(&lost.base_url()).unwrap());
    let source = app.build().unwrap().server_to_server("account");
    let error = send(&client(&lost, source)).await.unwrap_err();
    assert_eq!((error.status(), error.is_not_found()), (Some(404), false));
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
            if let CallEvent::AttemptEnded {
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
        error.kind() == ErrorKind::Token && error.is_auth() && error.is_needs_reauthorization()
    );
    assert_eq!((error.attempts(), error.delivery()), (0, Delivery::NotSent));
    assert_eq!(
        error.to_string(),
        "no access token for sendChatMessage: the refresh token is not valid any more; the user has to authorize the \
         app again; nothing was sent"
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
        "sendChatMessage took longer than 120s in total; nothing was sent; retry later"
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
            if let CallEvent::TokenAwaited {
                operation, outcome, ..
            } = event
            {
                let error = outcome.err().map(|error| error.kind() == ErrorKind::Token);
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
