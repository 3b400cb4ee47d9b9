//! Folders of YAML files.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Content, Node, Place, build};
use crate::{
    diagnostic::{self, Kind},
    postman::origin::Converted,
    source::part::{RESOURCES, stem},
};

/// What the files of a collection hold, by their paths below its folder.
#[derive(Debug, Default)]
struct Tree {
    definition: Option<(String, Value)>,
    /// By name.
    folders: BTreeMap<String, Tree>,
    /// By the name of the file without its extensions.
    requests: Vec<(String, String, Value)>,
    /// Saved answers by the folder in which they stand, below this one.
    examples: BTreeMap<String, Vec<(String, String, Value)>>,
}

/// Whether a file is one of a collection's, by its path below a folder.
pub(crate) fn is_part(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    match folder.split('/').any(|name| name == RESOURCES) {
        true => {
            (is_definition(file) && folder.ends_with(RESOURCES))
                || ["example", "message"]
                    .iter()
                    .any(|kind| stem(file, kind).is_some())
        }
        false => stem(file, "request").is_some(),
    }
}

/// Reads the files of a collection whose folder is called `name`. Each file has its path below that folder, its name in
/// messages, and its content. A single request without a definition is one item, unless this `is_collection` for certain.
pub(crate) fn read_tree(
    name: &str,
    is_collection: bool,
    files: Vec<(String, String, Value)>,
) -> Converted {
    let mut tree = Tree::default();
    for (path, file, content) in files {
        tree.add(&path, file, content);
    }
    let is_bare = !is_collection
        && tree.definition.is_none()
        && tree.folders.is_empty()
        && tree.requests.len() == 1;
    let mut strays = Vec::new();
    let mut root = tree.node(name.to_owned(), &mut strays);
    let mut converted = match &mut root.content {
        Content::Folder(children) if is_bare => match children.pop() {
            Some(request) => build::collection(request, "$"),
            None => build::collection(root, "$"),
        },
        _ => build::collection(root, "$"),
    };
    for file in strays {
        let place = diagnostic::Place {
            file,
            path: "$".to_owned(),
            ..diagnostic::Place::default()
        };
        let text = "the saved answer belongs to no request and is left out";
        converted.notes.push((place, Kind::StrayFile.note(text)));
    }
    converted
}

/// Whether a file in [`RESOURCES`] defines the folder around it.
pub(crate) fn is_definition(file: &str) -> bool {
    ["definition.yaml", "definition.yml"]
        .iter()
        .any(|name| file.eq_ignore_ascii_case(name))
}

impl Tree {
    fn add(&mut self, path: &str, file: String, content: Value) {
        let mut tree = self;
        let mut rest = path;
        loop {
            match rest.split_once('/') {
                Some((RESOURCES, resource)) => {
                    tree.resource(resource, file, content);
                    return;
                }
                Some((folder, inner)) => {
                    tree = tree.folders.entry(folder.to_owned()).or_default();
                    rest = inner;
                }
                None => {
                    if let Some(name) = stem(rest, "request") {
                        tree.requests.push((name.to_owned(), file, content));
                    }
                    return;
                }
            }
        }
    }

    /// A file below `.resources`.
    fn resource(&mut self, path: &str, file: String, content: Value) {
        if is_definition(path) {
            self.definition = Some((file, content));
        } else if let Some((folder, name)) = path.rsplit_once('/')
            && let Some(name) = stem(name, "example")
        {
            let examples = self.examples.entry(format!("{RESOURCES}/{folder}"));
            examples.or_default().push((name.to_owned(), file, content));
        }
    }

    /// `strays` gets the files of saved answers that no request has.
    fn node(mut self, name: String, strays: &mut Vec<String>) -> Node {
        let mut children = Vec::new();
        for (name, folder) in std::mem::take(&mut self.folders) {
            children.push(folder.node(name, strays));
        }
        for (name, file, own) in std::mem::take(&mut self.requests) {
            let examples = self.examples_of(&name, &file, &own);
            children.push(leaf((name, file, own), examples));
        }
        let left = std::mem::take(&mut self.examples).into_values().flatten();
        strays.extend(left.map(|(_, file, _)| file));
        let (file, own) = self.definition.unwrap_or_default();
        let place = Place {
            file: (!file.is_empty()).then_some(file),
            path: "$".to_owned(),
        };
        Node {
            own,
            name,
            place,
            content: Content::Folder(children),
        }
    }

    /// The saved answers of a request, in their order.
    fn examples_of(&mut self, name: &str, file: &str, request: &Value) -> Vec<Node> {
        let listed = request.get("examples").and_then(Value::as_array);
        let listed = listed.into_iter().flatten().enumerate();
        let listed = listed.filter(|(_, example)| example.is_object());
        let listed = listed.map(|(index, example)| Node {
            own: example.clone(),
            name: String::new(),
            place: Place {
                file: Some(file.to_owned()),
                path: format!("$.examples[{index}]"),
            },
            content: Content::Request(Vec::new()),
        });
        let stated = request.get("examples").and_then(Value::as_str);
        let stated = stated.map(|folder| folder.trim_start_matches("./").trim_end_matches('/'));
        let usual = format!("{RESOURCES}/{name}.resources/examples");
        let found = stated.and_then(|folder| self.examples.remove(folder));
        let found = found
            .or_else(|| self.examples.remove(&usual))
            .unwrap_or_default();
        let found = found.into_iter().map(|example| leaf(example, Vec::new()));
        let mut examples: Vec<Node> = listed.chain(found).collect();
        examples.sort_by(|one, other| one.order().total_cmp(&other.order()));
        examples
    }
}

fn leaf((name, file, own): (String, String, Value), examples: Vec<Node>) -> Node {
    let place = Place {
        file: Some(file),
        path: "$".to_owned(),
    };
    Node {
        own,
        name,
        place,
        content: Content::Request(examples),
    }
}
