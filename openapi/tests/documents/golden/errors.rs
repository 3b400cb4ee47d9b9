// Generated from zoom-chat.json. Not to be edited.

///The documented errors of `sendChatMessage`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendChatMessageError {
    ///status 400, code 5301: `Message sending failed.`
    MessageSendingFailed,
    ///status 400, code 5402: `This only supports replies to a main message.`
    OnlySupportsRepliesToMainMessage,
    ///status 404, code 1001: `User does not exist: $to_contact.`
    UserDoesNotExist {
        ///What stands for `to_contact`; empty when the text was another.
        to_contact: String,
    },
    ///status 404, code 4130: `Channel does not exist: $to_channel.`
    ChannelDoesNotExist {
        ///What stands for `to_channel`; empty when the text was another.
        to_channel: String,
    },
    ///status 400, code 5403: `Account settings do not allow files to be sent.`
    AccountSettingsDoNotAllowFilesToBeSent,
    ///status 400, code 300: `Invalid parameter: send_time. The time requirement is more than 30 minutes from now and within 180 days.`
    InvalidParameterSendTime,
    ///status 400, code 5405: `Failed to create interactive card.`
    FailedToCreateInteractiveCard,
    ///status 400, code 5418: `The user can not chat with others.`
    UserCannotChatWithOthers,
    ///status 400, code 5419: `Can not send message to an E2E channel.`
    CannotSendMessageToE2eChannel,
    ///status 400, code 5420: `Can not send message to an archived channel.`
    CannotSendMessageToArchivedChannel,
    ///status 400, code 5421: `Can not send message to a blocked contact.`
    CannotSendMessageToBlockedContact,
    /// An error that is not documented.
    Unknown {
        /// The HTTP status.
        status: u16,
        /// Zoom's error code, where the answer held one.
        code: Option<i64>,
        /// The text of the answer.
        message: String,
    },
}
impl crate::OperationError for SendChatMessageError {
    const OPERATION: &'static crate::Operation = &crate::operations::SEND_CHAT_MESSAGE;
    fn decode(status: u16, code: Option<i64>, message: &str) -> Self {
        match (status, code) {
            (400u16, Some(5301i64)) => {
                return Self::MessageSendingFailed;
            }
            (400u16, Some(5402i64)) => {
                return Self::OnlySupportsRepliesToMainMessage;
            }
            (404u16, Some(1001i64)) => {
                if let Some([to_contact]) = crate::template::capture(
                    &["user does not exist:", ""],
                    message,
                ) {
                    return Self::UserDoesNotExist {
                        to_contact,
                    };
                }
                let to_contact = String::new();
                return Self::UserDoesNotExist {
                    to_contact,
                };
            }
            (404u16, Some(4130i64)) => {
                if let Some([to_channel]) = crate::template::capture(
                    &["channel does not exist:", ""],
                    message,
                ) {
                    return Self::ChannelDoesNotExist {
                        to_channel,
                    };
                }
                let to_channel = String::new();
                return Self::ChannelDoesNotExist {
                    to_channel,
                };
            }
            (400u16, Some(5403i64)) => {
                return Self::AccountSettingsDoNotAllowFilesToBeSent;
            }
            (400u16, Some(300i64)) => {
                if let Some([]) = crate::template::capture(
                    &[
                        "invalid parameter: send_time. the time requirement is more than 30 minutes from now and within 180 days",
                    ],
                    message,
                ) {
                    return Self::InvalidParameterSendTime;
                }
            }
            (400u16, Some(5405i64)) => {
                return Self::FailedToCreateInteractiveCard;
            }
            (400u16, Some(5418i64)) => {
                return Self::UserCannotChatWithOthers;
            }
            (400u16, Some(5419i64)) => {
                return Self::CannotSendMessageToE2eChannel;
            }
            (400u16, Some(5420i64)) => {
                return Self::CannotSendMessageToArchivedChannel;
            }
            (400u16, Some(5421i64)) => {
                return Self::CannotSendMessageToBlockedContact;
            }
            _ => {}
        }
        Self::Unknown {
            status,
            code,
            message: message.to_owned(),
        }
    }
}
impl std::fmt::Display for SendChatMessageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::MessageSendingFailed => write!(f, "Message sending failed."),
            Self::OnlySupportsRepliesToMainMessage => {
                write!(f, "This only supports replies to a main message.")
            }
            Self::UserDoesNotExist { to_contact } => {
                write!(f, "User does not exist: {}.", crate ::Shown(to_contact))
            }
            Self::ChannelDoesNotExist { to_channel } => {
                write!(f, "Channel does not exist: {}.", crate ::Shown(to_channel))
            }
            Self::AccountSettingsDoNotAllowFilesToBeSent => {
                write!(f, "Account settings do not allow files to be sent.")
            }
            Self::InvalidParameterSendTime => {
                write!(
                    f,
                    "Invalid parameter: send_time. The time requirement is more than 30 minutes from now and within 180 days."
                )
            }
            Self::FailedToCreateInteractiveCard => {
                write!(f, "Failed to create interactive card.")
            }
            Self::UserCannotChatWithOthers => {
                write!(f, "The user can not chat with others.")
            }
            Self::CannotSendMessageToE2eChannel => {
                write!(f, "Can not send message to an E2E channel.")
            }
            Self::CannotSendMessageToArchivedChannel => {
                write!(f, "Can not send message to an archived channel.")
            }
            Self::CannotSendMessageToBlockedContact => {
                write!(f, "Can not send message to a blocked contact.")
            }
            Self::Unknown { status, code: Some(code), message } => {
                write!(f, "status {status}, code {code}: {}", crate ::Shown(message))
            }
            Self::Unknown { status, code: None, message } => {
                write!(f, "status {status}: {}", crate ::Shown(message))
            }
        }
    }
}
impl std::error::Error for SendChatMessageError {}
