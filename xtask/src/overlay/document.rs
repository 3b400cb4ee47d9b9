//! Reads and validates overlay documents.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Idle, OverlayError, rename, target::Target};
use crate::syntax::Syntax;

/// A valid overlay.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// The file that it was read from, for messages.
    pub file: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The document that it is meant for, as a URI reference.
    pub extends: Option<String>,
    /// In the order in which they apply.
    pub actions: Vec<Action>,
}

/// One change to all places that its target selects.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The part of the document that it applies to.
    pub target: Target,
    /// The author's description.
    pub description: Option<String>,
    /// The change.
    pub change: Change,
    /// The parts of the action without effect.
    pub idle: Option<Idle>,
    /// Whether the target may be a primitive value, as in Overlay 1.1.
    pub takes_primitives: bool,
}

/// The change of an [`Action`].
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Merges this value into the selected objects and arrays, or replaces the selected primitive values by it.
    Update(Value),
    /// Does the same with the value of the one node that this selects.
    Copy(Target),
    /// Removes what is selected.
    Remove,
    /// Renames the selected component of `components.schemas` and its references.
    Rename {
        /// What it is called in the document.
        from: String,
        /// What to call it.
        to: String,
    },
    /// Nothing: the standard allows an action that only describes.
    None,
}

impl Overlay {
    /// Reads an overlay document; `file` is its name in messages, whose extension tells YAML from JSON.
    ///
    /// # Errors
    ///
    /// [`OverlayError`] if the text is not JSON or YAML, or not an Overlay 1.0 or 1.1 document to the letter.
    pub fn parse(file: &str, text: &str) -> Result<Self, Box<OverlayError>> {
        let document = Syntax::of(file).parse(text).map_err(|malformed| {
            Box::new(OverlayError {
                position: Some(malformed.position),
                ..fault(file, &malformed.reason, "repair the text")
            })
        })?;
        Reader {
            file,
            action: None,
            target: None,
            is_1_1: false,
        }
        .overlay(&document)
    }
}

fn fault(file: &str, reason: &str, remedy: &str) -> OverlayError {
    OverlayError {
        file: file.to_owned(),
        action: None,
        target: None,
        position: None,
        reason: reason.to_owned(),
        remedy: remedy.to_owned(),
    }
}

/// What is being read, for messages.
struct Reader<'a> {
    file: &'a str,
    action: Option<usize>,
    target: Option<String>,
    /// Whether it is Overlay 1.1, not 1.0.
    is_1_1: bool,
}

type Read<T> = Result<T, Box<OverlayError>>;

