//! Files that become an output once they are complete.
//!
//! A run that is killed leaves nothing, or a hidden file that no run reads and that the next one removes. A lock tells the
//! file of a run that is going on from that of one that was killed: the system takes it away with the process, on all
//! machines that share the folder, as a process's number would not be.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use fs4::FileExt;

/// What the names of such files begin with.
const PREFIX: &str = ".codegen-";

/// A file that is not complete yet.
#[derive(Debug)]
pub(super) struct Temporary {
    file: File,
    /// What it is called until it is complete.
    name: PathBuf,
    /// Whether it is called so already.
    is_named: bool,
}

impl Temporary {
    /// A file in `folder`, without a name where the file system allows that.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        let name = unused(folder);
        let unnamed = unnamed::create(folder)?;
        let is_named = unnamed.is_none();
        let file = match unnamed {
            Some(file) => file,
            None => File::create_new(&name)?,
        };
        // A file system without locks has no leftovers removed.
        let _ = FileExt::try_lock(&file);
        Ok(Self {
            file,
            name,
            is_named,
        })
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Puts the file where `target` is.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub(super) fn persist(mut self, target: &Path) -> io::Result<()> {
        if !self.is_named {
            // Only a name that is not taken is given in one step.
            match unnamed::link(&self.file, target) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                linked => return linked,
            }
            unnamed::link(&self.file, &self.name)?;
            self.is_named = true;
        }
        fs::rename(&self.name, target)?;
        self.is_named = false;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.is_named {
            let _ = fs::remove_file(&self.name);
        }
    }
}

/// Removes what runs that were killed have left in `folder`. What cannot be removed does no harm.
pub(super) fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_string_lossy().starts_with(PREFIX) {
            let path = entry.path();
            let file = OpenOptions::new().write(true).open(&path);
            if file.is_ok_and(|file| FileExt::try_lock(&file).is_ok()) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// A name in `folder` that nothing else uses.
fn unused(folder: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    folder.join(format!("{PREFIX}{process}-{count}"))
}

/// Files that have no name until they are complete.
#[cfg(target_os = "linux")]
mod unnamed {
    use std::{fs::File, io, os::fd::AsRawFd as _, path::Path};

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};

    /// `None` where the file system has no such files.
    pub(super) fn create(folder: &Path) -> io::Result<Option<File>> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        // The process's umask takes away what new files do not get.
        match open(folder, flags, Mode::from_raw_mode(0o666)) {
            Ok(file) if Path::new("/proc/self/fd").exists() => Ok(Some(file.into())),
            Ok(_) => Ok(None),
            // Not supported, or a kernel that takes the folder for the file.
            Err(
                rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::ISDIR | rustix::io::Errno::NOENT,
            ) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn link(file: &File, name: &Path) -> io::Result<()> {
        let descriptor = format!("/proc/self/fd/{}", file.as_raw_fd());
        linkat(CWD, descriptor, CWD, name, AtFlags::SYMLINK_FOLLOW)?;
        Ok(())
    }
}

/// No system but Linux has such files.
#[cfg(not(target_os = "linux"))]
mod unnamed {
    use std::{fs::File, io, path::Path};

    pub(super) fn create(_: &Path) -> io::Result<Option<File>> {
        Ok(None)
    }

    pub(super) fn link(_: &File, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
