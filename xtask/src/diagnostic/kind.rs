//! The kinds of warnings.

use super::Note;

/// The kind of a [`Warning`](super::Warning). Warnings are reported in this order: possible mistakes, assumptions, and
/// omissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Values of one place have incompatible types.
    ConflictingTypes,
    /// A value is not of the type that a placeholder states.
    OverruledValue,
    /// A value is not of the format that a placeholder states.
    RefutedFormat,
    /// A description lists other values than the examples.
    DoubtfulEnumeration,
    /// A default does not match its value, or there are two defaults.
    DoubtfulDefault,
    /// A body cannot be read in its declared format.
    UnreadableBody,
    /// An integer has more digits than 64 bits hold.
    HugeInteger,
    /// The server of a request is unknown.
    UnknownServer,
    /// Requests to several servers are one operation.
    SeveralServers,
    /// The server is taken from a description.
    DescribedServer,
    /// An OAuth 2 flow lacks a URL.
    IncompleteFlow,
    /// No answer is saved.
    NoAnswer,
    /// An answer is saved without its status.
    NoStatus,
    /// An error is saved without its body.
    NoErrorBody,
    /// No value shows the type of a place.
    NoType,
    /// The keys of an object look like data, so it is a map.
    KeysAreData,
    /// The nesting was cut.
    CutNesting,
    /// A form field contains JSON text.
    JsonInForm,
    /// A path parameter has another name than in Postman.
    RenamedParameter,
    /// A segment of a path looks like an id.
    LiteralId,
    /// An example would be followed as a reference.
    ReferenceInExample,
    /// A described variable is not in the path.
    UnusedVariable,
    /// A request has a body that is not sent.
    PrunedBody,
    /// A type of authorization that OpenAPI does not have.
    UnknownAuth,
    /// A part of a collection does not specify its authorization.
    OpenAuth,
    /// A credential is described as a parameter.
    DescribedCredential,
    /// HTTP does not allow the name of a header.
    InvalidHeader,
    /// A body has another media type than the declared one.
    OtherMediaType,
    /// More examples are saved than are kept.
    CutExamples,
    /// A method that OpenAPI does not have.
    UnknownMethod,
    /// A protocol that OpenAPI does not describe.
    OtherProtocol,
    /// A request has no URL.
    NoUrl,
    /// An item contains no request.
    NoRequest,
    /// Folders are nested too deeply.
    DeepFolders,
    /// A file among those of a collection is no part of it.
    StrayFile,
    /// There are several environments, and none was chosen.
    SeveralEnvironments,
    /// An action of an overlay has no effect.
    IdleAction,
}

impl Kind {
    /// Its stable id, for programs and searches.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ConflictingTypes => "conflicting-types",
            Self::OverruledValue => "overruled-value",
            Self::RefutedFormat => "refuted-format",
            Self::DoubtfulEnumeration => "doubtful-enumeration",
            Self::DoubtfulDefault => "doubtful-default",
            Self::UnreadableBody => "unreadable-body",
            Self::HugeInteger => "huge-integer",
            Self::UnknownServer => "unknown-server",
            Self::SeveralServers => "several-servers",
            Self::DescribedServer => "described-server",
            Self::IncompleteFlow => "incomplete-flow",
            Self::NoAnswer => "no-answer",
            Self::NoStatus => "no-status",
            Self::NoErrorBody => "no-error-body",
            Self::NoType => "no-type",
            Self::KeysAreData => "keys-are-data",
            Self::CutNesting => "cut-nesting",
            Self::JsonInForm => "json-in-form",
            Self::RenamedParameter => "renamed-parameter",
            Self::LiteralId => "literal-id",
            Self::ReferenceInExample => "reference-in-example",
            Self::UnusedVariable => "unused-variable",
            Self::PrunedBody => "pruned-body",
            Self::UnknownAuth => "unknown-auth",
            Self::OpenAuth => "open-auth",
            Self::DescribedCredential => "described-credential",
            Self::InvalidHeader => "invalid-header",
            Self::OtherMediaType => "other-media-type",
            Self::CutExamples => "cut-examples",
            Self::UnknownMethod => "unknown-method",
            Self::OtherProtocol => "other-protocol",
            Self::NoUrl => "no-url",
            Self::NoRequest => "no-request",
            Self::DeepFolders => "deep-folders",
            Self::StrayFile => "stray-file",
            Self::SeveralEnvironments => "several-environments",
            Self::IdleAction => "idle-action",
        }
    }

    /// A note of this kind.
    pub(crate) fn note(self, text: impl Into<String>) -> Note {
        Note {
            kind: self,
            field: String::new(),
            text: text.into(),
        }
    }
}
