//! No text of a document is more than text in the documentation of its client: rustdoc runs none of it, passes no HTML
//! of it through, and links only to the web.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag};
use syn::visit_mut::VisitMut;

/// The build script's module, which only it can call.
#[path = "../../../generator/markdown.rs"]
#[allow(dead_code, reason = "the rest of the generator calls it")]
mod markdown;

/// What rustdoc reads.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// What in a doc comment is more than text.
fn hazards(text: &str) -> Vec<String> {
    let item = |_: BrokenLink<'_>| Some(("item:".into(), "".into()));
    let events = Parser::new_with_broken_link_callback(text, options(), Some(item));
    let mut hazards: Vec<_> = events
        .into_offset_iter()
        .filter_map(|(event, range)| {
            let hazard = match &event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &**info == "text" => {
                    None
                }
                Event::Start(Tag::CodeBlock(_)) => Some("code"),
                Event::Html(_) | Event::InlineHtml(_) => Some("HTML"),
                Event::Start(Tag::Image { .. }) => Some("picture"),
                Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
                    Some("footnote")
                }
                Event::Start(Tag::Link {
                    dest_url,
                    link_type,
                    ..
                }) => {
                    let target = dest_url.to_ascii_lowercase();
                    let is_web = ["https://", "http://", "mailto:"]
                        .iter()
                        .any(|scheme| target.starts_with(scheme));
                    (!is_web && *link_type != LinkType::Email).then_some("link")
                }
                _ => None,
            };
            hazard.map(|hazard| format!("{hazard}: {}", text.get(range).unwrap_or_default()))
        })
        .collect();
    hazards.extend(
        text.chars()
            .filter(is_control)
            .map(|c| format!("character {c:?}")),
    );
    hazards
}

/// Whether a character would be shown as something else than itself.
fn is_control(c: &char) -> bool {
    *c != '\n' && c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The doc comments of a file, each as rustdoc joins it.
#[derive(Default)]
struct Comments(Vec<String>);

impl VisitMut for Comments {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        let lines: Vec<_> = attributes.iter().filter_map(line).collect();
        if !lines.is_empty() {
            self.0.push(lines.join("\n"));
        }
    }
}

