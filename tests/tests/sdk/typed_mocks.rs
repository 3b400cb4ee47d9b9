//! The facade against the typed mocks of the generated client: what it sends is what the document says, and what the
//! document says can be answered is understood.

use httpmock::MockServer;
use zoom_chat_openapi::{mock::MockServerExt, types};
use zoom_chat_sdk::{
    Encoding, Message, Recipient, SendMessage, ZoomChat, errors::SendChatMessageError,
};

fn send(server: &MockServer) -> SendMessage {
    let client = ZoomChat::builder()
        .access_token("t0ken")
        .base_url(server.base_url())
        .build()
        .unwrap();
    let message = Message::new("Hi ").mention("jchill@example.com", "Jill");
    client
        .send_message(Recipient::channel("825c/8d+2b==").unwrap(), message)
        .as_user("a/b{c}=%")
        .reply_to("main")
}

fn expected() -> types::SendChatMessageRequest {
    let mention = types::SendChatMessageAtItem::new()
        .start_position(3)
        .end_position(7)
        .at_type(1)
        .at_contact("jchill@example.com");
    types::SendChatMessageRequest::new()
        .message("Hi @Jill")
        .to_channel("825c/8d+2b==")
        .reply_main_message_id("main")
        .at_items([mention])
}

fn created() -> types::SendChatMessageResponse {
    types::SendChatMessageResponse::new().id("ex35785hgdfjgt")
}

#[tokio::test]
async fn the_message_is_the_documented_one_in_either_encoding() {
    let server = MockServer::start_async().await;
    let multipart = server.send_chat_message(|when, then| {
        when.user_id("a/b{c}=%").body(&expected());
        then.created(&created());
    });
    let json = server.send_chat_message_json(|when, then| {
        when.user_id("a/b{c}=%").body(&expected());
        then.created(&created());
    });
    assert_eq!(send(&server).await.unwrap().id.as_str(), "ex35785hgdfjgt");
    assert_eq!((multipart.calls(), json.calls()), (1, 0));
    send(&server).encoding(Encoding::Json).await.unwrap();
    assert_eq!((multipart.calls(), json.calls()), (1, 1));
}

#[tokio::test]
async fn the_documented_errors_are_understood() {
    let answer = |code, message| types::ZoomError::new().code(code).message(message);
    let server = MockServer::start_async().await;
    let mut bad = server.send_chat_message(|_, then| {
        then.bad_request(&answer(5301, "Message sending failed."));
    });
    let error = send(&server).await.unwrap_err();
    assert_eq!(
        error.documented(),
        Some(SendChatMessageError::MessageSendingFailed)
    );
    bad.delete();
    server.send_chat_message(|_, then| {
        then.not_found(&answer(4130, "Channel does not exist: 825c/8d+2b==."));
    });
    let error = send(&server).await.unwrap_err();
    assert_eq!(
        error.documented(),
        Some(SendChatMessageError::ChannelDoesNotExist {
            to_channel: "825c/8d+2b==".to_owned()
        })
    );
}
