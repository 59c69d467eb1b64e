//! What an undo must know of the run it takes back: its changes, whose records they are, and who has been there since.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::calls::LostCreate;
use super::connection::timestamp;
use super::record_changes::ChangeKind;
use super::{Store, StoreError};
use crate::domain::activity::Activity;
use crate::domain::history::RunOutcome;
use crate::domain::ids::{AccountId, CampaignId, ClaimId, IntegrationId, LeadId, RunId};

/// A run somebody wants taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoneRun {
    /// Its number.
    pub run: RunId,
    /// The connection it served.
    pub integration: Option<IntegrationId>,
    /// The account it wrote to.
    pub account: Option<AccountId>,
    /// What started it.
    pub trigger: String,
    /// When.
    pub started: Timestamp,
    /// How it ended; `None`: it has not told.
    pub outcome: Option<RunOutcome>,
    /// Itself an undo: of this run.
    pub undoes: Option<RunId>,
    /// Whether taking it back holds its leads; an undo of an undo lets them go where they were.
    pub holds: bool,
    /// Whether it changed the set-up.
    pub is_setup: bool,
}

/// One change of a record, as the file keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredChange {
    /// The vendor's object.
    pub object: String,
    /// The record.
    pub remote_id: String,
    /// What was done.
    pub kind: ChangeKind,
    /// What the touched fields held before; `None` of a changed record: nobody knows.
    pub before: Option<Value>,
    /// What they held then.
    pub after: Value,
    /// When its answer was kept.
    pub at: Timestamp,
    /// The undo that took it back.
    pub undone_by: Option<RunId>,
}

/// What stands for the company a record was joined to: no field of its own.
pub const COMPANY_LINK: &str = "(company)";

