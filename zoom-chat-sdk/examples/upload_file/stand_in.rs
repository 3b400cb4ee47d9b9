//! A stand-in for Zoom on a loopback address: takes files, reads them to their end, and keeps nothing.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// Starts answering, for as long as the process lives, and tells the base URL: empty where nothing can be listened on,
/// which the client then refuses.
pub(crate) fn start() -> String {
    let Ok(listener) = TcpListener::bind(("127.0.0.1", 0)) else {
        return String::new();
    };
    let base_url = listener
        .local_addr()
        .map(|address| format!("http://{address}/v2"));
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // A connection that breaks ends its thread; the client tells the user.
            thread::spawn(move || serve(&connection));
        }
    });
    base_url.unwrap_or_default()
}

fn serve(mut connection: &TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    loop {
        let mut head = String::new();
        while reader.read_line(&mut head)? > 2 {}
        let Some(line) = head.lines().next() else {
            return Ok(());
        };
        let length = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, length)| length.parse().ok())
            .unwrap_or(0);
        let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
        io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
        let (status, headers, body) = if path.starts_with("/elsewhere") {
            ("201 Created", String::new(), r#"{"id":"stand-in-0001"}"#)
        } else {
            (
                "307 Temporary Redirect",
                format!("Location: /elsewhere{path}\r\n"),
                "",
            )
        };
        write!(
            connection,
            "HTTP/1.1 {status}\r\n{headers}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len(),
        )?;
    }
}
