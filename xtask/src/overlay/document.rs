//! Reading and checking an overlay document.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::{OverlayError, rename};

/// An overlay whose every part was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// Where it was read from, for messages.
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
    /// The JSONPath as written.
    pub target: String,
    /// The JSONPath.
    pub path: JsonPath,
    /// Why, in the author's words.
    pub description: Option<String>,
    /// What is done there.
    pub change: Change,
}

/// How deep brackets may nest in a target: the time to parse one grows exponentially with it.
const MAX_NESTING: usize = 16;

/// What an [`Action`] does.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Merges this value into the selected objects and arrays.
    Update(Value),
    /// Removes what is selected.
    Remove,
    /// Renames the selected component of `components.schemas` and its references.
    Rename {
        /// What it is called in the document.
        from: String,
        /// What to call it.
        to: String,
    },
}

impl Overlay {
    /// Reads an overlay document; `file` is its name in messages.
    ///
    /// # Errors
    /// [`OverlayError`] if the text is not JSON, or not an Overlay 1.0 document to the letter.
    pub fn parse(file: &str, text: &str) -> Result<Self, Box<OverlayError>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document: Value = serde_json::from_str(text).map_err(|error| {
            let position = Some((error.line(), error.column()));
            Box::new(OverlayError {
                position,
                ..fault(file, &format!("not JSON: {error}"), "repair the JSON text")
            })
        })?;
        Reader {
            file,
            action: None,
            target: None,
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
}

type Read<T> = Result<T, Box<OverlayError>>;

impl Reader<'_> {
    fn overlay(&mut self, document: &Value) -> Read<Overlay> {
        let root = self.object(document, "the document")?;
        self.known(
            root,
            "the document",
            &["overlay", "info", "extends", "actions"],
        )?;
        let version = self.text(root, "overlay")?;
        let is_supported = version.strip_prefix("1.0.").is_some_and(|patch| {
            !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit())
        });
        if !is_supported {
            let reason =
                format!("`overlay` is \"{version}\", which is no version that is supported");
            return self.fail(
                &reason,
                "write an Overlay 1.0 document: `\"overlay\": \"1.0.0\"`",
            );
        }
        let info = root
            .get("info")
            .map_or_else(|| self.missing("info"), |info| self.object(info, "`info`"))?;
        self.known(info, "`info`", &["title", "version"])?;
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
        for (index, action) in actions.iter().enumerate() {
            self.action = Some(index);
            self.target = None;
            if let Some(first) = actions.iter().take(index).position(|other| other == action) {
                let reason = format!("the same as $.actions[{first}]");
                return self.fail(
                    &reason,
                    "delete one of them: the standard wants actions to be unique",
                );
            }
            read.push(self.action(action)?);
        }
        Ok(read)
    }

    fn action(&mut self, action: &Value) -> Read<Action> {
        let action = self.object(action, "the action")?;
        let target = self.text(action, "target")?;
        self.target = Some(target.clone());
        self.known(
            action,
            "the action",
            &["target", "description", "update", "remove"],
        )?;
        if nesting(&target) > MAX_NESTING {
            let reason = format!("the target nests brackets more than {MAX_NESTING} deep");
            return self.fail(&reason, "write it as several actions with simpler targets");
        }
        let path = JsonPath::parse(&target).or_else(|error| {
            let reason = format!("the target is no JSONPath (RFC 9535): {} at character {}", error.message(), error.position());
            self.fail(&reason, "mend the path; names with other than letters, digits and _ go in brackets: $.paths['/a']")
        })?;
        let change = match (action.get("update"), action.get("remove")) {
            (None, None) if action.contains_key("x-rename") => {
                self.rename(action, &path, &target)?
            }
            (Some(update), None | Some(Value::Bool(false))) => Change::Update(update.clone()),
            (None, Some(Value::Bool(true))) => Change::Remove,
            (Some(_), Some(Value::Bool(true))) => {
                return self.fail(
                    "has both `update` and `remove`, so that the update would be lost",
                    "keep one of them",
                );
            }
            (_, Some(Value::Bool(false)) | None) => {
                return self.fail(
                    "has neither `update` nor `remove`",
                    "say what to do with the target",
                );
            }
            (_, Some(_)) => {
                return self.fail("`remove` is not true or false", "write `\"remove\": true`");
            }
        };
        Ok(Action {
            path,
            description: self.optional_text(action, "description")?,
            change,
            target,
        })
    }

    fn rename(&self, action: &Map<String, Value>, path: &JsonPath, target: &str) -> Read<Change> {
        let to = self.text(action, "x-rename")?;
        if !rename::is_name(&to) {
            let reason = format!("`x-rename` is \"{to}\", which is no name for a component");
            return self.fail(&reason, "write letters, digits and _.- only");
        }
        match rename::component(path, target) {
            Some(from) => Ok(Change::Rename { from, to }),
            None => self.fail(
                "`x-rename` needs a target that is one component",
                "select it by its name: $.components.schemas.Name",
            ),
        }
    }

    fn object<'v>(&self, value: &'v Value, what: &str) -> Read<&'v Map<String, Value>> {
        value.as_object().map_or_else(
            || self.fail(&format!("{what} is not an object"), "write a JSON object"),
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
            Some(_) => self.fail(&format!("`{key}` is not a string"), "write a JSON string"),
        }
    }

    fn known(&self, object: &Map<String, Value>, what: &str, keys: &[&str]) -> Read<()> {
        match object
            .keys()
            .find(|key| !keys.contains(&key.as_str()) && !key.starts_with("x-"))
        {
            Some(key) => self.fail(
                &format!("{what} has the unknown field `{key}`"),
                &format!("fields are {}; own ones begin with x-", keys.join(", ")),
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

/// How deep brackets nest in a JSONPath; those in a quoted name do not count.
fn nesting(path: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut quote = None;
    let mut characters = path.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => drop(characters.next()),
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, '[' | '(') => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
    }
    deepest
}
