//! A large file takes no more memory than a small one.
//!
//! In a program of its own, since the most memory that was ever used counts for the whole process. What it measures:
//!
//! ```text
//! cargo test -p zoom-chat-tests --test file_memory -- --nocapture
//! ```

#![cfg(target_os = "linux")]

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
    sync::{Arc, Mutex},
};

use tokio::time::Instant;
use zoom_chat_sdk::{FileSource, Progress, UploadFile, ZoomChat};
use zoom_chat_tests::file_host::{Checksum, FileHost, Reply};

const MIB: u64 = 1 << 20;

/// A line of `/proc/self/status`, in bytes.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let value = status
        .lines()
        .find_map(|text| text.strip_prefix(line))
        .unwrap();
    let kilobytes: u64 = value
        .trim_start_matches(':')
        .trim_end_matches("kB")
        .trim()
        .parse()
        .unwrap();
    kilobytes * 1024
}

/// A file of holes, with a mark every few megabytes, so that nothing may be lost or change places.
fn sparse(path: &Path, size: u64) {
    let mut file = File::create(path).unwrap();
    file.set_len(size).unwrap();
    for at in (0..size - 8).step_by(5_000_011) {
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(&(at + 1).to_le_bytes()).unwrap();
    }
}

fn checksum(path: &Path) -> (u64, u64) {
    let mut file = File::open(path).unwrap();
    let mut checksum = Checksum::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer).unwrap() {
            0 => return checksum.finish(),
            read => checksum.add(&buffer[..read]),
        }
    }
}

/// Uploads a file of `size` bytes over two redirects, and returns by how much the memory rose above that of an idle
/// client.
async fn upload(size: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.bin");
    sparse(&path, size);
    let expected = checksum(&path);

    let third = FileHost::on("127.0.0.3", [Reply::uploaded("f1")]);
    let second = FileHost::on("127.0.0.2", [Reply::redirect(307, &third.url("/up"))]);
    let first = FileHost::on(
        "127.0.0.1",
        [
            Reply::uploaded("f0"),
            Reply::early_redirect(302, &second.url("/up")),
        ],
    );
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(first.url("/v2"))
        .allow_redirects_to("127.0.0.2")
        .allow_redirects_to("127.0.0.3")
        .build()
        .unwrap();
    // Threads, buffers and a connection, as any use of the client brings them.
    client
        .upload_file(FileSource::bytes("small.txt", "small"))
        .await
        .unwrap();
    let idle = memory("VmRSS");
    // From here on the peak counts.
    fs::write("/proc/self/clear_refs", "5").unwrap();

    let seen = Arc::new(Mutex::new((None::<Progress>, true)));
    let watched = Arc::clone(&seen);
    let begun = Instant::now();
    client
        .upload_file(FileSource::path(&path))
        .progress(move |progress| {
            let (last, monotonic) = &mut *seen.lock().unwrap();
            let before = last.map_or(0, |last| last.sent);
            *monotonic &= before <= progress.sent && progress.sent <= progress.total;
            *last = Some(progress);
        })
        .await
        .unwrap();
    let risen = memory("VmHWM").saturating_sub(idle);
    println!(
        "{} MiB over two redirects: {:.1} s, {:.1} MiB above {:.1} MiB idle",
        size / MIB,
        begun.elapsed().as_secs_f64(),
        risen as f64 / MIB as f64,
        idle as f64 / MIB as f64,
    );

    for host in [&second, &third] {
        let upload = host.uploads().remove(0);
        assert_eq!((upload.checksum, upload.size), expected);
        assert!(upload.complete);
    }
    let (last, monotonic) = *watched.lock().unwrap();
    let last = last.unwrap();
    assert!(monotonic);
    assert_eq!(
        (last.sent, last.sent_by_request, last.total, last.request),
        (size, size, size, 3)
    );
    risen
}

#[tokio::test]
async fn the_largest_file_is_sent_in_constant_memory() {
    let risen = upload(UploadFile::MAX_SIZE).await;
    assert!(risen < 30 * MIB, "{risen}");
}
