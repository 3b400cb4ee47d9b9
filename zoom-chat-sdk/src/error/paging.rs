//! Listings that cannot go on.

/// A listing that cannot go on, although Zoom answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PagingError {
    /// A page names a next one that was there already. The stream ends here: going on would give the same again and
    /// again.
    #[error("page {pages} of the listing names a next page that was there already")]
    RepeatedToken {
        /// How many pages were read.
        pages: u64,
    },
    /// The listing has more pages than a listing can have, or too many in a row on which nothing is. The stream ends
    /// here; another one can go on from its position.
    #[error("the listing does not end: {pages} pages were read")]
    Endless {
        /// How many pages were read.
        pages: u64,
    },
    /// The page token had expired, and in the listing read again none of the items are that were given last: nobody
    /// can tell which ones were given.
    #[error("the page token expired, and what was read last is not in the listing any more")]
    PlaceLost,
}
