//! Converts Postman files and overlays to the document: parse → model → infer → merge → overlay → check.

mod overlaid;
mod read;

use std::{collections::HashMap, path::PathBuf};

use crate::{
    diagnostic::{Diagnostics, Place, Problem, Warning, turn_mentions},
    document::{Document, Version},
    emit::{self, emit},
    operation::{
        Draft, Operation, contradiction, drafts, read_ids, share_credentials, unify_bases,
        unify_paths, webhooks,
    },
    overlay::{self, Applied, Strictness},
    postman::{self, Environment, Origins, Request},
    source::{self, Source},
    stored::Stored,
    vendor::Profile,
};

use read::Read;

/// What messages call the document where they are about a place in it.
const DOCUMENT: &str = "the generated document";

/// So many problems of one run are shown in their file's text, which is kept for each.
const SHOWN_IN_TEXT: usize = 20;

/// The input of the conversion.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Postman files, or folders of them.
    pub postman: Vec<PathBuf>,
    /// Overlay documents, or folders of them, applied in this order.
    pub overlays: Vec<PathBuf>,
    /// Postman's exports of environments and globals. Without any, the one that is met beside the collections counts.
    pub environments: Vec<PathBuf>,
    /// How updates in overlays that select nothing are treated.
    pub strictness: Strictness,
    /// The base URL of items whose URL does not contain it.
    pub base_url: Option<String>,
    /// The vendor whose knowledge applies.
    pub profile: Profile,
    /// The document that is to be replaced: its names are kept.
    pub stored: Option<Stored>,
    /// Whether the origin of facts is recorded.
    pub explained: bool,
    /// The version of OpenAPI.
    pub version: Version,
    /// A file that is not read where it lies in a folder: the document that is to be replaced.
    pub without: Option<PathBuf>,
}

/// The generated document and its warnings.
#[derive(Debug)]
pub struct Generated {
    /// The document.
    pub document: Document,
    /// Every assumption, in the order of places.
    pub warnings: Vec<Warning>,
    /// The files that it comes from, to show places in.
    pub sources: Vec<Source>,
    /// The operations of the items; only for [`Input::explained`].
    pub operations: Vec<Operation>,
    /// The effect of each overlay, by its file.
    pub applied: Vec<(String, Applied)>,
    /// Where the parts of converted files stood, by file.
    origins: HashMap<String, Origins>,
}

