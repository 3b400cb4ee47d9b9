// Generated from zoom-chat.json. Not to be edited.

/// The events that this version knows, by name.
///
/// What an event lacks, or has in another type than the documented one, is `None` in
/// its struct.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Another event.
    Unknown,
}
impl Kind {
    /// The names of all events that this version knows.
    pub const NAMES: &'static [&'static str] = &[];
    /// The event `name` with the members of `event`, the whole of it.
    #[must_use]
    pub fn read(name: &str, event: ::serde_json::Value) -> Self {
        match name {
            _ => {
                drop(event);
                Self::Unknown
            }
        }
    }
    /// The event's name.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
        }
    }
}
