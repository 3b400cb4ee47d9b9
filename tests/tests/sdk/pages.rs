//! Listings to their end: each item once, whatever happens on the way.

use std::{collections::BTreeMap, thread, time::Duration};

use allocation_counter::measure;
use futures_util::{FutureExt, StreamExt};
use zoom_chat_sdk::{
    Error, ErrorKind, Recipient, SearchIn, ZoomChat,
    pages::{Items, PagingError, Position},
    requests,
    retry::RetryPolicy,
};
use zoom_chat_tests::{
    long_chat::{Fault, LongChat, Server},
    loopback::{Answer, Loopback},
};

type Messages = Items<requests::ListUsersChatMessages>;

fn client(base_url: String) -> ZoomChat {
    let builder = ZoomChat::builder().access_token("t0ken").base_url(base_url);
    let at_once = RetryPolicy::default().first_wait(Duration::ZERO);
    builder.retry(at_once).build().unwrap()
}

fn channel() -> Recipient {
    Recipient::channel("825c8d2b").unwrap()
}

fn messages(server: &Server) -> Messages {
    let listing = client(server.base_url()).list_messages(channel());
    listing.items().unwrap()
}

/// What another process reads, from the position that this one stored.
fn resumed(server: &Server, listed: &Messages) -> Messages {
    let stored = listed.position().unwrap().to_string();
    let listing = client(server.base_url()).list_messages(channel());
    listing.resume(stored.parse().unwrap()).items().unwrap()
}

/// The numbers of the messages up to the end or an error.
async fn read(messages: &mut Messages) -> (Vec<usize>, Option<Error>) {
    let mut numbers = Vec::new();
    while let Some(message) = messages.next().await {
        match message {
            Ok(message) => numbers.push(message.id.unwrap()[1..].parse().unwrap()),
            Err(error) => return (numbers, Some(error.into())),
        }
    }
    (numbers, None)
}

fn all(range: std::ops::Range<usize>) -> Vec<usize> {
    range.collect()
}

#[tokio::test]
async fn a_hundred_thousand_messages_each_once() {
    let chat = LongChat {
        messages: 100_000,
        empty_every: 7,
        faults: BTreeMap::from([
            (400, Fault::Fails(500)),
            (900, Fault::TokensExpire),
            (1_700, Fault::Fails(503)),
        ]),
        ..LongChat::default()
    };
    let server = chat.serve().await;
    let mut listed = messages(&server);
    let (mut numbers, error) = read(&mut listed).await;
    assert_eq!(error.unwrap().status(), Some(500));

    let mut listed = resumed(&server, &listed);
    let (rest, error) = read(&mut listed).await;
    assert!(error.is_none(), "{error:?}");
    numbers.extend(rest);
    assert_eq!(numbers, all(0..100_000));
    assert_eq!(listed.position(), None);
    assert!(listed.next().await.is_none());
}

#[tokio::test]
async fn an_error_loses_no_place() {
    let chat = LongChat {
        messages: 120,
        faults: BTreeMap::from([(1, Fault::Fails(500)), (2, Fault::Fails(404))]),
        ..LongChat::default()
    };
    let server = chat.serve().await;
    let mut listed = messages(&server);
    assert_eq!(read(&mut listed).await.0, all(0..50));
    let position = listed.position().unwrap();
    assert_eq!(read(&mut listed).await.1.unwrap().status(), Some(404));
    assert_eq!(listed.position().unwrap(), position);
    assert_eq!(read(&mut listed).await.0, all(50..120));
    let queries = server.queries();
    assert_eq!(queries.len(), 5);
    assert!(queries[1].contains("next_page_token=0%2C1%2C50"));
    assert!(queries[2..4].iter().all(|query| *query == queries[1]));
}

#[tokio::test]
async fn a_listing_goes_on_in_the_middle_of_a_page() {
    let chat = LongChat {
        messages: 100,
        ..LongChat::default()
    };
    let server = chat.serve().await;
    let mut listed = messages(&server);
    for _ in 0..60 {
        listed.next().await.unwrap().unwrap();
    }
    let position = listed.position();
    let mut listed = resumed(&server, &listed);
    assert_eq!(listed.position(), position);
    assert_eq!(read(&mut listed).await.0, all(60..100));
    assert!(server.queries()[2].contains("next_page_token=0%2C1%2C50"));
}

