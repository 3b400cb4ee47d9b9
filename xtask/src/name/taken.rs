//! Unique names.

use std::collections::{HashMap, HashSet};

/// Names that are taken, without regard to case.
#[derive(Debug, Default)]
pub struct Taken {
    names: HashSet<String>,
    /// The last number that a name was given, so that many of one name do not count from the start each time.
    numbers: HashMap<String, usize>,
}

impl Taken {
    /// Takes `name` if it is free.
    pub fn take(&mut self, name: &str) -> bool {
        self.names.insert(name.to_lowercase())
    }

    /// Takes the first free one of `candidates`, or the last with a number.
    pub fn first_free(&mut self, candidates: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for candidate in candidates {
            if self.take(&candidate) {
                return candidate;
            }
            last = candidate;
        }
        let mut number = self.numbers.get(&last).copied().unwrap_or(1);
        loop {
            number += 1;
            let candidate = format!("{last}{number}");
            if self.take(&candidate) {
                self.numbers.insert(last, number);
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taken_names_get_a_number() {
        let mut taken = Taken::default();
        assert!(taken.take("Item"));
        assert_eq!(
            taken.first_free(["item".to_owned(), "AtItem".to_owned()]),
            "AtItem"
        );
        assert_eq!(taken.first_free(["ITEM".to_owned()]), "ITEM2");
    }
}
