//! What the miners must read, and what they must leave alone.

mod apply;
mod enumeration;
mod field;
mod markdown;
mod phrases;
mod properties;
mod response;
