//! The variants of an error enum and their names.
//!
//! A name is made of the first sentence of the text, without placeholders and without
//! the words that carry no meaning; the overlay can give another. The first error of a
//! name keeps it, so that an error added later renames nothing.

use super::template::Template;
use crate::build::document::DocumentedError;
use crate::build::lower::names::{Names, pascal, snake};

/// Words that a name does without.
const SILENT: &[&str] = &["a", "an", "the", "this", "please", "supports"];

/// How many words a name has at most.
const WORDS: usize = 10;

/// How many characters of a word a name takes at most.
const LETTERS: usize = 24;

pub(super) struct Variant {
    pub(super) name: String,
    pub(super) template: Template,
    /// The fields, one for each placeholder.
    pub(super) fields: Vec<String>,
    /// Every (status, code) under which the document lists the text.
    pub(super) keys: Vec<(u16, i64)>,
}

pub(super) fn variants(errors: &[DocumentedError]) -> Vec<Variant> {
    let mut names = Names::variants();
    let mut variants: Vec<Variant> = Vec::new();
    for error in errors {
        let key = (error.status, error.code);
        let template = Template::parse(error.message.as_deref().unwrap_or_default());
        let known = variants.iter_mut().find(|known| {
            known.template == template && known.keys.iter().any(|(_, code)| *code == error.code)
        });
        if let Some(known) = known {
            if !known.keys.contains(&key) {
                known.keys.push(key);
            }
            continue;
        }
        let wish = match &error.name {
            Some(name) => pascal(name),
            None => name(&template, error.code),
        };
        let wish = if names.is_free(&wish) {
            wish
        } else {
            format!("{wish}{}", number(error.code))
        };
        let mut fields = Names::fields();
        variants.push(Variant {
            name: names.claim(&wish),
            fields: template
                .holes
                .iter()
                .map(|hole| fields.claim(&field(hole)))
                .collect(),
            template,
            keys: vec![key],
        });
    }
    variants
}

fn name(template: &Template, code: i64) -> String {
    let text = template.literals.join(" ");
    let sentence = text
        .split(". ")
        .find(|sentence| sentence.contains(|c: char| c.is_ascii_alphanumeric()));
    let words: Vec<_> = sentence
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty() && !SILENT.contains(&word.to_ascii_lowercase().as_str()))
        .map(|word| word.get(..LETTERS).unwrap_or(word))
        .take(WORDS)
        .collect();
    match words.first() {
        None => format!("Code{}", number(code)),
        Some(first) if first.starts_with(|c: char| c.is_ascii_digit()) => {
            pascal(&format!("code {}", words.join(" ")))
        }
        Some(_) => pascal(&words.join(" ")),
    }
}

fn number(code: i64) -> String {
    if code < 0 {
        format!("Minus{}", code.unsigned_abs())
    } else {
        code.to_string()
    }
}

fn field(hole: &str) -> String {
    if hole.starts_with(|c: char| c.is_ascii_digit()) {
        format!("value_{hole}")
    } else {
        snake(hole)
    }
}
