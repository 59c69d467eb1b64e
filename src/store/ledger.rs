//! What a push brings home: verdicts, ids, log, images and counters, one transaction for each answer.

use jiff::Timestamp;
use rusqlite::Connection;

use super::activities;
use super::calls::LostCreate;
use super::calls::{self, AnsweredCall, Subject};
use super::campaigns::{self, Membership};
use super::companies::{self, KnownCompany};
use super::counters::Deltas;
use super::links::{self, RemoteLink};
use super::outcomes;
use super::record_changes::{self, RecordChange};
use super::rehearsal::{self, Decided};
use super::{Store, StoreError};
use crate::domain::category::Category;
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::{AccountId, ActivityId, EventId, LeadId, RunId};
use crate::domain::run::{AttemptResult, PhaseEntry, Trigger};

/// Everything one answer brought; written in one transaction.
#[derive(Debug, Default)]
pub struct Commit {
    /// Calls that came back.
    pub answered: Vec<AnsweredCall>,
    /// Creates whose answer was lost: object, subject, when.
    pub doubts: Vec<(String, Subject, LostCreate)>,
    /// Doubts that were settled: object, subject.
    pub settled: Vec<(String, Subject)>,
    /// Companies found or made, by key.
    pub companies: Vec<(String, KnownCompany)>,
    /// Companies whose record turned out to be gone: they are looked for anew.
    pub forgotten_companies: Vec<String>,
    /// Leads' records that turned out to be gone: lead, object, record.
    pub unlinked: Vec<(LeadId, String, String)>,
    /// Leads' records found or made.
    pub links: Vec<(LeadId, RemoteLink)>,
    /// Leads that are members of a campaign by our doing.
    pub memberships: Vec<(LeadId, Membership)>,
    /// Activities that are there, with their record.
    pub activities: Vec<(ActivityId, String)>,
    /// What was changed there.
    pub changes: Vec<RecordChange>,
    /// Leads whose attempt is over.
    pub outcomes: Vec<LeadOutcome>,
    /// Field by field what was decided; kept by a rehearsal, and told by nobody else.
    pub decided: Vec<Decided>,
}

impl Commit {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answered.is_empty()
            && self.doubts.is_empty()
            && self.settled.is_empty()
            && self.companies.is_empty()
            && self.forgotten_companies.is_empty()
            && self.unlinked.is_empty()
            && self.links.is_empty()
            && self.memberships.is_empty()
            && self.activities.is_empty()
            && self.changes.is_empty()
            && self.outcomes.is_empty()
            && self.decided.is_empty()
    }
}

/// The end of one lead's attempt.
#[derive(Debug)]
pub struct LeadOutcome {
    /// The lead.
    pub lead: LeadId,
    /// Its revision when it was read: an edit since then keeps it due.
    pub revision: i64,
    /// When the attempt began.
    pub started: Timestamp,
    /// What became of it.
    pub end: AttemptEnd,
    /// The steps.
    pub phases: Vec<PhaseEntry>,
}

/// The ways an attempt ends.
#[derive(Debug)]
pub enum AttemptEnd {
    /// There, with an id the vendor gave.
    Cleared {
        /// What was done.
        result: AttemptResult,
        /// Hash of what was sent.
        payload_hash: Vec<u8>,
    },
    /// There already, exactly so: nothing was asked, nothing is logged.
    NothingToDo,
    /// Not there, and left to the CRM's own sync to bring: it waits for that, and nothing is logged.
    LeftToTheCrm,
    /// Refused.
    Failed {
        /// Why.
        failure: Failure,
        /// Where.
        phase: Phase,
        /// Whether the person is there all the same.
        landed: bool,
    },
    /// A request without a verdict: as before, logged.
    Interrupted {
        /// `RATE_LIMITED` or `UNEXPECTED`.
        category: Category,
        /// What happened.
        message: String,
        /// Not before this time.
        not_before: Option<Timestamp>,
    },
}

/// What every attempt of a run shares.
#[derive(Debug, Clone, Copy)]
pub struct RunFrame {
    /// The run.
    pub run: RunId,
    /// The account.
    pub account: AccountId,
    /// What started it.
    pub trigger: Trigger,
    /// The event it was for.
    pub event: Option<EventId>,
    /// The integration's revision of set-up.
    pub integration_revision: i64,
}

impl Store {
    /// Writes what an answer brought.
    ///
    /// # Errors
    /// As every statement; then nothing of it is written.
    pub fn commit(
        &mut self,
        frame: &RunFrame,
        commit: &Commit,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        write(&transaction, frame, commit, now)?;
        transaction.commit()?;
        Ok(())
    }
}

/// Writes what an answer brought, as part of a transaction.
pub(super) fn write(
    transaction: &Connection,
    frame: &RunFrame,
    commit: &Commit,
    now: Timestamp,
) -> Result<(), StoreError> {
    for call in &commit.answered {
        calls::answer(transaction, call, now)?;
    }
    for (object, subject, lost) in &commit.doubts {
        calls::add_doubt(
            transaction,
            frame.account,
            object,
            subject,
            *lost,
            frame.run,
        )?;
    }
    for (object, subject) in &commit.settled {
        calls::settle_doubt(transaction, frame.account, object, subject)?;
    }
    for remote_id in &commit.forgotten_companies {
        companies::forget_company(transaction, frame.account, remote_id)?;
    }
    for (key, company) in &commit.companies {
        companies::save_company(transaction, frame.account, key, company, now)?;
    }
    for (lead, object, remote_id) in &commit.unlinked {
        links::forget_link(transaction, frame.account, *lead, object, remote_id)?;
    }
    for (lead, link) in &commit.links {
        links::save_link(transaction, frame.account, *lead, link, now)?;
    }
    for (lead, membership) in &commit.memberships {
        campaigns::save_membership(transaction, *lead, membership, now)?;
    }
    for (activity, remote_id) in &commit.activities {
        activities::save_link(transaction, frame.account, *activity, remote_id, now)?;
    }
    for change in &commit.changes {
        record_changes::save_change(transaction, frame.run, frame.account, change, now)?;
    }
    for decided in &commit.decided {
        rehearsal::keep_decided(transaction, decided)?;
    }
    let mut deltas = Deltas::default();
    for outcome in &commit.outcomes {
        outcomes::settle_lead(transaction, frame, outcome, &mut deltas, now)?;
    }
    deltas.apply(transaction)?;
    Ok(())
}
