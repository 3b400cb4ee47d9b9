//! The input files.

mod file;
mod folder;
pub(crate) mod part;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

pub use file::Unreadable;
pub(crate) use file::read_file;

use crate::{diagnostic::Problem, syntax::Syntax};

/// How many folders around a given one its files may be named after.
const MAX_AROUND: usize = 64;

/// A file, which should hold JSON or YAML.
#[derive(Debug)]
pub struct Source {
    /// Its name in messages and in the document: the path below the folder that was given, else the file's name. The
    /// extension tells YAML from JSON.
    pub name: String,
    /// The name of the folder that was given, if one was.
    pub folder: Option<String>,
    /// Files of one number may belong to one collection: those of one folder, or those that were given one by one.
    pub(crate) group: usize,
    /// Where it was read from, if it was.
    path: Option<PathBuf>,
    /// Nothing once it was let go of.
    text: Option<String>,
}

/// Reads files, and the `.json`, `.yaml` and `.yml` files in folders, in the order of their names. Hidden files and folders
/// are left out, but for those of Postman collections, and so is the file `without` in a folder. With the file of one request
/// of such a collection come the answers that are saved for it.
///
/// # Errors
///
/// The first file that cannot be read, is not a regular file, is larger than 256 MiB, or is not text; and a folder that
/// links to a folder around it, nests deeper than 64 levels, or holds more than 100,000 files or 1 GiB.
pub fn read_all(paths: &[PathBuf], without: Option<&Path>) -> Result<Vec<Source>, Box<Problem>> {
    let without = without.and_then(|path| path.canonicalize().ok());
    let mut found = Vec::new();
    for (index, given) in paths.iter().enumerate() {
        let (base, files, group) = match given.is_dir() {
            true => (given.clone(), folder::files(given)?, index + 1),
            false => (
                given.parent().unwrap_or(Path::new("")).to_owned(),
                [vec![given.clone()], folder::answers(given)?].concat(),
                0,
            ),
        };
        for file in files {
            let is_left_out = given.is_dir() && without.is_some();
            if !(is_left_out && file.canonicalize().ok() == without) {
                let folder = (group > 0).then(|| folder_name(given));
                found.push((base.clone(), file, folder, group));
            }
        }
    }
    let names = names(
        &found
            .iter()
            .map(|(base, file, ..)| (base, file))
            .collect::<Vec<_>>(),
    );
    let read = |((_, file, folder, group), name): ((_, PathBuf, _, _), _)| {
        let source = read(&file, name)?;
        Ok(Source {
            folder,
            group,
            ..source
        })
    };
    found.into_iter().zip(names).map(read).collect()
}

/// The names of files: their paths below the folders that were given, with as much of the way to those folders as tells
/// files from each other that would be called the same.
fn names(files: &[(&PathBuf, &PathBuf)]) -> Vec<String> {
    let name = |(base, file): &(&PathBuf, &PathBuf), depth: usize| {
        let parts: Vec<_> = base.components().collect();
        let around: PathBuf = parts
            .iter()
            .skip(parts.len().saturating_sub(depth))
            .collect();
        let inner = file.strip_prefix(base).unwrap_or(file);
        around.join(inner).to_string_lossy().replace('\\', "/")
    };
    let mut names: Vec<String> = files.iter().map(|file| name(file, 0)).collect();
    for depth in 1..=MAX_AROUND {
        let mut bases: HashMap<&str, HashSet<&PathBuf>> = HashMap::new();
        for ((base, _), name) in files.iter().zip(&names) {
            bases.entry(name).or_default().insert(base);
        }
        // All files of one folder are called alike, so that they stay together.
        let clashing: HashSet<&PathBuf> = bases
            .into_values()
            .filter(|bases| bases.len() > 1)
            .flatten()
            .collect();
        if clashing.is_empty() {
            break;
        }
        let longer =
            files
                .iter()
                .zip(&names)
                .map(|(file, known)| match clashing.contains(file.0) {
                    true => name(file, depth),
                    false => known.clone(),
                });
        names = longer.collect();
    }
    names
}

fn base_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The name of a folder, even of `.`.
fn folder_name(path: &Path) -> String {
    match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path
            .canonicalize()
            .map_or_else(|_| String::new(), |path| base_name(&path)),
    }
}

fn read(path: &Path, name: String) -> Result<Source, Box<Problem>> {
    let bytes = read_file(path).map_err(|error| unreadable(path, &error.to_string()))?;
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
    /// A file called `name`, whose extension tells YAML from JSON.
    ///
    /// # Errors
    ///
    /// It is not text.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Box<Problem>> {
        let name = name.into();
        match decode(bytes) {
            Ok(text) => Ok(Self {
                name,
                folder: None,
                group: 0,
                path: None,
                text: Some(text),
            }),
            Err((reason, remedy)) => Err(Box::new(Problem {
                file: name,
                reason,
                remedy: remedy.to_owned(),
                ..Problem::default()
            })),
        }
    }

    /// Its syntax.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        Syntax::of(&self.name)
    }

    /// Its text, without a byte order mark. Read once more if it was let go of; empty if it cannot be.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match (&self.text, &self.path) {
            (Some(text), _) => text.into(),
            (None, Some(path)) => {
                let text = read_file(path).ok().map(decode);
                text.and_then(Result::ok).unwrap_or_default().into()
            }
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

/// The text of a file without its byte order mark: UTF-8, or UTF-16 where a mark says so.
fn decode(bytes: Vec<u8>) -> Result<String, (String, &'static str)> {
    let unpack = |name: &str| {
        Err((
            format!("the file is {name}"),
            "unpack it, and name a file in it",
        ))
    };
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units = pairs.iter().map(|pair| unit(*pair));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok()
            .filter(|text| rest.is_empty() && !text.contains('\0'))
            .ok_or_else(|| {
                (
                    "the file is not UTF-16 text".to_owned(),
                    "convert it to UTF-8",
                )
            })
    };
    match &*bytes {
        [0x1F, 0x8B, ..] => unpack("a gzip archive"),
        [b'P', b'K', 3, 4, ..] => unpack("a ZIP archive"),
        [b'B', b'Z', b'h', ..] => unpack("a bzip2 archive"),
        [b'7', b'z', 0xBC, 0xAF, ..] => unpack("a 7z archive"),
        [0xFD, b'7', b'z', b'X', b'Z', ..] => unpack("an xz archive"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => unpack("a Zstandard archive"),
        [b'R', b'a', b'r', b'!', ..] => unpack("a RAR archive"),
        [b'%', b'P', b'D', b'F', ..] => {
            let remedy = "name a file that was exported from Postman";
            Err(("the file is a PDF document".to_owned(), remedy))
        }
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            Err(("the file is UTF-32 text".to_owned(), "convert it to UTF-8"))
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let mut text = String::from_utf8(bytes).map_err(|error| {
                (
                    format!("the file is not UTF-8 text: {}", error.utf8_error()),
                    "export the file from Postman again, or convert it to UTF-8",
                )
            })?;
            if text.starts_with('\u{feff}') {
                text.remove(0);
            }
            Ok(text)
        }
    }
}

fn unreadable(path: &Path, reason: &str) -> Box<Problem> {
    Box::new(Problem {
        file: path.display().to_string(),
        reason: reason.to_owned(),
        remedy: "name a JSON or YAML file, or a folder with such files".to_owned(),
        ..Problem::default()
    })
}
