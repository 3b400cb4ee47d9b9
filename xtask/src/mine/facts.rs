//! What descriptions of a value say, and how several descriptions of one value are one.

use indexmap::IndexSet;

use super::Found;

/// The facts in the description of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldFacts {
    /// The rest, as Markdown.
    pub description: String,
    /// What other descriptions of the same value say, each once.
    pub further: IndexSet<String>,
    /// A `(Required)` prefix.
    pub required: Option<Found<()>>,
    /// A leading "Deprecated" mark. It stays in the description.
    pub deprecated: Option<Found<()>>,
    /// Described as a list that is not written in a single text.
    pub list: Option<Found<()>>,
    /// Described as the bytes of a file.
    pub binary: Option<Found<()>>,
    /// Said to be one of several kinds of text, such as an email address or an ID: no one format holds.
    pub mixed: Option<Found<()>>,
    /// The only values allowed, as written, without quotes.
    pub enumeration: Option<Found<Vec<String>>>,
    /// The value that stands if none is given, as written.
    pub default: Option<Found<String>>,
    /// Another default, that another description of the same value states.
    pub other_default: Option<Found<String>>,
    /// Smallest number.
    pub minimum: Option<Found<i64>>,
    /// Largest number.
    pub maximum: Option<Found<i64>>,
    /// Fewest characters.
    pub min_length: Option<Found<u64>>,
    /// Most characters.
    pub max_length: Option<Found<u64>>,
    /// Fewest items.
    pub min_items: Option<Found<u64>>,
    /// Most items.
    pub max_items: Option<Found<u64>>,
}

impl FieldFacts {
    /// All that descriptions say in words, the first one first.
    pub(crate) fn words(&self) -> String {
        let further = self.further.iter().map(String::as_str);
        let all: Vec<&str> = std::iter::once(self.description.as_str())
            .chain(further)
            .collect();
        all.join("\n\n")
    }

    /// Adds what another description of the same value says. Where both state a restriction, the wider one holds. The
    /// order of the two decides nothing but that of their words.
    pub(crate) fn merge(&mut self, other: Self) {
        for words in std::iter::once(other.description).chain(other.further) {
            if self.description.is_empty() {
                self.description = words;
            } else if !words.is_empty() && words != self.description {
                self.further.insert(words);
            }
        }
        self.required = self.required.take().or(other.required);
        self.deprecated = self.deprecated.take().or(other.deprecated);
        self.list = self.list.take().or(other.list);
        self.binary = self.binary.take().or(other.binary);
        self.mixed = self.mixed.take().or(other.mixed);
        let defaults = [self.default.take(), self.other_default.take()];
        let defaults = defaults.into_iter().flatten();
        let mut defaults: Vec<_> = defaults
            .chain(other.default)
            .chain(other.other_default)
            .collect();
        defaults.sort_by(|one, other| one.fact.cmp(&other.fact));
        defaults.dedup_by(|one, other| one.fact == other.fact);
        let mut defaults = defaults.into_iter();
        (self.default, self.other_default) = (defaults.next(), defaults.next_back());
        match (&mut self.enumeration, other.enumeration) {
            (Some(mine), Some(theirs)) if mine.fact == theirs.fact => {}
            (Some(mine), Some(theirs)) => {
                mine.fact.extend(theirs.fact);
                mine.fact.sort();
                mine.fact.dedup();
            }
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
        lower(&mut self.minimum, other.minimum);
        lower(&mut self.min_length, other.min_length);
        lower(&mut self.min_items, other.min_items);
        raise(&mut self.maximum, other.maximum);
        raise(&mut self.max_length, other.max_length);
        raise(&mut self.max_items, other.max_items);
    }
}

/// Keeps the lower one.
fn lower<T: Ord>(bound: &mut Option<Found<T>>, other: Option<Found<T>>) {
    let both = bound.take().into_iter().chain(other);
    *bound = both.min_by(|one, other| one.fact.cmp(&other.fact));
}

/// Keeps the higher one.
fn raise<T: Ord>(bound: &mut Option<Found<T>>, other: Option<Found<T>>) {
    let both = bound.take().into_iter().chain(other);
    *bound = both.max_by(|one, other| one.fact.cmp(&other.fact));
}
