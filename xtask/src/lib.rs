//! xtask
pub mod changes;
pub mod infer;
pub mod mine;
pub mod overlay;
