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
    /// The vendor does not tell: `used` is what we spent ourselves, `allowed` what its smallest plan has.
    pub counted: bool,
}

impl Budget {
    /// What is counted, as people call it.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match self.quota.rsplit(' ').next() {
            Some("tokens") => "tokens",
            Some("credits") => "credits",
            _ => "calls",
        }
    }
}
