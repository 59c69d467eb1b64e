//! The end of a person's attempt: one place, whatever brought it there.
//!
//! A phase that comes after the association takes persons over in [`arrive`]: everybody who passes it has a record
//! ([`Work::record`], with the object it is of) and is joined to a company or keeps the one it has.

use super::activities;
use super::campaigns;
use super::companies::CompanyEnd;
use super::session::Session;
use super::work::Work;
use crate::domain::run::{AttemptResult, PhaseEntry};
use crate::store::{AttemptEnd, Commit};

/// Ends the attempt with success, or hands it to the campaigns, unless the company could not be written, or what this lead
/// says of it: then the person has landed, and the lead is Failed for the company.
pub(super) fn arrive(session: &Session, work: &mut Work, commit: &mut Commit) {
    work.log_company();
    if let Some(CompanyEnd::Failed { failure, phase, .. }) = work.company_end.clone().as_deref() {
        work.fail(session, commit, *phase, failure.clone());
        return;
    }
    if let Some(flaw) = work.company_flaw() {
        let message = Some(flaw.failure.message.clone());
        let told = flaw.entry;
        work.phases
            .push(told.unwrap_or_else(|| PhaseEntry::local(flaw.phase, false, message)));
        work.fail(session, commit, flaw.phase, flaw.failure);
        return;
    }
    if !campaigns::take_over(session, work, commit) {
        after_campaigns(session, work, commit);
    }
}

/// Ends the attempt with success, or hands it to the activities.
pub(super) fn after_campaigns(session: &Session, work: &mut Work, commit: &mut Commit) {
    if !activities::take_over(work) {
        clear(session, work, commit);
    }
}

/// Ends the attempt with success.
pub(super) fn clear(session: &Session, work: &mut Work, commit: &mut Commit) {
    let wrote_company = matches!(
        work.company_end.as_deref(),
        Some(CompanyEnd::Ready { wrote: true, .. })
    );
    let result = match () {
        () if work.created => AttemptResult::Created,
        () if work.changed || wrote_company => AttemptResult::Updated,
        () => AttemptResult::Unchanged,
    };
    session.count(|tally| tally.clear(result));
    let payload_hash = work.hash.clone();
    work.close(
        commit,
        AttemptEnd::Cleared {
            result,
            payload_hash,
        },
    );
}
