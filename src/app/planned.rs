//! What a plan tells: its leads, why some would fail, the guards on counts, and its document.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;

use super::{Planned, PushError};
use crate::domain::history::RunOutcome;
use crate::domain::ids::RunId;
use crate::domain::plan::{PlannedAction, PlannedFailures, PlannedLead};
use crate::domain::run::{GuardStop, StopReason};

/// The guards on counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct CountGuards {
    /// Values of others that may be replaced.
    pub overwrites: Option<u64>,
    /// People who may be created.
    pub creates: Option<u64>,
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
    /// The leads that would fail by category and cause.
    pub failures: Vec<PlannedFailures>,
    /// The guard on counts that would keep the push from beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guard: Option<GuardStop>,
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

    /// The leads of the plan with these ends, oldest first, without the first `skip`; at most `limit`.
    ///
    /// # Errors
    /// As every statement.
    pub async fn leads(
        &self,
        wanted: &'static [PlannedAction],
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
                store.planned_leads(account, stopped.as_deref(), wanted, &mut |lead| {
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

    /// The leads that would fail, by category and cause.
    ///
    /// # Errors
    /// As every statement.
    pub async fn failures(&self) -> Result<Vec<PlannedFailures>, PushError> {
        let integration = self.integration.clone();
        let event = self.rehearsal.summary.event.clone();
        let failures = self
            .rehearsal
            .place()
            .call(move |store| store.planned_failures(&integration, event.as_deref()))
            .await?;
        Ok(failures)
    }

    /// The document of `--dry-run`.
    ///
    /// # Errors
    /// As every statement.
    pub async fn document(&self, guards: CountGuards) -> Result<PlanDocument, PushError> {
        let (summary, totals) = (&self.rehearsal.summary, self.rehearsal.totals);
        Ok(PlanDocument {
            run: summary.run,
            integration: summary.integration.clone(),
            event: summary.event.clone(),
            dry_run: true,
            leads: self.leads(&PlannedAction::ALL, 0, None).await?,
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
            failures: self.failures().await?,
            guard: self
                .guard(guards)
                .map(|(guard, _)| guard)
                .or_else(|| summary.guard.clone()),
        })
    }

    /// The guard on counts that keeps the push from beginning, with a sentence.
    #[must_use]
    pub fn guard(&self, guards: CountGuards) -> Option<(GuardStop, String)> {
        let replaced: u64 = self.overwrites().values().sum();
        let made = self.rehearsal.totals.create;
        let refused = |option: &str, allowed: u64, found: u64, what: String| {
            let message = format!("{what}, {option} allows {allowed}");
            (GuardStop::new(option, allowed, found), message)
        };
        if let Some(most) = guards.overwrites.filter(|most| replaced > *most) {
            let what = match replaced {
                1 => "1 value would be overwritten".to_owned(),
                several => format!("{several} values would be overwritten"),
            };
            return Some(refused("--max-overwrites", most, replaced, what));
        }
        guards.creates.filter(|most| made > *most).map(|most| {
            let what = match made {
                1 => "1 person would be created".to_owned(),
                several => format!("{several} people would be created"),
            };
            refused("--max-creates", most, made, what)
        })
    }

    pub(super) fn end(&self) -> (RunOutcome, Option<StopReason>, serde_json::Value) {
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
