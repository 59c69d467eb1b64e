//! Where one sign-in is kept, and the lock that lets one process of this machine renew it at a time.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::domain::integration::Settings;
use crate::secrets::{self, SecretError, SecretKey, SecretStore, StoredCredential};

/// How long to wait for another process that is renewing: it may meet a slow server.
const LOCK_PATIENCE: Duration = Duration::from_secs(60);

/// What a connection's own record tells of its sign-in, read anew each time. Calls may block.
pub trait Home: Send + Sync + std::fmt::Debug {
    /// Where the sign-in is kept now; `None`: nowhere, since it is not connected any more.
    ///
    /// # Errors
    /// Where the record or the place cannot be read.
    fn place(&self) -> Result<Option<Arc<dyn SecretStore>>, SecretError>;

    /// Takes what a renewal told of the account (where its API lives) for the next session.
    ///
    /// # Errors
    /// Where the record cannot be changed.
    fn told(&self, before: &Settings, after: &Settings) -> Result<(), SecretError>;
}

/// One sign-in's place. Calls may block for seconds: each runs on a thread made for that.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// Another one once the sign-in was moved.
    secrets: Arc<Mutex<Arc<dyn SecretStore>>>,
    home: Option<Arc<dyn Home>>,
    key: SecretKey,
    lock: PathBuf,
}

/// Held while one process renews; freed with the process, however it ends.
#[derive(Debug)]
pub struct RenewalLock(#[allow(dead_code)] File);

/// What became of a renewed sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// It is kept.
    Kept,
    /// Another sign-in is kept meanwhile, which stays.
    Other,
    /// Nothing is kept any more, and nothing was put there.
    Gone,
}

impl Keeper {
    /// The place of `key`; the lock stands among the claims of the database.
    #[must_use]
    pub fn new(secrets: Arc<dyn SecretStore>, key: SecretKey, database: &Path) -> Self {
        let lock = lock_path(database, &key);
        Self {
            secrets: Arc::new(Mutex::new(secrets)),
            home: None,
            key,
            lock,
        }
    }

    /// The same, which follows the sign-in where it is moved.
    #[must_use]
    pub fn at(mut self, home: Arc<dyn Home>) -> Self {
        self.home = Some(home);
        self
    }

    /// What is kept.
    ///
    /// # Errors
    /// Where the place cannot be read.
    pub async fn load(&self) -> Result<Option<StoredCredential>, SecretError> {
        let this = self.clone();
        blocking(move || this.load_now()).await
    }

    /// What is kept, where nothing else goes on meanwhile.
    ///
    /// # Errors
    /// Where the place cannot be read.
    pub fn load_now(&self) -> Result<Option<StoredCredential>, SecretError> {
        if let Some(found) = secrets::load(&*self.place(), &self.key)? {
            return Ok(Some(found));
        }
        let Some(home) = &self.home else {
            return Ok(None);
        };
        let Some(moved) = home.place()? else {
            return Ok(None);
        };
        let found = secrets::load(&*moved, &self.key)?;
        if found.is_some() {
            *self.secrets.lock().unwrap_or_else(PoisonError::into_inner) = moved;
        }
        Ok(found)
    }

    fn place(&self) -> Arc<dyn SecretStore> {
        let place = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&place)
    }

    /// Keeps it.
    ///
    /// # Errors
    /// Where the place cannot be changed; what was there is then still there.
    pub async fn save(&self, credential: StoredCredential) -> Result<(), SecretError> {
        let this = self.clone();
        blocking(move || secrets::save(&*this.place(), &this.key, &credential)).await
    }

    /// Keeps a renewed sign-in in place of the one it was renewed from, and of no other. To be called under the lock.
    ///
    /// # Errors
    /// Where the place cannot be read or changed; what was there is then still there.
    pub async fn replace(
        &self,
        renewed_from: StoredCredential,
        renewed: StoredCredential,
    ) -> Result<Replaced, SecretError> {
        let this = self.clone();
        blocking(move || match this.load_now()? {
            None => Ok(Replaced::Gone),
            Some(kept) if !kept.renews_as(&renewed_from) => Ok(Replaced::Other),
            Some(_) => secrets::save(&*this.place(), &this.key, &renewed).map(|()| Replaced::Kept),
        })
        .await
    }

    /// Removes what is kept. To be called under the lock.
    ///
    /// # Errors
    /// Where the place cannot be changed.
    pub async fn remove(&self) -> Result<(), SecretError> {
        let this = self.clone();
        blocking(move || this.place().delete(&this.key)).await
    }

    /// Hands on what a renewal told of the account.
    ///
    /// # Errors
    /// As [`Home::told`].
    pub async fn told(&self, before: Settings, after: Settings) -> Result<(), SecretError> {
        match self.home.clone() {
            Some(home) => blocking(move || home.told(&before, &after)).await,
            None => Ok(()),
        }
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