fn line(attribute: &syn::Attribute) -> Option<String> {
    let value = attribute.meta.require_name_value().ok()?;
    match &value.value {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) if value.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// What is more than text in the comments that the generator makes of a folder's document, and how many those are.
fn of_folder(folder: &Path) -> (BTreeSet<String>, usize) {
    let mut found = BTreeSet::new();
    let mut comments = 0;
    for file in fs::read_dir(folder).unwrap() {
        let code = fs::read_to_string(file.unwrap().path()).unwrap();
        found.extend(
            code.chars()
                .filter(is_control)
                .map(|c| format!("character {c:?}")),
        );
        let mut all = Comments::default();
        all.visit_file_mut(&mut syn::parse_file(&code).unwrap());
        comments += all.0.len();
        found.extend(all.0.iter().flat_map(|comment| hazards(comment)));
    }
    (found, comments)
}

/// Whether a link is one to a variant of an operation's errors, named in letters and digits.
fn is_variant(hazard: &str) -> bool {
    let parts = hazard
        .strip_prefix("link: [`")
        .and_then(|rest| rest.split_once("`](crate::errors::"));
    parts.is_some_and(|(name, target)| {
        name.chars().all(|c| c.is_ascii_alphanumeric())
            && target.ends_with(&format!("Error::{name})"))
    })
}

#[test]
fn hostile_text_stays_text_wherever_a_document_holds_it() {
    let generated = Path::new(env!("GENERATED")).join("hostile");
    let forms: Vec<String> = serde_json::from_str(include_str!("../hostile/forms.json")).unwrap();
    // What the generator writes itself: links to items, and examples.
    let (own, _) = of_folder(&generated.join("0-texts"));
    assert!(
        own.iter().all(|hazard| hazard.starts_with("link: ")
            || hazard.starts_with("code: ```\nuse zoom_chat_openapi::requests;\n")),
        "{own:#?}"
    );
    let mut refused = 0;
    for (index, form) in forms.iter().enumerate() {
        for places in ["texts", "names"] {
            let folder = generated.join(format!("{index}-{places}"));
            if let Ok(reason) = fs::read_to_string(folder.join("refused.txt")) {
                assert_eq!(places, "names", "{form:?}: {reason}");
                refused += 1;
                continue;
            }
            let (found, comments) = of_folder(&folder);
            assert!(comments > 50, "{form:?} has only {comments} doc comments");
            // The names of variants come of the texts; they are links to items, and no texts.
            let more: Vec<_> = found
                .difference(&own)
                .filter(|hazard| !is_variant(hazard))
                .collect();
            assert!(more.is_empty(), "{form:?} in {places}: {more:#?}");
        }
    }
    assert!(
        refused < forms.len() / 2,
        "{refused} of {} forms are refused as names",
        forms.len()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_defused_once_and_for_all(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "    ", "\n", "\n\n", "- ", "> ", "1. ", "```", "~~~", "````", "rust", "no_run", "text", "<b>", "<!--", "-->",
                "<div>", "\r", "\t", "[a]", "(b)", "(javascript:x)", "[a]: x", "[^1]", "[^1]: ", "!", "`", "\\", "x", " ",
                "| a | b |\n|--|--|\n", "<http://a.b>", "***", "# ", "&lt;", "[x](https://a.b \"t\")", "\u{202e}", "\u{2028}",
            ]),
            0..14,
        ),
    ) {
        let defused = markdown::block(&parts.concat());
        prop_assert_eq!(hazards(&defused), Vec::<String>::new());
        let again = markdown::block(&defused);
        prop_assert_eq!(again.trim_end(), defused.trim_end());
    }

    #[test]
    fn any_text_is_one_code_span(text in "[`a\\\\ \n\r\t<\\[\u{202e}]{0,12}") {
        let code = markdown::code(&text);
        prop_assert_eq!(hazards(&code), Vec::<String>::new());
        let events: Vec<_> = Parser::new(&code).collect();
        let is_plain = code == "the empty text";
        prop_assert_eq!(events.iter().filter(|event| matches!(event, Event::Code(_))).count(), usize::from(!is_plain));
    }
}

#[test]
fn what_is_text_stays_as_it_is() {
    for text in [
        "Sends a message. See [the guide](https://example.com/guide), or write to <help@example.com>.",
        "- one\n- two\n  - three\n\n1. first",
        "| a | b |\n|---|---|\n| c | d |",
        "`code`, *emphasis*, **strong**, 1 < 2, a & b",
        "```text\nlet x = 1;\n```",
        "# Heading\n\n> quote",
    ] {
        assert_eq!(markdown::block(text), text);
    }
}

#[test]
fn what_is_no_text_is_escaped_alone() {
    for (text, defused) in [
        (
            "<div>\nwide *open*\n</div>",
            "&lt;div>\nwide *open*\n&lt;/div>",
        ),
        ("[a](javascript:b) **c**", "\\[a](javascript:b) **c**"),
        ("> quote\n>\n>     code", "> quote\n>\n> code"),
        (
            "![picture](https://example.com/a.png)",
            "\\![picture](https://example.com/a.png)",
        ),
    ] {
        assert_eq!(markdown::block(text), defused);
    }
}

#[test]
fn code_keeps_its_lines() {
    assert_eq!(
        markdown::block("Before:\n\n    one\n      two\n\nafter"),
        "Before:\n\n```text\none\n  two\n```\n\nafter"
    );
    assert_eq!(markdown::block("```json\n{}\n```"), "```text\n{}\n```");
    assert_eq!(markdown::block("```\nunclosed"), "```text\nunclosed\n```");
}
