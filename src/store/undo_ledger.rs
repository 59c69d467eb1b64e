//! What an undo brings home, in the transaction of the answer: records gone or made again, leads held or let go.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::connection::micros;
use super::counters::{Deltas, Slot};
use super::enroll;
use super::ledger::{self, Commit, RunFrame};
use super::record_changes::ChangeKind;
use super::undo::UndoneRun;
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, LeadId};
use crate::domain::run::{AttemptStatus, PhaseEntry};
use crate::domain::sync_state::{State, hold};

/// What one answer to an undo brought, beside what every answer may bring.
#[derive(Debug, Default)]
pub struct UndoCommit {
    /// What is as if it had never been done: object, record, kind.
    pub done: Vec<(String, String, ChangeKind)>,
    /// Records that are gone: object, record.
    pub gone: Vec<(String, String)>,
    /// Companies whose fields were put back.
    pub put_back: Vec<String>,
    /// Records made again: object, the old id, the new one.
    pub remade: Vec<(String, String, String)>,
    /// Memberships that ended: the vendor's campaign, the person.
    pub left: Vec<(String, String)>,
    /// Activities that are gone, by their marker.
    pub recalled: Vec<String>,
    /// Leads of whom something was taken back (or done again), with the step of the log.
    pub leads: Vec<(LeadId, PhaseEntry)>,
}

impl Store {
    /// Writes what an answer to an undo brought, in one transaction.
    ///
    /// # Errors
    /// As every statement; then nothing of it is written.
    pub fn commit_undo(
        &mut self,
        frame: &RunFrame,
        of: &UndoneRun,
        commit: &Commit,
        undo: &UndoCommit,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        let account = frame.account;
        for (object, id) in &undo.gone {
            forget_record(&transaction, frame, object, id)?;
        }
        for (object, old, new) in &undo.remade {
            relink(&transaction, frame, of, (object, old, new), now)?;
        }
        for id in &undo.put_back {
            // What was last sent is not what it holds: the next lead of the company is compared with it again.
            transaction
                .prepare_cached(
                    "UPDATE remote_companies SET payload_hash = NULL WHERE account_id = ?1 AND remote_id = ?2",
                )?
                .execute(params![account.0, id])?;
        }
        for (campaign, person) in &undo.left {
            transaction
                .prepare_cached(
                    "DELETE FROM memberships WHERE person_id = ?3
                       AND campaign_id IN (SELECT id FROM campaigns WHERE account_id = ?1 AND remote_id = ?2)",
                )?
                .execute(params![account.0, campaign, person])?;
        }
        for marker in &undo.recalled {
            transaction
                .prepare_cached(
                    "DELETE FROM activity_links WHERE account_id = ?1
                       AND activity_id = (SELECT id FROM activities WHERE marker = ?2)",
                )?
                .execute(params![account.0, marker])?;
        }
        ledger::write(&transaction, frame, commit, now)?;
        for (object, id, kind) in &undo.done {
            transaction
                .prepare_cached(
                    "UPDATE record_changes SET undone_by = ?1 WHERE run_id = ?2 AND object = ?3 AND remote_id = ?4 AND kind = ?5",
                )?
                .execute(params![frame.run.0, of.run.0, object, id, kind.name()])?;
            if let Some(first) = of.undoes {
                // Done again: what the run before the undo did stands as it did.
                transaction
                    .prepare_cached(
                        "UPDATE record_changes SET undone_by = NULL WHERE run_id = ?1 AND undone_by = ?2 AND object = ?3 AND remote_id = ?4",
                    )?
                    .execute(params![first.0, of.run.0, object, id])?;
            }
        }
        let mut deltas = Deltas::default();
        for (lead, phase) in &undo.leads {
            move_lead(&transaction, frame, of, *lead, phase, &mut deltas, now)?;
        }
        deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(())
    }
}

