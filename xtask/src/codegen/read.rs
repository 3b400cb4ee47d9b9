//! The first steps: reads files and converts them to requests.

use std::collections::HashMap;

use crate::{
    diagnostic::{Diagnostics, Kind, Place, Problem},
    emit::{Info, Titles},
    postman::{self, Origins, Request, Settings, Sorted},
    source::Source,
};

use super::Options;

/// The contents of the files.
pub(super) struct Read {
    pub info: Info,
    pub requests: Vec<Request>,
    /// Where the parts of converted files stood, by file.
    pub origins: HashMap<String, Origins>,
}

/// Reads all files; `diagnostics` gets what could not be carried over.
pub(super) fn read(
    sources: &mut [Source],
    options: &Options<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Read, Box<Problem>> {
    let Sorted {
        bundles,
        environments: met,
        strays,
    } = postman::sort(sources)?;
    if let (true, Some((file, environment))) = (bundles.is_empty(), met.first()) {
        return Err(Box::new(environment.alone(file)));
    }
    for file in strays {
        let place = Place {
            file,
            path: "$".to_owned(),
            ..Place::default()
        };
        let text = "the file is not a part of the collection around it, and is left out";
        diagnostics.add(&place, Kind::StrayFile.note(text));
    }
    let settings = Settings::of(options.environments, met, diagnostics);
    let mut titles = Titles::new(options.stored);
    let mut requests = Vec::new();
    let mut origins: HashMap<String, Origins> = HashMap::new();
    for bundle in bundles {
        for mut outcome in postman::read(&bundle, sources, &settings)? {
            let known = origins.entry(std::mem::take(&mut outcome.file));
            known
                .or_default()
                .extend(std::mem::take(&mut outcome.origins));
            options.profile.apply(&mut outcome);
            for (place, note) in std::mem::take(&mut outcome.notes) {
                diagnostics.add(&place, note);
            }
            titles.add(&mut outcome);
            requests.extend(outcome.requests);
        }
        bundle.release(sources);
    }
    Ok(Read {
        info: titles.decide(options.names_files),
        requests,
        origins,
    })
}
