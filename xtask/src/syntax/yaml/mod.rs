//! YAML 1.2 with its core schema, as far as it says what JSON can say.
//!
//! The parser's events become JSON values here, not in a general YAML library, because the input is not trusted: nesting
//! and what aliases expand to are bounded, and `yes`, `on` and dates are texts, as YAML 1.2 has it.

mod locate;
mod read;
mod scalar;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use locate::locate_all;
pub use read::parse;
pub use write::write;
