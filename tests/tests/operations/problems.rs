//! What is wrong with any of the operations, told at once.

use crate::subject::Subject;

#[derive(Debug, Default)]
pub struct Problems {
    checked: usize,
    found: Vec<String>,
}

impl Problems {
    /// Notes what is wrong with an operation if `holds` is not so.
    pub fn check(&mut self, subject: &Subject, holds: bool, problem: impl FnOnce() -> String) {
        self.checked += 1;
        if !holds {
            self.found
                .push(format!("{}: {}", subject.name(), problem()));
        }
    }

    /// Fails if anything is wrong, or nothing was checked.
    pub fn assert_none(self) {
        assert!(self.checked > 0, "nothing was checked");
        let found = self.found.len();
        assert!(
            found == 0,
            "{found} of {}:\n{}",
            self.checked,
            self.found.join("\n")
        );
    }
}
