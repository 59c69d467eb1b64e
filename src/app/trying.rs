//! `mapping try`: one disposable lead, through the connection's own session, as a run of its own.

use std::sync::Arc;

use serde_json::json;

use super::pushing::{check_account, keep_budget};
use super::schemas::SchemaError;
use super::{App, Pace, PushError, Session};
use crate::clock::SharedClock;
use crate::domain::event::Event;
use crate::domain::hints::HintScope;
use crate::domain::history::RunOutcome;
use crate::domain::ids::{AccountId, RunId};
use crate::domain::integration::Integration;
use crate::domain::lead::EventName;
use crate::domain::mapping::{QualifierRule, Rule};
use crate::domain::run::{StopReason, Trigger};
use crate::domain::trial::mark_of;
use crate::engine::Refusal;
use crate::engine::events::{Reporter, SyncEvent};
use crate::engine::set_up::ObjectFields;
use crate::engine::trial::{Book, FieldEnd, Trial, Trialled, disposable};
use crate::store::runs::RunEnd;
use crate::store::{NewRun, Store, StoreError, StoreHandle};
use crate::vendors::{CallError, CallErrorKind};

/// What a trial is made of.
pub struct TrialOf<'a> {
    /// The mapping.
    pub rules: &'a [Rule],
    /// Targets of qualifiers.
    pub qualifiers: &'a [QualifierRule],
    /// Every event.
    pub events: &'a [Event],
    /// The event whose own rows count.
    pub event: Option<EventName>,
    /// What commands that settle something must name.
    pub scope: HintScope<'a>,
    /// The command as history shows it.
    pub command: String,
    /// Who runs it.
    pub person: Option<String>,
}