/// After so many items it is stored, and every page token expires before another process resumes it.
#[tokio::test]
async fn a_stored_position_outlives_its_page_token() {
    for read_before in [1, 49, 50, 51, 60, 100, 149, 150] {
        for (fault, requests) in [(Fault::TokensExpire, 3), (Fault::Fails(404), 4)] {
            let pages_before = usize::div_ceil(read_before, 50);
            // Restarted, it can fail on the way back to its place, and be stored and resumed once more.
            let faults = BTreeMap::from([
                (pages_before, Fault::TokensExpire),
                (pages_before + 2, fault),
            ]);
            let server = LongChat {
                messages: 160,
                faults,
                ..LongChat::default()
            }
            .serve()
            .await;
            let mut listed = messages(&server);
            for _ in 0..read_before {
                listed.next().await.unwrap().unwrap();
            }
            let mut rest = Vec::new();
            loop {
                listed = resumed(&server, &listed);
                let (numbers, error) = read(&mut listed).await;
                rest.extend(numbers);
                if error.is_none() {
                    break;
                }
            }
            assert_eq!(rest, all(read_before..160), "{read_before} {fault:?}");
            assert_eq!(listed.position(), None);
            assert!(server.queries().len() >= requests);
        }
    }
}

#[test]
fn a_position_is_read_from_its_own_text_only() {
    let stored = r#"{"page_token":"n/1","items":1,"last":["a"]}"#;
    let position: Position = stored.parse().unwrap();
    assert_eq!(position.to_string(), stored);
    assert_eq!(serde_json::to_string(&position).unwrap(), stored);
    let quoted = serde_json::to_string(stored).unwrap();
    for text in ["", "n/1", "null", "{}", r#"{"page_token":"n/1"}"#, &quoted] {
        let error = text.parse::<Position>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "resume: the text is not that of a `Position`"
        );
    }
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error_after_what_is_new() {
    let chat = LongChat {
        messages: 1_000,
        circle_at: Some(3),
        ..LongChat::default()
    };
    let server = chat.serve().await;
    let mut listed = messages(&server);
    let (numbers, error) = read(&mut listed).await;
    assert_eq!(numbers, all(0..200));
    let error = error.unwrap();
    assert_eq!(
        error.paging_error(),
        Some(&PagingError::RepeatedToken { pages: 4 })
    );
    assert!(listed.next().await.is_none());
    assert_eq!(server.queries().len(), 4);
}

#[tokio::test]
async fn tokens_that_always_expire_end_in_the_error() {
    let chat = LongChat {
        messages: 200,
        faults: (1..20)
            .map(|request| (request, Fault::TokensExpire))
            .collect(),
        ..LongChat::default()
    };
    let server = chat.serve().await;
    let mut listed = messages(&server);
    let (numbers, error) = read(&mut listed).await;
    assert_eq!(numbers, all(0..50));
    assert_rejected(&error.unwrap());
    assert!(listed.next().await.is_none());
    assert_eq!(server.queries().len(), 4, "once more, and no more");
    // It is not taken for a listing that was read to its end.
    assert!(listed.position().is_some());
}

/// The listing ends with Zoom's answer, and with what to do.
fn assert_rejected(error: &Error) {
    assert_eq!(error.paging_error(), Some(&PagingError::TokenRejected));
    assert_eq!((error.status(), error.code()), (Some(400), Some(300)));
    let text = "The next page token is invalid or expired.";
    assert_eq!(error.message(), Some(text));
    assert_eq!(
        error.to_string(),
        "listUsersChatMessages answered 400, code 300: The next page token is invalid or expired; \
        the listing cannot continue without a valid page token; \
        list again from the time of the last item, and skip known items"
    );
}

