//! Listings that cannot continue.

/// A listing that cannot continue, although Zoom answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PagingError {
    /// A page repeats the token of an earlier one. The stream ends here, because it would give the same items for ever.
    #[error("page {pages} of the listing repeats an earlier page token")]
    RepeatedToken {
        /// How many pages were read.
        pages: u64,
    },
    /// The listing has too many pages, or too many empty ones in a row. The stream ends here; another one can resume from
    /// its position.
    #[error("the listing does not end: {pages} pages were read")]
    Endless {
        /// How many pages were read.
        pages: u64,
    },
    /// The page token expired, and the listing, read again, does not contain the last items that were returned, so its
    /// position is unknown.
    #[error(
        "the page token expired, and the listing no longer contains the last items read; \
        list again from the time of the last item, and skip known items"
    )]
    PlaceLost,
    /// Zoom rejected the page token, which expires after 15 minutes, and the items read cannot be skipped: pages were
    /// requested instead of items, the items have no ids, or the tokens of one listing expire again and again.
    #[error(
        "the listing cannot continue without a valid page token; \
        list again from the time of the last item, and skip known items"
    )]
    TokenRejected,
}