/// A record is gone: nobody is linked to it any more, but who was is remembered.
fn forget_record(
    connection: &Connection,
    frame: &RunFrame,
    object: &str,
    id: &str,
) -> Result<(), StoreError> {
    let (run, account) = (frame.run.0, frame.account.0);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO undone_links (run_id, account_id, lead_id, object, role, remote_id)
             SELECT ?1, account_id, lead_id, object, role, remote_id FROM remote_links
             WHERE account_id = ?2 AND object = ?3 AND remote_id = ?4",
        )?
        .execute(params![run, account, object, id])?;
    connection
        .prepare_cached(
            "DELETE FROM remote_links WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3",
        )?
        .execute(params![account, object, id])?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO undone_companies (run_id, account_id, company_key, remote_id)
             SELECT ?1, account_id, company_key, remote_id FROM remote_companies WHERE account_id = ?2 AND remote_id = ?3
               AND EXISTS (SELECT 1 FROM undone_links WHERE run_id = ?1 AND object = ?4 AND remote_id = ?3 AND role = 'company')",
        )?
        .execute(params![run, account, id, object])?;
    connection
        .prepare_cached(
            "DELETE FROM remote_companies WHERE account_id = ?1 AND remote_id = ?2
               AND EXISTS (SELECT 1 FROM undone_companies c WHERE c.run_id = ?3 AND c.remote_id = ?2)",
        )?
        .execute(params![account, id, run])?;
    connection
        .prepare_cached(
            "DELETE FROM memberships WHERE object = ?2 AND person_id = ?3
               AND campaign_id IN (SELECT id FROM campaigns WHERE account_id = ?1)",
        )?
        .execute(params![account, object, id])?;
    Ok(())
}

/// A record was made again under another id: everything we know of the old one is the new one's.
fn relink(
    connection: &Connection,
    frame: &RunFrame,
    of: &UndoneRun,
    (object, old, new): (&str, &str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let account = frame.account.0;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO remade_records (account_id, object, old_id, new_id) SELECT ?1, ?2, ?3, ?4 WHERE ?3 <> ?4",
        )?
        .execute(params![account, object, old, new])?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO remote_links (account_id, lead_id, object, role, remote_id, created_by_us, linked_at)
             SELECT account_id, lead_id, object, role, ?4, 1, ?5 FROM undone_links WHERE run_id = ?1 AND object = ?2 AND remote_id = ?3",
        )?
        .execute(params![of.run.0, object, old, new, micros(now)])?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO remote_companies (account_id, company_key, remote_id, created_by_us, at)
             SELECT account_id, company_key, ?3, 1, ?4 FROM undone_companies WHERE run_id = ?1 AND remote_id = ?2",
        )?
        .execute(params![of.run.0, old, new, micros(now)])?;
    // The removal itself keeps the old id: it is what is marked as done again.
    connection
        .prepare_cached(
            "UPDATE OR REPLACE record_changes SET remote_id = ?4 WHERE account_id = ?1 AND object = ?2 AND remote_id = ?3
               AND kind IN ('created', 'updated', 'linked')",
        )?
        .execute(params![account, object, old, new])?;
    connection
        .prepare_cached(
            "UPDATE OR REPLACE record_changes SET remote_id = json_extract(after, '$.campaign') || '/' || ?3,
               after = json_set(after, '$.person', ?3)
             WHERE account_id = ?1 AND kind = 'joined' AND json_extract(after, '$.person') = ?2",
        )?
        .execute(params![account, old, new])?;
    if let Some(first) = of.undoes {
        connection
            .prepare_cached(
                "UPDATE record_changes SET undone_by = NULL WHERE run_id = ?1 AND undone_by = ?2 AND object = ?3 AND remote_id = ?4
                   AND kind = 'created'",
            )?
            .execute(params![first.0, of.run.0, object, new])?;
    }
    Ok(())
}

