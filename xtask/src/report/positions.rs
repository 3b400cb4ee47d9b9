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
            let line_ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
            for (place, range) in places.into_iter().zip(ranges) {
                let line = line_ends.partition_point(|end| *end < range.start);
                let start = line
                    .checked_sub(1)
                    .and_then(|before| line_ends.get(before))
                    .map_or(0, |end| end + 1);
                let before = text.get(start..range.start).unwrap_or_default();
                positions.insert(place, (line + 1, before.chars().count() + 1));
            }
        }
        Self(positions)
    }

    /// Line and column, both from 1; `None` in a file that is not one of the inputs.
    pub(super) fn get(&self, place: &Place) -> Option<(usize, usize)> {
        self.0.get(place).copied()
    }
}
