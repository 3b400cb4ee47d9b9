//! Error texts with placeholders: `$x`, `` `$x` ``, `${x}`, `{x}`, `{0}`.

/// A documented text, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    /// The text as the document has it, on one line.
    pub(super) text: String,
    /// What stands around the placeholders: one more than there are of them.
    pub(super) literals: Vec<String>,
    /// The names of the placeholders.
    pub(super) holes: Vec<String>,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'t> {
    Literal(&'t str),
    Hole(&'t str),
}

impl Template {
    /// The literals and placeholders in their order.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.literals
            .iter()
            .enumerate()
            .flat_map(|(index, literal)| {
                let hole = self.holes.get(index).map(|hole| Part::Hole(hole));
                [Some(Part::Literal(literal)), hole].into_iter().flatten()
            })
    }

    pub(super) fn parse(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut literals = vec![String::new()];
        let mut holes = Vec::new();
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            if let Some((hole, length)) = placeholder(rest) {
                match holes.last_mut() {
                    // Nothing tells where the first of two ends.
                    Some(last) if literals.last().is_some_and(String::is_empty) => {
                        *last = format!("{last} {hole}");
                    }
                    _ => {
                        holes.push(hole.to_owned());
                        literals.push(String::new());
                    }
                }
                rest = &rest[length..];
            } else {
                // There is always a last literal.
                if let Some(literal) = literals.last_mut() {
                    literal.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
        Self {
            text,
            literals,
            holes,
        }
    }

    /// What the text says around its placeholders, without case and punctuation; empty if that is nothing.
    pub(super) fn said(&self) -> Vec<String> {
        let said = |(literal, folded): (&String, String)| {
            let words: Vec<String> = literal
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            // Signs without words have only themselves to say.
            if words.is_empty() {
                folded.trim().to_owned()
            } else {
                words.join(" ")
            }
        };
        let all: Vec<String> = self.literals.iter().zip(self.folded()).map(said).collect();
        if all.iter().all(String::is_empty) {
            return Vec::new();
        }
        all
    }

    /// Whether it says nothing, so that it fits any text.
    pub(super) fn is_silent(&self) -> bool {
        self.said().is_empty()
    }

    /// How many signs of a text the template settles.
    pub(super) fn weight(&self) -> usize {
        let folded = self.folded();
        let signs = folded.iter().flat_map(|literal| literal.chars());
        signs.filter(|c| !c.is_whitespace()).count()
    }

    /// Whether it fits a text that was written after `other`, as the run time compares them.
    pub(super) fn fits(&self, other: &Self) -> bool {
        // No text holds this sign.
        let text = Self {
            literals: vec![other.literals.join("\u{1}")],
            ..Self::default()
        };
        let text = text.folded().concat();
        let literals = self.folded();
        let [first, between @ .., last] = literals.as_slice() else {
            return literals.concat() == text;
        };
        let inner = text
            .strip_prefix(first.as_str())
            .and_then(|rest| rest.strip_suffix(last.as_str()));
        let rest = between
            .iter()
            .try_fold(inner.unwrap_or_default(), |rest, literal| {
                rest.find(literal.as_str())
                    .map(|at| &rest[at + literal.len()..])
            });
        inner.is_some() && rest.is_some()
    }

    /// The literals as the run time compares them: see `src/template.rs`.
    pub(super) fn folded(&self) -> Vec<String> {
        let last = self.literals.len() - 1;
        let fold = |(index, literal): (usize, &String)| {
            let mut literal = literal.to_ascii_lowercase();
            if index == last {
                literal.truncate(literal.trim_end().trim_end_matches('.').trim_end().len());
            }
            if index == 0 || index == last {
                literal = literal.trim().to_owned();
            }
            literal
        };
        self.literals.iter().enumerate().map(fold).collect()
    }
}

/// The placeholder that `text` begins with, and its length.
fn placeholder(text: &str) -> Option<(&str, usize)> {
    if let Some(quoted) = text.strip_prefix('`') {
        let (hole, length) = placeholder(quoted).filter(|_| !quoted.starts_with('`'))?;
        return quoted[length..]
            .starts_with('`')
            .then_some((hole, length + 2));
    }
    let braced = text
        .strip_prefix("${")
        .map(|rest| (rest, 2))
        .or(text.strip_prefix('{').map(|rest| (rest, 1)));
    if let Some((rest, opening)) = braced {
        let end = rest.find('}')?;
        let hole = &rest[..end];
        let named = !hole.is_empty()
            && hole
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '));
        return named.then_some((hole, opening + end + 1));
    }
    let rest = text.strip_prefix('$')?;
    let mut end = word(rest)?;
    // A field in a field: `$card.id`. A dot that no word follows ends a sentence.
    while let Some(inner) = rest[end..].strip_prefix('.').and_then(word) {
        end += 1 + inner;
    }
    Some((&rest[..end], end + 1))
}

/// The length of the word that `text` begins with. An amount of money is none.
fn word(text: &str) -> Option<usize> {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        .then_some(end)
}
