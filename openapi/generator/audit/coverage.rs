//! What the generator makes of every field of OpenAPI 3.0.3.
//!
//! The tables direct the walk of the audit, and the page about the generator shows them; a test keeps the page equal to
//! them. A text begins with `generated`, `ignored` or `refused`.

/// An object of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Schema,
    Discriminator,
}

/// What the value of a field consists of, as far as the generator reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// No objects that need a look.
    Nothing,
    One(Kind),
    List(Kind),
    Map(Kind),
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    /// What becomes of it.
    #[allow(dead_code, reason = "read by the test of the documentation")]
    pub(crate) text: &'static str,
}

impl Kind {
    /// Every object that has a table.
    #[allow(dead_code, reason = "read by the test of the documentation")]
    pub(crate) const ALL: &'static [(Self, &'static str)] = &[
        (Self::Document, "OpenAPI Object"),
        (Self::Server, "Server Object"),
        (Self::ServerVariable, "Server Variable Object"),
        (Self::Components, "Components Object"),
        (Self::PathItem, "Path Item Object"),
        (Self::Operation, "Operation Object"),
        (Self::Parameter, "Parameter Object"),
        (Self::RequestBody, "Request Body Object"),
        (Self::MediaType, "Media Type Object"),
        (Self::Encoding, "Encoding Object"),
        (Self::Response, "Response Object"),
        (Self::Schema, "Schema Object"),
        (Self::Discriminator, "Discriminator Object"),
    ];

    /// The section of the components in which a `$ref` to such an object must lie, if it may be one.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::PathItem => "pathItems",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Schema => "schemas",
            _ => return None,
        })
    }
}

const fn field(name: &'static str, holds: Holds, text: &'static str) -> Field {
    Field { name, holds, text }
}

/// The fields of an object. `Paths` and `Responses` hold nothing but entries.
pub(crate) fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Document => DOCUMENT,
        Kind::Server => SERVER,
        Kind::ServerVariable => SERVER_VARIABLE,
        Kind::Components => COMPONENTS,
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::Parameter => PARAMETER,
        Kind::RequestBody => REQUEST_BODY,
        Kind::MediaType => MEDIA_TYPE,
        Kind::Encoding => ENCODING,
        Kind::Response => RESPONSE,
        Kind::Schema => SCHEMA,
        Kind::Discriminator => DISCRIMINATOR,
        Kind::Paths | Kind::Responses => &[],
    }
}

use Holds::{List, Map, Nothing, One};

const DOCUMENT: &[Field] = &[
    field(
        "openapi",
        Nothing,
        "generated from 3.0.x; refused: any other version",
    ),
    field("info", Nothing, "ignored"),
    field(
        "servers",
        List(Kind::Server),
        "generated: the path of the first one, which mocks accept before each path; the base URL of a client is the caller's",
    ),
    field("paths", One(Kind::Paths), "generated"),
    field("x-webhooks", Map(Kind::PathItem), "generated: `events`"),
    field("components", One(Kind::Components), "generated"),
    field(
        "security",
        Nothing,
        "ignored: the caller authorizes every request",
    ),
    field("tags", Nothing, "ignored"),
    field("externalDocs", Nothing, "ignored"),
];

const SERVER: &[Field] = &[
    field(
        "url",
        Nothing,
        "generated: `Operation::server`, where an operation or its path has one; refused there: a URL that is not absolute",
    ),
    field("description", Nothing, "ignored"),
    field(
        "variables",
        Map(Kind::ServerVariable),
        "generated: the defaults are filled in; a base URL of the caller replaces the whole URL; refused: a variable that is not defined",
    ),
];

const SERVER_VARIABLE: &[Field] = &[
    field(
        "default",
        Nothing,
        "generated; refused: a variable without it",
    ),
    field("enum", Nothing, "ignored"),
    field("description", Nothing, "ignored"),
];

const COMPONENTS: &[Field] = &[
    field("schemas", Map(Kind::Schema), "generated"),
    field(
        "parameters",
        Map(Kind::Parameter),
        "generated where referenced",
    ),
    field(
        "requestBodies",
        Map(Kind::RequestBody),
        "generated where referenced",
    ),
    field(
        "responses",
        Map(Kind::Response),
        "generated where referenced",
    ),
    field(
        "pathItems",
        Map(Kind::PathItem),
        "generated where referenced, although OpenAPI has them from 3.1 on",
    ),
    field(
        "headers",
        Nothing,
        "ignored: headers of answers are not typed",
    ),
    field("examples", Nothing, "ignored"),
    field("links", Nothing, "ignored"),
    field("callbacks", Nothing, "ignored"),
    field(
        "securitySchemes",
        Nothing,
        "ignored: the caller authorizes every request",
    ),
];

