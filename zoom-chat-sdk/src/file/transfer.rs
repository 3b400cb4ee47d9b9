//! The file of a call, over all of its requests.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::BytesMut;
use reqwest::Body;
use tokio::time::Instant;
use zoom_chat_openapi::multipart::File;

use super::{FileProblem, FileSource, Observer, Opened, Progress, Stamp, body::Content};

/// The lowest average speed that the total time of a call allows, in bytes per second.
const SLOWEST: u64 = 64 * 1024;

/// The file of a call.
pub(crate) struct Transfer {
    source: FileSource,
    stamp: Stamp,
    limit: u64,
    sending: Arc<Sending>,
}

/// The state that the call and the bodies of its requests share.
pub(super) struct Sending {
    /// A reporter locks this before `record`, so that reports are in order.
    observer: Mutex<Option<Observer>>,
    record: Mutex<Record>,
}

struct Record {
    size: u64,
    /// The number of the request in flight. The connection of an earlier one may still hold its body, which is ignored.
    request: u32,
    sent: u64,
    sent_by_request: u64,
    moved_at: Instant,
    problem: Option<FileProblem>,
}

impl Transfer {
    /// Checks that the file can be sent: it has a name, is readable, and has at most `limit` bytes.
    pub(crate) async fn prepare(
        source: FileSource,
        limit: u64,
        observer: Option<Observer>,
    ) -> Result<Self, FileProblem> {
        let stamp = match source.check() {
            Ok(()) => source.stamp().await.map_err(FileProblem::Unreadable),
            Err(problem) => Err(problem),
        };
        let stamp = match stamp? {
            Stamp { size, .. } if size > limit => {
                return Err(FileProblem::TooLarge { size, limit });
            }
            stamp => stamp,
        };
        let record = Record {
            size: stamp.size,
            request: 0,
            sent: 0,
            sent_by_request: 0,
            moved_at: Instant::now(),
            problem: None,
        };
        Ok(Self {
            source,
            stamp,
            limit,
            sending: Arc::new(Sending {
                observer: Mutex::new(observer),
                record: Mutex::new(record),
            }),
        })
    }

    pub(crate) fn source(&self) -> &FileSource {
        &self.source
    }

    /// The file for the next request, from its start.
    ///
    /// A problem is kept for [`take_problem`](Self::take_problem); the error is only its text.
    pub(crate) async fn open(&self) -> Result<File, String> {
        let content = self.content().await?;
        let size = content.stamp.size;
        // It is for this request alone: the next one opens the source again, and reads it from its start.
        let body = Mutex::new(Some(Body::wrap(content)));
        let once = move || {
            let mut body = body.lock().unwrap_or_else(PoisonError::into_inner);
            body.take().unwrap_or_default()
        };
        let file = File::open(&self.source.name, once).length(size);
        Ok(match &self.source.content_type {
            Some(media_type) => file.content_type(media_type),
            None => file,
        })
    }

    pub(super) async fn content(&self) -> Result<Content, String> {
        let request = self.sending.begin();
        let Stamp { size, .. } = self.stamp;
        match self.reopen().await {
            Ok(opened) => Ok(Content {
                opened,
                stamp: self.stamp,
                limit: self.limit,
                left: size,
                buffer: BytesMut::new(),
                sending: Arc::clone(&self.sending),
                request,
            }),
            Err(problem) => {
                let told = problem.to_string();
                self.sending.fail(request, problem);
                Err(told)
            }
        }
    }

    /// Opens the file again, if it has not changed since the call began.
    async fn reopen(&self) -> Result<Opened, FileProblem> {
        let opened = self.source.open().await;
        let (opened, now) = opened.map_err(FileProblem::Unreadable)?;
        self.stamp.check(now, self.limit)?;
        Ok(opened)
    }

    /// The problem of the file in the request in flight.
    pub(crate) fn take_problem(&self) -> Option<FileProblem> {
        self.sending.record().problem.take()
    }

    /// When the file last got further, and whether there is more of it to send.
    pub(crate) fn moved(&self) -> (Instant, bool) {
        let record = self.sending.record();
        let under_way = 0 < record.sent_by_request && record.sent_by_request < record.size;
        (record.moved_at, under_way)
    }

    /// The time that a call with this file may take in addition to the total time.
    pub(crate) fn allowance(&self) -> Duration {
        Duration::from_secs(self.sending.record().size / SLOWEST)
    }
}

/// A connection may still be sending after the call has its answer or was dropped, since an error answer can come
/// before the file was read. Then no body is current, so the connection ends, and no progress is reported after the
/// end.
impl Drop for Transfer {
    fn drop(&mut self) {
        self.sending.record().request += 1;
    }
}

impl Sending {
    fn record(&self) -> MutexGuard<'_, Record> {
        // Nothing that runs under the lock can leave the record half written.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins another request, and returns its number.
    fn begin(&self) -> u32 {
        let request = {
            let mut record = self.record();
            record.request += 1;
            record.problem = None;
            record.request
        };
        self.moved(request, 0);
        request
    }

    pub(super) fn is_current(&self, request: u32) -> bool {
        self.record().request == request
    }

    pub(super) fn fail(&self, request: u32, problem: FileProblem) {
        let mut record = self.record();
        if record.request == request {
            record.problem = Some(problem);
        }
    }

    /// `request` has sent this number of bytes of the file.
    pub(super) fn moved(&self, request: u32, sent_by_request: u64) {
        let mut observer = self.observer.lock().unwrap_or_else(PoisonError::into_inner);
        let progress = {
            let mut record = self.record();
            if record.request != request {
                return;
            }
            record.sent_by_request = sent_by_request;
            record.sent = record.sent.max(sent_by_request);
            record.moved_at = Instant::now();
            Progress {
                sent: record.sent,
                total: record.size,
                request,
                sent_by_request,
            }
        };
        let Some(observe) = observer.as_mut() else {
            return;
        };
        // It runs in the task of the connection, which would die of a panic in silence. Who panicked once is not
        // called again, so nothing is seen half changed.
        if catch_unwind(AssertUnwindSafe(|| observe(progress))).is_err() {
            *observer = None;
        }
    }
}
