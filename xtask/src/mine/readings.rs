//! Descriptions that were read before: the same parameter of many operations is described in the same words.

use std::collections::HashMap;

use super::{FieldFacts, field};

/// So many descriptions are kept, each of at most [`LONGEST`] bytes.
const MOST: usize = 1_024;

/// So long is a description that is kept at most.
const LONGEST: usize = 256;

/// What was read in descriptions of parameters, form fields and properties.
#[derive(Debug, Default)]
pub(crate) struct Readings(HashMap<String, FieldFacts>);

impl Readings {
    /// What [`field`] reads in `text`.
    pub(crate) fn field(&mut self, text: &str) -> FieldFacts {
        if text.is_empty() {
            return FieldFacts::default();
        }
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let facts = field(text);
        if self.0.len() < MOST && text.len() <= LONGEST {
            self.0.insert(text.to_owned(), facts.clone());
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, MOST, Readings, field};

    #[test]
    fn a_description_is_read_once_and_says_the_same_again() {
        let mut readings = Readings::default();
        for text in [
            "",
            " ",
            "(Required) The size. Default: `10`.",
            "One of `a`, `b`.",
        ] {
            for _ in 0..2 {
                assert_eq!(readings.field(text), field(text), "{text}");
            }
        }
        let kept = readings.0.len();
        readings.field(&"x".repeat(LONGEST + 1));
        assert_eq!(readings.0.len(), kept, "long ones are not kept");
        (0..=MOST).for_each(|at| drop(readings.field(&at.to_string())));
        assert_eq!(readings.0.len(), MOST);
    }
}
