//! Listings that come in pages, as streams.
//!
//! [`Pages`] returns the pages, [`Items`] the items on them. [`ZoomChat::pages`](crate::ZoomChat::pages) makes them of
//! any [`Paged`] request, [`ZoomChat::list_messages`](crate::ZoomChat::list_messages) those of a chat's messages. For
//! both:
//!
//! - Every page is a separate call, with the client's token, limits and retries. It is requested after the items of the
//!   page before, with the same query.
//! - A listing ends with the page that has no next page token. An empty page is not the end.
//! - After an error the stream keeps its position: polled again, it requests the same page again, and returns no item
//!   twice. [`position`](Items::position) is available at any time, and another process can resume from it.
//! - A repeated page token is an error, because the listing would never end. To detect it, a stream keeps eight bytes
//!   for each page. A listing of more than 100,000 pages is an error too, and so are 1,000 empty pages in a row for
//!   [`Items`]; another stream can resume from there.
//! - An unreadable item does not affect the others: [`Items`] returns an error in its place, [`Pages`] the page without
//!   it and then the errors. They contain the place in the page and the cause.
//! - Dropping the future of [`next`](Items::next) loses nothing: the request continues, or is made again.
//!
//! Zoom's page tokens expire after 15 minutes. [`Items`] then restarts from the first page and skips all items up to
//! the last ones that were returned, which it recognises by their ids: a slow consumer gets every item once, and a
//! stored [`Position`] can be resumed at any later time. If the ids are of no help (the items have none, or the listing
//! no longer contains them), and for [`Pages`] in any case, the listing ends with one [`PagingError`], whose text says
//! how to continue.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    future::{Future, IntoFuture, poll_fn},
    hash::{BuildHasher, RandomState},
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::{
    Error, ZoomChat,
    call::{CallOptions, call_options},
    client::{Answered, Call},
    error::Unreadable,
};

mod items;
mod list_messages;
mod position;
mod salvage;
mod size;
#[cfg(test)]
mod tests;

pub use crate::error::PagingError;
pub use items::Items;
pub use list_messages::{ListMessages, SearchIn};
pub use position::Position;
use salvage::Leaf;
pub(crate) use size::PageSize;
pub use zoom_chat_openapi::{Page, Paged};

/// The maximum number of pages. With 50 items on each, these are five million items, more than any listing has.
const MAX_PAGES: usize = 100_000;

type Asked<R> = Pin<Box<dyn Future<Output = Answered<R>> + Send>>;

/// The pages of a listing, made by [`ZoomChat::pages`](crate::ZoomChat::pages). The options of a call apply to the call
/// of each page.
///
/// ```no_run
/// use zoom_chat_sdk::{ZoomChat, requests};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let mut pages = zoom.pages(requests::ListBookmarks::new().page_size(50));
/// while let Some(page) = pages.next().await {
///     println!("{} bookmarks", page?.bookmarks.as_ref().map_or(0, Vec::len));
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is asked for until the stream is polled"]
pub struct Pages<R: Paged> {
    zoom: ZoomChat,
    request: R,
    options: CallOptions,
    asked: Option<Asked<R>>,
    /// The token of the next page.
    token: Option<String>,
    /// The token of the last page.
    last_token: Option<String>,
    seen: HashSet<u64>,
    hasher: RandomState,
    pages: u64,
    state: State,
    /// The parts of the last page that could not be read.
    odd: VecDeque<Error>,
    /// How many items of the first page another stream returned.
    skip: usize,
    /// The ids of the last items that it returned.
    last: Vec<String>,
    /// Replaces Zoom's answers.
    #[cfg(test)]
    answers: Option<Answers<R>>,
}

/// Whether there are further pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// The next page would be an earlier one, which is an error.
    Repeated,
    /// The listing ended before its end, so that its position can still be resumed.
    Stopped,
    Ended,
}

#[cfg(test)]
type Answers<R> = Box<
    dyn Fn() -> Result<crate::Response<<R as zoom_chat_openapi::Request>::Response>, Error> + Send,
>;

impl ZoomChat {
    /// Lists with any operation whose answers come in pages.
    ///
    /// ```no_run
    /// use zoom_chat_sdk::{ZoomChat, requests};
    ///
    /// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut bookmarks = zoom.pages(requests::ListBookmarks::new().page_size(50)).items();
    /// while let Some(bookmark) = bookmarks.next().await {
    ///     println!("{}", bookmark?.message.unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<R: Paged>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), request, CallOptions::default())
    }
}

impl<R: Paged> Pages<R> {
    pub(crate) fn new(zoom: ZoomChat, request: R, options: CallOptions) -> Self {
        Self {
            zoom,
            request,
            options,
            asked: None,
            token: None,
            last_token: None,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            pages: 0,
            state: State::Open,
            odd: VecDeque::new(),
            skip: 0,
            last: Vec::new(),
            #[cfg(test)]
            answers: None,
        }
    }

    call_options!(options);

