//! Plans: what a push would do and cost, before it does it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;

use super::{Prepared, PushError};
use crate::domain::history::RunOutcome;
use crate::domain::ids::RunId;
use crate::domain::plan::PlannedLead;
use crate::domain::run::{PushSummary, StopReason};
use crate::engine::{self, PushRequest, Rehearsal, Unsent};
use crate::store::{NewRun, RunEnd, StoreError};

/// The trigger of a dry run in the history.
const DRY_RUN: &str = "dry-run";

/// A push that was played through.
pub struct Planned {
    /// The play.
    pub rehearsal: Rehearsal,
    /// Requests to records and metadata that the plan took.
    pub reads: u64,
    /// What the whole push costs of each limit that counts by the day, what was read included.
    pub days: Vec<DayCost>,
    account: crate::domain::ids::AccountId,
}

/// The cost in one limit that counts by the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCost {
    /// Its name.
    pub quota: &'static str,
    /// Units the whole push takes.
    pub units: u64,
    /// Of these, what is still to be spent.
    pub still: u64,
    /// Units allowed.
    pub limit: u64,
}

/// The document of `--dry-run`.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct PlanDocument {
    pub run: RunId,
    pub integration: String,
    pub event: Option<String>,
    pub dry_run: bool,
    pub leads: Vec<PlannedLead>,
    pub create: u64,
    pub update: u64,
    pub unchanged: u64,
    pub fail: u64,
    pub skip: u64,
    pub overwrites: BTreeMap<String, u64>,
    pub calls: u64,
    pub by_quota: BTreeMap<String, u64>,
    pub stopped: Option<StopReason>,
}

impl Prepared {
    /// Plays a push through. Nothing of it is in the history.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn plan(&self, request: &PushRequest) -> Result<Planned, PushError> {
        let next = self.context.store.call(|store| store.next_run()).await?;
        self.play(request, next).await
    }

    /// The same as a run of its own, which the history marks as a dry run.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn dry_run(&self, request: &PushRequest) -> Result<Planned, PushError> {
        let run = self.begin(request, DRY_RUN).await?;
        let planned = self.play(request, run).await;
        let (outcome, reason, counts) = match &planned {
            Ok(planned) => planned.end(),
            Err(_) => (RunOutcome::Crashed, None, serde_json::json!({})),
        };
        let requests = planned
            .as_ref()
            .map_or(0, |planned| planned.rehearsal.summary.requests);
        self.finish(run, outcome, reason, requests, counts).await?;
        planned
    }

    /// A push that does not begin, since a guard or what ended its plan early keeps it, in the history and as its caller
    /// tells it.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn refuse(
        &self,
        request: &PushRequest,
        planned: &Planned,
        message: String,
    ) -> Result<PushSummary, PushError> {
        let run = self.begin(request, request.trigger.name()).await?;
        let played = &planned.rehearsal.summary;
        let due = played.pushed + played.waiting;
        let before = played.stopped.filter(|reason| *reason != StopReason::Limit);
        let reason = before.or(Some(StopReason::Guard));
        let outcome = match reason {
            Some(StopReason::Interrupted) => RunOutcome::Interrupted,
            _ => RunOutcome::Stopped,
        };
        let counts = serde_json::json!({ "pushed": 0, "waiting": due });
        self.finish(run, outcome, reason, played.requests, counts)
            .await?;
        Ok(PushSummary {
            run,
            pushed: 0,
            cleared: 0,
            failed: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            waiting: due,
            stopped: reason,
            stop_message: Some(message),
            by_category: BTreeMap::new(),
            failed_landed: 0,
            failed_there: 0,
            field_effects: BTreeMap::new(),
            retry: request
                .trigger
                .is_retry()
                .then(|| crate::domain::run::RetryCounts {
                    run: Some(run),
                    retried: due,
                    waiting: due,
                    ..Default::default()
                }),
            ..played.clone()
        })
    }

    async fn play(&self, request: &PushRequest, run: RunId) -> Result<Planned, PushError> {
        let Some(account) = self.context.integration.account.as_ref().map(|one| one.id) else {
            return Err(StoreError::Unexpected("a plan without an account".to_owned()).into());
        };
        let (requests, spent) = (self.session.requests(), self.spent());
        let rehearsal = engine::rehearse(&self.context, request, run).await?;
        let now = self.session.requests();
        let reads = now.object + now.metadata - requests.object - requests.metadata;
        let Unsent { units, .. } = rehearsal.unsent();
        let usage = self.session.transport.pacer().usage();
        let days = usage.iter().filter(|usage| usage.resets_at.is_some());
        let days = days
            .map(|usage| {
                let before = spent.get(usage.quota).copied().unwrap_or(0);
                let still = units.get(usage.quota).copied().unwrap_or(0);
                DayCost {
                    quota: usage.quota,
                    units: usage.spent.saturating_sub(before) + still,
                    still,
                    limit: usage.limit.into(),
                }
            })
            .collect();
        Ok(Planned {
            rehearsal,
            reads,
            days,
            account,
        })
    }

    /// Units this process has spent, by limit.
    fn spent(&self) -> BTreeMap<&'static str, u64> {
        let usage = self.session.transport.pacer().usage().into_iter();
        usage.map(|usage| (usage.quota, usage.spent)).collect()
    }

    async fn begin(&self, request: &PushRequest, trigger: &str) -> Result<RunId, StoreError> {
        let integration = &self.context.integration;
        let new = NewRun {
            integration: Some(integration.id),
            account: integration.account.as_ref().map(|account| account.id),
            command: request.command.clone(),
            trigger: trigger.to_owned(),
            event: request.event.as_ref().map(|(id, _)| *id),
            person: request.person.clone(),
        };
        let now = self.context.clock.now();
        self.context
            .store
            .call(move |store| store.begin_run(&new, now))
            .await
    }

    async fn finish(
        &self,
        run: RunId,
        outcome: RunOutcome,
        stop_reason: Option<StopReason>,
        requests: u64,
        counts: serde_json::Value,
    ) -> Result<(), StoreError> {
        let end = RunEnd {
            outcome,
            stop_reason,
            requests,
            counts,
        };
        let now = self.context.clock.now();
        self.context
            .store
            .call(move |store| store.finish_run(run, &end, now))
            .await
    }
}

