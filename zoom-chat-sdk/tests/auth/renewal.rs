//! One token for all callers: when it is fetched, and what happens when that fails.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use tokio::{sync::Semaphore, time::advance};
use zoom_chat_sdk::{
    auth::{
        AccessToken, BoxFuture, CachedTokens, FetchToken, IssuedTokens, MemoryTokenStore,
        TokenError, TokenSource, TokenStore,
    },
    time::{Clock, SystemClock},
};

use crate::{
    server::{Reply, Server, clock, error, ok, settle, start, token},
    user::{authorized, expired, poll_once},
};

/// Answers with `token-1`, `token-2`, …
async fn counting() -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_| {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        token(&format!("token-{number}"), "")
    })
    .await
}

async fn secret(source: &dyn TokenSource) -> String {
    source.token().await.unwrap().expose_secret().to_owned()
}

#[tokio::test(start_paused = true)]
async fn the_request_and_the_answer_of_server_to_server() {
    let server = Server::start(|_| token("t", r#","api_url":"https://api-eu.zoom.us""#)).await;
    let source = server.app().server_to_server("the account");
    let token = source.token().await.unwrap();
    assert_eq!(token.expose_secret(), "t");
    assert_eq!(token.api_url(), Some("https://api-eu.zoom.us"));
    assert_eq!(token.scopes(), ["chat_message:write", "imchat:bot"]);
    assert_eq!(
        token.expires_at(),
        Some(start() + Duration::from_secs(3600))
    );
    let [request] = &server.requests()[..] else {
        panic!("one request")
    };
    assert_eq!(request.target, "/oauth/token");
    // the-id:the-secret
    let basic = "Basic dGhlLWlkOnRoZS1zZWNyZXQ=";
    assert_eq!(request.authorization.as_deref(), Some(basic));
    let form = [
        ("grant_type", "account_credentials"),
        ("account_id", "the account"),
    ];
    assert_eq!(
        request.form,
        form.map(|(k, v)| (k.to_owned(), v.to_owned()))
    );
}

#[tokio::test(start_paused = true)]
async fn the_request_of_a_chatbot() {
    let server = counting().await;
    server.app().chatbot().token().await.unwrap();
    let form = &server.requests()[0].form;
    assert_eq!(
        form[..],
        [("grant_type".to_owned(), "client_credentials".to_owned())]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_make_one_request() {
    let server = counting().await;
    let source = Arc::new(server.app().server_to_server("a"));
    for round in 1..=2 {
        let callers: Vec<_> = (0..1000)
            .map(|_| {
                let source = Arc::clone(&source);
                tokio::spawn(async move { source.token().await.unwrap() })
            })
            .collect();
        let mut tokens = Vec::new();
        for caller in callers {
            tokens.push(caller.await.unwrap());
        }
        for token in tokens {
            assert_eq!(token.expose_secret(), format!("token-{round}"));
            // All of them are told that it was refused; all but the first are late.
            source.invalidate(&token);
        }
        assert_eq!(server.requests().len(), round);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_ahead_of_its_end_without_making_anybody_wait() {
    let server = counting().await;
    let source = server.app().server_to_server("a");
    assert_eq!(secret(&source).await, "token-1");
    advance(Duration::from_secs(3299)).await;
    assert_eq!(secret(&source).await, "token-1");
    source.idle().await;
    assert_eq!(server.requests().len(), 1);

    advance(Duration::from_secs(1)).await;
    assert_eq!(secret(&source).await, "token-1");
    source.idle().await;
    assert_eq!(secret(&source).await, "token-2");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_has_expired_is_not_given_out() {
    let server = counting().await;
    let source = server.app().server_to_server("a");
    assert_eq!(secret(&source).await, "token-1");
    advance(Duration::from_secs(3590)).await;
    assert_eq!(secret(&source).await, "token-2");
    // Life is counted from before the request.
    advance(Duration::from_secs(100_000)).await;
    assert_eq!(secret(&source).await, "token-3");
}

#[tokio::test(start_paused = true)]
async fn a_valid_token_is_used_when_its_early_renewal_fails() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => token("token-1", ""),
        1..=3 => error(503, "oops"),
        _ => token("token-2", ""),
    })
    .await;
    let source = server.app().server_to_server("a");
    assert_eq!(secret(&source).await, "token-1");
    advance(Duration::from_secs(3400)).await;
    for _ in 0..100 {
        assert_eq!(secret(&source).await, "token-1");
        source.idle().await;
    }
    assert_eq!(
        server.requests().len(),
        2,
        "the second try waits for a second"
    );
    advance(Duration::from_secs(1)).await;
    assert_eq!(secret(&source).await, "token-1");
    source.idle().await;
    assert_eq!(server.requests().len(), 3);
    advance(Duration::from_secs(1)).await;
    assert_eq!(secret(&source).await, "token-1");
    source.idle().await;
    assert_eq!(server.requests().len(), 3, "the third waits for two");

    // When it expires, the error shows, and says how long to wait.
    advance(Duration::from_secs(190)).await;
    let failed = source.token().await.unwrap_err();
    assert_eq!((failed.status(), failed.error()), (Some(503), Some("oops")));
    assert!(failed.is_transient());
    assert_eq!(failed.retry_after(), Some(Duration::from_secs(4)));
    assert_eq!(server.requests().len(), 4);
    advance(Duration::from_secs(3)).await;
    let failed = source.token().await.unwrap_err();
    assert_eq!(failed.retry_after(), Some(Duration::from_secs(1)));
    assert_eq!(server.requests().len(), 4);
    advance(Duration::from_secs(1)).await;
    assert_eq!(secret(&source).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn only_the_current_token_can_be_invalidated() {
    let server = counting().await;
    let source = server.app().server_to_server("a");
    let first = source.token().await.unwrap();
    source.invalidate(&first);
    let second = source.token().await.unwrap();
    assert_eq!(second.expose_secret(), "token-2");
    source.invalidate(&first);
    source.invalidate(&AccessToken::new("never-seen").unwrap());
    assert_eq!(secret(&source).await, "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_goes_on_without_the_caller_that_started_it() {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let server = Server::start_async(move |_| {
        let gate = Arc::clone(&opened);
        Box::pin(async move {
            gate.acquire().await.unwrap().forget();
            token("new", r#","refresh_token":"refresh-2""#)
        })
    })
    .await;
    let store = Arc::new(MemoryTokenStore::default());
    let source = authorized(&server, Arc::clone(&store) as _).await;

    let mut caller = source.token();
    // One poll starts it.
    assert!(poll_once(&mut caller).await.is_none());
    drop(caller);
    settle().await;
    assert_eq!(server.requests().len(), 1);

    // The source goes too: what Zoom has already answered must reach the store all the same.
    drop(source);
    gate.add_permits(1);
    settle().await;
    let json = store.load().await.unwrap().unwrap().expose_json();
    assert!(json.contains("refresh-2"), "{json}");
}

/// Fetches for ever, and holds what it was given as long as it does.
#[derive(Debug)]
struct Endless(Arc<()>);

impl FetchToken for Endless {
    fn fetch(&self, _stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let held = Arc::clone(&self.0);
        Box::pin(async move {
            let _held = held;
            std::future::pending().await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_left_behind_when_nothing_can_be_lost() {
    let held = Arc::new(());
    let source = CachedTokens::new(Endless(Arc::clone(&held)), clock());
    let mut caller = source.token();
    assert!(poll_once(&mut caller).await.is_none());
    drop(caller);
    settle().await;
    assert_eq!(Arc::strong_count(&held), 3, "the fetch is under way");
    drop(source);
    settle().await;
    assert_eq!(Arc::strong_count(&held), 1, "and is over");
}

#[test]
fn a_fetch_that_dies_with_its_runtime_is_made_good_by_the_next_one() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let gate = Arc::new(Semaphore::new(0));
    let source = CachedTokens::new(Gated(Arc::clone(&gate)), SystemClock);
    runtime().block_on(async {
        assert!(poll_once(&mut source.token()).await.is_none());
    });
    gate.add_permits(1);
    let token = runtime().block_on(source.token()).unwrap();
    assert_eq!(token.expose_secret(), "t");
}

/// Fetches when it is let.
#[derive(Debug)]
struct Gated(Arc<Semaphore>);

impl FetchToken for Gated {
    fn fetch(&self, _stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async {
            self.0.acquire().await.unwrap().forget();
            AccessToken::new("t")
        })
    }
}

#[tokio::test(start_paused = true)]
async fn no_answer_in_time_is_an_error_that_passes() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::Silence,
        1 => Reply::Close,
        2 => ok("<html>"),
        3 => ok("{}"),
        _ => token("t", ""),
    })
    .await;
    let source = server.app().server_to_server("a");
    for _ in 0..4 {
        let failed = source.token().await.unwrap_err();
        assert!(failed.is_transient(), "{failed:?}");
        assert!(matches!(failed, TokenError::Unavailable(_)));
        advance(failed.retry_after().unwrap()).await;
    }
    assert_eq!(secret(&source).await, "t");
}

#[tokio::test(start_paused = true)]
async fn what_the_server_says_about_an_error_is_all_there() {
    let server = Server::start(|_| {
        let body = r#"{"reason":"Invalid client_id or client_secret","error":"invalid_client"}"#;
        Reply::With("x-zm-trackingid", "track".into(), 401, body.into())
    })
    .await;
    let failed = server.app().chatbot().token().await.unwrap_err();
    assert_eq!(failed.status(), Some(401));
    assert_eq!(failed.error(), Some("invalid_client"));
    assert_eq!(failed.reason(), Some("Invalid client_id or client_secret"));
    assert_eq!(failed.tracking_id(), Some("track"));
    assert!(!failed.is_transient() && !failed.is_needs_reauthorization());

    let server = Server::start(|_| Reply::With("retry-after", "90".into(), 429, "slow".into()));
    let failed = server.await.app().chatbot().token().await.unwrap_err();
    assert_eq!(failed.retry_after(), Some(Duration::from_secs(90)));
    assert!(failed.is_transient());
}

#[tokio::test(start_paused = true)]
async fn a_dead_refresh_token_is_shown_to_the_server_once() {
    let server = Server::start(|_| error(400, "invalid_grant")).await;
    let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
    for _ in 0..5 {
        let failed = source.token().await.unwrap_err();
        assert!(failed.is_needs_reauthorization());
        assert_eq!(
            (failed.status(), failed.error()),
            (Some(400), Some("invalid_grant"))
        );
        advance(Duration::from_secs(3600)).await;
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_cannot_stop_the_client_for_ever() {
    let server = Server::start(|_| Reply::With("retry-after", "9999999999".into(), 503, "".into()));
    let failed = server.await.app().chatbot().token().await.unwrap_err();
    assert_eq!(failed.retry_after(), Some(Duration::from_secs(3600)));
}

#[tokio::test(start_paused = true)]
async fn a_stored_token_that_is_valid_is_used_though_it_cannot_be_renewed() {
    let server = Server::start(|_| error(503, "oops")).await;
    let source = server.app().user(MemoryTokenStore::default());
    let now = clock().now();
    // It has a minute left.
    let access = AccessToken::new("old").unwrap();
    let access = access.valid(
        now - Duration::from_secs(3540),
        now + Duration::from_secs(60),
    );
    let tokens = IssuedTokens::new(access, Some("refresh-1".into()));
    source.adopt(tokens).await.unwrap();
    for _ in 0..3 {
        assert_eq!(secret(&source).await, "old");
        source.idle().await;
    }
    assert_eq!(server.requests().len(), 1);
    advance(Duration::from_secs(60)).await;
    assert_eq!(source.token().await.unwrap_err().status(), Some(503));
}

/// Counts, and notices when it is asked while it is at it.
#[derive(Debug, Default)]
struct Numbers {
    under_way: AtomicUsize,
    last: AtomicUsize,
}

impl FetchToken for Numbers {
    fn fetch(&self, stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            assert_eq!(self.under_way.fetch_add(1, Ordering::SeqCst), 0);
            tokio::task::yield_now().await;
            let number = self.last.fetch_add(1, Ordering::SeqCst) + 1;
            // Only a token that was refused is replaced.
            assert!(stale.is_none_or(|stale| stale.expose_secret() == (number - 1).to_string()));
            self.under_way.fetch_sub(1, Ordering::SeqCst);
            AccessToken::new(number.to_string())
        })
    }
}

/// An hour passes whenever it is asked, so that no token is new when it is refused.
#[derive(Debug, Default)]
struct Hourly(AtomicUsize);

impl Clock for Hourly {
    fn now(&self) -> SystemTime {
        let hours = self.0.fetch_add(1, Ordering::SeqCst) as u64;
        start() + Duration::from_secs(3600) * u32::try_from(hours).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_that_refuse_tokens_agree_on_their_order() {
    let source = Arc::new(CachedTokens::new(
        Numbers::default(),
        Arc::new(Hourly::default()),
    ));
    let callers: Vec<_> = (0..64)
        .map(|_| {
            let source = Arc::clone(&source);
            tokio::spawn(async move {
                let mut last = 0;
                for _ in 0..200 {
                    let token = source.token().await.unwrap();
                    let number: usize = token.expose_secret().parse().unwrap();
                    assert!(number > last, "{number} was refused, as {last} was");
                    last = number;
                    source.invalidate(&token);
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_app_does_not_end_the_authorization_of_the_user() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => error(401, "invalid_client"),
        _ => token("t", r#","refresh_token":"refresh-2""#),
    })
    .await;
    let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
    let failed = source.token().await.unwrap_err();
    assert!(!failed.is_needs_reauthorization() && failed.error() == Some("invalid_client"));
    advance(Duration::from_secs(1)).await;
    assert_eq!(secret(&source).await, "t");
}

#[tokio::test(start_paused = true)]
async fn a_user_who_authorizes_again_ends_it() {
    let server = Server::start(|request| match request.field("refresh_token") {
        Some("dead") => error(400, "invalid_grant"),
        _ => token("t", ""),
    })
    .await;
    let source = server.app().user(MemoryTokenStore::default());
    let failed = source.token().await.unwrap_err();
    assert!(failed.is_needs_reauthorization() && server.requests().is_empty());
    for (refresh, works) in [("dead", false), ("alive", true)] {
        source.adopt(expired(refresh)).await.unwrap();
        assert_eq!(source.token().await.is_ok(), works);
    }
}