    /// Resumes at the position of another stream of the same listing. [`items`](Self::items) continue with the next
    /// item, pages with the page that contains it.
    ///
    /// ```
    /// use zoom_chat_sdk::{ZoomChat, pages::Position, requests};
    ///
    /// /// One page, and the position after it.
    /// async fn page(zoom: &ZoomChat, from: Option<Position>) -> Result<Option<Position>, zoom_chat_sdk::Error> {
    ///     let mut pages = zoom.pages(requests::ListBookmarks::new());
    ///     if let Some(position) = from {
    ///         pages = pages.resume(position);
    ///     }
    ///     if let Some(page) = pages.next().await {
    ///         println!("{:?}", page?);
    ///     }
    ///     Ok(pages.position())
    /// }
    /// ```
    pub fn resume(mut self, position: Position) -> Self {
        self.go_to(position.page_token);
        self.skip = position.items;
        self.last = position.last;
        self
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Those of the call, those of items that could not be read (after their page), and
    /// [`ErrorKind::Paging`](crate::ErrorKind::Paging) if Zoom rejects the page token, a page repeats one, or the listing
    /// does not end. The stream ends after an error of that kind; after any other, it can be polled again.
    pub async fn next(&mut self) -> Option<Answered<R>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The position of the listing: the next page. `None` at its end.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        matches!(self.state, State::Open | State::Stopped).then(|| Position {
            page_token: self.token.clone(),
            items: self.skip,
            last: self.last.clone(),
        })
    }

    /// The items on the remaining pages.
    pub fn items(self) -> Items<R> {
        Items::new(self)
    }

    pub(crate) fn go_to(&mut self, token: Option<String>) {
        self.asked = None;
        self.odd.clear();
        self.seen.clear();
        self.state = State::Open;
        if let Some(token) = &token {
            self.seen.insert(self.hasher.hash_one(token));
        }
        self.token = token;
    }

    /// Requests the next page.
    fn ask(&self) -> Asked<R> {
        #[cfg(test)]
        if let Some(answers) = &self.answers {
            return Box::pin(std::future::ready(answers().map_err(Into::into)));
        }
        let mut request = self.request.clone();
        if let Some(token) = &self.token {
            request = request.page(token.clone());
        }
        Call::new(self.zoom.clone(), request, self.options.clone()).into_future()
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Answered<R>>> {
        if let Some(error) = self.odd.pop_front() {
            return Poll::Ready(Some(Err(error.into())));
        }
        let leaf = ready!(self.poll_leaf(context));
        Poll::Ready(leaf.map(|leaf| {
            let Leaf { page, odd } = leaf?;
            self.odd = odd.into_iter().map(|(_, error)| error).collect();
            Ok(page)
        }))
    }

    /// Ends the listing at its position.
    fn stop(&mut self) -> Error {
        self.state = State::Stopped;
        PagingError::Endless { pages: self.pages }.into()
    }

    /// Zoom has one code for every invalid query. But only the page token differs from the query of the page before, so
    /// the token is the problem, and to request the page again is of no use.
    fn failed(&mut self, error: Error) -> Error {
        let is_rejected = error.status() == Some(400) && error.code() == Some(300);
        if self.token.is_none() || !is_rejected {
            return error;
        }
        self.state = State::Stopped;
        error.of_listing(PagingError::TokenRejected)
    }

    fn poll_leaf(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Leaf<R::Response>, Error>>> {
        match self.state {
            State::Open => {}
            State::Repeated => {
                self.state = State::Ended;
                let error = PagingError::RepeatedToken { pages: self.pages };
                return Poll::Ready(Some(Err(error.into())));
            }
            State::Stopped | State::Ended => return Poll::Ready(None),
        }
        if self.seen.len() > MAX_PAGES {
            return Poll::Ready(Some(Err(self.stop())));
        }
        let mut asked = match self.asked.take() {
            Some(asked) => asked,
            None => self.ask(),
        };
        let Poll::Ready(answer) = asked.as_mut().poll(context) else {
            self.asked = Some(asked);
            return Poll::Pending;
        };
        let leaf = match answer {
            Ok(page) if page.has_items() => Leaf::from(page),
            Ok(page) => return Poll::Ready(Some(Err(page.lacks(Unreadable::NoList)))),
            Err(error) => match salvage::leaf(&error) {
                Some(leaf) => leaf,
                None => return Poll::Ready(Some(Err(self.failed(error.into())))),
            },
        };
        self.skip = 0;
        self.last.clear();
        self.pages += 1;
        self.last_token = self.token.take();
        match leaf.page.next_page_token() {
            None => self.state = State::Ended,
            // What is on this page is new all the same, so the error comes after it.
            Some(next) if !self.seen.insert(self.hasher.hash_one(next)) => {
                self.state = State::Repeated;
            }
            Some(next) => self.token = Some(next.to_owned()),
        }
        Poll::Ready(Some(Ok(leaf)))
    }
}

impl<R: Paged> Stream for Pages<R> {
    type Item = Answered<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

/// It has no pinned fields.
impl<R: Paged> Unpin for Pages<R> {}

/// Without request and token, which identify what is listed.
impl<R: Paged> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("pages", &self.pages)
            .field("ended", &(self.state == State::Ended))
            .finish_non_exhaustive()
    }
}
