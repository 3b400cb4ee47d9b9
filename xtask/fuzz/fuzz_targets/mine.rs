#![no_main]

#[allow(dead_code, reason = "each target has its own")]
#[path = "../properties.rs"]
mod properties;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| properties::mine(text));
