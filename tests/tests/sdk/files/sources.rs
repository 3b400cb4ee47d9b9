//! Files that cannot be sent, or not to their end.

use std::{
    io,
    pin::Pin,
    sync::Mutex,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf},
    net::TcpListener,
    sync::oneshot,
};
use zoom_chat_sdk::{
    CallEvent, Delivery, Error, ErrorKind, FileProblem, FileSource, Recipient, SendFile,
    UploadFile, retry::GiveUp,
};
use zoom_chat_tests::{
    file_host::{FileHost, Reply},
    loopback::{Answer, Loopback},
    virtual_time::skip_retry_waits,
};

use super::{builder, client};

/// A body that yields its chunks one by one, then fails or ends.
struct Chunks(Vec<io::Result<&'static [u8]>>);

impl AsyncRead for Chunks {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0.is_empty() {
            return Poll::Ready(Ok(()));
        }
        let taken = match &mut self.0[0] {
            Ok(chunk) => {
                let taken = chunk.len().min(buffer.remaining());
                buffer.put_slice(&chunk[..taken]);
                *chunk = &chunk[taken..];
                if !chunk.is_empty() {
                    return Poll::Ready(Ok(()));
                }
                Ok(())
            }
            Err(error) => Err(io::Error::from(error.kind())),
        };
        drop(self.0.remove(0));
        Poll::Ready(taken)
    }
}

fn chunks(size: u64, make: fn() -> Vec<io::Result<&'static [u8]>>) -> FileSource {
    FileSource::factory("chunks", size, move || async move {
        Ok::<_, io::Error>(Chunks(make()))
    })
}

#[track_caller]
fn problem(error: &Error) -> &FileProblem {
    error.file_problem().unwrap_or_else(|| panic!("{error:?}"))
}

fn explain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text += &format!(": {cause}");
        source = cause.source();
    }
    text
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let zoom = Loopback::answering([]).await;
    let client = client(zoom.base_url());
    for (source, says) in [
        (
            FileSource::path(folder.path().join("none.txt")),
            "none.txt\": it cannot be read: No such file",
        ),
        (
            FileSource::path(folder.path()),
            "it cannot be read: it is not a regular file",
        ),
        (FileSource::path("/"), "it has no name"),
        (
            FileSource::bytes("a", "").content_type("a\nb/c"),
            "its content type is not a valid media type",
        ),
        (
            FileSource::factory("a", 3, || async {
                Err::<Chunks, _>(io::Error::other("asleep"))
            }),
            "\"a\": it cannot be read: asleep",
        ),
    ] {
        let error = client.upload_file(source).await.unwrap_err();
        problem(&error);
        assert!(explain(&error).contains(says), "{}", explain(&error));
        assert!(error.is_invalid());
        assert_eq!(
            (error.delivery(), error.gave_up()),
            (Delivery::NotSent, Some(GiveUp::Final))
        );
        assert_eq!(error.operation().unwrap().id, "uploadChatFile");
    }
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_sent() {
    let zoom = Loopback::answering([]).await;
    let client = client(zoom.base_url());
    let of_size = |name: &str, size| {
        FileSource::factory(name, size, || async {
            Err::<Chunks, _>(io::Error::other("opened"))
        })
    };
    let to = || Recipient::channel("c").unwrap();
    for (name, size) in [
        ("a.bin", SendFile::MAX_SIZE),
        ("a.PNG", SendFile::MAX_IMAGE_SIZE),
    ] {
        let error = client
            .send_file(to(), of_size(name, size))
            .await
            .unwrap_err();
        assert!(explain(&error).ends_with("opened"), "{error}");
        let error = client
            .send_file(to(), of_size(name, size + 1))
            .await
            .unwrap_err();
        let FileProblem::TooLarge { size: found, limit } = problem(&error) else {
            panic!("{error}")
        };
        assert_eq!((*found, *limit), (size + 1, size));
    }
    let error = client
        .upload_file(of_size("a", UploadFile::MAX_SIZE))
        .await
        .unwrap_err();
    assert!(explain(&error).ends_with("opened"), "{error}");
    let error = client
        .upload_file(of_size("a", UploadFile::MAX_SIZE + 1))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "uploadChatFile cannot send \"a\": it has 1073741825 bytes, the limit is 1073741824"
    );
    assert!(zoom.received().is_empty());
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_no_upload() {
    for (source, says) in [
        (
            chunks(5, || vec![Ok(b"123"), Ok(b"456")]),
            "it grew beyond its initial 5 bytes",
        ),
        (
            chunks(5, || vec![Ok(b"12345"), Ok(b"6")]),
            "it grew beyond its initial 5 bytes",
        ),
        (
            chunks(5, || vec![Ok(b"12"), Ok(b"3")]),
            "it shrank from 5 to 3 bytes",
        ),
        (chunks(5, Vec::new), "it shrank from 5 to 0 bytes"),
        (
            chunks(0, || vec![Ok(b"1")]),
            "it grew beyond its initial 0 bytes",
        ),
        (
            chunks(5, || {
                vec![Ok(b"12"), Err(io::ErrorKind::NetworkDown.into())]
            }),
            "it cannot be read: network down",
        ),
    ] {
        let replies = ["f1", "f2", "f3"].map(Reply::uploaded);
        let host = FileHost::on("127.0.0.1", replies);
        let client = client(host.url("/v2"));
        let error = client.upload_file(source).await.unwrap_err();
        assert_eq!(
            explain(&error),
            format!("uploadChatFile cannot send \"chunks\": {says}")
        );
        assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 1));
        // That it left in part is for the host to throw away: the form never ended, as that of a sound file does.
        let sound = FileSource::bytes("sound", "12345");
        client.upload_file(sound).await.unwrap();
        let whole = host.uploads().into_iter().filter(|upload| upload.complete);
        let whole: Vec<_> = whole.map(|upload| upload.form_head).collect();
        assert_eq!(whole.len(), 1, "{whole:?}");
        assert!(whole[0].contains("filename=\"sound\""), "{whole:?}");
    }
}

