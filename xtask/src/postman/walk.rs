//! Walks the folders of a file to its requests, with the settings that they inherit.

use super::{
    Folder,
    auth::{self, Stated},
    json::Json,
    node::{Malformed, Node, Unread},
    outcome::Outcome,
    shape::{self, Shape},
    variables::Variables,
    way::Way,
};
use crate::diagnostic::{Kind, Note, Place};

/// How deep folders may nest.
const MAX_FOLDERS: usize = 64;

/// What holds for everything inside a folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'a> {
    pub(super) variables: Variables<'a>,
    pub(super) folders: Vec<Folder>,
    pub(super) auth: Stated,
    /// Whether bodies are sent with every method, as far as that is stated.
    pub(super) keeps_bodies: Option<bool>,
}

impl<'a> Scope<'a> {
    /// Whether bodies are sent with every method.
    pub(super) fn keeps_bodies(&self, item: &Json<'_>) -> bool {
        keeps_bodies(item).or(self.keeps_bodies).unwrap_or_default()
    }

    /// The scope inside `holder`, which has its own variables and may say how its requests are authorized.
    pub(super) fn with_auth(&self, holder: &'a Json<'a>, walk: &mut Walk<'_>, path: &str) -> Self {
        let mut inner = Self {
            variables: self.variables.with(holder),
            keeps_bodies: keeps_bodies(holder).or(self.keeps_bodies),
            ..self.clone()
        };
        let stated = auth::read(holder, &inner.variables);
        if let Some(note) = auth::note(&stated, holder, &inner.variables) {
            walk.note(&inner, "", format!("{path}.auth.type"), note);
        }
        if stated != Stated::Inherited {
            inner.auth = stated;
        }
        inner
    }
}

/// Whether the owner of `holder` has switched off that Postman takes the bodies from requests of some methods.
fn keeps_bodies(holder: &Json<'_>) -> Option<bool> {
    let behavior = holder.get("protocolProfileBehavior")?;
    match behavior.get("disableBodyPruning")? {
        Json::Bool(is_disabled) => Some(*is_disabled),
        _ => None,
    }
}

pub(super) struct Walk<'f> {
    pub(super) file: &'f str,
    /// Whether the file is a part of a collection: what the others would say is not known.
    pub(super) is_part: bool,
    pub(super) text: &'f str,
    pub(super) outcome: Outcome,
}

impl Walk<'_> {
    pub(super) fn place(&self, scope: &Scope<'_>, name: &str, path: String) -> Place {
        let folders = scope.folders.iter().map(|folder| folder.name.as_str());
        let names: Vec<&str> = folders.chain((!name.is_empty()).then_some(name)).collect();
        Place {
            file: self.file.to_owned(),
            item: names.join(" / "),
            path,
        }
    }

    pub(super) fn note(&mut self, scope: &Scope<'_>, name: &str, path: String, note: Note) {
        let place = self.place(scope, name, path);
        self.outcome.notes.push((place, note));
    }

    /// Tells of the descriptions in `holder` that are not shown as they stand.
    pub(super) fn tell_masked(
        &mut self,
        holder: &Json<'_>,
        scope: &Scope<'_>,
        name: &str,
        path: &str,
    ) {
        holder.masked_descriptions(&Way::Start, &mut |below| {
            let note = "the description contains a credential, which is masked";
            let path = format!("{path}{below}");
            self.note(scope, name, path, Kind::MaskedCredential.note(note));
        });
    }

    /// Notes what is passed over in `value` for its type.
    pub(super) fn note_misfits(
        &mut self,
        value: &Json<'_>,
        shape: &Shape,
        (scope, name): (&Scope<'_>, &str),
        path: &str,
    ) {
        shape::misfits(value, shape, &mut |below, text| {
            self.note(
                scope,
                name,
                format!("{path}{below}"),
                Kind::WrongType.note(text),
            );
        });
    }

    pub(super) fn items(
        &mut self,
        items: Vec<Unread<'_>>,
        path: &str,
        scope: &Scope<'_>,
        depth: usize,
    ) -> Result<(), Malformed> {
        for (index, item) in items.into_iter().enumerate() {
            let node = Node::read(item, self.text)?;
            self.item(
                &node.own,
                node.items,
                format!("{path}.item[{index}]"),
                scope,
                depth,
            )?;
        }
        Ok(())
    }

    pub(super) fn item<'a>(
        &mut self,
        item: &'a Json<'_>,
        items: Option<Vec<Unread<'_>>>,
        path: String,
        scope: &Scope<'a>,
        depth: usize,
    ) -> Result<(), Malformed> {
        let name = item.text("name").unwrap_or_default();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.tell_masked(item, scope, &name, &path);
        self.note_misfits(item, &shape::ITEM, (scope, &name), &path);
        let has_request = item
            .get("request")
            .is_some_and(|request| !matches!(request, Json::Null));
        if let Some(items) = items {
            if has_request {
                let note = "the folder also has a request, which Postman ignores: it is left out";
                let request = format!("{path}.request");
                self.note(scope, &name, request, Kind::NoRequest.note(note));
            }
            if depth == MAX_FOLDERS {
                self.note(
                    scope,
                    &name,
                    path,
                    Kind::DeepFolders.note(format!(
                        "folders are nested deeper than {MAX_FOLDERS}: the deeper ones are left out"
                    )),
                );
                return Ok(());
            }
            let mut inner = scope.with_auth(item, self, &path);
            inner.folders.push(Folder {
                name,
                description: item.description(),
            });
            self.items(items, &path, &inner, depth + 1)?;
        } else if has_request {
            if item.list("variable").is_empty() {
                self.request(item, name, path, scope);
            } else {
                let inner = Scope {
                    variables: scope.variables.with(item),
                    ..scope.clone()
                };
                self.request(item, name, path, &inner);
            }
        } else {
            self.note(
                scope,
                &name,
                path,
                Kind::NoRequest.note("the item contains no request and is left out"),
            );
        }
        Ok(())
    }
}
