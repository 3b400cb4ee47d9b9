//! From Postman files and overlays to the document: parse → model → infer → merge → overlay → check.

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
};

use crate::{
    check::check,
    contradiction,
    diagnostic::{Kind, Note, Place, Problem, Warning},
    document::{Document, Version},
    emit::{Titles, emit},
    operation::{Operation, drafts, read_ids, unify_bases, unify_paths, webhooks},
    overlay::{self, Applied, Idle, Overlay, Strictness},
    postman::{self, Environment, Origins, Settings, Sorted},
    settle::Spot,
    source::{self, Source},
    stored::Stored,
    vendor::Profile,
};

/// So many problems of one run are shown in their file's text, which is kept for each.
const SHOWN_IN_TEXT: usize = 20;

/// What to generate from.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Postman files, or folders of them.
    pub postman: Vec<PathBuf>,
    /// Overlay documents, or folders of them, applied in this order.
    pub overlays: Vec<PathBuf>,
    /// Postman's exports of environments and globals. Without any, the one that is met beside the collections counts.
    pub environments: Vec<PathBuf>,
    /// What becomes of updates in overlays that select nothing.
    pub strictness: Strictness,
    /// For items that leave it open.
    pub base_url: Option<String>,
    /// Which vendor's knowledge applies.
    pub profile: Profile,
    /// The document that is to be replaced: its names are kept.
    pub stored: Option<Stored>,
    /// Whether it is to be told where facts come from.
    pub explained: bool,
    /// The version of OpenAPI.
    pub version: Version,
    /// A file that is not read where it lies in a folder: the document that is to be replaced.
    pub without: Option<PathBuf>,
}

/// What was generated.
#[derive(Debug)]
pub struct Generated {
    /// The document.
    pub document: Document,
    /// Every assumption, in the order of places.
    pub warnings: Vec<Warning>,
    /// The files that it comes from, to show places in.
    pub sources: Vec<Source>,
    /// What the items came to; only for [`Input::explained`].
    pub operations: Vec<Operation>,
    /// What each overlay did, by its file.
    pub applied: Vec<(String, Applied)>,
    /// Where the parts of converted files stood, by file.
    origins: HashMap<String, Origins>,
}

impl Generated {
    /// A place in the form that is read as the place in the file that people have.
    pub(crate) fn restored(&self, place: &Place) -> Place {
        let mut place = place.clone();
        if let Some(origins) = self.origins.get(&place.file) {
            origins.restore(&mut place);
        }
        place
    }
}

/// Generates the document. Reads files, writes none.
///
/// # Errors
///
/// The first input that cannot be used.
pub fn generate(input: &Input) -> Result<Generated, Box<Problem>> {
    let sources = source::read_all(&input.postman, input.without.as_deref())?;
    if sources.is_empty() {
        return Err(Box::new(Problem {
            file: input
                .postman
                .iter()
                .map(|path| path.display().to_string())
                .collect::<Vec<_>>()
                .join(", "),
            reason: "holds no Postman file".to_owned(),
            remedy: "put an exported item or collection there, with the extension .json or .yaml"
                .to_owned(),
            ..Problem::default()
        }));
    }
    let is_one_file = matches!(input.postman.as_slice(), [path] if path.is_file());
    convert(
        sources,
        &source::read_all(&input.overlays, None)?,
        &Options {
            names_files: !is_one_file,
            environments: &environments(&input.environments)?,
            strictness: input.strictness,
            base_url: input.base_url.as_deref(),
            profile: input.profile,
            stored: input.stored.as_ref(),
            explained: input.explained,
            version: input.version,
        },
    )
}

fn environments(files: &[PathBuf]) -> Result<Vec<Environment>, Box<Problem>> {
    let sources = source::read_all(files, None)?;
    sources.iter().map(postman::read_environment).collect()
}

/// How to generate from files that are read already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Whether operations name the file that they come from.
    pub names_files: bool,
    /// What becomes of updates in overlays that select nothing.
    pub strictness: Strictness,
    /// Variables that overrule those of the collections; globals are overruled by them.
    pub environments: &'a [Environment],
    /// For items that leave it open.
    pub base_url: Option<&'a str>,
    /// Which vendor's knowledge applies.
    pub profile: Profile,
    /// The document that is to be replaced: its names are kept.
    pub stored: Option<&'a Stored>,
    /// Whether it is to be told where facts come from.
    pub explained: bool,
    /// The version of OpenAPI.
    pub version: Version,
}

