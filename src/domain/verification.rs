//! What a reading back of Cleared leads found.
//!
//! The sum closes: `checked = same + missing + not_written + merged + changed_since`, each lead counted once, by the worst
//! that was found of it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::ids::RunId;

/// How what is there differs from what should be, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// It was as we wrote it, and somebody changed it afterwards: theirs to do.
    ChangedSince,
    /// The record is another one by now: merged, converted, or made anew.
    Merged,
    /// It was said to be written, and never was.
    NotWritten,
    /// The record is gone.
    Missing,
}

impl DifferenceKind {
    /// Every kind, the worst first.
    pub const ALL: [Self; 4] = [
        Self::Missing,
        Self::NotWritten,
        Self::Merged,
        Self::ChangedSince,
    ];

    /// The word in JSON and in pipes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ChangedSince => "changed-since",
            Self::Merged => "merged",
            Self::NotWritten => "not-written",
            Self::Missing => "missing",
        }
    }

    /// Whether something has to be done about it: what colleagues do to their own records is no fault.
    #[must_use]
    pub fn is_fault(self) -> bool {
        matches!(self, Self::Missing | Self::NotWritten)
    }
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The vendor's field; of another object than the person's it begins with that (`company.industry`). Of a record that
    /// is gone or another one: its object.
    pub remote: String,
    /// What we wrote.
    pub expected: Value,
    /// What is there.
    pub found: Value,
    /// How it differs.
    pub kind: DifferenceKind,
    /// Who changed the record last, by the vendor's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// A lead of which something differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differing {
    /// Our id.
    pub id: String,
    /// The person.
    pub name: String,
    /// The vendor's object.
    pub object: String,
    /// The record as we know it.
    pub record: String,
    /// The worst of the fields below.
    pub kind: DifferenceKind,
    /// What differs.
    pub fields: Vec<Difference>,
}

/// The numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct VerifyCounts {
    /// Leads read back.
    pub checked: u64,
    /// As we left them.
    pub same: u64,
    /// Their record is gone.
    pub missing: u64,
    /// Their record is another one.
    pub merged: u64,
    /// Changed by somebody else.
    pub changed_since: u64,
    /// Never written.
    pub not_written: u64,
}

impl VerifyCounts {
    /// Counts a lead by the worst that was found of it; `None`: nothing.
    pub fn count(&mut self, worst: Option<DifferenceKind>) {
        self.checked += 1;
        match worst {
            None => self.same += 1,
            Some(DifferenceKind::Missing) => self.missing += 1,
            Some(DifferenceKind::Merged) => self.merged += 1,
            Some(DifferenceKind::ChangedSince) => self.changed_since += 1,
            Some(DifferenceKind::NotWritten) => self.not_written += 1,
        }
    }

    /// Leads of one kind.
    #[must_use]
    pub fn of(&self, kind: DifferenceKind) -> u64 {
        match kind {
            DifferenceKind::Missing => self.missing,
            DifferenceKind::Merged => self.merged,
            DifferenceKind::ChangedSince => self.changed_since,
            DifferenceKind::NotWritten => self.not_written,
        }
    }

    /// Leads whose record is there.
    #[must_use]
    pub fn found(&self) -> u64 {
        self.checked - self.missing
    }

    /// Leads whose record is there and not as we left it.
    #[must_use]
    pub fn differ(&self) -> u64 {
        self.merged + self.changed_since + self.not_written
    }

    /// Leads something has to be done about.
    #[must_use]
    pub fn faults(&self) -> u64 {
        self.missing + self.not_written
    }
}

/// A reading that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptVerification {
    /// Its run.
    pub run: RunId,
    /// When it ended.
    pub at: Timestamp,
    /// What it found.
    pub counts: VerifyCounts,
}

/// The document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)] // keys are those of the command-line contract
pub struct Verification {
    pub run: RunId,
    pub integration: String,
    pub event: Option<String>,
    #[serde(flatten)]
    pub counts: VerifyCounts,
    /// Leads whose record goes by another name than theirs (decisions.md 2): noted, no difference.
    pub other_name: u64,
    /// HTTP requests it took.
    pub requests: u64,
    pub leads: Vec<Differing>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_counts_once_and_the_sum_closes() {
        let mut counts = VerifyCounts::default();
        counts.count(None);
        for kind in DifferenceKind::ALL {
            counts.count(Some(kind));
            assert_eq!(counts.of(kind), 1);
        }
        assert_eq!(counts.checked, 5);
        assert_eq!(
            (counts.found(), counts.differ(), counts.faults()),
            (4, 3, 2)
        );
    }

    #[test]
    fn what_colleagues_do_is_less_than_what_we_failed_to_do() {
        let worst = [DifferenceKind::ChangedSince, DifferenceKind::NotWritten]
            .into_iter()
            .max();
        assert_eq!(worst, Some(DifferenceKind::NotWritten));
        assert!(!DifferenceKind::Merged.is_fault());
        assert!(DifferenceKind::ALL.is_sorted_by(|left, right| left > right));
    }
}
