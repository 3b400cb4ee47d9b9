#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::mine;

fuzz_target!(|text: &str| {
    for error in mine::response(text).errors {
        assert!(text.get(error.range).is_some());
    }
    let facts = mine::operation(text);
    for scopes in facts.scopes.iter().chain(&facts.granular_scopes) {
        let claimed = &text[scopes.range.clone()];
        assert!(
            scopes
                .fact
                .iter()
                .all(|scope| claimed.contains(scope.as_str()))
        );
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
