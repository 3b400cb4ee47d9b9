//! Positions of listings, which other processes can resume from.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::InvalidSetting;

/// The position of a listing, from which this process or another one can resume, before or after Zoom's page token has
/// expired.
///
/// It is stored as text, by `Display` and `FromStr` or, in a larger value, by serde. Both have the same form, an object
/// of JSON; how long it is does not depend on the length of the listing.
///
/// ```
/// use zoom_chat_sdk::pages::Position;
///
/// let stored = Position::default().to_string();
/// assert_eq!(stored.parse::<Position>()?, Position::default());
/// assert!("any other text".parse::<Position>().is_err());
/// # Ok::<(), zoom_chat_sdk::InvalidSetting>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Zoom's token of the page. `None` for the first.
    pub(super) page_token: Option<String>,
    /// How many items of that page were returned already.
    pub(super) items: usize,
    /// The ids of the last items that were returned, by which their place is found again without the token.
    pub(super) last: Vec<String>,
}

impl Position {
    /// The number of the last items whose ids are stored. More than one, since a message can be deleted meanwhile.
    pub(super) const LAST: usize = 8;
}

/// One line of JSON.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

/// Takes the text that `Display` wrote.
impl FromStr for Position {
    type Err = InvalidSetting;

    fn from_str(text: &str) -> Result<Self, InvalidSetting> {
        serde_json::from_str(text)
            .map_err(|_| InvalidSetting::new("resume", "the text is not that of a `Position`"))
    }
}
