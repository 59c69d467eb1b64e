//! One lead of a source, taken in by the rules of capture (decisions.md 11), with three differences to a row of a file: the
//! source tells how the lead stands now, so that only what it said last counts; its answers are told apart by its own ids;
//! and what it captured before it was connected waits (product.md, Appendix B 15).

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::capture_row::{CaptureRow, Channel, Met};
use super::captures::{Capturer, Change};
use super::connection::micros;
use super::lead_row::{Columns, LeadRow, json_object};
use super::pull_answers::{self, Answers};
use super::pull_words::{Statement, restate, says_the_same};
use super::suppressions::{Traces, erased};
use super::{StoreError, enroll};
use crate::domain::ids::{EventId, LeadId};
use crate::domain::lead::Readiness;
use crate::domain::sync_state::hold;

/// A lead as its source tells it now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PulledLead {
    /// The source's id.
    pub id: String,
    /// When it was captured.
    pub captured_at: Option<Timestamp>,
    /// Whether the source is still filling it in.
    pub enriching: bool,
    /// Fields by key; values trimmed and never empty.
    pub fields: BTreeMap<String, String>,
    /// The number of scans.
    pub scans: Option<u32>,
    /// Its answers, by the source's ids of the options; `None`: nothing was told of them.
    pub answers: Option<Vec<String>>,
    /// Its activities, by the source's ids.
    pub activities: Vec<String>,
    /// Its ids in other systems: the vendor, by our word where it is one of ours, and the id.
    pub remote_ids: Vec<(String, String)>,
}

/// On what terms leads are taken in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// New leads captured before this moment (microseconds) wait as `BEFORE_CONNECT`.
    pub(super) due_since: i64,
}

/// What became of a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It is here.
    Here(Change),
    /// It was removed here, and stays so until it is scanned again.
    Removed,
    /// The person was erased here, and stays so.
    Erased,
}

/// What became of a lead, and of its answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// The lead.
    pub(super) end: End,
    /// Answers to qualifiers the source does not list.
    pub(super) unknown_answers: u64,
}

/// Takes in one lead.
pub(super) fn take(
    capturer: &mut Capturer<'_>,
    lead: &PulledLead,
    terms: &Terms,
) -> Result<Taken, StoreError> {
    let answers = match &lead.answers {
        Some(options) => Some(pull_answers::of_options(capturer.connection, options)?),
        None => None,
    };
    let unknown_answers = answers.as_ref().map_or(0, |answers| answers.unknown);
    let said = lead.captured_at.map(|at| at.to_string());
    let row = row(lead, said.as_deref());
    let statement = Statement::of(&row, answers.as_ref());
    let columns = Columns::of(row.fields.iter().map(|(key, value)| (*key, value.as_ref())))?;
    let traces = Traces {
        email_key: columns.email_key.as_deref(),
        person_key: columns.person_key.as_deref(),
        external_id: row.external_id,
    };
    if erased(capturer.connection, traces)?.is_some() {
        return Ok(Taken {
            end: End::Erased,
            unknown_answers: 0,
        });
    }
    let end = match capturer.person(&row, &columns)? {
        Some(id) => End::Here(update(
            capturer,
            id,
            lead,
            &row,
            &statement,
            answers.as_ref(),
        )?),
        None if was_removed(capturer, lead)? => End::Removed,
        None => End::Here(create(
            capturer,
            lead,
            &row,
            &columns,
            &statement,
            answers.as_ref(),
            terms,
        )?),
    };
    if matches!(end, End::Here(_)) {
        note_activities(capturer, lead)?;
    }
    Ok(Taken {
        end,
        unknown_answers,
    })
}

fn row<'a>(lead: &'a PulledLead, said: Option<&'a str>) -> CaptureRow<'a> {
    CaptureRow {
        channel: Channel::Mobly,
        event: None,
        external_id: Some(&lead.id),
        fields: lead
            .fields
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str().into()))
            .collect(),
        answers: Vec::new(),
        scans: lead.scans,
        met: lead
            .captured_at
            .zip(said)
            .map(|(at, said)| Met { at, said }),
    }
}

/// Whether a person removed it here, and the source tells of no scan since.
fn was_removed(capturer: &Capturer<'_>, lead: &PulledLead) -> Result<bool, StoreError> {
    let scans: Option<u32> = capturer
        .connection
        .prepare_cached("SELECT scans FROM source_removed WHERE lead = ?1")?
        .query_row([&lead.id], |row| row.get(0))
        .optional()?;
    let Some(scans) = scans else {
        return Ok(false);
    };
    if lead.scans.is_none_or(|now| now <= scans) {
        return Ok(true);
    }
    capturer
        .connection
        .execute("DELETE FROM source_removed WHERE lead = ?1", [&lead.id])?;
    Ok(false)
}

#[allow(clippy::too_many_arguments)] // one lead in all its forms
fn create(
    capturer: &mut Capturer<'_>,
    lead: &PulledLead,
    row: &CaptureRow<'_>,
    columns: &Columns<'_>,
    statement: &Statement,
    answers: Option<&Answers>,
    terms: &Terms,
) -> Result<Change, StoreError> {
    let captured = lead.captured_at.unwrap_or(capturer.now);
    let id = columns.insert(
        capturer.connection,
        Channel::Mobly.source(),
        row.external_id,
        lead.scans.unwrap_or(1),
        micros(captured),
        capturer.now,
    )?;
    if lead.enriching {
        set_readiness(capturer, id, Readiness::Enriching)?;
    }
    if let Some(answers) = answers {
        answers.give(capturer.connection, id)?;
    }
    let events = members(capturer, &lead.id)?;
    for (event, registered, checked_in) in &events {
        enroll::add_to_event(capturer.connection, *event, id, captured)?;
        mark(capturer, *event, id, *registered, *checked_in)?;
    }
    capturer.remember(id, row, &json_object(statement.pairs())?, &statement.hash)?;
    hint(capturer, id, lead)?;
    let events: Vec<EventId> = events.into_iter().map(|(event, ..)| event).collect();
    let reason = if micros(captured) < terms.due_since {
        hold::BEFORE_CONNECT
    } else {
        hold::NONE
    };
    enroll::enroll_waiting(
        capturer.connection,
        &mut capturer.deltas,
        &capturer.accounts,
        id,
        &events,
        reason,
        capturer.now,
    )?;
    Ok(Change::Created)
}

