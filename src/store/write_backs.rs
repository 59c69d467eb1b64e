//! What sources are to be told: the record each of their leads has in an account.
//!
//! A row is made in the transaction that clears the lead, so that neither is on disk without the other. It is told once: a
//! row stays when it is done, and waits again only when the lead's record in that account is another one, or none any more.
//! Telling is setting a value, so an answer that was lost is simply asked for again.
//!
//! A rehearsal's records mean nothing to a real source, and a real one's nothing to a rehearsed one: such pairs make no row.

use std::fs::{File, TryLockError};
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::connection::{micros, timestamp};
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, LeadId, RunId};

/// The name of the lock beside the claims: one process tells at a time.
const LOCK: &str = "write-backs";

/// What is waiting counts only where the record is in the account its connection is signed in to: two accounts of one vendor
/// share one place at the source, and the one in use has it.
const OF_ACCOUNTS_IN_USE: &str = "JOIN accounts a ON a.id = w.account_id
   JOIN integrations i ON i.id = a.integration_id AND i.account_id = a.id";

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteBack {
    /// Where the record is.
    pub account: AccountId,
    /// The vendor of that account.
    pub vendor: String,
    /// The lead.
    pub lead: LeadId,
    /// The source's id of the lead.
    pub external_id: String,
    /// The person's record; `None`: an undo took it away, and the source is to forget it.
    pub remote_id: Option<String>,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// How far telling a source is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WriteBackCounts {
    /// Still to be told.
    pub waiting: u64,
    /// Never told: the lead is gone at the source, or the source refuses it.
    pub ended: u64,
    /// Records it was told that are gone.
    pub forgotten: u64,
    /// Why the last of those tried in vain was.
    pub message: Option<String>,
}

/// How far telling the source of one lead's record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteBackState {
    /// The connection that tells.
    pub source: String,
    /// The record; `None`: it is gone.
    pub remote_id: Option<String>,
    /// When it was told, or given up.
    pub at: Timestamp,
    /// Whether it was told; `None`: not yet.
    pub told: Option<bool>,
    /// Why not, or why not yet.
    pub message: Option<String>,
}

/// The right to tell, until it is dropped.
#[derive(Debug)]
pub struct WriteBackTurn {
    _lock: Option<File>,
}

