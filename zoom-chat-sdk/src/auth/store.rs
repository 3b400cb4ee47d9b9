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
/// Every refresh of a user's token uses up the refresh token and brings a new one, so what is stored here is the only
/// way to the next token. A store that is to survive the process must have written a record, and made it durable,
/// before [`compare_and_swap`](Self::compare_and_swap) is done: only then is the new token used.
///
/// Several processes may share a store. Records are numbered, and one is only written over the record that it was made
/// from; that is all a store has to see to. In SQL: `UPDATE … SET revision = :new, … WHERE revision = :expected`, and
/// an `INSERT` that fails if there is a row when `expected` is 0.
pub trait TokenStore: Debug + Send + Sync {
    /// The stored record. `None` if there is none yet.
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>>;

    /// Stores `record` if what is stored has the revision `expected`, or nothing is stored and it is 0. Returns whether
    /// it was stored.
    ///
    /// The two steps must be one: of two callers that expect the same revision, one succeeds.
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
