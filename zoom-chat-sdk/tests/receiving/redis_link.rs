//! The way to Redis, which breaks where a test wants it to.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};

use crate::{in_time, redis_server::Server};

/// What becomes of what is sent over a [`Link`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It arrives.
    Open,
    /// No connection is made, and those that were made break.
    Cut,
    /// Requests arrive, and their answer is lost: the connection breaks instead.
    NoAnswer,
    /// The connection breaks at the next request, which arrives when the link is [released](Link::release).
    Late,
}

/// A proxy in front of a Redis server.
pub(crate) struct Link {
    pub(crate) url: String,
    way: watch::Sender<Way>,
    late: mpsc::UnboundedReceiver<(TcpStream, Vec<u8>)>,
}

impl Link {
    pub(crate) async fn to(redis: &Server) -> Self {
        let url = redis.url();
        let target = url
            .trim_start_matches("redis://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("redis://{}/", listener.local_addr().unwrap());
        let (way, seen) = watch::channel(Way::Open);
        let (hold, late) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (target, way, hold) = (target.clone(), seen.clone(), hold.clone());
                tokio::spawn(async move {
                    if *way.borrow() != Way::Cut {
                        let far = TcpStream::connect(&target).await.unwrap();
                        carry(near, far, way, hold).await;
                    }
                });
            }
        });
        Self { url, way, late }
    }

    pub(crate) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }

    /// Sends what was held back, and waits until Redis has read it.
    pub(crate) async fn release(&mut self) {
        let (mut far, request) = in_time(self.late.recv()).await.unwrap();
        far.write_all(&request).await.unwrap();
        let mut answer = [0; 1024];
        assert!(in_time(far.read(&mut answer)).await.unwrap() > 0);
    }
}

async fn carry(
    mut near: TcpStream,
    mut far: TcpStream,
    way: watch::Receiver<Way>,
    hold: mpsc::UnboundedSender<(TcpStream, Vec<u8>)>,
) {
    let held = {
        let (mut from_near, mut to_near) = near.split();
        let (mut from_far, mut to_far) = far.split();
        let there = async {
            let mut chunk = vec![0; 64 * 1024];
            while let Ok(read @ 1..) = from_near.read(&mut chunk).await {
                let now = *way.borrow();
                if now == Way::Late {
                    chunk.truncate(read);
                    return Some(chunk);
                }
                if to_far.write_all(&chunk[..read]).await.is_err() {
                    break;
                }
                if now == Way::NoAnswer {
                    break;
                }
            }
            None
        };
        let back = async {
            let _ = copy(&mut from_far, &mut to_near).await;
        };
        let mut cut = way.clone();
        tokio::select! {
            biased;
            _ = cut.wait_for(|way| *way == Way::Cut) => None,
            held = there => held,
            () = back => None,
        }
    };
    if let Some(request) = held {
        // Nobody receives once the test has ended.
        let _ = hold.send((far, request));
    }
}
