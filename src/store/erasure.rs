//! Erasing a person: everything that tells who it was, from every table and from the bytes of the file.
//!
//! A tombstone stays (the row without its values, its place in the accounts, its attempts without their words), so that the
//! counts of boards and runs stay true. What is deleted is overwritten (`secure_delete`), the file is rebuilt and the
//! write-ahead log emptied; where another process reads at that moment the latter is owed and done by the next chance
//! ([`Store::finish_erasure`]).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::connection::micros;
use super::counters::Deltas;
use super::lead_row::LeadRow;
use super::merging::tables_of_leads;
use super::screening::suppressed_slot;
use super::suppressions::{Traces, remember_erased};
use super::transaction::begin;
use super::{Store, StoreError, enroll, runs};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{LeadId, RunId};
use crate::domain::sync_state::State;

/// Tables whose rows stay, without what is personal in them.
const TOMBSTONE: &[&str] = &["event_leads", "sync_records", "attempts", "lead_aliases"];
/// Stands where a name stood.
const GONE: &str = "(erased)";
/// The file holds deleted bytes that could not be overwritten yet.
const OWED: &str = "erasure_owed";

/// What erasing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// The leads that are tombstones now.
    pub leads: Vec<LeadId>,
    /// Whether the file's own bytes are clean; else another process was at it ([`Store::finish_erasure`]).
    pub clean: bool,
    /// The run of it.
    pub run: Option<RunId>,
}

impl Store {
    /// Erases leads. The caller sees to it that no run has them in its hands. What is at a vendor stays there.
    ///
    /// # Errors
    /// As every statement; then nothing is erased.
    pub fn erase_leads(
        &mut self,
        leads: &[LeadId],
        author: &Author,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        self.connection.pragma_update(None, "secure_delete", true)?;
        let mut erased = Erased::default();
        let transaction = begin(&self.connection)?;
        let mut deltas = Deltas::default();
        for lead in leads {
            if erase_one(&transaction, &mut deltas, *lead, now)? {
                erased.leads.push(*lead);
            }
        }
        deltas.apply(&transaction)?;
        if !erased.leads.is_empty() {
            let change = SetupChange::new(
                "erasure",
                "leads",
                None,
                Some(json!({ "leads": erased.leads.len() })),
            );
            erased.run = Some(runs::record(&transaction, None, author, &[change], now)?);
            transaction.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, '1')",
                [OWED],
            )?;
        }
        transaction.commit()?;
        erased.clean = self.finish_erasure()?;
        Ok(erased)
    }

    /// Rebuilds the file and empties its log where an erasure left that to be done; true when nothing is owed any more.
    ///
    /// # Errors
    /// As every statement; another process at the file is no error.
    pub fn finish_erasure(&mut self) -> Result<bool, StoreError> {
        let owed: Option<String> = self
            .connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [OWED], |row| {
                row.get(0)
            })
            .optional()?;
        if owed.is_none() {
            return Ok(true);
        }
        // Pages keep bytes of rows that moved away from them: only a rebuilt file holds nothing else than its rows.
        match self
            .connection
            .execute_batch("VACUUM")
            .map_err(StoreError::from)
        {
            Err(StoreError::Locked) => return Ok(false),
            other => other?,
        }
        if !self.empty_log()? {
            return Ok(false);
        }
        self.connection
            .execute("DELETE FROM meta WHERE key = ?1", [OWED])?;
        Ok(true)
    }

    /// Whether the write-ahead log could be emptied.
    fn empty_log(&self) -> Result<bool, StoreError> {
        let busy: Option<i64> = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .optional()?;
        Ok(busy.unwrap_or(0) == 0)
    }
}

