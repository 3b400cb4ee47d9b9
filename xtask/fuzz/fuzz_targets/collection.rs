#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use xtask::{
    check::check,
    codegen::{Options, convert},
    source::Source,
    stored::Stored,
};

// What is no Postman file is refused; from any other, a document comes that holds together, and the same one each time.
fuzz_target!(|text: &str| {
    // JSON is YAML, too, and YAML is read by a parser of its own.
    for name in ["fuzz.json", "fuzz.yaml", "fuzz.request.yaml"] {
        let document = |stored: Option<&Stored>| -> Option<Value> {
            let source = Source::new(name.to_owned(), text.as_bytes().to_vec()).ok()?;
            let options = Options {
                stored,
                ..Options::default()
            };
            let generated = convert(vec![source], &[], &options).ok()?;
            Some(generated.document.tree().into_owned())
        };
        let Some(first) = document(None) else {
            continue;
        };
        check(&first).expect("a document that holds together");
        let again = document(Some(&Stored::read(&first.to_string())));
        assert_eq!(Some(first), again, "the names of the stored document are kept");
    }
});
