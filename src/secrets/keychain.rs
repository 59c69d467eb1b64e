//! The system's keychain: Keychain Services, Windows Credential Manager, or the Secret Service.
//!
//! Each call runs on a detached thread and is given up after three seconds, because a frozen Secret
//! Service never answers. Calls follow one another: keychains dislike being asked in parallel. While a call that was given up still
//! hangs, the next ones are answered at once: a command would otherwise wait three seconds for each.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::bounded::bounded;
use super::{PATIENCE, SecretError, SecretKey, SecretStore};

const SERVICE: &str = "mobly-sync";
const NAME: &str = "the keychain";
const DESCRIPTION: &str = "the system keychain";
/// The entry that [`Keychain::check`] writes and removes.
const CHECK: &str = "check";

/// Why a keychain refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeychainFailure {
    /// There is none.
    Missing(String),
    /// It is locked, or access was denied.
    Locked(String),
    /// The secret is too long for it; the limit in bytes.
    TooLong(u32),
    /// What it holds is unreadable.
    Damaged(String),
}

/// What a keychain can do. The system's is behind [`Keychain::system`]; tests bring their own. Calls
/// may block for ever.
pub trait KeychainBackend: Send + Sync + 'static {
    /// The secret of `user`; None if there is none.
    ///
    /// # Errors
    /// [`KeychainFailure`]
    fn get(&self, user: &str) -> Result<Option<Vec<u8>>, KeychainFailure>;

    /// Stores the secret of `user`.
    ///
    /// # Errors
    /// [`KeychainFailure`]
    fn set(&self, user: &str, secret: &[u8]) -> Result<(), KeychainFailure>;

    /// Removes the secret of `user`, if there is one.
    ///
    /// # Errors
    /// [`KeychainFailure`]
    fn delete(&self, user: &str) -> Result<(), KeychainFailure>;
}

/// Secrets in a keychain.
pub struct Keychain {
    backend: Arc<dyn KeychainBackend>,
    patience: Duration,
    turn: Arc<Turn>,
}

/// Whose turn it is; and the end of the call that was given up last, where there was one.
type Turn = Mutex<Option<Arc<AtomicBool>>>;

/// One for the process: every store of the system's keychain meets the same service.
static SYSTEM_TURN: LazyLock<Arc<Turn>> = LazyLock::new(Arc::default);

impl Keychain {
    /// The system's keychain.
    #[must_use]
    pub fn system() -> Self {
        Self {
            turn: Arc::clone(&SYSTEM_TURN),
            ..Self::new(Arc::new(SystemKeychain), PATIENCE)
        }
    }

    /// Another keychain, given up after `patience`.
    #[must_use]
    pub fn new(backend: Arc<dyn KeychainBackend>, patience: Duration) -> Self {
        Self {
            backend,
            patience,
            turn: Arc::default(),
        }
    }

    /// Tries the keychain with an entry of no value: one that can be read may still refuse to store.
    ///
    /// # Errors
    /// [`SecretError`] that says why it can't be used.
    pub fn check(&self) -> Result<(), SecretError> {
        self.call(|backend| {
            backend.set(CHECK, b"ok")?;
            let found = backend.get(CHECK)?;
            backend.delete(CHECK)?;
            if found.as_deref() == Some(b"ok") {
                Ok(())
            } else {
                Err(KeychainFailure::Missing(
                    "it does not keep what it is given".to_owned(),
                ))
            }
        })
    }

    fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn KeychainBackend) -> Result<T, KeychainFailure> + Send + 'static,
    ) -> Result<T, SecretError> {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let hangs = |ended: &Arc<AtomicBool>| !ended.load(Ordering::Acquire);
        if turn.as_ref().is_some_and(hangs) {
            let seconds = self.patience.as_secs_f64().ceil() as u64;
            return Err(SecretError::TimedOut(NAME, seconds));
        }
        let backend = Arc::clone(&self.backend);
        let ended = Arc::new(AtomicBool::new(false));
        *turn = Some(Arc::clone(&ended));
        let answer = bounded(NAME, self.patience, move || {
            let answer = call(backend.as_ref());
            ended.store(true, Ordering::Release);
            answer
        });
        // Whatever broke it off, only a call that is given up still hangs.
        if !matches!(answer, Err(SecretError::TimedOut(..))) {
            *turn = None;
        }
        answer?.map_err(|failure| match failure {
            KeychainFailure::Missing(why) => SecretError::NoKeychain(why),
            KeychainFailure::Locked(why) => SecretError::KeychainLocked(why),
            KeychainFailure::TooLong(limit) => SecretError::TooLong(limit),
            KeychainFailure::Damaged(reason) => corrupt(reason),
        })
    }
}

impl std::fmt::Debug for Keychain {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keychain")
    }
}

