//! The OpenAPI document and its text.
//!
//! As a tree of JSON values a document takes ten times the memory of its text, so the converter keeps the compact text of
//! each operation and component instead. A tree is made only for what must look at the whole: overlays, the report of
//! changes, explanations.

mod fragment;
mod indent;
mod reference;
mod schemas;
mod template;
#[cfg(test)]
mod tests;
mod version;

use std::{
    borrow::Cow,
    io::{self, Write},
};

use serde::Deserialize as _;
use serde_json::{Map, Value};

pub(crate) use fragment::Fragment;
pub(crate) use reference::{
    NO_EXAMPLE, PREFIX, component_name, holds_reference, reference, referent, referred, resolve,
};
pub(crate) use template::{parameters, skeleton};

use crate::vendor;

pub use version::{Version, to_3_1};

use indent::Indented;
use version::WEBHOOKS_3_1;

pub(crate) use crate::diagnostic::WEBHOOKS;

/// An OpenAPI document.
#[derive(Debug)]
pub struct Document(Form);

#[derive(Debug)]
enum Form {
    Parts(Box<Parts>),
    Tree(Value),
}

/// A document in pieces.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The members before the paths.
    pub head: Map<String, Value>,
    /// By template, then by method.
    pub paths: Vec<(String, Vec<(String, Fragment)>)>,
    /// By name, then by method.
    pub webhooks: Vec<(String, Vec<(String, Fragment)>)>,
    /// By name.
    pub schemas: Vec<(String, Fragment)>,
    /// By name.
    pub security_schemes: Map<String, Value>,
    /// The components that the pieces refer to by number.
    pub names: Vec<String>,
    /// How many error codes the operations document.
    pub error_codes: usize,
}

/// The size of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Operations.
    pub operations: usize,
    /// Webhooks, which are not operations.
    pub webhooks: usize,
    /// Component schemas.
    pub schemas: usize,
    /// Documented error codes, of all operations together.
    pub error_codes: usize,
}

impl From<Parts> for Document {
    fn from(parts: Parts) -> Self {
        Self(Form::Parts(Box::new(parts)))
    }
}

impl From<Value> for Document {
    fn from(tree: Value) -> Self {
        Self(Form::Tree(tree))
    }
}

impl Document {
    /// The document as JSON values, made on each call if it is in pieces.
    #[must_use]
    pub fn tree(&self) -> Cow<'_, Value> {
        match &self.0 {
            Form::Parts(parts) => Cow::Owned(parts.tree()),
            Form::Tree(tree) => Cow::Borrowed(tree),
        }
    }

    /// The document in another version of OpenAPI.
    #[must_use]
    pub fn into_version(self, version: Version) -> Self {
        match version {
            Version::V3_0 => self,
            Version::V3_1 => {
                let mut tree = self.tree().into_owned();
                to_3_1(&mut tree);
                tree.into()
            }
        }
    }

    /// Its size.
    #[must_use]
    pub fn size(&self) -> Size {
        match &self.0 {
            Form::Parts(parts) => Size {
                operations: parts.paths.iter().map(|(_, methods)| methods.len()).sum(),
                webhooks: parts.webhooks.len(),
                schemas: parts.schemas.len(),
                error_codes: parts.error_codes,
            },
            Form::Tree(tree) => size_of(tree),
        }
    }

    /// Writes its text: two spaces of indentation, one line end at the end.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match &self.0 {
            Form::Parts(parts) => parts.write(&mut Indented::new(&mut *out))?,
            Form::Tree(tree) => serde_json::to_writer_pretty(&mut *out, tree)?,
        }
        out.write_all(b"\n")
    }
}

/// The webhooks of a document of any version, by name.
fn webhooks(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let webhooks = document
        .get(WEBHOOKS)
        .or_else(|| document.get(WEBHOOKS_3_1));
    webhooks.and_then(Value::as_object).into_iter().flatten()
}

fn size_of(tree: &Value) -> Size {
    let paths = tree.get("paths").and_then(Value::as_object);
    let operations: Vec<&Value> = paths
        .into_iter()
        .flat_map(|paths| paths.values())
        .filter_map(Value::as_object)
        .flat_map(|item| item.values())
        .filter(|operation| operation.get("operationId").is_some())
        .collect();
    let error_codes = operations
        .iter()
        .filter_map(|operation| vendor::documented_errors(operation)?.as_array())
        .map(Vec::len)
        .sum();
    let schemas = tree
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    Size {
        operations: operations.len(),
        webhooks: webhooks(tree).count(),
        schemas: schemas.map_or(0, Map::len),
        error_codes,
    }
}

impl Parts {
    /// A tree would be as deep as the deepest sample, which has passed a parser's limit, and some levels more: this
    /// parser needs none.
    fn tree(&self) -> Value {
        let mut text = Vec::new();
        // Writing to a Vec cannot fail, and what was written can be read; the check finds no paths in a null.
        let _ = self.write(&mut text);
        let mut parser = serde_json::Deserializer::from_slice(&text);
        parser.disable_recursion_limit();
        Value::deserialize(&mut parser).unwrap_or_default()
    }

    /// Writes the text, without blanks.
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut document = Members::begin(out)?;
        for (key, member) in &self.head {
            serde_json::to_writer(document.key(key)?, member)?;
        }
        self.items(document.key("paths")?, &self.paths)?;
        if !self.webhooks.is_empty() {
            self.items(document.key(WEBHOOKS)?, &self.webhooks)?;
        }
        if !self.schemas.is_empty() || !self.security_schemes.is_empty() {
            let mut components = Members::begin(document.key("components")?)?;
            if !self.schemas.is_empty() {
                let mut schemas = Members::begin(components.key("schemas")?)?;
                for (name, schema) in &self.schemas {
                    schema.write(schemas.key(name)?, &self.names)?;
                }
                schemas.end()?;
            }
            if !self.security_schemes.is_empty() {
                serde_json::to_writer(components.key("securitySchemes")?, &self.security_schemes)?;
            }
            components.end()?;
        }
        document.end()
    }

    /// Writes path items.
    fn items(
        &self,
        out: &mut impl Write,
        items: &[(String, Vec<(String, Fragment)>)],
    ) -> io::Result<()> {
        let mut paths = Members::begin(out)?;
        for (template, methods) in items {
            let mut item = Members::begin(paths.key(template)?)?;
            for (method, operation) in methods {
                operation.write(item.key(method)?, &self.names)?;
            }
            item.end()?;
        }
        paths.end()
    }
}

/// An object whose members are written one by one.
struct Members<'w, W> {
    out: &'w mut W,
    is_empty: bool,
}

impl<'w, W: Write> Members<'w, W> {
    fn begin(out: &'w mut W) -> io::Result<Self> {
        out.write_all(b"{")?;
        Ok(Self {
            out,
            is_empty: true,
        })
    }

    /// Where to write the value of the member `key`.
    fn key(&mut self, key: &str) -> io::Result<&mut W> {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *self.out, key)?;
        self.out.write_all(b":")?;
        Ok(self.out)
    }

    fn end(self) -> io::Result<()> {
        self.out.write_all(b"}")
    }
}
