//! Clients of documents that a converter may come to make, however odd.
//!
//! Each document in `documents/` holds one kind of oddity. It is generated like the real
//! one and is a module here, so whatever fails to generate or to compile fails this
//! crate. The tests then check that what compiles also means what the document says.

// Only their own crate can make these, so this one has them too.
#[path = "../../../src/error.rs"]
mod error;
#[path = "../../../src/operation.rs"]
mod operation;

#[path = "../../../src/open_enum.rs"]
mod open_enum;
#[path = "../../../src/tagged_union.rs"]
mod tagged_union;

pub use self::error::{DocumentedError, OperationError};
// Named in the arguments of macros, where the paths are not those of a module.
pub use self::operation::{Operation, RateLimitLabel};
pub use zoom_chat_openapi::{Shown, TokenKind};
// What the files above reach.
use zoom_chat_openapi::lenient;

macro_rules! document {
    ($file:literal, $name:ident) => {
        #[allow(missing_docs, unreachable_pub, rustdoc::bare_urls)]
        #[deny(unused)]
        pub mod $name {
            // For the generated code, which need not have any of these.
            pub use crate::{DocumentedError, Operation, OperationError, RateLimitLabel};
            #[allow(unused_imports)]
            pub(crate) use crate::{open_enum::open_enum, tagged_union::tagged_union};
            use progenitor_client::{ClientHooks, OperationInfo};
            use std::fmt::Debug;
            pub use zoom_chat_openapi::{
                Attempt, ByteStream, Error, Hidden, InvalidRequest, Page, ResponseValue, lenient,
                multipart, nullable, query, record, request, response, template, tolerant,
                urlencoded,
            };

            // As that of the real crate, of whose client it cannot be.
            pub trait Request: sealed::Sealed + Clone + Debug + Send + Sync + 'static {
                type Response: Send + 'static;
                type Error: OperationError;
                fn operation(&self) -> &'static Operation;
                fn check(&self) -> Result<(), InvalidRequest>;
                const ANSWER: response::Answer<Self::Response>;
                #[allow(clippy::result_large_err)]
                fn build(&self, client: &Client) -> Result<reqwest::Request, Error>;
                fn send(
                    &self,
                    client: &Client,
                ) -> impl Future<Output = Result<ResponseValue<Self::Response>, Error>> + Send
                {
                    async move {
                        self.check()?;
                        let operation_id = self.operation().id;
                        let info = OperationInfo { operation_id };
                        let request = self.build(client)?;
                        let response = client.exec(request, &info).await?;
                        if response.status().is_success() {
                            response::read(response, Self::ANSWER).await
                        } else {
                            Err(Error::UnexpectedResponse(response))
                        }
                    }
                }
            }

            pub trait Paged: Request<Response: Page> {
                #[must_use]
                fn page(self, token: String) -> Self;
            }

            mod sealed {
                pub trait Sealed {}
            }

            // What is allowed in each is what the real crate allows.
            #[allow(deprecated, unused_qualifications, clippy::all, clippy::pedantic)]
            pub mod requests {
                include!(concat!(env!("OUT_DIR"), "/", $file, "/requests.rs"));
            }

            #[allow(
                dead_code,
                deprecated,
                unused_imports,
                unused_qualifications,
                clippy::all,
                clippy::pedantic,
                clippy::nursery,
                clippy::restriction,
                rustdoc::all
            )]
            pub mod client {
                include!(concat!(env!("OUT_DIR"), "/", $file, "/client.rs"));

                impl ClientHooks<super::Attempt> for Client {}
            }
            #[allow(clippy::all, clippy::pedantic)]
            pub mod operations {
                include!(concat!(env!("OUT_DIR"), "/", $file, "/operations.rs"));
            }
            #[allow(clippy::all, clippy::pedantic)]
            pub mod events {
                include!(concat!(env!("OUT_DIR"), "/", $file, "/events.rs"));
            }
            #[allow(clippy::all, clippy::pedantic)]
            pub mod errors {
                include!(concat!(env!("OUT_DIR"), "/", $file, "/errors.rs"));
            }
            pub mod mock {
                pub use zoom_chat_openapi::mock::{
                    bytes, media_type, multipart, part, path, pattern, urlencoded,
                };

                #[allow(
                    missing_debug_implementations,
                    unused_imports,
                    unused_qualifications,
                    clippy::all,
                    clippy::pedantic,
                    clippy::nursery,
                    clippy::restriction,
                    rustdoc::all
                )]
                pub mod generated {
                    include!(concat!(env!("OUT_DIR"), "/", $file, "/mocks.rs"));
                }
                pub use self::generated::MockServerExt;
            }
            pub use self::client::{Client, types};
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/documents.rs"));