const PATH_ITEM: &[Field] = &[
    field(
        "$ref",
        Nothing,
        "generated: the fields of the path item that it refers to, in `#/paths` or `#/components/pathItems`; refused: any other target, and a field on both sides",
    ),
    field("summary", Nothing, "ignored"),
    field("description", Nothing, "ignored"),
    field("get", One(Kind::Operation), "generated"),
    field("put", One(Kind::Operation), "generated"),
    field("post", One(Kind::Operation), "generated"),
    field("delete", One(Kind::Operation), "generated"),
    field("options", One(Kind::Operation), "generated"),
    field("head", One(Kind::Operation), "generated"),
    field("patch", One(Kind::Operation), "generated"),
    field("trace", One(Kind::Operation), "generated"),
    field("servers", List(Kind::Server), "generated: the first one"),
    field("parameters", List(Kind::Parameter), "generated"),
];

const OPERATION: &[Field] = &[
    field("tags", Nothing, "ignored"),
    field("summary", Nothing, "generated: documentation"),
    field("description", Nothing, "generated: documentation"),
    field("externalDocs", Nothing, "ignored"),
    field(
        "operationId",
        Nothing,
        "generated; where it is missing, an id is made of the method and the path",
    ),
    field("parameters", List(Kind::Parameter), "generated"),
    field("requestBody", One(Kind::RequestBody), "generated"),
    field(
        "responses",
        One(Kind::Responses),
        "generated: one type for all successes; without a 2xx, that of `default`; errors arrive with their body unread",
    ),
    field("callbacks", Nothing, "ignored"),
    field(
        "deprecated",
        Nothing,
        "generated: `#[deprecated]` on the request",
    ),
    field(
        "security",
        Nothing,
        "ignored: the caller authorizes every request",
    ),
    field("servers", List(Kind::Server), "generated: the first one"),
];

const PARAMETER: &[Field] = &[
    field(
        "name",
        Nothing,
        "generated; ignored: the headers `Accept`, `Content-Type` and `Authorization`, as OpenAPI says; refused: a header name that HTTP does not allow, a path parameter that is not in the path",
    ),
    field(
        "in",
        Nothing,
        "generated; all cookies are one text; refused: any other location",
    ),
    field("description", Nothing, "generated: documentation"),
    field(
        "required",
        Nothing,
        "generated: checked before the request is sent",
    ),
    field(
        "deprecated",
        Nothing,
        "generated: `#[deprecated]` on the setter",
    ),
    field(
        "allowEmptyValue",
        Nothing,
        "ignored: an empty text is always sent",
    ),
    field(
        "style",
        Nothing,
        "generated: `simple`, `form`, `spaceDelimited` and `pipeDelimited` of arrays, `deepObject` of objects with known properties; refused: `label`, `matrix`, and other combinations",
    ),
    field(
        "explode",
        Nothing,
        "generated for arrays: one pair for each element, or elements with literal separators in between; refused: `false` for an object in the query",
    ),
    field(
        "allowReserved",
        Nothing,
        "ignored: reserved characters are percent-encoded, which means the same",
    ),
    field(
        "schema",
        One(Kind::Schema),
        "generated: texts, numbers, booleans, enums, and arrays of these in the query; in paths and headers, an array or an object is a text that the caller writes",
    ),
    field("example", Nothing, "ignored"),
    field("examples", Nothing, "ignored"),
    field(
        "content",
        Map(Kind::MediaType),
        "generated: a text that the caller writes in that media type; refused: other than one media type",
    ),
];

const REQUEST_BODY: &[Field] = &[
    field("description", Nothing, "generated: documentation"),
    field(
        "content",
        Map(Kind::MediaType),
        "generated: one request with a method for each further media type; refused: a media type that is not one, and `multipart` types other than `form-data`",
    ),
    field("required", Nothing, "generated"),
];

const MEDIA_TYPE: &[Field] = &[
    field(
        "schema",
        One(Kind::Schema),
        "generated for JSON and forms; bytes for everything else",
    ),
    field("example", Nothing, "ignored"),
    field("examples", Nothing, "ignored"),
    field(
        "encoding",
        Map(Kind::Encoding),
        "generated for forms; ignored elsewhere, as OpenAPI says",
    ),
];

