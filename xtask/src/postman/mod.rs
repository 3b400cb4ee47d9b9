//! Postman files of every kind as requests of one shape.
//!
//! v2.0 and v2.1 are read as they stand, one item at a time. What is in another format (v1, v3) is converted to v2.1 first,
//! and [`Origins`] turn the places in messages back.
//!
//! Reading is tolerant: what is absent, null or of an odd type reads as absent, because real exports hold all of that.
//! What cannot be carried over is reported, never dropped.

mod auth;
mod body;
mod bundle;
mod collection;
mod environment;
mod field;
mod foreign;
mod header;
mod json;
mod node;
mod origin;
mod outcome;
mod owner;
mod read;
mod request;
mod response;
mod settings;
mod shape;
mod status;
mod url;
mod v1;
mod v3;
mod variables;
mod walk;
mod way;

pub use auth::{Auth, Flow};
pub use body::{Body, FORM};
pub(crate) use bundle::{Sorted, read_environment, sort};
pub use collection::Refusal;
pub use environment::Environment;
pub use field::Field;
pub use origin::Origins;
pub use outcome::Outcome;
pub(crate) use read::read;
pub use read::read_text;
pub(crate) use request::described_credential;
pub use response::Saved;
pub use settings::Settings;
pub(crate) use url::unresolvable;
pub use url::{Part, Segment, Server, ServerVariable, Url};

use crate::{diagnostic::Place, vendor::Vendor};

/// The URL of requests that the API sends itself, to the servers of those who use it. The variable may have any value.
pub const WEBHOOK_URL: &str = "{{webhookUrl}}";

/// One request of a Postman file.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where it stands.
    pub place: Place,
    /// Whose API it belongs to, if that is known.
    pub vendor: Option<&'static dyn Vendor>,
    /// The item's name.
    pub name: String,
    /// The names of the folders around it, outermost first.
    pub folders: Vec<Folder>,
    /// The description, as written.
    pub description: String,
    /// Whether it is what the API sends to others, rather than what it takes: its whole URL is [`WEBHOOK_URL`].
    pub is_webhook: bool,
    /// The HTTP method, in upper case.
    pub method: String,
    /// Where it goes.
    pub url: Url,
    /// The cookies, without their values.
    pub cookies: Vec<Field>,
    /// The headers, without those that OpenAPI expresses elsewhere.
    pub headers: Vec<Field>,
    /// The media type that a `Content-Type` header states.
    pub content_type: Option<String>,
    /// The body, if there is one.
    pub body: Option<Body>,
    /// The media type of the answer, where it accepts no other.
    pub accepted: Option<String>,
    /// What it sends to authorize itself, all of it together; `None` where nothing is said.
    pub auth: Option<Vec<Auth>>,
    /// The saved answers.
    pub responses: Vec<Saved>,
}

impl Request {
    /// Lets go of the space for more: all requests of a file are held at once, and most lists have one entry.
    fn shrink_to_fit(&mut self) {
        self.url.segments.shrink_to_fit();
        self.url.path_fields.shrink_to_fit();
        self.url.query.shrink_to_fit();
        self.headers.shrink_to_fit();
        self.responses.shrink_to_fit();
    }
}

/// A folder of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Folder {
    /// Its name.
    pub name: String,
    /// Its description, as written.
    pub description: String,
}
