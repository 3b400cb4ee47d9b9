//! A connection of HTTP/1.1.

use std::{io, sync::Arc, time::Duration};

use tokio::net::TcpStream;

use super::{
    State,
    serve::{Step, step},
};
use crate::http::read_request;

/// Longer than any client of a test waits for one attempt.
const SILENCE: Duration = Duration::from_secs(3600);
const SLOW_BYTE: Duration = Duration::from_millis(5);

pub(super) async fn connection(mut stream: TcpStream, state: Arc<State>) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await? {
        match step(&state, &request).await {
            Step::Answer(answer) => answer.write(&mut stream).await?,
            Step::Cut(answer) => return answer.write_cut(&mut stream).await,
            Step::Stall(answer) => {
                answer.write_cut(&mut stream).await?;
                tokio::time::sleep(SILENCE).await;
                break;
            }
            Step::Slow(answer) => answer.write_slowly(&mut stream, SLOW_BYTE).await?,
            Step::AnswerThenShutdown(answer) => return answer.write(&mut stream).await,
            Step::Close | Step::Refuse => break,
            Step::Silence => {
                tokio::time::sleep(SILENCE).await;
                break;
            }
        }
    }
    Ok(())
}