impl Reader<'_> {
    fn overlay(&mut self, document: &Value) -> Read<Overlay> {
        let root = self.object(document, "the document")?;
        if !root.contains_key("overlay") {
            return self.fail(
                "`overlay` is missing: the file is not an overlay",
                "add the version, `\"overlay\": \"1.1.0\"`, or name another file with --overlay",
            );
        }
        self.known(
            root,
            "the document",
            &["overlay", "info", "extends", "actions"],
        )?;
        let version = self.text(root, "overlay")?;
        let is = |minor: &str| {
            version.strip_prefix(minor).is_some_and(|patch| {
                !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        self.is_1_1 = is("1.1.");
        if !self.is_1_1 && !is("1.0.") {
            let reason = format!("`overlay` is \"{version}\", which is not a supported version");
            return self.fail(&reason, "write 1.0.0 or 1.1.0: `\"overlay\": \"1.1.0\"`");
        }
        let info = root
            .get("info")
            .map_or_else(|| self.missing("info"), |info| self.object(info, "`info`"))?;
        let fields: &[&str] = match self.is_1_1 {
            true => &["title", "version", "description"],
            false => &["title", "version"],
        };
        self.known(info, "`info`", fields)?;
        self.optional_text(info, "description")?;
        let actions = match root.get("actions") {
            Some(Value::Array(actions)) if !actions.is_empty() => actions,
            Some(Value::Array(_)) => {
                return self.fail("`actions` is empty", "add an action, or delete the file");
            }
            Some(_) => return self.fail("`actions` is not an array", "write a list of actions"),
            None => return self.missing("actions"),
        };
        Ok(Overlay {
            file: self.file.to_owned(),
            title: self.text(info, "title")?,
            version: self.text(info, "version")?,
            extends: self.optional_text(root, "extends")?,
            actions: self.actions(actions)?,
        })
    }

    fn actions(&mut self, actions: &[Value]) -> Read<Vec<Action>> {
        let mut read = Vec::with_capacity(actions.len());
        let mut known: HashMap<&Value, usize> = HashMap::with_capacity(actions.len());
        for (index, action) in actions.iter().enumerate() {
            self.action = Some(index);
            self.target = None;
            if let Some(first) = known.insert(action, index) {
                let reason = format!("the same as $.actions[{first}]");
                return self.fail(
                    &reason,
                    "delete one of them: the standard requires unique actions",
                );
            }
            read.push(self.action(action)?);
        }
        Ok(read)
    }

    fn action(&mut self, action: &Value) -> Read<Action> {
        let action = self.object(action, "the action")?;
        let text = self.text(action, "target")?;
        self.target = Some(text.clone());
        let fields: &[&str] = match self.is_1_1 {
            true => &["target", "description", "update", "remove", "copy"],
            false => &["target", "description", "update", "remove"],
        };
        self.known(action, "the action", fields)?;
        let target = self.path(&text)?;
        let is_removal = match action.get("remove") {
            None => false,
            Some(Value::Bool(remove)) => *remove,
            Some(_) => {
                return self.fail("`remove` is not true or false", "write `\"remove\": true`");
            }
        };
        let copied = self.optional_text(action, "copy")?;
        let copied = copied.map(|text| {
            let path = Target::parse(&text);
            path.or_else(|(reason, remedy)| {
                self.fail(&reason.replacen("the target", "`copy`", 1), remedy)
            })
        });
        let copied = copied.transpose()?;
        let update = action.get("update");
        let change = match (update, copied) {
            _ if is_removal => Change::Remove,
            (Some(_), Some(_)) => {
                return self.fail("has both `update` and `copy`", "keep one of them");
            }
            (Some(update), None) => Change::Update(update.clone()),
            (None, Some(from)) => Change::Copy(from),
            (None, None) if action.contains_key("x-rename") => self.rename(action, &target)?,
            (None, None) => Change::None,
        };
        let is_overruled = is_removal && (update.is_some() || action.contains_key("copy"));
        Ok(Action {
            description: self.optional_text(action, "description")?,
            change,
            target,
            idle: is_overruled.then_some(Idle::Overruled),
            takes_primitives: self.is_1_1,
        })
    }

    fn path(&self, text: &str) -> Read<Target> {
        Target::parse(text).or_else(|(reason, remedy)| self.fail(&reason, remedy))
    }

    fn rename(&self, action: &Map<String, Value>, target: &Target) -> Read<Change> {
        let to = self.text(action, "x-rename")?;
        if !rename::is_name(&to) {
            let reason = format!("`x-rename` is \"{to}\", which is not a valid component name");
            return self.fail(&reason, "write letters, digits and _.- only");
        }
        match rename::component(target) {
            Some(from) => Ok(Change::Rename { from, to }),
            None => self.fail(
                "`x-rename` needs a target that is one component",
                "select it by its name: $.components.schemas.Name",
            ),
        }
    }

    fn object<'v>(&self, value: &'v Value, what: &str) -> Read<&'v Map<String, Value>> {
        value.as_object().map_or_else(
            || self.fail(&format!("{what} is not an object"), "write an object"),
            Ok,
        )
    }

    fn text(&self, object: &Map<String, Value>, key: &str) -> Read<String> {
        self.optional_text(object, key)?
            .map_or_else(|| self.missing(key), Ok)
    }

    fn optional_text(&self, object: &Map<String, Value>, key: &str) -> Read<Option<String>> {
        match object.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => self.fail(&format!("`{key}` is not a string"), "write a string"),
        }
    }

    fn known(&self, object: &Map<String, Value>, what: &str, keys: &[&str]) -> Read<()> {
        match object
            .keys()
            .find(|key| !keys.contains(&key.as_str()) && !key.starts_with("x-"))
        {
            Some(key) => self.fail(
                &format!("{what} has the unknown field `{key}`"),
                &format!("fields are {}; extensions begin with x-", keys.join(", ")),
            ),
            None => Ok(()),
        }
    }

    fn missing<T>(&self, key: &str) -> Read<T> {
        self.fail(&format!("`{key}` is missing"), "add it")
    }

    fn fail<T>(&self, reason: &str, remedy: &str) -> Read<T> {
        let (action, target) = (self.action, self.target.clone());
        Err(Box::new(OverlayError {
            action,
            target,
            ..fault(self.file, reason, remedy)
        }))
    }
}
