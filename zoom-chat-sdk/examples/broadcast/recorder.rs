//! Writes the journal, on a thread of its own.
//!
//! Everything that waits to be written is written at once and flushed to the disk at once: while the disk works, more
//! gathers. So a flush serves all who are about to start, and a broadcast is not held up by one flush for each.

use std::{
    fs::File,
    io::{self, Write},
    sync::mpsc,
    thread::{self, JoinHandle},
};

use tokio::sync::oneshot;

use crate::journal::Entry;

/// Dropped without [`close`](Self::close), it still writes what it was given.
pub(crate) struct Recorder {
    queue: Queue,
    writer: JoinHandle<io::Result<()>>,
}

/// What is to be written.
#[derive(Clone)]
pub(crate) struct Queue(mpsc::Sender<Record>);

struct Record {
    line: Vec<u8>,
    /// Told when the line is on the disk; dropped if it cannot be written.
    written: Option<oneshot::Sender<()>>,
}

/// The journal cannot be written. Why, [`Recorder::close`] tells.
#[derive(Debug, thiserror::Error)]
#[error("the journal cannot be written")]
pub(crate) struct Broken;

impl Recorder {
    /// Appends to the file.
    pub(crate) fn new(file: File) -> io::Result<Self> {
        let (queue, records) = mpsc::channel();
        let writer = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || write(file, &records))?;
        Ok(Self {
            queue: Queue(queue),
            writer,
        })
    }

    pub(crate) fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Waits until all of it is on the disk, and nobody has a queue any more.
    pub(crate) fn close(self) -> io::Result<()> {
        drop(self.queue);
        let ended = self.writer.join();
        ended.unwrap_or_else(|_| Err(io::Error::other("the thread that writes it panicked")))
    }
}

impl Queue {
    /// Comes back when the entry is on the disk.
    pub(crate) fn durably(
        &self,
        entry: &Entry,
    ) -> impl Future<Output = Result<(), Broken>> + use<> {
        let (written, on_disk) = oneshot::channel();
        let queued = self.push(entry, Some(written));
        async move {
            queued?;
            on_disk.await.map_err(|_| Broken)
        }
    }

    /// Writes the entry when it comes to it. Lost in a crash, the recipient is unknown to the next run.
    pub(crate) fn record(&self, entry: &Entry) -> Result<(), Broken> {
        self.push(entry, None)
    }

    fn push(&self, entry: &Entry, written: Option<oneshot::Sender<()>>) -> Result<(), Broken> {
        let line = entry.line().map_err(|_| Broken)?;
        let record = Record { line, written };
        self.0.send(record).map_err(|_| Broken)
    }
}

/// Ends with the first error: what would follow a half-written line could not be read.
fn write(mut file: File, records: &mpsc::Receiver<Record>) -> io::Result<()> {
    while let Ok(first) = records.recv() {
        let mut lines = Vec::new();
        let mut waiting = Vec::new();
        for record in std::iter::once(first).chain(records.try_iter()) {
            lines.extend(record.line);
            waiting.extend(record.written);
        }
        file.write_all(&lines)?;
        if !waiting.is_empty() {
            file.sync_data()?;
        }
        for written in waiting {
            // Who has stopped waiting has not started.
            let _ = written.send(());
        }
    }
    file.sync_all()
}
