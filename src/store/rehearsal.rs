//! The place of a rehearsal: a push that is played through and sends nothing.
//!
//! The engine runs on it unchanged. What a run writes (the queue, links, companies, calls, attempts, images) is a copy of
//! what the selection needs, in a private database of this process; everything else is read from the file itself, attached
//! read-only. So a rehearsal changes nothing here, takes nobody's leads, blocks nobody, and leaves nothing behind however
//! it ends.
//!
//! Beside the copies stand what the rehearsal invents (records that a push would have made or changed, so that the next
//! look-up finds them), what it decided field by field, and what the vendor answered: a push that follows asks none of it
//! again while it is fresh.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value;

use super::connection::{micros, timestamp};
use super::queue::PushSelection;
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, LeadId, RunId};
use crate::domain::plan::PlannedField;

/// Tables that a run writes, with what of them is copied (`?1` is the account); nothing: they begin empty.
const COPIED: &[(&str, &str)] = &[
    (
        "sync_records",
        "account_id = ?1 AND lead_id IN (SELECT lead_id FROM temp.selected)",
    ),
    (
        "remote_links",
        "account_id = ?1 AND lead_id IN (SELECT lead_id FROM temp.selected)",
    ),
    ("remote_companies", "account_id = ?1"),
    ("campaigns", "account_id = ?1"),
    (
        "memberships",
        "campaign_id IN (SELECT id FROM file.campaigns WHERE account_id = ?1)",
    ),
    (
        "activity_links",
        "account_id = ?1 AND activity_id IN (SELECT a.id FROM temp.selected s JOIN file.activities a ON a.lead_id = s.lead_id)",
    ),
    ("doubts", "account_id = ?1"),
    ("jobs", "account_id = ?1"),
    (
        "calls",
        "account_id = ?1 AND (answered_at IS NULL OR id IN (SELECT call_id FROM file.jobs WHERE account_id = ?1))",
    ),
    ("claims", "?1 IS NOT NULL"),
    (
        "runs",
        "?1 IS NOT NULL AND id IN (SELECT run_id FROM file.claims)",
    ),
    ("remote_schemas", "account_id = ?1"),
    ("write_backs", "?1 IS NULL"),
    ("causes", "?1 IS NULL"),
    ("board_counts", "?1 IS NULL"),
    ("attempts", "?1 IS NULL"),
    ("attempt_phases", "?1 IS NULL"),
];

/// What a rehearsal keeps of its own. Images of earlier runs are read from the file, those of this one stand beside them.
const OWN: &str = "
    CREATE TABLE planned_changes (run_id INTEGER NOT NULL, account_id INTEGER NOT NULL, object TEXT NOT NULL, remote_id TEXT NOT NULL,
      kind TEXT NOT NULL, before TEXT, after TEXT NOT NULL, at INTEGER NOT NULL, undone_by INTEGER,
      PRIMARY KEY (run_id, object, remote_id, kind)) STRICT, WITHOUT ROWID;
    CREATE INDEX planned_changes_record ON planned_changes(account_id, object, remote_id, run_id);
    CREATE TEMP VIEW record_changes AS
      SELECT run_id, account_id, object, remote_id, kind, before, after, at, undone_by FROM file.record_changes UNION ALL
      SELECT run_id, account_id, object, remote_id, kind, before, after, at, undone_by FROM main.planned_changes;
    CREATE TEMP TRIGGER keep_change INSTEAD OF INSERT ON record_changes BEGIN
      INSERT OR REPLACE INTO planned_changes VALUES
        (new.run_id, new.account_id, new.object, new.remote_id, new.kind, new.before, new.after, new.at, new.undone_by);
    END;
    CREATE TABLE decided_persons (lead_id INTEGER PRIMARY KEY, object TEXT NOT NULL, remote_id TEXT, matched_by TEXT, other_name INTEGER NOT NULL,
      fields TEXT NOT NULL) STRICT;
    CREATE TABLE decided_companies (object TEXT NOT NULL, remote_id TEXT NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (object, remote_id)) STRICT, WITHOUT ROWID;
    CREATE TABLE invented (object TEXT NOT NULL, remote_id TEXT NOT NULL, made INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (object, remote_id)) STRICT, WITHOUT ROWID;
    CREATE TABLE invented_keys (object TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, remote_id TEXT NOT NULL,
      PRIMARY KEY (object, kind, key, remote_id)) STRICT, WITHOUT ROWID;
    CREATE TABLE reads (question TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, answer TEXT NOT NULL, call TEXT,
      PRIMARY KEY (question, key)) STRICT, WITHOUT ROWID;";

