//! Nothing that a collection says is lost in silence: it is in the document, or it is told that it is not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod marks;
mod mutate;

use std::{
    fs,
    path::{Path, PathBuf},
};

use proptest::{
    prelude::*,
    sample::Index,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use serde_json::Value;
use xtask::{
    codegen::{Generated, Options, convert},
    diagnostic::{Kind, Warning},
    source::Source,
};

use marks::{Mark, Marker};

/// The kinds of warnings that tell that something is left out.
const LEFT_OUT: [Kind; 13] = [
    Kind::WrongType,
    Kind::UnreadableBody,
    Kind::KeysAreData,
    Kind::CutNesting,
    Kind::PrunedBody,
    Kind::UnusedVariable,
    Kind::DescribedCredential,
    Kind::InvalidHeader,
    Kind::CutExamples,
    Kind::UnknownMethod,
    Kind::OtherProtocol,
    Kind::NoUrl,
    Kind::NoRequest,
];

/// How many marks there were, how many of them are only told, and which are lost.
#[derive(Debug, Default)]
struct Count {
    all: usize,
    told: usize,
    lost: Vec<Mark>,
}

#[test]
fn every_word_of_every_fixture_is_kept_or_told() {
    let (mut all, mut told, mut lost) = (0, 0, Vec::new());
    let markers = [false, true].map(|keeps_names| {
        move || Marker {
            keeps_names,
            ..Marker::default()
        }
    });
    for path in fixtures() {
        for marker in markers {
            let count = count(read(&path), marker());
            all += count.all;
            told += count.told;
            let lines = count.lost.iter();
            lost.extend(lines.map(|mark| format!("{}: {mark:?}", path.display())));
        }
    }
    assert!(
        lost.is_empty(),
        "{} of {all}:\n{}",
        lost.len(),
        lost.join("\n")
    );
    assert!(all > 6_000 && told < all / 50, "{told} of {all} are told");
}

#[test]
fn every_word_of_a_changed_fixture_is_kept_or_told() {
    let fixtures: Vec<Value> = fixtures().iter().map(|path| read(path)).collect();
    let small = |collection: &&Value| collection.to_string().len() < 40_000;
    let fixtures: Vec<&Value> = fixtures.iter().filter(small).collect();
    let all = std::cell::Cell::new(0);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(300)
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let input = (any::<Index>(), mutate::changes(), any::<bool>());
    let held = runner.run(&input, |(at, changes, keeps_names)| {
        let mut collection = (*at.get(&fixtures)).clone();
        changes
            .iter()
            .for_each(|change| change.apply(&mut collection));
        let text = collection.to_string();
        let marker = Marker {
            keeps_names,
            ..Marker::default()
        };
        let count = count(collection, marker);
        all.set(all.get() + count.all);
        prop_assert!(count.lost.is_empty(), "{:?} of {text}", count.lost);
        Ok(())
    });
    held.unwrap();
    assert!(all.get() > 5_000, "{} marks", all.get());
}

/// Marks a collection and looks for the marks. One that is refused loses nothing in silence.
fn count(mut collection: Value, mut marker: Marker) -> Count {
    marker.node(&mut collection, "$");
    let source = Source::new("marked.json".to_owned(), collection.to_string().into()).unwrap();
    let Ok(generated) = convert(vec![source], &[], &Options::default()) else {
        return Count::default();
    };
    let kept = kept(&generated);
    let whole = generated.document.tree().to_string();
    let mut count = Count {
        all: marker.marks.len(),
        ..Count::default()
    };
    for mark in marker.marks {
        // An item's name is the operation's, or stands among those that it comes from.
        if kept.contains(&mark.word) || (mark.is_item() && whole.contains(&mark.word)) {
            continue;
        }
        match generated.warnings.iter().any(|it| tells(it, &mark)) {
            true => count.told += 1,
            false => count.lost.push(mark),
        }
    }
    count
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The collections that the project has.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "tests/reading",
        "tests/golden",
        "tests/names",
        "../openapi/postman",
        "../openapi/postman/events",
    ];
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let others = [".expect.json", ".openapi.json", ".overlay.json"];
        name.ends_with(".json") && !others.iter().any(|end| name.ends_with(end))
    });
    files.sort();
    files
}

/// The document, without the names of the items that it comes from.
fn kept(generated: &Generated) -> String {
    fn forget(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.shift_remove("x-postman-source");
                members.values_mut().for_each(forget);
            }
            Value::Array(items) => items.iter_mut().for_each(forget),
            _ => {}
        }
    }
    let mut document = generated.document.tree().into_owned();
    forget(&mut document);
    document.to_string().to_ascii_lowercase()
}

fn tells(warning: &Warning, mark: &Mark) -> bool {
    // A request that is left out takes its whole item with it.
    let takes_item = matches!(
        warning.kind,
        Kind::UnknownMethod | Kind::OtherProtocol | Kind::NoUrl
    );
    let place = match warning.place.path.rfind(']') {
        _ if !takes_item => &warning.place.path,
        Some(end) => warning.place.path.get(..=end).unwrap(),
        None => "$",
    };
    // A folder with nothing in it is none.
    let (holder, _) = mark.path.rsplit_once('.').unwrap();
    let is_folder = takes_item && place.starts_with(&format!("{holder}.item["));
    let is_named = warning.place.item.contains(&mark.word);
    let is_about =
        LEFT_OUT.contains(&warning.kind) && (mark.path.starts_with(place) || is_folder || is_named);
    is_about || warning.text.to_ascii_lowercase().contains(&mark.word)
}
