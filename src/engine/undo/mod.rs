//! Taking a run back: what it wrote is put back while it still holds, what it made is removed while nobody has touched it.
//!
//! **Order.** [`look`] reads the records and decides, without writing anything, here or there; [`undo`] decides anew and
//! carries it out as a run of its own: memberships, activities, links, persons, companies, each request written ahead, each
//! answer in one transaction with the leads it holds.
//!
//! **Again.** Every step is repeatable: a field that holds what it held before is done, a record that is gone is done. Taking
//! the same run back again after `kill -9` therefore goes on where it ended. Only records made again (an undo of an undo) are
//! creates: they are looked up by their address first, as every create in doubt is.
//!
//! **Theirs stays.** What somebody changed since is left and listed; what the vendor cannot take back is listed as impossible.

mod carry;
mod decide;
mod gather;
mod leaving;
mod look;
mod members;
mod plan;
mod remade;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use super::campaigns::CampaignDesk;
use super::events::SyncEvent;
use super::push::{PushContext, watch_over};
use super::session::{Session, SessionParts};
use crate::domain::history::RunOutcome;
use crate::domain::ids::{AccountId, ClaimId, LeadId, RunId};
use crate::domain::run::{StopReason, Trigger};
use crate::store::{Claim, NewRun, RunEnd, RunFrame, StoreError, UndoneRun};
use crate::vendors::CallError;
pub use look::look;
pub use plan::UndoPlan;

/// What of a run is to be taken back.
#[derive(Debug, Clone, Default)]
pub struct UndoRequest {
    /// Only these fields, by the vendor's name, with or without its object; empty: all.
    pub fields: Vec<String>,
    /// Only records it made, or only those it changed.
    pub only: Option<Only>,
    /// Only these leads; empty: all.
    pub leads: Vec<LeadId>,
    /// The command as history shows it.
    pub command: String,
    /// Who.
    pub person: Option<String>,
}

/// Which kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Records it made.
    Created,
    /// Records it changed.
    Updated,
}

/// Something that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Left {
    /// The vendor's object.
    pub object: String,
    /// The record.
    pub id: String,
    /// The field; `None`: all of it.
    pub field: Option<String>,
    /// Why.
    pub why: String,
    /// Who changed it, where known.
    pub by: Option<String>,
}

/// What an undo comes to.
#[derive(Debug, Clone, Default, Serialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct UndoSummary {
    /// The undo's own run; none where nothing was done.
    pub run: Option<RunId>,
    /// The run it takes back.
    pub undone: Option<RunId>,
    /// Fields put back.
    pub restored: u64,
    /// Records removed.
    pub removed: u64,
    pub left: Vec<Left>,
    pub impossible: Vec<Left>,
    /// Records made again: another id each.
    pub remade: u64,
    /// Memberships taken back, or made again.
    pub memberships: u64,
    pub activities: u64,
    pub links: u64,
    pub leads: u64,
    /// Fields and records, by the vendor's words, for people's eyes.
    #[serde(skip)]
    pub by_field: BTreeMap<String, u64>,
    pub requests: u64,
    pub dry_run: bool,
    pub stopped: Option<StopReason>,
    pub until: Option<String>,
    #[serde(skip)]
    pub stop_message: Option<String>,
    #[serde(skip)]
    pub sign_in_refused: bool,
    /// Whether its leads are held; an undo of an undo lets them go where they were.
    #[serde(skip)]
    pub holds: bool,
}

/// Why an undo did not take place.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vendor did not answer.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A field nobody wrote.
    #[error("run {run} wrote no field {field:?}")]
    NoField {
        /// The run.
        run: RunId,
        /// As it was named.
        field: String,
        /// Those it wrote.
        known: Vec<String>,
    },
}

/// Takes a run back.
///
/// # Errors
/// Where the file fails, or the records cannot be read: then nothing was changed. Once writing began, what happens is in
/// the summary.
pub async fn undo(
    context: PushContext,
    of: UndoneRun,
    request: UndoRequest,
) -> Result<UndoSummary, UndoError> {
    let Some(account) = context.integration.account.clone() else {
        return Err(StoreError::Unexpected("an undo without an account".to_owned()).into());
    };
    let now = context.clock.now();
    // What a process that died was about must be known before anything is decided.
    context
        .store
        .call(move |store| store.take_over_dead_claims(now))
        .await?;
    let mut plan = look(&context, &of, &request).await?;
    if plan.is_empty() {
        return Ok(plan.summary(&of));
    }
    let (run, claim) = begin(&context, &of, &request).await?;
    let (claim_id, leads) = (claim.id, plan.leads());
    let elsewhere = context
        .store
        .call(move |store| store.claim_for_undo(account.id, claim_id, &leads))
        .await?;
    plan.leave_to_others(&elsewhere);
    leave_overtaken(&context, &of, account.id, &mut plan).await?;
    let going = plan.going();
    context
        .store
        .call(move |store| store.note_removals(run, &going))
        .await?;
    context.reporter.report(SyncEvent::Started {
        total: plan.steps(),
        what: format!("of run {} back", of.run),
    });
    let session = open(&context, account.id, run, claim.id, plan.steps()).await?;
    let mut summary = plan.summary(&of);
    summary.run = Some(run);
    let carried = tokio::select! {
        carried = carry::carry_out(&session, &of, plan) => carried,
        () = watch_over(&session, context.interrupt.clone(), None) => Ok(carry::Carried::default()),
    };
    let broken = carried.is_err();
    if let Ok(carried) = &carried {
        carried.tell(&mut summary);
    }
    close(&context, &session, &mut summary, claim, broken).await?;
    context.reporter.report(SyncEvent::Finished);
    carried?;
    Ok(summary)
}

