//! Tokens that are refused, or replaced while they are fetched.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Semaphore, time::advance};
use zoom_chat_sdk::auth::{
    AccessToken, BoxFuture, CachedTokens, FetchToken, IssuedTokens, MemoryTokenStore, TokenError,
    TokenRecord, TokenSource, TokenStore, TokenStoreError,
};

use crate::{
    server::{Server, clock, settle, token},
    user::{authorized, poll_once, stored},
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

#[tokio::test(start_paused = true)]
async fn exchanges_pause_while_new_tokens_are_refused() {
    let server = counting().await;
    let source = server.app().server_to_server("a");
    let first = source.token().await.unwrap();
    advance(Duration::from_secs(1800)).await;
    source.invalidate(&first);
    // The first one is replaced at once, as it may have been revoked for a reason of its own.
    source.invalidate(&source.token().await.unwrap());
    for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
        let failed = source.token().await.unwrap_err();
        assert!(failed.is_transient() && !failed.is_needs_reauthorization());
        assert_eq!(
            failed.to_string(),
            "Zoom refused the last access tokens although they were new"
        );
        assert_eq!(failed.retry_after(), Some(Duration::from_secs(pause)));
        let asked = server.requests().len();
        advance(Duration::from_secs(pause) - Duration::from_millis(1)).await;
        source.token().await.unwrap_err();
        assert_eq!(server.requests().len(), asked);
        advance(Duration::from_millis(1)).await;
        source.invalidate(&source.token().await.unwrap());
        assert_eq!(server.requests().len(), asked + 1);
    }
    // One that was taken for a while ends it.
    advance(Duration::from_secs(60)).await;
    let taken = source.token().await.unwrap();
    advance(Duration::from_secs(61)).await;
    source.invalidate(&taken);
    source.token().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_user_who_authorizes_again_ends_the_pause() {
    let server = counting().await;
    let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
    for _ in 0..2 {
        source.invalidate(&source.token().await.unwrap());
    }
    source.token().await.unwrap_err();
    let tokens = IssuedTokens::new(
        AccessToken::new("adopted").unwrap(),
        Some("refresh-9".into()),
    );
    source.adopt(tokens).await.unwrap();
    assert_eq!(source.token().await.unwrap().expose_secret(), "adopted");
}

#[tokio::test(start_paused = true)]
async fn a_token_at_hand_is_one_that_need_not_be_renewed() {
    let server = counting().await;
    let source = server.app().server_to_server("a");
    assert!(source.at_hand().is_none());
    let first = source.token().await.unwrap();
    advance(Duration::from_secs(3299)).await;
    assert!(source.at_hand().is_some_and(|token| token.is(&first)));
    advance(Duration::from_secs(1)).await;
    assert!(source.at_hand().is_none());
    assert!(source.token().await.unwrap().is(&first));
    source.idle().await;
    let second = source.at_hand().unwrap();
    assert_eq!(second.expose_secret(), "token-2");
    source.invalidate(&second);
    assert!(source.at_hand().is_none());
}

/// Each fetch waits for a permit, and gives the next number.
#[derive(Debug)]
struct Gated {
    gate: Arc<Semaphore>,
    number: AtomicUsize,
    may_be_abandoned: bool,
}

impl Gated {
    fn new(may_be_abandoned: bool) -> (CachedTokens<Self>, Arc<Semaphore>) {
        let gate = Arc::new(Semaphore::new(0));
        let fetch = Self {
            gate: Arc::clone(&gate),
            number: AtomicUsize::new(0),
            may_be_abandoned,
        };
        (CachedTokens::new(fetch, clock()), gate)
    }
}

impl FetchToken for Gated {
    fn fetch(&self, _stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async {
            let number = self.number.fetch_add(1, Ordering::SeqCst) + 1;
            self.gate.acquire().await.unwrap().forget();
            AccessToken::new(number.to_string())
        })
    }

    fn may_be_abandoned(&self) -> bool {
        self.may_be_abandoned
    }
}

#[tokio::test(start_paused = true)]
async fn a_fetch_does_not_bring_back_what_a_reset_has_forgotten() {
    for may_be_abandoned in [true, false] {
        let (source, gate) = Gated::new(may_be_abandoned);
        let source = Arc::new(source);
        let caller = Arc::clone(&source);
        let caller = tokio::spawn(async move { caller.token().await });
        settle().await;
        source.reset();
        gate.add_permits(1);
        settle().await;
        // The caller waits for the next one.
        assert!(source.at_hand().is_none() && !caller.is_finished());
        gate.add_permits(1);
        assert_eq!(caller.await.unwrap().unwrap().expose_secret(), "2");
        assert_eq!(source.token().await.unwrap().expose_secret(), "2");
    }
}

