//! Telling sources which record each of their leads has.
//!
//! The queue is in the file (`store::write_backs`); here it is drained, one request after the other: sources allow about one
//! a second, so more at once would only wait. Nothing here ever fails a push: what could not be told waits for the next
//! command. Ending never cuts a request off, so that what was told is noted as told.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::{App, Pace, SourceSession};
use crate::clock::{SharedClock, later};
use crate::domain::ids::AccountId;
use crate::domain::integration::{ConnectionState, Integration, IntegrationCategory};
use crate::sources::{SourceInfo, WriteBack as Told};
use crate::store::write_backs::WriteBack;
use crate::store::{Store, StoreError};
use crate::transport::RetryPolicy;
use crate::vendors::{CallError, CallErrorKind};

/// How long a command goes on telling beyond its other work (decisions.md 43).
pub const PATIENCE: Duration = Duration::from_secs(10);

/// What is read at a time.
const SLICE: u32 = 50;
/// So often a source may refuse one before it is given up.
const TRIES: u32 = 5;
/// The first pause of one that was refused or not answered; each further one is twice as long.
const PAUSE: Duration = Duration::from_secs(60);
/// The longest of these pauses.
const LONGEST_PAUSE: Duration = Duration::from_secs(6 * 60 * 60);

/// Somebody waits for the end of the command: a wait of more than a moment is left to the next one.
const POLICY: RetryPolicy = RetryPolicy {
    tries: 3,
    first_pause: Duration::from_millis(400),
    longest_pause: Duration::from_secs(2),
    longest_wait: Duration::from_secs(5),
    total: Duration::from_secs(6),
};

/// What telling one source came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WroteBack {
    /// The connection.
    pub source: String,
    /// Records it was told.
    pub told: u64,
    /// Records it never will be told.
    pub ended: u64,
    /// Records it is still to be told.
    pub waiting: u64,
    /// Why it ended before everything was told, unless it was the time.
    pub stopped: Option<String>,
    /// Whether the source refused the key.
    pub refused: bool,
    /// Not worth trying before then.
    pub until: Option<Timestamp>,
}

/// Why the rest waits.
struct Stop {
    why: String,
    refused: bool,
    until: Option<Timestamp>,
}

impl App {
    /// Tells every connected, enabled source what it is to be told, for at most `patience`. Sources with nothing to be told,
    /// and those another process is at, are not in the answer.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn write_back(
        &self,
        store: &mut Store,
        patience: Duration,
        raised: &watch::Receiver<bool>,
    ) -> Result<Vec<WroteBack>, StoreError> {
        let integrations = store.integrations()?;
        let clock = self.clock(&integrations);
        let mut all = Vec::new();
        for integration in integrations.iter().filter(|one| is_served(one)) {
            let Some(account) = integration.account.as_ref().map(|account| account.id) else {
                continue;
            };
            if store.write_backs_due(account, clock.now(), 1)?.is_empty() {
                continue;
            }
            let Some(_turn) = store.write_back_turn()? else {
                continue;
            };
            let pace = Pace {
                policy: Some(POLICY),
                ..Pace::default()
            };
            let mut wrote = WroteBack {
                source: integration.name.clone(),
                ..WroteBack::default()
            };
            match self.open_source(store, integration, clock.clone(), pace, None) {
                Ok(session) => {
                    // Opening the secret store takes its time, too.
                    let ends = clock.monotonic().saturating_add(patience);
                    let goes_on = || !*raised.borrow() && clock.monotonic() < ends;
                    let stop =
                        drain(store, &session, account, &clock, &goes_on, &mut wrote).await?;
                    if let Some(stop) = stop {
                        if stop.refused && session.is_own_of(integration) {
                            store.set_needs_sign_in(integration, true, clock.now())?;
                        }
                        wrote.stopped = Some(stop.why);
                        wrote.refused = stop.refused;
                        wrote.until = stop.until;
                    }
                }
                Err(error) => wrote.stopped = Some(error.to_string()),
            }
            wrote.waiting = store.write_back_counts(account)?.waiting;
            all.push(wrote);
        }
        Ok(all)
    }
}

