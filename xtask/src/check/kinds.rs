//! The kinds of objects of OpenAPI 3.0, and the members that each has.

use serde_json::Value;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    Flow,
}

/// What stands in a member.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// Anything, which is not looked into.
    Data,
    Text,
    Flag,
    Number,
    /// A whole number that is not negative.
    Count,
    Texts,
    TextMap,
    /// A list of anything.
    Values,
    /// A list of objects, which are looked into elsewhere.
    Lists,
    One(Kind),
    List(Kind),
    Map(Kind),
    /// `content`: media types by their names.
    Content,
}

use Holds::{
    Content, Count, Data, Flag, List, Lists, Map as MapOf, Number, One, Text, TextMap, Texts,
    Values,
};
use Kind::{
    Callback, Components, Contact, Discriminator, Document, Encoding, Example, ExternalDocs, Flow,
    Flows, Header, Info, License, Link, MediaType, Operation, Parameter, PathItem, RequestBody,
    Response, Responses, Schema, SecurityScheme, Server, ServerVariable, Tag, Xml,
};

impl Holds {
    /// What a value is not, if it cannot stand there.
    pub(super) fn mismatch(self, value: &Value) -> Option<&'static str> {
        let are_texts = |items: &Vec<Value>| items.iter().all(Value::is_string);
        let (fits, due) = match self {
            Data => (true, ""),
            Text => (value.is_string(), "a text"),
            Flag => (value.is_boolean(), "true or false"),
            Number => (value.is_number(), "a number"),
            Count => (value.is_u64(), "a whole number from 0 on"),
            Texts => (value.as_array().is_some_and(are_texts), "a list of texts"),
            TextMap => (
                value
                    .as_object()
                    .is_some_and(|map| map.values().all(Value::is_string)),
                "a map of texts",
            ),
            Values | List(_) => (value.is_array(), "a list"),
            Lists => (
                value
                    .as_array()
                    .is_some_and(|items| items.iter().all(Value::is_object)),
                "a list of objects",
            ),
            // Additional properties may be allowed or not.
            One(Schema) => (value.is_object() || value.is_boolean(), "a schema"),
            One(_) | MapOf(_) | Content => (value.is_object(), "an object"),
        };
        (!fits).then_some(due)
    }
}

