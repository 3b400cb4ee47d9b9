//! The paragraphs of a description that several requests contribute to.

use std::collections::HashSet;

/// The paragraphs of a description, so that finding one does not take a search through all of them.
#[derive(Debug, Default)]
pub(super) struct Paragraphs(HashSet<String>);

impl Paragraphs {
    /// Whether `text` has a paragraph that is not known yet. From now on all of them are. Those of `first`, the description
    /// that the others are added to, are known.
    pub(super) fn are_new(&mut self, first: &str, text: &str) -> bool {
        if self.0.is_empty() {
            self.0.extend(paragraphs(first).map(str::to_owned));
        }
        let known = self.0.len();
        self.0.extend(paragraphs(text).map(str::to_owned));
        self.0.len() > known
    }
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let paragraphs = text.split("\n\n").map(str::trim);
    paragraphs.filter(|paragraph| !paragraph.is_empty())
}

#[cfg(test)]
mod tests {
    use super::Paragraphs;

    #[test]
    fn a_text_is_new_if_one_of_its_paragraphs_is() {
        let mut known = Paragraphs::default();
        for (text, expected) in [
            ("A.", false),
            ("B.\n\nA.", false),
            ("A.\n\nC.", true),
            ("C.\n\n\nB.\n", false),
            ("A", true),
            ("D.\nE.", true),
            ("E.", true),
            ("", false),
        ] {
            let is_new = known.are_new("A.\n\nB.", text);
            assert_eq!(is_new, expected, "{text}");
        }
    }
}