fn is_served(integration: &Integration) -> bool {
    integration.category == IntegrationCategory::Source
        && integration.state() == ConnectionState::Connected
}

async fn drain(
    store: &mut Store,
    session: &SourceSession,
    source: AccountId,
    clock: &SharedClock,
    goes_on: &(dyn Fn() -> bool + Sync),
    wrote: &mut WroteBack,
) -> Result<Option<Stop>, StoreError> {
    let info = session.source.info();
    loop {
        let due = store.write_backs_due(source, clock.now(), SLICE)?;
        if due.is_empty() {
            return Ok(None);
        }
        for one in due {
            if !goes_on() {
                return Ok(None);
            }
            if let Some(stop) = tell(store, session, info, &one, clock, wrote).await? {
                return Ok(Some(stop));
            }
        }
    }
}

/// Tells one; what ends the turn, if anything does.
async fn tell(
    store: &mut Store,
    session: &SourceSession,
    info: &SourceInfo,
    one: &WriteBack,
    clock: &SharedClock,
    wrote: &mut WroteBack,
) -> Result<Option<Stop>, StoreError> {
    let Some(system) = (info.remote_id_type)(&one.vendor) else {
        let why = format!("{} keeps no ids of {}", info.title, one.vendor);
        store.write_back_ended(one, &why, clock.now())?;
        wrote.ended += 1;
        return Ok(None);
    };
    let id = &one.external_id;
    let answer = session
        .source
        .set_remote_id(id, system, one.remote_id.as_deref())
        .await;
    let now = clock.now();
    match answer {
        Ok(Told::Done(_)) => {
            store.write_back_told(one, now)?;
            wrote.told += 1;
            Ok(None)
        }
        Ok(Told::LeadGone(_)) => {
            let why = format!("the lead is not in {} any more", info.title);
            store.write_back_ended(one, &why, now)?;
            wrote.ended += 1;
            Ok(None)
        }
        Err(error) => refused(store, one, &error, now, wrote),
    }
}

/// What a refusal means: for this one, or for all that wait.
fn refused(
    store: &mut Store,
    one: &WriteBack,
    error: &CallError,
    now: Timestamp,
    wrote: &mut WroteBack,
) -> Result<Option<Stop>, StoreError> {
    let stop = |refused, until| Stop {
        why: error.kind.to_string(),
        refused,
        until,
    };
    let next = later(now, pause(one.tries));
    match &error.kind {
        CallErrorKind::SignIn(_) | CallErrorKind::SignedOut { .. } => Ok(Some(stop(true, None))),
        CallErrorKind::Wait { until, .. } => Ok(Some(stop(false, Some(*until)))),
        // The source's word about this very lead.
        CallErrorKind::Refused { .. } if one.tries + 1 >= TRIES => {
            store.write_back_ended(one, &error.kind.to_string(), now)?;
            wrote.ended += 1;
            Ok(None)
        }
        CallErrorKind::Refused { .. } => {
            store.write_back_later(one, &error.kind.to_string(), next, now)?;
            Ok(None)
        }
        // Nothing was said of the lead: it comes after the others the next time, should it be what breaks the source.
        CallErrorKind::NotAllowed(_)
        | CallErrorKind::Unavailable { .. }
        | CallErrorKind::OutcomeUnknown { .. } => {
            store.write_back_later(one, &error.kind.to_string(), next, now)?;
            Ok(Some(stop(false, Some(later(now, PAUSE)))))
        }
    }
}

fn pause(tries: u32) -> Duration {
    PAUSE.saturating_mul(1 << tries.min(10)).min(LONGEST_PAUSE)
}

#[cfg(test)]
#[path = "writing_back_tests.rs"]
mod tests;