/// Generates the document from files that are read already.
///
/// # Errors
///
/// The first input that cannot be used.
pub fn convert(
    mut sources: Vec<Source>,
    overlays: &[Source],
    options: &Options<'_>,
) -> Result<Generated, Box<Problem>> {
    let mut warnings: BTreeSet<Warning> = BTreeSet::new();
    let mut tell = |place: &Place, note: Note, spot: Option<Spot>| {
        warnings.insert(Warning {
            place: place.clone(),
            field: note.field,
            text: note.text,
            kind: note.kind,
            spot,
        });
    };
    let mut requests = Vec::new();
    let mut titles = Titles::new(options.stored);
    let Sorted {
        bundles,
        environments: met,
    } = postman::sort(&sources)?;
    if let (true, Some((file, environment))) = (bundles.is_empty(), met.first()) {
        return Err(Box::new(environment.alone(file)));
    }
    let settings = Settings::of(options.environments, met, |place, note| {
        tell(&place, note, None);
    });
    let mut origins: HashMap<String, Origins> = HashMap::new();
    for bundle in bundles {
        for mut outcome in postman::read(&bundle, &sources, &settings)? {
            let known = origins.entry(std::mem::take(&mut outcome.file));
            known
                .or_default()
                .extend(std::mem::take(&mut outcome.origins));
            options.profile.apply(&mut outcome);
            for (place, note) in std::mem::take(&mut outcome.notes) {
                tell(&place, note, None);
            }
            titles.add(&mut outcome);
            requests.extend(outcome.requests);
        }
        bundle.release(&mut sources);
    }
    let info = titles.decide(options.names_files);
    let sent_by_api = requests.extract_if(.., |request| request.is_webhook);
    let webhooks = webhooks(sent_by_api.collect());
    unify_bases(&mut requests);
    read_ids(&mut requests, &mut |place, note| tell(place, note, None));
    unify_paths(&mut requests, options.stored);
    let mut drafts = drafts(requests);
    let restore = |place: &mut Place| {
        if let Some(origins) = origins.get(&place.file) {
            origins.restore(place);
        }
    };
    contradiction::check(&drafts).map_err(|mut problem| {
        problem.restore(restore);
        let text_of = |file: &str| {
            let source = sources.iter().find(|source| source.name == file)?;
            Some(source.text().into_owned())
        };
        problem.text = text_of(&problem.file);
        for other in problem.others.iter_mut().take(SHOWN_IN_TEXT) {
            other.text = text_of(&other.file);
        }
        problem
    })?;
    let overlays = overlays
        .iter()
        .map(|source| Overlay::parse(&source.name, &source.text()).map_err(problem_of_overlay))
        .collect::<Result<Vec<_>, _>>()?;
    overlay::name_operations(&overlays, &mut drafts);
    let renamed = overlay::renamed_components(&overlays);
    let before;
    let stored = match options.stored {
        Some(stored) if !renamed.is_empty() => {
            before = stored.before(&renamed);
            Some(&before)
        }
        stored => stored,
    };
    let options = &Options { stored, ..*options };
    let mut operations = Vec::new();
    let mut document = emit(&info, drafts, webhooks, options, &mut tell, |operation| {
        if options.explained {
            operations.push(operation);
        }
    })
    .map_err(inconsistent)?;
    let mut applied = Vec::new();
    if !overlays.is_empty() {
        let mut tree = document.tree().into_owned();
        for overlay in &overlays {
            let actions = overlay::apply(overlay, &mut tree, options.strictness)
                .map_err(problem_of_overlay)?;
            warnings.extend(actions.iter().filter_map(|it| idle(&overlay.file, it)));
            applied.extend(
                actions
                    .into_iter()
                    .map(|action| (overlay.file.clone(), action)),
            );
        }
        check(&tree).map_err(inconsistent)?;
        document = tree.into();
    }
    let pointers = || {
        applied
            .iter()
            .flat_map(|(_, action): &(String, Applied)| &action.pointers)
    };
    warnings.retain(|warning| {
        let spot = warning.spot.as_ref();
        !spot.is_some_and(|spot| pointers().any(|pointer| spot.is_settled_by(pointer)))
    });
    let restored = warnings.into_iter().map(|mut warning| {
        restore(&mut warning.place);
        warning
    });
    let warnings = restored.collect();
    Ok(Generated {
        document: document.into_version(options.version),
        warnings,
        sources,
        operations,
        applied,
        origins,
    })
}

/// What is told about an action that does nothing.
fn idle(file: &str, applied: &Applied) -> Option<Warning> {
    let target = &applied.target;
    let text = match applied.idle? {
        Idle::Removed => {
            format!("there is nothing to remove at {target}: the action can be deleted")
        }
        Idle::Unmatched => {
            format!("{target} selects nothing in the document: the action has no effect")
        }
        Idle::Empty => format!(
            "the action on {target} has no effect: it has neither `update` nor `copy` nor `remove`"
        ),
        Idle::Overruled => {
            format!("the action removes {target}: what else it has there is without effect")
        }
    };
    Some(Warning {
        place: Place {
            file: file.to_owned(),
            path: format!("$.actions[{}]", applied.action),
            ..Place::default()
        },
        field: String::new(),
        text,
        kind: Kind::IdleAction,
        spot: None,
    })
}

fn inconsistent(reason: String) -> Box<Problem> {
    Box::new(Problem {
        file: "the generated document".to_owned(),
        reason,
        remedy: "mend the item, or the overlay that touches this place".to_owned(),
        ..Problem::default()
    })
}

#[expect(
    clippy::boxed_local,
    clippy::needless_pass_by_value,
    reason = "the shape in which the overlay hands it over"
)]
fn problem_of_overlay(error: Box<overlay::OverlayError>) -> Box<Problem> {
    let target = error
        .target
        .as_ref()
        .map(|target| format!(" (target {target})"))
        .unwrap_or_default();
    Box::new(Problem {
        file: error.file.clone(),
        path: error
            .action
            .map(|action| format!("$.actions[{action}]"))
            .unwrap_or_default(),
        position: error.position,
        reason: format!("{}{target}", error.reason),
        remedy: error.remedy.clone(),
        ..Problem::default()
    })
}
