//! Cache and budget of one provider, on the store's thread.
//!
//! What a question may cost is written down before it leaves, so that no crash can spend more than was allowed.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::PoisonError;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::super::Found;
use crate::clock::SharedClock;
use crate::domain::ids::LeadId;
use crate::store::{StoreError, StoreHandle};

/// An answer is believed for so long; after that people have changed jobs.
const KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);

/// A provider's cache and budget.
pub struct Desk {
    store: StoreHandle,
    clock: SharedClock,
    provider: String,
    budget_day: Option<u64>,
    budget_run: Option<u64>,
    /// Spent since it was opened: a run.
    spent: Mutex<u64>,
}

/// Leave to ask so many questions that may cost something. What is not settled stays spent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Reservation {
    day: String,
    /// How many; at most as many as were wanted.
    pub granted: u64,
    /// What is used up, where fewer were granted: for people.
    pub short: Option<String>,
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What was found; nothing: not known.
    pub found: Option<KeptFound>,
    /// The fields that were looked for.
    pub looked_for: Vec<String>,
    /// Why an answer was not taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What was found, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // as in `Found`
pub struct KeptFound {
    pub fields: std::collections::BTreeMap<String, String>,
    pub confidence: Option<u8>,
}

impl From<KeptFound> for Found {
    fn from(kept: KeptFound) -> Self {
        Self {
            fields: kept.fields,
            confidence: kept.confidence,
        }
    }
}

impl Desk {
    /// The desk of `provider`.
    #[must_use]
    pub fn new(
        store: StoreHandle,
        clock: SharedClock,
        provider: &str,
        budget_day: Option<u64>,
        budget_run: Option<u64>,
    ) -> Self {
        Self {
            store,
            clock,
            provider: provider.to_owned(),
            budget_day,
            budget_run,
            spent: Mutex::new(0),
        }
    }

    /// The keyed hashes of questions, and the answers kept of them.
    ///
    /// # Errors
    /// As every statement.
    pub async fn look(
        &self,
        questions: Vec<String>,
    ) -> Result<(Vec<Vec<u8>>, HashMap<Vec<u8>, Kept>), StoreError> {
        let provider = self.provider.clone();
        let since = self
            .clock
            .now()
            .checked_sub(KEPT)
            .unwrap_or(jiff::Timestamp::MIN);
        self.store
            .call(move |store| {
                let keys = store.enrichment_question_keys(&provider, &questions)?;
                let kept = store.kept_enrichments(&provider, &keys, since)?;
                let kept = kept
                    .into_iter()
                    // What an older version kept in another form is asked again.
                    .filter_map(|(key, text)| Some((key, serde_json::from_str(&text).ok()?)))
                    .collect();
                Ok((keys, kept))
            })
            .await
    }

    /// Keeps answers.
    ///
    /// # Errors
    /// As every statement.
    pub async fn keep(&self, answers: Vec<(Vec<u8>, LeadId, Kept)>) -> Result<(), StoreError> {
        if answers.is_empty() {
            return Ok(());
        }
        let (provider, now) = (self.provider.clone(), self.clock.now());
        self.store
            .call(move |store| {
                let rows = answers
                    .into_iter()
                    .map(|(key, lead, kept)| Ok((key, lead, serde_json::to_string(&kept)?)))
                    .collect::<Result<Vec<_>, StoreError>>()?;
                store.keep_enrichments(&provider, &rows, now)
            })
            .await
    }

    /// Takes leave to ask `wanted` questions, or as many as the budgets have left.
    ///
    /// # Errors
    /// As every statement.
    pub async fn reserve(&self, wanted: u64) -> Result<Reservation, StoreError> {
        let day = self.clock.now().to_zoned(TimeZone::UTC).date().to_string();
        // Taken from the run's budget first: several batches may ask at the same time.
        let of_run = {
            let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
            let left = self
                .budget_run
                .map_or(wanted, |budget| budget.saturating_sub(*spent));
            let granted = wanted.min(left);
            *spent += granted;
            granted
        };
        let (provider, budget) = (self.provider.clone(), self.budget_day);
        let on = day.clone();
        let granted = match of_run {
            0 => Ok(0),
            wanted => {
                self.store
                    .call(move |store| store.reserve_enrichment(&provider, &on, wanted, budget))
                    .await
            }
        };
        let kept = *granted.as_ref().unwrap_or(&0);
        self.give_back_to_run(of_run - kept);
        let granted = granted?;
        let said =
            |budget: Option<u64>, of: &str| budget.map(|budget| format!("{budget} questions {of}"));
        let short = (granted < wanted).then(|| {
            let day = said(self.budget_day, "a day").filter(|_| granted < of_run);
            day.or_else(|| said(self.budget_run, "a run"))
                .unwrap_or_default()
        });
        Ok(Reservation {
            day,
            granted,
            short,
        })
    }

    /// Says what became of a reservation: so many questions were free after all, or never left.
    ///
    /// # Errors
    /// As every statement.
    pub async fn settle(
        &self,
        reservation: &Reservation,
        asked: u64,
        free: u64,
    ) -> Result<(), StoreError> {
        self.give_back_to_run(free);
        let (provider, day) = (self.provider.clone(), reservation.day.clone());
        self.store
            .call(move |store| store.settle_enrichment(&provider, &day, asked, free))
            .await
    }

    /// Remembers what went wrong last, for `enrichment list`; nothing: it went well.
    pub async fn note(&self, error: Option<String>) {
        let (provider, now) = (self.provider.clone(), self.clock.now());
        let noted = self
            .store
            .call(move |store| store.note_enrichment_error(&provider, error.as_deref(), now))
            .await;
        if let Err(error) = noted {
            tracing::debug!(%error, "a provider's last error was not kept");
        }
    }

    fn give_back_to_run(&self, free: u64) {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        *spent = spent.saturating_sub(free);
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Desk")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}
