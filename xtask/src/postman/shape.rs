//! The types of what a collection may have where.
//!
//! The readers take each member that has a type they know, and pass over every other one. This says which those are.

use super::{json::Json, way::Way};

/// What may stand at a place. Null, and what is empty, may stand anywhere.
pub(super) struct Shape {
    types: u8,
    /// What a list holds.
    items: Option<&'static Shape>,
    /// What an object has; other members are not read.
    members: &'static [(&'static str, &'static Shape)],
    /// Whether an object without any of them says nothing.
    is_void_without: bool,
}

const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const BOOL: u8 = 4;
const LIST: u8 = 8;
const OBJECT: u8 = 16;

impl Shape {
    const fn of(types: u8) -> Self {
        Self {
            types,
            items: None,
            members: &[],
            is_void_without: false,
        }
    }

    const fn list(mut self, items: &'static Self) -> Self {
        self.types |= LIST;
        self.items = Some(items);
        self
    }

    const fn object(mut self, members: &'static [(&'static str, &'static Self)]) -> Self {
        self.types |= OBJECT;
        self.members = members;
        self
    }

    /// An object that says nothing without any of these members.
    const fn with(self, members: &'static [(&'static str, &'static Self)]) -> Self {
        let mut shape = self.object(members);
        shape.is_void_without = true;
        shape
    }
}

static SCALAR: Shape = Shape::of(TEXT | NUMBER | BOOL);
static FLAG: Shape = Shape::of(BOOL);
static SCALARS: Shape = Shape::of(TEXT | NUMBER | BOOL).list(&SCALAR);
static DESCRIPTION: Shape = Shape::of(TEXT).with(&[("content", &SCALAR)]);

static FIELD: Shape = Shape::of(0).with(&[
    ("key", &SCALAR),
    ("value", &SCALAR),
    ("description", &DESCRIPTION),
    ("disabled", &FLAG),
    ("type", &SCALAR),
    ("contentType", &SCALAR),
    ("src", &SCALARS),
]);
static LINE: Shape = Shape::of(TEXT).with(FIELD.members);
/// A list, of which a text is a whole field, or values by name.
static FIELDS: Shape = Shape::of(OBJECT).list(&LINE);
/// The same as one text.
static TEXT_OR_FIELDS: Shape = Shape::of(TEXT | OBJECT).list(&LINE);
static VARIABLES: Shape = Shape::of(OBJECT).list(&FIELD);

static SEGMENT: Shape = Shape::of(TEXT | NUMBER | BOOL).with(&[("value", &SCALAR)]);
static PATH: Shape = Shape::of(TEXT | NUMBER | BOOL).list(&SEGMENT);
static URL: Shape = Shape::of(TEXT).object(&[
    ("raw", &SCALAR),
    ("protocol", &SCALAR),
    ("host", &SCALARS),
    ("port", &SCALAR),
    ("path", &PATH),
    ("query", &FIELDS),
    ("variable", &VARIABLES),
]);

static FILE: Shape = Shape::of(0).object(&[("src", &SCALAR), ("content", &SCALAR)]);
static GRAPHQL: Shape = Shape::of(TEXT).object(&[
    ("query", &SCALAR),
    ("operationName", &SCALAR),
    ("variables", &GRAPHQL_VARIABLES),
]);
static GRAPHQL_VARIABLES: Shape = Shape::of(TEXT | OBJECT);
static RAW_OPTIONS: Shape = Shape::of(0).object(&[("language", &SCALAR)]);
static OPTIONS: Shape = Shape::of(0).object(&[("raw", &RAW_OPTIONS)]);
static BODY: Shape = Shape::of(0).object(&[
    ("mode", &SCALAR),
    ("disabled", &FLAG),
    ("urlencoded", &TEXT_OR_FIELDS),
    ("formdata", &FIELDS),
    ("file", &FILE),
    ("graphql", &GRAPHQL),
    ("options", &OPTIONS),
]);

static AUTH_PARAMETER: Shape = Shape::of(TEXT | NUMBER | BOOL | LIST);
static AUTH_VALUE: Shape = Shape::of(0).object(&[("key", &SCALAR), ("value", &AUTH_PARAMETER)]);
static AUTH_VALUES: Shape = Shape::of(OBJECT).list(&AUTH_VALUE);
static API_KEY: Shape = Shape::of(0)
    .with(&[
        ("key", &SCALAR),
        ("value", &SCALAR),
        ("in", &SCALAR),
        ("basicConfig", &AUTH_VALUES),
        ("advancedConfig", &AUTH_VALUES),
    ])
    .list(&AUTH_VALUE);
static AUTH: Shape = Shape::of(0).with(&[
    ("type", &SCALAR),
    ("apikey", &API_KEY),
    ("jwt", &AUTH_VALUES),
    ("oauth2", &AUTH_VALUES),
]);

