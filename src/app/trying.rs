//! `mapping try`: one disposable lead, through the connection's own session.

use std::sync::Arc;

use super::pushing::check_account;
use super::schemas::SchemaError;
use super::{App, Pace, PushError};
use crate::domain::integration::Integration;
use crate::domain::lead::EventName;
use crate::domain::mapping::{QualifierRule, Rule};
use crate::engine::events::Reporter;
use crate::engine::set_up::ObjectFields;
use crate::engine::trial::{Trial, Tried, disposable};
use crate::store::Store;

/// What a trial is made of.
pub struct TrialOf<'a> {
    /// The mapping.
    pub rules: &'a [Rule],
    /// Targets of qualifiers.
    pub qualifiers: &'a [QualifierRule],
    /// The vendor's fields.
    pub objects: &'a [ObjectFields],
    /// The event whose own rows count.
    pub event: Option<EventName>,
}

/// Asked once the account is known and before anything is made: the objects that would stay there. No: nothing is made.
pub type MayGoOn<'a, E> = &'a dyn Fn(&[&'static str]) -> Result<bool, E>;

impl App {
    /// Runs a trial and counts its requests; `None`: somebody said no.
    ///
    /// # Errors
    /// Where the connection cannot be opened, the token is another account's, or `may` fails.
    pub async fn try_mapping<E: From<SchemaError>>(
        &self,
        store: &Store,
        integration: &Integration,
        of: &TrialOf<'_>,
        reporter: Arc<dyn Reporter>,
        may: MayGoOn<'_, E>,
    ) -> Result<Option<(Vec<Tried>, u64)>, E> {
        let clock = self.clock(&store.integrations().map_err(SchemaError::from)?);
        let session = self
            .open_session(
                store,
                integration,
                Arc::clone(&clock),
                Pace::default(),
                Some(reporter),
            )
            .map_err(|error| SchemaError::from(PushError::from(error)))?;
        check_account(&session, integration)
            .await
            .map_err(SchemaError::from)?;
        let trial = Trial {
            vendor: session.vendor.as_ref(),
            rules: of.rules,
            qualifiers: of.qualifiers,
            objects: of.objects,
            event: of.event.as_ref().map(|event| event.id),
        };
        let stay = trial.stay().await;
        if !may(&stay.map_err(|error| SchemaError::Call(Box::new(error)))?)? {
            return Ok(None);
        }
        let now = clock.now();
        // Told apart from every other trial: two at once must not find each other.
        let mark = format!("{:x}", now.as_microsecond());
        let held = |key: &str| {
            let values = store.field_values(key).unwrap_or_default();
            values.into_iter().next().map(|(value, _)| value)
        };
        let lead = disposable(&trial, &held, of.event.clone(), &mark, now);
        let tried = trial.run(&lead).await;
        let requests = session.requests().total();
        // The next command tries again to keep a renewed sign-in; what failed was told by the log.
        let _ = session.settle().await;
        Ok(Some((tried, requests)))
    }
}
