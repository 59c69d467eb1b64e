//! Write-ahead: one row for every write request, before it leaves.
//!
//! A row without an answer whose claim is dead (or whose answer was lost) leaves its creates in doubt: whether the records
//! exist is looked up, once the vendor's index can know, before anything is repeated.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::connection::{micros, timestamp};
use super::{Store, StoreError};
use crate::domain::failure::Phase;
use crate::domain::ids::{AccountId, ActivityId, CallId, ClaimId, LeadId, RunId};

/// What a row of a request is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(String);

impl Subject {
    /// A lead.
    #[must_use]
    pub fn lead(lead: LeadId) -> Self {
        Self(format!("l:{lead}"))
    }

    /// A company, by its key (`d:acme.com`, `n:acme`).
    #[must_use]
    pub fn company(key: &str) -> Self {
        Self(key.to_owned())
    }

    /// An activity.
    #[must_use]
    pub fn activity(activity: ActivityId) -> Self {
        Self(format!("a:{activity}"))
    }

    /// A record an undo removes.
    #[must_use]
    pub fn removal(remote_id: &str) -> Self {
        Self(format!("r:{remote_id}"))
    }

    /// A record an undo puts fields of back.
    #[must_use]
    pub fn putting_back(remote_id: &str) -> Self {
        Self(format!("u:{remote_id}"))
    }

    /// As the file holds it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A write request about to leave.
#[derive(Debug, Clone)]
pub struct NewCall {
    /// The run.
    pub run: RunId,
    /// The claim it is made under.
    pub claim: ClaimId,
    /// The account.
    pub account: AccountId,
    /// The phase.
    pub phase: Phase,
    /// `create`, `update` or `link`.
    pub operation: &'static str,
    /// The vendor's object.
    pub object: String,
    /// Whether sending it again is harmless.
    pub repeatable: bool,
    /// Its rows, in order.
    pub subjects: Vec<Subject>,
}

/// The end of a call, recorded with what it brought.
#[derive(Debug, Clone)]
pub struct AnsweredCall {
    /// The call.
    pub id: CallId,
    /// HTTP status; 0 where no usable answer came.
    pub status: u16,
    /// The vendor's own id of the call.
    pub correlation: Option<String>,
}

/// A create whose answer never came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostCreate {
    /// When it was sent.
    pub sent: Timestamp,
    /// Until then the vendor may still be at it: finding nothing proves nothing.
    pub open_until: Timestamp,
}

impl LostCreate {
    /// One that was done at once or not at all.
    #[must_use]
    pub fn sent(sent: Timestamp) -> Self {
        Self {
            sent,
            open_until: sent,
        }
    }

    /// One of a process that died: its request may still be under way.
    #[must_use]
    pub fn cut_off(sent: Timestamp) -> Self {
        Self {
            sent,
            open_until: sent.checked_add(UNDER_WAY).unwrap_or(sent),
        }
    }

    /// From when on finding nothing proves that nothing was made, at a vendor that shows a new record after `lag`.
    #[must_use]
    pub fn visible(&self, lag: SignedDuration) -> Timestamp {
        let shown = self.sent.checked_add(lag).unwrap_or(self.sent);
        shown.max(self.open_until)
    }
}

