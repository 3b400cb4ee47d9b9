use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use futures_util::FutureExt;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use zoom_chat_openapi::{
    ResponseValue, lenient, operations, requests::ListBookmarks, types::ListBookmarksResponse,
};

use super::*;
use crate::{
    ErrorKind, Response,
    answer::Answer,
    error::{Cause, Delivery, FailedCall, Unreadable},
};

/// What the client makes of a page with this body, or of a refusal, whose body has its status.
fn answer(body: &Value) -> Result<Response<ListBookmarksResponse>, Error> {
    let operation = &operations::LIST_BOOKMARKS;
    if let Some(status) = body["status"].as_u64() {
        let status = StatusCode::from_u16(status.try_into().unwrap()).unwrap();
        let mut answer = Answer::of_head(status, HeaderMap::new());
        answer.said.code = body["code"].as_i64();
        let mut call = FailedCall::before(operation);
        call.attempts = 1;
        return Err(Error::answered(Cause::Api, call, answer));
    }
    match lenient::from_value(body, "") {
        Ok(page) => {
            let value = ResponseValue::new(page, StatusCode::OK, HeaderMap::new());
            Ok(Response::new(value, operation, 1))
        }
        Err(cause) => {
            let call = FailedCall {
                operation,
                attempts: 1,
                delivery: Delivery::Accepted,
                gave_up: None,
            };
            let mut answer = Answer::of_head(StatusCode::OK, HeaderMap::new());
            answer.body = body.to_string().into_bytes();
            answer.secrets = vec!["t0ken-1234".into()];
            let found = answer.shown_cause(&cause);
            let cause = Cause::Answer(Unreadable::Form);
            Err(Error::answered(cause, call, answer).caused_by(found))
        }
    }
}

fn listing(
    page: impl Fn(usize) -> Value + Send + Sync + 'static,
) -> (Pages<ListBookmarks>, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let zoom = ZoomChat::builder().access_token("t").build().unwrap();
    let mut pages = Pages::new(zoom, ListBookmarks::new(), CallOptions::default());
    pages.answers = Some(Box::new(move || {
        answer(&page(counted.fetch_add(1, Relaxed)))
    }));
    (pages, asked)
}

/// What a stream gives without waiting for anything: ids, and the causes of errors.
fn all(items: &mut Items<ListBookmarks>) -> Vec<Result<String, String>> {
    std::iter::from_fn(|| items.next().now_or_never().unwrap())
        .map(|item| match item {
            Ok(item) => Ok(item.message_id.unwrap_or_default()),
            Err(error) => Err(told(&error)),
        })
        .collect()
}

fn told(error: &Error) -> String {
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), chain)
}

fn chain(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error} <- {}", chain(cause)),
        None => error.to_string(),
    }
}

fn page_with_odd_items() -> Value {
    json!({
        "page_size": 50,
        "bookmarks": [
            { "message_id": 1 },
            { "message_id": {} },
            { "message_id": "c", "sender": "t0ken-1234", "files": {} },
            "t0ken-1234",
            { "message_id": ["t0ken-1234"] },
            { "message_id": "f" },
        ],
    })
}

#[test]
fn an_item_that_cannot_be_read_is_an_error_in_its_place() {
    let (pages, _) = listing(|_| page_with_odd_items());
    let mut items = pages.items();
    let given = all(&mut items);
    let good: Vec<_> = given.iter().map(|item| item.as_deref().ok()).collect();
    assert_eq!(good, [Some("1"), None, Some("c"), None, None, Some("f")]);
    for (index, place) in [
        (1, "bookmarks[1].message_id: "),
        (3, "bookmarks[3]: "),
        (4, "bookmarks[4].message_id: "),
    ] {
        let error = given[index].as_ref().unwrap_err();
        assert!(error.contains(place), "{error}");
        assert!(error.contains("invalid type"), "{error}");
        assert!(!error.contains("t0ken-1234"), "{error}");
    }
    assert_eq!(items.position(), None);
}

#[test]
fn the_place_counts_items_that_cannot_be_read() {
    let (pages, _) = listing(|_| page_with_odd_items());
    let mut items = pages.items();
    for given in 1..6 {
        let _ = items.next().now_or_never().unwrap();
        assert_eq!(items.position().unwrap().items, given);
    }
    for skip in 0..6 {
        let (mut pages, _) = listing(|_| page_with_odd_items());
        pages.skip = skip;
        assert_eq!(all(&mut pages.items()).len(), 6 - skip, "{skip}");
    }
}

#[test]
fn pages_give_what_can_be_read_and_then_the_errors() {
    let (mut pages, _) = listing(|_| page_with_odd_items());
    let page = pages.next().now_or_never().unwrap().unwrap().unwrap();
    let ids: Vec<_> = page
        .bookmarks
        .iter()
        .flatten()
        .map(|it| &it.message_id)
        .collect();
    assert_eq!(ids.len(), 3);
    for _ in 0..3 {
        assert!(pages.next().now_or_never().unwrap().unwrap().is_err());
    }
    assert!(pages.next().now_or_never().unwrap().is_none());
}

