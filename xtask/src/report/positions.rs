//! Lines and columns of places.

use std::collections::{BTreeMap, HashMap};

use crate::{codegen::Generated, diagnostic::Place, syntax::locate::locate_all};

/// Where places stand in their files. Each file is read and searched once, however many places are in it.
pub(super) struct Positions<'p>(HashMap<&'p Place, (usize, usize)>);

impl<'p> Positions<'p> {
    pub(super) fn of(generated: &Generated, places: impl Iterator<Item = &'p Place>) -> Self {
        let mut by_file: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
        for place in places {
            by_file.entry(&place.file).or_default().push(place);
        }
        let mut positions = HashMap::new();
        for source in &generated.sources {
            let Some(places) = by_file.remove(source.name.as_str()) else {
                continue;
            };
            let text = source.text();
            let paths: Vec<&str> = places.iter().map(|place| place.path.as_str()).collect();
            let ranges = locate_all(&text, &paths);
            let starts = ranges.into_iter().map(|range| range.start);
            let mut found: Vec<(usize, &Place)> = starts.zip(places).collect();
            found.sort_unstable_by_key(|(start, _)| *start);
            let (mut at, mut line, mut column) = (0, 1, 1);
            for (start, place) in found {
                // From the place before on: a file may be one line.
                for c in text.get(at..start).unwrap_or_default().chars() {
                    (line, column) = match c {
                        '\n' => (line + 1, 1),
                        _ => (line, column + 1),
                    };
                }
                at = start;
                positions.insert(place, (line, column));
            }
        }
        Self(positions)
    }

    /// Line and column, both from 1; `None` in a file that is not one of the inputs.
    pub(super) fn get(&self, place: &Place) -> Option<(usize, usize)> {
        self.0.get(place).copied()
    }
}
