#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use xtask::infer::{Evidence, to_openapi};

fn observe<'a>(lines: impl Iterator<Item = &'a str>) -> Evidence {
    let mut evidence = Evidence::new();
    for line in lines {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => evidence.observe(&value),
            Err(_) => evidence.observe_text(line),
        }
    }
    evidence
}

fuzz_target!(|text: &str| {
    let whole = observe(text.lines());
    let half = text.lines().count() / 2;
    let mut merged = observe(text.lines().take(half));
    merged.merge(observe(text.lines().skip(half)));
    assert_eq!(merged, whole);
    let resolved = whole.resolve();
    let _ = to_openapi(
        &resolved.schema,
        &mut |_, _| json!({"$ref": "#/components/schemas/X"}),
    );
});
