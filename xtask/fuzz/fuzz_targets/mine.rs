#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::mine;

fuzz_target!(|text: &str| {
    let _ = mine::response(text);
    let _ = mine::operation(text);
    for vendor in xtask::VENDORS {
        assert!(
            vendor
                .description(text)
                .scopes
                .iter()
                .all(|scope| text.contains(scope.as_str()))
        );
        let _ = vendor.answer(text);
    }
    let facts = mine::field(text);
    if let Some(values) = facts.enumeration {
        let claimed = &text[values.range];
        assert!(
            values
                .fact
                .iter()
                .all(|value| claimed.contains(value.as_str()))
        );
    }
    if let Some(default) = facts.default {
        assert!(text[default.range].contains(&default.fact));
    }
    let _ = mine::to_markdown(text);
});
