//! Replaces a file atomically: readers see the old content or the new, never a part.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use super::temporary::{Temporary, remove_leftovers};
use crate::source::{Unreadable, read_file};

/// The destination of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The file itself, behind all links.
    file: PathBuf,
    /// Whether it is a device or a pipe, which is written to, not replaced.
    is_stream: bool,
}

impl Output {
    /// What `path` leads to. Links are followed, so that they stay what they are.
    ///
    /// # Errors
    ///
    /// A folder, a link that leads nowhere, or a path that cannot be looked at.
    pub fn at(path: &Path) -> io::Result<Self> {
        let file = match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_symlink() => fs::canonicalize(path)?,
            Ok(_) => path.to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self {
                    file: path.to_owned(),
                    is_stream: false,
                });
            }
            Err(error) => return Err(error),
        };
        let metadata = fs::metadata(&file)?;
        if metadata.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                "it is a folder",
            ));
        }
        Ok(Self {
            file,
            is_stream: !metadata.is_file(),
        })
    }

    /// Whether this is the file at `path`, whatever it is called there.
    #[must_use]
    pub fn is(&self, path: &Path) -> bool {
        identity(&self.file).is_some_and(|file| identity(path) == Some(file))
    }

    /// Whether this lies somewhere in `folder`.
    #[must_use]
    pub fn lies_in(&self, folder: &Path) -> bool {
        match (self.file.canonicalize(), folder.canonicalize()) {
            (Ok(file), Ok(folder)) => file != folder && file.starts_with(folder),
            _ => false,
        }
    }

    /// The text that is there; `None` where there is nothing, or nothing that can be read.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is larger than 256 MiB, or does not hold text.
    pub fn text(&self) -> Result<Option<String>, Unreadable> {
        if self.is_stream {
            return Ok(None);
        }
        match read_file(&self.file) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(Unreadable::NotText),
            },
            Err(Unreadable::Failed(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// What tells files apart that have several names.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;

    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// What tells files apart that have several names.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Replaces the content of `output` by what `write` writes, in one step. A new file gets the permissions that new files
/// get, another keeps its own.
///
/// # Errors
///
/// When the folder or the file cannot be written; the old file is then as it was.
pub fn replace(
    output: &Output,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<()> {
    let fill = |file: &File| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    };
    if output.is_stream {
        return fill(&OpenOptions::new().write(true).open(&output.file)?);
    }
    let folder = match output.file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    remove_leftovers(folder);
    let permissions = fs::metadata(&output.file)
        .ok()
        .map(|file| file.permissions());
    let file = Temporary::create(folder)?;
    fill(file.file())?;
    if let Some(permissions) = permissions {
        file.file().set_permissions(permissions)?;
    }
    file.file().sync_all()?;
    file.persist(&output.file)
}
