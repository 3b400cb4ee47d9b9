//! Every shape of input that Postman's exports are known to take, a micro-collection each, and what it must come to.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod auth;
mod bodies;
mod descriptions;
mod made;
mod names;
mod parameters;
mod placeholders;
mod responses;
mod roots;
mod urls;
mod variables;
mod zoom;