impl Store {
    /// Writes a call down before it leaves. On disk when this returns.
    ///
    /// # Errors
    /// As every statement: a call that cannot be written down must not be made.
    pub fn record_call(&mut self, call: &NewCall, now: Timestamp) -> Result<CallId, StoreError> {
        let subjects = serde_json::to_string(&call.subjects)?;
        self.connection
            .prepare_cached(
                "INSERT INTO calls (run_id, claim_id, account_id, phase, operation, object, repeatable, subjects, sent_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                call.run.0,
                call.claim.0,
                call.account.0,
                call.phase.name(),
                call.operation,
                call.object,
                call.repeatable,
                subjects,
                micros(now)
            ])?;
        Ok(CallId(self.connection.last_insert_rowid()))
    }

    /// Below which call nothing of other runs is still under way: what is read from the vendor now shows all of it.
    ///
    /// # Errors
    /// As every statement.
    pub fn calls_done_below(&self, account: AccountId, run: RunId) -> Result<CallId, StoreError> {
        let first_open_or_next = "SELECT ifnull(
            (SELECT min(id) FROM calls WHERE account_id = ?1 AND answered_at IS NULL AND run_id <> ?2),
            (SELECT ifnull(max(id), 0) + 1 FROM calls))";
        let id = self
            .connection
            .prepare_cached(first_open_or_next)?
            .query_row([account.0, run.0], |row| row.get(0))?;
        Ok(CallId(id))
    }

    /// Whether another run wrote to an object by this call or a later one.
    ///
    /// # Errors
    /// As every statement.
    pub fn others_wrote_since(
        &self,
        account: AccountId,
        object: &str,
        run: RunId,
        first: CallId,
    ) -> Result<bool, StoreError> {
        let wrote = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM calls WHERE id >= ?1 AND account_id = ?2 AND object = ?3 AND run_id <> ?4)",
            )?
            .query_row(params![first.0, account.0, object, run.0], |row| row.get(0))?;
        Ok(wrote)
    }

    /// The creates in doubt among these subjects.
    ///
    /// # Errors
    /// As every statement.
    pub fn doubts(
        &self,
        account: AccountId,
        object: &str,
        subjects: &[Subject],
    ) -> Result<HashMap<Subject, LostCreate>, StoreError> {
        let mut any = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM doubts WHERE account_id = ?1)")?;
        if !any.query_row([account.0], |row| row.get::<_, bool>(0))? {
            return Ok(HashMap::new());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT sent_at, open_until FROM doubts WHERE account_id = ?1 AND object = ?2 AND subject = ?3",
        )?;
        let mut found = HashMap::new();
        for subject in subjects {
            let mut rows =
                statement.query_map(params![account.0, object, subject.as_str()], |row| {
                    Ok(LostCreate {
                        sent: timestamp(row.get(0)?),
                        open_until: timestamp(row.get(1)?),
                    })
                })?;
            if let Some(lost) = rows.next().transpose()? {
                found.insert(subject.clone(), lost);
            }
        }
        Ok(found)
    }
}

pub(super) fn answer(
    connection: &Connection,
    call: &AnsweredCall,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE calls SET answered_at = ?2, status = ?3, correlation_id = ?4 WHERE id = ?1",
        )?
        .execute(params![
            call.id.0,
            micros(now),
            call.status,
            call.correlation
        ])?;
    Ok(())
}

pub(super) fn add_doubt(
    connection: &Connection,
    account: AccountId,
    object: &str,
    subject: &Subject,
    lost: LostCreate,
    run: RunId,
) -> Result<(), StoreError> {
    // The first loss counts: what is looked for may have been made then. It is open as long as the last may be done.
    connection
        .prepare_cached(
            "INSERT INTO doubts (account_id, object, subject, sent_at, open_until, run_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET open_until = max(open_until, excluded.open_until)",
        )?
        .execute(params![
            account.0,
            object,
            subject.as_str(),
            micros(lost.sent),
            micros(lost.open_until),
            run.0
        ])?;
    Ok(())
}

/// What a job wrote whose process died, or whose patience was over: found later, it is what we made.
pub(super) fn job_becomes_doubts(connection: &Connection, call: CallId) -> Result<(), StoreError> {
    let (account, run, object, subjects, sent_at): (i64, i64, String, String, i64) = connection
        .query_row(
            "SELECT account_id, run_id, object, subjects, sent_at FROM calls WHERE id = ?1 AND operation = 'create'",
            [call.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )
        .or_else(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Ok((0, 0, String::new(), "[]".to_owned(), 0)),
            error => Err(error),
        })?;
    for subject in serde_json::from_str::<Vec<Subject>>(&subjects)? {
        let lost = LostCreate::sent(timestamp(sent_at));
        add_doubt(
            connection,
            AccountId(account),
            &object,
            &subject,
            lost,
            RunId(run),
        )?;
    }
    Ok(())
}