#[tokio::test]
async fn what_was_read_last_is_gone() {
    let page = |ids: &[&str], next: &str| {
        let messages: Vec<_> = ids
            .iter()
            .map(|id| serde_json::json!({ "id": id }))
            .collect();
        let page = serde_json::json!({ "messages": messages, "next_page_token": next });
        Answer::json(200, &page.to_string())
    };
    let expired = Answer::json(
        400,
        r#"{"code":300,"message":"The next page token is invalid or expired."}"#,
    );
    let zoom = Loopback::answering([
        page(&["a", "b"], "1"),
        expired,
        page(&["x", "y"], "2"),
        page(&["z"], ""),
    ])
    .await;
    let listing = client(zoom.base_url()).list_messages(channel());
    let mut listed = listing.items().unwrap();
    for id in ["a", "b"] {
        assert_eq!(
            listed.next().await.unwrap().unwrap().id.as_deref(),
            Some(id)
        );
    }
    let error = listed.next().await.unwrap().unwrap_err();
    assert_eq!(error.paging_error(), Some(&PagingError::PlaceLost));
    assert!(listed.position().is_some());
    assert!(listed.next().await.is_none());
}

#[tokio::test]
async fn a_rejected_token_without_a_known_item_ends_the_listing_with_one_error() {
    let server = LongChat {
        messages: 200,
        ..LongChat::default()
    }
    .serve()
    .await;
    let expired = r#"{"page_token":"7,1,50","items":0,"last":[]}"#;
    let listing = client(server.base_url()).list_messages(channel());
    let listing = listing.resume(expired.parse().unwrap());
    let mut listed = listing.clone().items().unwrap();
    assert_rejected(&read(&mut listed).await.1.unwrap());
    assert!(listed.next().await.is_none());
    let mut pages = listing.pages().unwrap();
    assert_rejected(&pages.next().await.unwrap().unwrap_err());
    assert!(pages.next().await.is_none());
    assert_eq!(server.queries().len(), 2);
}

#[tokio::test]
async fn new_items_on_the_first_page_hide_none_of_a_stored_position() {
    let page = |ids: std::ops::Range<u32>| {
        let messages: Vec<_> = ids.map(|id| serde_json::json!({ "id": id })).collect();
        Answer::json(
            200,
            &serde_json::json!({ "messages": messages }).to_string(),
        )
    };
    let zoom = Loopback::answering([page(10..20), page(5..20)]).await;
    let listing = || client(zoom.base_url()).list_messages(channel());
    let mut listed = listing().items().unwrap();
    for _ in 0..3 {
        listed.next().await.unwrap().unwrap();
    }
    let stored = listed.position().unwrap();
    let listed = listing().resume(stored).items().unwrap();
    let ids: Vec<_> = listed.map(|it| it.unwrap().id.unwrap()).collect().await;
    let expected: Vec<_> = (13..20).map(|id| id.to_string()).collect();
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn pages_are_a_stream_too() {
    let chat = LongChat {
        messages: 130,
        empty_every: 2,
        ..LongChat::default()
    };
    let server = chat.serve().await;
    let listing = client(server.base_url()).list_messages(channel());
    let pages = listing.page_size(40).pages().unwrap();
    let sizes: Vec<_> = pages
        .map(|page| page.unwrap().messages.as_ref().map_or(0, Vec::len))
        .collect()
        .await;
    assert_eq!(sizes, [0, 40, 0, 40, 0, 40, 0, 10]);
}

#[tokio::test]
async fn a_dropped_wait_loses_nothing() {
    let chat = LongChat {
        messages: 500,
        ..LongChat::default()
    };
    let server = chat.serve().await;
    let mut listed = messages(&server);
    let mut numbers: Vec<usize> = Vec::new();
    loop {
        // Polled once, and dropped.
        match listed.next().now_or_never() {
            None => tokio::task::yield_now().await,
            Some(None) => break,
            Some(Some(message)) => {
                let id = message.unwrap().id.unwrap();
                numbers.push(id[1..].parse().unwrap());
            }
        }
    }
    assert_eq!(numbers, all(0..500));
    assert_eq!(server.queries().len(), 10);
}

#[tokio::test]
async fn what_zoom_would_refuse_is_refused_before() {
    let zoom = client("http://127.0.0.1:9/v2".to_owned());
    let refused = |error: Error, words: &str| {
        assert!(error.kind() == ErrorKind::Setting && error.is_invalid());
        assert_eq!(error.to_string(), words);
    };
    for size in [0, 51] {
        let words = format!("page_size: must be 1 to 50, not {size}");
        let sized = || zoom.list_messages(channel()).page_size(size);
        refused(sized().items().unwrap_err(), &words);
        refused(sized().pages().unwrap_err(), &words);
    }
    let search = |words: &str| {
        zoom.list_messages(channel())
            .search(SearchIn::Messages, words)
    };
    refused(
        search("").items().unwrap_err(),
        "search: must have 1 to 256 characters, not 0",
    );
    assert!(search(&"é".repeat(256)).items().is_ok());
    let error = zoom
        .list_messages(channel())
        .as_user("..")
        .items()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Id);
}