/// Erases one lead with those that were merged into it; false where it is not there.
fn erase_one(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(row) = LeadRow::load(connection, lead)? else {
        return Ok(false);
    };
    let words = personal_words(connection, lead, &row)?;
    remember(connection, lead, now)?;
    erase_records(connection, lead, row.email_key.as_deref())?;
    erase_source_words(connection, lead)?;
    erase_log(connection, lead, &words)?;
    connection.execute(
        "DELETE FROM activity_links WHERE activity_id IN (SELECT id FROM activities WHERE lead_id = ?1)",
        [lead.0],
    )?;
    for (table, _) in tables_of_leads(connection, TOMBSTONE)? {
        // Whatever a part of the program keeps of a lead, it is in a table that names the lead.
        connection.execute(
            &format!("DELETE FROM \"{table}\" WHERE lead_id = ?1"),
            [lead.0],
        )?;
    }
    connection.execute(
        "UPDATE lead_aliases SET external_id = NULL, email_key = NULL, person_key = NULL WHERE kept_id = ?1",
        [lead.0],
    )?;
    hold_back(connection, deltas, lead, now)?;
    connection.execute(
        "UPDATE leads SET external_id = NULL, email = NULL, email_key = NULL, person_key = NULL, first_name = NULL, last_name = NULL,
           company_name = NULL, company_domain = NULL, fields = '{}', revision = revision + 1, updated_at = ?2, erased_at = ?2
         WHERE id = ?1",
        (lead.0, micros(now)),
    )?;
    Ok(true)
}

/// What is searched for where text is free: long enough not to hit others.
fn personal_words(
    connection: &Connection,
    lead: LeadId,
    row: &LeadRow,
) -> Result<Vec<String>, StoreError> {
    let mut words: Vec<String> = row.email_key.iter().cloned().collect();
    let field = |key: &str| row.fields.get(key).cloned().unwrap_or_default();
    words.extend(["email", "phone", "linkedin"].map(field));
    words.push(format!("{} {}", field("firstName"), field("lastName")));
    words.extend(row.external_id.clone());
    let mut aliases = connection
        .prepare_cached("SELECT email_key, external_id FROM lead_aliases WHERE kept_id = ?1")?;
    let mut rows = aliases.query([lead.0])?;
    while let Some(alias) = rows.next()? {
        words.extend(alias.get::<_, Option<String>>(0)?);
        words.extend(alias.get::<_, Option<String>>(1)?);
    }
    words.retain(|word| word.trim().chars().count() >= 5);
    Ok(words)
}