/// Between the look and the leads being in hand, another run may have come and gone.
async fn leave_overtaken(
    context: &PushContext,
    of: &UndoneRun,
    account: AccountId,
    plan: &mut UndoPlan,
) -> Result<(), StoreError> {
    let (run, known) = (of.run, plan.known_later());
    let overtaken = context
        .store
        .call(move |store| {
            let mut overtaken = HashSet::new();
            for ((object, id), later) in known {
                if store.written_later(account, &object, &id, run)? != later {
                    overtaken.insert((object, id));
                }
            }
            Ok(overtaken)
        })
        .await?;
    plan.leave_overtaken(&overtaken);
    Ok(())
}

async fn begin(
    context: &PushContext,
    of: &UndoneRun,
    request: &UndoRequest,
) -> Result<(RunId, Claim), StoreError> {
    let new = NewRun {
        integration: Some(context.integration.id),
        account: context
            .integration
            .account
            .as_ref()
            .map(|account| account.id),
        command: request.command.clone(),
        trigger: Trigger::Undo.name().to_owned(),
        event: None,
        person: request.person.clone(),
    };
    let (undoes, now) = (of.run, context.clock.now());
    context
        .store
        .call(move |store| {
            let run = store.begin_run(&new, now)?;
            store.begin_undo(run, undoes)?;
            Ok((run, store.open_claim(run, now)?))
        })
        .await
}

async fn open(
    context: &PushContext,
    account: AccountId,
    run: RunId,
    claim: ClaimId,
    steps: u64,
) -> Result<Session, StoreError> {
    let integration = context.integration.id;
    let (rules, qualifiers, ids) = context
        .store
        .call(move |store| {
            let rules = store.rules(integration)?;
            Ok((
                rules,
                store.qualifier_rules(integration)?,
                store.ids().clone(),
            ))
        })
        .await?;
    Ok(Session::new(SessionParts {
        vendor: Arc::clone(&context.vendor),
        store: context.store.clone(),
        file: context.store.clone(),
        rehearsal: None,
        clock: Arc::clone(&context.clock),
        reporter: Arc::clone(&context.reporter),
        integration: context.integration.clone(),
        frame: RunFrame {
            run,
            account,
            trigger: Trigger::Undo,
            event: None,
            integration_revision: context.integration.revision,
        },
        claim,
        rules,
        qualifiers,
        campaigns: CampaignDesk::default(),
        again: false,
        settle: None,
        max_failures: None,
        ids,
        due: steps,
    }))
}

async fn close(
    context: &PushContext,
    session: &Session,
    summary: &mut UndoSummary,
    claim: Claim,
    broken: bool,
) -> Result<(), StoreError> {
    let cause = session.stop_cause();
    if let Some(cause) = &cause {
        summary.stopped = (!cause.sign_in).then_some(cause.reason);
        summary.until = cause.until.map(|until| until.to_string());
        summary.stop_message = Some(cause.message.clone());
        summary.sign_in_refused = cause.sign_in;
    }
    summary.requests = (context.requests)().total();
    let outcome = match (broken, &cause) {
        (true, _) => RunOutcome::Crashed,
        (_, Some(cause)) if cause.reason == StopReason::Interrupted => RunOutcome::Interrupted,
        (_, Some(_)) => RunOutcome::Stopped,
        (_, None) => RunOutcome::Done,
    };
    let end = RunEnd {
        outcome,
        stop_reason: summary.stopped,
        requests: summary.requests,
        counts: serde_json::json!({
            "restored": summary.restored, "removed": summary.removed, "remade": summary.remade,
            "memberships": summary.memberships, "activities": summary.activities, "links": summary.links,
            "leads": summary.leads, "left": summary.left.len(), "impossible": summary.impossible.len(),
        }),
    };
    let (run, now) = (session.frame.run, context.clock.now());
    context
        .store
        .call(move |store| {
            store.close_claim(claim)?;
            store.finish_run(run, &end, now)
        })
        .await
}
