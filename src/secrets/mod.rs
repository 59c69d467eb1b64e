//! Where sign-ins live: the system's keychain, an encrypted file, or the environment.
//!
//! Never plain text on disk, never in SQLite, never in a log. The database holds only the name of the
//! store. A secret is one small JSON document ([`StoredCredential`]) under `<database id>:<integration>`,
//! so two copies of a database never share a rotating token.
//!
//! The trait is synchronous. Every call returns within about three seconds, whatever the keychain does
//! ([`bounded`]); call it through a blocking task where a pause of that length would matter.
//!
//! The store is chosen once, at `connect`, and remembered by [`StoreChoice`]: see [`choose`].

mod bounded;
mod choose;
mod credential;
mod environment;
mod error;
mod file;
mod keychain;
mod memory;
#[cfg(test)]
mod memory_keychain;
mod sealed;

use secrecy::SecretString;

pub(crate) use bounded::bounded;
pub use choose::{Candidates, StoreChoice, choose};
pub use credential::{CredentialAccount, CredentialKind, StoredCredential};
pub use environment::EnvironmentSecrets;
pub use error::SecretError;
pub use file::EncryptedFile;
pub use keychain::{Keychain, KeychainBackend, KeychainFailure};
pub use memory::MemorySecrets;

/// How long a call to a store may take.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);

/// Which sign-in: one integration of one database.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SecretKey {
    database: String,
    integration: String,
}

impl SecretKey {
    /// The key of `integration` in the database with this id.
    #[must_use]
    pub fn new(database_id: impl std::fmt::Display, integration: impl Into<String>) -> Self {
        Self {
            database: database_id.to_string(),
            integration: integration.into(),
        }
    }

    /// The integration's name.
    #[must_use]
    pub fn integration(&self) -> &str {
        &self.integration
    }
}

impl std::fmt::Display for SecretKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}", self.database, self.integration)
    }
}

/// A place for secrets.
pub trait SecretStore: Send + Sync + std::fmt::Debug {
    /// The secret under `key`; None if there is none.
    ///
    /// # Errors
    /// [`SecretError`] if the store can't be read, which says nothing about whether there is one.
    fn get(&self, key: &SecretKey) -> Result<Option<SecretString>, SecretError>;

    /// Keeps `secret` under `key`, replacing what was there.
    ///
    /// # Errors
    /// [`SecretError`]; what was there before is then still there.
    fn set(&self, key: &SecretKey, secret: &SecretString) -> Result<(), SecretError>;

    /// Forgets the secret under `key`. Nothing to forget is no error.
    ///
    /// # Errors
    /// [`SecretError`] if the store can't be changed.
    fn delete(&self, key: &SecretKey) -> Result<(), SecretError>;

    /// The store in a few words, for people: "the system keychain".
    fn describe(&self) -> String;
}

/// The sign-in under `key`, decoded.
///
/// # Errors
/// [`SecretError`] of the store, or [`SecretError::Corrupt`] if it is no sign-in of ours.
pub fn load(
    store: &dyn SecretStore,
    key: &SecretKey,
) -> Result<Option<StoredCredential>, SecretError> {
    store
        .get(key)?
        .map(|secret| StoredCredential::from_secret(&secret, &store.describe()))
        .transpose()
}

/// Keeps a sign-in under `key`.
///
/// # Errors
/// [`SecretError`] of the store.
pub fn save(
    store: &dyn SecretStore,
    key: &SecretKey,
    credential: &StoredCredential,
) -> Result<(), SecretError> {
    store.set(key, &credential.to_secret()?)
}
