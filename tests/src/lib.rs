//! What the integration tests share: a Zoom of our own on the loopback interface that misbehaves on purpose and
//! keeps a ledger of what really happened.

pub mod endpoint;
pub mod faulty_zoom;
pub mod loopback;
pub mod virtual_time;

/// The examples of the README compile, and run where they can.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
