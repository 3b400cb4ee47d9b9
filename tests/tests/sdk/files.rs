//! Uploading and sending files: what is on the wire, where it goes, and what is told when it fails.

mod http2;
mod progress;
mod redirects;
mod refusals;
mod sources;
mod stalls;
mod wire;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use zoom_chat_sdk::{FileSource, ZoomChat, ZoomChatBuilder};
use zoom_chat_tests::{
    file_host::{Checksum, FileHost},
    loopback::Received,
    virtual_time::skip_retry_waits,
};

const TOKEN: &str = "t0ken";
const UPLOAD: &str = "/v2/chat/users/me/files";

fn builder(base_url: String) -> ZoomChatBuilder {
    ZoomChat::builder()
        .access_token(TOKEN)
        .base_url(base_url)
        .on_event(skip_retry_waits())
}

fn client(base_url: String) -> ZoomChat {
    builder(base_url).build().unwrap()
}

/// A client of `first` that may be redirected to the loopback addresses 2 and 3.
fn redirected(first: &FileHost) -> ZoomChat {
    builder(first.url("/v2"))
        .allow_redirects_to("127.0.0.2")
        .allow_redirects_to("127.0.0.3")
        .build()
        .unwrap()
}

/// Content that no part of repeats, larger than all buffers on the way together.
fn large() -> Vec<u8> {
    (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect()
}

fn checksum(content: &[u8]) -> (u64, u64) {
    let mut checksum = Checksum::default();
    checksum.add(content);
    checksum.finish()
}

/// The body with its boundary replaced by `BOUNDARY`.
fn form(request: &Received) -> String {
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let length = request.header("content-length").unwrap();
    assert_eq!(length, request.body.len().to_string());
    assert_eq!(request.header("transfer-encoding"), None);
    request.text().replace(boundary, "BOUNDARY")
}

/// A file that counts how often it was opened.
fn counted(content: &'static str) -> (FileSource, Arc<AtomicU32>) {
    let opened = Arc::<AtomicU32>::default();
    let count = Arc::clone(&opened);
    let source = FileSource::factory("counted", content.len() as u64, move || {
        count.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, io::Error>(content.as_bytes()) }
    });
    (source, opened)
}
