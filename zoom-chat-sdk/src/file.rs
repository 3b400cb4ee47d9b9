//! Files to send, and their state during the upload.
//!
//! A call may send a file more than once: after a redirect, a 429 or an expired token it is sent again from its start.
//! So a source is not a stream, but opens streams, and its size is fixed before the first byte is sent: every request
//! has a Content-Length, and a file that changes during the upload is an error instead of a corrupt copy. A change of a
//! file on disk is detected by its size and modification time, which are checked again after it was read; a change of
//! neither is not noticed.

use std::{
    cmp::Ordering,
    fmt,
    future::Future,
    io,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, Mutex},
    time::SystemTime,
};

use reqwest::header::HeaderValue;
use tokio::io::AsyncRead;

mod body;
mod problem;
mod progress;
#[cfg(test)]
mod tests;
mod transfer;

pub use bytes::Bytes;
pub use problem::FileProblem;
pub(crate) use progress::Observer;
pub use progress::Progress;
pub(crate) use transfer::Transfer;

/// A file to send: its name, its content type, and a source that its content can be read from repeatedly.
///
/// ```no_run
/// use std::io;
/// use zoom_chat_sdk::FileSource;
///
/// // Opened and read again by every request.
/// let report = FileSource::path("/var/reports/2025.pdf").content_type("application/pdf");
/// // Under another name than the one on disk.
/// let renamed = FileSource::path("/tmp/x81.tmp").named("Übersicht 2025.pdf");
/// // From memory.
/// let notes = FileSource::bytes("notes.txt", "Nothing new.");
/// // Anything else that can be read from its start again.
/// let size = 1_048_576;
/// let object = FileSource::factory("object.bin", size, || async {
///     let reader = tokio::io::repeat(0);
///     Ok::<_, io::Error>(tokio::io::AsyncReadExt::take(reader, 1_048_576))
/// });
/// ```
#[derive(Clone)]
pub struct FileSource {
    name: String,
    content_type: Option<String>,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Factory { size: u64, open: Arc<Opener> },
    Path(PathBuf),
}

type Reader = Pin<Box<dyn AsyncRead + Send>>;
type Opening = Pin<Box<dyn Future<Output = io::Result<Reader>> + Send>>;
type Opener = dyn Fn() -> Opening + Send + Sync;

/// Content that is about to be read.
enum Opened {
    Bytes(Bytes),
    /// Never locked: the mutex makes a reader `Sync`, as bodies have to be.
    Reader(Mutex<Reader>),
    /// A reader and the file that it reads.
    File(Mutex<Reader>, std::fs::File),
}

/// Identifies a state of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    /// For files on disk, if the system stores it.
    modified: Option<SystemTime>,
}

