//! What the miners must read, and what they must leave alone.

mod apply;
mod enumeration;
mod field;
mod markdown;
mod operation;
mod phrases;
mod properties;
mod response;

use super::*;

fn errors(name: &str) -> Vec<(i64, String)> {
    response(name)
        .errors
        .into_iter()
        .map(|found| (found.fact.code, found.fact.message))
        .collect()
}
