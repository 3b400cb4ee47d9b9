//! Two messages whose token, recipient and text are marked, so that a test can look for them in what is shown.

use zoom_chat_sdk::{Recipient, ZoomChat};

use crate::loopback::Answer;

/// What the server answers: JSON instead of a form is wanted, the message is sent, the next one is refused.
pub fn answers() -> [Answer; 3] {
    [
        Answer::with(415, "x-zm-trackingid: WEB_1\r\n", "t0ken-canary"),
        Answer::with(201, "x-zm-trackingid: WEB_2\r\n", r#"{"id":"m1"}"#),
        Answer::json(
            404,
            r#"{"code":1001,"message":"User does not exist: text-canary."}"#,
        ),
    ]
}

/// Sends the same message twice: first with a change of encoding, then in vain.
pub async fn send_twice(client: &ZoomChat) {
    let to = || Recipient::contact("contact-canary@example.com").unwrap();
    client.send_message(to(), "text-canary").await.unwrap();
    client.send_message(to(), "text-canary").await.unwrap_err();
}