impl Generated {
    /// A place in the form that is read as the place in the file that people have.
    pub(crate) fn restored(&self, place: &Place) -> Place {
        let mut place = place.clone();
        restore(&self.origins, &mut place);
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
            reason: "there is no Postman file".to_owned(),
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
    /// How updates in overlays that select nothing are treated.
    pub strictness: Strictness,
    /// Variables that overrule those of the collections; globals are overruled by them.
    pub environments: &'a [Environment],
    /// The base URL of items whose URL does not contain it.
    pub base_url: Option<&'a str>,
    /// The vendor whose knowledge applies.
    pub profile: Profile,
    /// The document that is to be replaced: its names are kept.
    pub stored: Option<&'a Stored>,
    /// Whether the origin of facts is recorded.
    pub explained: bool,
    /// The version of OpenAPI.
    pub version: Version,
}

/// Generates the document from files that are read already: the entry point for programs, without file system.
///
/// A file's name says what its text is: `.yaml` and `.yml` are YAML, everything else is JSON. Files whose names have the
/// form of Postman's v3 folders (`Things/Get thing.request.yaml`) are taken together.
///
/// ```
/// use xtask::{
///     codegen::{Options, convert},
///     source::Source,
/// };
///
/// let collection = r#"{
///     "info": { "name": "Things" },
///     "item": [{
///         "name": "Get thing",
///         "request": { "method": "GET", "url": "https://api.example.com/things/:id" },
///         "response": [{ "name": "A thing.", "code": 200, "body": "{\"id\": \"t1\", \"size\": 3}" }]
///     }]
/// }"#;
/// let overlay = "
/// overlay: 1.1.0
/// info: { title: What the collection does not say, version: 1.0.0 }
/// actions:
///   - target: $.paths['/things/{id}'].get.summary
///     update: Returns a thing
/// ";
/// let generated = convert(
///     vec![Source::new("things.json", collection.into())?],
///     &[Source::new("things.overlay.yaml", overlay.into())?],
///     &Options::default(),
/// )?;
/// let document = generated.document.tree();
/// assert_eq!(document["paths"]["/things/{id}"]["get"]["summary"], "Returns a thing");
/// assert_eq!(document["components"]["schemas"]["GetThingResponse"]["properties"]["size"]["type"], "integer");
/// for warning in &generated.warnings {
///     eprintln!("{}: {}", warning.place, warning.text);
/// }
///
/// // What cannot be used is an error that says where, why and what to do.
/// let problem = convert(vec![Source::new("a.json", "{".into())?], &[], &Options::default()).unwrap_err();
/// assert_eq!(problem.position, Some((1, 1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The first input that cannot be used, or all contradictions between files at once.
pub fn convert(
    mut sources: Vec<Source>,
    overlays: &[Source],
    options: &Options<'_>,
) -> Result<Generated, Box<Problem>> {
    let mut diagnostics = Diagnostics::default();
    let Read {
        info,
        requests,
        origins,
    } = read::read(&mut sources, options, &mut diagnostics)?;
    let (mut drafts, webhooks) = grouped(requests, options.stored, &mut diagnostics);
    contradiction::check(&drafts).map_err(|problem| shown(problem, &sources, &origins))?;
    let texts = overlays;
    let in_overlay = |problem| overlaid::shown(problem, texts);
    let overlays = overlaid::read(overlays).map_err(in_overlay)?;
    overlay::name_operations(&overlays, &mut drafts);
    let stored = options
        .stored
        .map(|stored| overlaid::before(&overlays, stored));
    let written = emit::Options {
        base_url: options.base_url,
        stored: stored.as_deref(),
    };
    let mut operations = Vec::new();
    let done = |operation| {
        if options.explained {
            operations.push(operation);
        }
    };
    let document =
        emit(&info, drafts, webhooks, &written, &mut diagnostics, done).map_err(inconsistent)?;
    let mut applied = Vec::new();
    let (document, contradicted) = overlaid::apply(
        &overlays,
        document,
        (options.strictness, options.version),
        &mut applied,
    )
    .map_err(in_overlay)?;
    let mut warnings = overlaid::settle(&applied, diagnostics);
    warnings.extend(contradicted);
    let mut generated = Generated {
        document: document.into_version(options.version),
        warnings: Vec::new(),
        sources,
        operations,
        applied,
        origins,
    };
    for warning in &mut warnings {
        let turn = |place: &mut Place| restore(&generated.origins, place);
        turn(&mut warning.place);
        turn_mentions(&mut warning.mentions, &mut warning.text, turn);
    }
    generated.warnings = warnings;
    Ok(generated)
}

/// The operations and the webhooks that requests come to.
fn grouped(
    mut requests: Vec<Request>,
    stored: Option<&Stored>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Draft>, Vec<Draft>) {
    let sent_by_api = requests.extract_if(.., |request| request.is_webhook);
    let webhooks = webhooks(sent_by_api.collect());
    unify_bases(&mut requests);
    read_ids(&mut requests, diagnostics);
    unify_paths(&mut requests, stored, diagnostics);
    share_credentials(&mut requests, diagnostics);
    (drafts(requests), webhooks)
}

/// A contradiction with its places in the files that people have, and the texts of some of these.
fn shown(
    mut problem: Box<Problem>,
    sources: &[Source],
    origins: &HashMap<String, Origins>,
) -> Box<Problem> {
    problem.restore(|place| restore(origins, place));
    let text_of = |file: &str| {
        let source = sources.iter().find(|source| source.name == file)?;
        Some(source.text().into_owned())
    };
    problem.text = text_of(&problem.file);
    for other in problem.others.iter_mut().take(SHOWN_IN_TEXT) {
        other.text = text_of(&other.file);
    }
    problem
}

fn restore(origins: &HashMap<String, Origins>, place: &mut Place) {
    if let Some(origins) = origins.get(&place.file) {
        origins.restore(place);
    }
}

fn inconsistent(reason: String) -> Box<Problem> {
    Box::new(Problem {
        file: DOCUMENT.to_owned(),
        reason,
        remedy: "correct the item, or the overlay that changes this place".to_owned(),
        ..Problem::default()
    })
}
