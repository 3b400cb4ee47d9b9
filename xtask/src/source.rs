//! The input files.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::value::RawValue;

use crate::diagnostic::Problem;

/// A JSON file.
#[derive(Debug)]
pub struct Source {
    /// Its name in messages and in the document: the path below the folder that was given, else the file's name.
    pub name: String,
    /// Its text, without a byte order mark.
    pub text: String,
}

/// Reads files, and the `.json` files in folders, in the order of their names.
///
/// # Errors
///
/// The first file that cannot be read, or is not JSON.
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
    Source::parse(name, bytes).map_err(|mut problem| {
        problem.file = path.display().to_string();
        problem
    })
}

impl Source {
    /// Reads the content of a file called `name`.
    ///
    /// # Errors
    ///
    /// It is not JSON.
    pub fn parse(name: String, bytes: Vec<u8>) -> Result<Self, Box<Problem>> {
        let mut text = match String::from_utf8(bytes) {
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
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        // Only looked over: what reads it parses it piece by piece.
        match serde_json::from_str::<&RawValue>(&text) {
            Ok(_) => Ok(Self { name, text }),
            Err(error) => Err(Box::new(Problem {
                file: name,
                position: Some((error.line(), error.column())),
                reason: format!("not JSON: {error}"),
                remedy: "repair the JSON, or export the file from Postman again".to_owned(),
                text: Some(text),
                ..Problem::default()
            })),
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Box<Problem> {
    Box::new(Problem {
        file: path.display().to_string(),
        reason: format!("cannot be read: {error}"),
        remedy: "name a Postman file, or a folder that holds some".to_owned(),
        ..Problem::default()
    })
}
