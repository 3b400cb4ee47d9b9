//! Knowledge about a vendor's APIs that Postman files do not contain.
//!
//! The other modules name no vendor. They ask a [`Vendor`] where a request has one: which of them a file belongs to is
//! decided once, when it is read, by a [`Profile`].

use std::fmt;

use serde_json::Value;

use crate::VENDORS;

/// The knowledge of one vendor.
pub trait Vendor: fmt::Debug + Sync {
    /// What the command line calls it.
    fn name(&self) -> &'static str;

    /// Whether a URL leads to one of the vendor's hosts.
    fn owns(&self, url: &str) -> bool;

    /// Whether a description shows that it is the vendor's: by a link to its documentation, or by a label of its own.
    fn is_author_of(&self, description: &str) -> bool;

    /// The base URL of requests that leave theirs open.
    fn server(&self) -> &'static str;

    /// The endpoints of OAuth 2 flows that leave theirs open.
    fn oauth(&self) -> OAuth;

    /// What the description of a request states.
    fn description(&self, text: &str) -> Described;

    /// The errors that the name of a saved answer documents, and the rest of it.
    fn answer(&self, name: &str) -> (Vec<DocumentedError>, String);

    /// The extensions in which operations state what descriptions do, in the order in which they are written.
    fn extensions(&self) -> &'static [Extension];

    /// The extension in which operations list documented errors.
    fn errors_key(&self) -> &'static str;

    /// The shared schema of error bodies, under its name, and the schemas that it refers to.
    fn error_schemas(&self) -> Vec<(&'static str, Value)>;

    /// Whether the shared schema describes this error body.
    fn is_error(&self, body: &Value) -> bool;
}

/// The extensions of all vendors.
pub(crate) fn all_extensions() -> impl Iterator<Item = &'static Extension> {
    VENDORS.into_iter().flat_map(Vendor::extensions)
}

/// The extensions of all vendors that hold `kind`.
pub(crate) fn extensions(kind: ExtensionKind) -> impl Iterator<Item = &'static Extension> {
    all_extensions().filter(move |extension| extension.kind == kind)
}

/// The documented errors of an operation in a document, whoever's it is.
pub(crate) fn documented_errors(operation: &Value) -> Option<&Value> {
    VENDORS
        .into_iter()
        .find_map(|vendor| operation.get(vendor.errors_key()))
}

/// OAuth 2 endpoints.
#[derive(Clone, Copy, Debug)]
pub struct OAuth {
    /// The name of the security scheme.
    pub scheme: &'static str,
    /// Where a user authorizes an app.
    pub authorization_url: &'static str,
    /// Where tokens are issued.
    pub token_url: &'static str,
}

/// An extension of operations.
#[derive(Clone, Copy, Debug)]
pub struct Extension {
    /// Its key: `x-…`.
    pub key: &'static str,
    /// Its name in messages.
    pub name: &'static str,
    /// The type of its value.
    pub kind: ExtensionKind,
}

/// The type of an extension's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtensionKind {
    /// A list of OAuth 2 scopes, any one of which suffices.
    Scopes,
    /// One text. An operation has only one, so its requests must agree.
    Label,
}

/// The facts in a description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// The text without what was read.
    pub rest: String,
    /// The values of extensions, by key.
    pub extensions: Vec<(&'static str, Value)>,
    /// The OAuth 2 scopes that an operation requires, any one of which suffices.
    pub scopes: Vec<String>,
    /// The base URL that a sentence names, one of the vendor's own. The sentence stays in the text.
    pub server: Option<String>,
}

/// A documented error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentedError {
    /// The code in the error body.
    pub code: i64,
    /// Its text as Markdown on one line; may be empty.
    pub message: String,
}

/// The vendor whose knowledge applies.
#[derive(Clone, Copy, Debug, Default)]
pub enum Profile {
    /// That of the vendor whose files show that they are its own; to other files, none.
    #[default]
    Detected,
    /// None.
    None,
    /// This vendor's, to all files.
    Of(&'static dyn Vendor),
}

impl Profile {
    /// The profile that `name` stands for: `auto`, `none`, or the name of a vendor.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "auto" => Some(Self::Detected),
            "none" => Some(Self::None),
            name => {
                let vendor = VENDORS.into_iter().find(|vendor| vendor.name() == name)?;
                Some(Self::Of(vendor))
            }
        }
    }

    /// The names of all profiles.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let vendors = VENDORS.into_iter().map(Vendor::name);
        ["auto", "none"].into_iter().chain(vendors)
    }
}
