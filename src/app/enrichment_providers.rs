//! Enrichment providers with their keys: from where they are described and kept to something that can be asked.

use std::sync::Arc;

use secrecy::SecretString;

use super::{App, is_loopback};
use crate::clock::SharedClock;
use crate::domain::integration::SecretPlace;
use crate::enrich::Provider;
use crate::enrich::http::{ConfigError, HttpProvider, OpenError, Opening};
use crate::enrich::presets;
use crate::env_vars;
use crate::secrets::{SecretError, SecretKey, StoreChoice};
use crate::store::enrichment_providers::StoredProvider;
use crate::store::{Store, StoreError, StoreHandle};

/// Why a provider cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum ProviderProblem {
    /// Its description.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The place its key is kept in.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// There is no key.
    #[error("there is no key for it")]
    NoKey,
    /// Its address, or HTTP.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// The providers of a file, ready to be asked.
#[derive(Default)]
pub struct EnrichmentProviders {
    /// In the user's order, also those that are switched off: whether one is asked about a lead the settings say.
    pub ready: Vec<Arc<dyn Provider>>,
    /// Those that cannot be asked, by name.
    pub problems: Vec<(String, ProviderProblem)>,
}

impl App {
    /// Opens every provider, for one run: their budgets a run begin anew.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn open_enrichment_providers(
        &self,
        store: &Store,
        clock: &SharedClock,
    ) -> Result<EnrichmentProviders, StoreError> {
        let mut opened = EnrichmentProviders::default();
        let stored = store.enrichment_providers()?;
        if stored.is_empty() {
            return Ok(opened);
        }
        let desk = StoreHandle::spawn(self.store()?)?;
        for provider in &stored {
            match self.open_enrichment_provider(store, provider, desk.clone(), clock) {
                Ok(ready) => opened.ready.push(Arc::new(ready)),
                Err(problem) => opened.problems.push((provider.name.clone(), problem)),
            }
        }
        Ok(opened)
    }

    /// Opens one provider.
    ///
    /// # Errors
    /// [`ProviderProblem`].
    pub fn open_enrichment_provider(
        &self,
        store: &Store,
        provider: &StoredProvider,
        desk: StoreHandle,
        clock: &SharedClock,
    ) -> Result<HttpProvider, ProviderProblem> {
        let config = presets::describe(provider.preset.as_deref(), &provider.changes)?;
        let key = match config.takes_key() {
            true => Some(
                self.enrichment_key(store, provider)?
                    .ok_or(ProviderProblem::NoKey)?,
            ),
            false => None,
        };
        let address = provider.base_url.as_deref().unwrap_or(&config.base);
        let rehearses = is_loopback(address);
        let opening = Opening {
            name: provider.name.clone(),
            base_url: provider.base_url.clone(),
            key,
            budget_day: provider.budget_day,
            budget_run: provider.budget_run,
            pace: !(rehearses && env_vars::pace_is_off()),
            // A faster clock would ask a real provider faster than it allows.
            clock: match rehearses {
                true => Arc::clone(clock),
                false => self.plain_clock(),
            },
            config,
        };
        Ok(HttpProvider::open(opening, desk)?)
    }

    /// A provider's key: from the environment, else from where it is kept.
    ///
    /// # Errors
    /// Where the place cannot be used.
    pub fn enrichment_key(
        &self,
        store: &Store,
        provider: &StoredProvider,
    ) -> Result<Option<SecretString>, SecretError> {
        if let Some(key) = env_vars::enrichment_key(&provider.name) {
            return Ok(Some(key));
        }
        let Some(choice) = StoreChoice::of(provider.secret_place) else {
            return Ok(None);
        };
        let (_, secrets) = self.secret_store(Some(choice))?;
        secrets.get(&entry(store, &provider.name))
    }

    /// Keeps a provider's key: where the one before was, else in the best place there is.
    ///
    /// # Errors
    /// Where the place cannot be used; what was kept before still is.
    pub fn keep_enrichment_key(
        &self,
        store: &Store,
        name: &str,
        before: SecretPlace,
        key: &SecretString,
    ) -> Result<SecretPlace, SecretError> {
        let remembered = StoreChoice::of(before).filter(|_| env_vars::credential_store().is_none());
        let (choice, secrets) = self.secret_store(remembered)?;
        secrets.set(&entry(store, name), key)?;
        Ok(match choice {
            StoreChoice::Keyring => SecretPlace::Keyring,
            StoreChoice::File => SecretPlace::File,
        })
    }

    /// Removes a provider's key from where it is kept.
    ///
    /// # Errors
    /// Where the place cannot be used.
    pub fn forget_enrichment_key(
        &self,
        store: &Store,
        name: &str,
        place: SecretPlace,
    ) -> Result<(), SecretError> {
        let Some(choice) = StoreChoice::of(place) else {
            return Ok(());
        };
        let (_, secrets) = self.secret_store(Some(choice))?;
        secrets.delete(&entry(store, name))
    }
}

/// Never the name of an integration: those have no colon.
fn entry(store: &Store, name: &str) -> SecretKey {
    SecretKey::new(store.database_id(), format!("enrichment:{name}"))
}