static REQUEST: Shape = Shape::of(TEXT).object(&[
    ("method", &SCALAR),
    ("url", &URL),
    ("urlObject", &URL),
    ("header", &TEXT_OR_FIELDS),
    ("body", &BODY),
    ("auth", &AUTH),
    ("description", &DESCRIPTION),
]);
static RESPONSE: Shape = Shape::of(0).object(&[
    ("name", &SCALAR),
    ("description", &DESCRIPTION),
    ("code", &SCALAR),
    ("status", &SCALAR),
    ("header", &TEXT_OR_FIELDS),
    ("originalRequest", &REQUEST),
    ("_postman_previewlanguage", &SCALAR),
]);
static RESPONSES: Shape = Shape::of(0).list(&RESPONSE);
static BEHAVIOR: Shape = Shape::of(0).object(&[("disableBodyPruning", &FLAG)]);
static ITEMS: Shape = Shape::of(LIST);

/// A request or a folder.
pub(super) static ITEM: Shape = Shape::of(0).object(&[
    ("name", &SCALAR),
    ("description", &DESCRIPTION),
    ("request", &REQUEST),
    ("response", &RESPONSES),
    ("item", &ITEMS),
    ("variable", &VARIABLES),
    ("auth", &AUTH),
    ("protocolProfileBehavior", &BEHAVIOR),
]);

static VERSION: Shape = Shape::of(TEXT | NUMBER | BOOL).with(&[
    ("major", &SCALAR),
    ("minor", &SCALAR),
    ("patch", &SCALAR),
]);
static INFO: Shape = Shape::of(0).object(&[
    ("name", &SCALAR),
    ("description", &DESCRIPTION),
    ("version", &VERSION),
]);

/// A collection as a whole.
pub(super) static COLLECTION: Shape = Shape::of(0).object(&[
    ("info", &INFO),
    ("item", &ITEMS),
    ("variable", &VARIABLES),
    ("auth", &AUTH),
    ("protocolProfileBehavior", &BEHAVIOR),
]);

/// Calls `found` with each value inside `value` that is passed over for its type: its path from there, and what is wrong.
pub(super) fn misfits(value: &Json<'_>, shape: &Shape, found: &mut impl FnMut(String, String)) {
    inside(value, shape, &Way::Start, found);
}

fn inside(value: &Json<'_>, shape: &Shape, way: &Way<'_>, found: &mut impl FnMut(String, String)) {
    let Some((types, name)) = of(value) else {
        return;
    };
    if shape.types & types == 0 {
        let expected = expected(shape.types);
        let subject = way.subject();
        let text = format!("{subject} is {name} instead of {expected}, and is ignored");
        return found(way.path(), text);
    }
    match value {
        Json::List(items) => {
            let Some(shape) = shape.items else { return };
            for (index, item) in items.iter().enumerate() {
                inside(item, shape, &Way::Item(way, index), found);
            }
        }
        Json::Object(members) => {
            let is_known = |key: &str| shape.members.iter().any(|(name, _)| *name == key);
            if shape.is_void_without && !members.iter().any(|(key, _)| is_known(key)) {
                let names = shape.members.iter().map(|(name, _)| format!("`{name}`"));
                let names: Vec<String> = names.take(3).collect();
                let subject = way.subject();
                let text = format!("{subject} has no {}, and is ignored", names.join(" or "));
                return found(way.path(), text);
            }
            for (key, member) in members {
                let known = shape.members.iter().find(|(name, _)| name == key);
                if let Some((key, shape)) = known {
                    inside(member, shape, &Way::Member(way, key), found);
                }
            }
        }
        _ => {}
    }
}

/// The type of a value and its name; `None` of what is null or empty.
fn of(value: &Json<'_>) -> Option<(u8, &'static str)> {
    match value {
        Json::Null => None,
        Json::Text(text) => (!text.is_empty()).then_some((TEXT, "text")),
        Json::Number(_) => Some((NUMBER, "a number")),
        Json::Bool(_) => Some((BOOL, "a boolean")),
        Json::List(items) => (!items.is_empty()).then_some((LIST, "a list")),
        Json::Object(members) => (!members.is_empty()).then_some((OBJECT, "an object")),
    }
}

/// The names of types. Where text may stand, numbers are taken as such.
fn expected(types: u8) -> String {
    let names = [(TEXT, "text"), (LIST, "a list"), (OBJECT, "an object")];
    let names = names.into_iter().filter(|(it, _)| types & it != 0);
    let names: Vec<&str> = names.map(|(_, name)| name).collect();
    match names.is_empty() {
        true => "true or false".to_owned(),
        false => names.join(" or "),
    }
}