#[tokio::test]
async fn a_file_that_changes_between_two_requests_is_no_upload() {
    let folder = tempfile::tempdir().unwrap();
    for (then, says) in [
        ("longer", "it grew beyond its initial 5 bytes"),
        ("1", "it shrank from 5 to 1 bytes"),
    ] {
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "12345").unwrap();
        let (rewrite, skip) = (path.clone(), skip_retry_waits());
        let zoom = Loopback::answering([Answer::with(429, "", "")]).await;
        let client = builder(zoom.base_url())
            .on_event(move |event| {
                skip(event);
                if matches!(event, CallEvent::Retry { .. }) {
                    std::fs::write(&rewrite, then).unwrap();
                }
            })
            .build()
            .unwrap();
        let error = client
            .upload_file(FileSource::path(&path))
            .await
            .unwrap_err();
        problem(&error);
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(zoom.received().len(), 1);
    }
}

/// A few bytes, and the end when it is told: too early for the size that was announced.
struct ShortWhenTold(Option<&'static [u8]>, oneshot::Receiver<()>);

impl AsyncRead for ShortWhenTold {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(bytes) = self.0.take() {
            buffer.put_slice(bytes);
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.1).poll(context).map(|_| Ok(()))
    }
}

/// The answer begins before the file is there: a refusal is one whatever becomes of the file, and a success that goes
/// without it is not to be believed.
#[tokio::test]
async fn an_answer_that_comes_before_the_file_is_spoiled() {
    for (status, is_file) in [(201, true), (404, false)] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, told) = oneshot::channel();
        let answering = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.windows(4).any(|window| window == b"\r\n\r\n") {
                connection.read_buf(&mut head).await.unwrap();
            }
            let answer = format!("HTTP/1.1 {status} Early\r\nContent-Length: 90\r\n\r\n{{");
            connection.write_all(answer.as_bytes()).await.unwrap();
            // Until the client has seen it.
            for _ in 0..10_000 {
                tokio::task::yield_now().await;
            }
            tell.send(()).unwrap();
            let mut rest = Vec::new();
            connection.read_to_end(&mut rest).await.ok();
        });
        let once = Mutex::new(Some(ShortWhenTold(Some(b"half"), told)));
        let source = FileSource::factory("a", 10, move || {
            let file = once.lock().unwrap().take();
            async move { file.ok_or_else(|| io::Error::other("asked for twice")) }
        });
        let client = client(format!("http://{address}/v2"));
        let error = client.upload_file(source).await.unwrap_err();
        assert_eq!(error.kind() == ErrorKind::File, is_file, "{error:?}");
        let delivery = if is_file {
            Delivery::Unknown
        } else {
            Delivery::NotSent
        };
        assert_eq!(error.delivery(), delivery, "{error:?}");
        answering.abort();
    }
}

#[tokio::test]
async fn a_file_that_is_rewritten_in_place_is_no_upload() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.bin");
    let size = 3 << 20;
    std::fs::write(&path, vec![1; size]).unwrap();
    let rewrite = path.clone();
    let mut is_rewritten = false;
    let host = FileHost::on("127.0.0.1", [Reply::uploaded("f1")]);
    let error = client(host.url("/v2"))
        .upload_file(FileSource::path(&path))
        .progress(move |progress| {
            if progress.sent > 0 && !is_rewritten {
                is_rewritten = true;
                rewritten_later(&rewrite, &vec![2; size]);
            }
        })
        .await
        .unwrap_err();
    assert!(matches!(problem(&error), FileProblem::Modified), "{error}");
    assert!(
        error
            .to_string()
            .ends_with("it was modified after the call began")
    );
    assert_eq!(error.delivery(), Delivery::NotSent);
    let upload = host.first_upload().await;
    assert!(!upload.complete && upload.size > 0, "{upload:?}");
}

#[tokio::test]
async fn a_file_that_is_rewritten_between_two_requests_is_no_upload() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "12345").unwrap();
    let (rewrite, skip) = (path.clone(), skip_retry_waits());
    let zoom = Loopback::answering([Answer::with(429, "", "")]).await;
    let client = builder(zoom.base_url())
        .on_event(move |event| {
            skip(event);
            if matches!(event, CallEvent::Retry { .. }) {
                rewritten_later(&rewrite, b"54321");
            }
        })
        .build()
        .unwrap();
    let error = client
        .upload_file(FileSource::path(&path))
        .await
        .unwrap_err();
    assert!(matches!(problem(&error), FileProblem::Modified), "{error}");
    assert_eq!(
        (error.delivery(), zoom.received().len()),
        (Delivery::NotSent, 1)
    );
}

/// Writes over a file, a second after it was written first, however coarse the clock of the file system is.
fn rewritten_later(path: &std::path::Path, content: &[u8]) {
    use std::io::Write;

    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    let before = file.metadata().unwrap().modified().unwrap();
    file.write_all(content).unwrap();
    file.set_modified(before + std::time::Duration::from_secs(1))
        .unwrap();
}
