//! All operations at once: what holds for one holds for each, without a test for each.
//!
//! The build script writes the subjects from the document: a request with the documented examples, and the typed mock
//! that takes them. What they are held against is computed from the Postman items and from the document in here.

mod answers;
mod described;
mod document;
mod errors;
mod given;
mod index;
mod item;
mod messages;
mod mocks;
mod pages;
mod prism;
mod problems;
mod refused;
mod subject;
mod tokens;
mod wire;

#[allow(clippy::all, unused_mut, reason = "generated")]
mod written {
    use zoom_chat_openapi::mock::MockServerExt;
    use zoom_chat_sdk::{requests, retry::RetryPolicy};

    use crate::{
        given::{self, Given},
        subject::{self, Subject},
    };

    include!(concat!(env!("OUT_DIR"), "/subjects.rs"));
}

/// The calls of the index of requests, which the build script takes from its text.
#[allow(clippy::all, reason = "generated")]
mod indexed {
    use serde_json::json;
    use zoom_chat_openapi::multipart::File;
    use zoom_chat_sdk::{Error, Preview, ZoomChat, requests, types};

    use crate::subject::{self, Boxed};

    include!(concat!(env!("OUT_DIR"), "/index.rs"));
}

use written::subjects;
