//! The modules of the converter stand in layers: what one uses does not use it in turn.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// For each module of the crate those that it names, without tests.
type Uses = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_modules_import_each_other() {
    let mut uses = Uses::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        None,
        &mut uses,
    );
    assert!(uses["emit"].contains("document"), "{uses:?}");
    // What uses nothing that is left is in no cycle.
    while let Some(free) = uses
        .iter()
        .find(|(_, used)| used.iter().all(|module| !uses.contains_key(module)))
        .map(|(module, _)| module.clone())
    {
        uses.remove(&free);
    }
    assert!(uses.is_empty(), "in cycles, or above one: {uses:#?}");
}

fn collect(folder: &Path, module: Option<&str>, uses: &mut Uses) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let module = module.unwrap_or(name);
        if matches!(name, "tests" | "lib" | "main") {
            continue;
        }
        if path.is_dir() {
            collect(&path, Some(module), uses);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let used = uses.entry(module.to_owned()).or_default();
        used.extend(named(&text).filter(|other| other != module));
    }
}

/// The modules that `crate::name` and `crate::{name, …}` lead to in a text.
fn named(text: &str) -> impl Iterator<Item = String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => names.push(word(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut is_first = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => is_first = true,
                        c if is_first && !c.is_whitespace() => {
                            names.push(word(list.get(at..).unwrap()));
                            is_first = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    // Constants stand in the root itself.
    names
        .into_iter()
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}
