//! Postman items and collections become one OpenAPI document.
//!
//! Programs call [`codegen::convert`], which needs no file system; [`codegen::generate`] reads files and folders.
//!
//! The way of the data, each stage a module: [`source`] reads files, [`postman`] makes requests of them, [`operation`]
//! takes requests together by method and path and collects what [`infer`] and [`mine`] can learn from them, [`emit`]
//! writes the document, [`overlay`] adds what no item carries, [`check`] holds it against OpenAPI, [mod@write] stores it.
//! [`codegen`] runs them in that order; [`changes`] says what is new.

pub mod changes;
pub mod check;
pub mod cli;
pub mod codegen;
mod components;
mod contradiction;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod index;
pub mod infer;
pub mod lenient_json;
pub mod mine;
pub mod name;
pub mod operation;
pub mod overlay;
pub mod postman;
pub mod report;
pub mod security;
pub mod server;
mod site;
pub mod source;
pub mod stored;
pub mod syntax;
pub mod vendor;
pub mod write;
pub mod zoom;

/// The vendors whose APIs are known.
pub const VENDORS: [&dyn vendor::Vendor; 1] = [&zoom::Zoom];

/// The vendor of this project's own items, and the document that is made of them.
pub(crate) const OWN: (&dyn vendor::Vendor, &str) = (&zoom::Zoom, zoom::DOCUMENT);

/// The library that is generated from it.
pub(crate) use zoom::LIBRARY;
