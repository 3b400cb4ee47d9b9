//! Facts from prose: what descriptions and response names say in the usual forms of API references.
//!
//! Each miner takes one text and gives the facts it is sure of, each with the byte range it was read from, and the
//! rest of the text as clean Markdown. A fact leaves the text only where the text would repeat it as a mere label
//! (`(Required)`, a scope list, an error code); an enumeration that explains its values stays readable.
//! Miners prefer silence to guessing: a false enumeration refuses valid calls, a missing one costs nothing.

mod apply;
mod field;
mod markdown;
mod operation;
mod response;

use std::ops::Range;

pub use apply::{Disagreement, apply};
pub use field::{FieldFacts, field};
pub use markdown::to_markdown;
pub use operation::{OperationFacts, RateLimitLabel, operation};
pub use response::{ErrorFact, ResponseFacts, response};

/// A fact with the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The fact.
    pub fact: T,
    /// Bytes of the text given to the miner.
    pub range: Range<usize>,
}