impl Store {
    /// A run as an undo sees it; `None`: there is none of that number.
    ///
    /// # Errors
    /// As every statement.
    pub fn run_to_undo(&self, run: RunId) -> Result<Option<UndoneRun>, StoreError> {
        let found = self
            .connection
            .query_row(
                "SELECT r.integration_id, r.account_id, r.trigger, r.started_at, r.outcome, u.undoes,
                   EXISTS (SELECT 1 FROM setup_changes s WHERE s.run_id = r.id)
                 FROM runs r LEFT JOIN undos u ON u.run_id = r.id WHERE r.id = ?1",
                [run.0],
                |row| {
                    let outcome: Option<String> = row.get(4)?;
                    Ok(UndoneRun {
                        run,
                        integration: row.get::<_, Option<i64>>(0)?.map(IntegrationId),
                        account: row.get::<_, Option<i64>>(1)?.map(AccountId),
                        trigger: row.get(2)?,
                        started: timestamp(row.get(3)?),
                        outcome: outcome.as_deref().and_then(RunOutcome::from_name),
                        undoes: row.get::<_, Option<i64>>(5)?.map(RunId),
                        holds: true,
                        is_setup: row.get(6)?,
                    })
                },
            )
            .optional()?;
        let Some(mut found) = found else {
            return Ok(None);
        };
        let depth: i64 = self.connection.query_row(
            "WITH RECURSIVE chain(run, depth) AS (SELECT ?1, 0 UNION ALL
               SELECT u.undoes, depth + 1 FROM undos u JOIN chain c ON u.run_id = c.run)
             SELECT max(depth) FROM chain",
            [run.0],
            |row| row.get(0),
        )?;
        found.holds = depth % 2 == 0;
        Ok(Some(found))
    }

    /// The changes a run made at the vendor.
    ///
    /// # Errors
    /// As every statement.
    pub fn changes_of(&self, run: RunId) -> Result<Vec<StoredChange>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT object, remote_id, kind, before, after, undone_by, at FROM record_changes WHERE run_id = ?1
             ORDER BY object, remote_id, kind",
        )?;
        let mut rows = statement.query([run.0])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(2)?;
            let before: Option<String> = row.get(3)?;
            let Some(kind) = ChangeKind::from_name(&kind) else {
                continue;
            };
            changes.push(StoredChange {
                object: row.get(0)?,
                remote_id: row.get(1)?,
                kind,
                before: before.as_deref().map(serde_json::from_str).transpose()?,
                after: serde_json::from_str(row.get_ref(4)?.as_str().unwrap_or("{}"))?,
                undone_by: row.get::<_, Option<i64>>(5)?.map(RunId),
                at: timestamp(row.get(6)?),
            });
        }
        Ok(changes)
    }

    /// A run with the undos of it, the undos of those, and so on: all that ever did or undid what it did, the earliest first.
    ///
    /// # Errors
    /// As every statement.
    pub fn undo_chain(&self, run: RunId) -> Result<Vec<RunId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "WITH RECURSIVE chain(run) AS (SELECT ?1 UNION SELECT u.run_id FROM undos u JOIN chain c ON u.undoes = c.run)
             SELECT run FROM chain ORDER BY run",
        )?;
        let rows = statement.query_map([run.0], |row| row.get(0).map(RunId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The leads a run attempted.
    ///
    /// # Errors
    /// As every statement.
    pub fn leads_of_run(&self, run: RunId) -> Result<BTreeSet<LeadId>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT lead_id FROM attempts WHERE run_id = ?1")?;
        let rows = statement.query_map([run.0], |row| row.get(0).map(LeadId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The leads of each record: those linked now, and those an undo unlinked when it removed the record. A lead whose person
    /// was removed hangs on no company any more.
    ///
    /// # Errors
    /// As every statement.
    pub fn leads_behind(
        &self,
        account: AccountId,
        undo: RunId,
        records: &[(String, String)],
    ) -> Result<HashMap<(String, String), BTreeSet<LeadId>>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT lead_id FROM remote_links k WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3
               AND EXISTS (SELECT 1 FROM remote_links p WHERE p.account_id = k.account_id AND p.lead_id = k.lead_id AND p.role = 'persona')
             UNION SELECT lead_id FROM undone_links WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3 AND run_id = ?4",
        )?;
        let mut leads = HashMap::new();
        for (object, id) in records {
            let found: BTreeSet<LeadId> = read
                .query_map(params![account.0, object, id, undo.0], |row| {
                    row.get(0).map(LeadId)
                })?
                .collect::<Result<_, _>>()?;
            leads.insert((object.clone(), id.clone()), found);
        }
        Ok(leads)
    }

    /// The fields of a record (or of a membership) that our later runs wrote and nobody took back, each with the last such
    /// run; [`COMPANY_LINK`] where they joined it to a company. What an undo of the run or of a later one put back is nothing
    /// later: it holds what it held before that run.
    ///
    /// # Errors
    /// As every statement.
    pub fn written_later(
        &self,
        account: AccountId,
        object: &str,
        remote_id: &str,
        run: RunId,
    ) -> Result<HashMap<String, RunId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.run_id, c.after, u.undoes, c.kind = 'linked' FROM record_changes c LEFT JOIN undos u ON u.run_id = c.run_id
             WHERE c.account_id = ?1 AND c.object = ?2 AND c.remote_id = ?3 AND c.run_id > ?4
               AND c.undone_by IS NULL AND c.kind IN ('created', 'updated', 'joined', 'linked') ORDER BY c.run_id",
        )?;
        let mut rows = statement.query(params![account.0, object, remote_id, run.0])?;
        // Each field with the runs that wrote it, the last one last.
        let mut writers: HashMap<String, Vec<i64>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (writer, undoes): (i64, Option<i64>) = (row.get(0)?, row.get(2)?);
            let after: Value = serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or("{}"))?;
            let fields = match after {
                _ if row.get(3)? => vec![COMPANY_LINK.to_owned()],
                Value::Object(fields) => fields.into_iter().map(|(field, _)| field).collect(),
                _ => Vec::new(),
            };
            for field in fields {
                let known = writers.entry(field).or_default();
                match undoes.filter(|undone| *undone >= run.0) {
                    Some(undone) => known.retain(|writer| *writer != undone),
                    None => known.push(writer),
                }
            }
        }
        let last = writers.into_iter();
        Ok(last
            .filter_map(|(field, runs)| Some((field, RunId(*runs.last()?))))
            .collect())
    }

    /// When runs of ours last wrote to a record, whether that stands or was taken back.
    ///
    /// # Errors
    /// As every statement.
    pub fn last_written_at(
        &self,
        account: AccountId,
        object: &str,
        remote_id: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT max(at) FROM record_changes WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3
                   AND kind IN ('created', 'updated')",
            )?
            .query_row(params![account.0, object, remote_id], |row| row.get(0))?;
        Ok(at.map(timestamp))
    }

    /// When an undo of an undo had a record back out of the vendor's bin: under its own id, and made long before.
    ///
    /// # Errors
    /// As every statement.
    pub fn out_of_the_bin_at(
        &self,
        account: AccountId,
        object: &str,
        remote_id: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT max(c.at) FROM record_changes c JOIN undos u ON u.run_id = c.run_id
                 WHERE c.account_id = ?1 AND c.object = ?2 AND c.remote_id = ?3 AND c.kind = 'created'
                   AND EXISTS (SELECT 1 FROM record_changes r WHERE r.account_id = c.account_id AND r.object = c.object
                     AND r.remote_id = c.remote_id AND r.kind = 'removed' AND r.run_id < c.run_id)",
            )?
            .query_row(params![account.0, object, remote_id], |row| row.get(0))?;
        Ok(at.map(timestamp))
    }

    /// What undos of a run sent requests about, as object and [`super::Subject`]: one that died before the answer was kept has
    /// done it perhaps.
    ///
    /// # Errors
    /// As every statement.
    pub fn sent_by_undos(&self, undone: RunId) -> Result<HashSet<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT c.object, s.value FROM calls c, json_each(c.subjects) s
             WHERE c.run_id IN (SELECT run_id FROM undos WHERE undoes = ?1)
               AND (c.status IS NULL OR c.status = 0 OR c.status >= 500)",
        )?;
        let rows = statement.query_map([undone.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Creates of undos of a run that died before the answer came, by [`super::Subject`]: where a repetition would be harmless
    /// no doubt is kept, and yet what is found now is perhaps what they made.
    ///
    /// # Errors
    /// As every statement.
    pub fn creates_cut_off(
        &self,
        undone: RunId,
        object: &str,
    ) -> Result<HashMap<String, LostCreate>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.value, min(c.sent_at), max(c.sent_at) FROM calls c, json_each(c.subjects) s
             WHERE c.run_id IN (SELECT run_id FROM undos WHERE undoes = ?1)
               AND c.object = ?2 AND c.operation = 'create' AND c.status = 0 GROUP BY s.value",
        )?;
        let rows = statement.query_map(params![undone.0, object], |row| {
            let (first, last) = (timestamp(row.get(1)?), timestamp(row.get(2)?));
            let lost = LostCreate {
                sent: first,
                ..LostCreate::cut_off(last)
            };
            Ok((row.get(0)?, lost))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The fields that undos of a run are known to have put back, by object and record.
    ///
    /// # Errors
    /// As every statement.
    pub fn put_back_by_undos(
        &self,
        undone: RunId,
    ) -> Result<HashMap<(String, String), BTreeSet<String>>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.object, c.remote_id, f.key FROM record_changes c, json_each(c.after) f
             WHERE c.run_id IN (SELECT run_id FROM undos WHERE undoes = ?1) AND c.kind = 'updated' AND c.undone_by IS NULL",
        )?;
        let rows = statement.query_map([undone.0], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?))
        })?;
        let mut fields: HashMap<(String, String), BTreeSet<String>> = HashMap::new();
        for row in rows {
            let (record, field) = row?;
            fields.entry(record).or_default().insert(field);
        }
        Ok(fields)
    }

    /// Notes which records an undo found untouched and is about to remove: what it does to them before (taking a person out
    /// of its company is a change of the person at some vendors) is nobody else's change.
    ///
    /// # Errors
    /// As every statement.
    pub fn note_removals(
        &mut self,
        undo: RunId,
        records: &[(String, String)],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT OR IGNORE INTO undo_removals (run_id, object, remote_id) VALUES (?1, ?2, ?3)",
            )?;
            for (object, id) in records {
                insert.execute(params![undo.0, object, id])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// The records that undos of a run which ended early were about to remove, with the time of the last request of such
    /// an undo.
    ///
    /// # Errors
    /// As every statement.
    pub fn removals_begun(
        &self,
        undone: RunId,
    ) -> Result<HashMap<(String, String), Timestamp>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "WITH ends(run_id, at) AS MATERIALIZED (SELECT c.run_id, max(c.sent_at) FROM calls c
               WHERE c.run_id IN (SELECT run_id FROM undos WHERE undoes = ?1) GROUP BY c.run_id)
             SELECT r.object, r.remote_id, max(ends.at) FROM undo_removals r JOIN ends ON ends.run_id = r.run_id GROUP BY 1, 2",
        )?;
        let rows = statement.query_map([undone.0], |row| {
            Ok(((row.get(0)?, row.get(1)?), timestamp(row.get(2)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The records that were made again in an account: object, the id of then, the one after.
    ///
    /// # Errors
    /// As every statement.
    pub fn remade_records(
        &self,
        account: AccountId,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT object, old_id, new_id FROM remade_records WHERE account_id = ?1",
        )?;
        let rows = statement.query_map([account.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// An activity with its lead, by its marker.
    ///
    /// # Errors
    /// As every statement.
    pub fn activity_of(&self, marker: &str) -> Result<Option<(LeadId, Activity)>, StoreError> {
        let lead: Option<i64> = self
            .connection
            .prepare_cached("SELECT lead_id FROM activities WHERE marker = ?1")?
            .query_row([marker], |row| row.get(0))
            .optional()?;
        let Some(lead) = lead.map(LeadId) else {
            return Ok(None);
        };
        let mut activities = self.activities(lead)?.into_iter();
        Ok(activities
            .find(|activity| activity.marker == marker)
            .map(|activity| (lead, activity)))
    }

    /// Our campaign of a vendor's id.
    ///
    /// # Errors
    /// As every statement.
    pub fn campaign_of(
        &self,
        account: AccountId,
        remote_id: &str,
    ) -> Result<Option<CampaignId>, StoreError> {
        let id = self
            .connection
            .prepare_cached("SELECT id FROM campaigns WHERE account_id = ?1 AND remote_id = ?2")?
            .query_row(params![account.0, remote_id], |row| row.get(0))
            .optional()?;
        Ok(id.map(CampaignId))
    }

    /// The keys of a company that an undo removed.
    ///
    /// # Errors
    /// As every statement.
    pub fn undone_company_keys(
        &self,
        undo: RunId,
        remote_id: &str,
    ) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT company_key FROM undone_companies WHERE run_id = ?1 AND remote_id = ?2 ORDER BY company_key",
        )?;
        let rows = statement.query_map(params![undo.0, remote_id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Where a lead stands in an account: the state and the stored reason it is held or waits for.
    ///
    /// # Errors
    /// As every statement.
    pub fn standing_of(
        &self,
        account: AccountId,
        lead: LeadId,
    ) -> Result<Option<(String, String)>, StoreError> {
        let standing = self
            .connection
            .prepare_cached(
                "SELECT state, hold FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
            )?
            .query_row(params![account.0, lead.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        Ok(standing)
    }

    /// Notes that a run takes another one back.
    ///
    /// # Errors
    /// As every statement.
    pub fn begin_undo(&mut self, run: RunId, undoes: RunId) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO undos (run_id, undoes) VALUES (?1, ?2)",
            [run.0, undoes.0],
        )?;
        Ok(())
    }

    /// Takes leads in hand, so that no push moves them meanwhile; returns those another run holds.
    ///
    /// # Errors
    /// As every statement.
    pub fn claim_for_undo(
        &mut self,
        account: AccountId,
        claim: ClaimId,
        leads: &BTreeSet<LeadId>,
    ) -> Result<BTreeSet<LeadId>, StoreError> {
        let transaction = self.connection.transaction()?;
        let mut held = BTreeSet::new();
        {
            let mut take = transaction.prepare_cached(
                "UPDATE sync_records SET claim_id = ?3 WHERE account_id = ?1 AND lead_id = ?2 AND (claim_id IS NULL OR claim_id = ?3)",
            )?;
            let mut is_there = transaction.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM sync_records WHERE account_id = ?1 AND lead_id = ?2)",
            )?;
            for lead in leads {
                if take.execute(params![account.0, lead.0, claim.0])? == 0
                    && is_there.query_row(params![account.0, lead.0], |row| row.get(0))?
                {
                    held.insert(*lead);
                }
            }
        }
        transaction.commit()?;
        Ok(held)
    }
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
