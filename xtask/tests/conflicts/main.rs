//! What several requests say about one parameter or field: what weighs nothing, what goes together, and what does not.
//! One file or several, and in which order: it makes no difference.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod cases;
mod cli;
mod made;
mod properties;