pub(super) fn settle_doubt(
    connection: &Connection,
    account: AccountId,
    object: &str,
    subject: &Subject,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM doubts WHERE account_id = ?1 AND object = ?2 AND subject = ?3",
        )?
        .execute(params![account.0, object, subject.as_str()])?;
    Ok(())
}

/// How long a request whose process died may go on at the vendor.
const UNDER_WAY: SignedDuration = SignedDuration::from_secs(10);

/// What a dead process sent and never saw answered: creates are in doubt, repeatable calls are simply open no more.
pub(super) fn open_calls_become_doubts(
    connection: &Connection,
    claim: ClaimId,
) -> Result<(), StoreError> {
    let open: Vec<(i64, i64, i64, String, bool, String, i64)> = {
        let mut statement = connection.prepare(
            "SELECT id, run_id, account_id, object, repeatable, subjects, sent_at FROM calls
             WHERE claim_id = ?1 AND answered_at IS NULL",
        )?;
        let rows = statement.query_map([claim.0], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
            ))
        })?;
        rows.collect::<Result<_, _>>()?
    };
    for (id, run, account, object, repeatable, subjects, sent_at) in open {
        if !repeatable {
            for subject in serde_json::from_str::<Vec<Subject>>(&subjects)? {
                add_doubt(
                    connection,
                    AccountId(account),
                    &object,
                    &subject,
                    LostCreate::cut_off(timestamp(sent_at)),
                    RunId(run),
                )?;
            }
        }
        connection.execute(
            "UPDATE calls SET answered_at = sent_at, status = 0 WHERE id = ?1",
            [id],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ACCOUNT: AccountId = AccountId(1);
    const OURS: RunId = RunId(1);
    const THEIRS: RunId = RunId(2);

    fn create(store: &mut Store, run: RunId, object: &str) -> CallId {
        let call = NewCall {
            run,
            claim: ClaimId(run.0),
            account: ACCOUNT,
            phase: Phase::Person,
            operation: "create",
            object: object.to_owned(),
            repeatable: false,
            subjects: Vec::new(),
        };
        store.record_call(&call, Timestamp::UNIX_EPOCH).unwrap()
    }

    fn answered(store: &Store, id: CallId) {
        let call = AnsweredCall {
            id,
            status: 200,
            correlation: None,
        };
        answer(&store.connection, &call, Timestamp::UNIX_EPOCH).unwrap();
    }

    #[test]
    fn what_others_write_is_unseen_until_it_was_answered_before_the_reading() {
        let mut store = Store::in_memory().unwrap();
        let off = "PRAGMA foreign_keys = OFF";
        store.connection.execute_batch(off).unwrap();
        let others_wrote = |store: &Store, first| {
            store
                .others_wrote_since(ACCOUNT, "person", OURS, first)
                .unwrap()
        };

        let mine = create(&mut store, OURS, "person");
        let read = store.calls_done_below(ACCOUNT, OURS).unwrap();
        answered(&store, mine);
        assert!(!others_wrote(&store, read), "our own write is known to us");

        let open = create(&mut store, THEIRS, "person");
        assert!(others_wrote(&store, read), "one after the reading");
        let read = store.calls_done_below(ACCOUNT, OURS).unwrap();
        assert!(others_wrote(&store, read), "one under way while we read");
        answered(&store, open);
        let read = store.calls_done_below(ACCOUNT, OURS).unwrap();
        assert!(!others_wrote(&store, read), "one done before");

        create(&mut store, THEIRS, "organization");
        assert!(!others_wrote(&store, read), "one of another object");
    }
}
