//! The progress of an upload.

/// The progress of an upload, passed to the function set by `progress`.
///
/// A file may be sent more than once: to the host of a redirect, after a 429, with another token. [`sent`](Self::sent)
/// does not decrease then; it stays until the new request has sent as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The most bytes of the file that one request of the call has handed to the network. Never decreases, at most
    /// [`total`](Self::total).
    pub sent: u64,
    /// The size of the file in bytes.
    pub total: u64,
    /// The number of the request, counted from 1, redirects included.
    pub request: u32,
    /// The bytes of the file that this request has handed to the network.
    pub sent_by_request: u64,
}

impl Progress {
    /// The fraction of the file that was sent, from 0 to 1. Never decreases.
    ///
    /// ```no_run
    /// # async fn example(zoom: zoom_chat_sdk::ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
    /// use zoom_chat_sdk::FileSource;
    ///
    /// zoom.upload_file(FileSource::path("report.pdf"))
    ///     .progress(|progress| println!("{:3.0} %", progress.fraction() * 100.0))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn fraction(&self) -> f64 {
        if self.total == 0 {
            1.0
        } else {
            self.sent as f64 / self.total as f64
        }
    }
}

/// The function that receives the progress.
pub(crate) type Observer = Box<dyn FnMut(Progress) + Send>;
