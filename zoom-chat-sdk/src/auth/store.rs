//! Where tokens are kept between refreshes, and perhaps between processes.

mod memory;
mod record;

#[cfg(feature = "file-store")]
mod file;
#[cfg(feature = "redis")]
mod redis;

use std::{fmt::Debug, sync::Arc};

#[cfg(feature = "file-store")]
pub use file::FileTokenStore;
pub use memory::MemoryTokenStore;
pub(super) use record::Claim;
pub use record::TokenRecord;
#[cfg(feature = "redis")]
pub use redis::RedisTokenStore;

use super::{BoxFuture, TokenStoreError};

/// Keeps the tokens of one authorization: one app acting for one user, or for one account.
///
/// Every refresh of a user's token uses up the refresh token and brings a new one, so the stored record is the only way
/// to the next token. A store that outlives the process must have written a record durably before
/// [`compare_and_swap`](Self::compare_and_swap) completes: only then is the new token used.
///
/// Several processes may share a store. Records are numbered, and a record only replaces the one that it was made from;
/// that is all that a store has to guarantee. In SQL: `UPDATE … SET revision = :new, … WHERE revision = :expected`, and
/// an `INSERT` that fails if there is a row when `expected` is 0.
pub trait TokenStore: Debug + Send + Sync {
    /// The stored record. `None` if there is none yet.
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>>;

    /// Stores `record` if the stored record has the revision `expected`, or if there is none and `expected` is 0.
    /// Returns whether it was stored.
    ///
    /// The comparison and the write must be atomic: of two callers that expect the same revision, one succeeds.
    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>>;
}

impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>> {
        (**self).load()
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>> {
        (**self).compare_and_swap(expected, record)
    }
}
