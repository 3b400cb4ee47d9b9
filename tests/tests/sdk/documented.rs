//! Every public function of the files that hold what people call has an example in its documentation.

use std::{fs, path::Path};

const FILES: [&str; 16] = [
    "auth/app.rs",
    "auth/oauth_tokens.rs",
    "call/options.rs",
    "call/response.rs",
    "client.rs",
    "client/builder.rs",
    "client/preview.rs",
    "error.rs",
    "message.rs",
    "message/recipient.rs",
    "pages/list_messages.rs",
    "retry/policy.rs",
    "send/chat_message.rs",
    "send/file.rs",
    "send/message.rs",
    "webhook.rs",
];

/// The names of public functions without an example, and how many have one.
fn undocumented(source: &str) -> (Vec<&str>, usize) {
    let (mut without, mut with, mut has_example) = (Vec::new(), 0, false);
    for line in source.lines().map(str::trim) {
        if line.starts_with("///") {
            has_example |= line.starts_with("/// ```");
        } else if let Some(function) = ["pub fn ", "pub async fn ", "pub const fn "]
            .iter()
            .find_map(|start| line.strip_prefix(start))
        {
            let name = function.split(['(', '<']).next().unwrap();
            match has_example {
                // The name is that of an accessor within a macro.
                _ if name.starts_with('$') => {}
                true => with += 1,
                false => without.push(name),
            }
            has_example = false;
        } else if line.ends_with(['}', ';', '{']) {
            has_example = false;
        }
    }
    (without, with)
}

#[test]
fn what_people_call_has_an_example() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../zoom-chat-sdk/src");
    let mut examples = 0;
    for file in FILES {
        let source = fs::read_to_string(sources.join(file)).unwrap();
        let (without, with) = undocumented(&source);
        assert!(without.is_empty(), "{file}: {without:?}");
        examples += with;
    }
    assert!(examples > 100, "{examples}");
    let source = "/// A.\n///\n/// ```\n/// ```\npub fn a() {\n}\n/// B.\npub fn b<T>() {\n}";
    assert_eq!(undocumented(source), (vec!["b"], 1));
}