#[tokio::test]
async fn every_setting_is_in_every_query() {
    let empty = |next: &str| {
        Answer::json(
            200,
            &format!(r#"{{"messages":[],"next_page_token":"{next}"}}"#),
        )
    };
    let zoom = Loopback::answering([empty("a+b/c"), empty("")]).await;
    let time = |seconds| std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let listing = client(zoom.base_url())
        .list_messages(Recipient::contact("jill@example.com").unwrap())
        .as_user("u/1")
        .from(time(1_000_000_000))
        .to(time(1_000_000_060))
        .deleted_and_edited()
        .without_replies()
        .search(SearchIn::Files, "a b")
        .page_size(3);
    assert!(listing.items().unwrap().next().await.is_none());
    let query = "from=2001-09-09T01%3A46%3A40Z&to=2001-09-09T01%3A47%3A40Z&to_contact=jill%40example.com\
        &include_deleted_and_edited_message=true&exclude_child_message=true&search_type=file&search_key=a+b&page_size=3";
    let sorted = |query: &str| {
        let mut pairs: Vec<_> = query.split('&').map(str::to_owned).collect();
        pairs.sort_unstable();
        pairs
    };
    let targets: Vec<_> = zoom
        .received()
        .iter()
        .map(|request| {
            let (path, query) = request.target().split_once('?').unwrap();
            assert_eq!(path, "GET /v2/chat/users/u%2F1/messages");
            sorted(query)
        })
        .collect();
    let second = format!("{query}&next_page_token=a%2Bb%2Fc");
    assert_eq!(targets, [sorted(query), sorted(&second)]);
}

#[tokio::test]
async fn the_other_listings() {
    let page = |items: &str, key: &str, next: &str| {
        Answer::json(
            200,
            &format!(r#"{{"{items}":[{{"{key}":"i{next}"}}],"next_page_token":"{next}"}}"#),
        )
    };
    let zoom = Loopback::answering([
        page("bookmarks", "message_id", "n"),
        page("bookmarks", "message_id", ""),
        page("messages", "message_id", "n"),
        page("messages", "message_id", ""),
        page("messages", "draft_id", "n"),
        page("messages", "draft_id", ""),
    ])
    .await;
    let client = client(zoom.base_url());
    let bookmarks = client
        .pages(requests::ListBookmarks::new().to_channel("825c8d2b"))
        .items();
    let ids: Vec<_> = bookmarks
        .map(|item| item.unwrap().message_id.unwrap())
        .collect()
        .await;
    assert_eq!(ids, ["in", "i"]);
    let pinned = requests::ListPinnedHistoryMessagesOfChannel::new("c").include_history(true);
    let pinned = client.pages(pinned).items();
    let ids: Vec<_> = pinned
        .map(|item| item.unwrap().message_id.unwrap())
        .collect()
        .await;
    assert_eq!(ids, ["in", "i"]);
    let drafts = client
        .pages(requests::ListScheduledMessages::new().to_channel("825c8d2b"))
        .items();
    let ids: Vec<_> = drafts
        .map(|item| item.unwrap().draft_id.unwrap())
        .collect()
        .await;
    assert_eq!(ids, ["in", "i"]);
    let paths: Vec<_> = zoom
        .received()
        .iter()
        .map(|request| request.target().split('?').next().unwrap().to_owned())
        .collect();
    let [bookmarks, pinned, drafts] = [
        "GET /v2/chat/messages/bookmarks",
        "GET /v2/chat/channels/c/pinned",
        "GET /v2/chat/messages/schedule",
    ];
    assert_eq!(
        paths,
        [bookmarks, bookmarks, pinned, pinned, drafts, drafts]
    );
    assert!(zoom.received()[2].target().contains("include_history=true"));
}

#[tokio::test]
async fn any_listing_goes_on_from_a_position() {
    let page = r#"{"bookmarks":[{"message_id":"a"},{"message_id":"b"}]}"#;
    let zoom = Loopback::answering([Answer::json(200, page)]).await;
    let position = r#"{"page_token":"n/1","items":1,"last":[]}"#.parse().unwrap();
    let mut bookmarks = client(zoom.base_url())
        .pages(requests::ListBookmarks::new())
        .header("x-request-id", "42")
        .resume(position)
        .items();
    let bookmark = bookmarks.next().await.unwrap().unwrap();
    assert_eq!(bookmark.message_id.as_deref(), Some("b"));
    assert!(bookmarks.next().await.is_none());
    let request = zoom.only_request();
    assert_eq!(
        request.target(),
        "GET /v2/chat/messages/bookmarks?next_page_token=n%2F1"
    );
    assert_eq!(request.header("x-request-id"), Some("42"));
}

/// The most bytes that were allocated at once while so many messages were listed.
fn peak(count: usize) -> u64 {
    // The server on another thread, so that only the client's allocations are counted.
    let (address, ready) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let chat = LongChat {
                messages: count,
                ..LongChat::default()
            };
            let server = chat.serve().await;
            address.send(server.base_url()).unwrap();
            stopped.await.ok();
        });
    });
    let listing = client(ready.recv().unwrap()).list_messages(channel());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let counted = measure(|| {
        runtime.block_on(async {
            let mut listed = listing.items().unwrap();
            let mut read = 0;
            while let Some(message) = listed.next().await {
                message.unwrap();
                read += 1;
            }
            assert_eq!(read, count);
        });
    });
    stop.send(()).unwrap();
    server.join().unwrap();
    counted.bytes_max
}

