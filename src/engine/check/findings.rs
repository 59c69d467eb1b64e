//! What was found, counted by cause: a hundred thousand leads with one trouble are one line.

use std::collections::HashMap;

use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::LeadId;

/// A cause with the leads it concerns.
pub(super) struct Finding {
    pub(super) failure: Failure,
    pub(super) phase: Phase,
    pub(super) count: u64,
    /// One of the leads.
    pub(super) sample: LeadId,
}

/// All causes, and how many leads were looked at.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) checked: u64,
    pub(super) would_fail: u64,
    causes: HashMap<[u8; 16], Finding>,
}

impl Findings {
    /// Takes one lead's refusals; none: it would be fine.
    pub(super) fn take(&mut self, lead: LeadId, refusals: Vec<(Phase, Failure)>) {
        self.checked += 1;
        self.would_fail += u64::from(!refusals.is_empty());
        let mut told = Vec::with_capacity(refusals.len());
        for (phase, failure) in refusals {
            let key = failure.cause_key(phase);
            if told.contains(&key) {
                continue;
            }
            told.push(key);
            let new = || Finding {
                failure,
                phase,
                count: 0,
                sample: lead,
            };
            self.causes.entry(key).or_insert_with(new).count += 1;
        }
    }

    /// Adds what was found out later of a lead that was taken; `fails`: it would fail for something else already.
    pub(super) fn add(&mut self, lead: LeadId, phase: Phase, failure: Failure, fails: bool) {
        self.would_fail += u64::from(!fails);
        let key = failure.cause_key(phase);
        let new = || Finding {
            failure,
            phase,
            count: 0,
            sample: lead,
        };
        self.causes.entry(key).or_insert_with(new).count += 1;
    }

    /// The causes, the most leads first; equal ones in one order whatever came first.
    pub(super) fn sorted(self) -> Vec<Finding> {
        let mut all: Vec<([u8; 16], Finding)> = self.causes.into_iter().collect();
        all.sort_by(|(left_key, left), (right_key, right)| {
            (right.count, left.failure.category, left_key).cmp(&(
                left.count,
                right.failure.category,
                right_key,
            ))
        });
        all.into_iter().map(|(_, finding)| finding).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::category::Category;

    #[test]
    fn a_lead_counts_once_for_each_of_its_causes_and_once_as_a_lead() {
        let long = |value: &str| {
            let failure = Failure::new(Category::DataTooLong, "too long");
            (Phase::Prepare, failure.on_field("title").with_value(value))
        };
        let option = |value: &str| {
            let failure = Failure::new(Category::DataValueValidation, "no option");
            (Phase::Prepare, failure.on_field("size").with_value(value))
        };
        let mut findings = Findings::default();
        findings.take(LeadId(1), vec![long("a"), long("b"), option("XL")]);
        findings.take(LeadId(2), vec![long("c"), option("XXL")]);
        findings.take(LeadId(3), Vec::new());
        assert_eq!((findings.checked, findings.would_fail), (3, 2));
        let told: Vec<(Category, u64, Option<String>)> = findings
            .sorted()
            .into_iter()
            .map(|finding| {
                (
                    finding.failure.category,
                    finding.count,
                    finding.failure.value,
                )
            })
            .collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!(told[0].0, Category::DataTooLong);
        assert_eq!(told[0].1, 2);
    }
}
