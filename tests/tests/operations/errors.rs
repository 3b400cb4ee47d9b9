//! Each documented error is decoded to its own variant, with what stands in the place of its placeholders.

use std::collections::BTreeMap;

use serde_json::json;
use zoom_chat_sdk::Delivery;
use zoom_chat_tests::loopback::{Answer, Loopback};

use crate::{given::Given, problems::Problems, subjects};

#[tokio::test]
async fn each_documented_error_is_its_own_variant() {
    let mut problems = Problems::default();
    for subject in subjects() {
        let errors = subject.operation.errors;
        let texts: Vec<_> = errors.iter().map(|error| filled(error.message)).collect();
        let script = errors.iter().zip(&texts).map(|(error, (text, _))| {
            let body = json!({ "code": error.code, "message": text });
            Answer::json(error.status, &body.to_string())
        });
        let server = Loopback::answering(script).await;
        let zoom = server.client();
        // One text under one code is one error, whatever its status.
        let mut variants = BTreeMap::new();
        for (error, (text, values)) in errors.iter().zip(&texts) {
            let failed = (subject.call)(zoom.clone(), &Given::default())
                .await
                .unwrap_err();
            // What a server could not do it may have done in part, and so says the code 5601.
            let delivery = if error.status < 500 && error.code != 5601 {
                Delivery::NotSent
            } else {
                Delivery::Unknown
            };
            let documented = failed.documented.unwrap_or_default();
            // Without a text the whole body is the message.
            let message = failed.error.message().filter(|_| !text.is_empty());
            let told = (
                failed.error.status(),
                failed.error.code(),
                message.unwrap_or_default(),
            );
            let expected = (Some(error.status), Some(error.code), text.as_str());
            problems.check(&subject, told == expected, || {
                format!("{told:?}, not {expected:?}")
            });
            problems.check(&subject, failed.error.delivery() == delivery, || {
                format!("{text} counts as {:?}", failed.error.delivery())
            });
            let variant = documented
                .split([' ', '{'])
                .next()
                .unwrap_or_default()
                .to_owned();
            let is_known = !variant.is_empty() && variant != "Unknown";
            problems.check(&subject, is_known, || format!("{text} is {documented:?}"));
            let lost: Vec<_> = values
                .iter()
                .filter(|value| !documented.contains(*value))
                .collect();
            problems.check(&subject, lost.is_empty(), || {
                format!("{lost:?} is not in {documented}")
            });
            variants
                .entry((error.code, said(error.message)))
                .or_insert_with(Vec::new)
                .push(variant);
        }
        let mut known = BTreeMap::new();
        for (error, mut names) in variants {
            names.dedup();
            problems.check(&subject, names.len() == 1, || {
                format!("{error:?} is {names:?}")
            });
            let other = known.insert(names.remove(0), error.clone());
            problems.check(&subject, other.is_none(), || {
                format!("{error:?} and {other:?} are one")
            });
        }
    }
    problems.assert_none();
}

/// The text with values in the place of its placeholders, and these.
fn filled(template: &str) -> (String, Vec<String>) {
    let (mut text, mut values) = (String::new(), Vec::new());
    for piece in pieces(template) {
        match piece {
            Piece::Text(literal) => text.push_str(literal),
            Piece::Placeholder => {
                let value = format!("v{}x", values.len());
                text.push_str(&value);
                values.push(value);
            }
        }
    }
    (text, values)
}

/// The words of a text, whatever is filled in.
fn said(template: &str) -> Vec<String> {
    pieces(template)
        .into_iter()
        .flat_map(|piece| match piece {
            Piece::Text(literal) => literal
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect(),
            Piece::Placeholder => vec!["$".to_owned()],
        })
        .collect()
}

enum Piece<'t> {
    Text(&'t str),
    /// `$name`, `${name}`, `{name}` or `{0}`.
    Placeholder,
}

fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['$', '{']) {
        let (literal, from) = rest.split_at(at);
        pieces.push(Piece::Text(literal));
        let bare = from.trim_start_matches('$');
        let end = match bare.strip_prefix('{') {
            Some(braced) => braced.find('}').unwrap() + 2,
            None => bare
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(bare.len()),
        };
        pieces.push(Piece::Placeholder);
        rest = &bare[end..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}
