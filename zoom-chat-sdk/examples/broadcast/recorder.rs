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
    queue: mpsc::Sender<Record>,
    writer: JoinHandle<io::Result<()>>,
}

struct Record {
    line: Vec<u8>,
    /// Told when the line is on the disk; dropped if it cannot be written.
    written: Option<oneshot::Sender<()>>,
}

/// The journal cannot be written. Why, [`Recorder::close`] tells.
#[derive(Debug)]
pub(crate) struct Broken;

impl Recorder {
    /// Appends to the file.
    pub(crate) fn new(file: File) -> io::Result<Self> {
        let (queue, records) = mpsc::channel();
        let writer = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || write(file, &records))?;
        Ok(Self { queue, writer })
    }

    /// Comes back when the entry is on the disk.
    pub(crate) fn durably(
        &self,
        entry: &Entry,
    ) -> impl Future<Output = Result<(), Broken>> + use<> {
        let (written, on_disk) = oneshot::channel();
        let queued = self.queue(entry, Some(written));
        async move {
            queued?;
            on_disk.await.map_err(|_| Broken)
        }
    }

    /// Writes the entry when it comes to it. Lost in a crash, the recipient is unknown to the next run.
    pub(crate) fn record(&self, entry: &Entry) -> Result<(), Broken> {
        self.queue(entry, None)
    }

    fn queue(&self, entry: &Entry, written: Option<oneshot::Sender<()>>) -> Result<(), Broken> {
        let line = entry.line().map_err(|_| Broken)?;
        let record = Record { line, written };
        self.queue.send(record).map_err(|_| Broken)
    }

    /// Waits until all of it is on the disk.
    pub(crate) fn close(self) -> io::Result<()> {
        drop(self.queue);
        let ended = self.writer.join();
        ended.unwrap_or_else(|_| Err(io::Error::other("the thread that writes it panicked")))
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