/// Asked once the account is known and before anything is made: the objects that would stay there. No: nothing is made.
pub type MayGoOn<'a, E> = &'a dyn Fn(&[&'static str]) -> Result<bool, E>;

/// A trial that took place.
pub struct TrialReport {
    /// Its run.
    pub run: RunId,
    /// What came of it.
    pub trialled: Trialled,
}

impl App {
    /// Runs a trial and keeps it as a run, from before its first record; `None`: somebody said no.
    ///
    /// # Errors
    /// Where the connection cannot be opened, the token is another account's, the fields cannot be read, or `may` fails:
    /// then nothing was made. Where the file fails what was made is removed first.
    pub async fn try_mapping<E: From<SchemaError>>(
        &self,
        store: &mut Store,
        integration: &Integration,
        of: &TrialOf<'_>,
        reporter: Arc<dyn Reporter>,
        (may, interrupted): (MayGoOn<'_, E>, &(dyn Fn() -> bool + Sync)),
    ) -> Result<Option<TrialReport>, E> {
        let (session, clock) = self
            .trial_session(store, integration, Arc::clone(&reporter))
            .await?;
        let objects = described(&session, store, integration, of, &clock).await?;
        let trial = Trial {
            vendor: session.vendor.as_ref(),
            rules: of.rules,
            qualifiers: of.qualifiers,
            objects: &objects,
            event: of.event.as_ref().map(|event| event.id),
            events: of.events,
            scope: of.scope,
        };
        let stay = trial.stay().await.map_err(unanswered)?;
        if !may(&stay)? {
            return Ok(None);
        }
        let tried = run(
            &trial,
            &session,
            store,
            integration,
            of,
            (&clock, interrupted),
        )
        .await;
        if let (Some(account), Ok(store)) = (&integration.account, self.store())
            && let Ok(store) = StoreHandle::spawn(store)
        {
            keep_budget(&store, account.id, &session, clock.now()).await;
        }
        if let Err(message) = session.settle().await {
            reporter.report(SyncEvent::Note { message });
        }
        Ok(Some(tried.map_err(SchemaError::from)?))
    }

    async fn trial_session(
        &self,
        store: &mut Store,
        integration: &Integration,
        reporter: Arc<dyn Reporter>,
    ) -> Result<(Session, SharedClock), SchemaError> {
        let clock = self.clock(&store.integrations()?);
        let session = self
            .open_session(
                store,
                integration,
                Arc::clone(&clock),
                Pace::default(),
                Some(reporter),
            )
            .map_err(PushError::from)?;
        if check_account(&session, integration).await? && integration.needs_sign_in {
            store.set_needs_sign_in(integration, false, clock.now())?;
        }
        Ok((session, clock))
    }
}

fn unanswered(error: CallError) -> SchemaError {
    SchemaError::Call(Box::new(error))
}

/// The fields of the objects that are tried, read by the very translator that writes them: it goes by what it has read.
async fn described(
    session: &Session,
    store: &mut Store,
    integration: &Integration,
    of: &TrialOf<'_>,
    clock: &SharedClock,
) -> Result<Vec<ObjectFields>, SchemaError> {
    let account = account_of(integration)?;
    let plan = session.vendor.plan();
    let person = Some(plan.create_person);
    let mut objects = Vec::new();
    for key in plan.create_company.into_iter().chain(person) {
        let mut all = session.vendor.info().objects.iter();
        let Some(info) = all.find(|info| info.key == key) else {
            continue;
        };
        let rules = of.rules.iter().filter(|rule| rule.object == key);
        let answers = of.qualifiers.iter().filter(|rule| rule.object == key);
        let wanted: Vec<String> = rules
            .map(|rule| rule.remote.clone())
            .chain(answers.map(|rule| rule.remote.clone()))
            .collect();
        if wanted.is_empty() {
            continue;
        }
        let schema = session
            .vendor
            .describe(key, &wanted)
            .await
            .map_err(unanswered)?;
        store.save_schema(account, key, &schema, clock.now())?;
        objects.push(ObjectFields { info, schema });
    }
    Ok(objects)
}

fn account_of(integration: &Integration) -> Result<AccountId, SchemaError> {
    let account = integration.account.as_ref().map(|account| account.id);
    account.ok_or_else(|| PushError::from(Refusal::NotConnected(integration.name.clone())).into())
}

/// The trial as a run: begun before anything is made, with a claim, so that one that was killed is known to be.
async fn run(
    trial: &Trial<'_>,
    session: &Session,
    store: &mut Store,
    integration: &Integration,
    of: &TrialOf<'_>,
    (clock, interrupted): (&SharedClock, &(dyn Fn() -> bool + Sync)),
) -> Result<TrialReport, StoreError> {
    let (now, account) = (clock.now(), integration.account.as_ref());
    let Some(account) = account.map(|account| account.id) else {
        return Err(StoreError::Unexpected(
            "a trial without an account".to_owned(),
        ));
    };
    let new = NewRun {
        integration: Some(integration.id),
        account: Some(account),
        command: of.command.clone(),
        trigger: Trigger::Test.name().to_owned(),
        event: of.event.as_ref().map(|event| event.id),
        person: of.person.clone(),
    };
    let run = store.begin_run(&new, now)?;
    let claim = store.open_claim(run, now)?;
    let lead = {
        let held = |key: &str| {
            let values = store.field_values(key).unwrap_or_default();
            values.into_iter().next().map(|(value, _)| value)
        };
        disposable(trial, &held, of.event.clone(), &mark_of(now), now)
    };
    let mut book = Book {
        store,
        run,
        account,
        clock: clock.as_ref(),
    };
    let trialled = trial.run(&lead, &mut book, interrupted).await;
    let end = end_of(trialled.as_ref().ok(), session.requests().total());
    let ended = store
        .close_claim(claim)
        .and_then(|()| store.finish_run(run, &end, clock.now()));
    let trialled = trialled?;
    ended?;
    Ok(TrialReport { run, trialled })
}

/// How the run ended; `None`: the file failed in the middle of it.
fn end_of(trialled: Option<&Trialled>, requests: u64) -> RunEnd {
    let Some(trialled) = trialled else {
        return RunEnd {
            outcome: RunOutcome::Crashed,
            stop_reason: None,
            requests,
            counts: json!({}),
        };
    };
    let stop_reason = match &trialled.stopped {
        _ if trialled.interrupted => Some(StopReason::Interrupted),
        Some(error) => reason(error),
        None => None,
    };
    let records = &trialled.records;
    let refused: usize = records
        .iter()
        .flat_map(|record| &record.fields)
        .filter(|field| matches!(field.end, FieldEnd::Refused { .. }))
        .count();
    RunEnd {
        outcome: match &trialled.stopped {
            _ if trialled.interrupted => RunOutcome::Interrupted,
            Some(_) => RunOutcome::Stopped,
            None => RunOutcome::Done,
        },
        stop_reason,
        requests,
        counts: json!({
            "created": records.iter().filter(|record| record.id.is_some()).count(),
            "removed": records.iter().filter(|record| record.removed).count(),
            "stayed": records.iter().filter(|record| record.stays()).count(),
            "refused": refused,
        }),
    }
}

fn reason(error: &CallError) -> Option<StopReason> {
    match &error.kind {
        CallErrorKind::SignIn(_) | CallErrorKind::SignedOut { .. } => None,
        CallErrorKind::Wait { daily: true, .. } => Some(StopReason::Budget),
        CallErrorKind::Wait { .. } => Some(StopReason::RateLimit),
        _ => Some(StopReason::Outage),
    }
}
