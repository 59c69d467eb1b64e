//! Secrets in an encrypted file beside the database, for machines without a keychain.
//!
//! `<database>.secrets`, readable by its owner only. Replaced as a whole (written beside, synced,
//! renamed), so a crash leaves the old or the new one; a lock on `<database>.secrets.lock` keeps two
//! processes from losing each other's changes. The lock file is empty and stays.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::{Zeroize as _, Zeroizing};

use super::bounded::bounded;
use super::sealed::{DerivedKey, OpenError, open, seal};
use super::{PATIENCE, SecretError, SecretKey, SecretStore};

/// An encrypted file of secrets.
pub struct EncryptedFile {
    path: PathBuf,
    passphrase: SecretString,
    key: Mutex<Option<DerivedKey>>,
    patience: Duration,
}

/// All secrets of a file, wiped when dropped.
#[derive(Default)]
struct Secrets(BTreeMap<String, String>);

impl Drop for Secrets {
    fn drop(&mut self) {
        self.0.values_mut().for_each(String::zeroize);
    }
}

impl EncryptedFile {
    /// The file beside the database at `database`. Made at the first [`set`](SecretStore::set).
    #[must_use]
    pub fn beside(database: &Path, passphrase: SecretString) -> Self {
        Self {
            path: Self::path_beside(database),
            passphrase,
            key: Mutex::new(None),
            patience: PATIENCE,
        }
    }

    /// Where the file of the database at `database` is.
    #[must_use]
    pub fn path_beside(database: &Path) -> PathBuf {
        appended(database, ".secrets")
    }

    fn load(&self) -> Result<Secrets, SecretError> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Secrets::default()),
            Err(error) => return Err(self.io(error)),
        };
        let mut known = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        let (key, secrets) = open(&bytes, self.passphrase.expose_secret(), known.as_ref())
            .map_err(|error| match error {
                OpenError::WrongPassphrase => SecretError::WrongPassphrase(self.path.clone()),
                OpenError::Damaged(reason) => self.corrupt(reason),
            })?;
        *known = Some(key);
        serde_json::from_slice(&secrets)
            .map(Secrets)
            .map_err(|_| self.corrupt("its contents are no secrets of ours".to_owned()))
    }

    fn store(&self, secrets: &Secrets) -> Result<(), SecretError> {
        let plain = Zeroizing::new(
            serde_json::to_vec(&secrets.0)
                .map_err(|error| SecretError::Internal(error.to_string()))?,
        );
        let key = {
            let mut known = self.key.lock().unwrap_or_else(PoisonError::into_inner);
            match &*known {
                Some(key) => key.clone(),
                None => known
                    .insert(
                        DerivedKey::fresh(self.passphrase.expose_secret())
                            .map_err(SecretError::Internal)?,
                    )
                    .clone(),
            }
        };
        let sealed = seal(&key, &plain).map_err(SecretError::Internal)?;
        self.replace(&sealed).map_err(|error| self.io(error))
    }

    /// Writes the new file beside the old one and renames it, both synced. The caller holds the lock,
    /// so the name of the new file is nobody else's.
    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let new = appended(&self.path, ".new");
        // Left over by a crash; made anew so that its permissions are ours.
        match std::fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        std::fs::rename(&new, &self.path)?;
        // The rename itself is safe only once the directory is on disk. Windows can't open one.
        #[cfg(unix)]
        if let Some(directory) = self.path.parent() {
            let directory = if directory.as_os_str().is_empty() {
                Path::new(".")
            } else {
                directory
            };
            File::open(directory)?.sync_all()?;
        }
        Ok(())
    }

    /// Waits for the lock, but not for ever. Freed when the file is dropped.
    fn lock(&self) -> Result<File, SecretError> {
        let path = appended(&self.path, ".lock");
        let file = private(OpenOptions::new().write(true).create(true).truncate(false))
            .open(&path)
            .map_err(|error| self.io(error))?;
        bounded("the lock of the secrets file", self.patience, move || {
            file.lock().map(|()| file)
        })?
        .map_err(|error| self.io(error))
    }

    fn io(&self, source: io::Error) -> SecretError {
        SecretError::Io {
            path: self.path.clone(),
            source,
        }
    }

    fn corrupt(&self, reason: String) -> SecretError {
        SecretError::Corrupt {
            place: self.path.display().to_string(),
            reason,
        }
    }
}

