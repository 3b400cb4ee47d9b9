//! New tokens are in the store before they are used.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Semaphore, time::advance};
use zoom_chat_sdk::auth::{
    BoxFuture, MemoryTokenStore, TokenError, TokenRecord, TokenSource, TokenStore, TokenStoreError,
};

use crate::{
    server::{Server, settle, token},
    user::authorized,
};

#[tokio::test(start_paused = true)]
async fn a_rotated_refresh_token_is_stored_before_its_access_token_is_used() {
    let server = Server::start(|_| token("new", r#","refresh_token":"refresh-2""#)).await;
    let store = Arc::new(GatedStore::default());
    let source = Arc::new(authorized(&server, Arc::clone(&store) as _).await);
    store.close();
    let caller = tokio::spawn({
        let source = Arc::clone(&source);
        async move { source.token().await.unwrap() }
    });
    settle().await;
    assert_eq!(server.requests().len(), 1, "the new tokens are there");
    assert!(
        !caller.is_finished(),
        "but nobody has them before the store"
    );
    store.open();
    assert_eq!(caller.await.unwrap().expose_secret(), "new");
    assert!(
        store
            .inner
            .load()
            .await
            .unwrap()
            .unwrap()
            .expose_json()
            .contains("refresh-2")
    );
}

#[tokio::test(start_paused = true)]
async fn tokens_that_cannot_be_stored_are_kept_and_stored_before_anything_else() {
    let server = Server::start(|_| token("new", r#","refresh_token":"refresh-2""#)).await;
    let store = Arc::new(GatedStore::default());
    let source = authorized(&server, Arc::clone(&store) as _).await;
    store.fail(true);
    for _ in 0..3 {
        let failed = source.token().await.unwrap_err();
        assert!(matches!(failed, TokenError::Store(_)), "{failed:?}");
        advance(Duration::from_secs(60)).await;
    }
    store.fail(false);
    assert_eq!(source.token().await.unwrap().expose_secret(), "new");
    let json = store.inner.load().await.unwrap().unwrap().expose_json();
    assert!(json.contains("refresh-2"), "{json}");
    assert_eq!(
        server.requests().len(),
        1,
        "the refresh token was used once"
    );
}

/// A store whose writes of new tokens wait, or fail.
#[derive(Debug)]
struct GatedStore {
    inner: MemoryTokenStore,
    gate: Semaphore,
    failing: AtomicBool,
}

impl Default for GatedStore {
    fn default() -> Self {
        Self {
            inner: MemoryTokenStore::default(),
            gate: Semaphore::new(1),
            failing: false.into(),
        }
    }
}

impl GatedStore {
    fn close(&self) {
        self.gate.forget_permits(1);
    }

    fn open(&self) {
        self.gate.add_permits(1);
    }

    fn fail(&self, failing: bool) {
        self.failing.store(failing, Ordering::SeqCst);
    }
}

impl TokenStore for GatedStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>> {
        self.inner.load()
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>> {
        Box::pin(async move {
            if record.expose_json().contains("refresh-2") {
                let _permit = self.gate.acquire().await.unwrap();
                if self.failing.load(Ordering::SeqCst) {
                    return Err(TokenStoreError::new("the disk is full", None));
                }
            }
            self.inner.compare_and_swap(expected, record).await
        })
    }
}
