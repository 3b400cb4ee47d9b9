//! Waiting that takes no time.
//!
//! On a clock that stands still tokio lets time pass as soon as nothing else is to be done, and a packet under way on
//! the loopback interface counts as nothing. So the clock stands still only while no request is under way.

use std::sync::atomic::{AtomicBool, Ordering};

use zoom_chat_sdk::CallEvent;

/// For [`on_event`](zoom_chat_sdk::ZoomChatBuilder::on_event) of a client on a current-thread runtime: what it waits
/// before it repeats a request passes at once.
pub fn skip_retry_waits() -> impl Fn(&CallEvent<'_>) + Send + Sync {
    stop_at(|event| matches!(event, CallEvent::Retry { .. }))
}

/// As [`skip_retry_waits`], and what passes between one call and the next is skipped too. After the last call of the
/// client the clock stands still.
pub fn skip_all_waits() -> impl Fn(&CallEvent<'_>) + Send + Sync {
    stop_at(|event| matches!(event, CallEvent::AttemptEnded { .. }))
}

fn stop_at(stops: fn(&CallEvent<'_>) -> bool) -> impl Fn(&CallEvent<'_>) + Send + Sync {
    let stopped = AtomicBool::new(false);
    move |event| {
        if stops(event) {
            if !stopped.swap(true, Ordering::SeqCst) {
                tokio::time::pause();
            }
        } else if matches!(event, CallEvent::AttemptStarted { .. })
            && stopped.swap(false, Ordering::SeqCst)
        {
            tokio::time::resume();
        }
    }
}
