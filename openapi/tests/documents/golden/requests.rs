// Generated from zoom-chat.json. Not to be edited.

#[allow(unused_imports)]
use crate::{errors, operations, request, response, types};
/**Send a chat message

Send chat messages on Zoom to either an individual user who is in your contact list or to a [channel](https://support.zoom.us/hc/en-us/articles/200912909-Getting-Started-With-Channels-Group-Messaging-) of which you are a member. For user-level apps, pass [the `me` value](https://marketplace.zoom.us/docs/api-reference/using-zoom-apis#mekeyword) instead of the `userId` parameter.

To send a message to a contact, provide the contact's email address in the `to_contact` field. To send a message to a channel, provide the channel's ID in `to_channel` parameter

**Scopes:** `chat_message:write`, `chat_message:write:admin`&lt;br>**[Rate Limit Label](https://marketplace.zoom.us/docs/api-reference/rate-limits#rate-limits):** `Medium`

 &lt;p style="background-color:#e1f5fe; color:#01579b; padding:8px"> &lt;b>Note:&lt;/b> For an &lt;b>account-level&lt;/b> &lt;a href="https://marketplace.zoom.us/docs/guides/getting-started/app-types/create-oauth-app">OAuth app&lt;/a>, this API can only be used on behalf of a user who is assigned with a &lt;a href="https://support.zoom.us/hc/en-us/articles/115001078646-Using-role-management#:~:text=Each%20user%20in%20a%20Zoom,owner%2C%20administrator%2C%20or%20member.&text=Role%2Dbased%20access%20control%20enables,needs%20to%20view%20or%20edit."> role&lt;/a> that has the &lt;b>Edit&lt;/b> permission for &lt;b>Chat Messages&lt;/b>.&lt;/p>

Zoom's operation `sendChatMessage`, `POST /chat/users/{userId}/messages`.

The token needs one of the scopes `chat_message:write`, `chat_message:write:admin`.

The token needs one of the granular scopes `team_chat:write:user_message`, `team_chat:write:user_message:admin`.

Rate limit label: `MEDIUM`.

Not safe to retry after an attempt that may have taken effect: it can take effect twice.

Documented errors ([`SendChatMessageError`](crate::errors::SendChatMessageError)): [`MessageSendingFailed`](crate::errors::SendChatMessageError::MessageSendingFailed), [`OnlySupportsRepliesToMainMessage`](crate::errors::SendChatMessageError::OnlySupportsRepliesToMainMessage), [`UserDoesNotExist`](crate::errors::SendChatMessageError::UserDoesNotExist), [`ChannelDoesNotExist`](crate::errors::SendChatMessageError::ChannelDoesNotExist), [`AccountSettingsDoNotAllowFilesToBeSent`](crate::errors::SendChatMessageError::AccountSettingsDoNotAllowFilesToBeSent), [`InvalidParameterSendTime`](crate::errors::SendChatMessageError::InvalidParameterSendTime), [`FailedToCreateInteractiveCard`](crate::errors::SendChatMessageError::FailedToCreateInteractiveCard), [`UserCannotChatWithOthers`](crate::errors::SendChatMessageError::UserCannotChatWithOthers), [`CannotSendMessageToE2eChannel`](crate::errors::SendChatMessageError::CannotSendMessageToE2eChannel), [`CannotSendMessageToArchivedChannel`](crate::errors::SendChatMessageError::CannotSendMessageToArchivedChannel), [`CannotSendMessageToBlockedContact`](crate::errors::SendChatMessageError::CannotSendMessageToBlockedContact).

# Examples
```
# use zoom_chat_openapi::{Paged, multipart::File, requests, types};
# use serde_json::json;
// send a message
// write to a channel
requests::SendChatMessage::new("user_id").message("Hello;").to_channel("channel_id");
// send a message with a file
requests::SendChatMessage::new("user_id")
    .file_ids(["file_id"])
    .to_contact("dev@example.com");
```*/
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is called"]
pub struct SendChatMessage {
    user_id: String,
    body: types::SendChatMessageRequest,
    encoding: u8,
}
impl SendChatMessage {
    /**A request with its path parameters.

`user_id` is a path parameter.*/
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            body: types::SendChatMessageRequest::new(),
            encoding: 0,
        }
    }
    /**The message to be sent.

At most 1024 characters.

Required.*/
    pub fn message(mut self, value: impl Into<String>) -> Self {
        self.body.message = Some(value.into());
        self
    }
    ///The email address of the contact to whom you would like to send the message.
    pub fn to_contact(mut self, value: impl Into<String>) -> Self {
        self.body.to_contact = Some(value.into());
        self
    }
    ///The Channel Id of the channel where you would like to send a message.
    pub fn to_channel(mut self, value: impl Into<String>) -> Self {
        self.body.to_channel = Some(value.into());
        self
    }
    ///The reply message's ID. This field only returns if the message is a reply message.
    pub fn reply_main_message_id(mut self, value: impl Into<String>) -> Self {
        self.body.reply_main_message_id = Some(value.into());
        self
    }
    ///[Chat mentions](https://support.zoom.us/hc/en-us/articles/360037567431-Using-chat-mentions-and-slash-commands) object. Use this object to include mentions in the message that will be sent to a channel.
    pub fn at_items(
        mut self,
        value: impl IntoIterator<Item = types::SendChatMessageAtItem>,
    ) -> Self {
        self.body.at_items = Some(value.into_iter().collect());
        self
    }
    ///At most 6 items.
    pub fn file_ids(
        mut self,
        value: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.body.file_ids = Some(value.into_iter().map(Into::into).collect());
        self
    }
    ///Sets `rich_text`.
    pub fn rich_text(
        mut self,
        value: impl IntoIterator<Item = types::SendChatMessageRichText>,
    ) -> Self {
        self.body.rich_text = Some(value.into_iter().collect());
        self
    }
    ///At most 5 items.
    pub fn interactive_cards(
        mut self,
        value: impl IntoIterator<Item = types::SendChatMessageInteractiveCard>,
    ) -> Self {
        self.body.interactive_cards = Some(value.into_iter().collect());
        self
    }
    ///Format `date-time`.
    pub fn scheduled_time(mut self, value: impl Into<String>) -> Self {
        self.body.scheduled_time = Some(value.into());
        self
    }
    /// Sets the whole body, and replaces the properties that were set before.
    pub fn body(mut self, value: types::SendChatMessageRequest) -> Self {
        self.body = value;
        self
    }
    ///Sends the body as `multipart/form-data`.
    pub fn as_multipart(mut self) -> Self {
        self.encoding = 0u8;
        self
    }
    ///Sends the body as `application/json`.
    pub fn as_json(mut self) -> Self {
        self.encoding = 1u8;
        self
    }
}
impl crate::sealed::Sealed for SendChatMessage {}
impl crate::Request for SendChatMessage {
    type Response = types::SendChatMessageResponse;
    type Error = errors::SendChatMessageError;
    const ANSWER: response::Answer<types::SendChatMessageResponse> = response::Answer::Whole(
        response::json,
    );
    fn operation(&self) -> &'static crate::Operation {
        &operations::SEND_CHAT_MESSAGE
    }
    fn check(&self) -> Result<(), request::InvalidRequest> {
        request::Check::of("sendChatMessage")
            .path("userId", &self.user_id)
            .complete(&self.body)
            .finish()
    }
    fn build(&self, client: &crate::Client) -> Result<::reqwest::Request, crate::Error> {
        match self.encoding {
            0u8 => client.send_chat_message(&self.user_id, &self.body),
            _ => client.send_chat_message_json(&self.user_id, &self.body),
        }
    }
}
