//! The end of a lead's attempt in the file: its place in the queue, its attempt, its cause.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::connection::{micros, timestamp};
use super::counters::{Deltas, Slot};
use super::ledger::{AttemptEnd, LeadOutcome, RunFrame};
use super::screening::screen;
use super::{StoreError, enroll, write_backs};
use crate::domain::failure::{Failure, Phase};
use crate::domain::ids::{AccountId, EventId, LeadId};
use crate::domain::run::AttemptStatus;
use crate::domain::sync_state::{State, hold};

/// So many requests without a verdict in a row, over at least [`INTERRUPTION_SPAN`], and a lead is Failed after all
/// (decisions.md 5).
const INTERRUPTION_LIMIT: u32 = 5;
const INTERRUPTION_SPAN: SignedDuration = SignedDuration::from_hours(1);

/// A lead's row as it is now.
struct Row {
    slot: Slot,
    hold: String,
    interruptions: u32,
    interrupted_since: Option<i64>,
    revision: i64,
    ignored_at: Option<i64>,
}

/// Moves a lead to where its attempt ended.
pub(super) fn settle_lead(
    connection: &Connection,
    frame: &RunFrame,
    outcome: &LeadOutcome,
    deltas: &mut Deltas,
    now: Timestamp,
) -> Result<(), StoreError> {
    // A lead removed while it was in flight has no row any more: what landed stays in record_changes.
    let Some(row) = read_row(connection, frame.account, outcome.lead)? else {
        return Ok(());
    };
    let habitual = habitual_interruption(outcome, &row, now);
    let end = habitual.as_ref().unwrap_or(&outcome.end);
    let attempt = log_attempt(connection, frame, outcome, end, now)?;
    let mut to = write_row(connection, frame, outcome, end, &row, attempt, now)?;
    if matches!(end, AttemptEnd::Cleared { .. } | AttemptEnd::NothingToDo) {
        write_backs::enqueue(connection, frame.account, outcome.lead, now)?;
    }
    if row.slot.state == State::Held.name() && row.hold == hold::SUPPRESSED {
        // Suppressed while it was in flight: it is there, and nothing of it leaves again.
        to = row.slot.clone();
        enroll::move_slot(connection, frame.account, outcome.lead, &to, now)?;
    }
    let waits = to.state == State::Waiting.name();
    if to != row.slot {
        let mut statement =
            connection.prepare_cached("SELECT event_id FROM event_leads WHERE lead_id = ?1")?;
        let events: Vec<EventId> = statement
            .query_map([outcome.lead.0], |row| row.get(0).map(EventId))?
            .collect::<Result<_, _>>()?;
        deltas.shift(frame.account, &events, &row.slot, &to);
    }
    if waits {
        // What it was changed into while it was in flight may lack something.
        screen(connection, deltas, outcome.lead, now)?;
    }
    Ok(())
}

fn read_row(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
) -> Result<Option<Row>, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT r.state, r.hold, r.category, r.landed, r.ignored_at, r.interruptions, r.interrupted_since, l.revision
             FROM sync_records r JOIN leads l ON l.id = r.lead_id WHERE r.account_id = ?1 AND r.lead_id = ?2",
        )?
        .query_row(params![account.0, lead.0], |row| {
            let state: String = row.get(0)?;
            let (hold, category): (String, String) = (row.get(1)?, row.get(2)?);
            let ignored_at: Option<i64> = row.get(4)?;
            let detail = if state == "failed" { category } else { hold.clone() };
            Ok(Row {
                slot: Slot { state, detail, ignored: ignored_at.is_some(), landed: row.get(3)? },
                hold,
                interruptions: row.get(5)?,
                interrupted_since: row.get(6)?,
                revision: row.get(7)?,
                ignored_at,
            })
        })
        .optional()?;
    Ok(row)
}