impl Planned {
    /// Requests to records and metadata that the whole push takes, what was read for the plan included.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.reads + self.rehearsal.unsent().calls
    }

    /// Fields whose values would be replaced, with how often.
    #[must_use]
    pub fn overwrites(&self) -> BTreeMap<String, u64> {
        let effects = self.rehearsal.summary.field_effects.iter();
        effects
            .filter(|(_, effect)| effect.overwritten > 0)
            .map(|(field, effect)| (field.clone(), effect.overwritten))
            .collect()
    }

    /// The leads of the plan, oldest first, without the first `skip`; at most `limit`.
    ///
    /// # Errors
    /// As every statement.
    pub async fn leads(
        &self,
        skip: usize,
        limit: Option<usize>,
    ) -> Result<Vec<PlannedLead>, PushError> {
        let (account, stopped) = (self.account, self.rehearsal.stopped());
        let limit = limit.unwrap_or(usize::MAX);
        let leads = self
            .rehearsal
            .place()
            .call(move |store| {
                let (mut seen, mut leads) = (0, Vec::new());
                store.planned_leads(account, stopped.as_deref(), &mut |lead| {
                    if leads.len() >= limit {
                        return ControlFlow::Break(());
                    }
                    seen += 1;
                    if seen > skip {
                        leads.push(lead);
                    }
                    ControlFlow::Continue(())
                })?;
                Ok(leads)
            })
            .await?;
        Ok(leads)
    }

    /// The document of `--dry-run`.
    ///
    /// # Errors
    /// As every statement.
    pub async fn document(&self) -> Result<PlanDocument, PushError> {
        let (summary, totals) = (&self.rehearsal.summary, self.rehearsal.totals);
        Ok(PlanDocument {
            run: summary.run,
            integration: summary.integration.clone(),
            event: summary.event.clone(),
            dry_run: true,
            leads: self.leads(0, None).await?,
            create: totals.create,
            update: totals.update,
            unchanged: totals.unchanged,
            fail: totals.fail,
            skip: totals.skip,
            overwrites: self.overwrites(),
            calls: self.calls(),
            by_quota: self
                .days
                .iter()
                .map(|day| (day.quota.to_owned(), day.units))
                .collect(),
            stopped: summary.stopped,
        })
    }

    /// Why a guard on counts keeps the push from beginning.
    #[must_use]
    pub fn guard(&self, overwrites: Option<u64>, creates: Option<u64>) -> Option<String> {
        let replaced: u64 = self.overwrites().values().sum();
        let made = self.rehearsal.totals.create;
        if let Some(most) = overwrites.filter(|most| replaced > *most) {
            return Some(match replaced {
                1 => format!("1 value would be overwritten, --max-overwrites allows {most}"),
                several => {
                    format!("{several} values would be overwritten, --max-overwrites allows {most}")
                }
            });
        }
        creates.filter(|most| made > *most).map(|most| match made {
            1 => format!("1 person would be created, --max-creates allows {most}"),
            several => format!("{several} people would be created, --max-creates allows {most}"),
        })
    }

    fn end(&self) -> (RunOutcome, Option<StopReason>, serde_json::Value) {
        let (summary, totals) = (&self.rehearsal.summary, self.rehearsal.totals);
        let outcome = match summary.stopped {
            Some(StopReason::Interrupted) => RunOutcome::Interrupted,
            Some(_) => RunOutcome::Stopped,
            None if summary.sign_in_refused => RunOutcome::Stopped,
            None => RunOutcome::Done,
        };
        let counts = serde_json::json!({
            "create": totals.create, "update": totals.update, "unchanged": totals.unchanged, "fail": totals.fail,
            "skip": totals.skip,
        });
        (outcome, summary.stopped, counts)
    }
}
