// Generated from zoom-chat.json. Not to be edited.

pub mod operations {
    //! [`When`](::httpmock::When) and [`Then`](::httpmock::Then)
    //! wrappers for each operation. Each can be converted to
    //! its inner type with a call to `into_inner()`. This can
    //! be used to explicitly deviate from permitted values.
    use crate::*;
    pub struct SendChatMessageJsonWhen(::httpmock::When);
    impl SendChatMessageJsonWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            let inner = inner
                .method(::httpmock::Method::POST)
                .path_matches(
                    crate::mock::pattern("^(?:/v2)?/chat/users/[^/]+/messages$"),
                );
            let inner = crate::mock::media_type(inner, "application/json");
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn user_id(self, value: &str) -> Self {
            Self(
                self
                    .0
                    .path_matches(
                        crate::mock::path(
                            &["^(?:/v2)?/chat/users/", "/messages$"],
                            &value.to_string(),
                        ),
                    ),
            )
        }
        pub fn body(self, value: &types::SendChatMessageRequest) -> Self {
            Self(self.0.json_body_obj(&value))
        }
    }
    pub struct SendChatMessageJsonThen(::httpmock::Then);
    impl SendChatMessageJsonThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn default_response(self, status: u16, value: &types::ZoomError) -> Self {
            Self(
                self
                    .0
                    .status(status)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn created(self, value: &types::SendChatMessageResponse) -> Self {
            Self(
                self
                    .0
                    .status(201u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn bad_request(self, value: &types::ZoomError) -> Self {
            Self(
                self
                    .0
                    .status(400u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn not_found(self, value: &types::ZoomError) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
    pub struct SendChatMessageWhen(::httpmock::When);
    impl SendChatMessageWhen {
        pub fn new(inner: ::httpmock::When) -> Self {
            let inner = inner
                .method(::httpmock::Method::POST)
                .path_matches(
                    crate::mock::pattern("^(?:/v2)?/chat/users/[^/]+/messages$"),
                );
            let inner = crate::mock::media_type(inner, "multipart/form-data");
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::When {
            self.0
        }
        pub fn user_id(self, value: &str) -> Self {
            Self(
                self
                    .0
                    .path_matches(
                        crate::mock::path(
                            &["^(?:/v2)?/chat/users/", "/messages$"],
                            &value.to_string(),
                        ),
                    ),
            )
        }
        pub fn body(self, value: &types::SendChatMessageRequest) -> Self {
            Self(crate::mock::multipart(self.0, value, &["file_ids"]))
        }
    }
    pub struct SendChatMessageThen(::httpmock::Then);
    impl SendChatMessageThen {
        pub fn new(inner: ::httpmock::Then) -> Self {
            Self(inner)
        }
        pub fn into_inner(self) -> ::httpmock::Then {
            self.0
        }
        pub fn default_response(self, status: u16, value: &types::ZoomError) -> Self {
            Self(
                self
                    .0
                    .status(status)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn created(self, value: &types::SendChatMessageResponse) -> Self {
            Self(
                self
                    .0
                    .status(201u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn bad_request(self, value: &types::ZoomError) -> Self {
            Self(
                self
                    .0
                    .status(400u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
        pub fn not_found(self, value: &types::ZoomError) -> Self {
            Self(
                self
                    .0
                    .status(404u16)
                    .header("content-type", "application/json")
                    .json_body_obj(&value),
            )
        }
    }
}
/// An extension trait for [`MockServer`](::httpmock::MockServer) that
/// adds a method for each operation. These are the equivalent of
/// type-checked [`mock()`](::httpmock::MockServer::mock) calls.
pub trait MockServerExt {
    fn send_chat_message_json<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::SendChatMessageJsonWhen,
            operations::SendChatMessageJsonThen,
        );
    fn send_chat_message<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::SendChatMessageWhen, operations::SendChatMessageThen);
}
impl MockServerExt for ::httpmock::MockServer {
    fn send_chat_message_json<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(
            operations::SendChatMessageJsonWhen,
            operations::SendChatMessageJsonThen,
        ),
    {
        self.mock(|when, then| {
            config_fn(
                operations::SendChatMessageJsonWhen::new(when),
                operations::SendChatMessageJsonThen::new(then),
            )
        })
    }
    fn send_chat_message<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
    where
        F: FnOnce(operations::SendChatMessageWhen, operations::SendChatMessageThen),
    {
        self.mock(|when, then| {
            config_fn(
                operations::SendChatMessageWhen::new(when),
                operations::SendChatMessageThen::new(then),
            )
        })
    }
}
