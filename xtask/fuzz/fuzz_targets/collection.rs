#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::{
    check::check,
    emit::{Info, emit},
    operation::merge,
    postman,
};

// From a file's JSON to the document: whatever came in, the document holds together.
fuzz_target!(|text: &str| {
    let Ok(outcome) = postman::read("fuzz.json", text) else {
        return;
    };
    let operations = || merge(outcome.requests.clone(), &mut |_, _| {});
    let info = Info {
        title: "Fuzz".to_owned(),
        version: "1".to_owned(),
        ..Info::default()
    };
    let document = emit(&info, &mut operations(), None, None, &mut |_, _| {});
    check(&document).expect("a document that holds together");
    let again = emit(&info, &mut operations(), None, Some(&document), &mut |_, _| {});
    assert_eq!(document, again, "the names of the stored document are kept");
});
