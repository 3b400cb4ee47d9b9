//! Operations as an OpenAPI 3.0.3 document.

mod components;
mod content;
mod form;
mod ids;
mod info;
mod operation;
mod parameter;
mod pending;
mod response;
mod security;
mod server;
mod tags;
mod webhook;
mod wording;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value, json};

use crate::{
    check,
    diagnostic::Diagnostics,
    document::{Document, Fragment, Parts},
    mine::{self, Readings},
    operation::{Draft, Operation, PathValues},
    stored::Stored,
    vendor::Vendor,
};

pub(crate) use components::Fingerprint;
pub use info::Info;
pub(crate) use info::Titles;

use components::Components;
use pending::{Pending, Settled};
use security::Security;
use tags::Tags;

/// The settings of the document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The base URL of items whose URL does not contain it.
    pub base_url: Option<&'a str>,
    /// The document that is to be replaced: its names are kept.
    pub stored: Option<&'a Stored>,
}

/// Writes the document, one operation after the other, then the webhooks: `done` is given each once it is written.
/// `diagnostics` gets each assumption, and where an overlay can settle it.
///
/// # Errors
///
/// When the result is not a consistent OpenAPI document. No input is known to cause this.
pub fn emit(
    info: &Info,
    drafts: Vec<Draft>,
    webhooks: Vec<Draft>,
    options: &Options<'_>,
    diagnostics: &mut Diagnostics,
    mut done: impl FnMut(Operation),
) -> Result<Document, String> {
    let servers = server::decide(&drafts, options.base_url, options.stored, diagnostics);
    let ids = ids::operation_ids(&drafts, options.stored);
    let mut emitter = Emitter {
        components: Components::new(options.stored),
        security: Security::new(&drafts, options.stored),
        vendors: vendors(&drafts),
        uses_error: BTreeSet::new(),
        names_files: info.names_files,
        tags: Tags::new(drafts.iter().chain(&webhooks)),
        pending: Pending::default(),
        readings: Readings::default(),
        is_inline: false,
    };
    let mut parts = Parts::default();
    let mut known_ids = HashSet::new();
    let shared = PathValues::of(&drafts);
    for ((draft, id), own_servers) in drafts.into_iter().zip(ids).zip(&servers.own) {
        let mut operation = draft.merge(&mut emitter.readings, diagnostics);
        shared.add_to(&mut operation);
        let method = operation.method.to_ascii_lowercase();
        let written = emitter.operation(&operation, &id, &method, own_servers);
        check::operation(&operation.template, &method, &written, &mut known_ids)?;
        let written = Fragment::of(&written.into());
        parts.error_codes += operation.errors.len();
        match parts.paths.last_mut() {
            Some((template, methods)) if *template == operation.template => {
                methods.push((method, written));
            }
            _ => {
                let template = operation.template.clone();
                parts.paths.push((template, vec![(method, written)]));
            }
        }
        done(operation);
    }
    let rank = |method: &str| METHODS.iter().position(|known| *known == method);
    for (_, methods) in &mut parts.paths {
        methods.sort_by_key(|(method, _)| rank(method).unwrap_or(METHODS.len()));
    }
    parts.webhooks = emitter.webhooks(webhooks, diagnostics)?;
    emitter.finish(info, &servers.root, options.stored, &mut parts, diagnostics);
    Ok(parts.into())
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

struct Emitter<'s> {
    components: Components<'s>,
    security: Security,
    /// Those of the operations, by name.
    vendors: BTreeMap<&'static str, &'static dyn Vendor>,
    /// Those whose shared error schema is used, by name.
    uses_error: BTreeSet<&'static str>,
    names_files: bool,
    tags: Tags,
    pending: Pending,
    readings: Readings,
    /// Whether schemas stand where they are used, instead of being components.
    is_inline: bool,
}

fn vendors(drafts: &[Draft]) -> BTreeMap<&'static str, &'static dyn Vendor> {
    let vendors = drafts.iter().filter_map(Draft::vendor);
    vendors.map(|vendor| (vendor.name(), vendor)).collect()
}

impl Emitter<'_> {
    /// The name of the shared schema of the vendor's errors, which is used from now on.
    fn shared_error(&mut self, vendor: &'static dyn Vendor) -> Option<&'static str> {
        let (name, _) = vendor.error_schemas().into_iter().next()?;
        self.uses_error.insert(vendor.name());
        Some(name)
    }

    /// Puts into `parts` what is known only at the end, and reports what was told.
    fn finish(
        self,
        info: &Info,
        servers: &[Value],
        stored: Option<&Stored>,
        parts: &mut Parts,
        diagnostics: &mut Diagnostics,
    ) {
        let errors: Vec<(&str, &str, Value)> = self
            .vendors
            .values()
            .flat_map(|vendor| {
                let schemas = vendor.error_schemas().into_iter();
                schemas.map(|(name, schema)| (vendor.name(), name, schema))
            })
            .collect();
        // Taken even where no operation has such errors, so that the first one that does renames nothing.
        let reserved: Vec<&str> = errors.iter().map(|(_, name, _)| *name).collect();
        (parts.names, parts.schemas) = self.components.name(&reserved);
        self.pending.report(&parts.names, diagnostics);
        for (vendor, name, schema) in errors {
            if self.uses_error.contains(vendor) {
                parts
                    .schemas
                    .push((name.to_owned(), Fragment::of(&schema.into())));
            }
        }
        parts.schemas.sort_by(|a, b| a.0.cmp(&b.0));
        parts.security_schemes = self.security.schemes();
        parts.head = head(info, servers, self.tags.written(stored));
    }
}

fn head(info: &Info, servers: &[Value], tags: Vec<Value>) -> Map<String, Value> {
    let mut document = Map::new();
    document.insert("openapi".to_owned(), "3.0.3".into());
    document.insert("x-generated-by".to_owned(), "cargo xtask codegen".into());
    let mut written_info = Map::from_iter([("title".to_owned(), Value::from(info.title.as_str()))]);
    let description = mine::to_markdown(&info.description);
    if !description.is_empty() {
        written_info.insert("description".to_owned(), description.into());
    }
    written_info.insert("version".to_owned(), info.version.as_str().into());
    document.insert("info".to_owned(), Value::Object(written_info));
    let servers: Vec<Value> = match servers {
        // What OpenAPI assumes; linters want it said.
        [] => vec![json!({ "url": "/" })],
        servers => servers.to_vec(),
    };
    document.insert("servers".to_owned(), Value::Array(servers));
    if !tags.is_empty() {
        document.insert("tags".to_owned(), Value::Array(tags));
    }
    document
}
