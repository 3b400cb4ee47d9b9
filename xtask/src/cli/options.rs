//! The options of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};

use crate::{document, vendor::Profile};

/// Converts Postman collections into OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "xtask", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub(super) task: Task,
}

#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// Generates an OpenAPI document from Postman files and overlays.
    ///
    /// Without --postman, it converts openapi/postman with openapi/overlay, below the current folder or a parent of it, into
    /// the document in openapi/. With --postman, it converts any file, and writes the document to standard output unless
    /// --output names a file.
    ///
    /// The exit code is 0 on success; 1 if --check, --strict or --against found something; 2 if the input cannot be used or
    /// the output cannot be written.
    #[command(after_help = EXAMPLES)]
    Codegen(Codegen),
}

const EXAMPLES: &str = "\
Examples:
  Convert a collection, with the variables of an environment:
    xtask codegen --postman api.postman_collection.json --environment prod.postman_environment.json --output api.yaml
  Convert the folder that Postman keeps beside code, to OpenAPI 3.1:
    xtask codegen --postman postman --openapi 3.1 --output api.json
  Show what a new export of the same API changes:
    xtask codegen --against new-export.json --output api.json";

#[derive(Debug, Args)]
pub(super) struct Codegen {
    /// A Postman file, or a folder of them; may be given several times.
    ///
    /// Collections, folders and requests of v1, v2.0, v2.1 and v3, and dumps, in JSON or YAML. Replaces openapi/postman, and
    /// then no overlay is applied unless one is named.
    #[arg(long, value_name = "PATH", help_heading = "Input")]
    pub postman: Vec<PathBuf>,
    /// A Postman environment or globals file; may be given several times.
    ///
    /// The variables of an environment override those of the collections, which override globals. Values of the type
    /// `secret`, and of variables with names of secrets, are never used. Without this option, an environment beside the
    /// collections is used if it is the only one.
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub environment: Vec<PathBuf>,
    /// The base URL of items whose URL does not contain it.
    #[arg(long, value_name = "URL", value_parser = base_url, help_heading = "Input")]
    pub base_url: Option<String>,
    /// The vendor whose conventions apply, or none, or auto to recognize it.
    ///
    /// A vendor is recognized by its hosts, links to its documentation, or labels in descriptions. The default is the
    /// project's vendor for its own items, and auto for other files.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Profile::names()), help_heading = "Input")]
    pub profile: Option<String>,
    /// An OpenAPI Overlay document, or a folder of them; may be given several times.
    ///
    /// Overlay 1.0 or 1.1, in JSON or YAML. Replaces openapi/overlay.
    #[arg(long, value_name = "PATH", help_heading = "Overlays")]
    pub overlay: Vec<PathBuf>,
    /// Accepts overlay actions whose target selects nothing.
    ///
    /// The Overlay specification accepts them. Without this option they are errors, so that overlays do not go stale.
    #[arg(long, help_heading = "Overlays")]
    pub allow_unmatched: bool,
    /// The document to write, or - for standard output.
    ///
    /// YAML if the name ends in .yaml or .yml, else JSON. Symbolic links are followed; devices and pipes are possible. The
    /// default is the project's document in openapi/, or standard output if --postman is given.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// The version of OpenAPI to write.
    #[arg(long, value_name = "VERSION", value_enum, default_value_t = Version::V3_0, help_heading = "Output")]
    pub openapi: Version,
    /// Derives all names again, instead of keeping those of the stored document.
    #[arg(long, help_heading = "Output")]
    pub fresh_names: bool,
    /// Writes nothing; exits with 1 and a diff if the stored document is stale.
    #[arg(long, help_heading = "Checks")]
    pub check: bool,
    /// Exits with 1 if there are warnings; nothing is written then.
    #[arg(long, help_heading = "Checks")]
    pub strict: bool,
    /// Writes nothing; prints what another export of the same API changes, breaking changes first.
    ///
    /// The export, a file or a folder, replaces --postman. Overlays apply to it, and targets that they no longer find are
    /// printed. Exits with 1 if anything changes.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["check", "strict", "explain"], help_heading = "Checks")]
    pub against: Vec<PathBuf>,
    /// Writes nothing; prints where each fact about an operation comes from.
    ///
    /// An operation is identified by method and path, `POST /chat/users/{userId}/messages`, or by its id.
    #[arg(long, value_name = "OPERATION", conflicts_with_all = ["check", "strict"], help_heading = "Checks")]
    pub explain: Option<String>,
    /// The format of the report.
    #[arg(long, value_enum, default_value_t = Format::Human, help_heading = "Checks")]
    pub format: Format,
}

/// The format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Human,
    /// For machines: one JSON object.
    Json,
}

/// A version of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Version {
    /// 3.0.3, which most generators of clients read.
    #[value(name = "3.0")]
    V3_0,
    /// 3.1.0, with webhooks and the schemas of JSON Schema.
    #[value(name = "3.1")]
    V3_1,
}

impl From<Version> for document::Version {
    fn from(version: Version) -> Self {
        match version {
            Version::V3_0 => Self::V3_0,
            Version::V3_1 => Self::V3_1,
        }
    }
}

fn base_url(text: &str) -> Result<String, String> {
    let (scheme, rest) = text
        .split_once("://")
        .ok_or("a base URL begins with https:// or http://")?;
    match scheme {
        "https" | "http" if !rest.is_empty() && !rest.contains([' ', '?', '#']) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        "https" | "http" => Err("a base URL has a host and an optional path only".to_owned()),
        _ => Err("a base URL begins with https:// or http://".to_owned()),
    }
}