const ENCODING: &[Field] = &[
    field(
        "contentType",
        Nothing,
        "generated: JSON for arrays and objects; files take what the caller says; refused: a media type of a part that is neither JSON nor `text/plain`",
    ),
    field(
        "headers",
        Nothing,
        "refused in `multipart/form-data`, ignored elsewhere, as OpenAPI says",
    ),
    field(
        "style",
        Nothing,
        "generated in `application/x-www-form-urlencoded`: `form`, `spaceDelimited`, `pipeDelimited`; refused there: `deepObject`; ignored elsewhere, as OpenAPI says",
    ),
    field(
        "explode",
        Nothing,
        "generated in `application/x-www-form-urlencoded`; ignored elsewhere, as OpenAPI says",
    ),
    field(
        "allowReserved",
        Nothing,
        "ignored: reserved characters are percent-encoded, which means the same",
    ),
];

const RESPONSE: &[Field] = &[
    field("description", Nothing, "ignored"),
    field(
        "headers",
        Nothing,
        "ignored: `ResponseValue::headers` has them",
    ),
    field(
        "content",
        Map(Kind::MediaType),
        "generated: the JSON, if there is any, otherwise the bytes",
    ),
    field("links", Nothing, "ignored"),
];

const SCHEMA: &[Field] = &[
    field(
        "$ref",
        Nothing,
        "generated: components of this document; refused: other documents, other places, what does not exist, and a schema that is composed of itself",
    ),
    field("title", Nothing, "ignored"),
    field("multipleOf", Nothing, "ignored: values are not validated"),
    field("maximum", Nothing, "generated: documentation"),
    field("exclusiveMaximum", Nothing, "generated: documentation"),
    field("minimum", Nothing, "generated: documentation"),
    field("exclusiveMinimum", Nothing, "generated: documentation"),
    field("maxLength", Nothing, "generated: documentation"),
    field("minLength", Nothing, "generated: documentation"),
    field("pattern", Nothing, "ignored: values are not validated"),
    field("maxItems", Nothing, "generated: documentation"),
    field("minItems", Nothing, "generated: documentation"),
    field("uniqueItems", Nothing, "ignored: values are not validated"),
    field(
        "maxProperties",
        Nothing,
        "ignored: values are not validated",
    ),
    field(
        "minProperties",
        Nothing,
        "ignored: values are not validated",
    ),
    field(
        "required",
        Nothing,
        "generated: checked before a request is sent; fields of answers are always optional",
    ),
    field(
        "enum",
        Nothing,
        "generated: texts are open enums; numbers stay numbers, documented",
    ),
    field(
        "type",
        Nothing,
        "generated; an integer beyond 64 bits, a type that OpenAPI does not have, and none at all are JSON values",
    ),
    field(
        "allOf",
        List(Kind::Schema),
        "generated: one struct with the properties of all",
    ),
    field(
        "oneOf",
        List(Kind::Schema),
        "generated: with `discriminator` an enum with a case for unknown values, otherwise one struct with the properties of all, of which that is required what all require; branches that are not all objects are JSON values",
    ),
    field("anyOf", List(Kind::Schema), "generated: as `oneOf`"),
    field("not", Nothing, "ignored: values are not validated"),
    field("items", One(Kind::Schema), "generated"),
    field("properties", Map(Kind::Schema), "generated"),
    field(
        "additionalProperties",
        One(Kind::Schema),
        "generated: a map, or the field `extra` beside known properties",
    ),
    field("description", Nothing, "generated: documentation"),
    field(
        "format",
        Nothing,
        "generated: `binary` is a file; others are documentation",
    ),
    field(
        "default",
        Nothing,
        "generated: sent for a path parameter, documentation elsewhere",
    ),
    field(
        "nullable",
        Nothing,
        "generated: a method `…_null` where a request can send null; an answer reads null as absent",
    ),
    field(
        "discriminator",
        One(Kind::Discriminator),
        "generated with `oneOf` and `anyOf`; refused elsewhere, if it has a `mapping` or another schema extends this one by `allOf`: its properties would be lost",
    ),
    field("readOnly", Nothing, "generated: not required of requests"),
    field(
        "writeOnly",
        Nothing,
        "ignored: fields of answers are always optional",
    ),
    field("xml", Nothing, "ignored: XML is bytes"),
    field("externalDocs", Nothing, "ignored"),
    field("example", Nothing, "ignored"),
    field(
        "deprecated",
        Nothing,
        "generated: `#[deprecated]` on setters",
    ),
];

const DISCRIMINATOR: &[Field] = &[
    field(
        "propertyName",
        Nothing,
        "generated; refused: a discriminator without it",
    ),
    field(
        "mapping",
        Nothing,
        "generated; refused: a schema that is not a component of this document",
    ),
];
