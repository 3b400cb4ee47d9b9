//! What is read from a file.

use super::{Request, origin::Origins};
use crate::diagnostic::{Note, Place};

/// What a file holds.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The file, or the folder of a v3 collection, that it was read from.
    pub file: String,
    /// The collection's name.
    pub title: Option<String>,
    /// The collection's description.
    pub description: String,
    /// The collection's version.
    pub version: Option<String>,
    /// The requests, in the file's order.
    pub requests: Vec<Request>,
    /// What could not be carried over, and where.
    pub notes: Vec<(Place, Note)>,
    /// What the places of this outcome are in the files that people have.
    pub origins: Origins,
}
