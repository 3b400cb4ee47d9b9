//! Several sources, as in several processes, on one store.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::time::advance;
use zoom_chat_sdk::{
    auth::{
        AccessToken, BoxFuture, MemoryTokenStore, OAuthTokens, TokenRecord, TokenSource,
        TokenStore, TokenStoreError,
    },
    time::Clock,
};

use crate::{
    server::{Reply, Request, Server, clock, error, settle, token},
    user::expired,
};

/// Rotates refresh tokens as Zoom does, and knows every use of one that was used before.
#[derive(Default)]
struct Rotation {
    issued: u32,
    used: HashSet<String>,
    reused: Vec<String>,
}

impl Rotation {
    fn refresh(&mut self, request: &Request) -> Reply {
        let refresh = request.field("refresh_token").unwrap().to_owned();
        if !self.used.insert(refresh.clone()) {
            self.reused.push(refresh);
            return error(400, "invalid_grant");
        }
        self.issued += 1;
        let more = format!(r#","refresh_token":"refresh-{}""#, self.issued);
        token(&format!("access-{}", self.issued), &more)
    }
}

async fn rotating() -> (Server, Arc<Mutex<Rotation>>) {
    let rotation = Arc::new(Mutex::new(Rotation::default()));
    let shared = Arc::clone(&rotation);
    let server = Server::start(move |request| shared.lock().unwrap().refresh(request)).await;
    (server, rotation)
}

async fn sources(server: &Server, store: &Arc<dyn TokenStore>, count: usize) -> Vec<OAuthTokens> {
    let app = server.app();
    let sources: Vec<_> = (0..count).map(|_| app.user(Arc::clone(store))).collect();
    sources[0].adopt(expired("refresh-0")).await.unwrap();
    sources
}

async fn all(sources: &[OAuthTokens]) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut calls: Vec<_> = sources.iter().map(TokenSource::token).collect();
    // Polled together, so that all are under way before the first is done.
    for call in &mut calls {
        let _ = std::future::poll_fn(|context| {
            std::task::Poll::Ready(call.as_mut().poll(context).is_ready())
        })
        .await;
    }
    for call in calls {
        tokens.push(call.await.unwrap().expose_secret().to_owned());
    }
    tokens
}

#[tokio::test(start_paused = true)]
async fn of_many_sources_one_refreshes_and_all_take_its_token() {
    let (server, rotation) = rotating().await;
    let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
    let sources = sources(&server, &store, 20).await;
    for round in 1..=10 {
        let tokens = all(&sources).await;
        assert_eq!(tokens, vec![format!("access-{round}"); 20]);
        assert_eq!(server.requests().len(), round);
        advance(Duration::from_secs(3600)).await;
    }
    assert!(rotation.lock().unwrap().reused.is_empty());
}

#[cfg(all(feature = "file-store", feature = "__test"))]
#[tokio::test(start_paused = true)]
async fn and_so_with_a_file() {
    let (server, rotation) = rotating().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokens.json");
    let app = server.app();
    // Each with a store of its own, as in processes of their own.
    let sources: Vec<_> = (0..8)
        .map(|_| app.user(Arc::new(zoom_chat_sdk::auth::FileTokenStore::new(&path))))
        .collect();
    sources[0].adopt(expired("refresh-0")).await.unwrap();
    for round in 1..=3 {
        let tokens = all(&sources).await;
        assert_eq!(tokens, vec![format!("access-{round}"); 8]);
        advance(Duration::from_secs(3600)).await;
    }
    assert_eq!(server.requests().len(), 3);
    assert!(rotation.lock().unwrap().reused.is_empty());
}

