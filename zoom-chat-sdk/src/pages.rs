//! Listings that come in pages, as streams.
//!
//! [`Pages`] gives the pages, [`Items`] what is on them. Both are made by the methods that list something, such as
//! [`ZoomChat::list_messages`](crate::ZoomChat::list_messages), and by
//! [`ZoomChat::pages`](crate::ZoomChat::pages) for any operation. What holds for both:
//!
//! - Every page is a call of its own, with the client's token, limits and retries. It is asked for when the one before
//!   is used up, with the same query.
//! - A listing ends with the page that names no next one. An empty page is not the end.
//! - After an error the stream stands where it stood: polled again, it asks for the same page again, and nothing that
//!   was given is given once more. [`position`](Items::position) is on hand all the time, and goes on in another
//!   process.
//! - A page token that comes for the second time is an error: the listing would go round in circles. To notice, a
//!   stream keeps eight bytes for each page. A listing of more than 100,000 pages is an error too, and so are 1,000
//!   empty pages in a row to [`Items`]; another stream can go on from there.
//! - An item that cannot be read costs no other: [`Items`] give an error in its place, [`Pages`] the page without it and
//!   then the errors. They name the place in the page, and the cause.
//! - Dropping the future of [`next`](Items::next) loses nothing: what was asked for is still under way, or is asked for
//!   again.
//!
//! Zoom's page tokens expire after 15 minutes. [`Items`] then begin again from the first page and pass over all that
//! was given, up to the last items that were, which they recognise by their ids; so a slow consumer gets every item,
//! and each once. [`Pages`] have nothing to recognise a page by, and give the error.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    future::{Future, poll_fn},
    hash::{BuildHasher, RandomState},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use serde::{Deserialize, Serialize};

use crate::{Error, Response};

mod error;
mod items;
mod page;
mod salvage;
mod size;
#[cfg(test)]
mod tests;

pub use error::PagingError;
pub use items::Items;
pub use page::Page;
use salvage::Leaf;
pub(crate) use size::PageSize;

/// With 50 items on each, five million: more than a listing has, fewer than a server that does not stop would give.
const MAX_PAGES: usize = 100_000;

/// Where a listing stands: what it takes to go on from there, in this process or another one.
///
/// ```
/// use zoom_chat_sdk::pages::Position;
///
/// let position = Position::default();
/// let stored = serde_json::to_string(&position)?;
/// assert_eq!(serde_json::from_str::<Position>(&stored)?, position);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Zoom's token of the page that comes next. `None` for the first. Zoom forgets a token after 15 minutes.
    pub page_token: Option<String>,
    /// How many items of that page were given already.
    pub items: usize,
}

impl From<String> for Position {
    fn from(page_token: String) -> Self {
        Self {
            page_token: Some(page_token),
            items: 0,
        }
    }
}

impl From<&str> for Position {
    fn from(page_token: &str) -> Self {
        page_token.to_owned().into()
    }
}

pub(crate) type Asked<P> = Pin<Box<dyn Future<Output = Result<Response<P>, Error>> + Send>>;
type Ask<P> = Arc<dyn Fn(Option<String>) -> Asked<P> + Send + Sync>;

/// The pages of a listing.
///
/// ```no_run
/// use zoom_chat_sdk::{Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let mut pages = zoom.list_messages(Recipient::channel("825c8d2b")?).page_size(50).pages()?;
/// while let Some(page) = pages.next().await {
///     println!("{} messages", page?.messages.as_ref().map_or(0, Vec::len));
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is asked for until the stream is polled"]
pub struct Pages<P> {
    ask: Ask<P>,
    asked: Option<Asked<P>>,
    /// Of the page that comes next.
    token: Option<String>,
    /// Of the page that came last.
    last_token: Option<String>,
    seen: HashSet<u64>,
    hasher: RandomState,
    pages: u64,
    ended: bool,
    repeated: bool,
    /// Whether the listing was given up at a bound, so that its position is still one to go on from.
    stopped: bool,
    /// The parts of the page that came last that could not be read.
    odd: VecDeque<Error>,
    /// How many items of the first page were given to another stream.
    skip: usize,
}

impl<P: Page> Pages<P> {
    pub(crate) fn new(
        from: Position,
        ask: impl Fn(Option<String>) -> Asked<P> + Send + Sync + 'static,
    ) -> Self {
        let mut pages = Self {
            ask: Arc::new(ask),
            asked: None,
            token: None,
            last_token: None,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            pages: 0,
            ended: false,
            repeated: false,
            stopped: false,
            odd: VecDeque::new(),
            skip: from.items,
        };
        pages.go_to(from.page_token);
        pages
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Those of the call, those of items that could not be read (after their page), and [`Error::Paging`] when a page
    /// names a next one that was there already, or the listing does not end. After any of them the stream can be polled
    /// on.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// Where the listing stands: at the page that comes next. `None` at its end.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        (!self.ended && !self.repeated).then(|| Position {
            page_token: self.token.clone(),
            items: 0,
        })
    }

    /// The items on the pages that are still to come.
    pub fn items(self) -> Items<P> {
        Items::new(self)
    }

    pub(crate) fn go_to(&mut self, token: Option<String>) {
        self.asked = None;
        self.odd.clear();
        self.seen.clear();
        self.ended = false;
        self.repeated = false;
        if let Some(token) = &token {
            self.seen.insert(self.hasher.hash_one(token));
        }
        self.token = token;
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<P>, Error>>> {
        if let Some(error) = self.odd.pop_front() {
            return Poll::Ready(Some(Err(error)));
        }
        let leaf = ready!(self.poll_leaf(context));
        Poll::Ready(leaf.map(|leaf| {
            leaf.map(|Leaf { page, odd }| {
                self.odd = odd.into_iter().map(|(_, error)| error).collect();
                page
            })
        }))
    }

    /// Ends the listing where it stands.
    fn stop(&mut self) -> Error {
        self.stopped = true;
        PagingError::Endless { pages: self.pages }.into()
    }

    fn poll_leaf(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Leaf<P>, Error>>> {
        if self.repeated {
            self.repeated = false;
            self.ended = true;
            let error = PagingError::RepeatedToken { pages: self.pages };
            return Poll::Ready(Some(Err(error.into())));
        }
        if self.ended || self.stopped {
            return Poll::Ready(None);
        }
        if self.seen.len() > MAX_PAGES {
            return Poll::Ready(Some(Err(self.stop())));
        }
        let asked = self
            .asked
            .get_or_insert_with(|| (self.ask)(self.token.clone()));
        let answer = ready!(asked.as_mut().poll(context));
        self.asked = None;
        let leaf = match answer {
            Ok(page) => Leaf::from(page),
            Err(error) => match salvage::leaf(&error) {
                Some(leaf) => leaf,
                None => return Poll::Ready(Some(Err(error))),
            },
        };
        self.pages += 1;
        self.last_token = self.token.take();
        match leaf
            .page
            .next_page_token()
            .filter(|token| !token.is_empty())
        {
            None => self.ended = true,
            // What is on this page is new all the same, so the error comes after it.
            Some(next) if !self.seen.insert(self.hasher.hash_one(next)) => self.repeated = true,
            Some(next) => self.token = Some(next.to_owned()),
        }
        Poll::Ready(Some(Ok(leaf)))
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

/// Without the token, which tells what is listed.
impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("pages", &self.pages)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
