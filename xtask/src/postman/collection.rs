//! A file as a whole: a collection, a folder or an item.

use super::{
    json::Json,
    node::{Malformed, Node},
    outcome::Outcome,
    settings::Settings,
    shape,
    variables::Variables,
    walk::{Scope, Walk},
};

/// Why a text holds no requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Line and column, both from 1, where the text is not even JSON.
    pub position: Option<(usize, usize)>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl From<Malformed> for Refusal {
    fn from(malformed: Malformed) -> Self {
        Self {
            position: Some(malformed.position),
            reason: malformed.reason,
            remedy: "repair the JSON, or export the file from Postman again",
        }
    }
}

/// Reads the JSON text of a v2.0 or v2.1 collection, folder or item, whose places begin with `path`; `None` if it is none
/// of these.
///
/// # Errors
///
/// The text is not JSON.
pub(super) fn read(
    file: &str,
    text: &str,
    path: &str,
    settings: &Settings,
) -> Result<Option<Outcome>, Refusal> {
    let mut node = Node::parse(text, text)?;
    let mut path = path.to_owned();
    if let Some(inner) = node.wrapped {
        node = Node::parse(inner, text)?;
        path.push_str(".collection");
    }
    let path = path.as_str();
    let (root, items) = (&node.own, node.items);
    let has_request = root.get("request").is_some() && root.get("$kind").is_none();
    if !has_request && items.is_none() {
        return Ok(None);
    }
    let is_folder = root.get("info").is_none() && root.get("name").is_some();
    let mut walk = Walk {
        file,
        is_part: items.is_none() || is_folder,
        text,
        outcome: Outcome {
            file: file.to_owned(),
            ..Outcome::default()
        },
    };
    let outer = Scope {
        variables: Variables::of(settings).with(root),
        ..Scope::default()
    };
    if let Some(items) = items {
        let info = root.get("info").unwrap_or(&Json::Null);
        walk.outcome.title = info
            .text("name")
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty());
        walk.outcome.description = info.description();
        walk.outcome.version = version(info);
        if !is_folder {
            walk.note_misfits(root, &shape::COLLECTION, (&outer, ""), path);
        }
        let scope = outer.with_auth(root, &mut walk, path);
        if is_folder {
            walk.item(root, Some(items), path.to_owned(), &outer, 0)?;
        } else {
            walk.tell_masked(root, &outer, "", path);
            walk.items(items, path, &scope, 0)?;
        }
    } else {
        walk.item(root, None, path.to_owned(), &outer, 0)?;
    }
    Ok(Some(walk.outcome))
}

fn version(info: &Json<'_>) -> Option<String> {
    match info.get("version")? {
        version @ Json::Object(_) => {
            let part = |key: &str| version.text(key).unwrap_or("0".into());
            Some(format!(
                "{}.{}.{}",
                part("major"),
                part("minor"),
                part("patch")
            ))
        }
        text => text
            .scalar()
            .map(std::borrow::Cow::into_owned)
            .filter(|text| !text.trim().is_empty()),
    }
}
