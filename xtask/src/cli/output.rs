//! The destination of the document, and its present content.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::options::Codegen;
use crate::{
    OWN,
    diagnostic::Problem,
    document::Document,
    syntax::Syntax,
    write::{self, Output, replace},
};

/// The destination of the document.
pub(super) struct Destination {
    /// Its name in messages.
    pub name: PathBuf,
    pub syntax: Syntax,
    /// The file; none for standard output.
    file: Option<Output>,
    /// The present text.
    pub stored: Option<String>,
}

impl Destination {
    /// The destination that was asked for. It is no input: that would be gone.
    pub(super) fn of(options: &Codegen, root: &Path) -> Result<Self, Box<Problem>> {
        let name = match &options.output {
            Some(output) => output.clone(),
            None if options.postman.is_empty() => root.join(OWN.1),
            None => PathBuf::from("-"),
        };
        if name.as_os_str() == "-" {
            if options.check {
                return Err(Box::new(Problem {
                    file: "standard output".to_owned(),
                    reason: "--check compares with a stored document, and none is named".to_owned(),
                    remedy: "name the document with --output".to_owned(),
                    ..Problem::default()
                }));
            }
            return Ok(Self {
                name: PathBuf::from("standard output"),
                syntax: Syntax::Json,
                file: None,
                stored: None,
            });
        }
        let (output, stored) = opened(&name)?;
        let syntax = Syntax::of(&name.to_string_lossy());
        let own = [root.join("openapi/postman"), root.join("openapi/overlay")];
        let inputs = [
            &options.postman,
            &options.environment,
            &options.overlay,
            &options.against,
        ];
        let mut inputs = inputs.into_iter().flatten().chain(&own);
        // A document that was written into a folder of inputs before is none of them.
        let is_document = || {
            let document = stored.as_deref().and_then(|text| syntax.parse(text).ok());
            document.is_some_and(|document| document.get("openapi").is_some())
        };
        let is_replaced = |input: &&PathBuf| {
            output.is(input) || (stored.is_some() && output.lies_in(input) && !is_document())
        };
        if let Some(input) = inputs.find(is_replaced) {
            return Err(Box::new(Problem {
                file: name.display().to_string(),
                reason: format!("the output would replace an input, {}", input.display()),
                remedy: "name another file with --output; nothing was changed".to_owned(),
                ..Problem::default()
            }));
        }
        Ok(Self {
            syntax,
            file: Some(output),
            stored,
            name,
        })
    }

    /// Whether the run is about the project's own API: its items, or another export that is compared with its document.
    pub(super) fn is_of_project(&self, options: &Codegen, root: &Path) -> bool {
        let holds_own = || {
            self.file
                .as_ref()
                .is_some_and(|file| file.is(&root.join(OWN.1)))
        };
        options.postman.is_empty() && (options.against.is_empty() || holds_own())
    }

    /// The file, which is no input where it lies in a folder of them.
    pub(super) fn without(&self) -> Option<PathBuf> {
        self.file.is_some().then(|| self.name.clone())
    }

    pub(super) fn is_standard_output(&self) -> bool {
        self.file.is_none()
    }

    /// The document that is there, if it is one.
    pub(super) fn document(&self) -> Option<Value> {
        self.syntax.parse(self.stored.as_deref()?).ok()
    }

    /// Whether the document that is there is this one.
    pub(super) fn holds(&self, document: &Document) -> bool {
        let stored = self.stored.as_deref();
        stored.is_some_and(|text| write::is_text_of(document, self.syntax, text))
    }

    /// Writes the document.
    pub(super) fn write(&self, document: &Document, out: &mut impl io::Write) -> io::Result<()> {
        match &self.file {
            None => write::write(document, self.syntax, out),
            Some(output) => replace(output, |file| write::write(document, self.syntax, file)),
        }
    }
}

/// The file that `path` leads to, and its present text.
pub(super) fn opened(path: &Path) -> Result<(Output, Option<String>), Box<Problem>> {
    let output = Output::at(path).map_err(|error| unwritable(path, &error))?;
    match output.text() {
        Ok(text) => Ok((output, text)),
        Err(error) => Err(Box::new(Problem {
            file: path.display().to_string(),
            reason: error.to_string(),
            remedy: "move it away, or name another file with --output; nothing was changed"
                .to_owned(),
            ..Problem::default()
        })),
    }
}

pub(super) fn unwritable(output: &Path, error: &io::Error) -> Box<Problem> {
    Box::new(Problem {
        file: output.display().to_string(),
        reason: format!("the file cannot be written: {error}"),
        remedy: "name a file that can be written with --output; nothing was changed".to_owned(),
        ..Problem::default()
    })
}