/// What was decided for one record.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The lead, where it is a person; a company serves several.
    pub lead: Option<LeadId>,
    /// The vendor's object.
    pub object: String,
    /// The record; `None`: it is to be made.
    pub remote_id: Option<String>,
    /// How the person was found.
    pub matched_by: Option<&'static str>,
    /// Whether the person goes by another name there.
    pub other_name: bool,
    /// Field by field.
    pub fields: Vec<PlannedField>,
}

/// A record as a rehearsed push would have left it: made by it, or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Invented {
    /// Its id.
    pub id: String,
    /// Whether it would have been made.
    pub made: bool,
    /// When.
    pub at: Timestamp,
    /// The fields written.
    pub values: Value,
}

/// What the vendor answered to one key of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRead {
    /// The key.
    pub key: String,
    /// The answer.
    pub answer: Value,
    /// The call that told.
    pub call: Value,
}

impl Store {
    /// Opens the place of a rehearsal for a selection, as the file is now. The run it plays has the number given.
    ///
    /// # Errors
    /// As every statement; a store in memory has no rehearsals.
    pub fn rehearse(
        &self,
        run: RunId,
        account: AccountId,
        selection: &PushSelection,
    ) -> Result<Self, StoreError> {
        let mut place = self.beside()?;
        // No table stands before the file's yet: the selection is the file's own.
        place.select(account, selection, None)?;
        let transaction = place.connection.transaction()?;
        for (table, condition) in COPIED {
            let statements: Vec<String> = transaction
                .prepare("SELECT sql FROM file.sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL ORDER BY type = 'index'")?
                .query_map([table], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for statement in statements {
                transaction.execute_batch(&statement)?;
            }
            transaction.execute(
                &format!("INSERT INTO main.{table} SELECT * FROM file.{table} WHERE {condition}"),
                [account.0],
            )?;
        }
        transaction.execute_batch(OWN)?;
        transaction.execute("DELETE FROM main.sqlite_sequence WHERE name = 'runs'", [])?;
        transaction.execute(
            "INSERT INTO main.sqlite_sequence (name, seq) VALUES ('runs', ?1)",
            [run.0 - 1],
        )?;
        transaction.commit()?;
        Ok(place)
    }

    /// The number the next run would have.
    ///
    /// # Errors
    /// As every statement.
    pub fn next_run(&self) -> Result<RunId, StoreError> {
        let last: Option<i64> = self
            .connection
            .query_row(
                "SELECT seq FROM sqlite_sequence WHERE name = 'runs'",
                [],
                |row| row.get(0),
            )
            .optional()?;
        Ok(RunId(last.unwrap_or(0) + 1))
    }

    /// Keeps a record as a rehearsed push would have left it, found by these keys from now on.
    ///
    /// # Errors
    /// As every statement.
    pub fn invent(
        &mut self,
        object: &str,
        records: &[(Invented, Vec<(&'static str, String)>)],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for (record, keys) in records {
            transaction
                .prepare_cached(
                    "INSERT INTO invented (object, remote_id, made, at, body) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO UPDATE SET body = json_patch(body, excluded.body)",
                )?
                .execute(params![
                    object,
                    record.id,
                    record.made,
                    micros(record.at),
                    record.values.to_string()
                ])?;
            for (kind, key) in keys {
                transaction
                    .prepare_cached("INSERT OR IGNORE INTO invented_keys (object, kind, key, remote_id) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![object, kind, key, record.id])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Records that a rehearsed push would have made or changed, by their ids.
    ///
    /// # Errors
    /// As every statement.
    pub fn invented(&self, object: &str, ids: &[String]) -> Result<Vec<Invented>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT made, at, body FROM invented WHERE object = ?1 AND remote_id = ?2",
        )?;
        let mut found = Vec::new();
        for id in ids {
            let row = statement
                .query_row(params![object, id], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?))
                })
                .optional()?;
            if let Some((made, at, body)) = row {
                found.push(Invented {
                    id: id.clone(),
                    made,
                    at: timestamp(at),
                    values: serde_json::from_str(&body)?,
                });
            }
        }
        Ok(found)
    }

    /// The ids of records that a rehearsed push would have made, by each of these keys.
    ///
    /// # Errors
    /// As every statement.
    pub fn invented_by(
        &self,
        object: &str,
        kind: &str,
        keys: &[String],
    ) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT remote_id FROM invented_keys WHERE object = ?1 AND kind = ?2 AND key = ?3 ORDER BY remote_id",
        )?;
        let mut found = Vec::new();
        for key in keys {
            let ids = statement.query_map(params![object, kind, key], |row| row.get(0))?;
            for id in ids {
                found.push((key.clone(), id?));
            }
        }
        Ok(found)
    }

