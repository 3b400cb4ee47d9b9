//! Tokens in memory.

use std::{
    future::ready,
    sync::{Mutex, PoisonError},
};

use super::{TokenRecord, TokenStore};
use crate::auth::{BoxFuture, TokenStoreError};

/// Keeps tokens in memory. A user's authorization is lost when the process ends.
#[derive(Debug, Default)]
pub struct MemoryTokenStore(Mutex<Option<TokenRecord>>);

impl TokenStore for MemoryTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>> {
        let record = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Box::pin(ready(Ok(record)))
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>> {
        let mut stored = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let as_expected = stored.as_ref().map_or(0, TokenRecord::revision) == expected;
        if as_expected {
            *stored = Some(record);
        }
        Box::pin(ready(Ok(as_expected)))
    }
}
