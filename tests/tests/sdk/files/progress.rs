//! What the function given to `progress` is told.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use zoom_chat_sdk::{FileSource, Progress};
use zoom_chat_tests::file_host::{FileHost, Reply};

use super::{checksum, client, large, redirected};

type Seen = Arc<Mutex<Vec<Progress>>>;

fn watch() -> (impl FnMut(Progress) + Send, Seen) {
    let seen = Seen::default();
    let watched = Arc::clone(&seen);
    (move |progress| seen.lock().unwrap().push(progress), watched)
}

#[tokio::test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "takes more than one loopback address"
)]
async fn progress_never_goes_back() {
    let content = large();
    let total = content.len() as u64;
    let third = FileHost::on("127.0.0.3", [Reply::uploaded("f1")]);
    let second = FileHost::on("127.0.0.2", [Reply::redirect(307, &third.url("/up"))]);
    let too_many = "HTTP/1.1 429 Answer\r\nContent-Length: 0\r\n\r\n".to_owned();
    let first = FileHost::on(
        "127.0.0.1",
        [
            Reply::After(too_many),
            Reply::redirect(302, &second.url("/up")),
        ],
    );
    let (observer, seen) = watch();
    redirected(&first)
        .upload_file(FileSource::bytes("a", content))
        .progress(observer)
        .await
        .unwrap();
    let seen = seen.lock().unwrap().clone();
    assert_eq!(
        (seen[0].sent, seen[0].request, seen[0].fraction()),
        (0, 1, 0.0)
    );
    for pair in seen.windows(2) {
        let [before, after] = pair else {
            unreachable!()
        };
        assert!(
            before.sent <= after.sent && before.fraction() <= after.fraction(),
            "{pair:?}"
        );
        if before.request == after.request {
            assert!(before.sent_by_request < after.sent_by_request, "{pair:?}");
        } else {
            assert_eq!(
                (after.request, after.sent_by_request),
                (before.request + 1, 0)
            );
        }
    }
    for request in 1..=4 {
        let last = seen
            .iter()
            .rfind(|progress| progress.request == request)
            .unwrap();
        assert_eq!(
            (last.sent, last.sent_by_request, last.total),
            (total, total, total)
        );
    }
    assert!(seen.len() > 100, "{} reports of 12 MB", seen.len());
}

#[tokio::test]
async fn a_progress_function_that_panics_does_not_break_the_call() {
    let content = large();
    let expected = checksum(&content);
    let host = FileHost::on("127.0.0.1", [Reply::uploaded("f1")]);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    client(host.url("/v2"))
        .upload_file(FileSource::bytes("a", content))
        .progress(move |progress| {
            counted.fetch_add(1, Ordering::SeqCst);
            assert!(progress.sent == 0, "on purpose");
        })
        .await
        .unwrap();
    let upload = host.uploads().remove(0);
    assert_eq!((upload.checksum, upload.size), expected);
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn of_an_empty_file_all_is_sent() {
    let host = FileHost::on("127.0.0.1", [Reply::uploaded("f1")]);
    let (observer, seen) = watch();
    client(host.url("/v2"))
        .upload_file(FileSource::bytes("empty", ""))
        .progress(observer)
        .await
        .unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!((seen.len(), seen[0].fraction()), (1, 1.0));
}
