//! Tokens in a file.
//!
//! A reader sees the old record or the new one, never a half-written one: the new one is written beside it, flushed to
//! the disk, and renamed over it. A lock on a second file serialises writers; the operating system releases it when its
//! holder dies. The first file cannot be locked, since it is another file after every rename.
//!
//! The file may be a symlink: then its target is replaced. The two files beside it belong to the store, so a symlink in
//! their place is not followed, and tokens are only written into a file that did not exist before, because whoever
//! prepared a file could read it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use fs4::FileExt;

use super::{TokenRecord, TokenStore};
use crate::auth::{BoxFuture, TokenStoreError};

/// The largest record that is read. Real records are much smaller, whatever the number of scopes.
const MAX_RECORD: u64 = 1024 * 1024;

/// Keeps tokens in a file, which several processes on one machine may share. Beside it are a lock file (`NAME.lock`)
/// and, during a write, its successor (`NAME.new`). On Unix, only its owner can read it. If the file is a symlink, its
/// target is replaced.
///
/// The tokens are stored in plain text, so only the app should be able to read and write the folder.
///
/// ```
/// use zoom_chat_sdk::auth::{FileTokenStore, OAuthApp};
///
/// let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
/// let tokens = app.user(FileTokenStore::new("/var/lib/our-bot/tokens.json"));
/// # drop(tokens);
/// # Ok::<(), zoom_chat_sdk::InvalidSetting>(())
/// ```
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

    /// Runs file operations where they do not block other tasks.
    async fn blocking<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Path) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, TokenStoreError> {
        let path = Arc::clone(&self.path);
        let done = tokio::task::spawn_blocking(move || work(&path)).await;
        done.map_err(|error| TokenStoreError::new(doing, Some(error.into())))?
            .map_err(|problem| match problem {
                Problem::Io(error) => {
                    let problem = format!("{doing} {}", self.path.display());
                    TokenStoreError::new(problem, Some(error.into()))
                }
                Problem::Record(error) => {
                    let problem = format!("reading {}", self.path.display());
                    TokenStoreError::new(problem, Some(error.into()))
                }
            })
    }
}

enum Problem {
    Io(io::Error),
    Record(TokenStoreError),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl TokenStore for FileTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>> {
        Box::pin(self.blocking("reading", read))
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>> {
        Box::pin(self.blocking("writing", move |path| {
            let path = resolve(path)?;
            // Released when it is dropped, however this ends.
            let lock = lock(&path)?;
            FileExt::lock(&lock)?;
            let stored = read(&path)?.map_or(0, |record| record.revision());
            if stored != expected {
                return Ok(false);
            }
            write(&path, &record)?;
            Ok(true)
        }))
    }
}

fn read(path: &Path) -> Result<Option<TokenRecord>, Problem> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Err(io::Error::other("it is not a file").into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let file = File::open(path)?;
    let mut json = Vec::new();
    file.take(MAX_RECORD + 1).read_to_end(&mut json)?;
    if json.len() as u64 > MAX_RECORD {
        return Err(io::Error::other("it is too large for a record of tokens").into());
    }
    TokenRecord::from_json(&json)
        .map(Some)
        .map_err(Problem::Record)
}

/// Only called with the lock held, so the name of the new file needs no number.
fn write(path: &Path, record: &TokenRecord) -> io::Result<()> {
    let new = beside(path, ".new");
    // A writer that died has left it, or it is a trap.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private().create_new(true).open(&new)?;
    file.write_all(record.expose_json().as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    sync_folder(path)
}

/// Opens the lock file, which stays empty.
fn lock(path: &Path) -> io::Result<File> {
    let lock = beside(path, ".lock");
    let is_link = |metadata: fs::Metadata| metadata.file_type().is_symlink();
    if fs::symlink_metadata(&lock).is_ok_and(is_link) {
        let problem = format!("{} is a symlink", lock.display());
        return Err(io::Error::other(problem));
    }
    private().create(true).truncate(false).open(lock)
}

/// The file that a symlink leads to, or the path itself. The folder of either must exist.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if fs::symlink_metadata(path).is_ok() {
                return Err(io::Error::other("it is a symlink that leads nowhere"));
            }
            Ok(path.to_owned())
        }
        resolved => resolved,
    }
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

/// Opens files for writing that, if they are new, only their owner can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
#[cfg(feature = "__test")]
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

    #[cfg(unix)]
    #[tokio::test]
    async fn tokens_are_written_into_no_file_that_was_there_before() {
        use std::{
            io::Read,
            os::unix::fs::{PermissionsExt, symlink},
        };

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        let new = beside(&path, ".new");
        let elsewhere = folder.path().join("elsewhere");
        let store = FileTokenStore::new(&path);
        let shown = |path: &Path| fs::read_to_string(path).unwrap();

        // A leftover that everybody can read, and that another process has open.
        fs::write(&new, "leftover").unwrap();
        fs::set_permissions(&new, PermissionsExt::from_mode(0o666)).unwrap();
        let mut held = File::open(&new).unwrap();
        assert!(
            store
                .compare_and_swap(0, json(1, "secret-1"))
                .await
                .unwrap()
        );
        let mut seen = String::new();
        held.read_to_string(&mut seen).unwrap();
        assert_eq!(seen, "leftover");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        for dangling in [true, false] {
            if !dangling {
                fs::write(&elsewhere, "untouched").unwrap();
            }
            let revision = if dangling { 1 } else { 2 };
            symlink(&elsewhere, &new).unwrap();
            let next = json(revision + 1, "secret-2");
            assert!(store.compare_and_swap(revision, next).await.unwrap());
            assert_eq!(elsewhere.exists(), !dangling);
            assert!(!fs::symlink_metadata(&path).unwrap().is_symlink());
            assert!(!new.exists() && shown(&path).contains("secret-2"));
        }
        assert_eq!(shown(&elsewhere), "untouched");

        // A folder in its place cannot be removed, so nothing is written.
        fs::create_dir(&new).unwrap();
        let error = store.compare_and_swap(3, json(4, "secret-3")).await;
        assert!(error.unwrap_err().to_string().contains("tokens.json"));
        assert!(shown(&path).contains("secret-2"));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_symlink_stays_one_and_leads_to_the_tokens() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        fs::create_dir(&real).unwrap();
        let (path, link) = (real.join("tokens.json"), folder.path().join("link.json"));
        symlink(&path, &link).unwrap();
        let store = FileTokenStore::new(&link);
        let error = store.compare_and_swap(0, json(1, "one")).await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "it is a symlink that leads nowhere");
        assert!(!path.exists());

        let direct = FileTokenStore::new(&path);
        assert!(direct.compare_and_swap(0, json(1, "one")).await.unwrap());
        assert!(store.compare_and_swap(1, json(2, "two")).await.unwrap());
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let stored = direct.load().await.unwrap().unwrap();
        assert!(stored.expose_json().contains("two"));
        // The same lock applies with and without the link.
        assert!(beside(&path, ".lock").exists() && !beside(&link, ".lock").exists());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_lock_that_leads_elsewhere_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, beside(&path, ".lock")).unwrap();
        let store = FileTokenStore::new(&path);
        store.compare_and_swap(0, json(1, "one")).await.unwrap_err();
        assert!(!elsewhere.exists() && !path.exists());
    }

    #[tokio::test]
    async fn what_cannot_be_a_record_is_not_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.json");
        let file = File::create(&path).unwrap();
        file.set_len(1 << 40).unwrap();
        let error = FileTokenStore::new(&path).load().await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "it is too large for a record of tokens");
        assert!(FileTokenStore::new(folder.path()).load().await.is_err());
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
