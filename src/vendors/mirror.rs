//! Objects that are answered from a copy in our own file, since the vendor has no way to ask for many of their keys at once.
//!
//! The engine keeps the copy: it reads what changed ([`super::Vendor::changes`]) before a run asks its first question, and
//! again after an answer was lost. The vendor only tells pages; it stores nothing.

use std::time::Duration;

use jiff::Timestamp;

use super::{KeyKind, RemoteId, RemoteRecord};

/// That an object is kept in our own file, and how.
#[derive(Debug, Clone, Copy)]
pub struct Mirror {
    /// The keys that the copy answers. An id the copy does not hold is asked of the vendor all the same.
    pub keys: &'static [KeyKind],
    /// Records on a full page, for estimates.
    pub page: u32,
    /// How long a change may stay invisible to [`super::Vendor::changes`]: so much of what was read already is read again.
    pub overlap: Duration,
    /// How old the copy may be when it is asked.
    pub life: Duration,
    /// Whether a record found in the copy is read from the vendor, by its id, before anything is decided on it: where
    /// [`super::Vendor::changes`] does not tell what was deleted, or where whole lists are written and must hold what somebody
    /// added a moment ago. Comparisons of all there is (`--again`) believe the copy.
    pub confirm: bool,
}

/// A question for what changed.
#[derive(Debug, Clone)]
pub struct ChangesQuery {
    /// Where.
    pub object: &'static str,
    /// The fields to read, the vendor's match keys among them.
    pub fields: Vec<String>,
    /// Changed at or after this time; `None`: everything.
    pub since: Option<Timestamp>,
    /// The page, as the one before named it; `None`: the first.
    pub page: Option<String>,
}

/// One page of what changed, the oldest change first, so that a sweep that broke off goes on from the last record it saw.
#[derive(Debug, Clone, Default)]
pub struct ChangesPage {
    /// Made or changed.
    pub records: Vec<ChangedRecord>,
    /// Deleted or merged away, as far as the vendor tells. What it does not tell is found out when such a record is written.
    pub removed: Vec<RemoteId>,
    /// The next page; `None`: this was the last.
    pub next: Option<String>,
}

/// One record that was made or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedRecord {
    /// The record.
    pub record: RemoteRecord,
    /// What it is found by: every address in key form, its name, its domain.
    pub keys: Vec<(KeyKind, String)>,
    /// When it last changed.
    pub changed: Timestamp,
}
