//! Typed mock servers of every operation, for tests of programs that use this crate.
//!
//! Each operation has a method of [`MockServerExt`]: `when` takes the parameters and the body that the document has, `then`
//! answers with its types. What no mock matches is answered with 404.
//!
//! ```
//! use zoom_chat_sdk::{
//!     Recipient, ZoomChat,
//!     mock::{MockServer, MockServerExt},
//!     types::SendChatMessageResponse,
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = MockServer::start_async().await;
//! let mock = server.send_chat_message(|when, then| {
//!     when.user_id("me");
//!     then.created(&SendChatMessageResponse::new().id("a1b2c3"));
//! });
//! let zoom = ZoomChat::builder().access_token("token").base_url(server.base_url()).build()?;
//! let sent = zoom.send_message(Recipient::channel("825c")?, "Hello").await?;
//! assert_eq!(sent.id.as_str(), "a1b2c3");
//! mock.assert();
//! # Ok(())
//! # }
//! ```

pub use zoom_chat_openapi::mock::{MockServerExt, httpmock, operations};

pub use self::httpmock::MockServer;
