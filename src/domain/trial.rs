//! What the records of a trial of the mapping are called: told by the moment its run began, so that one whose answer was lost
//! can be looked for.

use jiff::Timestamp;

/// What tells one trial's records from all others: made of the moment its run began, so that it is known from the run alone.
#[must_use]
pub fn mark_of(started: Timestamp) -> String {
    format!("{:x}", started.as_microsecond())
}

/// The address of the person of a trial. Its domain is that of the trial's company: a vendor that looks for a company by the
/// address finds this one, and makes none of its own.
#[must_use]
pub fn address_of(mark: &str) -> String {
    format!("mobly-sync-test-{mark}@{}", domain_of(mark))
}

/// The domain of the company of a trial: below `example.com` nobody is (RFC 2606).
#[must_use]
pub fn domain_of(mark: &str) -> String {
    format!("mobly-sync-test-{mark}.example.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_run_alone_tells_how_its_records_are_called() {
        let started: Timestamp = "2026-11-22T10:00:00.123456Z".parse().unwrap_or_default();
        let kept: Timestamp = started.to_string().parse().unwrap_or_default();
        assert_eq!(mark_of(started), mark_of(kept));
        let later: Timestamp = "2026-11-22T10:00:00.123457Z".parse().unwrap_or_default();
        assert_ne!(mark_of(started), mark_of(later));
        let address = address_of(&mark_of(started));
        assert!(
            super::super::email::key(&address).is_some() && address.len() <= 80,
            "{address}"
        );
    }
}