#[test]
fn an_odd_member_beside_the_list_costs_no_item() {
    let (pages, _) = listing(|_| json!({ "page_size": [], "bookmarks": [{ "message_id": "a" }] }));
    let given = all(&mut pages.items());
    assert_eq!(given[0].as_deref(), Ok("a"));
    assert!(
        given[1].as_ref().unwrap_err().contains("page_size: "),
        "{given:?}"
    );
    assert_eq!(given.len(), 2);
}

#[test]
fn without_its_list_or_the_next_token_a_page_is_lost_as_a_whole() {
    for body in [
        json!({ "bookmarks": "many" }),
        json!({ "bookmarks": [], "next_page_token": {} }),
        json!([1]),
    ] {
        let (mut pages, asked) = listing(move |_| body.clone());
        for attempt in 1..3 {
            let error = pages.next().now_or_never().unwrap().unwrap().unwrap_err();
            assert!(error.kind() == ErrorKind::Answer, "{error}");
            // The place is not lost: the same page is asked for again.
            assert_eq!(asked.load(Relaxed), attempt);
            assert_eq!(pages.position(), Some(Position::default()));
        }
    }
}

#[test]
fn a_listing_of_fresh_tokens_without_end_is_bounded() {
    let fresh = |page: usize| json!({ "bookmarks": [], "next_page_token": page.to_string() });
    let (mut pages, asked) = listing(fresh);
    let mut last = None;
    while let Some(page) = pages.next().now_or_never().unwrap() {
        last = Some(page.map(drop).map_err(Error::from));
    }
    let read = asked.load(Relaxed);
    assert_eq!(read, MAX_PAGES + 1);
    let last = last.unwrap().unwrap_err();
    let endless = PagingError::Endless { pages: read as u64 };
    assert_eq!(last.paging_error(), Some(&endless));
    // From here another stream can go on.
    let token = (read - 1).to_string();
    assert_eq!(pages.position().unwrap().page_token, Some(token));
}

#[test]
fn empty_pages_without_end_are_bounded_sooner() {
    let fresh = |page: usize| {
        let items = match page {
            500 => json!([{ "message_id": "a" }]),
            _ => json!([]),
        };
        json!({ "bookmarks": items, "next_page_token": page.to_string() })
    };
    let (pages, asked) = listing(fresh);
    let mut items = pages.items();
    assert!(items.next().now_or_never().unwrap().unwrap().is_ok());
    let error = items.next().now_or_never().unwrap().unwrap().unwrap_err();
    assert!(
        matches!(error.paging_error(), Some(PagingError::Endless { .. })),
        "{error}"
    );
    assert_eq!(asked.load(Relaxed), 501 + 1_001);
    assert!(items.next().now_or_never().unwrap().is_none());
    assert!(items.position().is_some());
}

/// Bookmarks by their numbers, and perhaps a next page.
fn numbered(numbers: impl IntoIterator<Item = usize>, next: Option<&str>) -> Value {
    let items: Vec<_> = numbers
        .into_iter()
        .map(|number| json!({ "message_id": number }))
        .collect();
    json!({ "bookmarks": items, "next_page_token": next })
}

#[test]
fn as_many_items_as_a_page_has_are_known_again() {
    // Of 60 items the last ones are deleted before the page token is refused and the listing read again.
    for (deleted, is_found) in [(0, true), (1, true), (30, true), (49, true), (50, false)] {
        let (pages, _) = listing(move |asked| match asked {
            0 => numbered(0..10, Some("a")),
            1 => numbered(10..60, Some("b")),
            2 => {
                json!({ "status": 400, "code": 300, "message": "The next page token is invalid." })
            }
            _ => numbered((0..60 - deleted).chain(60..65), None),
        });
        let given = all(&mut pages.items());
        let numbers = (0..60).chain(if is_found { 60..65 } else { 0..0 });
        let expected: Vec<_> = numbers.map(|number| Ok(number.to_string())).collect();
        let (good, bad): (Vec<_>, Vec<_>) = given.into_iter().partition(Result::is_ok);
        assert_eq!(good, expected, "{deleted}");
        assert_eq!(bad.is_empty(), is_found, "{deleted}: {bad:?}");
    }
}

#[test]
fn a_listing_is_read_again_only_when_its_token_is_refused() {
    for (status, code) in [(400, 301), (404, 300), (500, 300), (404, 1001)] {
        let (pages, asked) = listing(move |asked| match asked {
            0 => numbered(0..10, Some("a")),
            1 => json!({ "status": status, "code": code, "message": "No." }),
            _ => numbered(10..20, None),
        });
        let mut items = pages.items();
        for _ in 0..10 {
            assert!(items.next().now_or_never().unwrap().unwrap().is_ok());
        }
        let error = items.next().now_or_never().unwrap().unwrap().unwrap_err();
        assert_eq!((error.status(), error.code()), (Some(status), Some(code)));
        assert_eq!(asked.load(Relaxed), 2);
        // Polled on, it asks for the same page.
        assert_eq!(all(&mut items).len(), 10);
    }
}

#[test]
fn what_is_shown_of_a_stream_tells_nothing_of_what_is_listed() {
    let (pages, _) = listing(|_| numbered(0..3, Some("s3cr3t")));
    let mut items = pages.items();
    assert!(items.next().now_or_never().unwrap().unwrap().is_ok());
    let shown = format!("{items:?}");
    assert!(
        shown.contains("given: 1") && !shown.contains("s3cr3t"),
        "{shown}"
    );
}
