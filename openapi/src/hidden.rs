//! Secret texts of events.

use std::fmt;

use serde_json::Value;

use crate::tolerant::Tolerant;

/// A secret text, which `Debug` does not show, such as the token in an event for its answer.
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
