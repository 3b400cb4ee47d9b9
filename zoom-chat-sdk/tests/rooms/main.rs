//! The modules directly below `src/` import each other in one direction only, and no two public types share a name.

#![allow(clippy::expect_used)]

mod imports;
mod source;

use std::collections::{BTreeMap, BTreeSet};

use imports::imports;
use source::{Source, api_sources, sources};

/// The imports between the modules directly below `src/`, each with a file that has it.
fn graph(sources: &[Source]) -> BTreeMap<(String, String), String> {
    let rooms: BTreeSet<_> = sources.iter().filter_map(Source::room).collect();
    let root = sources.iter().find(|source| source.path == "lib.rs");
    let reexported = imports::reexports(&root.expect("lib.rs").text);
    let mut graph = BTreeMap::new();
    for source in sources {
        let Some(room) = source.room() else { continue };
        for name in imports(source) {
            let other = match reexported.get(&name) {
                Some(room) => room.clone(),
                None => name,
            };
            if other != room && rooms.contains(&*other) {
                graph.insert((room.to_owned(), other), source.path.clone());
            }
        }
    }
    graph
}

/// The imports that lie on a cycle, once all that lead out of every cycle are taken away.
fn cycles(graph: &BTreeMap<(String, String), String>) -> Vec<String> {
    let mut left = graph.clone();
    loop {
        let importing: BTreeSet<_> = left.keys().map(|(from, _)| from.clone()).collect();
        let imported: BTreeSet<_> = left.keys().map(|(_, to)| to.clone()).collect();
        let before = left.len();
        left.retain(|(from, to), _| importing.contains(to) && imported.contains(from));
        if left.len() == before {
            break;
        }
    }
    let told =
        |((from, to), file): (&(String, String), &String)| format!("{from} -> {to} ({file})");
    left.iter().map(told).collect()
}

#[test]
fn the_rooms_import_each_other_in_one_direction() {
    let graph = graph(&sources());
    assert!(graph.len() > 20, "the imports are not found: {graph:?}");
    assert_eq!(cycles(&graph), Vec::<String>::new());
}

#[test]
fn a_planted_cycle_is_found_however_it_is_written() {
    for planted in [
        "use crate::client::ZoomChat;",
        "use crate::ZoomChat;",
        "use crate::{\n    Secret,\n    client::{self, ZoomChat},\n};",
        "use crate::{limit::Plan, ZoomChat as Client};",
        "fn f() -> crate::client::ZoomChat { loop {} }",
        "use super::super::client::ZoomChat;",
        "macro_rules! m { () => { $crate::ZoomChat::builder() } }",
    ] {
        let mut sources = sources();
        let path = "time/planted.rs".to_owned();
        let text = format!("//! Planted.\n{planted}\n");
        sources.push(Source { path, text });
        let found = cycles(&graph(&sources));
        let is_planted = |line: &String| line.starts_with("time -> client (time/planted.rs)");
        assert!(found.iter().any(is_planted), "{planted}: {found:?}");
    }
    for harmless in [
        "// use crate::client::ZoomChat;",
        "/// [`ZoomChat`](crate::ZoomChat)",
        "#[cfg(test)]\nmod tests {\n    use crate::ZoomChat;\n}",
    ] {
        let mut sources = sources();
        let path = "time/planted.rs".to_owned();
        let text = format!("{harmless}\n");
        sources.push(Source { path, text });
        assert_eq!(cycles(&graph(&sources)), Vec::<String>::new(), "{harmless}");
    }
}

/// Two types of one name, such as two errors of two stores, cannot be told apart in a message or a search. The types
/// re-exported as `api` count as well.
#[test]
fn no_two_public_types_share_a_name() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = Vec::new();
    for source in sources().into_iter().chain(api_sources()) {
        for line in source.code().lines() {
            let Some(name) = public_type(line) else {
                continue;
            };
            if let Some(first) = seen.insert(name.clone(), source.path.clone()) {
                twice.push(format!("{name}: {first} and {}", source.path));
            }
        }
    }
    assert!(seen.len() > 60, "the types are not found: {seen:?}");
    assert_eq!(twice, Vec::<String>::new());
}

fn public_type(line: &str) -> Option<String> {
    let mut words = line.trim_start().split([' ', '<', '(', '{', ';', ':']);
    let is_type = words.next() == Some("pub")
        && matches!(words.next(), Some("struct" | "enum" | "trait" | "type"));
    // Within a macro there is no name yet.
    let name = words.next().filter(|name| !name.starts_with('$'));
    name.filter(|_| is_type).map(str::to_owned)
}
