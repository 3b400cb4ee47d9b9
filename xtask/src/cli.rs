//! The command line.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use serde_json::Value;

use crate::{
    OWN,
    changes::changes,
    codegen::{Generated, Input, generate},
    diagnostic::Problem,
    overlay::Strictness,
    report,
    stored::Stored,
    vendor::Profile,
    write,
};

/// The project's own tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
pub struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Generates the OpenAPI document from Postman items and overlays.
    Codegen(Codegen),
}

#[derive(Debug, Args)]
struct Codegen {
    /// A Postman file, or a folder of them; may be given several times. Replaces openapi/postman, and then no overlay
    /// is applied unless one is named.
    #[arg(long, value_name = "PATH")]
    postman: Vec<PathBuf>,
    /// An OpenAPI Overlay document (1.0 or 1.1, JSON or YAML), or a folder of them; may be given several times. Replaces
    /// openapi/overlay.
    #[arg(long, value_name = "PATH")]
    overlay: Vec<PathBuf>,
    /// Accepts overlay actions whose target selects nothing, as the Overlay specification does. Without it they are
    /// errors, so that an overlay that no longer fits its document is noticed.
    #[arg(long)]
    allow_unmatched: bool,
    /// A Postman environment or globals file, whose variables overrule those of the collections (an environment) or are
    /// overruled by them (globals); may be given several times. Values of the type `secret` are never used. Without it,
    /// an environment that lies beside the collections is used if it is the only one.
    #[arg(long, value_name = "FILE")]
    environment: Vec<PathBuf>,
    /// The document to write. The project's own in openapi/ if not given.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The base URL of items that leave it open.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Whose knowledge applies: that of the vendor NAME, of none, or (auto) of the one whose hosts, documentation or labels a
    /// file shows. The project's own items have their vendor's; for other files the default is auto.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Profile::names()))]
    profile: Option<String>,
    /// Names everything as if there were no document yet, instead of keeping the names in it.
    #[arg(long)]
    fresh_names: bool,
    /// Writes nothing; exits with 1 and a diff if the stored document is not what would be written.
    #[arg(long)]
    check: bool,
    /// Exits with 1 if there are warnings; nothing is written then.
    #[arg(long)]
    strict: bool,
    /// Explains where each fact about an operation comes from, and writes nothing. An operation is named by method and
    /// path, `POST /chat/users/{userId}/messages`, or by its id.
    #[arg(long, value_name = "OPERATION", conflicts_with_all = ["check", "strict"])]
    explain: Option<String>,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For machines: one JSON object.
    Json,
}

fn base_url(text: &str) -> Result<String, String> {
    let (scheme, rest) = text
        .split_once("://")
        .ok_or("a base URL begins with https:// or http://")?;
    match scheme {
        "https" | "http" if !rest.is_empty() && !rest.contains([' ', '?', '#']) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        "https" | "http" => Err("a base URL is a host and perhaps a path, nothing else".to_owned()),
        _ => Err("a base URL begins with https:// or http://".to_owned()),
    }
}

/// How a run ended; its number is the process's exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All is well.
    Done = 0,
    /// The stored document is stale, or there are warnings that may not be.
    Refused = 1,
    /// The input cannot be used, or the output not be written.
    Failed = 2,
}

/// Runs what the command line asks for. `root` is the workspace's folder; results go to `out`, all else to `err`.
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
    let output = options.output.clone().unwrap_or_else(|| root.join(OWN.1));
    match codegen(options, root, &output) {
        Ok((generated, _)) if options.explain.is_some() => {
            match report::explain(&generated, options.explain.as_deref().unwrap_or_default()) {
                Ok(explanation) => write!(out, "{explanation}").map(|()| Ending::Done),
                Err(reason) => writeln!(err, "error: {reason}").map(|()| Ending::Failed),
            }
        }
        Ok((generated, before)) => {
            conclude(options, &output, &generated, before.as_deref(), out, err)
        }
        Err(problem) => {
            match options.format {
                Format::Human => report::problem(&problem, err)?,
                Format::Json => report::json_problem(&problem, out)?,
            }
            Ok(Ending::Failed)
        }
    }
}

/// What is generated, and the text that there was before.
fn codegen(
    options: &Codegen,
    root: &Path,
    output: &Path,
) -> Result<(Generated, Option<String>), Box<Problem>> {
    let is_own = options.postman.is_empty();
    let folder = |given: &[PathBuf], own: &str, is_wanted: bool| match given {
        [] if is_wanted => vec![root.join(own)],
        given => given.to_vec(),
    };
    let text = match fs::read_to_string(output) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unwritable(output, &error)),
    };
    let input = Input {
        postman: folder(&options.postman, "openapi/postman", true),
        overlays: folder(
            &options.overlay,
            "openapi/overlay",
            is_own && root.join("openapi/overlay").exists(),
        ),
        environments: options.environment.clone(),
        strictness: match options.allow_unmatched {
            true => Strictness::Standard,
            false => Strictness::Strict,
        },
        base_url: options.base_url.clone(),
        profile: match options.profile.as_deref().and_then(Profile::named) {
            Some(profile) => profile,
            None if is_own => Profile::Of(OWN.0),
            None => Profile::Detected,
        },
        stored: text
            .as_deref()
            .filter(|_| !options.fresh_names)
            .map(Stored::read),
        explained: options.explain.is_some(),
    };
    Ok((generate(&input)?, text))
}

fn conclude(
    options: &Codegen,
    output: &Path,
    generated: &Generated,
    before: Option<&str>,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<Ending> {
    let is_current = before.is_some_and(|text| write::is_text_of(&generated.document, text));
    let replaced: Option<Value> = before
        .filter(|_| !is_current)
        .and_then(|text| serde_json::from_str(text).ok());
    let (differences, news) = replaced
        .map(|replaced| {
            let now = generated.document.tree();
            let news = report::news(&generated.warnings, &replaced, &now);
            (changes(&replaced, &now), news)
        })
        .unwrap_or_default();
    let is_refused =
        (options.check && !is_current) || (options.strict && !generated.warnings.is_empty());
    let is_wanted = !is_refused && !is_current && !options.check;
    if is_wanted && let Err(error) = write::replace(output, &generated.document) {
        report::problem(&unwritable(output, &error), err)?;
        return Ok(Ending::Failed);
    }
    let summary = report::Summary {
        output,
        generated,
        changes: &differences,
        news: &news,
        is_new: before.is_none(),
        is_current,
        is_written: is_wanted,
    };
    match options.format {
        Format::Human => {
            report::warnings(generated, &news, err)?;
            summary.human(out)?;
            if options.check && !is_current {
                let text = write::text(&generated.document);
                report::diff(output, before.unwrap_or_default(), &text, out)?;
                writeln!(
                    err,
                    "error: {} is stale; run `cargo xtask codegen`",
                    output.display()
                )?;
            } else if is_refused {
                writeln!(
                    err,
                    "error: there are warnings, and --strict allows none; nothing was written"
                )?;
            }
        }
        Format::Json => summary.json(out)?,
    }
    Ok(if is_refused {
        Ending::Refused
    } else {
        Ending::Done
    })
}

fn unwritable(output: &Path, error: &io::Error) -> Box<Problem> {
    Box::new(Problem {
        file: output.display().to_string(),
        reason: format!("cannot be written: {error}"),
        remedy: "name a file that can be written with --output; nothing was changed".to_owned(),
        ..Problem::default()
    })
}
