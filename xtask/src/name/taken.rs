//! Unique names.

use std::collections::{HashMap, HashSet};

/// Names that are taken, without regard to case.
#[derive(Debug, Default)]
pub struct Taken {
    names: HashSet<String>,
    /// The numbers below which a name is taken, so that many of one name do not count from the start each time.
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
        let name = self.free(last);
        self.take(&name);
        name
    }

    /// `name` if it is free, else with the first number with which it is. It stays free.
    pub fn free(&mut self, name: String) -> String {
        let is_free = |name: &str| !self.names.contains(&name.to_lowercase());
        if is_free(&name) {
            return name;
        }
        let mut number = self.numbers.get(&name).copied().unwrap_or(2);
        let mut candidate = format!("{name}{number}");
        while !is_free(&candidate) {
            number += 1;
            candidate = format!("{name}{number}");
        }
        self.numbers.insert(name, number);
        candidate
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
        assert_eq!(taken.free("ITEM".to_owned()), "ITEM2");
        assert_eq!(taken.first_free(["ITEM".to_owned()]), "ITEM2");
        assert_eq!(taken.free("ITEM".to_owned()), "ITEM3");
        assert_eq!(taken.free("other".to_owned()), "other");
    }
}
