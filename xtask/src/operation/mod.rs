//! Operations: the requests on one method and path, with the facts of each.

mod base;
mod body;
mod collect;
pub(crate) mod contradiction;
mod credential;
mod draft;
mod example;
mod fields;
mod literal;
mod media_type;
mod paragraph;
mod parameter;
mod shared;
mod stated;
mod template;
mod witness;

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::{
    diagnostic::Place,
    infer::Evidence,
    mine::{OperationFacts, Readings},
    name::Taken,
    postman::{Auth, Folder, Request, Server},
    vendor::{DocumentedError, Vendor},
};

pub use base::unify_bases;
pub use credential::share_credentials;
pub use draft::{Draft, drafts, webhooks};
pub use example::{Example, Examples};
pub(crate) use example::{MAX_EXAMPLES, on_one_line};
pub use fields::Fields;
use fields::HeaderNames;
pub use literal::read_ids;
pub use media_type::is_json;
use paragraph::Paragraphs;
pub use parameter::Parameter;
pub(crate) use shared::PathValues;
pub(crate) use stated::Stated;
pub use template::unify_paths;
pub(crate) use witness::{Subject, Witnesses};

/// An operation, with the evidence of all the requests on its method and path.
#[derive(Debug, Default)]
pub struct Operation {
    /// The requests that it comes from.
    pub sources: Vec<Place>,
    /// The name that stands for all requests; empty if there is none.
    pub name: String,
    /// In upper case.
    pub method: String,
    /// The path template.
    pub template: String,
    /// Its base URLs.
    pub servers: Vec<Server>,
    /// The innermost folders.
    pub folders: IndexSet<Vec<Folder>>,
    /// What the first description says that there is.
    pub facts: OperationFacts,
    /// Whose API it belongs to, if that is known.
    pub vendor: Option<&'static dyn Vendor>,
    /// The vendor's extensions.
    pub extensions: BTreeMap<&'static str, Value>,
    /// The OAuth 2 scopes any one of which suffices.
    pub scopes: Vec<String>,
    /// In the order of the requests.
    pub parameters: Fields<(Location, String)>,
    /// By media type.
    pub bodies: IndexMap<String, Content>,
    /// By status, or `default`.
    pub responses: BTreeMap<String, Box<Response>>,
    /// Documented errors with their status.
    pub errors: IndexSet<(u16, DocumentedError)>,
    /// Any of these authorizes it, each all of its parts together; none where nothing is said.
    pub auth: Vec<Vec<Auth>>,
    /// Whether a request came without a body.
    pub lacks_body: bool,
    header_names: HeaderNames,
    /// Those of its description, once there are several requests that describe it.
    paragraphs: Paragraphs,
    /// The keys that its examples have.
    keys: Taken,
    /// Those of the descriptions that were read before.
    readings: Readings,
    /// Which of the requests states what.
    stated: Stated,
    /// The requests themselves.
    requests: Vec<Request>,
}

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// As OpenAPI writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The content of a body in one media type.
#[derive(Debug)]
pub enum Content {
    /// JSON.
    Json {
        /// Its values.
        evidence: Box<Evidence>,
        /// The values as they were saved, without credentials.
        examples: Examples,
    },
    /// A form's fields.
    Form(Fields<String>),
    /// Text.
    Text(Examples),
    /// Bytes.
    Binary,
}

impl Content {
    /// JSON of which nothing was seen yet.
    fn json() -> Self {
        Self::Json {
            evidence: Box::default(),
            examples: Examples::default(),
        }
    }
}

/// An answer.
#[derive(Debug, Default)]
pub struct Response {
    /// Where it was first seen.
    pub place: Place,
    /// The names that answers were saved with, as descriptions.
    pub names: IndexSet<String>,
    /// The reason phrase.
    pub phrase: String,
    /// By name, which is the same in upper and lower case.
    pub headers: IndexMap<String, Box<Parameter>>,
    header_names: HeaderNames,
    /// Whether an answer was saved with its status as a code.
    pub has_code: bool,
    /// By media type.
    pub content: IndexMap<String, Content>,
    /// Whether its name documents errors.
    pub has_errors: bool,
}

impl Operation {
    /// The requests that it comes from.
    pub(crate) fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// The request that states a fact about the operation as a whole.
    pub(crate) fn stated_by(&self, key: &str) -> Option<&Request> {
        self.stated.by(key, &self.requests)
    }
}
