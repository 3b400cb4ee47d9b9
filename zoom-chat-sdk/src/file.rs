//! Files to send, and what becomes of them on the way.
//!
//! A call may need a file more than once: a redirect, a 429 or an expired token has it sent again from its start. So a
//! source is not a stream but something that streams are opened from, and its size is fixed before the first byte
//! leaves: every request has a Content-Length, and a file that changes under way is an error instead of a corrupt copy.

use std::{
    fmt,
    future::Future,
    io,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, Mutex},
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

/// A file to send: its name, its content type, and where its content comes from, as often as it is asked for.
///
/// ```no_run
/// use std::io;
/// use zoom_chat_sdk::FileSource;
///
/// // Opened and read anew by every request.
/// let report = FileSource::path("/var/reports/2025.pdf").content_type("application/pdf");
/// // Under another name than the one on disk.
/// let renamed = FileSource::path("/tmp/x81.tmp").named("Übersicht 2025.pdf");
/// // What is in memory.
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
}

impl FileSource {
    /// What `content` holds, under `name`.
    pub fn bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::new(name.into(), Content::Bytes(content.into()))
    }

    /// `size` bytes from what `open` gives, under `name`. Every request calls it anew and reads from the start; each
    /// reader has to yield exactly so many bytes.
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

    /// The file at `path`, under its own name. What of the name is no Unicode is replaced by `U+FFFD`.
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

    /// What the content is, for example `application/pdf`. `application/octet-stream` unless said: nothing is guessed.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The name that Zoom shall show. Any Unicode; quotes and line breaks reach Zoom percent-encoded.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Whether Zoom's limit for images holds: png, jpg, jpeg and gif by the end of the name, or an image by its
    /// content type.
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

    /// What can be told without reading anything.
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

    async fn size(&self) -> io::Result<u64> {
        match &self.content {
            Content::Bytes(content) => Ok(content.len() as u64),
            Content::Factory { size, .. } => Ok(*size),
            Content::Path(path) => regular(&tokio::fs::metadata(path).await?),
        }
    }

    /// The content, from its start, and its size of now.
    async fn open(&self) -> io::Result<(Opened, u64)> {
        let (reader, size) = match &self.content {
            Content::Bytes(content) => {
                return Ok((Opened::Bytes(content.clone()), content.len() as u64));
            }
            Content::Factory { size, open } => (open().await?, *size),
            Content::Path(path) => {
                let file = tokio::fs::File::open(path).await?;
                let size = regular(&file.metadata().await?)?;
                (Box::pin(file) as Reader, size)
            }
        };
        Ok((Opened::Reader(Mutex::new(reader)), size))
    }
}

/// Only of a regular file the size says how much there is to read.
fn regular(metadata: &std::fs::Metadata) -> io::Result<u64> {
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a regular file",
        ))
    }
}

/// Where the file is, else what it is called.
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
