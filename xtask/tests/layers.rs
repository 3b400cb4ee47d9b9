//! The modules of the converter stand in layers: what one uses does not use it in turn. The same holds for the modules
//! inside a module.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The path of a module, from the crate's root.
type Module = Vec<String>;

/// For each module its submodules, and for each of them the names of the same level that it uses, without tests.
type Uses = BTreeMap<Module, BTreeMap<String, BTreeSet<String>>>;

#[test]
fn no_modules_import_each_other() {
    let mut uses = Uses::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&src, &mut Vec::new(), &mut uses);
    assert!(uses[&Vec::new()]["emit"].contains("document"), "{uses:?}");
    let postman = &uses[&vec!["postman".to_owned()]];
    assert!(postman["read"].contains("bundle"), "{postman:?}");
    for (module, level) in uses {
        let left = in_cycles(level);
        assert!(left.is_empty(), "in cycles of {module:?}: {left:#?}");
    }
}

#[test]
fn a_cycle_is_found_however_it_is_written() {
    let two = "use super::one;";
    for one in [
        "use super::two;",
        "use super::two::Two;",
        "use super::{Zero, two::Two};",
        "use super::{\n    other::{self, One},\n    two,\n};",
        "fn f() -> super::two::Two {}",
        "use crate::level::two::{Two, Three};",
        "use crate::{\n    other,\n    level::{other, two},\n};",
    ] {
        let mut uses = Uses::new();
        for (name, text) in [("one", one), ("two", two)] {
            add(&["level".to_owned(), name.to_owned()], text, &mut uses);
        }
        let level = uses.remove(&vec!["level".to_owned()]).unwrap();
        assert_eq!(in_cycles(level).len(), 2, "{one}");
    }
}

/// What is left once all that uses nothing that is left was taken away: modules in a cycle, or above one.
fn in_cycles(mut uses: BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    while let Some(free) = uses
        .iter()
        .find(|(_, used)| used.iter().all(|module| !uses.contains_key(module)))
        .map(|(module, _)| module.clone())
    {
        uses.remove(&free);
    }
    uses
}

fn collect(folder: &Path, module: &mut Module, uses: &mut Uses) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if matches!(name, "tests" | "lib" | "main") {
            continue;
        }
        if name != "mod" {
            module.push(name.to_owned());
        }
        if path.is_dir() {
            collect(&path, module, uses);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            add(module, &fs::read_to_string(&path).unwrap(), uses);
        }
        if name != "mod" {
            module.pop();
        }
    }
}

/// Adds the uses in the text of a module: each where the paths of the two part.
fn add(module: &[String], text: &str, uses: &mut Uses) {
    let (name, parent) = module.split_last().unwrap();
    let siblings = uses.entry(parent.to_vec()).or_default();
    siblings.entry(name.clone()).or_default();
    for path in paths(text, module) {
        let pairs = module.iter().zip(&path);
        let level = pairs.take_while(|(one, other)| one == other).count();
        if let (Some(from), Some(to)) = (module.get(level), path.get(level)) {
            let level = uses
                .entry(module.iter().take(level).cloned().collect())
                .or_default();
            level.entry(from.clone()).or_default().insert(to.clone());
        }
    }
}

/// The paths that begin with `crate` or `super` in the text of a module, from the crate's root.
fn paths(text: &str, module: &[String]) -> Vec<Vec<String>> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = code.flat_map(|line| [line, "\n"]).collect();
    let mut paths = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            // The second of two `super` is met with the first.
            let (before, mut tree) = code.split_at(at);
            if !before.ends_with("::") {
                branches(&mut tree, &mut Vec::new(), &mut paths);
            }
        }
    }
    for path in &mut paths {
        let ups = path.iter().take_while(|name| *name == "super").count();
        let stays = match ups {
            0 => 0,
            _ => module.len() - ups,
        };
        path.splice(..ups.max(1), module.iter().take(stays).cloned());
    }
    paths
}

/// The paths of a tree of uses, such as `one::{two, three::four}`; `text` is what follows it.
fn branches(text: &mut &str, way: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    let depth = way.len();
    loop {
        *text = text.trim_start();
        if let Some(list) = text.strip_prefix('{') {
            *text = list;
            while !text.is_empty() && !text.starts_with('}') {
                branches(text, way, paths);
                // A name after `as`, and the comma.
                *text = text.trim_start_matches(|c| !matches!(c, ',' | '}'));
                *text = text.trim_start_matches([',', ' ', '\n']);
            }
            *text = text.strip_prefix('}').unwrap_or(text);
            break;
        }
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (name, rest) = text.split_at(end.unwrap_or(text.len()));
        way.push(name.to_owned());
        *text = rest;
        match rest.strip_prefix("::") {
            Some(rest) => *text = rest,
            None => {
                paths.push(way.clone());
                break;
            }
        }
    }
    way.truncate(depth);
}