    /// Keeps what the vendor answered; the first answer to a key stands.
    ///
    /// # Errors
    /// As every statement.
    pub fn keep_reads(
        &mut self,
        question: &str,
        reads: &[KeptRead],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for read in reads {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO reads (question, key, at, answer, call) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![
                    question,
                    read.key,
                    micros(now),
                    read.answer.to_string(),
                    read.call.to_string()
                ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// What the vendor answered to these keys.
    ///
    /// # Errors
    /// As every statement.
    pub fn kept_reads(&self, question: &str, keys: &[String]) -> Result<Vec<KeptRead>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT answer, call FROM reads WHERE question = ?1 AND key = ?2")?;
        let mut found = Vec::new();
        for key in keys {
            let row = statement
                .query_row(params![question, key], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
                })
                .optional()?;
            if let Some((answer, call)) = row {
                found.push(KeptRead {
                    key: key.clone(),
                    answer: serde_json::from_str(&answer)?,
                    call: serde_json::from_str(&call)?,
                });
            }
        }
        Ok(found)
    }

    /// The same for a push that acts on them: those not older than `life`, each once, since what is written makes the answer
    /// untrue.
    ///
    /// # Errors
    /// As every statement.
    pub fn take_reads(
        &mut self,
        question: &str,
        keys: &[String],
        life: SignedDuration,
        now: Timestamp,
    ) -> Result<Vec<KeptRead>, StoreError> {
        let since = now.checked_sub(life).unwrap_or(Timestamp::MIN);
        let transaction = self.connection.transaction()?;
        let mut found = Vec::new();
        {
            let mut statement = transaction.prepare_cached(
                "DELETE FROM reads WHERE question = ?1 AND key = ?2 RETURNING at, answer, call",
            )?;
            for key in keys {
                let row = statement
                    .query_row(params![question, key], |row| {
                        Ok((
                            row.get::<_, i64>(0)?,
                            row.get::<_, String>(1)?,
                            row.get::<_, String>(2)?,
                        ))
                    })
                    .optional()?;
                if let Some((_, answer, call)) = row.filter(|(at, ..)| *at >= micros(since)) {
                    found.push(KeptRead {
                        key: key.clone(),
                        answer: serde_json::from_str(&answer)?,
                        call: serde_json::from_str(&call)?,
                    });
                }
            }
        }
        transaction.commit()?;
        Ok(found)
    }
}

/// Keeps what was decided for a record: of a person the last word counts, of a company the first.
pub(super) fn keep_decided(connection: &Connection, decided: &Decided) -> Result<(), StoreError> {
    let fields = serde_json::to_string(&decided.fields)?;
    match (decided.lead, &decided.remote_id) {
        (Some(lead), remote_id) => connection
            .prepare_cached("INSERT OR REPLACE INTO decided_persons (lead_id, object, remote_id, matched_by, other_name, fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![lead.0, decided.object, remote_id, decided.matched_by, decided.other_name, fields])?,
        (None, Some(remote_id)) => connection
            .prepare_cached("INSERT OR IGNORE INTO decided_companies (object, remote_id, fields) VALUES (?1, ?2, ?3)")?
            .execute(params![decided.object, remote_id, fields])?,
        (None, None) => 0,
    };
    Ok(())
}

#[cfg(test)]
#[path = "rehearsal_tests.rs"]
mod tests;
