//! Enrichment providers with their keys: from where they are described and kept to something that can be asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;

use super::{App, is_loopback};
use crate::clock::SharedClock;
use crate::domain::integration::SecretPlace;
use crate::domain::lead::FIELDS;
use crate::enrich::http::{Config, ConfigError, HttpProvider, OpenError, Opening};
use crate::enrich::presets;
use crate::enrich::{Answer, Provider, ProviderError, Question};
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

/// A provider that cannot be asked as it is set up: it stands in its place and says so once it is asked.
struct Unready {
    name: String,
    fields: BTreeSet<String>,
    needs: Vec<BTreeSet<String>>,
    problem: ProviderError,
}

#[async_trait]
impl Provider for Unready {
    fn name(&self) -> &str {
        &self.name
    }

    fn fields(&self) -> &BTreeSet<String> {
        &self.fields
    }

    fn needs(&self) -> &[BTreeSet<String>] {
        &self.needs
    }

    async fn ask(&self, _: &[Question]) -> Result<Vec<Answer>, ProviderError> {
        Err(self.problem.clone())
    }
}

impl Unready {
    fn new(stored: &StoredProvider, problem: &ProviderProblem) -> Self {
        let config = presets::describe(stored.preset.as_deref(), &stored.changes).ok();
        let why = problem.to_string();
        Self {
            name: stored.name.clone(),
            // Without a description nobody knows what it could fill; the address is what most would be asked by.
            fields: config.as_ref().map_or_else(
                || {
                    FIELDS
                        .iter()
                        .filter(|field| !field.computed)
                        .map(|field| field.key.to_owned())
                        .collect()
                },
                Config::fills,
            ),
            needs: config.map_or_else(Vec::new, |config| config.needs()),
            problem: match problem {
                ProviderProblem::NoKey => ProviderError::SignIn(why),
                _ => ProviderError::Unavailable { why, until: None },
            },
        }
    }
}

impl App {
    /// The providers this file is set up with, in the user's order, also those that are switched off: whether one is asked
    /// about a lead the settings say. Opened for one run: their budgets a run begin anew. One that cannot be opened says so
    /// when it is asked.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn providers(&self, store: &Store) -> Result<Vec<Box<dyn Provider>>, StoreError> {
        let stored = store.enrichment_providers()?;
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        let clock = self.clock(&store.integrations()?);
        let desk = StoreHandle::spawn(self.store()?)?;
        let open = |one: &StoredProvider| -> Box<dyn Provider> {
            match self.open_enrichment_provider(store, one, desk.clone(), &clock) {
                Ok(ready) => Box::new(ready),
                Err(problem) => Box::new(Unready::new(one, &problem)),
            }
        };
        Ok(stored.iter().map(open).collect())
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
