#![no_main]

use libfuzzer_sys::fuzz_target;
use xtask::{
    check::check,
    codegen::Options,
    emit::{Info, emit},
    operation::{drafts, unify_paths, webhooks},
    postman,
    stored::Stored,
};

// What is no Postman file is refused; from any other, a document comes that holds together, and the same one each time.
fuzz_target!(|text: &str| {
    let Ok(outcome) = postman::read("fuzz.json", text) else {
        return;
    };
    let info = Info {
        title: "Fuzz".to_owned(),
        version: "1".to_owned(),
        ..Info::default()
    };
    let document = |stored: Option<&Stored>| {
        let mut requests = outcome.requests.clone();
        let sent_by_api = requests.extract_if(.., |request| request.is_webhook);
        let webhooks = webhooks(sent_by_api.collect());
        unify_paths(&mut requests, stored);
        let drafts = drafts(requests);
        let options = Options {
            stored,
            ..Options::default()
        };
        let document = emit(&info, drafts, webhooks, &options, &mut |_, _, _| {}, drop);
        document.expect("a good document").tree().into_owned()
    };
    let first = document(None);
    check(&first).expect("a document that holds together");
    let again = document(Some(&Stored::read(&first.to_string())));
    assert_eq!(first, again, "the names of the stored document are kept");
});
