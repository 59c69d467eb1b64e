//! What a source said of a lead, and what of it is news. Only news changes anything, so that no correction made here is
//! reverted.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use super::StoreError;
use super::capture_row::{CaptureRow, Channel, hash};
use super::captures::{Capturer, is_news, set};
use super::connection::micros;
use super::lead_row::{LeadRow, json_object};
use super::pull_answers::Answers;
use super::pull_leads::PulledLead;
use crate::domain::ids::LeadId;

/// What the source said of one of its leads: of two that were merged here it says something each.
const ITS_WORD: &str =
    "lead_id = ?1 AND channel = ?2 AND json_extract(content, '$.externalId') = ?3";

/// Everything the source says of a lead, as pairs, and its hash.
pub(super) struct Statement {
    pairs: Vec<(String, String)>,
    /// Tells one statement from another.
    pub(super) hash: Vec<u8>,
}

impl Statement {
    /// What the source says.
    pub(super) fn of(row: &CaptureRow<'_>, answers: Option<&Answers>) -> Self {
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

    /// Key and value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// Whether the source says what it said last.
pub(super) fn says_the_same(
    capturer: &Capturer<'_>,
    id: LeadId,
    lead: &PulledLead,
    statement: &Statement,
) -> Result<bool, StoreError> {
    let last: Option<Vec<u8>> = capturer
        .connection
        .prepare_cached(&format!(
            "SELECT row_hash FROM captures WHERE {ITS_WORD} ORDER BY id DESC LIMIT 1"
        ))?
        .query_row(params![id.0, Channel::Mobly.name(), lead.id], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(last.as_deref() == Some(statement.hash.as_slice()))
}

/// What the source said last of the lead it knows by this id.
fn said_before(
    capturer: &Capturer<'_>,
    id: LeadId,
    lead: &PulledLead,
) -> Result<BTreeMap<String, String>, StoreError> {
    let said: Option<String> = capturer
        .connection
        .prepare_cached(&format!(
            "SELECT content FROM captures WHERE {ITS_WORD} ORDER BY id DESC LIMIT 1"
        ))?
        .query_row(params![id.0, Channel::Mobly.name(), lead.id], |row| {
            row.get(0)
        })
        .optional()?;
    said.map_or_else(
        || Ok(BTreeMap::new()),
        |said| Ok(serde_json::from_str(&said)?),
    )
}

/// Takes over what the source says otherwise than before. What it does not tell any more stays: only answers are taken back.
#[allow(clippy::too_many_arguments)] // one lead in all its forms
pub(super) fn restate(
    capturer: &mut Capturer<'_>,
    known: &mut LeadRow,
    lead: &PulledLead,
    row: &CaptureRow<'_>,
    statement: &Statement,
    answers: Option<&Answers>,
    is_its_own: bool,
) -> Result<bool, StoreError> {
    let mut said = said_before(capturer, known.id, lead)?;
    let news: Vec<(&str, &str)> = statement
        .pairs()
        .filter(|(key, value)| said.get(*key).map(String::as_str) != Some(*value))
        .collect();
    let mut changed = false;
    for (key, value) in row.fields.iter().filter(|(key, _)| is_news(&news, key)) {
        if is_its_own || !known.fields.contains_key(*key) {
            changed |= set(&mut known.fields, key, value);
        }
    }
    if let Some(scans) = row.scans.filter(|_| is_news(&news, "numberOfScans")) {
        let before = said.get("numberOfScans").and_then(|said| said.parse().ok());
        let scans = match before {
            // What was merged into it keeps its own scans.
            Some(before) => known
                .scans
                .saturating_add(scans.saturating_sub(before))
                .saturating_sub(u32::saturating_sub(before, scans)),
            None if is_its_own => scans,
            None => known.scans.saturating_add(scans),
        };
        changed |= known.scans != scans;
        known.scans = scans;
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
        .prepare_cached(&format!("DELETE FROM captures WHERE {ITS_WORD}"))?
        .execute(params![known.id.0, Channel::Mobly.name(), lead.id])?;
    capturer.remember(known.id, row, &said, &statement.hash)?;
    Ok(changed)
}
