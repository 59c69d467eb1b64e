//! Secrets for as long as the process runs, for tests and for `demo`.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use secrecy::SecretString;

use super::{SecretError, SecretKey, SecretStore};

/// Forgets everything when dropped.
#[derive(Debug, Default)]
pub struct MemorySecrets {
    secrets: Mutex<HashMap<SecretKey, SecretString>>,
}

impl MemorySecrets {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SecretKey, SecretString>> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SecretStore for MemorySecrets {
    fn get(&self, key: &SecretKey) -> Result<Option<SecretString>, SecretError> {
        Ok(self.lock().get(key).cloned())
    }

    fn set(&self, key: &SecretKey, secret: &SecretString) -> Result<(), SecretError> {
        self.lock().insert(key.clone(), secret.clone());
        Ok(())
    }

    fn delete(&self, key: &SecretKey) -> Result<(), SecretError> {
        self.lock().remove(key);
        Ok(())
    }

    fn describe(&self) -> String {
        "the memory of this process".to_owned()
    }
}