impl SecretStore for Keychain {
    fn get(&self, key: &SecretKey) -> Result<Option<SecretString>, SecretError> {
        let user = key.to_string();
        let Some(bytes) = self.call(move |backend| backend.get(&user))? else {
            return Ok(None);
        };
        let bytes = Zeroizing::new(bytes);
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| corrupt("the entry holds no text".to_owned()))?;
        Ok(Some(SecretString::from(text)))
    }

    fn set(&self, key: &SecretKey, secret: &SecretString) -> Result<(), SecretError> {
        let (user, secret) = (key.to_string(), secret.clone());
        self.call(move |backend| backend.set(&user, secret.expose_secret().as_bytes()))
    }

    fn delete(&self, key: &SecretKey) -> Result<(), SecretError> {
        let user = key.to_string();
        self.call(move |backend| backend.delete(&user))
    }

    fn describe(&self) -> String {
        DESCRIPTION.to_owned()
    }
}

fn corrupt(reason: String) -> SecretError {
    SecretError::Corrupt {
        place: DESCRIPTION.to_owned(),
        reason,
    }
}

struct SystemKeychain;

impl SystemKeychain {
    // The owner of what clippy.toml forbids elsewhere: only here it is called with a limit.
    #[allow(clippy::disallowed_methods)]
    fn entry(user: &str) -> Result<keyring::Entry, KeychainFailure> {
        keyring::Entry::new(SERVICE, user).map_err(|error| match error {
            // Entry::new hides why the store could not be opened.
            keyring::Error::NoDefaultStore => KeychainFailure::Missing(
                keyring::Entry::store_status()
                    .as_ref()
                    .err()
                    .map_or_else(|| error.to_string(), ToString::to_string),
            ),
            other => failure(other),
        })
    }
}

impl KeychainBackend for SystemKeychain {
    fn get(&self, user: &str) -> Result<Option<Vec<u8>>, KeychainFailure> {
        match Self::entry(user)?.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(failure(error)),
        }
    }

    fn set(&self, user: &str, secret: &[u8]) -> Result<(), KeychainFailure> {
        // As bytes: `set_password` stores UTF-16 on Windows, which halves the room.
        Self::entry(user)?.set_secret(secret).map_err(failure)
    }

    fn delete(&self, user: &str) -> Result<(), KeychainFailure> {
        match Self::entry(user)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(failure(error)),
        }
    }
}

/// Errors that carry what was stored (bad encoding, bad format) are not shown.
fn failure(error: keyring::Error) -> KeychainFailure {
    match error {
        keyring::Error::NoStorageAccess(why) => KeychainFailure::Locked(why.to_string()),
        keyring::Error::TooLong(_, limit) => KeychainFailure::TooLong(limit),
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            KeychainFailure::Damaged("the entry is unreadable".to_owned())
        }
        keyring::Error::Ambiguous(entries) => KeychainFailure::Damaged(format!(
            "it holds {} entries of the same name",
            entries.len()
        )),
        other => KeychainFailure::Missing(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::memory_keychain::{Behaviour, FakeKeychain};
    use super::*;

    fn keychain(behaviour: Behaviour) -> Keychain {
        Keychain::new(
            Arc::new(FakeKeychain::new(behaviour)),
            Duration::from_millis(50),
        )
    }

    #[test]
    fn secrets_are_kept_by_key() {
        let keychain = keychain(Behaviour::Works);
        let (one, other) = (
            SecretKey::new("a", "hubspot"),
            SecretKey::new("b", "hubspot"),
        );
        keychain.check().unwrap();
        keychain.set(&one, &"s1".into()).unwrap();
        assert_eq!(keychain.get(&one).unwrap().unwrap().expose_secret(), "s1");
        assert!(keychain.get(&other).unwrap().is_none());
        keychain.delete(&one).unwrap();
        keychain.delete(&one).unwrap();
        assert!(keychain.get(&one).unwrap().is_none());
    }

    #[test]
    fn a_keychain_that_never_answers_is_given_up() {
        let keychain = keychain(Behaviour::Hangs);
        let error = keychain.get(&SecretKey::new("a", "hubspot")).unwrap_err();
        assert!(matches!(error, SecretError::TimedOut(..)), "{error}");
        assert!(error.fix().contains("MOBLY_SYNC_PASSPHRASE"));
    }

    #[test]
    fn a_keychain_that_hangs_is_waited_for_once() {
        let keychain = Keychain::new(
            Arc::new(FakeKeychain::new(Behaviour::Hangs)),
            Duration::from_millis(300),
        );
        let key = SecretKey::new("a", "hubspot");
        keychain.get(&key).unwrap_err();
        let asked = std::time::Instant::now();
        for _ in 0..5 {
            let error = keychain.get(&key).unwrap_err();
            assert!(matches!(error, SecretError::TimedOut(..)), "{error}");
        }
        assert!(asked.elapsed() < Duration::from_millis(300));
    }

    #[test]
    fn refusals_are_told_apart() {
        let key = SecretKey::new("a", "hubspot");
        assert!(matches!(
            keychain(Behaviour::Locked).get(&key),
            Err(SecretError::KeychainLocked(_))
        ));
        assert!(matches!(
            keychain(Behaviour::Missing).get(&key),
            Err(SecretError::NoKeychain(_))
        ));
    }
}
