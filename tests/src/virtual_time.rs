//! Waiting that takes no time.
//!
//! On a clock that stands still tokio lets time pass as soon as nothing else is to be done, and a packet under way on
//! the loopback interface counts as nothing. So the clock stands still only while no request is under way.

use std::sync::atomic::{AtomicBool, Ordering};

use zoom_chat_sdk::Event;

/// For [`on_event`](zoom_chat_sdk::ZoomChatBuilder::on_event) of a client on a current-thread runtime: what it waits
/// between one request and the next passes at once.
pub fn skip_waits() -> impl Fn(&Event<'_>) + Send + Sync {
    let paused = AtomicBool::new(false);
    move |event| match event {
        Event::AttemptEnded { .. } => {
            if !paused.swap(true, Ordering::SeqCst) {
                tokio::time::pause();
            }
        }
        Event::AttemptStarted { .. } => {
            if paused.swap(false, Ordering::SeqCst) {
                tokio::time::resume();
            }
        }
        _ => {}
    }
}
