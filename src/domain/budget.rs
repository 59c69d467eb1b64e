//! What is left of a vendor's limits, as it was told last.

use jiff::Timestamp;

/// One limit of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The vendor's limit by our name for it (`daily`).
    pub quota: String,
    /// Requests used in the running period.
    pub used: u64,
    /// Requests allowed in it; `None`: the vendor does not tell.
    pub allowed: Option<u64>,
    /// When the period ends.
    pub resets_at: Option<Timestamp>,
    /// When this was read: shown as its age.
    pub at: Timestamp,
}
