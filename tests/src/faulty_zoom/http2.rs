//! A connection of HTTP/2, by prior knowledge. What closes a connection of HTTP/1.1 ends a stream here.

use std::{io, sync::Arc, time::Duration};

use bytes::Bytes;
use h2::{
    Reason, RecvStream, SendStream,
    server::{self, SendResponse},
};
use tokio::{net::TcpStream, sync::mpsc};

use super::{
    State,
    serve::{Step, step},
};
use crate::http::{Answer, Request};

/// Longer than any client of a test waits for one attempt.
const SILENCE: Duration = Duration::from_secs(3600);
const SLOW_BYTE: Duration = Duration::from_millis(5);

type Incoming = (http::Request<RecvStream>, SendResponse<Bytes>);

pub(super) async fn connection(stream: TcpStream, state: Arc<State>) -> io::Result<()> {
    let mut connection = server::handshake(stream).await.map_err(io::Error::other)?;
    let (shutdown, mut shut_down) = mpsc::channel(1);
    loop {
        tokio::select! {
            incoming = connection.accept() => {
                let Some(incoming) = incoming else { return Ok(()) };
                let incoming = incoming.map_err(io::Error::other)?;
                let (state, shutdown) = (Arc::clone(&state), shutdown.clone());
                // A stream that the client has ended is part of the test.
                tokio::spawn(async move { stream_of(incoming, &state, shutdown).await.ok() });
            }
            Some(()) = shut_down.recv() => connection.graceful_shutdown(),
        }
    }
}

async fn stream_of(
    (request, mut respond): Incoming,
    state: &State,
    shutdown: mpsc::Sender<()>,
) -> Result<(), h2::Error> {
    let request = read(request).await?;
    match step(state, &request).await {
        Step::Answer(answer) => end(&answer, &mut respond)?,
        Step::AnswerThenShutdown(answer) => {
            end(&answer, &mut respond)?;
            shutdown.send(()).await.ok();
        }
        Step::Cut(answer) => {
            let mut body = half(&answer, &mut respond)?;
            // So that what was sent goes out before the stream ends.
            tokio::time::sleep(SLOW_BYTE).await;
            body.send_reset(Reason::INTERNAL_ERROR);
        }
        Step::Stall(answer) => {
            let _body = half(&answer, &mut respond)?;
            tokio::time::sleep(SILENCE).await;
        }
        Step::Slow(answer) => {
            let mut body = respond.send_response(head(&answer), false)?;
            for byte in answer.body.bytes() {
                tokio::time::sleep(SLOW_BYTE).await;
                body.send_data(Bytes::from(vec![byte]), false)?;
            }
            body.send_data(Bytes::new(), true)?;
        }
        Step::Close => respond.send_reset(Reason::INTERNAL_ERROR),
        Step::Refuse => respond.send_reset(Reason::REFUSED_STREAM),
        Step::Silence => tokio::time::sleep(SILENCE).await,
    }
    Ok(())
}

async fn read(request: http::Request<RecvStream>) -> Result<Request, h2::Error> {
    let (head, mut stream) = request.into_parts();
    let mut body = Vec::new();
    while let Some(chunk) = stream.data().await {
        let chunk = chunk?;
        stream.flow_control().release_capacity(chunk.len())?;
        body.extend_from_slice(&chunk);
    }
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = head.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), text(value)));
    Ok(Request::new(
        head.method.as_str(),
        head.uri.path(),
        headers.collect(),
        body,
    ))
}

fn head(answer: &Answer) -> http::Response<()> {
    let mut head = http::Response::builder()
        .status(answer.status)
        .header("x-zm-trackingid", "loopback")
        .header("content-length", answer.body.len());
    for (name, value) in &answer.headers {
        head = head.header(*name, value);
    }
    head.body(()).expect("a head that the test wrote")
}

fn end(answer: &Answer, respond: &mut SendResponse<Bytes>) -> Result<(), h2::Error> {
    let mut body = respond.send_response(head(answer), false)?;
    body.send_data(Bytes::from(answer.body.clone()), true)
}

fn half(
    answer: &Answer,
    respond: &mut SendResponse<Bytes>,
) -> Result<SendStream<Bytes>, h2::Error> {
    let mut body = respond.send_response(head(answer), false)?;
    let half = answer.body.as_bytes()[..answer.body.len() / 2].to_vec();
    body.send_data(Bytes::from(half), false)?;
    Ok(body)
}
