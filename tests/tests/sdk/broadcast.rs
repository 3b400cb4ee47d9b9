//! The example `broadcast` as a process of its own, against a server that enforces Zoom's limits and keeps a ledger:
//! thousands of messages without a 429, and none twice, however often the process is interrupted or killed.
#![cfg(unix)]

mod ends;
mod limits;
mod office;
mod outcomes;