/// Interrupted too often for too long: no longer nobody's fault.
fn habitual_interruption(outcome: &LeadOutcome, row: &Row, now: Timestamp) -> Option<AttemptEnd> {
    let AttemptEnd::Interrupted {
        category, message, ..
    } = &outcome.end
    else {
        return None;
    };
    let since = timestamp(row.interrupted_since?);
    let long = now.duration_since(since) >= INTERRUPTION_SPAN;
    (row.interruptions + 1 >= INTERRUPTION_LIMIT && long).then(|| AttemptEnd::Failed {
        failure: Failure::new(
            *category,
            format!(
                "{message}; interrupted {} times in a row",
                row.interruptions + 1
            ),
        ),
        phase: Phase::Person,
        landed: row.slot.landed,
    })
}

/// The attempt's row and its steps; none where nothing was done.
fn log_attempt(
    connection: &Connection,
    frame: &RunFrame,
    outcome: &LeadOutcome,
    end: &AttemptEnd,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let (status, result, category, message) = match end {
        AttemptEnd::NothingToDo | AttemptEnd::LeftToTheCrm => return Ok(None),
        AttemptEnd::Cleared { result, .. } => {
            (AttemptStatus::Cleared, Some(result.name()), None, None)
        }
        AttemptEnd::Failed { failure, .. } => (
            AttemptStatus::Failed,
            None,
            Some(failure.category.code()),
            Some(failure.message.as_str()),
        ),
        AttemptEnd::Interrupted {
            category, message, ..
        } => (
            AttemptStatus::Interrupted,
            None,
            Some(category.code()),
            Some(message.as_str()),
        ),
    };
    connection
        .prepare_cached(
            "INSERT INTO attempts (account_id, lead_id, run_id, event_id, trigger, started_at, finished_at, status, result, category, message,
               lead_revision, integration_revision)
             VALUES (?1, ?2, ?3, coalesce(?4, (SELECT event_id FROM event_leads WHERE lead_id = ?2 ORDER BY joined_at DESC, event_id DESC LIMIT 1)),
               ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            frame.account.0,
            outcome.lead.0,
            frame.run.0,
            frame.event.map(|event| event.0),
            frame.trigger.name(),
            micros(outcome.started),
            micros(now),
            status.name(),
            result,
            category,
            message,
            outcome.revision,
            frame.integration_revision
        ])?;
    let attempt = connection.last_insert_rowid();
    let mut statement = connection.prepare_cached(
        "INSERT INTO attempt_phases (attempt_id, seq, name, action, object, remote_id, ok, request, response, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (seq, phase) in outcome.phases.iter().enumerate() {
        statement.execute(params![
            attempt,
            i64::try_from(seq).unwrap_or(0),
            phase.name.name(),
            phase.action.map(crate::domain::run::PhaseAction::name),
            phase.object,
            phase.remote_id,
            phase.ok,
            phase
                .request
                .as_ref()
                .map(serde_json::to_string)
                .transpose()?,
            phase
                .response
                .as_ref()
                .map(serde_json::to_string)
                .transpose()?,
            phase.note
        ])?;
    }
    Ok(Some(attempt))
}

