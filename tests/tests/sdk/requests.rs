//! The call surface: a request for every operation, its options, its errors, and what is refused before anything leaves.

mod errors;
mod message;
mod options;
mod preview;
mod program;
mod raw;
mod refused;

use zoom_chat_tests::loopback::Answer;

fn no_content() -> Answer {
    Answer::with(204, "x-zm-trackingid: WEB_1\r\n", "")
}

/// A request line with the pairs of its query in order.
fn sorted_query(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let mut pairs: Vec<_> = query.split('&').collect();
    pairs.sort_unstable();
    format!("{path}?{}", pairs.join("&"))
}
