//! What a run of the waterfall came to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::domain::ids::LeadId;
use crate::store::enrichments::FieldChange;

/// What one provider did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProviderReport {
    /// Leads it was asked about (at a dry run: would be, at most).
    pub asked: u64,
    /// Leads it knew something of.
    pub found: u64,
    /// Leads it does not know.
    pub unknown: u64,
    /// Leads whose answer was not believed.
    pub dropped: u64,
    /// Leads it was not asked about, or would not answer; another run may.
    pub skipped: u64,
    /// Fields it filled.
    pub fields: u64,
    /// Why it was not asked any further in this run.
    pub stopped: Option<String>,
    /// Whether it stopped because it does not accept our key.
    pub sign_in_refused: bool,
    /// What people should know, each with how many leads it concerns.
    pub notes: BTreeMap<String, u64>,
}

impl ProviderReport {
    pub(super) fn note(&mut self, note: impl Into<String>, leads: usize) {
        *self.notes.entry(note.into()).or_default() += leads as u64;
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.asked += other.asked;
        self.found += other.found;
        self.unknown += other.unknown;
        self.dropped += other.dropped;
        self.skipped += other.skipped;
        self.fields += other.fields;
        self.stopped = self.stopped.take().or(other.stopped);
        self.sign_in_refused |= other.sign_in_refused;
        for (note, leads) in other.notes {
            *self.notes.entry(note).or_default() += leads;
        }
    }
}

/// What a run of the waterfall came to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Leads looked at.
    pub leads: u64,
    /// Leads that are different now.
    pub changed: BTreeSet<LeadId>,
    /// Every field that is different now, where the caller wants them.
    pub changes: Vec<FieldChange>,
    /// Fields changed by each rule.
    pub rules: BTreeMap<String, u64>,
    /// What each provider did, in their order.
    pub providers: Vec<(String, ProviderReport)>,
    /// Leads that wait for a provider that is not available, and until when.
    pub waiting: u64,
    /// When the first of them is tried again.
    pub until: Option<Timestamp>,
    /// Leads that waited for a provider long enough and go as they are.
    pub gave_up: u64,
    /// Whether the caller ended it before all leads were looked at.
    pub interrupted: bool,
}

impl Report {
    /// Counts changes; keeps them where they are wanted.
    pub(super) fn add(&mut self, changes: Vec<FieldChange>, keep: bool) {
        for change in &changes {
            self.changed.insert(change.lead);
            if let Some(rule) = change.origin.strip_prefix("rules:") {
                *self.rules.entry(rule.to_owned()).or_default() += 1;
            } else if let Some((_, report)) = self
                .providers
                .iter_mut()
                .find(|(name, _)| change.origin.strip_prefix("provider:") == Some(name))
            {
                report.fields += 1;
            }
        }
        if keep {
            self.changes.extend(changes);
        }
    }
}