/// Moves the lead's row and frees it; returns where it is counted now.
fn write_row(
    connection: &Connection,
    frame: &RunFrame,
    outcome: &LeadOutcome,
    end: &AttemptEnd,
    row: &Row,
    attempt: Option<i64>,
    now: Timestamp,
) -> Result<Slot, StoreError> {
    let key = (frame.account.0, outcome.lead.0);
    match end {
        AttemptEnd::Cleared { .. } | AttemptEnd::NothingToDo => {
            // An edit since the lead was read keeps it due: what was sent is not what it holds now.
            let state = if row.revision > outcome.revision {
                "waiting"
            } else {
                "cleared"
            };
            let hash = match end {
                AttemptEnd::Cleared { payload_hash, .. } => Some(payload_hash),
                _ => None,
            };
            connection
                .prepare_cached(
                    "UPDATE sync_records SET state = ?3, hold = '', category = '', message = NULL, failed_phase = NULL, landed = 0, cause = NULL,
                       ignored_at = NULL, ignored_reason = NULL, claim_id = NULL, not_before = NULL, cleared_revision = ?4,
                       payload_hash = coalesce(?5, payload_hash), interruptions = 0, interrupted_since = NULL,
                       attempts = attempts + (?6 IS NOT NULL), last_attempt = coalesce(?6, last_attempt),
                       attempted_at = CASE WHEN ?6 IS NULL THEN attempted_at ELSE ?7 END, changed_at = ?7
                     WHERE account_id = ?1 AND lead_id = ?2",
                )?
                .execute(params![key.0, key.1, state, outcome.revision, hash, attempt, micros(now)])?;
            Ok(Slot {
                state: state.to_owned(),
                detail: String::new(),
                ignored: false,
                landed: false,
            })
        }
        AttemptEnd::LeftToTheCrm => {
            connection
                .prepare_cached(
                    "UPDATE sync_records SET state = 'waiting', hold = ?3, category = '', message = NULL, failed_phase = NULL, landed = 0, cause = NULL,
                       ignored_at = NULL, ignored_reason = NULL, claim_id = NULL, payload_hash = NULL, not_before = NULL, interruptions = 0,
                       interrupted_since = NULL, changed_at = CASE WHEN hold = ?3 THEN changed_at ELSE ?4 END
                     WHERE account_id = ?1 AND lead_id = ?2",
                )?
                .execute(params![key.0, key.1, hold::WAITING_FOR_CRM, micros(now)])?;
            Ok(Slot {
                state: "waiting".to_owned(),
                detail: hold::WAITING_FOR_CRM.to_owned(),
                ignored: false,
                landed: false,
            })
        }
        AttemptEnd::Failed {
            failure,
            phase,
            landed,
        } => {
            let cause = failure.cause_key(*phase);
            save_cause(connection, frame.account, &cause, failure, *phase)?;
            connection
                .prepare_cached(
                    "UPDATE sync_records SET state = 'failed', hold = '', category = ?3, message = ?4, failed_phase = ?5, landed = ?6, cause = ?7,
                       claim_id = NULL, payload_hash = NULL, not_before = NULL, interruptions = 0, interrupted_since = NULL,
                       attempts = attempts + 1, last_attempt = ?8, attempted_at = ?9, changed_at = ?9
                     WHERE account_id = ?1 AND lead_id = ?2",
                )?
                .execute(params![
                    key.0,
                    key.1,
                    failure.category.code(),
                    failure.message,
                    phase.name(),
                    landed,
                    cause.as_slice(),
                    attempt,
                    micros(now)
                ])?;
            let detail = failure.category.code().to_owned();
            Ok(Slot {
                state: "failed".to_owned(),
                detail,
                ignored: row.ignored_at.is_some(),
                landed: *landed,
            })
        }
        AttemptEnd::Interrupted { not_before, .. } => {
            connection
                .prepare_cached(
                    "UPDATE sync_records SET claim_id = NULL, payload_hash = NULL, not_before = ?3, interruptions = interruptions + 1,
                       interrupted_since = coalesce(interrupted_since, ?4), attempts = attempts + 1, last_attempt = ?5, attempted_at = ?4
                     WHERE account_id = ?1 AND lead_id = ?2",
                )?
                .execute(params![key.0, key.1, not_before.map(micros), micros(now), attempt])?;
            debug_assert!(row.slot.state == "failed" || row.slot.detail == row.hold);
            Ok(row.slot.clone())
        }
    }
}

/// What a cause stands for, as one of its leads met it.
fn save_cause(
    connection: &Connection,
    account: AccountId,
    cause: &[u8],
    failure: &Failure,
    phase: Phase,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO causes (account_id, cause, category, phase, object, field, value, message, code)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            account.0,
            cause,
            failure.category.code(),
            phase.name(),
            failure.object,
            failure.field,
            failure.value,
            failure.message,
            failure.code
        ])?;
    Ok(())
}
