//! Where one sign-in is kept, and the lock that lets one process of this machine renew it at a time.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::secrets::{self, SecretError, SecretKey, SecretStore, StoredCredential};

/// How long to wait for another process that is renewing: it may meet a slow server.
const LOCK_PATIENCE: Duration = Duration::from_secs(60);

/// One sign-in's place. Calls may block for seconds: each runs on a thread made for that.
#[derive(Debug, Clone)]
pub struct Keeper {
    secrets: Arc<dyn SecretStore>,
    key: SecretKey,
    lock: PathBuf,
}

/// Held while one process renews; freed with the process, however it ends.
#[derive(Debug)]
pub struct RenewalLock(#[allow(dead_code)] File);

impl Keeper {
    /// The place of `key`; the lock stands among the claims of the database.
    #[must_use]
    pub fn new(secrets: Arc<dyn SecretStore>, key: SecretKey, database: &Path) -> Self {
        let lock = lock_path(database, &key);
        Self { secrets, key, lock }
    }

    /// What is kept.
    ///
    /// # Errors
    /// Where the place cannot be read.
    pub async fn load(&self) -> Result<Option<StoredCredential>, SecretError> {
        let this = self.clone();
        blocking(move || secrets::load(&*this.secrets, &this.key)).await
    }

    /// What is kept, where nothing else goes on meanwhile.
    ///
    /// # Errors
    /// Where the place cannot be read.
    pub fn load_now(&self) -> Result<Option<StoredCredential>, SecretError> {
        secrets::load(&*self.secrets, &self.key)
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Where the place cannot be changed; what was there is then still there.
    pub async fn save(&self, credential: StoredCredential) -> Result<(), SecretError> {
        let this = self.clone();
        blocking(move || secrets::save(&*this.secrets, &this.key, &credential)).await
    }

    /// Waits until no other process is renewing.
    ///
    /// # Errors
    /// Where the lock file cannot be made, or another process holds it for a minute.
    pub async fn lock(&self) -> Result<RenewalLock, SecretError> {
        let this = self.clone();
        blocking(move || this.lock_now()).await
    }

    /// The same, where nothing else goes on meanwhile.
    ///
    /// # Errors
    /// As [`Keeper::lock`].
    pub fn lock_now(&self) -> Result<RenewalLock, SecretError> {
        lock(&self.lock)
    }

    /// The lock of a sign-in, whatever its place is.
    ///
    /// # Errors
    /// As [`Keeper::lock`].
    pub fn lock_beside(database: &Path, key: &SecretKey) -> Result<RenewalLock, SecretError> {
        lock(&lock_path(database, key))
    }
}

fn lock_path(database: &Path, key: &SecretKey) -> PathBuf {
    let mut folder = database.as_os_str().to_owned();
    folder.push(".claims");
    PathBuf::from(folder).join(format!("sign-in-{}", key.integration()))
}

fn lock(path: &Path) -> Result<RenewalLock, SecretError> {
    let failed = |source| SecretError::Io {
        path: path.to_owned(),
        source,
    };
    let file = open(path).map_err(failed)?;
    secrets::bounded("another process that renews this sign-in", LOCK_PATIENCE, {
        move || file.lock().map(|()| file)
    })?
    .map(RenewalLock)
    .map_err(failed)
}

fn open(path: &Path) -> std::io::Result<File> {
    if let Some(folder) = path.parent() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn blocking<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, SecretError> + Send + 'static,
) -> Result<T, SecretError> {
    tokio::task::spawn_blocking(call)
        .await
        .unwrap_or_else(|error| Err(SecretError::Internal(error.to_string())))
}
