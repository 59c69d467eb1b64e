//! The numbers of a run: every lead that was due ends in exactly one of them.

use std::collections::BTreeMap;

use crate::domain::category::Category;
use crate::domain::run::{AttemptResult, FieldEffect, RetryCounts};

/// Counted while the run goes on.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// The size of the selection.
    pub(super) due: u64,
    /// There now.
    pub(super) cleared: u64,
    /// Refused.
    pub(super) failed: u64,
    /// New records.
    pub(super) created: u64,
    /// Changed records.
    pub(super) updated: u64,
    /// Already right.
    pub(super) unchanged: u64,
    /// Claimed elsewhere or taken out meanwhile.
    pub(super) skipped: u64,
    /// Equal to what was last written there: due to nobody after all.
    pub(super) nothing_to_do: u64,
    /// Not there, and left to the CRM's own sync to bring.
    pub(super) left_to_the_crm: u64,
    /// Failures by category.
    pub(super) by_category: BTreeMap<String, u64>,
    /// Failed, and the person was made by this run.
    pub(super) failed_landed: u64,
    /// Failed, and the person is there, whoever made it.
    pub(super) failed_there: u64,
    /// How the retried fared.
    pub(super) retry: RetryCounts,
    /// What updates did, by field.
    pub(super) effects: BTreeMap<String, FieldEffect>,
}

impl Tally {
    /// A lead that is there now.
    pub(super) fn clear(&mut self, result: AttemptResult) {
        self.cleared += 1;
        self.retry.cleared += 1;
        match result {
            AttemptResult::Created => self.created += 1,
            AttemptResult::Updated => self.updated += 1,
            AttemptResult::Unchanged => self.unchanged += 1,
        }
    }

    /// A lead that was refused; `before` is the category it was in.
    pub(super) fn fail(
        &mut self,
        category: Category,
        before: Option<Category>,
        landed: bool,
        made_by_this_run: bool,
    ) {
        self.failed += 1;
        *self
            .by_category
            .entry(category.code().to_owned())
            .or_default() += 1;
        self.failed_there += u64::from(landed);
        self.failed_landed += u64::from(landed && made_by_this_run);
        if before == Some(category) {
            self.retry.unchanged += 1;
        } else {
            self.retry.moved += 1;
        }
    }

    /// What an update did to a field.
    pub(super) fn effect(&mut self, field: &str, effect: FieldEffect) {
        let sum = self.effects.entry(field.to_owned()).or_default();
        sum.filled += effect.filled;
        sum.overwritten += effect.overwritten;
        sum.kept += effect.kept;
    }

    /// Decided so far.
    #[must_use]
    pub(super) fn decided(&self) -> u64 {
        self.cleared + self.failed + self.skipped + self.nothing_to_do + self.left_to_the_crm
    }

    /// Due and not decided.
    #[must_use]
    pub(super) fn waiting(&self) -> u64 {
        self.due.saturating_sub(self.decided())
    }
}
