//! The kinds of what is told.

use super::Note;

/// What a [`Warning`](super::Warning) is about. The order is that in which they are told: what may be wrong, what was
/// assumed, what was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Values of one place have types that do not go together.
    ConflictingTypes,
    /// A value is not of the type that a placeholder states.
    OverruledValue,
    /// A value is not of the format that a placeholder states.
    RefutedFormat,
    /// A description lists other values than those that are there.
    DoubtfulEnumeration,
    /// A default does not fit, or there are two.
    DoubtfulDefault,
    /// A body is not in the format that it is said to be in.
    UnreadableBody,
    /// An integer has more digits than 64 bits hold.
    HugeInteger,
    /// A request names no server that is known.
    UnknownServer,
    /// Requests to several servers are one operation.
    SeveralServers,
    /// A description names a server.
    DescribedServer,
    /// An OAuth 2 flow lacks a URL.
    IncompleteFlow,
    /// No answer is saved.
    NoAnswer,
    /// An answer is saved without its status.
    NoStatus,
    /// An error is saved without its body.
    NoErrorBody,
    /// No value says what type a place has.
    NoType,
    /// The keys of an object were taken for data.
    KeysAreData,
    /// The nesting was cut.
    CutNesting,
    /// A form field holds JSON text.
    JsonInForm,
    /// A path parameter has another name than in Postman.
    RenamedParameter,
    /// A segment of a path looks like an id.
    LiteralId,
    /// An example would be followed as a reference.
    ReferenceInExample,
    /// A variable is described that the path does not have.
    UnusedVariable,
    /// A request has a body that is not sent.
    PrunedBody,
    /// An authorization that OpenAPI does not know.
    UnknownAuth,
    /// A part of a collection does not say how it is authorized.
    OpenAuth,
    /// What carries an authorization is described as a parameter.
    DescribedCredential,
    /// A header's name is none that HTTP allows.
    InvalidHeader,
    /// A body is of another type than it is said to be.
    OtherMediaType,
    /// More examples are saved than are kept.
    CutExamples,
    /// A method that OpenAPI does not know.
    UnknownMethod,
    /// A protocol that OpenAPI does not describe.
    OtherProtocol,
    /// A request has no URL.
    NoUrl,
    /// An item holds no request.
    NoRequest,
    /// Folders nest too deep.
    DeepFolders,
    /// Several environments were met, and none of them was chosen.
    SeveralEnvironments,
    /// An action of an overlay does nothing.
    IdleAction,
}

impl Kind {
    /// Its name for machines and for searches, which stays.
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
