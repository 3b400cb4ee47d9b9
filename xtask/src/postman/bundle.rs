//! Which files belong together, and which hold no requests but variables for them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{environment::Environment, foreign, v3};
use crate::{
    diagnostic::Problem,
    source::{
        Source,
        part::{RESOURCES, stem},
    },
    syntax::Malformed,
};

/// The files of one collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bundle {
    /// One file.
    File(usize),
    /// The files of a v3 collection.
    Folder {
        /// The folder's name.
        name: String,
        /// The path to it, or its name where there is none.
        path: String,
        /// How many bytes of the names of its files are the path to it.
        depth: usize,
        /// Whether it is one of Postman's folder of collections, and not what somebody keeps a request in.
        is_collection: bool,
        /// The files in it.
        files: Vec<usize>,
    },
}

impl Bundle {
    /// Lets go of the texts of its files.
    pub(crate) fn release(&self, sources: &mut [Source]) {
        let files = match self {
            Self::File(index) => std::slice::from_ref(index),
            Self::Folder { files, .. } => files,
        };
        for index in files {
            if let Some(source) = sources.get_mut(*index) {
                source.release();
            }
        }
    }
}

/// What stands beside `collections` in a folder of Postman's, and holds none.
const BESIDES: [&str; 6] = ["specs", "mocks", "flows", "documents", "datasets", "sdks"];

/// What a run has been given.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub bundles: Vec<Bundle>,
    /// Environments and globals, each with its file.
    pub environments: Vec<(String, Environment)>,
    /// Files in the folders of v3 collections that are no part of any.
    pub strays: Vec<String>,
}

/// Tells collections and environments apart. Files that were given together, one after the other, are one folder.
pub(crate) fn sort(sources: &[Source]) -> Result<Sorted, Box<Problem>> {
    let mut sorted = Sorted::default();
    let mut start = 0;
    while let Some(first) = sources.get(start) {
        let rest = sources.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|it| it.group == first.group).count();
        let group = rest.get(..length).unwrap_or_default();
        let roots = roots(group);
        let mut folders: Vec<Bundle> = roots
            .iter()
            .map(|root| {
                let given = first.folder.as_deref().unwrap_or_default();
                let path = if root.is_empty() { given } else { root };
                Bundle::Folder {
                    name: path.rsplit('/').next().unwrap_or(path).to_owned(),
                    path: path.to_owned(),
                    is_collection: in_collections(root).is_some(),
                    depth: root.len() + usize::from(!root.is_empty()),
                    files: Vec::new(),
                }
            })
            .collect();
        for (index, source) in group.iter().enumerate() {
            let index = start + index;
            let root = roots.iter().position(|root| is_in(&source.name, root));
            let folder = root.and_then(|at| folders.get_mut(at));
            if v3::is_part(&source.name)
                && let Some(Bundle::Folder { files, .. }) = folder
            {
                files.push(index);
            } else if let Some(environment) = environment(source)? {
                sorted.environments.push((source.name.clone(), environment));
            } else if root.is_some() && !is_collection(source) {
                sorted.strays.push(source.name.clone());
            } else if !is_beside(&source.name, &roots) && (group.len() == 1 || !is_index(source)) {
                sorted.bundles.push(Bundle::File(index));
            }
        }
        sorted.bundles.append(&mut folders);
        start += length;
    }
    Ok(sorted)
}

/// Whether a file that lies among those of a v3 collection is a collection itself: an export of an older format.
fn is_collection(source: &Source) -> bool {
    let root = source.syntax().parse(&source.text()).unwrap_or_default();
    let root = root.get("collection").unwrap_or(&root);
    let has = |key: &str| root.get(key).is_some_and(Value::is_array);
    has("item") || has("requests") || has("collections")
}

/// Whether a file is the index of all that Postman exported for somebody, beside the folders that it lists.
fn is_index(source: &Source) -> bool {
    let file = source.name.rsplit('/').next();
    file == Some("archive.json")
        && source
            .syntax()
            .parse(&source.text())
            .is_ok_and(|root| foreign::is_index(&root))
}