impl FileSource {
    /// A file with the bytes `content`.
    pub fn bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::new(name.into(), Content::Bytes(content.into()))
    }

    /// A file of `size` bytes, which `open` reads. Every request calls it again and reads from the start; each reader
    /// has to yield exactly `size` bytes.
    pub fn factory<F, Fut, R>(name: impl Into<String>, size: u64, open: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = io::Result<R>> + Send + 'static,
        R: AsyncRead + Send + 'static,
    {
        let open = move || -> Opening {
            let opening = open();
            Box::pin(async move { Ok(Box::pin(opening.await?) as Reader) })
        };
        let open = Arc::new(open);
        Self::new(name.into(), Content::Factory { size, open })
    }

    /// The file at `path`, with its name. Non-Unicode parts of the name become `U+FFFD`.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().unwrap_or_default();
        Self::new(name.to_string_lossy().into_owned(), Content::Path(path))
    }

    fn new(name: String, content: Content) -> Self {
        Self {
            name,
            content_type: None,
            content,
        }
    }

    /// The media type, for example `application/pdf`. The default is `application/octet-stream`; nothing is guessed.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The name that Zoom shows. Any Unicode; quotes and line breaks are percent-encoded.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Whether Zoom's limit for images applies: the name ends in png, jpg, jpeg or gif, or the content type is an
    /// image.
    pub(crate) fn is_image(&self) -> bool {
        let end = self.name.rsplit_once('.').map_or("", |(_, end)| end);
        let declared = self.content_type.as_deref().unwrap_or_default();
        ["png", "jpg", "jpeg", "gif"]
            .iter()
            .any(|image| end.eq_ignore_ascii_case(image))
            || declared
                .get(..6)
                .is_some_and(|kind| kind.eq_ignore_ascii_case("image/"))
    }

    /// The checks that need no reading.
    fn check(&self) -> Result<(), FileProblem> {
        if self.name.is_empty() {
            return Err(FileProblem::NoName);
        }
        let no_media_type =
            |text: &String| !text.contains('/') || HeaderValue::from_str(text).is_err();
        if self.content_type.as_ref().is_some_and(no_media_type) {
            return Err(FileProblem::ContentType);
        }
        Ok(())
    }

    async fn stamp(&self) -> io::Result<Stamp> {
        match &self.content {
            Content::Bytes(content) => Ok(Stamp::of_size(content.len() as u64)),
            Content::Factory { size, .. } => Ok(Stamp::of_size(*size)),
            Content::Path(path) => Stamp::of_file(&tokio::fs::metadata(path).await?),
        }
    }

    /// The content, from its start, and its current state.
    async fn open(&self) -> io::Result<(Opened, Stamp)> {
        match &self.content {
            Content::Bytes(content) => {
                let stamp = Stamp::of_size(content.len() as u64);
                Ok((Opened::Bytes(content.clone()), stamp))
            }
            Content::Factory { size, open } => {
                let reader = Mutex::new(open().await?);
                Ok((Opened::Reader(reader), Stamp::of_size(*size)))
            }
            Content::Path(path) => {
                let file = tokio::fs::File::open(path).await?;
                let stamp = Stamp::of_file(&file.metadata().await?)?;
                let same = file.try_clone().await?.into_std().await;
                Ok((Opened::File(Mutex::new(Box::pin(file)), same), stamp))
            }
        }
    }
}

impl Stamp {
    fn of_size(size: u64) -> Self {
        Self {
            size,
            modified: None,
        }
    }

    /// Only the size of a regular file tells how many bytes can be read.
    fn of_file(metadata: &std::fs::Metadata) -> io::Result<Self> {
        if !metadata.is_file() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "it is not a regular file",
            ));
        }
        Ok(Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }

    /// The change of a file that had this stamp.
    fn check(self, now: Self, limit: u64) -> Result<(), FileProblem> {
        let (expected, size) = (self.size, now.size);
        match size.cmp(&expected) {
            Ordering::Equal if self.modified == now.modified => Ok(()),
            Ordering::Equal => Err(FileProblem::Modified),
            Ordering::Greater if size > limit => Err(FileProblem::TooLarge { size, limit }),
            Ordering::Greater => Err(FileProblem::Grown { expected }),
            Ordering::Less => Err(FileProblem::Shrunk {
                expected,
                found: size,
            }),
        }
    }
}

/// The path of the file, or else its name.
impl fmt::Display for FileSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Path(path) => write!(f, "{path:?}"),
            Content::Bytes(_) | Content::Factory { .. } => write!(f, "{:?}", self.name),
        }
    }
}

/// Without the content.
impl fmt::Debug for FileSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("FileSource");
        debug
            .field("name", &self.name)
            .field("content_type", &self.content_type);
        match &self.content {
            Content::Bytes(content) => debug.field("bytes", &content.len()),
            Content::Factory { size, .. } => debug.field("size", size),
            Content::Path(path) => debug.field("path", path),
        };
        debug.finish_non_exhaustive()
    }
}

impl From<PathBuf> for FileSource {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&Path> for FileSource {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}
