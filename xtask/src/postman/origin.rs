//! Files that were converted to v2.1 before they were read, and where their parts stood: messages name places in the files
//! that people have.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{Note, Place};

/// A v2.1 collection or item that was made of something else.
#[derive(Debug, Default)]
pub(super) struct Converted {
    pub root: Value,
    pub origins: Origins,
    /// What could not be converted.
    pub notes: Vec<(Place, Note)>,
}

/// Where the parts of a converted file stood.
#[derive(Debug, Default)]
pub struct Origins {
    /// By the path in the converted form: the file, where it is not the one that is named already, and the path in there.
    parts: HashMap<String, (Option<String>, String)>,
    /// The members of v2.1 below a part, and what they are called in the file.
    names: &'static [(&'static str, &'static str)],
}

impl Origins {
    /// None yet, of a format that has these names for the members of v2.1.
    pub(super) fn new(names: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            names,
            ..Self::default()
        }
    }

    /// Adds those of another part of the file.
    pub(crate) fn extend(&mut self, other: Self) {
        self.parts.extend(other.parts);
        if self.names.is_empty() {
            self.names = other.names;
        }
    }

    /// One more part.
    pub(super) fn add(&mut self, converted: String, file: Option<String>, path: String) {
        self.parts.insert(converted, (file, path));
    }

    /// Turns a place in the converted form into one in the file that people have.
    pub(crate) fn restore(&self, place: &mut Place) {
        // From the whole path to the innermost part around it.
        let mut end = place.path.len();
        let (file, path) = loop {
            if let Some(part) = place.path.get(..end).and_then(|path| self.parts.get(path)) {
                break part;
            }
            match place
                .path
                .get(..end)
                .and_then(|path| path.rfind(['.', '[']))
            {
                Some(at) => end = at,
                None => return,
            }
        };
        let rest = place.path.get(end..).unwrap_or_default();
        let renamed = self.names.iter().find_map(|(from, to)| {
            let rest = rest.strip_prefix(from)?;
            (rest.is_empty() || rest.starts_with(['.', '['])).then(|| format!("{to}{rest}"))
        });
        let path = format!("{path}{}", renamed.as_deref().unwrap_or(rest));
        place.path = path;
        if let Some(file) = file {
            place.file.clone_from(file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;
    use crate::diagnostic::Place;

    #[test]
    fn the_innermost_part_decides() {
        let mut origins = Origins::new(&[(".request.header", ".headers"), (".request", "")]);
        origins.add("$".to_owned(), None, "$".to_owned());
        origins.add(
            "$.item[1]".to_owned(),
            Some("b.yaml".to_owned()),
            "$".to_owned(),
        );
        origins.add(
            "$.item[1].response[0]".to_owned(),
            None,
            "$.examples[0]".to_owned(),
        );
        for (path, file, restored) in [
            ("$.item[1].request.header[2]", "b.yaml", "$.headers[2]"),
            ("$.item[1].request.headers", "b.yaml", "$.headers"),
            ("$.item[1].request", "b.yaml", "$"),
            ("$.item[1]", "b.yaml", "$"),
            ("$.item[1].response[0].body", "a.json", "$.examples[0].body"),
            ("$.item[10].request", "a.json", "$.item[10].request"),
            ("$.info", "a.json", "$.info"),
            ("", "a.json", ""),
        ] {
            let mut place = Place {
                file: "a.json".to_owned(),
                path: path.to_owned(),
                ..Place::default()
            };
            origins.restore(&mut place);
            assert_eq!(
                (place.file.as_str(), place.path.as_str()),
                (file, restored),
                "{path}"
            );
        }
    }
}
