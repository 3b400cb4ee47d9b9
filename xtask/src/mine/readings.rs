//! Texts that were read before: the same parameter of many operations is described in the same words, and their answers
//! are saved under the same names.

use std::collections::HashMap;

use super::{FieldFacts, field};
use crate::name::operation_id;

/// So many texts of a kind are kept, each of at most [`LONGEST`] bytes.
const MOST: usize = 1_024;

/// So long is a text that is kept at most.
const LONGEST: usize = 256;

/// What was read in texts.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    /// In descriptions of parameters, form fields and properties.
    fields: HashMap<String, FieldFacts>,
    /// In the names of requests and answers.
    ids: HashMap<String, String>,
}

impl Readings {
    /// What [`field`] reads in `text`.
    pub(crate) fn field(&mut self, text: &str) -> FieldFacts {
        match text {
            "" => FieldFacts::default(),
            text => recalled(&mut self.fields, text, field),
        }
    }

    /// What [`operation_id`] makes of `name`.
    pub(crate) fn id(&mut self, name: &str) -> String {
        recalled(&mut self.ids, name, operation_id)
    }
}

/// What `read` reads in `text`, which is `known` if it was read before.
fn recalled<T: Clone>(known: &mut HashMap<String, T>, text: &str, read: fn(&str) -> T) -> T {
    if let Some(known) = known.get(text) {
        return known.clone();
    }
    let found = read(text);
    if known.len() < MOST && text.len() <= LONGEST {
        known.insert(text.to_owned(), found.clone());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, MOST, Readings, field, operation_id};

    #[test]
    fn a_text_is_read_once_and_says_the_same_again() {
        let mut readings = Readings::default();
        for text in [
            "",
            " ",
            "(Required) The size. Default: `10`.",
            "One of `a`, `b`.",
        ] {
            for _ in 0..2 {
                assert_eq!(readings.field(text), field(text), "{text}");
                assert_eq!(readings.id(text), operation_id(text), "{text}");
            }
        }
        let kept = readings.fields.len();
        readings.field(&"x".repeat(LONGEST + 1));
        assert_eq!(readings.fields.len(), kept, "long ones are not kept");
        (0..=MOST).for_each(|at| drop(readings.field(&at.to_string())));
        assert_eq!(readings.fields.len(), MOST);
    }
}
