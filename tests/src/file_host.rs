//! A host for files: takes uploads of any size in constant memory, and remembers where they came from, how long they
//! were and what they add up to.
//!
//! It runs on threads of its own, so that the runtime of a test may stand still or be busy.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
};

/// What is done with one upload.
#[derive(Clone, Debug)]
pub enum Reply {
    /// The body is read, then this is answered.
    After(String),
    /// This is answered before any of the body is read; then what still comes is read.
    Before(String),
    /// The connection is reset after so many bytes of the body.
    ResetAfter(u64),
    /// So many bytes of the body are read, and no more, on an open connection.
    SilenceAfter(u64),
}

impl Reply {
    /// The upload is taken.
    pub fn uploaded(id: &str) -> Self {
        Self::After(answer(201, "", &format!("{{\"id\":\"{id}\"}}")))
    }

    /// The upload is wanted elsewhere, which is said once it has come.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::After(redirect(status, location))
    }

    /// The upload is wanted elsewhere, which is said before it comes.
    pub fn early_redirect(status: u16, location: &str) -> Self {
        Self::Before(redirect(status, location))
    }

    /// The upload is refused before it comes.
    pub fn early_refusal(status: u16, body: &str) -> Self {
        Self::Before(answer(status, "Connection: close\r\n", body))
    }
}

fn redirect(status: u16, location: &str) -> String {
    answer(status, &format!("Location: {location}\r\n"), "")
}

fn answer(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    )
}

/// One upload, as far as it came.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Request line and headers.
    pub head: String,
    /// The form up to the content of the file.
    pub form_head: String,
    /// The bytes of the file that came.
    pub size: u64,
    /// What they add up to, as [`Checksum`] counts.
    pub checksum: u64,
    /// Whether the body came whole.
    pub complete: bool,
}

/// A sum over bytes that depends on their order, and not on how they are cut.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checksum {
    sum: u64,
    word: u64,
    bytes: u64,
}

impl Checksum {
    /// Adds bytes.
    pub fn add(&mut self, mut bytes: &[u8]) {
        while let Some((&byte, rest)) = bytes.split_first()
            && !self.bytes.is_multiple_of(8)
        {
            self.add_byte(byte);
            bytes = rest;
        }
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add_word(u64::from_le_bytes(*word));
        }
        self.bytes += words.len() as u64 * 8;
        rest.iter().for_each(|&byte| self.add_byte(byte));
    }

    fn add_byte(&mut self, byte: u8) {
        self.word |= u64::from(byte) << (self.bytes % 8 * 8);
        self.bytes += 1;
        if self.bytes.is_multiple_of(8) {
            let word = std::mem::take(&mut self.word);
            self.add_word(word);
        }
    }

    fn add_word(&mut self, word: u64) {
        self.sum = (self.sum.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1;
    }

    /// What was added, and how much.
    pub fn finish(self) -> (u64, u64) {
        (self.sum ^ self.word, self.bytes)
    }
}

/// A running host. Its threads end with the process.
#[derive(Debug)]
pub struct FileHost {
    address: SocketAddr,
    uploads: Arc<Uploads>,
}

#[derive(Debug, Default)]
struct Uploads {
    came: Mutex<Vec<Upload>>,
    more: Condvar,
}

