//! The fields of bodies and their constraints.

use serde_json::Value;

use super::{
    Explanation, Subjects,
    part::{ALL, NONE},
    words::{brief, escaped, is_kind, items, kind, members},
    written,
};
use crate::{
    diagnostic::Place,
    document::referred,
    infer::Segment,
    operation::{Content, Subject},
};

/// How deep fields are followed; a document may be recursive.
const MAX_DEPTH: usize = 16;

/// What of a schema is told as its type or as what is inside it, and the example, which states nothing. The rest restricts
/// its values.
const STRUCTURE: [&str; 13] = [
    "$ref",
    "type",
    "format",
    "nullable",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
    "example",
];

/// The body that fields belong to.
#[derive(Clone, Copy)]
pub(super) struct Body<'b> {
    subject: Subject<'b>,
    /// Where it stands.
    at: &'b Place,
    /// Its fields with places of their own, if it is a form.
    form: Option<&'b Content>,
}

impl<'a> Explanation<'a> {
    /// The fields of a body. Those of a form have places of their own.
    pub(super) fn fields(
        &mut self,
        content: &'a Value,
        pointer: &str,
        drafted: Option<&Content>,
        (subject, at): (Subject<'_>, &Place),
    ) {
        let schema = content.get("schema").unwrap_or(&Value::Null);
        let name = referred(schema).unwrap_or_default();
        if self.explained.contains(&name) {
            let fact = format!("  the fields of {name}, as above");
            self.tell(fact, pointer, NONE, |this| this.stated_in(at));
            return;
        }
        self.explained.extend(referred(schema));
        if self.is_shared_error(&name) {
            return;
        }
        let body = Body {
            subject,
            at,
            form: drafted,
        };
        self.schema(schema, &format!("{pointer}/schema"), body, &mut Vec::new());
        for (name, encoding) in members(content.get("encoding")) {
            let place = form_place(drafted, name).unwrap_or(at);
            let media_type = encoding.get("contentType").unwrap_or(&Value::Null);
            let fact = format!("  encoding of {name}: {}", brief(media_type));
            let pointer = format!("{pointer}/encoding/{}", escaped(name));
            self.inferred(fact, (&pointer, ALL), place, Subjects::Type, "");
        }
    }

    /// Whether a schema is the one of all errors of a vendor, whose fields no item states.
    fn is_shared_error(&mut self, name: &str) -> bool {
        let Some(vendor) = self.operation.vendor else {
            return false;
        };
        let is_shared = vendor
            .error_schemas()
            .iter()
            .any(|(known, _)| *known == name);
        if is_shared {
            let fact = format!("  the fields of {name}");
            self.lines
                .push((fact, format!("profile   {}", vendor.name())));
        }
        is_shared
    }

    /// `path` leads from the body to `schema`.
    fn schema(
        &mut self,
        schema: &'a Value,
        pointer: &str,
        body: Body<'_>,
        path: &mut Vec<Segment>,
    ) {
        if path.len() == MAX_DEPTH {
            return;
        }
        let (schema, pointer) = self.resolved(schema, pointer);
        let required: Vec<&str> = items(schema.get("required"))
            .filter_map(Value::as_str)
            .collect();
        for (name, property) in members(schema.get("properties")) {
            path.push(Segment::Key(name.clone()));
            let schema_pointer = &pointer;
            let pointer = format!("{pointer}/properties/{}", escaped(name));
            let required = required.iter().position(|it| it == name);
            let required = required.map(|index| format!("{schema_pointer}/required/{index}"));
            self.field((name, property), required, &pointer, body, path);
            self.schema(property, &pointer, body, path);
            path.pop();
        }
        for (key, step) in [
            ("items", Segment::Item),
            ("additionalProperties", Segment::Value),
        ] {
            if let Some(inner) = schema.get(key).filter(|inner| inner.is_object()) {
                path.push(step);
                self.schema(inner, &format!("{pointer}/{key}"), body, path);
                path.pop();
            }
        }
    }

    /// One field: where it was seen, or that its type was assumed; and, where it is required, what says so there.
    fn field(
        &mut self,
        (name, property): (&str, &Value),
        required: Option<String>,
        pointer: &str,
        body: Body<'_>,
        path: &[Segment],
    ) {
        let indent = "  ".repeat(path.len());
        let outer = path.first().and_then(|segment| match segment {
            Segment::Key(outer) => Some((outer.as_str(), form_place(body.form, outer)?)),
            Segment::Item | Segment::Value => None,
        });
        let (place, field) = match outer {
            Some((_, place)) => (place.clone(), written(path.get(1..).unwrap_or_default())),
            None => (body.at.clone(), written(path)),
        };
        let subject = outer.is_none().then_some(body.subject);
        let fact = format!("{indent}field {}: {}", written(path), kind(property));
        self.tell(fact, pointer, is_kind, |this| {
            let assumption = this.assumption(&place, Subjects::Type, &field);
            assumption.unwrap_or_else(|| this.shown(subject, path, &place))
        });
        if let Some(required) = required {
            let at = self
                .origins
                .said(name, &place, |facts| facts.required.is_some());
            self.stated(format!("{indent}  required"), &required, &at);
        }
        // Only what describes a form's field restricts it.
        let described = outer.filter(|_| path.len() == 1).map(|_| name);
        self.restrictions(property, pointer, &place, described, &indent);
    }

    /// Where a type was seen: in one place, or in several that show different ones.
    pub(super) fn shown(
        &self,
        subject: Option<Subject<'_>>,
        path: &[Segment],
        otherwise: &Place,
    ) -> String {
        let types = subject.map(|subject| self.origins.types(subject, path));
        match types.as_deref() {
            Some([(_, only)]) => self.stated_in(only),
            Some([_, ..]) => {
                let types = types.into_iter().flatten();
                let shown = types.map(|(kind, place)| {
                    let place = self.generated.restored(&place);
                    format!("{kind} in {} “{}” {}", place.file, place.item, place.path)
                });
                format!("inferred  {}", shown.collect::<Vec<_>>().join(", "))
            }
            _ => self.stated_in(otherwise),
        }
    }

    /// What restricts a value, where that did not come with the value itself. `described` is the name of the parameter or
    /// form field whose description may say so.
    pub(super) fn restrictions(
        &mut self,
        schema: &Value,
        pointer: &str,
        at: &Place,
        described: Option<&str>,
        indent: &str,
    ) {
        for (key, value) in members(Some(schema)) {
            if STRUCTURE.contains(&key.as_str()) {
                continue;
            }
            let at = match described {
                Some(name) => self.origins.restriction(name, key, value, at),
                None => at.clone(),
            };
            let fact = format!("{indent}  {key} {}", brief(value));
            self.stated(fact, &format!("{pointer}/{}", escaped(key)), &at);
        }
    }

    /// The schema that a reference stands for, and where that is.
    fn resolved(&mut self, schema: &'a Value, pointer: &str) -> (&'a Value, String) {
        let component =
            referred(schema).map(|name| format!("/components/schemas/{}", escaped(&name)));
        let found = component.and_then(|at| Some((self.document.pointer(&at)?, at)));
        match found {
            Some((schema, at)) => {
                self.components.insert(at.clone());
                (schema, at)
            }
            None => (schema, pointer.to_owned()),
        }
    }
}

/// Where a form's field stands.
fn form_place<'c>(drafted: Option<&'c Content>, name: &str) -> Option<&'c Place> {
    match drafted? {
        Content::Form(fields) => fields.get(name).map(|field| &field.place),
        Content::Json { .. } | Content::Text(_) | Content::Binary => None,
    }
}
