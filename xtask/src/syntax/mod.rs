//! The two syntaxes of files, JSON and YAML, told apart by the extension, and the JSON that people type into bodies.

pub mod lenient_json;
pub mod locate;
mod scan;
pub mod yaml;

use std::path::Path;

use serde_json::Value;

/// The syntax of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syntax {
    /// JSON.
    #[default]
    Json,
    /// YAML 1.2.
    Yaml,
}

/// Why a text is not valid in its syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Line and column, both from 1.
    pub position: (usize, usize),
    /// What is wrong.
    pub reason: String,
}

impl Syntax {
    /// The syntax of the file called `name`: YAML for the extensions `.yaml` and `.yml`, JSON for every other name.
    ///
    /// ```
    /// use xtask::syntax::Syntax;
    ///
    /// assert_eq!(Syntax::of("api.YML"), Syntax::Yaml);
    /// assert_eq!(Syntax::of("api.json"), Syntax::Json);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        let extension = Path::new(name).extension().unwrap_or_default();
        match ["yaml", "yml"]
            .iter()
            .any(|yaml| extension.eq_ignore_ascii_case(yaml))
        {
            true => Self::Yaml,
            false => Self::Json,
        }
    }

    /// Parses a text; a byte order mark is skipped.
    ///
    /// # Errors
    ///
    /// Where the text is not valid, and why.
    pub fn parse(self, text: &str) -> Result<Value, Malformed> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match self {
            Self::Yaml => yaml::parse(text),
            Self::Json => serde_json::from_str(text).map_err(|error| {
                let reason = error.to_string();
                let end = reason.find(" at line ").unwrap_or(reason.len());
                Malformed {
                    position: (error.line().max(1), error.column().max(1)),
                    reason: format!(
                        "the text is not JSON: {}",
                        reason.get(..end).unwrap_or_default()
                    ),
                }
            }),
        }
    }
}
