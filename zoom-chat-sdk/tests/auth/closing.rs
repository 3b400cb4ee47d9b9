//! Programs that end while tokens are renewed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    runtime::Runtime,
    sync::Semaphore,
    time::{Instant, advance},
};
use zoom_chat_sdk::{
    ZoomChat,
    auth::{MemoryTokenStore, OAuthTokens, TokenSource},
    time::SystemClock,
};

use crate::{
    server::{Reply, Server, settle, token},
    user::{due, poll_once, stored},
};

/// Answers with the next tokens, once for each permit.
async fn gated() -> (Server, Arc<Semaphore>) {
    let gate = Arc::new(Semaphore::new(0));
    let opened = Arc::clone(&gate);
    let server = Server::start_async(move |_| {
        let gate = Arc::clone(&opened);
        Box::pin(async move {
            gate.acquire().await.unwrap().forget();
            token("new", r#","refresh_token":"refresh-2""#)
        })
    });
    (server.await, gate)
}

/// A user's tokens, of which the access token is about to expire.
async fn due_tokens(server: &Server, store: &Arc<MemoryTokenStore>) -> OAuthTokens {
    let source = server.app().user(Arc::clone(store));
    source.adopt(due("refresh-1")).await.unwrap();
    // It is still good for this call.
    source.token().await.unwrap();
    source
}

fn is_done(stored: &str) -> bool {
    stored.contains("refresh-2") && !stored.contains("claimed")
}

#[test]
fn a_program_that_ends_after_its_last_call_has_not_cut_a_refresh_off() {
    let elsewhere = Runtime::new().unwrap();
    let server = elsewhere.block_on(Server::start(|_| {
        token("new", r#","refresh_token":"refresh-2""#)
    }));
    let store = Arc::new(MemoryTokenStore::default());
    let source = server
        .app_with(Arc::new(SystemClock))
        .user(Arc::clone(&store));
    let program = Runtime::new().unwrap();
    program.block_on(async {
        source.adopt(due_now("refresh-1")).await.unwrap();
        for _ in 0..2 {
            source.token().await.unwrap();
        }
    });
    drop((source, program));
    let stored = elsewhere.block_on(stored(&*store));
    assert!(is_done(&stored), "{stored}");
}

/// As [`due`], by the clock of the system.
fn due_now(refresh: &str) -> zoom_chat_sdk::auth::IssuedTokens {
    use zoom_chat_sdk::{
        auth::{AccessToken, IssuedTokens},
        time::Clock,
    };

    let (now, minute) = (SystemClock.now(), Duration::from_secs(60));
    let access = AccessToken::new("old").unwrap();
    IssuedTokens::new(
        access.valid(now - 59 * minute, now + minute),
        Some(refresh.into()),
    )
}

#[tokio::test(start_paused = true)]
async fn closing_waits_for_a_refresh_that_was_left_alone() {
    let (server, gate) = gated().await;
    let store = Arc::new(MemoryTokenStore::default());
    let source: Arc<dyn TokenSource> = Arc::new(due_tokens(&server, &store).await);
    let client = ZoomChat::builder()
        .base_url(server.base_url())
        .token_source(Arc::clone(&source))
        .build()
        .unwrap();
    // The call that started it was dropped.
    assert!(poll_once(&mut source.token()).await.is_none());
    settle().await;
    let mut closing: zoom_chat_sdk::auth::BoxFuture<'_, ()> = Box::pin(client.close());
    assert!(poll_once(&mut closing).await.is_none());
    assert!(!is_done(&stored(&*store).await));
    gate.add_permits(1);
    closing.await;
    assert!(is_done(&stored(&*store).await));
    // With nothing under way there is nothing to wait for.
    let mut closing: zoom_chat_sdk::auth::BoxFuture<'_, ()> = Box::pin(client.close());
    assert!(poll_once(&mut closing).await.is_some());
}

#[tokio::test(start_paused = true)]
async fn closing_does_not_wait_for_what_may_be_lost() {
    let server = Server::start(|_| Reply::Silence).await;
    let source = server.app().server_to_server("a");
    assert!(poll_once(&mut source.token()).await.is_none());
    assert!(poll_once(&mut source.close()).await.is_some());
    // A shared store holds a claim, which the others would wait for.
    let store = Arc::new(MemoryTokenStore::default());
    let source = source.shared_in(store);
    assert!(poll_once(&mut source.token()).await.is_none());
    settle().await;
    let began = Instant::now();
    source.close().await;
    assert!(
        began.elapsed() >= Duration::from_secs(29),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_closed_client_has_no_token_renewed_ahead_of_its_end() {
    let (server, gate) = gated().await;
    gate.add_permits(9);
    let store = Arc::new(MemoryTokenStore::default());
    let source = due_tokens(&server, &store).await;
    source.close().await;
    for _ in 0..3 {
        assert_eq!(source.token().await.unwrap().expose_secret(), "old");
    }
    settle().await;
    assert!(server.requests().is_empty());
    advance(Duration::from_secs(60)).await;
    assert_eq!(source.token().await.unwrap().expose_secret(), "new");
}

#[tokio::test(start_paused = true)]
async fn of_many_callers_one_waits_for_an_early_refresh_and_not_for_long() {
    let (server, gate) = gated().await;
    let store = Arc::new(MemoryTokenStore::default());
    let source = Arc::new(due_tokens(&server, &store).await);
    let answered = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let first = tokio::spawn({
        let (source, answered) = (Arc::clone(&source), Arc::clone(&answered));
        async move {
            let token = source.token().await.unwrap();
            answered.fetch_add(1, Ordering::SeqCst);
            token
        }
    });
    tokio::task::yield_now().await;
    for _ in 0..10 {
        assert_eq!(source.token().await.unwrap().expose_secret(), "old");
    }
    assert_eq!(answered.load(Ordering::SeqCst), 0);
    assert_eq!(first.await.unwrap().expose_secret(), "old");
    assert_eq!(began.elapsed(), Duration::from_secs(5));
    gate.add_permits(1);
    source.close().await;
    assert!(is_done(&stored(&*store).await));
    assert_eq!(source.token().await.unwrap().expose_secret(), "new");
}
