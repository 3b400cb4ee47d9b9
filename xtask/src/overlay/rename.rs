//! Names that an overlay gives.
//!
//! The id of an operation is an ordinary `update`, but one that has to be known before the document is written: components
//! are named after it. A component is renamed by an action of our own, `x-rename`, which takes its references along.

use std::{borrow::Cow, collections::HashMap};

use serde_json::{Map, Value, json};

use super::{Action, Applied, Change, Effect, Overlay, error::Refusal, target::Target};
use crate::{
    diagnostic,
    document::{PREFIX, component_name},
    operation::Draft,
};

/// What the JSON pointers of components begin with.
const SCHEMAS: &str = "/components/schemas/";

/// Gives operations the ids that overlays have for them.
pub(crate) fn name_operations(overlays: &[Overlay], drafts: &mut [Draft]) {
    let actions = overlays.iter().flat_map(|overlay| &overlay.actions);
    let given: Vec<_> = actions
        .filter_map(|action| match &action.change {
            Change::Update(update) => Some((&action.target, update.get("operationId")?.as_str()?)),
            _ => None,
        })
        .collect();
    if given.is_empty() {
        return;
    }
    let mut paths = Map::new();
    let mut places: HashMap<String, &mut Draft> = HashMap::new();
    for draft in drafts {
        let method = draft.method.to_ascii_lowercase();
        let target = diagnostic::Target::operation(&draft.template, &method);
        paths
            .entry(draft.template.clone())
            .or_insert_with(|| json!({}))[&method] = json!({});
        places.insert(target.pointer, draft);
    }
    let document = json!({ "paths": paths });
    for (target, id) in given {
        for pointer in target.pointers(&document) {
            if let Some(draft) = places.get_mut(&pointer) {
                draft.given_id = Some(id.to_owned());
            }
        }
    }
}

/// The components that overlays rename: what they are called before all of it, by what they are called after.
pub(crate) fn renamed_components(overlays: &[Overlay]) -> HashMap<&str, &str> {
    let actions = overlays.iter().flat_map(|overlay| &overlay.actions);
    let mut names = HashMap::new();
    for action in actions {
        if let Change::Rename { from, to } = &action.change {
            let first = names.remove(from.as_str()).unwrap_or(from.as_str());
            names.insert(to.as_str(), first);
        }
    }
    names
}

/// The places that actions wrote to or removed, with the names that components had before all renames.
pub(crate) fn original_pointers(applied: &[(String, Applied)]) -> Vec<Cow<'_, str>> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut pointers = Vec::new();
    for (_, applied) in applied {
        if let Effect::Renamed { from, to } = &applied.effect {
            let first = names.remove(from.as_str()).unwrap_or(from);
            names.insert(to, first);
            continue;
        }
        let original = |pointer: &'_ String| {
            let inner = pointer.strip_prefix(SCHEMAS)?;
            let (name, rest) = inner.split_at(inner.find('/').unwrap_or(inner.len()));
            Some(format!("{SCHEMAS}{}{rest}", names.get(name)?))
        };
        pointers.extend(
            applied
                .pointers
                .iter()
                .map(|pointer| match original(pointer) {
                    Some(original) => Cow::Owned(original),
                    None => Cow::Borrowed(pointer.as_str()),
                }),
        );
    }
    pointers
}

/// The name of the schema that a target selects, if it can select nothing else.
pub(super) fn component(target: &Target) -> Option<String> {
    let rest = target.text.strip_prefix("$.components.schemas")?;
    let name = rest
        .strip_prefix('.')
        .or_else(|| rest.strip_prefix("['")?.strip_suffix("']"))
        .or_else(|| rest.strip_prefix("[\"")?.strip_suffix("\"]"))?;
    let document = json!({ "components": { "schemas": { name: {} } } });
    let pointer = format!("/components/schemas/{name}");
    (is_name(name) && target.pointers(&document).contains(&pointer)).then(|| name.to_owned())
}

/// Whether OpenAPI allows the name for a component.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    !name.is_empty() && name.chars().all(fits)
}

/// Renames whose references still have the old names. One walk through the document corrects those of all of them.
#[derive(Debug, Default)]
pub(crate) struct Renames(Vec<(String, String)>);

impl Renames {
    /// Renames a schema, but not yet what refers to it.
    pub(super) fn rename(
        &mut self,
        document: &mut Value,
        from: &str,
        to: &str,
    ) -> Result<(), Refusal> {
        let schemas = document.pointer_mut("/components/schemas");
        let Some(schemas) = schemas.and_then(Value::as_object_mut) else {
            return Ok(());
        };
        if schemas.contains_key(to) {
            return Err((
                format!("a component `{to}` exists already"),
                "choose another name, or rename that one first",
            ));
        }
        let Some(schema) = schemas.shift_remove(from) else {
            return Ok(());
        };
        // Components are in the order of their names.
        let after = schemas.keys().position(|name| name.as_str() > to);
        schemas.shift_insert(after.unwrap_or(schemas.len()), to.to_owned(), schema);
        self.0.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Whether an action reads or writes references, so that it needs the new names in them. Copies and removals take
    /// references as they are.
    pub(super) fn concern(&self, action: &Action) -> bool {
        let writes = match &action.change {
            Change::Update(update) => holds_text(update, |text| text.starts_with(PREFIX)),
            Change::Copy(from) => from.has_filter(),
            Change::Remove | Change::Rename { .. } | Change::None => false,
        };
        !self.0.is_empty() && (writes || action.target.has_filter())
    }

    /// Lets every reference to a renamed schema, or into it, have the new name; so those of a discriminator.
    pub(crate) fn settle(&mut self, document: &mut Value) {
        let renames = std::mem::take(&mut self.0);
        let mut names: HashMap<&str, &str> = HashMap::with_capacity(renames.len());
        for (from, to) in renames.iter().rev() {
            let last = names.get(to.as_str()).copied().unwrap_or(to);
            names.insert(from, last);
        }
        if !names.is_empty() {
            redirect(document, &names);
        }
    }
}

fn redirect(document: &mut Value, names: &HashMap<&str, &str>) {
    let turn = |value: &mut Value| {
        let Some(written) = value.as_str().and_then(|text| text.strip_prefix(PREFIX)) else {
            return;
        };
        let (name, rest) = written.split_at(written.find('/').unwrap_or(written.len()));
        if let Some(to) = names.get(&*component_name(name)) {
            *value = format!("{PREFIX}{to}{rest}").into();
        }
    };
    // A list of what is still to see, not recursion: documents may be nested as deep as they like.
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    if key == "$ref" {
                        turn(member);
                    }
                    if let ("mapping", Value::Object(mapping)) = (key.as_str(), &mut *member) {
                        mapping.values_mut().for_each(turn);
                    }
                    open.push(member);
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

/// Whether `is_it` holds for a text somewhere in `value`.
fn holds_text(value: &Value, is_it: impl Fn(&str) -> bool) -> bool {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if is_it(text) => return true,
            Value::Object(members) => open.extend(members.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    false
}
