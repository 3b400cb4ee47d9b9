//! The end of an authorization.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use zoom_chat_sdk::auth::{MemoryTokenStore, TokenError, TokenRecord, TokenSource, TokenStore};

use crate::{
    server::{Reply, Request, Server, error, ok, token},
    user::{authorized, due, stored},
};

fn is_revocation(request: &Request) -> bool {
    request.target == "/oauth/revoke"
}

/// Rotates, and revokes what it is told to.
fn answer(request: &Request) -> Reply {
    if is_revocation(request) {
        ok(r#"{"status":"success"}"#)
    } else {
        token("new", r#","refresh_token":"refresh-2""#)
    }
}

/// What was revoked, in order.
fn revoked(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let tokens = requests
        .iter()
        .filter(|request| is_revocation(request))
        .map(|request| request.field("token").unwrap().to_owned());
    tokens.collect()
}

#[tokio::test(start_paused = true)]
async fn what_ends_the_authorization_is_revoked() {
    let server = Server::start(answer).await;
    let store = Arc::new(MemoryTokenStore::default());
    let source = authorized(&server, Arc::clone(&store) as _).await;
    // The access token has expired long ago.
    source.revoke().await.unwrap();
    assert_eq!(revoked(&server), ["refresh-1"]);
    assert!(source.token().await.unwrap_err().is_needs_reauthorization());
    let json = stored(&*store).await;
    assert!(!json.contains("token"), "{json}");
}

#[tokio::test(start_paused = true)]
async fn an_access_token_that_is_valid_goes_too() {
    let server = Server::start(answer).await;
    let store = Arc::new(MemoryTokenStore::default());
    let source = authorized(&server, Arc::clone(&store) as _).await;
    source.token().await.unwrap();
    source.revoke().await.unwrap();
    assert_eq!(revoked(&server), ["refresh-2", "new"]);
    assert!(source.token().await.unwrap_err().is_needs_reauthorization());

    let source = server.app().server_to_server("a");
    source.token().await.unwrap();
    source.revoke().await.unwrap();
    assert_eq!(revoked(&server), ["refresh-2", "new", "new"]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_leaves_the_tokens_where_they_are() {
    for (refused, works) in [("refresh-1", false), ("old", true)] {
        let server = Server::start(move |request| match request.field("token") {
            Some(token) if token == refused => error(400, "unsupported_token_type"),
            _ => answer(request),
        })
        .await;
        let store = Arc::new(MemoryTokenStore::default());
        let source = server.app().user(Arc::clone(&store));
        source.adopt(due("refresh-1")).await.unwrap();
        let outcome = source.revoke().await;
        // An access token goes with its refresh token at most servers.
        assert_eq!(outcome.is_ok(), works);
        assert_eq!(stored(&*store).await.contains("refresh-1"), !works);
        if let Err(error) = outcome {
            assert!(matches!(error, TokenError::Refused(_)));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_is_under_way_is_waited_for() {
    let server = Server::start_async(|request| {
        Box::pin(async move {
            if !is_revocation(&request) {
                tokio::time::sleep(Duration::from_secs(3)).await;
            }
            answer(&request)
        })
    })
    .await;
    let store = Arc::new(MemoryTokenStore::default());
    let source = Arc::new(authorized(&server, Arc::clone(&store) as _).await);
    let caller = Arc::clone(&source);
    let caller = tokio::spawn(async move { caller.token().await });
    tokio::task::yield_now().await;
    source.revoke().await.unwrap();
    assert_eq!(revoked(&server), ["refresh-2", "new"]);
    assert_eq!(caller.await.unwrap().unwrap().expose_secret(), "new");
    assert!(source.token().await.unwrap_err().is_needs_reauthorization());
}

#[tokio::test(start_paused = true)]
async fn tokens_that_others_store_meanwhile_are_revoked_as_well() {
    let store = Arc::new(MemoryTokenStore::default());
    let theirs = Mutex::new(Some(Arc::clone(&store)));
    let server = Server::start_async(move |request| {
        let others = theirs.lock().unwrap().take();
        Box::pin(async move {
            if let Some(store) = others {
                let revision = store.load().await.unwrap().unwrap().revision();
                let json = format!(
                    r#"{{"revision":{},"refresh_token":"refresh-x"}}"#,
                    revision + 1
                );
                let record = TokenRecord::from_json(json.as_bytes()).unwrap();
                assert!(store.compare_and_swap(revision, record).await.unwrap());
            }
            answer(&request)
        })
    })
    .await;
    let source = authorized(&server, Arc::clone(&store) as _).await;
    source.revoke().await.unwrap();
    assert_eq!(revoked(&server), ["refresh-1", "refresh-x"]);
    assert!(!stored(&*store).await.contains("token"));
}
