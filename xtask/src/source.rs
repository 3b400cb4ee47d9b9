//! The input files.

use std::{
    borrow::Cow,
    fs, io,
    path::{Path, PathBuf},
};

use crate::diagnostic::Problem;

/// A file, which should hold JSON.
#[derive(Debug)]
pub struct Source {
    /// Its name in messages and in the document: the path below the folder that was given, else the file's name.
    pub name: String,
    /// Where it was read from, if it was.
    path: Option<PathBuf>,
    /// Nothing once it was let go of.
    text: Option<String>,
}

/// Reads files, and the `.json` files in folders, in the order of their names.
///
/// # Errors
///
/// The first file that cannot be read, or is not text.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Source>, Box<Problem>> {
    let mut sources = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut files = Vec::new();
            find(path, &mut files).map_err(|error| unreadable(path, &error))?;
            files.sort();
            for file in files {
                let name = file
                    .strip_prefix(path)
                    .unwrap_or(&file)
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push(read(&file, name)?);
            }
        } else {
            let name = path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned();
            sources.push(read(path, name)?);
        }
    }
    Ok(sources)
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        {
            files.push(path);
        }
    }
    Ok(())
}

fn read(path: &Path, name: String) -> Result<Source, Box<Problem>> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    match Source::new(name, bytes) {
        Ok(source) => Ok(Source {
            path: Some(path.to_owned()),
            ..source
        }),
        Err(mut problem) => {
            problem.file = path.display().to_string();
            Err(problem)
        }
    }
}

impl Source {
    /// A file called `name`.
    ///
    /// # Errors
    ///
    /// It is not text.
    pub fn new(name: String, bytes: Vec<u8>) -> Result<Self, Box<Problem>> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                return Err(Box::new(Problem {
                    file: name,
                    reason: format!("not UTF-8 text: {}", error.utf8_error()),
                    remedy: "export the file from Postman again, or convert it to UTF-8".to_owned(),
                    ..Problem::default()
                }));
            }
        };
        Ok(Self {
            name,
            path: None,
            text: Some(without_mark(text)),
        })
    }

    /// Its text, without a byte order mark. Read once more if it was let go of; empty if it cannot be.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match (&self.text, &self.path) {
            (Some(text), _) => text.into(),
            (None, Some(path)) => without_mark(fs::read_to_string(path).unwrap_or_default()).into(),
            (None, None) => "".into(),
        }
    }

    /// Lets go of the text, if it can be read again.
    pub fn release(&mut self) {
        if self.path.is_some() {
            self.text = None;
        }
    }
}

fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    text
}

fn unreadable(path: &Path, error: &io::Error) -> Box<Problem> {
    Box::new(Problem {
        file: path.display().to_string(),
        reason: format!("cannot be read: {error}"),
        remedy: "name a Postman file, or a folder that holds some".to_owned(),
        ..Problem::default()
    })
}
