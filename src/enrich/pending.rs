//! Leads that wait for the waterfall before they may go to any account.
//!
//! Where enrichment is on, a new lead waits from the moment it is captured, so that no process pushes it half-filled. It
//! waits for a provider that is not available, but neither for ever nor more than a few tries: then it goes as it is.

use jiff::{SignedDuration, Timestamp};

use super::report::Report;
use super::waterfall::{Ended, Request, Waterfall};
use crate::domain::ids::LeadId;
use crate::store::StoreError;
use crate::store::enrichment::EnrichmentSettings;
use crate::store::enrichment_queue::WaitingLead;
use crate::store::enrichments::RuleChoice;

/// How often a lead is tried while a provider is not available.
const TRIES: u32 = 3;
/// How long a lead waits for one at most.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// Leads taken from the queue at a time.
const TAKEN: usize = 5_000;

impl Waterfall<'_> {
    /// Runs for every lead whose turn it is, and lets those go that are through.
    ///
    /// # Errors
    /// Only where the file fails.
    pub async fn run_pending(&self, settings: &EnrichmentSettings) -> Result<Report, StoreError> {
        let mut whole = Report::default();
        loop {
            let now = self.clock.now();
            let taken = self
                .store
                .call(move |store| store.leads_to_enrich(now, TAKEN))
                .await?;
            if taken.is_empty() || whole.interrupted {
                break;
            }
            let round = self.round(settings, &taken, now).await?;
            whole.merge(round);
        }
        let (_, next) = self
            .store
            .call(|store| store.waiting_for_enrichment())
            .await?;
        whole.until = next.filter(|_| whole.waiting > 0);
        Ok(whole)
    }

    async fn round(
        &self,
        settings: &EnrichmentSettings,
        taken: &[WaitingLead],
        now: Timestamp,
    ) -> Result<Report, StoreError> {
        let request = Request {
            leads: taken.iter().map(|waiting| waiting.lead).collect(),
            rules: RuleChoice::Switched(settings.clone()),
            switches: Some(settings.clone()),
            again: false,
            dry_run: false,
            keep_changes: false,
        };
        let mut ends: Vec<Ended> = Vec::new();
        let mut report = self
            .run_slices(&request, &mut |ended| {
                ends.push(ended);
                Ok(())
            })
            .await?;
        for end in ends {
            let retry = self.retry_at(end.until);
            let (patient, weary): (Vec<LeadId>, Vec<LeadId>) = end
                .waiting
                .iter()
                .partition(|lead| may_wait(taken, **lead, now));
            report.waiting += patient.len() as u64;
            report.gave_up += weary.len() as u64;
            let through: Vec<LeadId> = end.done.into_iter().chain(weary).collect();
            // Never longer than the longest wait of the lead that waits longest.
            let oldest = patient
                .iter()
                .filter_map(|lead| taken.iter().find(|waiting| waiting.lead == *lead))
                .map(|waiting| waiting.since)
                .min()
                .unwrap_or(now);
            let retry = retry
                .min(oldest + LONGEST)
                .max(now + SignedDuration::from_secs(1));
            self.store
                .call(move |store| {
                    store.end_enrichment(&through)?;
                    store.postpone_enrichment(&patient, retry)
                })
                .await?;
        }
        Ok(report)
    }
}

fn may_wait(taken: &[WaitingLead], lead: LeadId, now: Timestamp) -> bool {
    taken
        .binary_search_by_key(&lead, |waiting| waiting.lead)
        .ok()
        .map(|at| taken[at])
        .is_some_and(|waiting| {
            waiting.tries + 1 < TRIES && now.duration_since(waiting.since) < LONGEST
        })
}

impl Report {
    fn merge(&mut self, other: Self) {
        self.leads += other.leads;
        self.changed.extend(other.changed);
        self.changes.extend(other.changes);
        for (rule, fields) in other.rules {
            *self.rules.entry(rule).or_default() += fields;
        }
        if self.providers.is_empty() {
            self.providers = other.providers;
        } else {
            for ((_, mine), (_, theirs)) in self.providers.iter_mut().zip(other.providers) {
                mine.merge(theirs);
            }
        }
        self.waiting += other.waiting;
        self.gave_up += other.gave_up;
        self.interrupted |= other.interrupted;
    }
}
