//! What the integration tests share: Zooms of our own on the loopback interface, one that misbehaves on purpose and one
//! that enforces Zoom's limits. They keep a ledger of what really happened.

pub mod canary;
pub mod endpoint;
pub mod faulty_zoom;
pub mod file_host;
mod form;
pub mod frames;
mod http;
pub mod limited_zoom;
mod listener;
pub mod long_chat;
pub mod loopback;
pub mod virtual_time;

/// The examples of the README compile, and run where they can.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The same of the README of the package.
#[cfg(doctest)]
#[doc = include_str!("../../zoom-chat-sdk/README.md")]
pub struct PackageReadme;
