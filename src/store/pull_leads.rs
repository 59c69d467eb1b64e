//! One lead of a source, taken in by the rules of capture (decisions.md 11), with three differences to a row of a file: the
//! source tells how the lead stands now, so that only what it said last counts; its answers are told apart by its own ids;
//! and what it captured before it was connected waits (product.md, Appendix B 15).

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::capture_row::{CaptureRow, Channel, Met, hash};
use super::captures::{Capturer, Change, is_news, set};
use super::connection::micros;
use super::lead_row::{Columns, LeadRow, json_object};
use super::pull_answers::{self, Answers};
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
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// `None`: it was removed here, and stays so.
    pub(super) change: Option<Change>,
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
    let change = match capturer.person(&row, &columns)? {
        Some(id) => Some(update(
            capturer,
            id,
            lead,
            &row,
            &statement,
            answers.as_ref(),
        )?),
        None if was_removed(capturer, lead)? => None,
        None => Some(create(
            capturer,
            lead,
            &row,
            &columns,
            &statement,
            answers.as_ref(),
            terms,
        )?),
    };
    if change.is_some() {
        note_activities(capturer, lead)?;
    }
    Ok(Taken {
        change,
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

/// Everything the source says of a lead, as pairs, and its hash.
struct Statement {
    pairs: Vec<(String, String)>,
    hash: Vec<u8>,
}

impl Statement {
    fn of(row: &CaptureRow<'_>, answers: Option<&Answers>) -> Self {
        let scans = row.scans.map(|scans| scans.to_string()).unwrap_or_default();
        let mut pairs: Vec<(String, String)> = row
            .content(&scans)
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .chain(answers.map(Answers::content).unwrap_or_default())
            .collect();
        pairs.sort_unstable();
        // No row of a file hashes to the same: what it said is not what the source says.
        let mut hashed: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        hashed.push(("channel", Channel::Mobly.name()));
        let hash = hash(&hashed).to_vec();
        Self { pairs, hash }
    }

    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
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
    if !says_the_same(capturer, id, statement)? {
        changed |= restate(capturer, &mut known, row, statement, answers)?;
    }
    if known.external_id.is_none() {
        capturer.adopt(id, Channel::Mobly, &lead.id)?;
        known.external_id = Some(lead.id.clone());
    }
    hint(capturer, id, lead)?;
    let met = lead.captured_at.unwrap_or(capturer.now);
    changed |= join(capturer, &lead.id, id, met)?;
    // One that was here before is not kept waiting for the source.
    let ready = !lead.enriching && known.readiness == Readiness::Enriching;
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

/// Whether the source says what it said last.
fn says_the_same(
    capturer: &Capturer<'_>,
    id: LeadId,
    statement: &Statement,
) -> Result<bool, StoreError> {
    let last: Option<Vec<u8>> = capturer
        .connection
        .prepare_cached("SELECT row_hash FROM captures WHERE lead_id = ?1 AND channel = ?2 ORDER BY id DESC LIMIT 1")?
        .query_row(params![id.0, Channel::Mobly.name()], |row| row.get(0))
        .optional()?;
    Ok(last.as_deref() == Some(statement.hash.as_slice()))
}

/// Takes over what the source says otherwise than before. What it does not tell any more stays: only answers are taken back.
fn restate(
    capturer: &mut Capturer<'_>,
    known: &mut LeadRow,
    row: &CaptureRow<'_>,
    statement: &Statement,
    answers: Option<&Answers>,
) -> Result<bool, StoreError> {
    let mut said = capturer.said_before(known.id, Channel::Mobly)?;
    let news: Vec<(&str, &str)> = statement
        .pairs()
        .filter(|(key, value)| said.get(*key).map(String::as_str) != Some(*value))
        .collect();
    let mut changed = false;
    for (key, value) in row.fields.iter().filter(|(key, _)| is_news(&news, key)) {
        changed |= set(&mut known.fields, key, value);
    }
    if let Some(scans) = row.scans.filter(|_| is_news(&news, "numberOfScans"))
        && known.scans != scans
    {
        known.scans = scans;
        changed = true;
    }
    if let Some(met) = row.met.filter(|_| is_news(&news, "capturedAt"))
        && micros(met.at) > known.captured_at
    {
        known.captured_at = micros(met.at);
        changed = true;
    }
    if let Some(answers) = answers {
        changed |= answers.restate(capturer.connection, known.id, &mut said)?;
    }
    said.extend(
        statement
            .pairs()
            .map(|(key, value)| (key.to_owned(), value.to_owned())),
    );
    let said = json_object(
        said.iter()
            .map(|(key, value)| (key.as_str(), value.as_str())),
    )?;
    // Only the last word counts; the others would grow with every scan.
    capturer
        .connection
        .prepare_cached("DELETE FROM captures WHERE lead_id = ?1 AND channel = ?2")?
        .execute(params![known.id.0, Channel::Mobly.name()])?;
    capturer.remember(known.id, row, &said, &statement.hash)?;
    Ok(changed)
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