/// Panics so many times, and then gives the next number and notes what it was to replace.
#[derive(Debug, Default)]
struct Panicking {
    times: usize,
    fetches: AtomicUsize,
    replaced: Mutex<Vec<Option<String>>>,
}

impl FetchToken for Panicking {
    fn fetch(&self, stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let number = self.fetches.fetch_add(1, Ordering::SeqCst) + 1;
        let stale = stale.map(|stale| stale.expose_secret().to_owned());
        self.replaced.lock().unwrap().push(stale);
        Box::pin(async move {
            assert!(number > self.times, "a fetch is lost");
            AccessToken::new(number.to_string())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn one_lost_fetch_is_repeated_and_a_second_one_is_an_error() {
    for (times, expected) in [(0, Some("1")), (1, Some("2")), (2, None)] {
        let fetch = Panicking {
            times,
            ..Panicking::default()
        };
        let source = CachedTokens::new(fetch, clock());
        let token = source.token().await;
        let told = token.as_ref().map(AccessToken::expose_secret);
        assert_eq!(told.ok(), expected, "{times}");
        if let Err(error) = token {
            assert!(error.is_transient(), "{error}");
            assert_eq!(source.token().await.unwrap().expose_secret(), "3");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_forgotten_or_refused_is_named_to_the_next_fetch() {
    let fetch = Arc::new(Panicking::default());
    let source = CachedTokens::new(Shared(Arc::clone(&fetch)), clock());
    source.token().await.unwrap();
    source.reset();
    let second = source.token().await.unwrap();
    source.invalidate(&second);
    source.reset();
    source.token().await.unwrap();
    let replaced = fetch.replaced.lock().unwrap().clone();
    assert_eq!(replaced, [None, Some("1".into()), Some("2".into())]);
}

#[derive(Debug)]
struct Shared(Arc<Panicking>);

impl FetchToken for Shared {
    fn fetch(&self, stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        self.0.fetch(stale)
    }
}

#[tokio::test(start_paused = true)]
async fn a_fetch_does_not_bring_back_what_an_adoption_has_replaced() {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let server = Server::start_async(move |_| {
        let gate = Arc::clone(&opened);
        Box::pin(async move {
            gate.acquire().await.unwrap().forget();
            token("of-the-old-user", r#","refresh_token":"refresh-2""#)
        })
    })
    .await;
    let store = Arc::new(MemoryTokenStore::default());
    let source = authorized(&server, Arc::clone(&store) as _).await;
    let mut caller = source.token();
    assert!(poll_once(&mut caller).await.is_none());
    settle().await;
    let tokens = IssuedTokens::new(
        AccessToken::new("adopted").unwrap(),
        Some("refresh-9".into()),
    );
    source.adopt(tokens).await.unwrap();
    gate.add_permits(1);
    assert_eq!(caller.await.unwrap().expose_secret(), "adopted");
    assert_eq!(source.token().await.unwrap().expose_secret(), "adopted");
    assert!(stored(&*store).await.contains("refresh-9"));
    assert_eq!(server.requests().len(), 1);
}

/// Answers late that it has stored new tokens.
#[derive(Debug)]
struct Late {
    inner: MemoryTokenStore,
    gate: Semaphore,
}

impl TokenStore for Late {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>> {
        self.inner.load()
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>> {
        Box::pin(async move {
            let is_new = record.expose_json().contains("refresh-2");
            let swapped = self.inner.compare_and_swap(expected, record).await;
            if is_new {
                self.gate.acquire().await.unwrap().forget();
            }
            swapped
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_ends_after_an_adoption_does_not_bring_the_old_token_back() {
    let server =
        Server::start(|_| token("of-the-old-user", r#","refresh_token":"refresh-2""#)).await;
    let store = Arc::new(Late {
        inner: MemoryTokenStore::default(),
        gate: Semaphore::new(0),
    });
    let source = authorized(&server, Arc::clone(&store) as _).await;
    let mut caller = source.token();
    assert!(poll_once(&mut caller).await.is_none());
    settle().await;
    let tokens = IssuedTokens::new(
        AccessToken::new("adopted").unwrap(),
        Some("refresh-9".into()),
    );
    source.adopt(tokens).await.unwrap();
    store.gate.add_permits(1);
    assert_eq!(caller.await.unwrap().expose_secret(), "adopted");
    assert_eq!(source.token().await.unwrap().expose_secret(), "adopted");
    assert!(stored(&*store).await.contains("refresh-9"));
}
