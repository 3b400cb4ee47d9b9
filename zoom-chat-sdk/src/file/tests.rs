//! Bodies of any cut: what is announced is what is sent, or the request does not end.

use std::{
    collections::VecDeque,
    task::{Context, Poll},
};

use http_body_util::BodyExt;
use tokio::io::ReadBuf;

use super::*;

/// Yields the pieces one by one; for an empty one it is not ready.
struct Pieces(VecDeque<Vec<u8>>);

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Some(mut piece) = self.0.pop_front() else {
            return Poll::Ready(Ok(()));
        };
        if piece.is_empty() {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let rest = piece.split_off(piece.len().min(buffer.remaining()));
        buffer.put_slice(&piece);
        if !rest.is_empty() {
            self.0.push_front(rest);
        }
        Poll::Ready(Ok(()))
    }
}

/// What is sent of a file that is announced with `size`, what the caller is told of its progress, and what is wrong.
fn send(pieces: &[Vec<u8>], size: u64) -> (Vec<u8>, Vec<Progress>, Option<FileProblem>) {
    let pieces = VecDeque::from(pieces.to_vec());
    let source = FileSource::factory("a", size, move || {
        let pieces = Pieces(pieces.clone());
        async move { Ok::<_, io::Error>(pieces) }
    });
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let observer: Observer = Box::new(move |progress| sink.lock().unwrap().push(progress));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (sent, problem) = runtime.block_on(async {
        let transfer = Transfer::prepare(source, u64::MAX, Some(observer))
            .await
            .unwrap();
        let mut content = transfer.content().await.unwrap();
        let mut sent = Vec::new();
        while let Some(Ok(frame)) = content.frame().await {
            sent.extend_from_slice(frame.data_ref().unwrap());
        }
        (sent, transfer.take_problem())
    });
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    (sent, seen, problem)
}

#[cfg(feature = "__test")]
mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn exactly_what_was_announced_or_an_error(
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..12),
            offset in -3_i64..=3,
        ) {
            let whole = pieces.concat();
            let size = whole.len().saturating_add_signed(offset as isize);
            let (sent, seen, problem) = send(&pieces, size as u64);
            prop_assert_eq!(&sent, &whole[..size.min(whole.len())]);
            match problem {
                None => prop_assert_eq!(size, whole.len()),
                Some(FileProblem::Grown { expected }) => {
                    prop_assert!(size < whole.len() && expected == size as u64);
                }
                Some(FileProblem::Shrunk { expected, found }) => {
                    prop_assert!(size > whole.len() && expected == size as u64);
                    prop_assert_eq!(found, whole.len() as u64);
                }
                Some(other) => panic!("{other}"),
            }
            prop_assert!(seen.is_sorted_by_key(|progress| progress.sent));
            prop_assert_eq!(seen.last().unwrap().sent, sent.len() as u64);
        }
    }
}

#[test]
fn a_piece_larger_than_a_chunk_is_cut() {
    let piece: Vec<u8> = (0..1_000_003_u32).map(|n| n as u8).collect();
    let (sent, seen, problem) = send(std::slice::from_ref(&piece), piece.len() as u64);
    assert!(sent == piece && problem.is_none());
    assert!(seen.len() > 5, "{}", seen.len());
}

#[tokio::test]
async fn only_the_last_request_is_sent() {
    let source = FileSource::bytes("a", vec![1; 1 << 20]);
    let transfer = Transfer::prepare(source, u64::MAX, None).await.unwrap();
    let mut first = transfer.content().await.unwrap();
    assert!(first.frame().await.unwrap().is_ok());
    let mut second = transfer.content().await.unwrap();
    assert!(first.frame().await.unwrap().is_err());
    assert!(second.frame().await.unwrap().is_ok());
    assert!(transfer.take_problem().is_none());
    drop(transfer);
    assert!(second.frame().await.unwrap().is_err());
}

#[test]
fn what_counts_as_an_image() {
    for name in ["a.png", "a.JPG", "a.b.jpeg", "ä.Gif"] {
        assert!(FileSource::bytes(name, "").is_image(), "{name}");
    }
    for name in ["a.pdf", "png", "a.png.zip", "a."] {
        let source = FileSource::bytes(name, "");
        assert!(!source.is_image(), "{name}");
        assert!(source.content_type("Image/webp").is_image(), "{name}");
    }
}

#[test]
fn a_file_has_a_name_and_perhaps_a_media_type() {
    assert!(FileSource::path("reports/ü.pdf").check().is_ok());
    assert_eq!(FileSource::path("reports/ü.pdf").name, "ü.pdf");
    for nameless in [
        FileSource::path("/"),
        FileSource::path(".."),
        FileSource::bytes("", ""),
    ] {
        assert!(matches!(nameless.check(), Err(FileProblem::NoName)));
    }
    for bad in ["", "pdf", "text/plain\r\nX-Injected: 1", "a/\u{0}"] {
        let source = FileSource::bytes("a", "").content_type(bad);
        let checked = source.check();
        assert!(matches!(checked, Err(FileProblem::ContentType)), "{bad}");
    }
}
