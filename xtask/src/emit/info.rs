//! The title, version and description of the document.

use std::cmp::Reverse;

use crate::{postman::Outcome, stored::Stored};

/// The title, version and description of the document.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The API's name.
    pub title: String,
    /// The API's version.
    pub version: String,
    /// Its description, as written.
    pub description: String,
    /// Whether operations name the file they come from. The file alone decides nothing about the API, so a document
    /// made of one named file does not mention it.
    pub names_files: bool,
}

/// Which of several collections says what the document is about, while they are read one by one: the one that the
/// stored document has its title from, then the one with the most operations; where their files stand decides nothing.
#[derive(Debug, Default)]
pub(crate) struct Titles<'s> {
    stored: Option<&'s str>,
    best: Option<(Rank, Info)>,
    /// The name of the only request outside collections.
    lone: Option<String>,
    items: usize,
    /// Whether the stored document has its title from a request outside collections.
    is_kept: bool,
}

/// The greatest wins: whether the title is the stored one, the number of operations, whether there is a description; then
/// the texts, so that the order in which they come does not matter.
type Rank = (bool, usize, bool, Reverse<String>, Reverse<String>, String);

impl<'s> Titles<'s> {
    pub(crate) fn new(stored: Option<&'s Stored>) -> Self {
        Self {
            stored: stored.and_then(Stored::title),
            ..Self::default()
        }
    }

    /// One more file.
    pub(crate) fn add(&mut self, outcome: &mut Outcome) {
        let Some(title) = outcome.title.take() else {
            let operations = || {
                outcome
                    .requests
                    .iter()
                    .filter(|request| !request.is_webhook)
            };
            self.items += operations().count();
            let mut names = operations().map(|request| &request.name);
            self.is_kept |= names.any(|name| self.stored == Some(name));
            self.lone = operations()
                .next()
                .map(|request| request.name.clone())
                .filter(|name| !name.is_empty());
            return;
        };
        let description = std::mem::take(&mut outcome.description);
        let version = outcome.version.take().unwrap_or_default();
        let rank = (
            self.stored == Some(title.as_str()),
            outcome
                .requests
                .iter()
                .filter(|request| !request.is_webhook)
                .count(),
            !description.is_empty(),
            Reverse(title.clone()),
            Reverse(description.clone()),
            version.clone(),
        );
        if self.best.as_ref().is_none_or(|(best, _)| *best < rank) {
            let info = Info {
                title,
                version,
                description,
                names_files: false,
            };
            self.best = Some((rank, info));
        }
    }

    /// What was decided.
    pub(crate) fn decide(self, names_files: bool) -> Info {
        let mut info = self.best.map(|(_, info)| info).unwrap_or_default();
        if info.title.is_empty() {
            let lone = self.lone.filter(|_| self.items == 1);
            let kept = self.stored.filter(|_| self.is_kept).map(str::to_owned);
            info.title = kept.or(lone).unwrap_or_else(|| "API".to_owned());
        }
        if info.version.is_empty() {
            "1.0.0".clone_into(&mut info.version);
        }
        Info {
            names_files,
            ..info
        }
    }
}
