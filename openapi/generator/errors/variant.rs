//! The variants of an error enum: one for each documented error that a program can tell from the others.
//!
//! Texts under one code that differ only in case, punctuation or the names of their placeholders are one error: Zoom
//! spells them either way, and the second could never be reached. The overlay can name any error.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::name::{Unnamed, names};
use super::template::Template;
use crate::generator::document::DocumentedError;
use crate::generator::lower::names::{Names, pascal, snake};

/// The names of placeholders that have only a number.
const PLACES: &[&str] = &["first", "second", "third", "fourth", "fifth"];

pub(super) struct Variant {
    pub(super) name: String,
    /// Its spellings, the one to show first. All have as many placeholders as there are fields.
    pub(super) templates: Vec<Template>,
    /// The fields, one for each placeholder.
    pub(super) fields: Vec<String>,
    /// Every (status, code) under which the document lists the text.
    pub(super) keys: Vec<(u16, i64)>,
}

/// Spellings of one text under one code.
struct Merged {
    /// What the overlay calls it.
    given: Option<String>,
    templates: Vec<Template>,
    keys: Vec<(u16, i64)>,
}

pub(super) fn variants(errors: &[DocumentedError]) -> Vec<Variant> {
    let merged = merge(errors);
    let mut taken = Names::variants();
    // Given names come first: the others make room.
    let given: Vec<Option<String>> = merged
        .iter()
        .map(|error| Some(taken.claim(&pascal(error.given.as_deref()?))))
        .collect();
    let unnamed: Vec<Unnamed<'_>> = merged
        .iter()
        .zip(&given)
        .filter(|(_, given)| given.is_none())
        .map(|(error, _)| Unnamed {
            template: &error.templates[0],
            status: error.keys[0].0,
            code: error.keys[0].1,
        })
        .collect();
    let given_names: BTreeSet<String> = given
        .iter()
        .flatten()
        .map(|name| name.to_lowercase())
        .collect();
    let mut made = names(&unnamed, |name| !given_names.contains(name)).into_iter();
    merged
        .into_iter()
        .zip(given)
        .map(|(error, given)| Variant {
            name: given.unwrap_or_else(|| taken.claim(&made.next().unwrap_or_default())),
            fields: fields(&error.templates),
            templates: error.templates,
            keys: error.keys,
        })
        .collect()
}

/// The spellings that are documented under a status and a code, each with its variant, in the order in which a text is
/// held against them: one that fits what another stands for comes after it, so that none hides another, and then the one
/// that says most is first.
pub(super) fn spellings(variants: &[Variant], key: (u16, i64)) -> Vec<(&Variant, &Template)> {
    let mut spellings: Vec<_> = variants
        .iter()
        .filter(|variant| variant.keys.contains(&key))
        .flat_map(|variant| {
            let templates = variant.templates.iter();
            templates.map(move |template| (variant, template))
        })
        .collect();
    let mut known = BTreeSet::new();
    spellings.retain(|(_, template)| known.insert(template.folded()));
    let templates: Vec<&Template> = spellings.iter().map(|(_, template)| *template).collect();
    // What is more general fits more of them.
    spellings.sort_by_cached_key(|(_, template)| {
        let fitting = templates
            .iter()
            .filter(|other| template.fits(other))
            .count();
        (fitting, Reverse(template.weight()), template.holes.len())
    });
    spellings
}

fn merge(errors: &[DocumentedError]) -> Vec<Merged> {
    let mut known: BTreeMap<(i64, Vec<String>), usize> = BTreeMap::new();
    let mut merged: Vec<Merged> = Vec::new();
    for error in errors {
        let key = (error.status, error.code);
        let template = Template::parse(error.message.as_deref().unwrap_or_default());
        let index = *known
            .entry((error.code, template.said()))
            .or_insert_with(|| {
                merged.push(Merged {
                    given: None,
                    templates: Vec::new(),
                    keys: Vec::new(),
                });
                merged.len() - 1
            });
        let same = &mut merged[index];
        if same.given.is_none() {
            same.given = error.name.clone();
        }
        if !same.keys.contains(&key) {
            same.keys.push(key);
        }
        // Only texts that say nothing differ in the number of placeholders: the most tell what was said.
        match same.templates.first().map(|first| first.holes.len()) {
            Some(holes) if holes > template.holes.len() => {}
            Some(holes) if holes < template.holes.len() => same.templates = vec![template],
            _ if same.templates.contains(&template) => {}
            _ => same.templates.push(template),
        }
    }
    merged
}

/// A field for each placeholder, named after all that the spellings call it.
fn fields(templates: &[Template]) -> Vec<String> {
    let first = &templates[0].holes;
    let is_numbered = |hole: &String| hole.starts_with(|c: char| c.is_ascii_digit());
    let numbered = first.iter().filter(|hole| is_numbered(hole)).count();
    let mut names = Names::fields();
    let mut place = 0;
    (0..first.len())
        .map(|index| {
            let mut called: Vec<String> = Vec::new();
            for template in templates {
                let hole = snake(&template.holes[index]);
                if !is_numbered(&template.holes[index]) && !called.contains(&hole) {
                    called.push(hole);
                }
            }
            if is_numbered(&first[index]) {
                place += 1;
            }
            let name = match (
                called.is_empty(),
                PLACES.get(place - usize::from(place > 0)),
            ) {
                (false, _) => snake(&called.join(" or ")),
                (true, _) if numbered == 1 => "value".to_owned(),
                (true, Some(place)) => format!("{place}_value"),
                (true, None) => format!("value_{place}"),
            };
            names.claim(&name)
        })
        .collect()
}
