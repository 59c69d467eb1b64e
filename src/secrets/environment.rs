//! Tokens from `MOBLY_SYNC_<VENDOR>_TOKEN`: used, never stored.

use secrecy::SecretString;

use super::{SecretError, SecretKey, SecretStore, StoredCredential};
use crate::env_vars;

type Lookup = Box<dyn Fn(&str) -> Option<SecretString> + Send + Sync>;

/// Reads the environment; refuses to write. The integration's name is the vendor's.
pub struct EnvironmentSecrets {
    token: Lookup,
}

impl EnvironmentSecrets {
    /// The process's environment.
    #[must_use]
    pub fn new() -> Self {
        Self::from_lookup(env_vars::token)
    }

    /// Another source of tokens by vendor, for tests.
    #[must_use]
    pub fn from_lookup(
        token: impl Fn(&str) -> Option<SecretString> + Send + Sync + 'static,
    ) -> Self {
        Self {
            token: Box::new(token),
        }
    }

    /// True if there is a token for this vendor.
    #[must_use]
    pub fn has(&self, vendor: &str) -> bool {
        (self.token)(vendor).is_some()
    }
}

impl Default for EnvironmentSecrets {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for EnvironmentSecrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("EnvironmentSecrets")
    }
}

impl SecretStore for EnvironmentSecrets {
    fn get(&self, key: &SecretKey) -> Result<Option<SecretString>, SecretError> {
        (self.token)(key.integration())
            .map(|token| StoredCredential::token(token).to_secret())
            .transpose()
    }

    fn set(&self, _: &SecretKey, _: &SecretString) -> Result<(), SecretError> {
        Err(SecretError::ReadOnly)
    }

    fn delete(&self, _: &SecretKey) -> Result<(), SecretError> {
        Err(SecretError::ReadOnly)
    }

    fn describe(&self) -> String {
        "the environment".to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_token_is_used_and_never_stored() {
        let store = EnvironmentSecrets::from_lookup(|vendor| {
            (vendor == "hubspot").then(|| SecretString::from("t-1"))
        });
        let key = SecretKey::new("db", "hubspot");
        let credential = super::super::load(&store, &key).unwrap().unwrap();
        assert_eq!(credential.access_token.expose_secret(), "t-1");
        assert!(store.get(&SecretKey::new("db", "zoho")).unwrap().is_none());
        assert!(matches!(
            store.set(&key, &"x".into()),
            Err(SecretError::ReadOnly)
        ));
    }
}