#[tokio::test(start_paused = true)]
async fn server_to_server_apps_can_share_a_token_too() {
    let server = Server::start(|_| token("t", "")).await;
    let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
    let app = server.app();
    let source = || app.server_to_server("a").shared_in(Arc::clone(&store));
    let sources = [source(), source(), source()];
    assert_eq!(all(&sources).await, ["t", "t", "t"]);
    assert_eq!(server.requests().len(), 1);
    // One that comes later, with an empty cache.
    source().token().await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_app_does_not_act_for_a_user_because_both_name_one_store() {
    let (server, _) = rotating().await;
    let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
    let user = sources(&server, &store, 1).await;
    assert_eq!(all(&user).await, ["access-1"]);
    let app = server.app();
    for source in [app.server_to_server("a"), app.chatbot()] {
        let failed = source
            .shared_in(Arc::clone(&store))
            .token()
            .await
            .unwrap_err();
        assert_eq!(
            failed.to_string(),
            "the token store failed: it holds the authorization of a user"
        );
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_another_has_replaced_is_not_refreshed_again() {
    let (server, _) = rotating().await;
    let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
    let sources = sources(&server, &store, 2).await;
    let first = all(&sources).await;
    assert_eq!(first, ["access-1", "access-1"]);
    let refused = AccessToken::new("access-1").unwrap();
    for source in &sources {
        source.invalidate(&refused);
        assert_eq!(source.token().await.unwrap().expose_secret(), "access-2");
    }
    assert_eq!(server.requests().len(), 2);
}

/// Another process claims the record until then, by its clock.
async fn claim(store: &dyn TokenStore, until: SystemTime) {
    let record = store.load().await.unwrap().unwrap();
    let revision = record.revision();
    let json: serde_json::Value = serde_json::from_str(&record.expose_json()).unwrap();
    let mut members = json.as_object().unwrap().clone();
    let until = until.duration_since(UNIX_EPOCH).unwrap().as_millis();
    let until = u64::try_from(until).unwrap();
    members.insert("revision".into(), (revision + 1).into());
    members.insert("claimed_by".into(), 1.into());
    members.insert("claimed_until_ms".into(), until.into());
    let claimed = serde_json::to_vec(&members).unwrap();
    let claimed = TokenRecord::from_json(&claimed).unwrap();
    assert!(store.compare_and_swap(revision, claimed).await.unwrap());
}

const YEAR: Duration = Duration::from_secs(365 * 86_400);

#[tokio::test(start_paused = true)]
async fn the_claim_of_one_that_died_ends() {
    // By the clock of this process, or, where the other's is wrong, after the longest time that a claim lives.
    for (until, least, most) in [
        (clock().now() + YEAR, 45, 47),
        (clock().now() + Duration::from_secs(10), 10, 11),
        (clock().now(), 0, 1),
    ] {
        let (server, rotation) = rotating().await;
        let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
        let sources = sources(&server, &store, 1).await;
        claim(&*store, until).await;
        let began = tokio::time::Instant::now();
        assert_eq!(
            sources[0].token().await.unwrap().expose_secret(),
            "access-1"
        );
        let waited = began.elapsed();
        assert!(
            waited >= Duration::from_secs(least) && waited < Duration::from_secs(most),
            "{waited:?}"
        );
        assert!(rotation.lock().unwrap().reused.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn each_claim_lives_as_long_as_a_claim_may() {
    let (server, _) = rotating().await;
    let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
    let sources = sources(&server, &store, 1).await;
    let began = tokio::time::Instant::now();
    claim(&*store, clock().now() + YEAR).await;
    let claims_again = async {
        tokio::time::sleep(Duration::from_secs(40)).await;
        claim(&*store, clock().now() + YEAR + YEAR).await;
    };
    let (token, ()) = tokio::join!(sources[0].token(), claims_again);
    assert_eq!(token.unwrap().expose_secret(), "access-1");
    assert!(began.elapsed() >= Duration::from_secs(40 + 45));
}

#[tokio::test(start_paused = true)]
async fn one_that_fails_keeps_nobody_waiting() {
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    let server = Server::start(move |_| match down.load(Ordering::SeqCst) {
        true => error(503, "unavailable"),
        false => token("access-1", r#","refresh_token":"refresh-1""#),
    })
    .await;
    let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
    let sources = sources(&server, &store, 2).await;
    assert_eq!(sources[0].token().await.unwrap_err().status(), Some(503));
    is_down.store(false, Ordering::SeqCst);
    let began = tokio::time::Instant::now();
    sources[1].token().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1));
}

/// Others write into it whenever somebody wants to write new tokens, and are faster.
#[derive(Debug)]
struct Overtaken {
    inner: MemoryTokenStore,
    /// What the others write, once.
    theirs: Mutex<Option<&'static str>>,
}

impl TokenStore for Overtaken {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>> {
        self.inner.load()
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>> {
        Box::pin(async move {
            let theirs = self
                .theirs
                .lock()
                .unwrap()
                .take_if(|_| record.expose_json().contains("access-1"));
            if let Some(theirs) = theirs {
                let json = format!(r#"{{"revision":{},{theirs}}}"#, record.revision());
                let theirs = TokenRecord::from_json(json.as_bytes()).unwrap();
                assert!(self.inner.compare_and_swap(expected, theirs).await.unwrap());
            }
            self.inner.compare_and_swap(expected, record).await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn who_loses_the_race_takes_the_token_of_the_winner() {
    for (theirs, taken) in [
        // The others have newer tokens.
        (
            r#""access_token":"theirs","refresh_token":"refresh-x""#,
            "theirs",
        ),
        // The others only claimed: what they have is used up.
        (
            r#""access_token":"old","issued_at_ms":1,"expires_at_ms":2,"refresh_token":"refresh-0","claimed_by":1,"claimed_until_ms":9"#,
            "access-1",
        ),
    ] {
        let (server, _) = rotating().await;
        let store: Arc<dyn TokenStore> = Arc::new(Overtaken {
            inner: MemoryTokenStore::default(),
            theirs: Mutex::new(Some(theirs)),
        });
        let sources = sources(&server, &store, 1).await;
        assert_eq!(sources[0].token().await.unwrap().expose_secret(), taken);
        let stored = store.load().await.unwrap().unwrap().expose_json();
        let refresh = if taken == "theirs" {
            "refresh-x"
        } else {
            "refresh-1"
        };
        assert!(stored.contains(refresh), "{stored}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_refused_looks_whether_another_was_faster() {
    // Others that know no claims refresh while this one asks.
    let store: Arc<dyn TokenStore> = Arc::new(MemoryTokenStore::default());
    let others = Arc::clone(&store);
    let server = Server::start_async(move |_| {
        let store = Arc::clone(&others);
        Box::pin(async move {
            let revision = store.load().await.unwrap().unwrap().revision();
            let json = format!(
                r#"{{"revision":{},"access_token":"theirs","refresh_token":"refresh-x"}}"#,
                revision + 1
            );
            let record = TokenRecord::from_json(json.as_bytes()).unwrap();
            assert!(store.compare_and_swap(revision, record).await.unwrap());
            error(400, "invalid_grant")
        })
    })
    .await;
    let sources = sources(&server, &store, 1).await;
    assert_eq!(sources[0].token().await.unwrap().expose_secret(), "theirs");
    settle().await;
    assert_eq!(server.requests().len(), 1);
}