#[test]
fn a_long_listing_takes_no_more_memory_than_a_short_one() {
    let (short, long) = (peak(1_000), peak(50_000));
    // Eight bytes for each of 980 more pages, in a table that doubles.
    assert!(long < short + 64 * 1024, "{short} bytes, then {long}");
}

#[tokio::test]
async fn an_answer_without_its_list_is_no_page() {
    for body in [
        "{}",
        r#"{"messages":null}"#,
        r#"{"next_page_token":"","total_records":0}"#,
        r#"{"message":"Unauthorized"}"#,
    ] {
        let server = Loopback::answering([Answer::json(200, body), Answer::json(200, body)]).await;
        let zoom = client(server.base_url());
        let mut items = zoom.list_messages(channel()).items().unwrap();
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Answer, "{body} {error:?}");
        assert_eq!(
            error.to_string(),
            "the answer 200 to listUsersChatMessages has no list; it may have taken effect"
        );
        let mut pages = zoom.list_messages(channel()).pages().unwrap();
        assert!(pages.next().await.unwrap().is_err(), "{body}");
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn odd_values_cost_no_page_and_what_cannot_be_read_is_an_error_in_its_place() {
    let page = r#"{
        "page_size": "50",
        "messages": [
            { "id": 123, "reactions": {}, "timestamp": "1755900000000" },
            { "id": "m2", "timestamp": "yesterday" },
            { "id": "m3", "file_size": 12.0 }
        ],
        "next_page_token": ""
    }"#;
    let zoom = Loopback::answering([Answer::json(200, page)]).await;
    let listing = client(zoom.base_url()).list_messages(channel());
    let items: Vec<_> = listing.items().unwrap().collect().await;
    let [Ok(first), Err(second), Ok(third)] = &items[..] else {
        panic!("{items:?}")
    };
    assert_eq!(first.id.as_deref(), Some("123"));
    assert_eq!(first.timestamp, Some(1_755_900_000_000));
    assert_eq!(first.reactions.as_deref(), Some(&[][..]));
    assert_eq!(third.id.as_deref(), Some("m3"));
    let cause = std::error::Error::source(second).unwrap().to_string();
    assert!(cause.starts_with("messages[1].timestamp: "), "{cause}");
    assert_eq!(zoom.received().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_read_of_another_answer_has_place_and_cause() {
    let zoom = Loopback::answering([Answer::json(201, r#"{"id":["t0ken"]}"#)]).await;
    let error = client(zoom.base_url())
        .send_message(channel(), "Hello")
        .await
        .unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.starts_with("id: invalid type: sequence"), "{cause}");
    assert!(!format!("{error} {error:?} {cause}").contains("t0ken"));
}
