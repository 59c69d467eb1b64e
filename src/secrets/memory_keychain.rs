//! A keychain for tests that works, refuses, or never answers.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{KeychainBackend, KeychainFailure};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behaviour {
    Works,
    Missing,
    Locked,
    Hangs,
}

pub(super) struct FakeKeychain {
    behaviour: Behaviour,
    entries: Mutex<HashMap<String, Vec<u8>>>,
}

impl FakeKeychain {
    pub(super) fn new(behaviour: Behaviour) -> Self {
        Self {
            behaviour,
            entries: Mutex::default(),
        }
    }

    fn entries(
        &self,
    ) -> Result<std::sync::MutexGuard<'_, HashMap<String, Vec<u8>>>, KeychainFailure> {
        match self.behaviour {
            Behaviour::Works => Ok(self.entries.lock().unwrap_or_else(PoisonError::into_inner)),
            Behaviour::Missing => Err(KeychainFailure::Missing("no bus".to_owned())),
            Behaviour::Locked => Err(KeychainFailure::Locked("no prompt".to_owned())),
            Behaviour::Hangs => loop {
                std::thread::park();
            },
        }
    }
}

impl KeychainBackend for FakeKeychain {
    fn get(&self, user: &str) -> Result<Option<Vec<u8>>, KeychainFailure> {
        Ok(self.entries()?.get(user).cloned())
    }

    fn set(&self, user: &str, secret: &[u8]) -> Result<(), KeychainFailure> {
        self.entries()?.insert(user.to_owned(), secret.to_vec());
        Ok(())
    }

    fn delete(&self, user: &str) -> Result<(), KeychainFailure> {
        self.entries()?.remove(user);
        Ok(())
    }
}
