//! The content of a file as the body of a request, chunk by chunk.

use std::{
    io,
    pin::Pin,
    sync::{Arc, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame};
use tokio::io::ReadBuf;

use super::{FileProblem, Opened, Reader, Stamp, transfer::Sending};

/// How many bytes are read at once: large enough to amortise the reads, small enough not to matter.
const CHUNK: usize = 128 * 1024;

/// The content from its start to its end, exactly as many bytes as announced.
pub(super) struct Content {
    pub(super) opened: Opened,
    /// The state of the content when the call began.
    pub(super) stamp: Stamp,
    pub(super) limit: u64,
    pub(super) left: u64,
    pub(super) buffer: BytesMut,
    pub(super) sending: Arc<Sending>,
    /// The number of the request that it belongs to.
    pub(super) request: u32,
}

impl Content {
    /// `None` at the end, which only further reading distinguishes from a pause. The rest of the form is sent after
    /// that, so a file that has grown never makes a complete request.
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, FileProblem>> {
        let wanted = usize::try_from(self.left).unwrap_or(CHUNK).min(CHUNK);
        let reader = match &mut self.opened {
            Opened::Bytes(_) if wanted == 0 => return Poll::Ready(Ok(None)),
            Opened::Bytes(content) => return Poll::Ready(Ok(Some(content.split_to(wanted)))),
            Opened::Reader(reader) | Opened::File(reader, _) => {
                reader.get_mut().unwrap_or_else(PoisonError::into_inner)
            }
        };
        let read = ready!(read(reader, &mut self.buffer, wanted.max(1), context));
        let chunk = read.map_err(FileProblem::Unreadable)?;
        let expected = self.stamp.size;
        Poll::Ready(match (chunk.is_empty(), self.left) {
            (true, 0) => self.unchanged().map(|()| None),
            (false, 0) => Err(FileProblem::Grown { expected }),
            (true, left) => Err(FileProblem::Shrunk {
                expected,
                found: expected - left,
            }),
            (false, _) => Ok(Some(chunk)),
        })
    }

    /// Checks that the file has not changed since the call began, once all of it was read. This is a system call that
    /// does not wait for the disk.
    fn unchanged(&self) -> Result<(), FileProblem> {
        let Opened::File(_, file) = &self.opened else {
            return Ok(());
        };
        let now = file.metadata().and_then(|now| Stamp::of_file(&now));
        self.stamp
            .check(now.map_err(FileProblem::Unreadable)?, self.limit)
    }
}

/// Reads at most `wanted` bytes; none at the end.
fn read(
    reader: &mut Reader,
    buffer: &mut BytesMut,
    wanted: usize,
    context: &mut Context<'_>,
) -> Poll<io::Result<Bytes>> {
    buffer.resize(wanted, 0);
    let mut unread = ReadBuf::new(buffer);
    ready!(reader.as_mut().poll_read(context, &mut unread))?;
    let filled = unread.filled().len();
    Poll::Ready(Ok(buffer.split_to(filled).freeze()))
}

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let content = self.get_mut();
        if !content.sending.is_current(content.request) {
            return Poll::Ready(Some(Err(io::Error::other(
                "the call does not need this request any more",
            ))));
        }
        match ready!(content.poll_chunk(context)) {
            Ok(None) => Poll::Ready(None),
            Ok(Some(chunk)) => {
                content.left -= chunk.len() as u64;
                content
                    .sending
                    .moved(content.request, content.stamp.size - content.left);
                Poll::Ready(Some(Ok(Frame::data(chunk))))
            }
            Err(problem) => {
                let told = io::Error::other(problem.to_string());
                content.sending.fail(content.request, problem);
                Poll::Ready(Some(Err(told)))
            }
        }
    }
}
