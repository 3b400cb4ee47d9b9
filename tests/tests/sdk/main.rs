//! What leaves, what comes back, and what becomes of it: the SDK against servers on this machine. One program, since linking
//! costs more than running.

mod broadcast;
mod call_events;
mod chatbot;
mod client;
mod documented;
mod encoding;
mod endpoint_changing;
mod endpoint_files;
mod endpoint_reading;
mod errors;
mod events;
mod files;
mod hook;
mod http2;
mod limits;
mod links;
mod msrv;
mod offsets;
mod pages;
mod readme;
mod receiving_apart;
mod requests;
mod retries;
mod secrecy;
mod settings;
mod soak;
mod timeouts;
mod tokens;
mod typed_mocks;
mod verify_unknown;
mod webhook;
mod wire;
