//! Which store keeps the sign-ins.

use std::path::Path;
use std::str::FromStr;

use secrecy::SecretString;

use super::{EncryptedFile, Keychain, SecretError, SecretStore};
use crate::domain::integration::SecretPlace;
use crate::env_vars;

/// The two places a sign-in can be kept in. Remembered in the database by [`as_str`](Self::as_str).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreChoice {
    /// The system's keychain.
    Keyring,
    /// The encrypted file beside the database.
    File,
}

impl StoreChoice {
    /// The word used on the command line, in the environment and in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::File => "file",
        }
    }
}

impl StoreChoice {
    /// The place a sign-in is in; `None`: in neither.
    #[must_use]
    pub fn of(place: SecretPlace) -> Option<Self> {
        match place {
            SecretPlace::Keyring => Some(Self::Keyring),
            SecretPlace::File => Some(Self::File),
            SecretPlace::Environment | SecretPlace::None => None,
        }
    }
}

impl FromStr for StoreChoice {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Self, SecretError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "keyring" | "keychain" => Ok(Self::Keyring),
            "file" => Ok(Self::File),
            _ => Err(SecretError::UnknownChoice(text.to_owned())),
        }
    }
}

impl std::fmt::Display for StoreChoice {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What there is to choose from.
#[derive(Debug)]
pub struct Candidates {
    /// The keychain.
    pub keychain: Keychain,
    /// The passphrase of the file.
    pub passphrase: Option<SecretString>,
    /// What `MOBLY_SYNC_CREDENTIAL_STORE` says.
    pub from_environment: Option<String>,
}

impl Candidates {
    /// This machine's keychain and this process's environment.
    #[must_use]
    pub fn of_this_machine() -> Self {
        Self {
            keychain: Keychain::system(),
            passphrase: env_vars::passphrase(),
            from_environment: env_vars::credential_store(),
        }
    }
}

/// The store for the database at `database`, in this order: `explicit` (an option, or what the database
/// remembers), `MOBLY_SYNC_CREDENTIAL_STORE`, the keychain if it works, the encrypted file if there is a
/// passphrase. An explicit choice is taken without trying it.
///
/// # Errors
/// [`SecretError::Nowhere`] if nothing fits, [`SecretError::NoPassphrase`] if the file was chosen and
/// has none, [`SecretError::UnknownChoice`] for a senseless variable.
pub fn choose(
    explicit: Option<StoreChoice>,
    database: &Path,
    candidates: Candidates,
) -> Result<(StoreChoice, Box<dyn SecretStore>), SecretError> {
    let Candidates {
        keychain,
        passphrase,
        from_environment,
    } = candidates;
    let chosen = match (explicit, from_environment) {
        (Some(choice), _) => Some(choice),
        (None, Some(text)) => Some(text.parse()?),
        (None, None) => None,
    };
    let file = |passphrase| -> (StoreChoice, Box<dyn SecretStore>) {
        let store = EncryptedFile::beside(database, passphrase);
        (StoreChoice::File, Box::new(store))
    };
    match (chosen, passphrase) {
        (Some(StoreChoice::Keyring), _) => Ok((StoreChoice::Keyring, Box::new(keychain))),
        (Some(StoreChoice::File), Some(passphrase)) => Ok(file(passphrase)),
        (Some(StoreChoice::File), None) => Err(SecretError::NoPassphrase(
            EncryptedFile::path_beside(database),
        )),
        (None, passphrase) => match (keychain.check(), passphrase) {
            (Ok(()), _) => Ok((StoreChoice::Keyring, Box::new(keychain))),
            (Err(_), Some(passphrase)) => Ok(file(passphrase)),
            (Err(error), None) => Err(SecretError::Nowhere(error.to_string())),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;
    use std::time::Duration;

    use super::super::memory_keychain::{Behaviour, FakeKeychain};
    use super::*;

    fn chosen(
        explicit: Option<StoreChoice>,
        environment: Option<&str>,
        keychain: Behaviour,
        passphrase: bool,
    ) -> Result<StoreChoice, SecretError> {
        let candidates = Candidates {
            keychain: Keychain::new(
                Arc::new(FakeKeychain::new(keychain)),
                Duration::from_millis(50),
            ),
            passphrase: passphrase.then(|| SecretString::from("pass")),
            from_environment: environment.map(str::to_owned),
        };
        choose(explicit, Path::new("leads.db"), candidates).map(|(choice, _)| choice)
    }

    #[test]
    fn the_order_is_option_environment_keychain_file() {
        use Behaviour::{Hangs, Locked, Missing, Works};
        use StoreChoice::{File, Keyring};
        let cases = [
            (Some(File), Some("keyring"), Works, true, File),
            (Some(Keyring), Some("file"), Missing, true, Keyring),
            (None, Some("file"), Works, true, File),
            (None, Some("keyring"), Works, true, Keyring),
            (None, None, Works, true, Keyring),
            (None, None, Works, false, Keyring),
            (None, None, Missing, true, File),
            (None, None, Locked, true, File),
            (None, None, Hangs, true, File),
        ];
        for (explicit, environment, keychain, passphrase, expected) in cases {
            assert_eq!(
                chosen(explicit, environment, keychain, passphrase).unwrap(),
                expected,
                "{explicit:?} {environment:?} {keychain:?} {passphrase}"
            );
        }
    }

    #[test]
    fn nowhere_to_keep_it_is_an_error_that_says_what_to_do() {
        let error = chosen(None, None, Behaviour::Missing, false).unwrap_err();
        assert!(matches!(error, SecretError::Nowhere(_)), "{error}");
        assert!(error.fix().contains("MOBLY_SYNC_PASSPHRASE"));
        assert!(matches!(
            chosen(Some(StoreChoice::File), None, Behaviour::Works, false),
            Err(SecretError::NoPassphrase(_))
        ));
        assert!(matches!(
            chosen(None, Some("plain"), Behaviour::Works, true),
            Err(SecretError::UnknownChoice(_))
        ));
    }
}
