//! A Redis server of the tests' own.

use std::{
    io::{BufRead, BufReader, ErrorKind, Write},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

/// Ends when dropped.
pub(super) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// On a free port, with nothing on disk. Nothing when `redis-server` is not installed, which is said even where
    /// the output of tests is captured.
    ///
    /// # Panics
    ///
    /// Where `CI` is set and `redis-server` is not installed: there a test that did not run must not pass.
    pub(super) fn start() -> Option<Self> {
        for _ in 0..5 {
            let port = free_port();
            let server = Command::new("redis-server")
                .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
                .args(["--save", "", "--appendonly", "no"])
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn();
            let mut process = match server {
                Ok(process) => process,
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    skipped();
                    return None;
                }
                Err(error) => panic!("redis-server does not start: {error}"),
            };
            let output = BufReader::new(process.stdout.take().unwrap());
            let mut lines = output.lines().map_while(Result::ok);
            let is_ready = lines.any(|line| line.contains("Ready to accept connections"));
            // Reads the rest, so that the server does not fail to write it.
            std::thread::spawn(move || lines.for_each(drop));
            let server = Self { process, port };
            if is_ready {
                return Some(server);
            }
            // Somebody else took the port in between.
        }
        panic!("redis-server does not start");
    }

    pub(super) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn skipped() {
    let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    assert!(!is_ci, "redis-server is not installed, and CI is set");
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED {test}: it needs redis-server, which is not installed (Debian package redis-server)"
    );
}
