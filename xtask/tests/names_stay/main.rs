//! Names stay: whatever happens to one item, the operations of the others keep their names, types and components.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod api;
mod edits;
mod heads;
mod rules;
mod view;
