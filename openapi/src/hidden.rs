//! A text of an event that is a secret.

use std::fmt;

use serde_json::Value;

use crate::tolerant::Tolerant;

/// A text that `Debug` does not show, such as the token that an event brings for its answer.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transparent))]
pub struct Hidden(String);

impl Hidden {
    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hidden({} bytes)", self.0.len())
    }
}

impl Tolerant for Hidden {
    fn read(value: Value) -> Option<Self> {
        String::read(value).map(Self)
    }
}
