//! The positions of paths in a text.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use crate::syntax::scan::Wanted;

/// The bytes of the values at `paths`, or of the innermost values around them that are there, in one pass; nothing in a
/// text that is not YAML up to there.
pub(crate) fn locate_all(text: &str, paths: &[&str]) -> Vec<Option<Range<usize>>> {
    let mut search = Search {
        root: Some(Wanted::of(paths)),
        open: Vec::new(),
        found: vec![usize::MAX..usize::MAX; paths.len()],
    };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else {
            break;
        };
        search.take(&event, span);
    }
    // What is open where the text ends, or stops to be YAML, is there.
    while let Some(open) = search.open.pop() {
        search.settle(open.wanted.as_ref(), &open.characters);
    }
    bytes(text, &search.found)
}

/// The ranges of bytes for ranges of characters.
fn bytes(text: &str, characters: &[Range<usize>]) -> Vec<Option<Range<usize>>> {
    let mut ends: Vec<usize> = characters
        .iter()
        .flat_map(|range| [range.start, range.end])
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let mut offsets = text.char_indices().map(|(byte, _)| byte);
    let mut next = 0;
    let found: Vec<(usize, usize)> = ends
        .into_iter()
        .filter(|end| *end != usize::MAX)
        .map(|end| {
            let byte = offsets.nth(end - next).unwrap_or(text.len());
            next = end + 1;
            (end, byte)
        })
        .collect();
    let byte = |character: usize| {
        let at = found.binary_search_by_key(&character, |(character, _)| *character);
        at.ok().and_then(|at| found.get(at)).map(|(_, byte)| *byte)
    };
    let range = |range: &Range<usize>| {
        let (start, end) = (byte(range.start)?, byte(range.end.max(range.start))?);
        Some(start..start + text.get(start..end)?.trim_end().len())
    };
    characters.iter().map(range).collect()
}

/// A list or a mapping that is open.
struct Open<'p> {
    /// What is wanted in it and was not met yet, if anything ever was.
    wanted: Option<Wanted<'p>>,
    /// Where it begins, and how far it goes as far as is known.
    characters: Range<usize>,
    /// Where the search is in it.
    at: At,
}

enum At {
    /// Before the item of this index.
    Index(usize),
    /// Before a key.
    Key,
    /// Before the value of this key.
    Value(String),
}

struct Search<'p> {
    /// What is wanted of the whole, until it begins.
    root: Option<Wanted<'p>>,
    open: Vec<Open<'p>>,
    /// By path, in characters.
    found: Vec<Range<usize>>,
}

impl Search<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        let (start, end) = (span.start.index(), span.end.index());
        let characters = start..end.max(start);
        let at = match event {
            Event::SequenceStart(..) => At::Index(0),
            Event::MappingStart(..) => At::Key,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(closed) = self.open.pop() {
                    let whole = closed.characters.start..end.max(closed.characters.start);
                    self.settle(closed.wanted.as_ref(), &whole);
                }
                return;
            }
            Event::Scalar(text, ..) => {
                if let Some(Open {
                    at: at @ At::Key, ..
                }) = self.open.last_mut()
                {
                    *at = At::Value(text.clone().into_owned());
                    return;
                }
                let wanted = self.value();
                return self.settle(wanted.as_ref(), &characters);
            }
            Event::Alias(_) => {
                let wanted = self.value();
                return self.settle(wanted.as_ref(), &characters);
            }
            _ => return,
        };
        let wanted = self.value();
        self.open.push(Open {
            wanted,
            characters,
            at,
        });
    }

    fn settle(&mut self, wanted: Option<&Wanted<'_>>, characters: &Range<usize>) {
        if let Some(wanted) = wanted {
            wanted.settle(characters, &mut self.found);
        }
    }
}

impl<'p> Search<'p> {
    /// A value begins; what is wanted of it.
    fn value(&mut self) -> Option<Wanted<'p>> {
        let Some(open) = self.open.last_mut() else {
            return self.root.take();
        };
        let next = match open.at {
            At::Index(index) => At::Index(index + 1),
            At::Key | At::Value(_) => At::Key,
        };
        let wanted = open.wanted.as_mut();
        match std::mem::replace(&mut open.at, next) {
            At::Index(index) => wanted?.items.remove(&index),
            At::Value(key) => wanted?.members.remove(key.as_str()),
            At::Key => None,
        }
    }
}
