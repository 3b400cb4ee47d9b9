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

/// The names of public functions without an example, and how many have one: of their own, or one of a type in the same
/// file that calls them.
fn undocumented(source: &str) -> (Vec<&str>, usize) {
    let (mut functions, mut of_types, mut docs) = (Vec::new(), String::new(), String::new());
    for line in source.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("///") {
            docs += doc;
        } else if ["pub struct ", "pub enum "]
            .iter()
            .any(|start| line.starts_with(start))
        {
            of_types += &docs;
            docs.clear();
        } else if let Some(function) = ["pub fn ", "pub async fn ", "pub const fn "]
            .iter()
            .find_map(|start| line.strip_prefix(start))
        {
            let name = function.split(['(', '<']).next().unwrap();
            functions.push((name, docs.contains("```")));
            docs.clear();
        } else if line.ends_with(['}', ';', '{']) {
            docs.clear();
        }
    }
    let examples: String = of_types.split("```").skip(1).step_by(2).collect();
    let is_shown = |(name, has_example): &(&str, bool)| {
        *has_example || examples.contains(&format!(".{name}("))
    };
    // A name with `$` is that of an accessor within a macro.
    functions.retain(|(name, _)| !name.starts_with('$'));
    let (with, without): (Vec<_>, Vec<_>) = functions.into_iter().partition(is_shown);
    (
        without.into_iter().map(|(name, _)| name).collect(),
        with.len(),
    )
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
    let source = "/// T, not `.b()`.\n/// ```\n/// t.c();\n/// ```\n#[derive(Debug)]\npub struct T;\n/// A.\n///\n/// ```\n\
                  /// ```\npub fn a() {\n}\n/// B.\npub fn b<T>() {\n}\n/// C.\npub fn c() {\n}";
    assert_eq!(undocumented(source), (vec!["b"], 2));
}