/// Keeps the hashes by which the person is known again.
fn remember(connection: &Connection, lead: LeadId, now: Timestamp) -> Result<(), StoreError> {
    type Keys = (Option<String>, Option<String>, Option<String>);
    let keys: Vec<Keys> = connection
        .prepare_cached(
            "SELECT email_key, person_key, external_id FROM leads WHERE id = ?1
             UNION ALL SELECT email_key, person_key, external_id FROM lead_aliases WHERE kept_id = ?1",
        )?
        .query_map([lead.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (email, person, external) in &keys {
        let traces = Traces {
            email_key: email.as_deref(),
            person_key: person.as_deref(),
            external_id: external.as_deref(),
        };
        remember_erased(connection, traces, lead, now)?;
    }
    Ok(())
}

/// What is kept of the person's records at the other side: what they held before, and what was read of them.
fn erase_records(
    connection: &Connection,
    lead: LeadId,
    email_key: Option<&str>,
) -> Result<(), StoreError> {
    let records: Vec<(i64, String, String)> = connection
        .prepare_cached(
            "SELECT k.account_id, k.object, k.remote_id FROM accounts a CROSS JOIN remote_links k
               ON k.account_id = a.id AND k.lead_id = ?1 AND k.role = 'persona'
             UNION SELECT t.account_id, p.object, p.remote_id FROM attempts t JOIN attempt_phases p ON p.attempt_id = t.id
               WHERE t.lead_id = ?1 AND p.name = 'person' AND p.object IS NOT NULL AND p.remote_id IS NOT NULL
             UNION SELECT m.account_id, m.object, m.remote_id FROM mirror_keys m WHERE m.key = ?2",
        )?
        .query_map(params![lead.0, email_key], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    for record in records {
        for statement in [
            "UPDATE record_changes SET before = NULL, after = '{}' WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3",
            "DELETE FROM mirror_keys WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3",
            "DELETE FROM mirror_records WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3",
        ] {
            connection
                .prepare_cached(statement)?
                .execute(params![record.0, record.1, record.2])?;
        }
    }
    // Activities are records too: their text is what was sent.
    connection.execute(
        "UPDATE record_changes SET before = NULL, after = '{}' WHERE EXISTS (
           SELECT 1 FROM activities v JOIN activity_links k ON k.activity_id = v.id
           WHERE v.lead_id = ?1 AND k.account_id = record_changes.account_id AND k.remote_id = record_changes.remote_id)",
        [lead.0],
    )?;
    Ok(())
}

/// What a source told of the person before and beside the lead itself, by the source's id of it.
fn erase_source_words(connection: &Connection, lead: LeadId) -> Result<(), StoreError> {
    for (table, column) in [
        ("source_members", "lead"),
        ("source_activities", "lead"),
        ("source_removed", "lead"),
        ("pull_seen", "item"),
    ] {
        connection.execute(
            &format!(
                "DELETE FROM {table} WHERE {column} IN (SELECT external_id FROM leads WHERE id = ?1
                   UNION SELECT external_id FROM lead_aliases WHERE kept_id = ?1)"
            ),
            [lead.0],
        )?;
    }
    Ok(())
}

/// The words of the log: the attempts stay as counts.
fn erase_log(connection: &Connection, lead: LeadId, words: &[String]) -> Result<(), StoreError> {
    let mut subjects: Vec<String> = vec![format!("l:{lead}")];
    let activities: Vec<LeadId> = connection
        .prepare_cached("SELECT id FROM activities WHERE lead_id = ?1")?
        .query_map([lead.0], |row| row.get(0).map(LeadId))?
        .collect::<Result<_, _>>()?;
    subjects.extend(activities.iter().map(|activity| format!("a:{activity}")));
    let subjects = serde_json::to_string(&subjects)?;
    for statement in [
        "DELETE FROM doubts WHERE subject IN (SELECT value FROM json_each(?1))",
        "UPDATE calls SET subjects = (SELECT json_group_array(s.value) FROM json_each(calls.subjects) s WHERE s.value NOT IN (SELECT value FROM json_each(?1)))
         WHERE EXISTS (SELECT 1 FROM json_each(calls.subjects) s WHERE s.value IN (SELECT value FROM json_each(?1)))",
    ] {
        connection.execute(statement, [&subjects])?;
    }
    for statement in [
        "UPDATE attempt_phases SET request = NULL, response = NULL, note = NULL, remote_id = NULL
         WHERE attempt_id IN (SELECT id FROM attempts WHERE lead_id = ?1)",
        "UPDATE attempts SET message = NULL WHERE lead_id = ?1",
    ] {
        connection.execute(statement, [lead.0])?;
    }
    for word in words {
        // A cause is told in the words of one of its leads; a command is kept as it was typed.
        connection.execute(
            "UPDATE causes SET value = iif(instr(lower(value), lower(?1)), ?2, value), message = iif(instr(lower(message), lower(?1)), ?2, message)
             WHERE instr(lower(message), lower(?1)) OR instr(lower(value), lower(?1))",
            [word.as_str(), GONE],
        )?;
        connection.execute(
            "UPDATE sync_records SET message = ?2 WHERE instr(lower(message), lower(?1))",
            [word.as_str(), GONE],
        )?;
        connection.execute(
            "UPDATE runs SET command = iif(instr(command, ?1), replace(command, ?1, ?2), ?2) WHERE instr(lower(command), lower(?1))",
            [word.as_str(), GONE],
        )?;
    }
    Ok(())
}

/// A tombstone is counted where it was if it is there at the vendor; else it is held for good.
fn hold_back(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let events = enroll::events_of(connection, lead)?;
    let held = suppressed_slot();
    for (account, slot) in enroll::slots(connection, lead)? {
        if slot.state != State::Cleared.name() {
            enroll::move_slot(connection, account, lead, &held, now)?;
            deltas.shift(account, &events, &slot, &held);
        }
        connection
            .prepare_cached("UPDATE sync_records SET payload_hash = NULL, message = NULL WHERE account_id = ?1 AND lead_id = ?2")?
            .execute((account.0, lead.0))?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "erasure_tests.rs"]
mod tests;