impl FileHost {
    /// Listens on `ip`, a loopback address, and treats uploads in the order of the script, whatever their connection.
    /// Beyond its end each gets a 599.
    ///
    /// # Panics
    ///
    /// If `ip` cannot be listened on.
    pub fn on(ip: &str, script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind((ip, 0)).expect("a free loopback port");
        let address = listener.local_addr().expect("a bound listener");
        let uploads = Arc::new(Uploads::default());
        let host = Self {
            address,
            uploads: Arc::clone(&uploads),
        };
        let mut script: Vec<_> = script.into_iter().collect();
        script.reverse();
        let script = Arc::new(Mutex::new(script));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, uploads) = (Arc::clone(&script), Arc::clone(&uploads));
                // A client that goes away in the middle is part of the test.
                thread::spawn(move || serve(&stream, &script, &uploads).ok());
            }
        });
        host
    }

    /// The URL of `path` here.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What came so far. An upload is there before it is answered, one that is answered early when it ends.
    pub fn uploads(&self) -> Vec<Upload> {
        lock(&self.uploads.came).clone()
    }

    /// The first upload, when it has come to its end, whole or not. Other tasks go on meanwhile.
    ///
    /// # Panics
    ///
    /// Outside of a runtime.
    pub async fn first_upload(&self) -> Upload {
        let uploads = Arc::clone(&self.uploads);
        let wait = move || {
            let mut came = lock(&uploads.came);
            while came.is_empty() {
                came = uploads
                    .more
                    .wait(came)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            came[0].clone()
        };
        tokio::task::spawn_blocking(wait)
            .await
            .expect("a thread that waits")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: &TcpStream, script: &Mutex<Vec<Reply>>, uploads: &Uploads) -> io::Result<()> {
    let mut from = BufReader::with_capacity(64 * 1024, stream.try_clone()?);
    loop {
        let head = read_head(&mut from)?;
        if head.is_empty() {
            return Ok(());
        }
        let length = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, length)| length.parse().ok())
            .unwrap_or(0);
        let reply = lock(script).pop();
        let reply = reply.unwrap_or_else(|| Reply::After(answer(599, "", "beyond the script")));
        let mut wanted = length;
        match &reply {
            Reply::Before(answer) => stream.write_all(answer.as_bytes())?,
            Reply::ResetAfter(bytes) | Reply::SilenceAfter(bytes) => wanted = *bytes,
            Reply::After(_) => {}
        }
        let upload = read_upload(&mut from, head, length, wanted);
        let complete = upload.complete;
        lock(&uploads.came).push(upload);
        uploads.more.notify_all();
        match reply {
            Reply::After(answer) if complete => stream.write_all(answer.as_bytes())?,
            Reply::Before(_) if complete => {}
            Reply::SilenceAfter(_) => loop {
                thread::park();
            },
            // What was not read makes a reset of it.
            _ => return stream.shutdown(Shutdown::Read),
        }
    }
}

/// The lines up to an empty one, with it. Empty at the end of the connection.
fn read_head(from: &mut impl BufRead) -> io::Result<String> {
    let mut head = String::new();
    while from.read_line(&mut head)? > 2 {}
    Ok(head)
}

/// A form of texts and one file, the file last.
fn read_upload(from: &mut impl BufRead, head: String, length: u64, wanted: u64) -> Upload {
    let mut upload = Upload {
        head,
        form_head: String::new(),
        size: 0,
        checksum: 0,
        complete: false,
    };
    let mut body = from.take(wanted);
    let mut file_follows = false;
    while let Ok(1..) = body.read_line(&mut upload.form_head) {
        let line = upload.form_head.trim_end_matches("\r\n");
        let line = line.rsplit("\r\n").next().unwrap_or_default();
        file_follows |= line.contains("; filename=\"");
        if file_follows && upload.form_head.ends_with("\r\n\r\n") {
            break;
        }
    }
    // The boundary stands on the first line; once more, with two hyphens and line ends, it ends the form.
    let delimiter = upload.form_head.lines().next().unwrap_or_default().len() as u64;
    let end = delimiter + 6;
    let mut left = length.saturating_sub(upload.form_head.len() as u64 + end);
    let mut checksum = Checksum::default();
    while left > 0 {
        let Ok(chunk) = body.fill_buf() else { break };
        let taken = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if taken == 0 {
            break;
        }
        checksum.add(&chunk[..taken]);
        left -= taken as u64;
        body.consume(taken);
    }
    (upload.checksum, upload.size) = checksum.finish();
    let mut closing = Vec::new();
    upload.complete = left == 0
        && body
            .read_to_end(&mut closing)
            .is_ok_and(|read| read as u64 == end);
    upload
}
