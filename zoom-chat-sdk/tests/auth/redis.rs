//! Tokens in a real Redis, started here on loopback. Where there is none, the tests say so.

use std::sync::Arc;

use zoom_chat_sdk::auth::{
    AccessToken, IssuedTokens, RedisTokenStore, TokenRecord, TokenSource, TokenStore,
};

use crate::server::{Server, token};

// The limiter has the same need.
#[path = "../../src/limit/store/redis/tests/server.rs"]
mod redis_server;

fn record(revision: u64, refresh: &str) -> TokenRecord {
    let json = format!(r#"{{"revision":{revision},"refresh_token":"{refresh}"}}"#);
    TokenRecord::from_json(json.as_bytes()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_all_who_expect_the_same_revision_one_writes() {
    let Some(redis) = redis_server::Server::start() else {
        return;
    };
    let mut stores = Vec::new();
    for _ in 0..8 {
        let store = RedisTokenStore::connect(&redis.url(), "race")
            .await
            .unwrap();
        stores.push(Arc::new(store));
    }
    assert!(stores[0].load().await.unwrap().is_none());
    // Across the largest number that Lua knows exactly.
    let most = 1 << 53;
    assert!(
        stores[0]
            .compare_and_swap(0, record(most - 20, "r"))
            .await
            .unwrap()
    );
    for expected in most - 20..most + 20 {
        let writers: Vec<_> = (0..8)
            .map(|number| {
                let store = Arc::clone(&stores[number]);
                let next = record(expected + 1, &format!("r{number}"));
                tokio::spawn(async move { store.compare_and_swap(expected, next).await.unwrap() })
            })
            .collect();
        let mut winner = None;
        for (number, writer) in writers.into_iter().enumerate() {
            if writer.await.unwrap() {
                assert_eq!(winner.replace(number), None);
            }
        }
        let stored = stores[0].load().await.unwrap().unwrap();
        let expected = record(expected + 1, &format!("r{}", winner.unwrap()));
        assert_eq!(stored.expose_json(), expected.expose_json());
    }
}

#[tokio::test]
async fn processes_share_one_token() {
    let Some(redis) = redis_server::Server::start() else {
        return;
    };
    let server = Server::start(|_| token("t", r#","refresh_token":"refresh-2""#)).await;
    for number in 0..4 {
        // Each with a connection and a cache of its own.
        let store = RedisTokenStore::connect(&redis.url(), "user")
            .await
            .unwrap();
        let source = server.app().user(store.clone());
        if number == 0 {
            let now = crate::server::start();
            let access = AccessToken::new("old").unwrap().valid(now, now);
            let tokens = IssuedTokens::new(access, Some("refresh-1".into()));
            source.adopt(tokens).await.unwrap();
        }
        assert_eq!(source.token().await.unwrap().expose_secret(), "t");
        assert!(!format!("{store:?}{source:?}").contains("refresh-"));
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_gone_is_an_error_and_not_a_reason_to_refresh() {
    let Some(redis) = redis_server::Server::start() else {
        return;
    };
    let server = Server::start(|_| token("t", "")).await;
    let store = RedisTokenStore::connect(&redis.url(), "gone")
        .await
        .unwrap();
    let source = server.app().server_to_server("a").shared_in(store);
    drop(redis);
    let failed = source.token().await.unwrap_err();
    assert!(failed.is_transient(), "{failed:?}");
    assert!(server.requests().is_empty());
    let no_url = RedisTokenStore::connect("canary://user:canary@host", "x")
        .await
        .unwrap_err();
    assert!(!format!("{no_url} {no_url:?}").contains("canary"));
}
