//! One path template for all paths that differ only in the names of their parameters: OpenAPI takes them for the same
//! path, whichever operations are on it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use crate::document::skeleton;
use crate::{
    diagnostic::{Diagnostics, Kind},
    postman::{Request, Segment, Url},
    stored::Stored,
};

/// Gives the path parameters of all requests on one path the same names: those of the stored document; otherwise those
/// that most of its operations use, then the longest, which say most. Neither files nor the order of items decide. Each name
/// that is given up is told.
pub fn unify_paths(
    requests: &mut [Request],
    stored: Option<&Stored>,
    diagnostics: &mut Diagnostics,
) {
    let mut spelled: BTreeMap<String, BTreeMap<Vec<String>, BTreeSet<String>>> = BTreeMap::new();
    for request in &*requests {
        let names = request.url.parameters();
        if !names.is_empty() {
            let methods = spelled
                .entry(skeleton(&request.url.template()))
                .or_default();
            methods
                .entry(names)
                .or_default()
                .insert(request.method.clone());
        }
    }
    let chosen: HashMap<String, Vec<String>> = spelled
        .into_iter()
        .filter_map(|(skeleton, spellings)| {
            let kept = stored.and_then(|stored| stored.path_parameters(&skeleton));
            let names = match kept {
                Some(names) => names.to_vec(),
                None => most_used(spellings)?,
            };
            Some((skeleton, names))
        })
        .collect();
    for request in requests {
        if let Some(names) = chosen.get(&skeleton(&request.url.template())) {
            for (own, name) in rename(request, names) {
                let note = format!(
                    "the path parameter `{own}` is called `{name}`, as in other requests on this path"
                );
                let place = request.place.at(".request.url");
                diagnostics.add(&place, Kind::RenamedParameter.note(note));
            }
        }
    }
}

fn most_used(spellings: BTreeMap<Vec<String>, BTreeSet<String>>) -> Option<Vec<String>> {
    let length = |names: &[String]| names.iter().map(String::len).sum::<usize>();
    spellings
        .into_iter()
        .max_by_key(|(names, methods)| (methods.len(), length(names), Reverse(names.clone())))
        .map(|(names, _)| names)
}

/// Gives the path parameters of a request these names. Returns which were others before, each with its new name.
fn rename(request: &mut Request, names: &[String]) -> Vec<(String, String)> {
    let own = request.url.parameters();
    if own == names || own.len() != names.len() {
        return Vec::new();
    }
    let renamed: HashMap<&str, &String> = own.iter().map(String::as_str).zip(names).collect();
    rename_url(&mut request.url, &renamed);
    for saved in &mut request.responses {
        for field in &mut saved.request_path {
            if let Some(new) = renamed.get(field.name.as_str()) {
                field.name.clone_from(new);
            }
        }
    }
    let pairs = own.into_iter().zip(names.iter().cloned());
    pairs.filter(|(own, name)| own != name).collect()
}

fn rename_url(url: &mut Url, renamed: &HashMap<&str, &String>) {
    let parameters = url.segments.iter_mut().flat_map(Segment::parameters_mut);
    for name in parameters {
        if let Some(new) = renamed.get(name.as_str()) {
            name.clone_from(new);
        }
    }
    // What is described but does not stand in the path could have one of the new names.
    url.path_fields
        .retain(|field| renamed.contains_key(field.name.as_str()));
    for field in &mut url.path_fields {
        if let Some(new) = renamed.get(field.name.as_str()) {
            field.name.clone_from(new);
        }
    }
}
