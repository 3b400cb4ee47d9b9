//! Tokens in a file.
//!
//! A reader sees the old record or the new one, never a half-written one: the new one is written beside it, flushed to
//! the disk, and renamed over it. Writers take turns by a lock on a second file, which the operating system releases
//! when its holder dies; the first one cannot be locked, since it is another file after every rename.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use fs4::FileExt;

use super::{TokenRecord, TokenStore};
use crate::auth::{BoxFuture, StoreError};

/// Keeps tokens in a file, which several processes on one machine may share. Beside it lies a lock file
/// (`NAME.lock`). On Unix only its owner can read it.
///
/// The tokens are in clear: the folder should be one that only the app can read.
#[derive(Debug, Clone)]
pub struct FileTokenStore {
    path: Arc<Path>,
}

impl FileTokenStore {
    /// A store in the file at `path`, which need not exist yet. Its folder must.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into().into(),
        }
    }

    /// Does file work where it does not hold up other tasks.
    async fn blocking<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Path) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, StoreError> {
        let path = Arc::clone(&self.path);
        let done = tokio::task::spawn_blocking(move || work(&path)).await;
        done.map_err(|error| StoreError::new(doing, Some(error.into())))?
            .map_err(|problem| match problem {
                Problem::Io(error) => {
                    let problem = format!("{doing} {}", self.path.display());
                    StoreError::new(problem, Some(error.into()))
                }
                Problem::Record(error) => {
                    let problem = format!("reading {}", self.path.display());
                    StoreError::new(problem, Some(error.into()))
                }
            })
    }
}

enum Problem {
    Io(io::Error),
    Record(StoreError),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl TokenStore for FileTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, StoreError>> {
        Box::pin(self.blocking("reading", read))
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(self.blocking("writing", move |path| {
            // Released when it is dropped, however this ends.
            let lock = private(&beside(path, ".lock"), false)?;
            FileExt::lock(&lock)?;
            let stored = read(path)?.map_or(0, |record| record.revision());
            if stored != expected {
                return Ok(false);
            }
            write(path, &record)?;
            Ok(true)
        }))
    }
}

fn read(path: &Path) -> Result<Option<TokenRecord>, Problem> {
    match fs::read(path) {
        Ok(json) => TokenRecord::from_json(&json)
            .map(Some)
            .map_err(Problem::Record),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Only called with the lock, so the name of the new file needs no number.
fn write(path: &Path, record: &TokenRecord) -> io::Result<()> {
    let new = beside(path, ".new");
    let mut file = private(&new, true)?;
    file.write_all(record.expose_json().as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    sync_folder(path)
}

/// Makes the rename itself durable. Only Unix can open a folder.
fn sync_folder(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// Opens a file for writing that, if it is new, only its owner can read.
fn private(path: &Path, truncate: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(revision: u64, refresh: &str) -> TokenRecord {
        let json = format!(r#"{{"revision":{revision},"refresh_token":"{refresh}"}}"#);
        TokenRecord::from_json(json.as_bytes()).unwrap()
    }

    #[tokio::test]
    async fn of_two_writers_one_succeeds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        let (one, other) = (FileTokenStore::new(&path), FileTokenStore::new(&path));
        assert!(one.load().await.unwrap().is_none());
        let both = tokio::join!(
            one.compare_and_swap(0, json(1, "one")),
            other.compare_and_swap(0, json(1, "other"))
        );
        let winners = [both.0.unwrap(), both.1.unwrap()];
        assert_eq!(winners.iter().filter(|won| **won).count(), 1);
        let expected = if winners[0] {
            json(1, "one")
        } else {
            json(1, "other")
        };
        let stored = other.load().await.unwrap().unwrap();
        assert_eq!(stored.expose_json(), expected.expose_json());
        assert!(!one.compare_and_swap(0, json(1, "late")).await.unwrap());
        assert!(one.compare_and_swap(1, json(2, "next")).await.unwrap());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        let store = FileTokenStore::new(&path);
        assert!(store.compare_and_swap(0, json(1, "secret")).await.unwrap());
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }

    #[tokio::test]
    async fn errors_name_the_file_and_not_the_token() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        fs::write(&path, r#"{"refresh_token":"canary"}"#).unwrap();
        let store = FileTokenStore::new(&path);
        let error = store.load().await.unwrap_err();
        assert!(error.to_string().contains("tokens.json"), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
        let error = FileTokenStore::new(folder.path().join("no/such/tokens.json"))
            .compare_and_swap(0, json(1, "canary"))
            .await
            .unwrap_err();
        assert!(error.to_string().contains("tokens.json"), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}
