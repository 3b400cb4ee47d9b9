//! The Rust types of events.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::generator::document::{Document, Operation, Schema, component_key};
use crate::generator::lower::names::type_name;
use crate::generator::markdown::code;

/// The maximum nesting of structs; deeper objects are JSON values.
const DEEPEST: usize = 12;

/// Names with another meaning where the structs are defined.
const RESERVED: [&str; 13] = [
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Kind",
    "None",
    "Option",
    "PartialEq",
    "Self",
    "Some",
    "String",
    "Unknown",
    "Vec",
];

/// A struct.
pub(super) struct Struct {
    pub(super) name: String,
    pub(super) docs: String,
    pub(super) fields: Vec<Field>,
}

/// A member of an object.
pub(super) struct Field {
    /// The name in JSON.
    pub(super) name: String,
    pub(super) docs: String,
    /// The Rust type.
    pub(super) kind: TokenStream,
}

/// The structs made so far.
pub(super) struct Structs<'d> {
    document: &'d Document,
    taken: BTreeSet<String>,
    made: Vec<Struct>,
}

impl<'d> Structs<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            taken: RESERVED.into_iter().map(str::to_owned).collect(),
            made: Vec::new(),
        }
    }

    pub(super) fn done(self) -> Vec<Struct> {
        self.made
    }

    /// Takes a name for a struct, with a number if it is taken.
    pub(super) fn claim(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut number = 1;
        while !self.taken.insert(free.clone()) {
            number += 1;
            free = format!("{name}{number}");
        }
        free
    }

    /// Makes the struct of an event, and those of its members.
    pub(super) fn event(
        &mut self,
        name: &str,
        docs: String,
        webhook: &'d Operation,
    ) -> Result<(), String> {
        let body = webhook.request_body.as_ref();
        let body = body
            .map(|body| self.document.request_body(body))
            .transpose()?;
        let schema = body.and_then(|body| body.content.values().next()?.schema.as_ref());
        let none = Schema::default();
        let schema = schema.map_or(Ok(&none), |schema| self.resolved(schema))?;
        self.make(name.to_owned(), docs, &schema.clone(), 0)
    }

    fn make(
        &mut self,
        name: String,
        docs: String,
        schema: &Schema,
        depth: usize,
    ) -> Result<(), String> {
        let at = self.made.len();
        let mut fields = Vec::with_capacity(schema.properties.len());
        for (key, property) in &schema.properties {
            let kind = self.kind(&name, key, property, depth)?;
            fields.push(Field {
                name: key.clone(),
                docs: member_docs(key, property),
                kind,
            });
        }
        // Before those of its members.
        self.made.insert(at, Struct { name, docs, fields });
        Ok(())
    }

    fn kind(
        &mut self,
        owner: &str,
        key: &str,
        schema: &Schema,
        depth: usize,
    ) -> Result<TokenStream, String> {
        let schema = self.resolved(schema)?.clone();
        Ok(match schema.kind.as_deref() {
            Some("string") if schema.format.as_deref() == Some("password") => {
                quote!(crate::Hidden)
            }
            Some("string") => quote!(String),
            Some("integer") => quote!(i64),
            Some("number") => quote!(f64),
            Some("boolean") => quote!(bool),
            Some("array") => {
                let none = Schema::default();
                let items = schema.items.as_deref().unwrap_or(&none);
                let item = self.kind(owner, &format!("{key} item"), items, depth)?;
                quote!(Vec<#item>)
            }
            _ if !schema.properties.is_empty() && depth < DEEPEST => {
                let name = self.claim(&type_name(&format!("{owner} {key}")));
                let docs = match key.strip_suffix(" item") {
                    Some(list) => format!("An item of {} of [`{owner}`].", code(list)),
                    None => format!("The member {} of [`{owner}`].", code(key)),
                };
                self.make(name.clone(), docs, &schema, depth + 1)?;
                let name = format_ident!("{name}");
                quote!(#name)
            }
            _ => quote!(::serde_json::Value),
        })
    }

    /// The schema that a schema refers to.
    fn resolved<'s>(&self, schema: &'s Schema) -> Result<&'s Schema, String>
    where
        'd: 's,
    {
        let mut schema = schema;
        for _ in 0..DEEPEST {
            let Some(reference) = &schema.reference else {
                return Ok(schema);
            };
            let key = component_key(reference, "schemas");
            let target = key.and_then(|key| self.document.components.schemas.get(&key));
            schema = target.ok_or_else(|| format!("{reference} leads nowhere"))?;
        }
        Err("a schema refers to itself".to_owned())
    }
}

/// An example says more of a member than its name.
fn member_docs(key: &str, schema: &Schema) -> String {
    let name = code(key);
    let is_secret = schema.format.as_deref() == Some("password");
    match &schema.example {
        Some(example) if !example.is_array() && !example.is_object() && !is_secret => {
            let example = match example.as_str() {
                Some(text) => code(text),
                None => code(&example.to_string()),
            };
            format!("The member {name}, such as {example}.")
        }
        _ => format!("The member {name}."),
    }
}
