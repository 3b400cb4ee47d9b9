//! The time limits of a file on its way, on a clock that stands still while nothing is on the network.

use std::{
    future::pending,
    io,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, ReadBuf},
    time::{Sleep, sleep},
};
use zoom_chat_sdk::{CallEvent, Delivery, Error, FileSource, Uploaded, ZoomChatBuilder};
use zoom_chat_tests::file_host::{FileHost, Reply};

use super::builder;

/// So many bytes, one each time that a pause has passed. The clock stands still from the first byte to the last.
struct Slow {
    left: usize,
    pause: Duration,
    /// What each pause is multiplied by for the next one.
    growth: u32,
    sleeping: Option<Pin<Box<Sleep>>>,
}

impl AsyncRead for Slow {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Ok(()));
        }
        let pause = self.pause;
        let sleeping = self.sleeping.get_or_insert_with(|| {
            tokio::time::pause();
            Box::pin(sleep(pause))
        });
        if sleeping.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        tokio::time::resume();
        self.sleeping = None;
        self.left -= 1;
        let growth = self.growth;
        self.pause *= growth;
        buffer.put_slice(b"x");
        Poll::Ready(Ok(()))
    }
}

async fn upload(
    bytes: usize,
    (pause, growth): (u64, u32),
    settings: impl FnOnce(ZoomChatBuilder) -> ZoomChatBuilder,
) -> Result<Uploaded, Error> {
    let host = FileHost::on("127.0.0.1", [Reply::uploaded("f1")]);
    let source = FileSource::factory("slow", bytes as u64, move || async move {
        let pause = Duration::from_secs(pause);
        Ok::<_, io::Error>(Slow {
            left: bytes,
            pause,
            growth,
            sleeping: None,
        })
    });
    let client = settings(builder(host.url("/v2"))).build().unwrap();
    client.upload_file(source).await.map_err(Error::from)
}

const SEVEN: Duration = Duration::from_secs(7);

#[tokio::test]
async fn a_file_that_gets_further_has_the_time_that_it_takes() {
    // 50 s with 7 s for an attempt.
    let uploaded = upload(10, (5, 1), |builder| builder.attempt_timeout(SEVEN)).await;
    assert_eq!(uploaded.unwrap().attempts, 1);
}

#[tokio::test]
async fn a_file_that_gets_no_further_is_given_up() {
    let error = upload(10, (2, 2), |builder| builder.attempt_timeout(SEVEN))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 1));
    assert_eq!(
        error.to_string(),
        "uploadChatFile made no progress with its upload for 7s; it may have taken effect; check in Zoom before repeating it"
    );
}

#[tokio::test]
async fn the_total_time_grows_with_the_file() {
    let settings = |builder: ZoomChatBuilder| builder.total_timeout(SEVEN);
    let error = upload(3 * 65_536, (4, 1), settings).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "uploadChatFile took longer than 10s in total; it may have taken effect; check in Zoom before repeating it"
    );
}

#[tokio::test]
async fn an_attempt_that_comes_to_no_request_does_not_count() {
    let host = FileHost::on("127.0.0.1", [Reply::uploaded("f1")]);
    let is_first = AtomicBool::new(true);
    let source = FileSource::factory("late", 1, move || {
        let is_first = is_first.swap(false, Ordering::SeqCst);
        async move {
            if is_first {
                tokio::time::pause();
                pending::<()>().await;
            }
            tokio::time::resume();
            Ok::<_, io::Error>(&b"x"[..])
        }
    });
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let client = builder(host.url("/v2"))
        .on_event(move |event| {
            let event = match event {
                CallEvent::AttemptStarted { attempt, .. } => ("started", *attempt, true),
                CallEvent::AttemptEnded {
                    attempt, outcome, ..
                } => ("ended", *attempt, outcome.is_ok()),
                CallEvent::Retry { attempt, .. } => ("retried", *attempt, false),
                _ => return,
            };
            sink.lock().unwrap().push(event);
        })
        .build()
        .unwrap();
    assert_eq!(client.upload_file(source).await.unwrap().attempts, 1);
    assert_eq!(
        *seen.lock().unwrap(),
        [
            ("started", 1, true),
            ("ended", 1, false),
            ("retried", 0, false),
            ("started", 1, true),
            ("ended", 1, true),
        ]
    );
}
