#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use xtask::{changes, overlay};

fuzz_target!(|text: &str| {
    let Some((first, second)) = text.split_once("\n---\n") else {
        return;
    };
    let Ok(before) = serde_json::from_str::<Value>(second) else {
        return;
    };
    // JSON is YAML, too.
    let Ok(overlay) = overlay::Overlay::parse("overlay.yaml", first) else {
        return;
    };
    let mut after = before.clone();
    if overlay::apply(&overlay, &mut after, overlay::Strictness::Strict).is_err() {
        assert_eq!(after, before);
    }
    let _ = changes::changes(&before, &after);
});
