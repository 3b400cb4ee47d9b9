//! The files in a folder.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::unreadable;
use crate::diagnostic::Problem;

/// How deep folders may nest.
const MAX_DEPTH: usize = 64;

/// How many files are read.
const MAX_FILES: usize = 100_000;

/// How many bytes they may have together.
const MAX_TOTAL: u64 = 1 << 30;

/// What Postman keeps beside its requests.
const RESOURCES: &str = ".resources";

/// The `.json`, `.yaml` and `.yml` files in a folder, in the order of their paths.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<Problem>> {
    let mut walk = Walk::default();
    walk.enter(folder)?;
    walk.files.sort();
    Ok(walk.files)
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
        let failed = |error: io::Error| unreadable(folder, &format!("cannot be read: {error}"));
        let real = folder.canonicalize().map_err(failed)?;
        if self.around.contains(&real) {
            return Err(unreadable(folder, "links to a folder around it"));
        }
        if self.around.len() == MAX_DEPTH {
            let reason = format!("folders nest more than {MAX_DEPTH} deep");
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
                    let reason = format!("holds more than {MAX_FILES} files");
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

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') && name != RESOURCES
}

fn is_wanted(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["json", "yaml", "yml"]
            .iter()
            .any(|wanted| extension.eq_ignore_ascii_case(wanted))
    })
}
