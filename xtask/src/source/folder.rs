//! The files in a folder.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    part::{RESOURCES, stem},
    unreadable,
};
use crate::diagnostic::Problem;

/// How deep folders may nest.
const MAX_DEPTH: usize = 64;

/// How many files are read.
const MAX_FILES: usize = 100_000;

/// How many bytes they may have together.
const MAX_TOTAL: u64 = 1 << 30;

/// The `.json`, `.yaml` and `.yml` files in a folder, in the order of their paths.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<Problem>> {
    let mut walk = Walk::default();
    walk.enter(folder)?;
    walk.files.sort();
    Ok(walk.files)
}

/// The answers that Postman saved for the request in `file`, in the order of their paths.
pub(super) fn answers(file: &Path) -> Result<Vec<PathBuf>, Box<Problem>> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let Some(request) = stem(&name, "request") else {
        return Ok(Vec::new());
    };
    let around = file.parent().unwrap_or(Path::new(""));
    let folder = around
        .join(RESOURCES)
        .join(format!("{request}.resources/examples"));
    match folder.is_dir() {
        true => files(&folder),
        false => Ok(Vec::new()),
    }
}

#[derive(Default)]
struct Walk {
    files: Vec<PathBuf>,
    /// How many bytes the files have together.
    total: u64,
    /// The folders around the current one, without links.
    around: Vec<PathBuf>,
    /// The folders seen so far, without links: one that is linked to from several places is read once.
    seen: HashSet<PathBuf>,
}

impl Walk {
    fn enter(&mut self, folder: &Path) -> Result<(), Box<Problem>> {
        let failed =
            |error: io::Error| unreadable(folder, &format!("the folder cannot be read: {error}"));
        let real = folder.canonicalize().map_err(failed)?;
        if self.around.contains(&real) {
            return Err(unreadable(
                folder,
                "the link leads to a folder that contains it",
            ));
        }
        if self.around.len() == MAX_DEPTH {
            let reason = format!("folders are nested more than {MAX_DEPTH} deep");
            return Err(unreadable(folder, &reason));
        }
        if !self.seen.insert(real.clone()) {
            return Ok(());
        }
        let entries = fs::read_dir(folder).map_err(failed)?;
        let mut paths = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<Vec<_>>>()
            .map_err(failed)?;
        paths.sort();
        self.around.push(real);
        for path in paths.into_iter().filter(|path| !is_hidden(path)) {
            if path.is_dir() {
                self.enter(&path)?;
            } else if is_wanted(&path) {
                if self.files.len() == MAX_FILES {
                    let reason = format!("the folder contains more than {MAX_FILES} files");
                    return Err(unreadable(folder, &reason));
                }
                let size = fs::metadata(&path).map_or(0, |metadata| metadata.len());
                self.total = self.total.saturating_add(size);
                if self.total > MAX_TOTAL {
                    let reason = format!("holds files of more than {} MiB", MAX_TOTAL >> 20);
                    return Err(unreadable(folder, &reason));
                }
                self.files.push(path);
            }
        }
        self.around.pop();
        Ok(())
    }
}

/// Whether a file or a folder is hidden. A request, and a folder of a collection, may be called `.well-known`.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Other programs keep what they know of a file beside it.
    let is_beside = name.starts_with("._") || name.starts_with(".#");
    name.starts_with('.') && (is_beside || !is_of_collection(&name, path))
}

fn is_of_collection(name: &str, path: &Path) -> bool {
    let is_part = |name: &str| stem(name, "request").or(stem(name, "example")).is_some();
    let holds_parts = || {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.any(|name| name == RESOURCES || is_part(&name))
    };
    name.ends_with(RESOURCES) || is_part(name) || holds_parts()
}

fn is_wanted(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["json", "yaml", "yml"]
            .iter()
            .any(|wanted| extension.eq_ignore_ascii_case(wanted))
    })
}