fn update(
    capturer: &mut Capturer<'_>,
    id: LeadId,
    lead: &PulledLead,
    row: &CaptureRow<'_>,
    statement: &Statement,
    answers: Option<&Answers>,
) -> Result<Change, StoreError> {
    let mut known = LeadRow::load(capturer.connection, id)?
        .ok_or_else(|| StoreError::Unexpected(format!("lead {id} vanished")))?;
    let mut changed = false;
    if known.external_id.is_none() {
        capturer.adopt(id, Channel::Mobly, &lead.id)?;
        known.external_id = Some(lead.id.clone());
    }
    // Of two that were merged here the source goes on telling apart: the kept one's word wins, the other's fills gaps.
    let is_its_own = known.external_id.as_deref() == Some(lead.id.as_str());
    if !says_the_same(capturer, id, lead, statement)? {
        changed |= restate(
            capturer, &mut known, lead, row, statement, answers, is_its_own,
        )?;
    }
    if is_its_own {
        hint(capturer, id, lead)?;
    }
    let met = lead.captured_at.unwrap_or(capturer.now);
    changed |= join(capturer, &lead.id, id, met)?;
    // One that was here before is not kept waiting for the source.
    let ready = is_its_own && !lead.enriching && known.readiness == Readiness::Enriching;
    if ready {
        set_readiness(capturer, id, Readiness::Ready)?;
    }
    if changed {
        known.save(capturer.connection, capturer.now)?;
        enroll::requeue(capturer.connection, &mut capturer.deltas, id, capturer.now)?;
    }
    Ok(if changed || ready {
        Change::Updated
    } else {
        Change::Unchanged
    })
}

/// The events the source has a lead in, with whether it was announced and came.
fn members(
    capturer: &Capturer<'_>,
    source_id: &str,
) -> Result<Vec<(EventId, bool, bool)>, StoreError> {
    let mut statement = capturer.connection.prepare_cached(
        "SELECT event_id, registered, checked_in FROM source_members WHERE lead = ?1 ORDER BY event_id",
    )?;
    let rows = statement.query_map([source_id], |row| {
        Ok((EventId(row.get(0)?), row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lets a known lead join the events its source has it in; true when one is new. One it was taken out of there stays.
pub(super) fn join(
    capturer: &mut Capturer<'_>,
    source_id: &str,
    lead: LeadId,
    met: Timestamp,
) -> Result<bool, StoreError> {
    let mut joined = false;
    for (event, registered, checked_in) in members(capturer, source_id)? {
        joined |= enroll::join_event(capturer.connection, &mut capturer.deltas, event, lead, met)?;
        mark(capturer, event, lead, registered, checked_in)?;
    }
    Ok(joined)
}

fn mark(
    capturer: &Capturer<'_>,
    event: EventId,
    lead: LeadId,
    registered: bool,
    checked_in: bool,
) -> Result<(), StoreError> {
    capturer
        .connection
        .prepare_cached(
            "UPDATE event_leads SET registered = ?3, checked_in = ?4
             WHERE event_id = ?1 AND lead_id = ?2 AND (registered IS NOT ?3 OR checked_in IS NOT ?4)",
        )?
        .execute(params![event.0, lead.0, registered, checked_in])?;
    Ok(())
}

fn set_readiness(
    capturer: &Capturer<'_>,
    lead: LeadId,
    readiness: Readiness,
) -> Result<(), StoreError> {
    capturer
        .connection
        .prepare_cached("UPDATE leads SET readiness = ?2, updated_at = ?3 WHERE id = ?1")?
        .execute(params![lead.0, readiness.name(), micros(capturer.now)])?;
    Ok(())
}

/// Keeps the ids the lead has elsewhere by its source's word; those it does not name any more go.
fn hint(capturer: &Capturer<'_>, id: LeadId, lead: &PulledLead) -> Result<(), StoreError> {
    let systems: Vec<&str> = lead
        .remote_ids
        .iter()
        .map(|(system, _)| system.as_str())
        .collect();
    capturer
        .connection
        .prepare_cached(
            "DELETE FROM remote_hints WHERE lead_id = ?1 AND vendor NOT IN (SELECT value FROM json_each(?2))",
        )?
        .execute(params![id.0, serde_json::to_string(&systems)?])?;
    let mut statement = capturer.connection.prepare_cached(
        "INSERT INTO remote_hints (lead_id, vendor, remote_id) VALUES (?1, ?2, ?3)
         ON CONFLICT (lead_id, vendor) DO UPDATE SET remote_id = excluded.remote_id",
    )?;
    for (system, remote_id) in &lead.remote_ids {
        statement.execute(params![id.0, system, remote_id])?;
    }
    Ok(())
}

/// Remembers which activities there are to ask for.
fn note_activities(capturer: &Capturer<'_>, lead: &PulledLead) -> Result<(), StoreError> {
    let mut statement = capturer.connection.prepare_cached(
        "INSERT OR IGNORE INTO source_activities (lead, activity) VALUES (?1, ?2)",
    )?;
    for activity in &lead.activities {
        statement.execute(params![lead.id, activity])?;
    }
    Ok(())
}
