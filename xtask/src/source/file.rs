//! Reads a file.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

use super::unreadable;
use crate::diagnostic::Problem;

/// How large a file may be, in bytes.
const MAX_SIZE: u64 = 256 << 20;

/// Reads a regular file. Anything else could block or never end: pipes, devices, sockets.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Box<Problem>> {
    let failed = |error: io::Error| unreadable(path, &format!("cannot be read: {error}"));
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        let what = match metadata.is_dir() {
            true => "is a folder",
            false => "is not a regular file; save its contents to a file",
        };
        return Err(unreadable(path, what));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(MAX_SIZE)).unwrap_or(0));
    // Some files say that they are empty and never end.
    let mut file = File::open(path).map_err(failed)?.take(MAX_SIZE + 1);
    file.read_to_end(&mut bytes).map_err(failed)?;
    match file.limit() {
        0 => Err(unreadable(
            path,
            &format!("is larger than {} MiB", MAX_SIZE >> 20),
        )),
        _ => Ok(bytes),
    }
}