/// Whether a file is in a folder; every file is in the folder without a name.
fn is_in(name: &str, folder: &str) -> bool {
    folder.is_empty()
        || name
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// The folders of the v3 collections in a group of files.
fn roots(group: &[Source]) -> Vec<String> {
    let mut marked: BTreeSet<&str> = BTreeSet::new();
    let mut is_defined = false;
    for source in group {
        let name = source.name.as_str();
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        if let Some(around) = folder.strip_suffix(RESOURCES) {
            if v3::is_definition(file) {
                is_defined = true;
                marked.insert(around.trim_end_matches('/'));
            }
        } else if v3::is_part(name) && stem(file, "request").is_some() {
            marked.insert(folder);
        }
    }
    let mut roots: Vec<String> = Vec::new();
    for folder in marked {
        let root = in_collections(folder).unwrap_or(folder);
        // Outer folders come before those in them.
        if !roots
            .iter()
            .any(|outer| outer == root || is_in(root, outer))
        {
            roots.push(root.to_owned());
        }
    }
    let is_loose = |root: &String| in_collections(root).is_none();
    if roots.len() > 1 && !is_defined && roots.iter().all(is_loose) {
        // The folders of one collection without a definition.
        return vec![common(&roots)];
    }
    roots
}

/// The folder right below the one that is called `collections`. Folders of a collection may be called so as well: the
/// outermost one counts, but that in Postman's own folder first.
fn in_collections(folder: &str) -> Option<&str> {
    let below = |around: &str| {
        let starts = folder.match_indices(around).map(|(at, _)| at);
        let mut starts = starts.filter(|at| {
            folder
                .get(..*at)
                .is_some_and(|it| it.is_empty() || it.ends_with('/'))
        });
        starts.next().map(|at| at + around.len())
    };
    let inside = below("postman/collections/").or_else(|| below("collections/"))?;
    let rest = folder.get(inside..)?;
    folder.get(..inside + rest.find('/').unwrap_or(rest.len()))
}

fn common(folders: &[String]) -> String {
    let mut folders = folders.iter();
    let mut common: Vec<&str> = folders
        .next()
        .map(|first| first.split('/').collect())
        .unwrap_or_default();
    for folder in folders {
        let same = common
            .iter()
            .zip(folder.split('/'))
            .take_while(|(one, other)| *one == other)
            .count();
        common.truncate(same);
    }
    common.join("/")
}

/// Whether a file lies in a folder of Postman's that stands beside its collections.
fn is_beside(name: &str, roots: &[String]) -> bool {
    roots.iter().any(|root| {
        let Some((around, _)) = root.rsplit_once('/') else {
            return false;
        };
        let workspace = around.strip_suffix("collections").unwrap_or("-");
        name.strip_prefix(workspace)
            .and_then(|rest| rest.split('/').next())
            .is_some_and(|folder| around.ends_with("collections") && BESIDES.contains(&folder))
    })
}

fn environment(source: &Source) -> Result<Option<Environment>, Box<Problem>> {
    let text = source.text();
    if !Environment::is_likely(&source.name, &text) {
        return Ok(None);
    }
    let root = source
        .syntax()
        .parse(&text)
        .map_err(|malformed| malformed_in(source, malformed))?;
    Ok(Environment::read(&source.name, &root))
}

/// Reads a file that was named as an environment.
pub(crate) fn read_environment(source: &Source) -> Result<Environment, Box<Problem>> {
    let text = source.text();
    let root = source
        .syntax()
        .parse(&text)
        .map_err(|malformed| malformed_in(source, malformed))?;
    Environment::read(&source.name, &root).ok_or_else(|| {
        Box::new(Problem {
            file: source.name.clone(),
            reason: "this is not an environment of Postman: there is no list of `values`"
                .to_owned(),
            remedy: "export the environment or the globals from Postman".to_owned(),
            ..Problem::default()
        })
    })
}

pub(crate) fn malformed_in(source: &Source, malformed: Malformed) -> Box<Problem> {
    Box::new(Problem {
        file: source.name.clone(),
        position: Some(malformed.position),
        path: "$".to_owned(),
        reason: malformed.reason,
        remedy: "repair the file, or export it from Postman again".to_owned(),
        text: Some(source.text().into_owned()),
        ..Problem::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{Bundle, Sorted, sort};
    use crate::source::Source;

    #[test]
    fn files_are_taken_together_by_collection() {
        let defined = ".resources/definition.yaml";
        for (names, expected) in [
            (vec!["a.json", "b/c.yaml"], vec!["a.json", "b/c.yaml"]),
            (
                vec![
                    defined,
                    "A/x.request.yaml",
                    "A/.resources/definition.yaml",
                    "y.request.yml",
                ],
                vec!["given: 4"],
            ),
            (
                vec!["A/x.request.yaml", "B/C/y.request.yaml"],
                vec!["given: 2"],
            ),
            (
                vec!["Z/A/x.request.yaml", "Z/B/y.request.yaml"],
                vec!["Z: 2"],
            ),
            (
                vec![
                    "A/.resources/definition.yaml",
                    "A/x.request.yaml",
                    "B/y.request.yaml",
                    "c.json",
                ],
                vec!["c.json", "A: 2", "B: 1"],
            ),
            (
                vec![
                    "postman/collections/A/F/x.request.yaml",
                    "postman/collections/A/G/.resources/definition.yaml",
                    "postman/collections/B/.resources/x.resources/examples/200.example.yaml",
                    "postman/collections/B/x.request.yaml",
                    "postman/specs/api/openapi.yaml",
                    "postman/other.json",
                ],
                vec!["postman/other.json", "A: 2", "B: 2"],
            ),
            (
                vec!["collections/A/x.request.yaml", "mocks/m.yaml", "flows.json"],
                vec!["flows.json", "A: 1"],
            ),
            (
                vec![
                    "collections/postman/collections/A/collections/B/x.request.yaml",
                    "collections/postman/collections/A/collections/y.request.yaml",
                    "collections/postman/datasets/u/.resources/rows.json",
                ],
                vec!["A: 2"],
            ),
            (
                vec![
                    "A/x.request.yaml",
                    "A/y.json",
                    "A/z.yaml",
                    "A/.resources/x.request.yaml",
                ],
                vec!["A: 1"],
            ),
        ] {
            let source = |name: &&str| {
                let mut source = Source::new((*name).to_owned(), b"{}".to_vec()).unwrap();
                source.folder = Some("given".to_owned());
                source
            };
            let sources: Vec<Source> = names.iter().map(source).collect();
            let Sorted {
                bundles,
                environments,
                ..
            } = sort(&sources).unwrap();
            let told = |bundle: &Bundle| match bundle {
                Bundle::File(index) => names[*index].to_owned(),
                Bundle::Folder { name, files, .. } => format!("{name}: {}", files.len()),
            };
            assert_eq!(bundles.iter().map(told).collect::<Vec<_>>(), expected);
            assert!(environments.is_empty());
        }
    }
}
