//! What must hold for any input, by target: no panic, and what is asserted here.

use serde_json::Value;
use xtask::{
    changes,
    check::check,
    codegen::{Options, convert},
    infer::{Evidence, to_openapi},
    mine,
    node::Node,
    overlay,
    source::Source,
    stored::Stored,
};

/// What is no Postman file is refused; from any other, a document comes that holds together, and the same one each time.
pub(crate) fn collection(text: &str) {
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
        assert_eq!(
            check(&first).err(),
            None,
            "the document does not hold together"
        );
        let again = document(Some(&Stored::read(&first.to_string())));
        assert_eq!(
            Some(first),
            again,
            "the names of the stored document are kept"
        );
    }
}

/// Evidence that is merged from two halves of the lines is what the whole gives.
pub(crate) fn infer(text: &str) {
    let half = text.lines().count() / 2;
    let whole = observe(text.lines());
    let mut merged = observe(text.lines().take(half));
    merged.merge(observe(text.lines().skip(half)));
    assert_eq!(merged, whole);
    let _ = to_openapi(whole.resolve().schema, &mut |_, _| Node::Component(0));
}

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

/// Each fact lies in the text that it claims.
pub(crate) fn mine(text: &str) {
    let _ = mine::response(text);
    let _ = mine::operation(text);
    for vendor in xtask::VENDORS {
        let scopes = vendor.description(text).scopes;
        assert!(scopes.iter().all(|scope| text.contains(scope.as_str())));
        let _ = vendor.answer(text);
    }
    let facts = mine::field(text);
    if let Some(values) = facts.enumeration {
        let claimed = text.get(values.range).unwrap_or_default();
        assert!(
            values
                .fact
                .iter()
                .all(|value| claimed.contains(value.as_str()))
        );
    }
    if let Some(default) = facts.default {
        let claimed = text.get(default.range).unwrap_or_default();
        assert!(claimed.contains(&default.fact));
    }
    let _ = mine::to_markdown(text);
}

/// An overlay, a line `---`, a document: an error leaves the document as it was.
pub(crate) fn overlay(text: &str) {
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
}
