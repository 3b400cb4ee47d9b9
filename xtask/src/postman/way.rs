//! Where a value stands inside of another. It is written only where something is found.

/// The way from a value to one inside of it.
pub(super) enum Way<'w> {
    Start,
    Member(&'w Way<'w>, &'w str),
    Item(&'w Way<'w>, usize),
}

impl Way<'_> {
    /// What a JSON path adds.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Start => String::new(),
            Self::Member(outer, key) => format!("{}.{key}", outer.path()),
            Self::Item(outer, index) => format!("{}[{index}]", outer.path()),
        }
    }

    /// How a sentence names it.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::Start => "the value".to_owned(),
            Self::Member(_, key) => format!("`{key}`"),
            Self::Item(outer, _) => format!("an entry of {}", outer.subject()),
        }
    }
}
