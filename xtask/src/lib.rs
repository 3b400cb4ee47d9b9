//! Converts Postman items and collections into one OpenAPI document.
//!
//! Programs call [`codegen::convert`], which needs no file system; [`codegen::generate`] reads files and folders.
//!
//! Each stage is a module: [`source`] reads files, [`postman`] converts them to requests, [`operation`]
//! groups requests by method and path and collects the facts that [`infer`] and [`mine`] find in them, [`emit`]
//! writes the document, [`overlay`] adds facts that items cannot express, [`check`] validates it, [mod@write] stores it.
//! [`codegen`] runs them in that order; [`changes`] compares two documents.

pub mod changes;
pub mod check;
pub mod cli;
pub mod codegen;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod index;
pub mod infer;
pub mod mine;
pub mod name;
pub mod node;
pub mod operation;
pub mod overlay;
pub mod postman;
pub mod report;
mod site;
pub mod source;
pub mod stored;
pub mod syntax;
pub mod vendor;
pub mod write;
pub mod zoom;

/// The known vendors of APIs.
pub const VENDORS: [&dyn vendor::Vendor; 1] = [&zoom::Zoom];

/// The vendor of this project's own items, and the document that is made of them.
pub(crate) const OWN: (&dyn vendor::Vendor, &str) = (&zoom::Zoom, zoom::DOCUMENT);

/// The library that is generated from it.
pub(crate) use zoom::LIBRARY;
