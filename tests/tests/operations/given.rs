//! Which of the documented examples a request is made of.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;
use zoom_chat_sdk::multipart::File;

/// The content of every file.
pub const FILE: &str = "not much\n";

/// The examples that a request is made of: all of them, but for what is said here.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The parameters, form parts and members of the body that are left out.
    pub without: BTreeSet<String>,
    /// A parameter that stands in the path, and its value in place of the example.
    pub path: Option<(String, String)>,
    /// Which of the examples is the body.
    pub example: usize,
    /// A member that the body has instead of that of the example.
    pub member: Option<(String, Value)>,
    /// The name of files.
    pub file_name: String,
}

impl Given {
    /// All but these.
    pub fn without<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self {
            without: names.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// Whether the parameter or part is set.
    pub fn has(&self, name: &str) -> bool {
        !self.without.contains(name)
    }

    /// The value of a parameter in the path.
    pub fn path(&self, name: &str, example: &str) -> String {
        match &self.path {
            Some((changed, value)) if changed == name => value.clone(),
            _ => example.to_owned(),
        }
    }

    /// The body.
    pub fn body<T: DeserializeOwned>(&self, examples: &[&str]) -> T {
        let mut body: Value = serde_json::from_str(examples[self.example]).unwrap();
        if let Some(members) = body.as_object_mut() {
            members.retain(|name, _| self.has(name));
            members.extend(self.member.clone());
        }
        let text = body.to_string();
        serde_json::from_value(body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// A file.
    pub fn file(&self) -> File {
        File::new(&*self.file_name, FILE)
    }
}
