// Generated from zoom-chat.json. Not to be edited.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///`SendChatMessageAtItem`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SendChatMessageAtItem {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub start_position: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub end_position: ::std::option::Option<i64>,
        ///One of `1`, `2`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at_type: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at_contact: ::std::option::Option<::std::string::String>,
    }
    impl SendChatMessageAtItem {
        pub fn builder() -> builder::SendChatMessageAtItem {
            Default::default()
        }
    }
    ///`SendChatMessageInteractiveCard`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SendChatMessageInteractiveCard {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub card_json: ::std::option::Option<::std::string::String>,
    }
    impl SendChatMessageInteractiveCard {
        pub fn builder() -> builder::SendChatMessageInteractiveCard {
            Default::default()
        }
    }
    ///`SendChatMessageRequest`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SendChatMessageRequest {
        /**The message to be sent.

At most 1024 characters.*/
        pub message: ::std::string::String,
        ///The email address of the contact to whom you would like to send the message.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub to_contact: ::std::option::Option<::std::string::String>,
        ///The Channel Id of the channel where you would like to send a message.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub to_channel: ::std::option::Option<::std::string::String>,
        ///The reply message's ID. This field only returns if the message is a reply message.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub reply_main_message_id: ::std::option::Option<::std::string::String>,
        ///[Chat mentions](https://support.zoom.us/hc/en-us/articles/360037567431-Using-chat-mentions-and-slash-commands) object. Use this object to include mentions in the message that will be sent to a channel.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub at_items: ::std::option::Option<::std::vec::Vec<SendChatMessageAtItem>>,
        ///At most 6 items.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub file_ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rich_text: ::std::option::Option<::std::vec::Vec<SendChatMessageRichText>>,
        ///At most 5 items.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub interactive_cards: ::std::option::Option<
            ::std::vec::Vec<SendChatMessageInteractiveCard>,
        >,
        ///Format `date-time`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled_time: ::std::option::Option<::std::string::String>,
    }
    impl SendChatMessageRequest {
        pub fn builder() -> builder::SendChatMessageRequest {
            Default::default()
        }
    }
    ///`SendChatMessageResponse`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SendChatMessageResponse {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
    }
    impl SendChatMessageResponse {
        pub fn builder() -> builder::SendChatMessageResponse {
            Default::default()
        }
    }
    ///`SendChatMessageRichText`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct SendChatMessageRichText {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub start_position: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub end_position: ::std::option::Option<i64>,
        ///One of `Bold`, `Italic`, `Strikethrough`, `BulletedList`, `NumberedList`, `Underline`, `FontSize`, `FontColor`, `BackgroundColor`, `LeftIndent`, `Paragraph`, `Quote`, `AddLink`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub format_type: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub format_attr: ::std::option::Option<::std::string::String>,
    }
    impl SendChatMessageRichText {
        pub fn builder() -> builder::SendChatMessageRichText {
            Default::default()
        }
    }
    ///`ZoomError`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct ZoomError {
        #[serde(
            skip_serializing_if = "::std::option::Option::is_none",
            default,
            deserialize_with = "crate::lenient::deserialize"
        )]
        pub code: ::std::option::Option<i64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub errors: ::std::option::Option<::std::vec::Vec<ZoomErrorDetail>>,
    }
    impl ZoomError {
        pub fn builder() -> builder::ZoomError {
            Default::default()
        }
    }
    ///`ZoomErrorDetail`
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    pub struct ZoomErrorDetail {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub field: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
    }
    impl ZoomErrorDetail {
        pub fn builder() -> builder::ZoomErrorDetail {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone, Debug)]
        pub struct SendChatMessageAtItem {
            at_contact: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            at_type: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            end_position: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            start_position: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SendChatMessageAtItem {
            fn default() -> Self {
                Self {
                    at_contact: Ok(Default::default()),
                    at_type: Ok(Default::default()),
                    end_position: Ok(Default::default()),
                    start_position: Ok(Default::default()),
                }
            }
        }
        impl SendChatMessageAtItem {
            pub fn at_contact<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.at_contact = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for at_contact: {e}")
                    });
                self
            }
            pub fn at_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.at_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for at_type: {e}")
                    });
                self
            }
            pub fn end_position<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.end_position = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for end_position: {e}")
                    });
                self
            }
            pub fn start_position<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.start_position = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for start_position: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SendChatMessageAtItem>
        for super::SendChatMessageAtItem {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendChatMessageAtItem,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at_contact: value.at_contact?,
                    at_type: value.at_type?,
                    end_position: value.end_position?,
                    start_position: value.start_position?,
                })
            }
        }
        impl ::std::convert::From<super::SendChatMessageAtItem>
        for SendChatMessageAtItem {
            fn from(value: super::SendChatMessageAtItem) -> Self {
                Self {
                    at_contact: Ok(value.at_contact),
                    at_type: Ok(value.at_type),
                    end_position: Ok(value.end_position),
                    start_position: Ok(value.start_position),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SendChatMessageInteractiveCard {
            card_json: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SendChatMessageInteractiveCard {
            fn default() -> Self {
                Self {
                    card_json: Ok(Default::default()),
                }
            }
        }
        impl SendChatMessageInteractiveCard {
            pub fn card_json<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.card_json = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for card_json: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SendChatMessageInteractiveCard>
        for super::SendChatMessageInteractiveCard {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendChatMessageInteractiveCard,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    card_json: value.card_json?,
                })
            }
        }
        impl ::std::convert::From<super::SendChatMessageInteractiveCard>
        for SendChatMessageInteractiveCard {
            fn from(value: super::SendChatMessageInteractiveCard) -> Self {
                Self {
                    card_json: Ok(value.card_json),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SendChatMessageRequest {
            at_items: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::SendChatMessageAtItem>>,
                ::std::string::String,
            >,
            file_ids: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                ::std::string::String,
            >,
            interactive_cards: ::std::result::Result<
                ::std::option::Option<
                    ::std::vec::Vec<super::SendChatMessageInteractiveCard>,
                >,
                ::std::string::String,
            >,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
            reply_main_message_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            rich_text: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::SendChatMessageRichText>>,
                ::std::string::String,
            >,
            scheduled_time: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            to_channel: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            to_contact: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SendChatMessageRequest {
            fn default() -> Self {
                Self {
                    at_items: Ok(Default::default()),
                    file_ids: Ok(Default::default()),
                    interactive_cards: Ok(Default::default()),
                    message: Err("no value supplied for message".to_string()),
                    reply_main_message_id: Ok(Default::default()),
                    rich_text: Ok(Default::default()),
                    scheduled_time: Ok(Default::default()),
                    to_channel: Ok(Default::default()),
                    to_contact: Ok(Default::default()),
                }
            }
        }
        impl SendChatMessageRequest {
            pub fn at_items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::SendChatMessageAtItem>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.at_items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for at_items: {e}")
                    });
                self
            }
            pub fn file_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<::std::string::String>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.file_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for file_ids: {e}")
                    });
                self
            }
            pub fn interactive_cards<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::std::vec::Vec<super::SendChatMessageInteractiveCard>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.interactive_cards = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for interactive_cards: {e}"
                        )
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn reply_main_message_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.reply_main_message_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for reply_main_message_id: {e}"
                        )
                    });
                self
            }
            pub fn rich_text<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<
                        ::std::vec::Vec<super::SendChatMessageRichText>,
                    >,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.rich_text = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for rich_text: {e}")
                    });
                self
            }
            pub fn scheduled_time<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.scheduled_time = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for scheduled_time: {e}"
                        )
                    });
                self
            }
            pub fn to_channel<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.to_channel = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for to_channel: {e}")
                    });
                self
            }
            pub fn to_contact<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.to_contact = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for to_contact: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SendChatMessageRequest>
        for super::SendChatMessageRequest {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendChatMessageRequest,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at_items: value.at_items?,
                    file_ids: value.file_ids?,
                    interactive_cards: value.interactive_cards?,
                    message: value.message?,
                    reply_main_message_id: value.reply_main_message_id?,
                    rich_text: value.rich_text?,
                    scheduled_time: value.scheduled_time?,
                    to_channel: value.to_channel?,
                    to_contact: value.to_contact?,
                })
            }
        }
        impl ::std::convert::From<super::SendChatMessageRequest>
        for SendChatMessageRequest {
            fn from(value: super::SendChatMessageRequest) -> Self {
                Self {
                    at_items: Ok(value.at_items),
                    file_ids: Ok(value.file_ids),
                    interactive_cards: Ok(value.interactive_cards),
                    message: Ok(value.message),
                    reply_main_message_id: Ok(value.reply_main_message_id),
                    rich_text: Ok(value.rich_text),
                    scheduled_time: Ok(value.scheduled_time),
                    to_channel: Ok(value.to_channel),
                    to_contact: Ok(value.to_contact),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SendChatMessageResponse {
            id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SendChatMessageResponse {
            fn default() -> Self {
                Self { id: Ok(Default::default()) }
            }
        }
        impl SendChatMessageResponse {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<SendChatMessageResponse>
        for super::SendChatMessageResponse {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendChatMessageResponse,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { id: value.id? })
            }
        }
        impl ::std::convert::From<super::SendChatMessageResponse>
        for SendChatMessageResponse {
            fn from(value: super::SendChatMessageResponse) -> Self {
                Self { id: Ok(value.id) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SendChatMessageRichText {
            end_position: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            format_attr: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            format_type: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            start_position: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SendChatMessageRichText {
            fn default() -> Self {
                Self {
                    end_position: Ok(Default::default()),
                    format_attr: Ok(Default::default()),
                    format_type: Ok(Default::default()),
                    start_position: Ok(Default::default()),
                }
            }
        }
        impl SendChatMessageRichText {
            pub fn end_position<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.end_position = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for end_position: {e}")
                    });
                self
            }
            pub fn format_attr<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.format_attr = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for format_attr: {e}")
                    });
                self
            }
            pub fn format_type<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.format_type = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for format_type: {e}")
                    });
                self
            }
            pub fn start_position<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.start_position = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for start_position: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SendChatMessageRichText>
        for super::SendChatMessageRichText {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SendChatMessageRichText,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    end_position: value.end_position?,
                    format_attr: value.format_attr?,
                    format_type: value.format_type?,
                    start_position: value.start_position?,
                })
            }
        }
        impl ::std::convert::From<super::SendChatMessageRichText>
        for SendChatMessageRichText {
            fn from(value: super::SendChatMessageRichText) -> Self {
                Self {
                    end_position: Ok(value.end_position),
                    format_attr: Ok(value.format_attr),
                    format_type: Ok(value.format_type),
                    start_position: Ok(value.start_position),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ZoomError {
            code: ::std::result::Result<
                ::std::option::Option<i64>,
                ::std::string::String,
            >,
            errors: ::std::result::Result<
                ::std::option::Option<::std::vec::Vec<super::ZoomErrorDetail>>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ZoomError {
            fn default() -> Self {
                Self {
                    code: Ok(Default::default()),
                    errors: Ok(Default::default()),
                    message: Ok(Default::default()),
                }
            }
        }
        impl ZoomError {
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<i64>>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn errors<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::std::vec::Vec<super::ZoomErrorDetail>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.errors = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for errors: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ZoomError> for super::ZoomError {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ZoomError,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    errors: value.errors?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::ZoomError> for ZoomError {
            fn from(value: super::ZoomError) -> Self {
                Self {
                    code: Ok(value.code),
                    errors: Ok(value.errors),
                    message: Ok(value.message),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ZoomErrorDetail {
            field: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            message: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ZoomErrorDetail {
            fn default() -> Self {
                Self {
                    field: Ok(Default::default()),
                    message: Ok(Default::default()),
                }
            }
        }
        impl ZoomErrorDetail {
            pub fn field<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.field = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for field: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ZoomErrorDetail> for super::ZoomErrorDetail {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ZoomErrorDetail,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    field: value.field?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::ZoomErrorDetail> for ZoomErrorDetail {
            fn from(value: super::ZoomErrorDetail) -> Self {
                Self {
                    field: Ok(value.field),
                    message: Ok(value.message),
                }
            }
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Zoom Team Chat

Version: 1*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::Attempt,
}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::Attempt,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::Attempt> for Client {
    fn api_version() -> &'static str {
        "1"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::Attempt {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::Attempt>,
    {}
};
impl Client {
    /**Send a chat message

Send chat messages on Zoom to either an individual user who is in your contact list or to a [channel](https://support.zoom.us/hc/en-us/articles/200912909-Getting-Started-With-Channels-Group-Messaging-) of which you are a member. For user-level apps, pass [the `me` value](https://marketplace.zoom.us/docs/api-reference/using-zoom-apis#mekeyword) instead of the `userId` parameter.

To send a message to a contact, provide the contact's email address in the `to_contact` field. To send a message to a channel, provide the channel's ID in `to_channel` parameter

**Scopes:** `chat_message:write`, `chat_message:write:admin`&lt;br>**[Rate Limit Label](https://marketplace.zoom.us/docs/api-reference/rate-limits#rate-limits):** `Medium`

 &lt;p style="background-color:#e1f5fe; color:#01579b; padding:8px"> &lt;b>Note:&lt;/b> For an &lt;b>account-level&lt;/b> &lt;a href="https://marketplace.zoom.us/docs/guides/getting-started/app-types/create-oauth-app">OAuth app&lt;/a>, this API can only be used on behalf of a user who is assigned with a &lt;a href="https://support.zoom.us/hc/en-us/articles/115001078646-Using-role-management#:~:text=Each%20user%20in%20a%20Zoom,owner%2C%20administrator%2C%20or%20member.&text=Role%2Dbased%20access%20control%20enables,needs%20to%20view%20or%20edit."> role&lt;/a> that has the &lt;b>Edit&lt;/b> permission for &lt;b>Chat Messages&lt;/b>.&lt;/p>

Sends a `POST` request to `/chat/users/{user_id}/messages`

```text
let response = client.send_chat_message_json()
    .user_id(user_id)
    .body(body)
    .send()
    .await;
```*/
    pub fn send_chat_message_json(&self) -> builder::SendChatMessageJson<'_> {
        builder::SendChatMessageJson::new(self)
    }
    /**Send a chat message

Send chat messages on Zoom to either an individual user who is in your contact list or to a [channel](https://support.zoom.us/hc/en-us/articles/200912909-Getting-Started-With-Channels-Group-Messaging-) of which you are a member. For user-level apps, pass [the `me` value](https://marketplace.zoom.us/docs/api-reference/using-zoom-apis#mekeyword) instead of the `userId` parameter.

To send a message to a contact, provide the contact's email address in the `to_contact` field. To send a message to a channel, provide the channel's ID in `to_channel` parameter

**Scopes:** `chat_message:write`, `chat_message:write:admin`&lt;br>**[Rate Limit Label](https://marketplace.zoom.us/docs/api-reference/rate-limits#rate-limits):** `Medium`

 &lt;p style="background-color:#e1f5fe; color:#01579b; padding:8px"> &lt;b>Note:&lt;/b> For an &lt;b>account-level&lt;/b> &lt;a href="https://marketplace.zoom.us/docs/guides/getting-started/app-types/create-oauth-app">OAuth app&lt;/a>, this API can only be used on behalf of a user who is assigned with a &lt;a href="https://support.zoom.us/hc/en-us/articles/115001078646-Using-role-management#:~:text=Each%20user%20in%20a%20Zoom,owner%2C%20administrator%2C%20or%20member.&text=Role%2Dbased%20access%20control%20enables,needs%20to%20view%20or%20edit."> role&lt;/a> that has the &lt;b>Edit&lt;/b> permission for &lt;b>Chat Messages&lt;/b>.&lt;/p>

Sends a `POST` request to `/chat/users/{user_id}/messages`

```text
let response = client.send_chat_message()
    .user_id(user_id)
    .body(body)
    .send()
    .await;
```*/
    pub fn send_chat_message(&self) -> builder::SendChatMessage<'_> {
        builder::SendChatMessage::new(self)
    }
}
/// Types for composing operation parameters.
#[allow(clippy::all)]
pub mod builder {
    use super::types;
    #[allow(unused_imports)]
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::send_chat_message_json`]

[`Client::send_chat_message_json`]: super::Client::send_chat_message_json*/
    #[derive(Debug, Clone)]
    pub struct SendChatMessageJson<'a> {
        client: &'a super::Client,
        user_id: Result<::std::string::String, String>,
        body: Result<types::builder::SendChatMessageRequest, String>,
    }
    impl<'a> SendChatMessageJson<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                user_id: Err("user_id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn user_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.user_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for user_id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SendChatMessageRequest>,
            <V as std::convert::TryInto<
                types::SendChatMessageRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `SendChatMessageRequest` for body failed: {}", s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::SendChatMessageRequest,
            ) -> types::builder::SendChatMessageRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/chat/users/{user_id}/messages`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SendChatMessageResponse>, Error<()>> {
            let Self { client, user_id, body } = self;
            let user_id = user_id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::SendChatMessageRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/chat/users/{}/messages", client.baseurl, encode_path(& user_id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "send_chat_message_json",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200..=299 => crate::response::json(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::send_chat_message`]

[`Client::send_chat_message`]: super::Client::send_chat_message*/
    #[derive(Debug, Clone)]
    pub struct SendChatMessage<'a> {
        client: &'a super::Client,
        user_id: Result<::std::string::String, String>,
        body: Result<types::builder::SendChatMessageRequest, String>,
    }
    impl<'a> SendChatMessage<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                user_id: Err("user_id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn user_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.user_id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for user_id failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::SendChatMessageRequest>,
            <V as std::convert::TryInto<
                types::SendChatMessageRequest,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!(
                        "conversion to `SendChatMessageRequest` for body failed: {}", s
                    )
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::SendChatMessageRequest,
            ) -> types::builder::SendChatMessageRequest,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/chat/users/{user_id}/messages`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SendChatMessageResponse>, Error<()>> {
            let Self { client, user_id, body } = self;
            let user_id = user_id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::SendChatMessageRequest::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/chat/users/{}/messages", client.baseurl, encode_path(& user_id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            #[allow(unused_mut)]
            let mut request = crate::multipart::send(
                    client
                        .client
                        .post(url)
                        .header(
                            ::reqwest::header::ACCEPT,
                            ::reqwest::header::HeaderValue::from_static(
                                "application/json",
                            ),
                        ),
                    &body,
                    &["file_ids"],
                )?
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "send_chat_message",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200..=299 => crate::response::json(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