type Members = &'static [(Holds, &'static [&'static str])];

impl Kind {
    /// The members that the specification names, `x-` members and references apart; of a parameter those that a header
    /// does not have as well.
    fn members(self) -> Members {
        match self {
            Document => &[
                (Text, &["openapi"]),
                (One(Info), &["info"]),
                (List(Server), &["servers"]),
                (MapOf(PathItem), &["paths"]),
                (One(Components), &["components"]),
                (Lists, &["security"]),
                (List(Tag), &["tags"]),
                (One(ExternalDocs), &["externalDocs"]),
            ],
            Info => &[
                (Text, &["title", "description", "termsOfService", "version"]),
                (One(Contact), &["contact"]),
                (One(License), &["license"]),
            ],
            Contact => &[(Text, &["name", "url", "email"])],
            License => &[(Text, &["name", "url"])],
            Server => &[
                (Text, &["url", "description"]),
                (MapOf(ServerVariable), &["variables"]),
            ],
            ServerVariable => &[(Texts, &["enum"]), (Text, &["default", "description"])],
            Components => &[
                (MapOf(Schema), &["schemas"]),
                (MapOf(Response), &["responses"]),
                (MapOf(Parameter), &["parameters"]),
                (MapOf(Example), &["examples"]),
                (MapOf(RequestBody), &["requestBodies"]),
                (MapOf(Header), &["headers"]),
                (MapOf(SecurityScheme), &["securitySchemes"]),
                (MapOf(Link), &["links"]),
                (MapOf(Callback), &["callbacks"]),
            ],
            PathItem => &[
                (Text, &["summary", "description"]),
                (
                    One(Operation),
                    &[
                        "get", "put", "post", "delete", "options", "head", "patch", "trace",
                    ],
                ),
                (List(Server), &["servers"]),
                (List(Parameter), &["parameters"]),
            ],
            Operation => &[
                (Texts, &["tags"]),
                (Text, &["summary", "description", "operationId"]),
                (One(ExternalDocs), &["externalDocs"]),
                (List(Parameter), &["parameters"]),
                (One(RequestBody), &["requestBody"]),
                (One(Responses), &["responses"]),
                (MapOf(Callback), &["callbacks"]),
                (Flag, &["deprecated"]),
                (Lists, &["security"]),
                (List(Server), &["servers"]),
            ],
            ExternalDocs => &[(Text, &["description", "url"])],
            Parameter => &[(Text, &["name", "in"])],
            Header => &[
                (Text, &["description", "style"]),
                (
                    Flag,
                    &[
                        "required",
                        "deprecated",
                        "allowEmptyValue",
                        "explode",
                        "allowReserved",
                    ],
                ),
                (One(Schema), &["schema"]),
                (Data, &["example"]),
                (MapOf(Example), &["examples"]),
                (Content, &["content"]),
            ],
            RequestBody => &[
                (Text, &["description"]),
                (Content, &["content"]),
                (Flag, &["required"]),
            ],
            MediaType => &[
                (One(Schema), &["schema"]),
                (Data, &["example"]),
                (MapOf(Example), &["examples"]),
                (MapOf(Encoding), &["encoding"]),
            ],
            Encoding => &[
                (Text, &["contentType", "style"]),
                (MapOf(Header), &["headers"]),
                (Flag, &["explode", "allowReserved"]),
            ],
            // Their members are statuses and URLs.
            Responses | Callback => &[],
            Response => &[
                (Text, &["description"]),
                (MapOf(Header), &["headers"]),
                (Content, &["content"]),
                (MapOf(Link), &["links"]),
            ],
            Example => &[
                (Text, &["summary", "description", "externalValue"]),
                (Data, &["value"]),
            ],
            Link => &[
                (Text, &["operationRef", "operationId", "description"]),
                (Data, &["parameters", "requestBody"]),
                (One(Server), &["server"]),
            ],
            Tag => &[
                (Text, &["name", "description"]),
                (One(ExternalDocs), &["externalDocs"]),
            ],
            Schema => &[
                (Text, &["title", "pattern", "type", "description", "format"]),
                (Number, &["multipleOf", "maximum", "minimum"]),
                (
                    Flag,
                    &[
                        "exclusiveMaximum",
                        "exclusiveMinimum",
                        "uniqueItems",
                        "nullable",
                        "readOnly",
                        "writeOnly",
                        "deprecated",
                    ],
                ),
                (
                    Count,
                    &[
                        "maxLength",
                        "minLength",
                        "maxItems",
                        "minItems",
                        "maxProperties",
                        "minProperties",
                    ],
                ),
                (Texts, &["required"]),
                (Values, &["enum"]),
                (List(Schema), &["allOf", "oneOf", "anyOf"]),
                (One(Schema), &["not", "items", "additionalProperties"]),
                (MapOf(Schema), &["properties"]),
                (Data, &["default", "example"]),
                (One(Discriminator), &["discriminator"]),
                (One(Xml), &["xml"]),
                (One(ExternalDocs), &["externalDocs"]),
            ],
            Discriminator => &[(Text, &["propertyName"]), (TextMap, &["mapping"])],
            Xml => &[
                (Text, &["name", "namespace", "prefix"]),
                (Flag, &["attribute", "wrapped"]),
            ],
            SecurityScheme => &[
                (
                    Text,
                    &[
                        "type",
                        "description",
                        "name",
                        "in",
                        "scheme",
                        "bearerFormat",
                        "openIdConnectUrl",
                    ],
                ),
                (One(Flows), &["flows"]),
            ],
            Flows => &[(
                One(Flow),
                &[
                    "implicit",
                    "password",
                    "clientCredentials",
                    "authorizationCode",
                ],
            )],
            Flow => &[
                (Text, &["authorizationUrl", "tokenUrl", "refreshUrl"]),
                (TextMap, &["scopes"]),
            ],
        }
    }

    /// What stands in the member `name`.
    pub(super) fn member(self, name: &str) -> Option<Holds> {
        // A header is a parameter without a name and a place.
        let shared = match self {
            Parameter => Header.members(),
            _ => &[],
        };
        self.members()
            .iter()
            .chain(shared)
            .find(|(_, names)| names.contains(&name))
            .map(|(holds, _)| *holds)
    }

    /// The members that must be there; whether an operation must have responses depends on the version.
    pub(super) fn required(self) -> &'static [&'static str] {
        match self {
            Document => &["info", "paths"],
            Info => &["title", "version"],
            License | Tag => &["name"],
            Server | ExternalDocs => &["url"],
            ServerVariable => &["default"],
            Parameter => &["name", "in"],
            RequestBody => &["content"],
            Response => &["description"],
            Discriminator => &["propertyName"],
            SecurityScheme => &["type"],
            Flow => &["scopes"],
            _ => &[],
        }
    }

    /// Where references to this kind lead among the components.
    pub(super) fn section(self) -> Option<&'static str> {
        Components
            .members()
            .iter()
            .find(|(holds, _)| matches!(holds, MapOf(kind) if *kind == self))
            .and_then(|(_, names)| names.first().copied())
    }

    pub(super) fn name(self) -> String {
        format!("{self:?}")
            .chars()
            .flat_map(|c| {
                c.is_uppercase()
                    .then_some(' ')
                    .into_iter()
                    .chain(Some(c.to_ascii_lowercase()))
            })
            .collect::<String>()
            .trim_start()
            .to_owned()
    }
}
