//! Where a path leads in a text.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use crate::syntax::locate::Step;

/// The bytes of the value at `path`, or of the innermost value around it that is there; `None` in a text that is not YAML
/// up to there.
pub(crate) fn locate(text: &str, path: &[Step<'_>]) -> Option<Range<usize>> {
    let mut search = Search {
        path,
        open: Vec::new(),
        found: None,
        is_closed: false,
    };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else {
            break;
        };
        search.take(&event, span);
        if search.is_closed {
            break;
        }
    }
    let (start, end) = search.found.map(|(_, start, end)| (start, end))?;
    let byte = |character: usize| {
        let mut bytes = text.char_indices().map(|(byte, _)| byte);
        bytes.nth(character).unwrap_or(text.len())
    };
    let (start, end) = (byte(start), byte(end.max(start)));
    Some(start..start + text.get(start..end)?.trim_end().len())
}

/// A list or a mapping that is open.
struct Open {
    /// How many steps of the path lead to it, if it lies on the path.
    depth: Option<usize>,
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
    path: &'p [Step<'p>],
    open: Vec<Open>,
    /// The innermost value on the path: how many steps lead to it, and where it begins and ends, in characters.
    found: Option<(usize, usize, usize)>,
    /// Whether nothing further in can be found.
    is_closed: bool,
}

impl Search<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        let at = match event {
            Event::SequenceStart(..) => At::Index(0),
            Event::MappingStart(..) => At::Key,
            Event::SequenceEnd | Event::MappingEnd => {
                let closed = self.open.pop().and_then(|open| open.depth);
                if let Some((depth, _, end)) = &mut self.found
                    && closed == Some(*depth)
                {
                    *end = span.end.index();
                    self.is_closed = true;
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
                self.value(span, true);
                return;
            }
            Event::Alias(_) => {
                self.value(span, true);
                return;
            }
            _ => return,
        };
        let depth = self.value(span, false);
        self.open.push(Open { depth, at });
    }

    /// A value begins; how many steps lead to it, if it lies on the path.
    fn value(&mut self, span: Span, is_whole: bool) -> Option<usize> {
        let depth = match self.open.last_mut() {
            None => Some(0),
            Some(open) => {
                let next = open.depth.and_then(|depth| self.path.get(depth));
                let is_next = match (&open.at, next) {
                    (At::Index(index), Some(Step::Index(wanted))) => index == wanted,
                    (At::Value(key), Some(Step::Key(wanted))) => key == wanted,
                    _ => false,
                };
                open.at = match open.at {
                    At::Index(index) => At::Index(index + 1),
                    At::Key | At::Value(_) => At::Key,
                };
                open.depth.filter(|_| is_next).map(|depth| depth + 1)
            }
        };
        if let Some(depth) = depth {
            self.found = Some((depth, span.start.index(), span.end.index()));
            self.is_closed = is_whole;
        }
        depth
    }
}
