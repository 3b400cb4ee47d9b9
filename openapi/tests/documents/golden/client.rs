// Generated from zoom-chat.json. Not to be edited.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///An item of `at_items` of `SendChatMessageRequest`.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct SendChatMessageAtItem {
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub start_position: ::std::option::Option<i64>,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub end_position: ::std::option::Option<i64>,
        ///One of `1`, `2`.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub at_type: ::std::option::Option<i64>,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub at_contact: ::std::option::Option<::std::string::String>,
    }
    ///An item of `interactive_cards` of `SendChatMessageRequest`.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct SendChatMessageInteractiveCard {
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub card_json: ::std::option::Option<::std::string::String>,
    }
    ///The body of `sendChatMessage`.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct SendChatMessageRequest {
        /**The message to be sent.

At most 1024 characters.*/
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub message: ::std::option::Option<::std::string::String>,
        ///The email address of the contact to whom you would like to send the message.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub to_contact: ::std::option::Option<::std::string::String>,
        ///The Channel Id of the channel where you would like to send a message.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub to_channel: ::std::option::Option<::std::string::String>,
        ///The reply message's ID. This field only returns if the message is a reply message.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub reply_main_message_id: ::std::option::Option<::std::string::String>,
        ///[Chat mentions](https://support.zoom.us/hc/en-us/articles/360037567431-Using-chat-mentions-and-slash-commands) object. Use this object to include mentions in the message that will be sent to a channel.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub at_items: ::std::option::Option<::std::vec::Vec<SendChatMessageAtItem>>,
        ///At most 6 items.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub file_ids: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub rich_text: ::std::option::Option<::std::vec::Vec<SendChatMessageRichText>>,
        ///At most 5 items.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub interactive_cards: ::std::option::Option<
            ::std::vec::Vec<SendChatMessageInteractiveCard>,
        >,
        ///Format `date-time`.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub scheduled_time: ::std::option::Option<::std::string::String>,
    }
    ///The answer of `sendChatMessage`.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct SendChatMessageResponse {
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub id: ::std::option::Option<::std::string::String>,
    }
    ///An item of `rich_text` of `SendChatMessageRequest`.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct SendChatMessageRichText {
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub start_position: ::std::option::Option<i64>,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub end_position: ::std::option::Option<i64>,
        ///One of `Bold`, `Italic`, `Strikethrough`, `BulletedList`, `NumberedList`, `Underline`, `FontSize`, `FontColor`, `BackgroundColor`, `LeftIndent`, `Paragraph`, `Quote`, `AddLink`.
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub format_type: ::std::option::Option<
            crate::types::SendChatMessageRichTextFormatType,
        >,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub format_attr: ::std::option::Option<::std::string::String>,
    }
    ///An error answer of `sendChatMessage`.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct ZoomError {
        #[cfg_attr(
            feature = "schemars",
            serde(
                skip_serializing_if = "::std::option::Option::is_none",
                default,
                deserialize_with = "crate::lenient::deserialize"
            )
        )]
        pub code: ::std::option::Option<i64>,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub message: ::std::option::Option<::std::string::String>,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub errors: ::std::option::Option<::std::vec::Vec<ZoomErrorDetail>>,
    }
    ///An item of `errors` of `ZoomError`.
    #[derive(Clone, Debug, Default, PartialEq)]
    #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
    #[non_exhaustive]
    pub struct ZoomErrorDetail {
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub field: ::std::option::Option<::std::string::String>,
        #[cfg_attr(
            feature = "schemars",
            serde(skip_serializing_if = "::std::option::Option::is_none")
        )]
        pub message: ::std::option::Option<::std::string::String>,
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
    impl crate::record::Record for SendChatMessageAtItem {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            match field {
                0usize => crate::record::set(&mut self.start_position, from),
                1usize => crate::record::set(&mut self.end_position, from),
                2usize => crate::record::set(&mut self.at_type, from),
                3usize => crate::record::set(&mut self.at_contact, from),
                _ => crate::record::skip(from),
            }
        }
        fn write<F: crate::record::Fields>(&self, to: &mut F) {
            to.optional("start_position", &self.start_position);
            to.optional("end_position", &self.end_position);
            to.optional("at_type", &self.at_type);
            to.optional("at_contact", &self.at_contact);
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SendChatMessageAtItem {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            from: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::record::deserialize(
                from,
                "SendChatMessageAtItem",
                &["start_position", "end_position", "at_type", "at_contact"],
            )
        }
    }
    impl ::serde::Serialize for SendChatMessageAtItem {
        fn serialize<S: ::serde::Serializer>(
            &self,
            to: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            crate::record::serialize(self, to, "SendChatMessageAtItem")
        }
    }
    impl crate::record::Record for SendChatMessageInteractiveCard {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            match field {
                0usize => crate::record::set(&mut self.card_json, from),
                _ => crate::record::skip(from),
            }
        }
        fn write<F: crate::record::Fields>(&self, to: &mut F) {
            to.optional("card_json", &self.card_json);
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SendChatMessageInteractiveCard {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            from: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::record::deserialize(
                from,
                "SendChatMessageInteractiveCard",
                &["card_json"],
            )
        }
    }
    impl ::serde::Serialize for SendChatMessageInteractiveCard {
        fn serialize<S: ::serde::Serializer>(
            &self,
            to: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            crate::record::serialize(self, to, "SendChatMessageInteractiveCard")
        }
    }
    impl crate::record::Record for SendChatMessageRequest {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            match field {
                0usize => crate::record::set(&mut self.message, from),
                1usize => crate::record::set(&mut self.to_contact, from),
                2usize => crate::record::set(&mut self.to_channel, from),
                3usize => crate::record::set(&mut self.reply_main_message_id, from),
                4usize => crate::record::set(&mut self.at_items, from),
                5usize => crate::record::set(&mut self.file_ids, from),
                6usize => crate::record::set(&mut self.rich_text, from),
                7usize => crate::record::set(&mut self.interactive_cards, from),
                8usize => crate::record::set(&mut self.scheduled_time, from),
                _ => crate::record::skip(from),
            }
        }
        fn write<F: crate::record::Fields>(&self, to: &mut F) {
            to.optional("message", &self.message);
            to.optional("to_contact", &self.to_contact);
            to.optional("to_channel", &self.to_channel);
            to.optional("reply_main_message_id", &self.reply_main_message_id);
            to.optional("at_items", &self.at_items);
            to.optional("file_ids", &self.file_ids);
            to.optional("rich_text", &self.rich_text);
            to.optional("interactive_cards", &self.interactive_cards);
            to.optional("scheduled_time", &self.scheduled_time);
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SendChatMessageRequest {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            from: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::record::deserialize(
                from,
                "SendChatMessageRequest",
                &[
                    "message",
                    "to_contact",
                    "to_channel",
                    "reply_main_message_id",
                    "at_items",
                    "file_ids",
                    "rich_text",
                    "interactive_cards",
                    "scheduled_time",
                ],
            )
        }
    }
    impl ::serde::Serialize for SendChatMessageRequest {
        fn serialize<S: ::serde::Serializer>(
            &self,
            to: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            crate::record::serialize(self, to, "SendChatMessageRequest")
        }
    }
    impl crate::record::Record for SendChatMessageResponse {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            match field {
                0usize => crate::record::set(&mut self.id, from),
                _ => crate::record::skip(from),
            }
        }
        fn write<F: crate::record::Fields>(&self, to: &mut F) {
            to.optional("id", &self.id);
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SendChatMessageResponse {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            from: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::record::deserialize(from, "SendChatMessageResponse", &["id"])
        }
    }
    impl ::serde::Serialize for SendChatMessageResponse {
        fn serialize<S: ::serde::Serializer>(
            &self,
            to: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            crate::record::serialize(self, to, "SendChatMessageResponse")
        }
    }
    impl crate::record::Record for SendChatMessageRichText {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            match field {
                0usize => crate::record::set(&mut self.start_position, from),
                1usize => crate::record::set(&mut self.end_position, from),
                2usize => crate::record::set(&mut self.format_type, from),
                3usize => crate::record::set(&mut self.format_attr, from),
                _ => crate::record::skip(from),
            }
        }
        fn write<F: crate::record::Fields>(&self, to: &mut F) {
            to.optional("start_position", &self.start_position);
            to.optional("end_position", &self.end_position);
            to.optional("format_type", &self.format_type);
            to.optional("format_attr", &self.format_attr);
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SendChatMessageRichText {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            from: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::record::deserialize(
                from,
                "SendChatMessageRichText",
                &["start_position", "end_position", "format_type", "format_attr"],
            )
        }
    }
    impl ::serde::Serialize for SendChatMessageRichText {
        fn serialize<S: ::serde::Serializer>(
            &self,
            to: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            crate::record::serialize(self, to, "SendChatMessageRichText")
        }
    }
    impl crate::record::Record for ZoomError {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            match field {
                0usize => crate::record::set_lenient(&mut self.code, from),
                1usize => crate::record::set(&mut self.message, from),
                2usize => crate::record::set(&mut self.errors, from),
                _ => crate::record::skip(from),
            }
        }
        fn write<F: crate::record::Fields>(&self, to: &mut F) {
            to.optional("code", &self.code);
            to.optional("message", &self.message);
            to.optional("errors", &self.errors);
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ZoomError {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            from: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::record::deserialize(from, "ZoomError", &["code", "message", "errors"])
        }
    }
    impl ::serde::Serialize for ZoomError {
        fn serialize<S: ::serde::Serializer>(
            &self,
            to: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            crate::record::serialize(self, to, "ZoomError")
        }
    }
    impl crate::record::Record for ZoomErrorDetail {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(
            &mut self,
            field: usize,
            from: &mut A,
        ) -> ::std::result::Result<(), A::Error> {
            match field {
                0usize => crate::record::set(&mut self.field, from),
                1usize => crate::record::set(&mut self.message, from),
                _ => crate::record::skip(from),
            }
        }
        fn write<F: crate::record::Fields>(&self, to: &mut F) {
            to.optional("field", &self.field);
            to.optional("message", &self.message);
        }
    }
    impl<'de> ::serde::Deserialize<'de> for ZoomErrorDetail {
        fn deserialize<D: ::serde::Deserializer<'de>>(
            from: D,
        ) -> ::std::result::Result<Self, D::Error> {
            crate::record::deserialize(from, "ZoomErrorDetail", &["field", "message"])
        }
    }
    impl ::serde::Serialize for ZoomErrorDetail {
        fn serialize<S: ::serde::Serializer>(
            &self,
            to: S,
        ) -> ::std::result::Result<S::Ok, S::Error> {
            crate::record::serialize(self, to, "ZoomErrorDetail")
        }
    }
    #[allow(unused_imports)]
    use crate::types;
    impl SendChatMessageAtItem {
        /// A value with the required fields only.
        #[must_use]
        pub fn new() -> Self {
            Self {
                start_position: Default::default(),
                end_position: Default::default(),
                at_type: Default::default(),
                at_contact: Default::default(),
            }
        }
        ///Sets `start_position`.
        pub fn start_position(mut self, value: i64) -> Self {
            self.start_position = Some(value);
            self
        }
        ///Sets `end_position`.
        pub fn end_position(mut self, value: i64) -> Self {
            self.end_position = Some(value);
            self
        }
        ///One of `1`, `2`.
        pub fn at_type(mut self, value: i64) -> Self {
            self.at_type = Some(value);
            self
        }
        ///Sets `at_contact`.
        pub fn at_contact(mut self, value: impl Into<String>) -> Self {
            self.at_contact = Some(value.into());
            self
        }
    }
    impl SendChatMessageInteractiveCard {
        /// A value with the required fields only.
        #[must_use]
        pub fn new() -> Self {
            Self {
                card_json: Default::default(),
            }
        }
        ///Sets `card_json`.
        pub fn card_json(mut self, value: impl Into<String>) -> Self {
            self.card_json = Some(value.into());
            self
        }
    }
    impl SendChatMessageRequest {
        /// A value with the required fields only.
        #[must_use]
        pub fn new() -> Self {
            Self {
                message: Default::default(),
                to_contact: Default::default(),
                to_channel: Default::default(),
                reply_main_message_id: Default::default(),
                at_items: Default::default(),
                file_ids: Default::default(),
                rich_text: Default::default(),
                interactive_cards: Default::default(),
                scheduled_time: Default::default(),
            }
        }
        /**The message to be sent.

At most 1024 characters.

Required.*/
        pub fn message(mut self, value: impl Into<String>) -> Self {
            self.message = Some(value.into());
            self
        }
        ///The email address of the contact to whom you would like to send the message.
        pub fn to_contact(mut self, value: impl Into<String>) -> Self {
            self.to_contact = Some(value.into());
            self
        }
        ///The Channel Id of the channel where you would like to send a message.
        pub fn to_channel(mut self, value: impl Into<String>) -> Self {
            self.to_channel = Some(value.into());
            self
        }
        ///The reply message's ID. This field only returns if the message is a reply message.
        pub fn reply_main_message_id(mut self, value: impl Into<String>) -> Self {
            self.reply_main_message_id = Some(value.into());
            self
        }
        ///[Chat mentions](https://support.zoom.us/hc/en-us/articles/360037567431-Using-chat-mentions-and-slash-commands) object. Use this object to include mentions in the message that will be sent to a channel.
        pub fn at_items(
            mut self,
            value: impl IntoIterator<Item = types::SendChatMessageAtItem>,
        ) -> Self {
            self.at_items = Some(value.into_iter().collect());
            self
        }
        ///At most 6 items.
        pub fn file_ids(
            mut self,
            value: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            self.file_ids = Some(value.into_iter().map(Into::into).collect());
            self
        }
        ///Sets `rich_text`.
        pub fn rich_text(
            mut self,
            value: impl IntoIterator<Item = types::SendChatMessageRichText>,
        ) -> Self {
            self.rich_text = Some(value.into_iter().collect());
            self
        }
        ///At most 5 items.
        pub fn interactive_cards(
            mut self,
            value: impl IntoIterator<Item = types::SendChatMessageInteractiveCard>,
        ) -> Self {
            self.interactive_cards = Some(value.into_iter().collect());
            self
        }
        ///Format `date-time`.
        pub fn scheduled_time(mut self, value: impl Into<String>) -> Self {
            self.scheduled_time = Some(value.into());
            self
        }
    }
    impl SendChatMessageResponse {
        /// A value with the required fields only.
        #[must_use]
        pub fn new() -> Self {
            Self { id: Default::default() }
        }
        ///Sets `id`.
        pub fn id(mut self, value: impl Into<String>) -> Self {
            self.id = Some(value.into());
            self
        }
    }
    impl SendChatMessageRichText {
        /// A value with the required fields only.
        #[must_use]
        pub fn new() -> Self {
            Self {
                start_position: Default::default(),
                end_position: Default::default(),
                format_type: Default::default(),
                format_attr: Default::default(),
            }
        }
        ///Sets `start_position`.
        pub fn start_position(mut self, value: i64) -> Self {
            self.start_position = Some(value);
            self
        }
        ///Sets `end_position`.
        pub fn end_position(mut self, value: i64) -> Self {
            self.end_position = Some(value);
            self
        }
        ///One of `Bold`, `Italic`, `Strikethrough`, `BulletedList`, `NumberedList`, `Underline`, `FontSize`, `FontColor`, `BackgroundColor`, `LeftIndent`, `Paragraph`, `Quote`, `AddLink`.
        pub fn format_type(
            mut self,
            value: types::SendChatMessageRichTextFormatType,
        ) -> Self {
            self.format_type = Some(value);
            self
        }
        ///Sets `format_attr`.
        pub fn format_attr(mut self, value: impl Into<String>) -> Self {
            self.format_attr = Some(value.into());
            self
        }
    }
    impl ZoomError {
        /// A value with the required fields only.
        #[must_use]
        pub fn new() -> Self {
            Self {
                code: Default::default(),
                message: Default::default(),
                errors: Default::default(),
            }
        }
        ///Sets `code`.
        pub fn code(mut self, value: i64) -> Self {
            self.code = Some(value);
            self
        }
        ///Sets `message`.
        pub fn message(mut self, value: impl Into<String>) -> Self {
            self.message = Some(value.into());
            self
        }
        ///Sets `errors`.
        pub fn errors(
            mut self,
            value: impl IntoIterator<Item = types::ZoomErrorDetail>,
        ) -> Self {
            self.errors = Some(value.into_iter().collect());
            self
        }
    }
    impl ZoomErrorDetail {
        /// A value with the required fields only.
        #[must_use]
        pub fn new() -> Self {
            Self {
                field: Default::default(),
                message: Default::default(),
            }
        }
        ///Sets `field`.
        pub fn field(mut self, value: impl Into<String>) -> Self {
            self.field = Some(value.into());
            self
        }
        ///Sets `message`.
        pub fn message(mut self, value: impl Into<String>) -> Self {
            self.message = Some(value.into());
            self
        }
    }
    crate::open_enum! {
        #[doc =
        "The member `format_type` of `SendChatMessageRichText`.\n\nA value that is not documented is `Unknown`."]
        SendChatMessageRichTextFormatType { #[doc = "`Bold`"] Bold = "Bold", #[doc =
        "`Italic`"] Italic = "Italic", #[doc = "`Strikethrough`"] Strikethrough =
        "Strikethrough", #[doc = "`BulletedList`"] BulletedList = "BulletedList", #[doc =
        "`NumberedList`"] NumberedList = "NumberedList", #[doc = "`Underline`"] Underline
        = "Underline", #[doc = "`FontSize`"] FontSize = "FontSize", #[doc =
        "`FontColor`"] FontColor = "FontColor", #[doc = "`BackgroundColor`"]
        BackgroundColor = "BackgroundColor", #[doc = "`LeftIndent`"] LeftIndent =
        "LeftIndent", #[doc = "`Paragraph`"] Paragraph = "Paragraph", #[doc = "`Quote`"]
        Quote = "Quote", #[doc = "`AddLink`"] AddLink = "AddLink", }
    }
    impl crate::request::Complete for SendChatMessageRequest {
        fn missing(&self) -> Option<&'static str> {
            None.or_else(|| self.message.is_none().then_some("message"))
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
#[allow(clippy::all)]
impl Client {
    /**Sends a `POST` request to `/chat/users/{user_id}/messages`

*/
    pub(crate) fn send_chat_message_json<'a>(
        &'a self,
        user_id: &'a str,
        body: &'a types::SendChatMessageRequest,
    ) -> Result<::reqwest::Request, Error<()>> {
        let url = format!(
            "{}/chat/users/{}/messages", self.baseurl, encode_path(& user_id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        Ok(request)
    }
    /**Sends a `POST` request to `/chat/users/{user_id}/messages`

*/
    pub(crate) fn send_chat_message<'a>(
        &'a self,
        user_id: &'a str,
        body: &'a types::SendChatMessageRequest,
    ) -> Result<::reqwest::Request, Error<()>> {
        let url = format!(
            "{}/chat/users/{}/messages", self.baseurl, encode_path(& user_id
            .to_string()),
        );
        #[allow(unused_mut)]
        let mut request = crate::multipart::send(
                self
                    .client
                    .post(url)
                    .header(
                        ::reqwest::header::ACCEPT,
                        ::reqwest::header::HeaderValue::from_static("application/json"),
                    ),
                &body,
                &["file_ids"],
            )?
            .build()?;
        Ok(request)
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
