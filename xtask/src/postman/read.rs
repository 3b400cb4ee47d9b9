//! From files to requests, whatever Postman wrote into them.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    Outcome, Settings,
    bundle::{Bundle, malformed_in},
    collection::{self, Refusal},
    environment::Environment,
    foreign,
    origin::Converted,
    v1, v3,
};
use crate::{diagnostic::Problem, source::Source, syntax::Syntax};

/// How many collections a dump may hold.
const MAX_COLLECTIONS: usize = 10_000;

/// Reads the requests of one bundle of `sources`; more than one outcome for a dump of several collections.
pub(crate) fn read(
    bundle: &Bundle,
    sources: &[Source],
    settings: &Settings,
) -> Result<Vec<Outcome>, Box<Problem>> {
    match bundle {
        Bundle::File(index) => sources.get(*index).map_or_else(
            || Ok(Vec::new()),
            |source| {
                read_text(&source.name, &source.text(), settings)
                    .map_err(|refusal| problem(source, refusal))
            },
        ),
        Bundle::Folder {
            name,
            path,
            depth,
            is_collection,
            files,
        } => {
            let mut contents = Vec::with_capacity(files.len());
            for source in files.iter().filter_map(|index| sources.get(*index)) {
                let content = source.syntax().parse(&source.text());
                let content = content.map_err(|malformed| malformed_in(source, malformed))?;
                let inner = source.name.get(*depth..).unwrap_or_default().to_owned();
                contents.push((inner, source.name.clone(), content));
            }
            let converted = v3::read_tree(name, *is_collection, contents);
            let outcome = read_converted(path, "$", converted, settings);
            outcome.map(|outcome| vec![outcome]).map_err(|refusal| {
                Box::new(Problem {
                    file: path.clone(),
                    reason: refusal.reason,
                    remedy: refusal.remedy.to_owned(),
                    ..Problem::default()
                })
            })
        }
    }
}

fn problem(source: &Source, refusal: Refusal) -> Box<Problem> {
    Box::new(Problem {
        file: source.name.clone(),
        position: refusal.position,
        path: "$".to_owned(),
        reason: refusal.reason,
        remedy: refusal.remedy.to_owned(),
        text: Some(source.text().into_owned()),
        ..Problem::default()
    })
}

/// Reads the text of one file, whose name says whether it is YAML.
///
/// # Errors
///
/// Why this is nothing that holds requests, what it is instead, and what to do.
pub fn read_text(file: &str, text: &str, settings: &Settings) -> Result<Vec<Outcome>, Refusal> {
    let written = text;
    let text = match Syntax::of(file) {
        Syntax::Json => Cow::Borrowed(text),
        Syntax::Yaml => match Syntax::Yaml.parse(text) {
            Ok(value) => Cow::Owned(value.to_string()),
            Err(malformed) => {
                return Err(recognized_text(file, text).unwrap_or(Refusal {
                    position: Some(malformed.position),
                    reason: malformed.reason,
                    remedy: "repair the YAML, or export the file from Postman again",
                }));
            }
        },
    };
    match collection::read(file, &text, "$", settings) {
        Ok(Some(outcome)) => return Ok(vec![outcome]),
        Ok(None) => {}
        Err(refusal) => return Err(recognized_text(file, &text).unwrap_or(refusal)),
    }
    let root = Syntax::Json.parse(&text).map_err(|malformed| Refusal {
        position: Some(malformed.position),
        reason: malformed.reason,
        remedy: "repair the JSON, or export the file from Postman again",
    })?;
    // Some of these have lists of `requests` as well, as the first version of collections had.
    if !v3::is_export(&root)
        && let Some((reason, remedy)) = foreign::export(&root)
    {
        return Err(Refusal {
            position: None,
            reason,
            remedy,
        });
    }
    if let Some(collections) = dump(&root) {
        return read_dump(file, collections, settings);
    }
    if let Some(refusal) = v3::incomplete(&root) {
        return Err(refusal);
    }
    if let Some(converted) = convert(&root, "$") {
        return Ok(vec![read_converted(file, "$", converted, settings)?]);
    }
    let recognized = match foreign::recognize(&root) {
        Some(_) => None,
        // RAML is YAML as well.
        None => recognized_text(file, written),
    };
    Err(recognized.unwrap_or_else(|| unknown(&root)))
}

/// What is converted before it is read. `base` is where places in the converted form begin, and the root stands.
fn convert(root: &Value, base: &str) -> Option<Converted> {
    if v3::is_export(root) {
        return Some(v3::read_export(root, base));
    }
    let (root, path) = match root.get("collection") {
        Some(wrapped) if v1::is_v1(wrapped) => (wrapped, format!("{base}.collection")),
        _ => (root, base.to_owned()),
    };
    v1::is_v1(root).then(|| v1::read(root, base, &path))
}

fn read_converted(
    file: &str,
    base: &str,
    converted: Converted,
    settings: &Settings,
) -> Result<Outcome, Refusal> {
    let read = collection::read(file, &converted.root.to_string(), base, settings)?;
    let mut outcome = read.ok_or_else(|| unknown(&converted.root))?;
    outcome.origins = converted.origins;
    for (mut place, note) in converted.notes {
        if place.file.is_empty() {
            file.clone_into(&mut place.file);
        }
        outcome.notes.push((place, note));
    }
    Ok(outcome)
}

/// The collections of a dump of all that somebody has in Postman.
fn dump(root: &Value) -> Option<&Vec<Value>> {
    let collections = root.get("collections")?.as_array()?;
    ["environments", "globals", "headerPresets", "version"]
        .iter()
        .any(|key| root.get(key).is_some())
        .then_some(collections)
}

/// Each collection of a dump is read by itself; its environments are one for each server, and settle nothing.
fn read_dump(
    file: &str,
    collections: &[Value],
    settings: &Settings,
) -> Result<Vec<Outcome>, Refusal> {
    if collections.is_empty() {
        return Err(Refusal {
            position: None,
            reason: "this is a dump of Postman's data without collections".to_owned(),
            remedy: "export the collection from Postman as v2.1 JSON",
        });
    }
    let mut outcomes = Vec::new();
    for (index, collection) in collections.iter().take(MAX_COLLECTIONS).enumerate() {
        let path = format!("$.collections[{index}]");
        let converted = convert(collection, &path).unwrap_or_else(|| Converted {
            root: collection.clone(),
            ..Converted::default()
        });
        let outcome = read_converted(file, &path, converted, settings);
        outcomes.push(outcome.map_err(|refusal| Refusal {
            reason: format!("the collection at {path}: {}", refusal.reason),
            ..refusal
        })?);
    }
    Ok(outcomes)
}

fn unknown(root: &Value) -> Refusal {
    if let Some(environment) = Environment::read("", root) {
        return Refusal {
            position: None,
            reason: environment.alone("").reason,
            remedy: "name the collection with --postman, and this file with --environment",
        };
    }
    let (reason, remedy) = foreign::recognize(root).unwrap_or((
        match root {
            Value::Object(_) => "there is neither `item` nor `request` in it".to_owned(),
            Value::Null => "the file is empty".to_owned(),
            _ => "a Postman file must contain a JSON object".to_owned(),
        },
        "export the collection, folder or request from Postman as v2.1 JSON",
    ));
    Refusal {
        position: None,
        reason,
        remedy,
    }
}

/// A text that is not valid, but known.
fn recognized_text(file: &str, text: &str) -> Option<Refusal> {
    let (reason, remedy) = foreign::recognize_text(file, text)?;
    Some(Refusal {
        position: None,
        reason,
        remedy,
    })
}