impl std::fmt::Debug for EncryptedFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("EncryptedFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl SecretStore for EncryptedFile {
    fn get(&self, key: &SecretKey) -> Result<Option<SecretString>, SecretError> {
        // No lock: the file is only ever replaced as a whole.
        let secrets = self.load()?;
        Ok(secrets
            .0
            .get(&key.to_string())
            .map(|secret| SecretString::from(secret.as_str())))
    }

    fn set(&self, key: &SecretKey, secret: &SecretString) -> Result<(), SecretError> {
        let _lock = self.lock()?;
        let mut secrets = self.load()?;
        let replaced = secrets
            .0
            .insert(key.to_string(), secret.expose_secret().to_owned());
        drop(replaced.map(Zeroizing::new));
        self.store(&secrets)
    }

    fn delete(&self, key: &SecretKey) -> Result<(), SecretError> {
        if !self.path.exists() {
            return Ok(());
        }
        let _lock = self.lock()?;
        let mut secrets = self.load()?;
        match secrets.0.remove(&key.to_string()).map(Zeroizing::new) {
            Some(_) => self.store(&secrets),
            None => Ok(()),
        }
    }

    fn describe(&self) -> String {
        format!("the encrypted file {}", self.path.display())
    }
}

fn appended(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// For the owner only, from the moment the file exists.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn store(directory: &Path, passphrase: &str) -> EncryptedFile {
        EncryptedFile::beside(&directory.join("leads.db"), SecretString::from(passphrase))
    }

    fn read(store: &EncryptedFile, key: &SecretKey) -> Option<String> {
        store
            .get(key)
            .unwrap()
            .map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn secrets_survive_the_process_and_stay_apart_by_database() {
        let directory = tempfile::tempdir().unwrap();
        let (one, other) = (
            SecretKey::new("a", "hubspot"),
            SecretKey::new("b", "hubspot"),
        );
        let first = store(directory.path(), "right");
        assert_eq!(read(&first, &one), None);
        first.delete(&one).unwrap();
        first.set(&one, &"canary-1".into()).unwrap();
        first.set(&one, &"canary-2".into()).unwrap();

        let second = store(directory.path(), "right");
        assert_eq!(read(&second, &one).as_deref(), Some("canary-2"));
        assert_eq!(read(&second, &other), None);
        second.set(&other, &"canary-3".into()).unwrap();
        assert_eq!(read(&first, &other).as_deref(), Some("canary-3"));
        first.delete(&one).unwrap();
        assert_eq!(read(&second, &one), None);
        assert_eq!(read(&second, &other).as_deref(), Some("canary-3"));

        let bytes = std::fs::read(EncryptedFile::path_beside(
            &directory.path().join("leads.db"),
        ));
        assert!(!String::from_utf8_lossy(&bytes.unwrap()).contains("canary"));
    }

    #[test]
    fn a_wrong_passphrase_is_told_from_damage_and_changes_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let key = SecretKey::new("a", "hubspot");
        store(directory.path(), "right")
            .set(&key, &"s".into())
            .unwrap();
        let path = EncryptedFile::path_beside(&directory.path().join("leads.db"));
        let before = std::fs::read(&path).unwrap();

        let wrong = store(directory.path(), "wrong");
        for error in [
            wrong.get(&key).unwrap_err(),
            wrong.set(&key, &"x".into()).unwrap_err(),
            wrong.delete(&key).unwrap_err(),
        ] {
            assert!(matches!(error, SecretError::WrongPassphrase(_)), "{error}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), before);

        std::fs::write(&path, &before[..before.len() - 30]).unwrap();
        let error = store(directory.path(), "right").get(&key).unwrap_err();
        assert!(matches!(error, SecretError::Corrupt { .. }), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_for_its_owner_only_even_after_a_crash_left_another() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        let leftover = directory.path().join("leads.db.secrets.new");
        std::fs::write(&leftover, "half").unwrap();
        std::fs::set_permissions(&leftover, std::fs::Permissions::from_mode(0o644)).unwrap();
        let key = SecretKey::new("a", "hubspot");
        store(directory.path(), "right")
            .set(&key, &"s".into())
            .unwrap();
        for name in ["leads.db.secrets", "leads.db.secrets.lock"] {
            let mode = std::fs::metadata(directory.path().join(name)).unwrap();
            assert_eq!(mode.permissions().mode() & 0o777, 0o600, "{name}");
        }
        assert!(!leftover.exists());
    }

    #[test]
    fn two_at_a_time_lose_nothing() {
        let directory = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for worker in 0..4 {
                let path = directory.path();
                scope.spawn(move || {
                    let key = SecretKey::new("a", format!("vendor{worker}"));
                    store(path, "right").set(&key, &"s".into()).unwrap();
                });
            }
        });
        let store = store(directory.path(), "right");
        for worker in 0..4 {
            assert!(read(&store, &SecretKey::new("a", format!("vendor{worker}"))).is_some());
        }
    }

    #[test]
    fn a_lock_that_is_never_freed_is_given_up() {
        let directory = tempfile::tempdir().unwrap();
        let holder = store(directory.path(), "right");
        let _held = holder.lock().unwrap();
        let waiting = EncryptedFile {
            patience: Duration::from_millis(30),
            ..store(directory.path(), "right")
        };
        let error = waiting
            .set(&SecretKey::new("a", "hubspot"), &"s".into())
            .unwrap_err();
        assert!(matches!(error, SecretError::TimedOut(..)), "{error}");
    }
}
