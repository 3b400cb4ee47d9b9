//! The items of a listing, one by one.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;

use zoom_chat_openapi::Request;

use super::{Page, PageSize, Paged, Pages, PagingError, Position, State, salvage::Leaf};
use crate::{CallError, Error};

type Item<R> = <<R as Request>::Response as Page>::Item;
type Listed<R> = Result<Item<R>, CallError<<R as Request>::Error>>;

/// The number of the last items whose keys are kept: as many as one page may have.
const MARKS: usize = PageSize::MAX as usize;

/// After this number of empty pages in a row, the listing ends with an error.
const MAX_EMPTY_PAGES: u32 = 1_000;

/// The items of a listing, one by one.
///
/// ```no_run
/// use zoom_chat_sdk::{Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let mut messages = zoom.list_messages(Recipient::channel("825c8d2b")?).items()?;
/// while let Some(message) = messages.next().await {
///     match message {
///         Ok(message) => println!("{}", message.message.unwrap_or_default()),
///         // The place is not lost: the same stream goes on, or another one from here.
///         Err(error) => println!("{error} at {:?}", messages.position()),
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is asked for until the stream is polled"]
pub struct Items<R: Paged> {
    pages: Pages<R>,
    /// The rest of the last page.
    page: vec::IntoIter<Item<R>>,
    /// The parts of it that could not be read: items by their index, then other members.
    odd: VecDeque<(Option<usize>, Error)>,
    /// The number of empty pages in a row.
    empty_pages: u32,
    /// How many of its items were returned.
    given: usize,
    /// How many items of the first page another stream returned.
    skip: usize,
    /// The keys of the last items that were returned.
    marks: VecDeque<String>,
    again: Again,
    /// The position at which the listing was restarted, until another item is returned.
    lost: Option<Position>,
}

/// Whether the listing is read again from its first page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    No,
    /// Everything up to one of the marks was returned, and no mark has come yet.
    Seeking,
    /// A mark has come: other items are new.
    Found,
}

impl<R: Paged> Items<R> {
    pub(super) fn new(mut pages: Pages<R>) -> Self {
        // New items may have changed the first page, so what was returned of it is recognised by its keys.
        let lost = pages.token.is_none() && !pages.last.is_empty();
        let lost = if lost { pages.position() } else { None };
        Self {
            skip: if lost.is_some() { 0 } else { pages.skip },
            marks: mem::take(&mut pages.last).into(),
            pages,
            page: Vec::new().into_iter(),
            odd: VecDeque::new(),
            empty_pages: 0,
            given: 0,
            again: match lost {
                Some(_) => Again::Seeking,
                None => Again::No,
            },
            lost,
        }
    }

    /// The next item; `None` after the last one.
    ///
    /// # Errors
    ///
    /// Those of the calls, one in the place of each item that cannot be read, and
    /// [`ErrorKind::Paging`](crate::ErrorKind::Paging) when the listing cannot continue: the stream ends after it. After
    /// any other error, the stream can be polled again.
    pub async fn next(&mut self) -> Option<Listed<R>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The position of the listing: the next item. `None` at its end, that is, when there is nothing left to resume.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        if let Some(lost) = &self.lost {
            return Some(lost.clone());
        }
        let last = self.marks.len().saturating_sub(Position::LAST);
        let last = self.marks.range(last..).cloned().collect();
        if self.page.as_slice().is_empty() && self.odd.is_empty() {
            let next = self.pages.position()?;
            return Some(Position {
                items: self.skip,
                last,
                ..next
            });
        }
        Some(Position {
            page_token: self.pages.last_token.clone(),
            items: self.given,
            last,
        })
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Listed<R>>> {
        loop {
            while let Some(item) = self.next_of_page() {
                let item = match item {
                    Ok(item) => item,
                    // Without a key, it is unknown whether it was returned. Until a mark comes, it probably was.
                    Err(_) if self.again == Again::Seeking => continue,
                    Err(error) => return Poll::Ready(Some(Err(error.into()))),
                };
                if self.is_new(R::Response::key(&item)) {
                    self.mark(R::Response::key(&item));
                    self.lost = None;
                    return Poll::Ready(Some(Ok(item)));
                }
            }
            if self.empty_pages > MAX_EMPTY_PAGES {
                self.empty_pages = 0;
                return Poll::Ready(Some(Err(self.pages.stop().into())));
            }
            match ready!(self.pages.poll_leaf(context)) {
                Some(Ok(Leaf { page, odd })) => self.open(page.into_inner().into_items(), odd),
                Some(Err(error)) if self.can_begin_again(&error) => {
                    self.lost = self.position();
                    self.again = Again::Seeking;
                    self.skip = 0;
                    self.pages.go_to(None);
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None if self.pages.state == State::Stopped => return Poll::Ready(None),
                None if self.again == Again::Seeking => {
                    self.pages.state = State::Stopped;
                    return Poll::Ready(Some(Err(Error::from(PagingError::PlaceLost).into())));
                }
                None => {
                    self.lost = None;
                    return Poll::Ready(None);
                }
            }
        }
    }

    fn open(&mut self, page: Vec<Item<R>>, odd: Vec<(Option<usize>, Error)>) {
        self.empty_pages = match page.is_empty() && odd.is_empty() {
            true => self.empty_pages + 1,
            false => 0,
        };
        self.page = page.into_iter();
        self.odd = odd.into();
        self.given = 0;
        while self.given < self.skip
            && let Some(item) = self.next_of_page()
        {
            if let Ok(item) = item {
                self.mark(R::Response::key(&item));
            }
        }
        self.skip = 0;
    }

    /// The next item on the page, or why it cannot be read.
    fn next_of_page(&mut self) -> Option<Result<Item<R>, Error>> {
        let is_odd = |(index, _): &(Option<usize>, Error)| *index == Some(self.given);
        if self.odd.front().is_none_or(|odd| !is_odd(odd))
            && let Some(item) = self.page.next()
        {
            self.given += 1;
            return Some(Ok(item));
        }
        let (index, error) = self.odd.pop_front()?;
        self.given += usize::from(index.is_some());
        Some(Err(error))
    }

    fn is_new(&mut self, key: Option<&str>) -> bool {
        if self.again == Again::No {
            return true;
        }
        let is_mark = key.is_some_and(|key| self.marks.iter().any(|mark| mark == key));
        if is_mark {
            self.again = Again::Found;
        }
        !is_mark && self.again == Again::Found
    }

    fn mark(&mut self, key: Option<&str>) {
        let Some(key) = key else {
            // The item that came last cannot be recognised, so none of those before it is of use.
            self.marks.clear();
            return;
        };
        let mut mark = if self.marks.len() < MARKS {
            String::new()
        } else {
            self.marks.pop_front().unwrap_or_default()
        };
        key.clone_into(&mut mark);
        self.marks.push_back(mark);
    }

    /// Once for each item, so that tokens that are always rejected end in the error.
    fn can_begin_again(&self, error: &Error) -> bool {
        let is_rejected = error.paging_error() == Some(&PagingError::TokenRejected);
        is_rejected && !self.marks.is_empty() && self.lost.is_none()
    }
}

impl<R: Paged> Stream for Items<R> {
    type Item = Listed<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

/// It has no pinned fields.
impl<R: Paged> Unpin for Items<R> {}

impl<R: Paged> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("given", &self.given)
            .finish_non_exhaustive()
    }
}