impl Store {
    /// Takes the right to tell sources; `None`: another process is at it.
    ///
    /// # Errors
    /// [`StoreError::Claims`] where the lock file cannot be made.
    pub fn write_back_turn(&self) -> Result<Option<WriteBackTurn>, StoreError> {
        if self.path() == Path::new(":memory:") {
            return Ok(Some(WriteBackTurn { _lock: None }));
        }
        let folder = self.claims_folder();
        let path = folder.join(LOCK);
        let failed = |error: std::io::Error| StoreError::Claims {
            path: path.clone(),
            reason: error.to_string(),
        };
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let file = File::create(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(WriteBackTurn { _lock: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// What a source is to be told now, what waits longest first.
    ///
    /// # Errors
    /// As every statement.
    pub fn write_backs_due(
        &self,
        source: AccountId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<WriteBack>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT w.account_id, i.vendor, w.lead_id, l.external_id, w.remote_id, w.tries
             FROM write_backs w INDEXED BY write_backs_waiting {OF_ACCOUNTS_IN_USE}
             JOIN leads l ON l.id = w.lead_id AND l.external_id IS NOT NULL
             WHERE w.source_account_id = ?1 AND w.state = 'waiting' AND (w.not_before IS NULL OR w.not_before <= ?2)
             ORDER BY w.queued_at LIMIT ?3"
        ))?;
        let rows = statement.query_map(params![source.0, micros(now), limit], |row| {
            Ok(WriteBack {
                account: AccountId(row.get(0)?),
                vendor: row.get(1)?,
                lead: LeadId(row.get(2)?),
                external_id: row.get(3)?,
                remote_id: row.get(4)?,
                tries: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that the source has it.
    ///
    /// # Errors
    /// As every statement.
    pub fn write_back_told(&mut self, what: &WriteBack, now: Timestamp) -> Result<(), StoreError> {
        self.move_write_back(what, "told", None, None, now)
    }

    /// Gives up telling it.
    ///
    /// # Errors
    /// As every statement.
    pub fn write_back_ended(
        &mut self,
        what: &WriteBack,
        why: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.move_write_back(what, "ended", Some(why), None, now)
    }

    /// Puts it off.
    ///
    /// # Errors
    /// As every statement.
    pub fn write_back_later(
        &mut self,
        what: &WriteBack,
        why: &str,
        not_before: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.move_write_back(what, "waiting", Some(why), Some(not_before), now)
    }

    /// A record that took the other's place while it was told waits on.
    fn move_write_back(
        &mut self,
        what: &WriteBack,
        state: &str,
        why: Option<&str>,
        not_before: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE write_backs SET state = ?4, tries = tries + (?5 IS NOT NULL), message = ?5, not_before = ?6, changed_at = ?7
                 WHERE account_id = ?1 AND lead_id = ?2 AND remote_id IS ?3 AND state = 'waiting'",
            )?
            .execute(params![
                what.account.0,
                what.lead.0,
                what.remote_id,
                state,
                why,
                not_before.map(micros),
                micros(now)
            ])?;
        Ok(())
    }

    /// How far telling a source is.
    ///
    /// # Errors
    /// As every statement.
    pub fn write_back_counts(&self, source: AccountId) -> Result<WriteBackCounts, StoreError> {
        let waiting: i64 = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM write_backs w INDEXED BY write_backs_waiting {OF_ACCOUNTS_IN_USE}
                 WHERE w.source_account_id = ?1 AND w.state = 'waiting'"
            ))?
            .query_row([source.0], |row| row.get(0))?;
        let (ended, forgotten, message): (i64, i64, Option<String>) = self
            .connection
            .prepare_cached(
                "SELECT count(*) FILTER (WHERE state = 'ended'), count(*) FILTER (WHERE state = 'told' AND remote_id IS NULL),
                   (SELECT message FROM write_backs WHERE source_account_id = ?1 AND state <> 'told' AND message IS NOT NULL
                    ORDER BY changed_at DESC LIMIT 1)
                 FROM write_backs WHERE source_account_id = ?1",
            )?
            .query_row([source.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(WriteBackCounts {
            waiting: waiting.unsigned_abs(),
            ended: ended.unsigned_abs(),
            forgotten: forgotten.unsigned_abs(),
            message,
        })
    }

    /// How far telling the source of a lead's record in an account is; `None`: there is nothing to tell.
    ///
    /// # Errors
    /// As every statement.
    pub fn write_back_of(
        &self,
        account: AccountId,
        lead: LeadId,
    ) -> Result<Option<WriteBackState>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.name, w.remote_id, w.changed_at, w.state, w.message FROM write_backs w
             JOIN accounts a ON a.id = w.source_account_id JOIN integrations s ON s.id = a.integration_id
             WHERE w.account_id = ?1 AND w.lead_id = ?2",
        )?;
        let mut rows = statement.query([account.0, lead.0])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let state: String = row.get(3)?;
        Ok(Some(WriteBackState {
            source: row.get(0)?,
            remote_id: row.get(1)?,
            at: timestamp(row.get(2)?),
            told: match state.as_str() {
                "told" => Some(true),
                "ended" => Some(false),
                _ => None,
            },
            message: row.get(4)?,
        }))
    }
}

/// A lead has just been cleared: its source is told of the record, unless it has been, or knew it before us.
pub(super) fn enqueue(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO write_backs (account_id, lead_id, source_account_id, remote_id, queued_at, changed_at)
             SELECT ?1, ?2, found.source, found.record, ?3, ?3 FROM (
               SELECT s.account_id AS source, i.vendor AS vendor,
                 (SELECT k.remote_id FROM remote_links k WHERE k.account_id = ?1 AND k.lead_id = ?2 AND k.role = 'persona'
                  ORDER BY k.linked_at DESC LIMIT 1) AS record
               FROM leads l JOIN integrations s ON s.name = l.source AND s.category = 'source'
                 JOIN accounts sa ON sa.id = s.account_id
                 JOIN accounts a ON a.id = ?1 JOIN integrations i ON i.id = a.integration_id
               WHERE l.id = ?2 AND l.external_id IS NOT NULL AND (a.environment = 'rehearsal') = (sa.environment = 'rehearsal')) AS found
             WHERE found.record IS NOT NULL
               AND (EXISTS (SELECT 1 FROM write_backs w WHERE w.account_id = ?1 AND w.lead_id = ?2)
                 OR NOT EXISTS (SELECT 1 FROM remote_hints h WHERE h.lead_id = ?2 AND h.vendor = found.vendor AND h.remote_id = found.record))
             ON CONFLICT DO UPDATE SET source_account_id = excluded.source_account_id, remote_id = excluded.remote_id, state = 'waiting',
               tries = 0, not_before = NULL, message = NULL, queued_at = excluded.queued_at, changed_at = excluded.changed_at
             WHERE remote_id IS NOT excluded.remote_id OR source_account_id <> excluded.source_account_id",
        )?
        .execute(params![account.0, lead.0, micros(now)])?;
    Ok(())
}

/// A person's record is about to be forgotten, since an undo took it away: whoever was told of it is to forget it too.
pub(super) fn take_back(
    connection: &Connection,
    account: AccountId,
    object: &str,
    remote_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE write_backs SET remote_id = NULL, state = 'waiting', tries = 0, not_before = NULL, message = NULL,
               queued_at = ?4, changed_at = ?4
             WHERE account_id = ?1 AND remote_id = ?3 AND lead_id IN (SELECT k.lead_id FROM remote_links k
               WHERE k.account_id = ?1 AND k.object = ?2 AND k.remote_id = ?3 AND k.role = 'persona')",
        )?
        .execute(params![account.0, object, remote_id, micros(now)])?;
    Ok(())
}

/// Leads whose record an undo took away or made again are linked to what is there now: whoever was told of another record is
/// told of that.
pub(super) fn tell_anew(
    connection: &Connection,
    account: AccountId,
    undo: RunId,
    (object, remote_id): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let leads: Vec<LeadId> = connection
        .prepare_cached(
            "SELECT lead_id FROM write_backs w WHERE account_id = ?1 AND lead_id IN (SELECT u.lead_id FROM undone_links u
               WHERE u.run_id = ?2 AND u.object = ?3 AND u.remote_id = ?4 AND u.role = 'persona')",
        )?
        .query_map(params![account.0, undo.0, object, remote_id], |row| {
            row.get(0).map(LeadId)
        })?
        .collect::<Result<_, _>>()?;
    for lead in leads {
        enqueue(connection, account, lead, now)?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "write_backs_tests.rs"]
mod tests;
