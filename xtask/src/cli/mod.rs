//! The command line.

mod against;
mod fragment;
mod index;
mod options;
mod output;
mod project;

use std::{io, io::Write, path::Path};

use serde_json::Value;

use crate::{
    OWN,
    changes::{Change, changes},
    codegen::{Generated, Input, generate},
    diagnostic::Problem,
    document::{Version, to_3_1},
    overlay::Strictness,
    report,
    stored::Stored,
    vendor::Profile,
    write,
};

pub use options::Cli;
pub use project::root;

use options::{Codegen, Format, Task};
use output::{Destination, unwritable};

/// The result of a run; its number is the exit code of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Success.
    Done = 0,
    /// The stored document is stale, there are warnings with `--strict`, or another export changes something.
    Refused = 1,
    /// The input cannot be used, or the output cannot be written.
    Failed = 2,
}

/// Runs the command. `root` is the project's folder; results are written to `out`, everything else to `err`.
///
/// # Errors
///
/// Only when `out` or `err` cannot be written to.
pub fn run(
    cli: &Cli,
    root: &Path,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Ending> {
    let Task::Codegen(options) = &cli.task;
    let ending = Destination::of(options, root).and_then(|destination| {
        let generated = generate(&input(options, root, &destination)?)?;
        Ok((destination, generated))
    });
    match ending {
        Ok((destination, generated)) => {
            if let Some(operation) = &options.explain {
                return match report::explain(&generated, operation) {
                    Ok(text) => write!(out, "{}", report::visible(&text)).map(|()| Ending::Done),
                    Err(reason) => writeln!(err, "error: {}", report::visible(&reason))
                        .map(|()| Ending::Failed),
                };
            }
            if !options.against.is_empty() {
                return against::tell(options, &destination, &generated, out, err);
            }
            let is_own = options.postman.is_empty() && options.output.is_none();
            let fragments = is_own.then_some(root);
            let ending = conclude(options, &destination, &generated, fragments, out, err)?;
            if is_own && ending == Ending::Done {
                return index::store(options, root, &generated, out, err);
            }
            Ok(ending)
        }
        Err(problem) => failed(options, &problem, out, err),
    }
}

fn failed(
    options: &Codegen,
    problem: &Problem,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Ending> {
    match options.format {
        Format::Human => report::problem(problem, err)?,
        Format::Json => report::json_problem(problem, out)?,
    }
    Ok(Ending::Failed)
}

/// The input of the conversion.
fn input(options: &Codegen, root: &Path, destination: &Destination) -> Result<Input, Box<Problem>> {
    let is_own = destination.is_of_project(options, root);
    let own = root.join("openapi/postman");
    let postman = match (options.against.as_slice(), options.postman.as_slice()) {
        ([], []) if !own.exists() => {
            return Err(Box::new(Problem {
                file: own.display().to_string(),
                reason: "the folder does not exist, and no Postman file is named".to_owned(),
                remedy: "name a Postman file, or a folder of them, with --postman".to_owned(),
                ..Problem::default()
            }));
        }
        ([], []) => vec![own],
        ([], given) => given.to_vec(),
        (export, _) => export.to_vec(),
    };
    let overlays = match options.overlay.as_slice() {
        [] if is_own && root.join("openapi/overlay").exists() => vec![root.join("openapi/overlay")],
        given => given.to_vec(),
    };
    let is_lenient = options.allow_unmatched || !options.against.is_empty();
    let is_kept = !options.fresh_names;
    let stored = || -> Option<Stored> {
        Some(match destination.syntax {
            crate::syntax::Syntax::Json => Stored::read(destination.stored.as_deref()?),
            crate::syntax::Syntax::Yaml => Stored::read(&destination.document()?.to_string()),
        })
    };
    Ok(Input {
        postman,
        overlays,
        environments: options.environment.clone(),
        strictness: match is_lenient {
            true => Strictness::Standard,
            false => Strictness::Strict,
        },
        base_url: options.base_url.clone(),
        profile: match options.profile.as_deref().and_then(Profile::named) {
            Some(profile) => profile,
            None if is_own => Profile::Of(OWN.0),
            None => Profile::Detected,
        },
        stored: is_kept.then(stored).flatten(),
        explained: options.explain.is_some(),
        version: match options.explain {
            Some(_) => Version::V3_0,
            None => options.openapi.into(),
        },
        without: destination.without(),
    })
}

/// The two documents, both in the newer version of OpenAPI of the two.
fn comparable(mut before: Value, mut after: Value) -> (Value, Value) {
    if Version::of(&before) != Version::of(&after) {
        to_3_1(&mut before);
        to_3_1(&mut after);
    }
    (before, after)
}

/// The changes to the document that is replaced, and which warnings are new.
fn compare(replaced: Value, generated: &Generated) -> (Vec<Change>, Vec<bool>) {
    let (before, after) = comparable(replaced, generated.document.tree().into_owned());
    let news = report::news(&generated.warnings, &before, &after);
    (changes(&before, &after), news)
}

/// Writes the document if it is to be written, and reports. The changes are written to a fragment below `fragments`.
fn conclude(
    options: &Codegen,
    destination: &Destination,
    generated: &Generated,
    fragments: Option<&Path>,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Ending> {
    let is_current = destination.holds(&generated.document);
    let replaced = destination.document().filter(|_| !is_current);
    let compared = replaced.map(|replaced| compare(replaced, generated));
    let (differences, news) = compared.unwrap_or_default();
    let is_refused =
        (options.check && !is_current) || (options.strict && !generated.warnings.is_empty());
    let is_wanted = !is_refused && !is_current && !options.check;
    // Before the document: if this failed after it, another run would find no changes.
    let root = fragments.filter(|_| is_wanted);
    let base =
        root.and_then(|root| Some((root, fragment::base(root, destination.stored.as_deref())?)));
    let fragment = match base {
        Some((root, base)) => {
            match fragment::store(root, &base, generated.document.tree().into_owned()) {
                Ok(fragment) => fragment,
                Err((path, error)) => return failed(options, &unwritable(&path, &error), out, err),
            }
        }
        None => None,
    };
    if is_wanted && let Err(error) = destination.write(&generated.document, out) {
        if destination.is_standard_output() {
            return Err(error);
        }
        return failed(options, &unwritable(&destination.name, &error), out, err);
    }
    let summary = report::Summary {
        output: &destination.name,
        generated,
        news: &news,
        changes: &differences,
        is_new: destination.stored.is_none(),
        is_current,
        is_written: is_wanted,
    };
    tell(
        options,
        destination,
        &summary,
        fragment.as_deref(),
        out,
        err,
    )?;
    Ok(match is_refused {
        true => Ending::Refused,
        false => Ending::Done,
    })
}

/// Reports what was generated and what became of it.
fn tell(
    options: &Codegen,
    destination: &Destination,
    summary: &report::Summary<'_>,
    fragment: Option<&Path>,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<()> {
    if options.format == Format::Json {
        return match destination.is_standard_output() {
            true => summary.json(err),
            false => summary.json(out),
        };
    }
    let generated = summary.generated;
    report::warnings(generated, summary.news, err)?;
    // Standard output holds the document, and nothing else.
    match destination.is_standard_output() {
        true => summary.human(err)?,
        false => summary.human(out)?,
    }
    if let Some(fragment) = fragment {
        let path = fragment.display();
        writeln!(
            out,
            "{path}: written; move it into CHANGELOG.md at the next release"
        )?;
    }
    if options.check && !summary.is_current {
        let text = write::text(&generated.document, destination.syntax);
        let stored = destination.stored.as_deref().unwrap_or_default();
        report::diff(&destination.name, stored, &text, out)?;
        writeln!(
            err,
            "error: {} is stale; run the same command without --check",
            report::line(&destination.name.display().to_string())
        )
    } else if options.strict && !generated.warnings.is_empty() {
        writeln!(
            err,
            "error: there are warnings, and --strict allows none; nothing was written"
        )
    } else {
        Ok(())
    }
}