/// Writes a step of the undo into the lead's log, and moves the lead with the first one.
fn move_lead(
    connection: &Connection,
    frame: &RunFrame,
    of: &UndoneRun,
    lead: LeadId,
    phase: &PhaseEntry,
    deltas: &mut Deltas,
    now: Timestamp,
) -> Result<(), StoreError> {
    let slots = enroll::slots(connection, lead)?;
    let Some((_, slot)) = slots.into_iter().find(|(of, _)| *of == frame.account) else {
        // Removed meanwhile.
        return Ok(());
    };
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM attempts WHERE run_id = ?1 AND lead_id = ?2")?
        .query_row([frame.run.0, lead.0], |row| row.get(0))
        .optional()?;
    let attempt = match known {
        Some(attempt) => attempt,
        None => {
            let attempt = log(connection, frame, of, lead, now)?;
            let to = match of.holds {
                true => hold_lead(connection, frame, lead, attempt, now)?,
                false => let_go(connection, frame.account, of, lead, attempt, now)?,
            };
            if let Some(to) = to {
                let events = enroll::events_of(connection, lead)?;
                deltas.shift(frame.account, &events, &slot, &to);
            }
            attempt
        }
    };
    connection
        .prepare_cached(
            "INSERT INTO attempt_phases (attempt_id, seq, name, action, object, remote_id, ok, request, response, note)
             VALUES (?1, (SELECT count(*) FROM attempt_phases WHERE attempt_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            attempt,
            phase.name.name(),
            phase.action.map(crate::domain::run::PhaseAction::name),
            phase.object,
            phase.remote_id,
            phase.ok,
            phase.request.as_ref().map(serde_json::to_string).transpose()?,
            phase.response.as_ref().map(serde_json::to_string).transpose()?,
            phase.note
        ])?;
    Ok(())
}

fn log(
    connection: &Connection,
    frame: &RunFrame,
    of: &UndoneRun,
    lead: LeadId,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let message = match of.holds {
        true => format!("run {} was undone", of.run),
        false => format!("the undo of run {} was undone", of.undoes.unwrap_or(of.run)),
    };
    connection
        .prepare_cached(
            "INSERT INTO attempts (account_id, lead_id, run_id, event_id, trigger, started_at, finished_at, status, message, lead_revision, integration_revision)
             SELECT ?1, ?2, ?3, (SELECT event_id FROM event_leads WHERE lead_id = ?2 ORDER BY joined_at DESC, event_id DESC LIMIT 1),
               ?4, ?5, ?5, ?6, ?7, revision, ?8 FROM leads WHERE id = ?2",
        )?
        .execute(params![
            frame.account.0,
            lead.0,
            frame.run.0,
            frame.trigger.name(),
            micros(now),
            AttemptStatus::Cleared.name(),
            message,
            frame.integration_revision
        ])?;
    Ok(connection.last_insert_rowid())
}

fn hold_lead(
    connection: &Connection,
    frame: &RunFrame,
    lead: LeadId,
    attempt: i64,
    now: Timestamp,
) -> Result<Option<Slot>, StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO undone_leads (run_id, account_id, lead_id, state, hold, category, message, failed_phase, landed, cause,
               ignored_at, ignored_reason, cleared_revision, payload_hash)
             SELECT ?1, account_id, lead_id, state, hold, category, message, failed_phase, landed, cause, ignored_at, ignored_reason,
               cleared_revision, payload_hash FROM sync_records WHERE account_id = ?2 AND lead_id = ?3",
        )?
        .execute(params![frame.run.0, frame.account.0, lead.0])?;
    connection
        .prepare_cached(
            "UPDATE sync_records SET state = ?3, hold = ?4, category = '', message = NULL, failed_phase = NULL, landed = 0, cause = NULL,
               ignored_at = NULL, ignored_reason = NULL, claim_id = NULL, not_before = NULL, payload_hash = NULL, interruptions = 0,
               interrupted_since = NULL, attempts = attempts + 1, last_attempt = ?5, attempted_at = ?6, changed_at = ?6
             WHERE account_id = ?1 AND lead_id = ?2",
        )?
        .execute(params![
            frame.account.0,
            lead.0,
            State::Held.name(),
            hold::UNDONE,
            attempt,
            micros(now)
        ])?;
    Ok(Some(Slot {
        state: State::Held.name().to_owned(),
        detail: hold::UNDONE.to_owned(),
        ignored: false,
        landed: false,
    }))
}

/// Back to where the lead was before the undo held it; one that somebody has released since stays where it is.
fn let_go(
    connection: &Connection,
    account: AccountId,
    of: &UndoneRun,
    lead: LeadId,
    attempt: i64,
    now: Timestamp,
) -> Result<Option<Slot>, StoreError> {
    // An edit since then keeps it due: what is there again is not what it holds now.
    let moved = connection
        .prepare_cached(
            "UPDATE sync_records SET
               (state, hold, category, message, failed_phase, landed, cause, ignored_at, ignored_reason, cleared_revision, payload_hash) =
               (SELECT CASE WHEN u.state = 'cleared' AND l.revision > ifnull(u.cleared_revision, 0) THEN 'waiting' ELSE u.state END,
                  u.hold, u.category, u.message, u.failed_phase, u.landed, u.cause, u.ignored_at, u.ignored_reason, u.cleared_revision, u.payload_hash
                FROM undone_leads u JOIN leads l ON l.id = u.lead_id WHERE u.run_id = ?3 AND u.lead_id = ?2),
               claim_id = NULL, attempts = attempts + 1, last_attempt = ?4, attempted_at = ?5, changed_at = ?5
             WHERE account_id = ?1 AND lead_id = ?2 AND state = 'held' AND hold = ?6
               AND EXISTS (SELECT 1 FROM undone_leads u WHERE u.run_id = ?3 AND u.lead_id = ?2)",
        )?
        .execute(params![
            account.0,
            lead.0,
            of.run.0,
            attempt,
            micros(now),
            hold::UNDONE
        ])?;
    if moved == 0 {
        return Ok(None);
    }
    let slots = enroll::slots(connection, lead)?;
    Ok(slots
        .into_iter()
        .find(|(of, _)| *of == account)
        .map(|(_, slot)| slot))
}
