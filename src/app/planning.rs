//! Plans: what a push would do and cost, before it does it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Prepared, PushError};
use crate::domain::history::RunOutcome;
use crate::domain::ids::{AccountId, RunId};
use crate::domain::integration::Integration;
use crate::domain::plan::PlanTotals;
use crate::domain::run::{GuardStop, PushSummary, StopReason};
use crate::engine::{self, PushRequest, Rehearsal, Unsent};
use crate::store::{NewRun, RunEnd, StoreError};
use crate::vendors::Undoing;

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
    /// How long what is still to be sent may take, going by what the reads took; `None`: nothing tells.
    pub takes: Option<Duration>,
    /// What of it the vendor does not take back.
    pub lasting: Vec<&'static str>,
    pub(super) integration: Integration,
    pub(super) account: AccountId,
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
        guard: Option<GuardStop>,
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
            guard: guard.or_else(|| played.guard.clone()),
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
        let took = Duration::from_millis(rehearsal.summary.elapsed_ms);
        let reads = now.object + now.metadata - requests.object - requests.metadata;
        let Unsent { units, calls } = rehearsal.unsent();
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
            takes: estimate(took, reads, calls),
            lasting: lasting(self.session.vendor.undoing(), &rehearsal.totals),
            rehearsal,
            reads,
            days,
            integration: self.context.integration.clone(),
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

/// How long so many calls may take, where so many took so long. Pauses the vendor's limits made are in it.
fn estimate(took: Duration, calls: u64, still: u64) -> Option<Duration> {
    if calls == 0 || still == 0 {
        return None;
    }
    let milliseconds = took.as_millis() * u128::from(still) / u128::from(calls);
    u64::try_from(milliseconds).ok().map(Duration::from_millis)
}

/// What of a plan an undo would have to leave as it is.
fn lasting(undoing: &Undoing, totals: &PlanTotals) -> Vec<&'static str> {
    [
        (
            totals.members > 0 && undoing.members.is_err(),
            "memberships",
        ),
        (
            totals.statuses > 0 && !undoing.statuses_go_back,
            "statuses of members",
        ),
        (
            totals.activities > 0 && undoing.activities.is_none(),
            "activities",
        ),
    ]
    .into_iter()
    .filter_map(|(lasts, what)| lasts.then_some(what))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_to_be_sent_takes_as_long_as_what_was_read() {
        let second = Duration::from_secs(1);
        assert_eq!(estimate(second * 10, 20, 40), Some(second * 20));
        assert_eq!(estimate(second, 0, 40), None, "nothing was read");
        assert_eq!(estimate(second, 20, 0), None, "nothing is to be sent");
    }

    #[test]
    fn only_what_the_plan_makes_can_last() {
        let totals = PlanTotals {
            members: 3,
            statuses: 1,
            ..PlanTotals::default()
        };
        assert_eq!(
            lasting(&Undoing::NOTHING, &totals),
            ["memberships", "statuses of members"]
        );
        let undoing = Undoing {
            members: Ok(100),
            statuses_go_back: true,
            ..Undoing::NOTHING
        };
        assert!(lasting(&undoing, &totals).is_empty());
        assert!(lasting(&Undoing::NOTHING, &PlanTotals::default()).is_empty());
    }
}
