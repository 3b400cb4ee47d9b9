//! The kinds of warnings.

use super::Note;

/// Declares [`Kind`]: each kind with its id, what it means, and what to do about it.
macro_rules! kinds {
    ($($kind:ident, $id:literal, $meaning:literal, $remedy:literal;)*) => {
        /// The kind of a [`Warning`](super::Warning). Warnings are reported in this order: possible mistakes, assumptions,
        /// and omissions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $meaning] $kind,)*
        }

        impl Kind {
            /// All kinds, in their order.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// Its stable id, for programs and searches.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$kind => $id,)* }
            }

            /// What all warnings of the kind have in common, as a sentence without its full stop.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$kind => $meaning,)* }
            }

            /// What to do about it, as a request.
            #[must_use]
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$kind => $remedy,)* }
            }
        }
    };
}

kinds! {
    ConflictingTypes, "conflicting-types", "values of one place have different types",
        "correct the value that is wrong in the collection";
    OverruledValue, "overruled-value", "a value is not of the type that a placeholder states",
        "correct the value or the placeholder in the collection";
    RefutedFormat, "refuted-format", "a value does not have the format that a placeholder states",
        "correct the value or the placeholder in the collection";
    DoubtfulEnumeration, "doubtful-enumeration", "a description lists other values than the examples show",
        "correct the description or the example";
    DoubtfulDefault, "doubtful-default", "a described default does not match its value or another description",
        "correct the description";
    WrongType, "wrong-type", "a member of the collection is not of the type that Postman writes, and is ignored",
        "correct the member, or export the collection from Postman again";
    InvalidExample, "invalid-example", "an example or a default does not match its schema after an overlay",
        "correct the example or the default in the overlay, or what the overlay says of the schema";
    UnreadableBody, "unreadable-body", "a body cannot be read in its declared format",
        "correct the body, or the type that it is declared as";
    HugeInteger, "huge-integer", "an integer has more digits than 64 bits hold",
        "replace the example by a smaller one if the API does not send such numbers";
    UnknownServer, "unknown-server", "the server of a request is not known",
        "name the server with --base-url, or define the variable in the collection or in an --environment";
    SeveralServers, "several-servers", "requests to several servers have the same method and path",
        "define the variables of the servers, or convert the collections of different APIs separately";
    DescribedServer, "described-server", "a description names a server",
        "write the server into the URL of the request";
    IncompleteFlow, "incomplete-flow", "an OAuth 2 flow lacks a URL",
        "fill in the URL in the authorization settings of the collection";
    NoAnswer, "no-answer", "an operation has no saved successful answer",
        "save an example of the answer in Postman";
    NoStatus, "no-status", "a saved answer has no status",
        "set the status of the example in Postman";
    NoErrorBody, "no-error-body", "an error is saved without its body",
        "save an example of the error with its body if that differs from the shared schema";
    NoType, "no-type", "no value shows the type of a place",
        "fill in an example value in the collection";
    KeysAreData, "keys-are-data", "the keys of an object look like data, so that it is taken as a map",
        "replace the keys by names if they are not data";
    CutNesting, "cut-nesting", "the exporter cut nested values",
        "fill in the missing value in the collection";
    JsonInForm, "json-in-form", "a form field contains JSON text, and is described by its content",
        "describe the field as text if the API does not parse it";
    RenamedParameter, "renamed-parameter", "a path parameter has another name than in the collection",
        "rename the variable in the URL";
    LiteralId, "literal-id", "a segment of a path looks like an id",
        "write a path variable such as `:id` if it is one";
    ReferenceInExample, "reference-in-example", "an example contains `$ref`, which readers of the document would follow",
        "remove the `$ref` member from the example";
    UnusedVariable, "unused-variable", "a described variable does not occur in the path",
        "delete the variable, or write it into the path";
    PrunedBody, "pruned-body", "a request has a body that Postman does not send",
        "delete the body, or set `disableBodyPruning` if it is sent";
    UnknownAuth, "unknown-auth", "OpenAPI has no counterpart of a type of authorization",
        "describe the authorization with an overlay";
    SeveralAuth, "several-auth", "a part of a collection states several types of authorization, of which the first is used",
        "describe the others with an overlay";
    OpenAuth, "open-auth", "a part of a collection does not specify its authorization",
        "set the authorization of the request in Postman";
    DescribedCredential, "described-credential", "a credential is described as a parameter",
        "move the description to the request or to the collection";
    MaskedCredential, "masked-credential", "a value or a description contains what looks like a credential, which is not written",
        "check that it is a placeholder, and revoke it if it is not";
    InvalidHeader, "invalid-header", "HTTP does not allow the name of a header",
        "correct the name of the header";
    OtherMediaType, "other-media-type", "a body is JSON but is declared as something else",
        "correct the Content-Type, or the language of the body";
    CutExamples, "cut-examples", "more examples are saved than the document keeps",
        "delete the examples that say the same";
    UnknownMethod, "unknown-method", "OpenAPI 3.0 does not have the method of a request",
        "correct the method, or describe the request elsewhere";
    OtherProtocol, "other-protocol", "OpenAPI does not describe the protocol of a request",
        "describe the request elsewhere";
    NoUrl, "no-url", "a request has no URL",
        "fill in the URL, or delete the request";
    NoRequest, "no-request", "an item contains no request",
        "delete the item, or add its request";
    DeepFolders, "deep-folders", "folders are nested too deeply",
        "move the inner folders out";
    StrayFile, "stray-file", "a file among those of a collection is not a part of it",
        "move the file out of the folder of the collection, or correct its name";
    SeveralEnvironments, "several-environments", "there are several environments, and none was chosen",
        "choose one with --environment";
    IdleAction, "idle-action", "an action of an overlay has no effect",
        "delete the action, or correct its target";
}

impl Kind {
    /// A note of this kind.
    pub(crate) fn note(self, text: impl Into<String>) -> Note {
        Note {
            kind: self,
            field: String::new(),
            text: text.into(),
            mentions: Vec::new(),
        }
    }
}
