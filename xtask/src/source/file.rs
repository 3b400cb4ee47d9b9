//! Reads a file: the one way in which the converter does it, bounded in size.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

/// How large a file may be, in bytes.
const MAX_SIZE: u64 = 256 << 20;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The system refuses.
    #[error("the file cannot be read: {0}")]
    Failed(#[from] io::Error),
    /// It is a folder.
    #[error("the path leads to a folder")]
    Folder,
    /// Reading it could block or never end: a pipe, a device, a socket.
    #[error("the path does not lead to a regular file; save its contents to one")]
    Special,
    /// It is larger than 256 MiB.
    #[error("the file is larger than {} MiB", MAX_SIZE >> 20)]
    TooLarge,
    /// It is not UTF-8.
    #[error("the file is not UTF-8 text")]
    NotText,
}

/// Reads a regular file.
///
/// # Errors
///
/// A file that cannot be read, is not a regular one, or is larger than 256 MiB.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Unreadable> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(Unreadable::Folder);
    }
    if !metadata.is_file() {
        return Err(Unreadable::Special);
    }
    if metadata.len() > MAX_SIZE {
        return Err(Unreadable::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // Some files say that they are empty and never end, and others grow.
    let mut file = File::open(path)?.take(MAX_SIZE + 1);
    file.read_to_end(&mut bytes)?;
    match file.limit() {
        0 => Err(Unreadable::TooLarge),
        _ => Ok(bytes),
    }
}
