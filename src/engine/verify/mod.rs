//! Reading back: whether records still hold what we last wrote to them. It writes nothing at the vendor.
//!
//! What should be there is what we last wrote, field by field, not what the mapping would make of the lead today: what was
//! edited since and not pushed is no difference. The records are read by the ids we know, many a call, portion by portion
//! of the leads; of a company that many leads share, once. A reading that ends early keeps what it found so far, and is
//! not taken for one of the whole scope.

mod compare;
mod portion;
mod read;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::json;

pub(in crate::engine) use self::compare::id_of;
use self::portion::{Broken, Work};
use self::read::Reader;
use super::events::{Reporter, SyncEvent};
use super::push::Interrupt;
use crate::clock::Clock;
use crate::domain::history::RunOutcome;
use crate::domain::ids::{AccountId, EventId, LeadId, LeadIds, RunId};
use crate::domain::integration::Integration;
use crate::domain::mapping::WriteBehaviour;
use crate::domain::run::{RequestsByKind, StopReason};
use crate::domain::verification::{KeptVerification, Verification, VerifyCounts};
use crate::store::verifications::{ClearedScope, WrittenField};
use crate::store::{NewRun, RunEnd, StoreError, StoreHandle};
use crate::vendors::{CallError, CallErrorKind, Vendor};

/// Leads read back together.
const PORTION: u64 = 1_000;
/// The trigger of such a run.
const TRIGGER: &str = "verify";

/// What a reading works with.
pub struct VerifyContext {
    /// The store, behind its thread.
    pub store: StoreHandle,
    /// The vendor, signed in.
    pub vendor: Arc<dyn Vendor>,
    /// The connection.
    pub integration: Integration,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Who listens.
    pub reporter: Arc<dyn Reporter>,
    /// Counts requests.
    pub requests: Arc<dyn Fn() -> RequestsByKind + Send + Sync>,
    /// Resolves when a person wants it to end.
    pub interrupt: Interrupt,
}

/// What is to be read back.
#[derive(Debug, Clone, Default)]
pub struct VerifyRequest {
    /// The command as history shows it.
    pub command: String,
    /// Who runs it.
    pub person: Option<String>,
    /// Only leads of this event.
    pub event: Option<(EventId, String)>,
    /// Only this one.
    pub lead: Option<LeadId>,
    /// At most so many.
    pub limit: Option<u64>,
}

impl VerifyRequest {
    fn scope(&self, after: Option<LeadId>) -> ClearedScope {
        ClearedScope {
            event: self.event.as_ref().map(|(event, _)| *event),
            lead: self.lead,
            after,
        }
    }

    /// Whether it takes every Cleared lead of its event, or of the account.
    fn is_whole(&self) -> bool {
        self.lead.is_none() && self.limit.is_none()
    }
}

/// What came of a reading.
#[derive(Debug)]
pub struct Verified {
    /// What it found.
    pub verification: Verification,
    /// Leads whose record the vendor did not tell of.
    pub unread: u64,
    /// Why it ended early.
    pub stopped: Option<CallError>,
    /// Whether somebody ended it.
    pub interrupted: bool,
}

/// Reads Cleared leads back and keeps what was found as a run.
///
/// # Errors
/// Only where the file fails; what the vendor does is in the answer.
pub async fn verify(
    context: VerifyContext,
    request: VerifyRequest,
) -> Result<Verified, StoreError> {
    let Some(account) = context.integration.account.clone() else {
        return Err(StoreError::Unexpected(
            "a reading without an account".to_owned(),
        ));
    };
    let opened = open(&context, &request, account.id).await?;
    context.reporter.report(SyncEvent::Started {
        total: opened.total,
        what: "Reading back".to_owned(),
    });
    let mut work = Work {
        reader: Reader::new(Arc::clone(&context.vendor)),
        account: account.id,
        appended: opened.appended,
        mapped: opened.mapped,
        ids: opened.ids,
        companies: HashMap::new(),
        campaigns: HashMap::new(),
        counts: VerifyCounts::default(),
        unread: 0,
        other_name: 0,
        leads: Vec::new(),
        context: &context,
    };
    let ended = work.read_all(&request, opened.total).await;
    let (counts, unread, other_name) = (work.counts, work.unread, work.other_name);
    let leads = std::mem::take(&mut work.leads);
    drop(work);
    context.reporter.report(SyncEvent::Finished);
    let interrupted = context.interrupt.is_raised();
    let stopped = match ended {
        Ok(()) => None,
        Err(Broken::Call(error)) => Some(*error),
        Err(Broken::Store(error)) => return Err(error),
    };
    let requests = (context.requests)().total();
    let end = RunEnd {
        outcome: match &stopped {
            _ if interrupted => RunOutcome::Interrupted,
            Some(_) => RunOutcome::Stopped,
            None => RunOutcome::Done,
        },
        stop_reason: match &stopped {
            _ if interrupted => Some(StopReason::Interrupted),
            Some(error) => Some(reason(error)),
            None => None,
        },
        requests,
        counts: json!(counts),
    };
    let (run, at) = (opened.run, context.clock.now());
    let kept = (stopped.is_none() && !interrupted && request.is_whole() && unread == 0)
        .then_some(KeptVerification { run, at, counts });
    let event = request.event.as_ref().map(|(event, _)| *event);
    context
        .store
        .call(move |store| {
            if let Some(kept) = kept {
                store.keep_verification(account.id, event, &kept)?;
            }
            store.finish_run(run, &end, at)
        })
        .await?;
    Ok(Verified {
        verification: Verification {
            run,
            integration: context.integration.name.clone(),
            event: request.event.map(|(_, name)| name),
            counts,
            other_name,
            requests,
            leads,
        },
        unread,
        stopped,
        interrupted,
    })
}

fn reason(error: &CallError) -> StopReason {
    match &error.kind {
        CallErrorKind::Wait { daily: true, .. } => StopReason::Budget,
        CallErrorKind::Wait { .. } => StopReason::RateLimit,
        _ => StopReason::Outage,
    }
}

/// A reading that has begun.
struct Opened {
    run: RunId,
    total: u64,
    ids: LeadIds,
    mapped: HashSet<(String, String)>,
    appended: HashSet<(String, String)>,
}

async fn open(
    context: &VerifyContext,
    request: &VerifyRequest,
    account: AccountId,
) -> Result<Opened, StoreError> {
    let (integration, now) = (context.integration.id, context.clock.now());
    let scope = request.scope(None);
    let limit = request.limit.unwrap_or(u64::MAX);
    let new = NewRun {
        integration: Some(integration),
        account: Some(account),
        command: request.command.clone(),
        trigger: TRIGGER.to_owned(),
        event: scope.event,
        person: request.person.clone(),
    };
    context
        .store
        .call(move |store| {
            let rules = store.rules(integration)?;
            let qualifiers = store.qualifier_rules(integration)?;
            let mut mapped = HashSet::new();
            let mut appended = HashSet::new();
            let written = rules
                .into_iter()
                .map(|rule| ((rule.object, rule.remote), rule.write));
            let answers = qualifiers
                .into_iter()
                .map(|rule| ((rule.object, rule.remote), rule.write));
            for (place, write) in written.chain(answers) {
                if write == WriteBehaviour::Append {
                    appended.insert(place.clone());
                }
                mapped.insert(place);
            }
            Ok(Opened {
                run: store.begin_run(&new, now)?,
                total: store.count_cleared(account, scope)?.min(limit),
                ids: store.ids().clone(),
                mapped,
                appended,
            })
        })
        .await
}

/// What was written to the fields of one record.
type Written = HashMap<String, WrittenField>;
