// Generated from zoom-chat.json. Not to be edited.

#[allow(unused_imports)]
use crate::{DocumentedError, Operation, RateLimitLabel};
#[allow(unused_imports)]
use reqwest::Method;
///`POST /chat/users/{userId}/messages`
pub static SEND_CHAT_MESSAGE: Operation = Operation {
    id: "sendChatMessage",
    method: Method::POST,
    path: "/chat/users/{userId}/messages",
    server: None,
    scopes: &["chat_message:write", "chat_message:write:admin"],
    granular_scopes: &[
        "team_chat:write:user_message",
        "team_chat:write:user_message:admin",
    ],
    rate_limit_label: Some(RateLimitLabel::Medium),
    request_media_types: &["multipart/form-data", "application/json"],
    sends_files: false,
    repeatable: false,
    errors: &[
        DocumentedError::new(400u16, 5301i64, "Message sending failed."),
        DocumentedError::new(
            400u16,
            5402i64,
            "This only supports replies to a main message.",
        ),
        DocumentedError::new(404u16, 1001i64, "User does not exist: $to_contact."),
        DocumentedError::new(404u16, 4130i64, "Channel does not exist: $to_channel."),
        DocumentedError::new(
            400u16,
            5403i64,
            "Account settings do not allow files to be sent.",
        ),
        DocumentedError::new(
            400u16,
            300i64,
            "Invalid parameter: send_time. The time requirement is more than 30 minutes from now and within 180 days.",
        ),
        DocumentedError::new(400u16, 5405i64, "Failed to create interactive card."),
        DocumentedError::new(400u16, 5418i64, "The user can not chat with others."),
        DocumentedError::new(400u16, 5419i64, "Can not send message to an E2E channel."),
        DocumentedError::new(
            400u16,
            5420i64,
            "Can not send message to an archived channel.",
        ),
        DocumentedError::new(
            400u16,
            5421i64,
            "Can not send message to a blocked contact.",
        ),
    ],
};
/// Every operation, in the document's order.
pub static ALL: &[&Operation] = &[&SEND_CHAT_MESSAGE];
