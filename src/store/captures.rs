//! The rules of capture (decisions.md 11): whose a row is, whether it was seen before, and what it changes.
//!
//! A capture is (person, event, content). A row seen before for its event touches nothing. Any other row of a known person
//! changes only what differs from what that kind of source said of the person before, so that a growing export reverts no
//! correction made by hand, and counts a scan if the event is new for the person or the person was met at another time.
//! A row that names our own lead is a correction: never a scan, and no statement of the source.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::capture_row::{CaptureRow, Channel, CorrectionRow, hash};
use super::connection::micros;
use super::counters::Deltas;
use super::enrichment::{self, EnrichmentSettings};
use super::lead_row::{Columns, LeadRow, json_object};
use super::suppressions::{Traces, erased};
use super::transaction::begin;
use super::{Store, StoreError, activities, answers, enrichment_queue, enroll, merging};
use crate::domain::activity::ActivityKind;
use crate::domain::ids::{AccountId, EventId, LeadId};

/// The field whose values are activities too.
const NOTES: &str = "notes";

/// What a row did to its lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The person was not known.
    Created,
    /// Something of a known person changed.
    Updated,
    /// Nothing changed.
    Unchanged,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Captured {
    /// Whose it is.
    pub lead: LeadId,
    /// What it did.
    pub change: Change,
}

/// What became of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    /// The lead holds it now.
    Done(Captured),
    /// No lead has this id.
    UnknownLead,
    /// The lead was changed since it was exported; nothing was done.
    ChangedSince {
        /// The revision it has now.
        revision: i64,
    },
}

impl Store {
    /// Takes in one person as a row of a file would be, whoever the person is.
    ///
    /// # Errors
    /// As every statement.
    pub fn add_lead(
        &mut self,
        row: &CaptureRow<'_>,
        now: Timestamp,
    ) -> Result<Captured, StoreError> {
        let transaction = begin(&self.connection)?;
        let mut capturer = Capturer::new(&transaction, None, now)?;
        let captured = capturer.capture(row)?;
        capturer.deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(captured)
    }
}

/// Applies rows inside one transaction, whose counters it collects.
pub(super) struct Capturer<'c> {
    pub(super) connection: &'c Connection,
    pub(super) accounts: Vec<AccountId>,
    /// What is switched on; none where nothing is, which costs a row no more than this look.
    enrichment: Option<EnrichmentSettings>,
    import: Option<i64>,
    pub(super) now: Timestamp,
    pub(super) deltas: Deltas,
}

impl<'c> Capturer<'c> {
    pub(super) fn new(
        connection: &'c Connection,
        import: Option<i64>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            connection,
            accounts: enroll::current_accounts(connection)?,
            enrichment: enrichment::what_is_on(connection)?,
            import,
            now,
            deltas: Deltas::default(),
        })
    }

    /// Reads again what another process may have changed between two transactions.
    pub(super) fn refresh(&mut self) -> Result<(), StoreError> {
        self.accounts = enroll::current_accounts(self.connection)?;
        self.enrichment = enrichment::what_is_on(self.connection)?;
        Ok(())
    }

    /// Takes in one row.
    pub(super) fn capture(&mut self, row: &CaptureRow<'_>) -> Result<Captured, StoreError> {
        let scans = row.scans.map(|scans| scans.to_string()).unwrap_or_default();
        let content = row.content(&scans);
        let hash = hash(&content);
        if let Some(lead) = self.seen(&hash, row.event)? {
            let change = Change::Unchanged;
            return Ok(Captured { lead, change });
        }
        let columns = Columns::of(row.fields.iter().map(|(key, value)| (*key, value.as_ref())))?;
        let traces = Traces {
            email_key: columns.email_key.as_deref(),
            person_key: columns.person_key.as_deref(),
            external_id: row.external_id,
        };
        if let Some(lead) = erased(self.connection, traces)? {
            // Somebody asked to be forgotten: what a source still says of them is not taken in.
            let change = Change::Unchanged;
            return Ok(Captured { lead, change });
        }
        match self.person(row, &columns)? {
            Some(lead) => self.recapture(lead, row, &content, &hash),
            None => self.create(row, &columns, &content, &hash),
        }
    }

    fn seen(&self, hash: &[u8], event: Option<EventId>) -> Result<Option<LeadId>, StoreError> {
        let lead = self
            .connection
            .prepare_cached(
                "SELECT lead_id FROM captures WHERE row_hash = ?1 AND ifnull(event_id, 0) = ?2",
            )?
            .query_row((hash, event.map_or(0, |event| event.0)), |row| row.get(0))
            .optional()?;
        Ok(lead.map(LeadId))
    }

    /// Whose the row is: by the source's id, else by address, else (both without one) by name and company.
    pub(super) fn person(
        &self,
        row: &CaptureRow<'_>,
        columns: &Columns<'_>,
    ) -> Result<Option<LeadId>, StoreError> {
        if let Some(id) = row.external_id {
            let lead = self.one(
                "SELECT id FROM leads WHERE source IN ('local', 'mobly') AND external_id = ?1 AND erased_at IS NULL",
                (id,),
            )?;
            if lead.is_some() {
                return Ok(lead);
            }
            if let Some(kept) = merging::of_source(self.connection, id)? {
                return Ok(Some(kept));
            }
        }
        let lead = self.person_by_key(row, columns)?;
        if lead.is_some() {
            return Ok(lead);
        }
        merging::of_person(
            self.connection,
            columns.email_key.as_deref(),
            columns.person_key.as_deref(),
        )
    }

    fn person_by_key(
        &self,
        row: &CaptureRow<'_>,
        columns: &Columns<'_>,
    ) -> Result<Option<LeadId>, StoreError> {
        match (&columns.email_key, &columns.person_key) {
            // Mobly keeps two leads with one address apart by their ids, and so do we.
            (Some(email), _) if row.channel == Channel::Mobly && row.external_id.is_some() => self.one(
                "SELECT id FROM leads WHERE email_key = ?1 AND NOT (source = 'mobly' AND external_id IS NOT NULL) LIMIT 1",
                (email,),
            ),
            (Some(email), _) => self.one(
                "SELECT id FROM leads WHERE email_key = ?1 ORDER BY id LIMIT 1",
                (email,),
            ),
            (None, Some(person)) if row.channel == Channel::Mobly && row.external_id.is_some() => self.one(
                "SELECT id FROM leads WHERE person_key = ?1 AND NOT (source = 'mobly' AND external_id IS NOT NULL) LIMIT 1",
                (person,),
            ),
            (None, Some(person)) => self.one(
                "SELECT id FROM leads WHERE person_key = ?1 ORDER BY id LIMIT 1",
                (person,),
            ),
            (None, None) => Ok(None),
        }
    }

    fn one(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Option<LeadId>, StoreError> {
        let lead = self
            .connection
            .prepare_cached(sql)?
            .query_row(parameters, |row| row.get(0))
            .optional()?;
        Ok(lead.map(LeadId))
    }

    fn create(
        &mut self,
        row: &CaptureRow<'_>,
        columns: &Columns<'_>,
        content: &[(&str, &str)],
        hash: &[u8],
    ) -> Result<Captured, StoreError> {
        let met = row.met.map_or(self.now, |met| met.at);
        let lead = columns.insert(
            self.connection,
            row.channel.source(),
            row.external_id,
            row.scans.unwrap_or(1),
            micros(met),
            self.now,
        )?;
        if let Some(event) = row.event {
            enroll::add_to_event(self.connection, event, lead, met)?;
        }
        for (qualifier, cell) in &row.answers {
            answers::add(self.connection, lead, qualifier, cell, row.event)?;
        }
        self.take_note(lead, row)?;
        let said = json_object(content.iter().copied())?;
        self.remember(lead, row, &said, hash)?;
        enroll::enroll(
            self.connection,
            &mut self.deltas,
            &self.accounts,
            lead,
            row.event.as_slice(),
            self.now,
        )?;
        self.let_wait(lead, row)?;
        let change = Change::Created;
        Ok(Captured { lead, change })
    }

    fn recapture(
        &mut self,
        lead: LeadId,
        row: &CaptureRow<'_>,
        content: &[(&str, &str)],
        hash: &[u8],
    ) -> Result<Captured, StoreError> {
        let mut known = LeadRow::load(self.connection, lead)?
            .ok_or_else(|| StoreError::Unexpected(format!("lead {lead} vanished")))?;
        let mut said = self.said_before(lead, row.channel)?;
        let news: Vec<(&str, &str)> = content
            .iter()
            .filter(|(key, value)| said.get(*key).map(String::as_str) != Some(*value))
            .copied()
            .collect();
        let mut changed = false;
        for (key, value) in row.fields.iter().filter(|(key, _)| is_news(&news, key)) {
            changed |= set(&mut known.fields, key, value);
        }
        for (qualifier, cell) in &row.answers {
            if is_news(&news, &qualifier.content_key) {
                let before = said.get(&qualifier.content_key).map(String::as_str);
                changed |=
                    answers::restate(self.connection, lead, qualifier, cell, before, row.event)?;
            }
        }
        if is_news(&news, NOTES) {
            changed |= self.take_note(lead, row)?;
        }
        changed |= self.meet(&mut known, row, &news)?;
        if let (Some(id), None) = (row.external_id, &known.external_id) {
            self.adopt(lead, row.channel, id)?;
            known.external_id = Some(id.to_owned());
        }
        said.extend(
            content
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned())),
        );
        let said = json_object(
            said.iter()
                .map(|(key, value)| (key.as_str(), value.as_str())),
        )?;
        self.remember(lead, row, &said, hash)?;
        if changed {
            known.save(self.connection, self.now)?;
            enroll::requeue(self.connection, &mut self.deltas, lead, self.now)?;
            self.let_wait(lead, row)?;
        }
        let change = if changed {
            Change::Updated
        } else {
            Change::Unchanged
        };
        Ok(Captured { lead, change })
    }

    /// Where enrichment is on, a lead waits for it from the first moment: no other process pushes it half-filled. What Mobly
    /// gives is enriched by Mobly.
    fn let_wait(&self, lead: LeadId, row: &CaptureRow<'_>) -> Result<(), StoreError> {
        let Some(switches) = &self.enrichment else {
            return Ok(());
        };
        if row.channel == Channel::Mobly {
            return Ok(());
        }
        let events = enroll::events_of(self.connection, lead)?;
        if switches.any_on(&events) {
            enrichment_queue::wait(self.connection, lead, self.now)?;
        }
        Ok(())
    }

    /// What a row notes down is an activity too, once; false where it says nothing new.
    fn take_note(&self, lead: LeadId, row: &CaptureRow<'_>) -> Result<bool, StoreError> {
        let mut fields = row.fields.iter();
        let Some((_, text)) = fields.find(|(key, _)| *key == NOTES) else {
            return Ok(false);
        };
        let at = row.met.map_or(self.now, |met| met.at);
        let new = activities::NewActivity {
            lead,
            kind: ActivityKind::Note,
            text: text.as_ref().to_owned(),
            at,
            author: None,
            source: row.channel,
        };
        activities::add_unless_known(self.connection, &new, self.now)
    }

    /// What a row tells of when, where and how often: joins the event, counts the scan.
    fn meet(
        &mut self,
        known: &mut LeadRow,
        row: &CaptureRow<'_>,
        news: &[(&str, &str)],
    ) -> Result<bool, StoreError> {
        let met = row.met.map(|met| micros(met.at));
        // A row that says no time tells of no other meeting, and neither does the first one that says a time.
        let (known_times, times_here, same_here): (i64, i64, i64) = self
            .connection
            .prepare_cached(
                "SELECT count(captured_at), count(captured_at) FILTER (WHERE event_id IS ?2),
                        count(*) FILTER (WHERE event_id IS ?2 AND captured_at = ?3)
                 FROM captures WHERE lead_id = ?1",
            )?
            .query_row((known.id.0, row.event.map(|event| event.0), met), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let joined = match row.event {
            Some(event) => enroll::join_event(
                self.connection,
                &mut self.deltas,
                event,
                known.id,
                row.met.map_or(self.now, |met| met.at),
            )?,
            None => false,
        };
        let mut changed = joined;
        match row.scans {
            Some(scans) => {
                if is_news(news, "numberOfScans") && known.scans != scans {
                    known.scans = scans;
                    changed = true;
                }
            }
            None => {
                if joined || (met.is_some() && times_here > 0 && same_here == 0) {
                    known.scans = known.scans.saturating_add(1);
                    changed = true;
                }
            }
        }
        if let Some(met) = met {
            let latest = if known_times == 0 {
                met
            } else {
                met.max(known.captured_at)
            };
            changed |= latest != known.captured_at;
            known.captured_at = latest;
        }
        Ok(changed)
    }

    /// Everything this kind of source has said of the person so far; each capture carries what was said before it.
    pub(super) fn said_before(
        &self,
        lead: LeadId,
        channel: Channel,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        let said: Option<String> = self
            .connection
            .prepare_cached("SELECT content FROM captures WHERE lead_id = ?1 AND channel = ?2 ORDER BY id DESC LIMIT 1")?
            .query_row((lead.0, channel.name()), |row| row.get(0))
            .optional()?;
        said.map_or_else(
            || Ok(BTreeMap::new()),
            |said| Ok(serde_json::from_str(&said)?),
        )
    }

    pub(super) fn remember(
        &self,
        lead: LeadId,
        row: &CaptureRow<'_>,
        said: &str,
        hash: &[u8],
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO captures (lead_id, event_id, channel, content, row_hash, captured_at, import_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                lead.0,
                row.event.map(|event| event.0),
                row.channel.name(),
                said,
                hash,
                row.met.map(|met| micros(met.at)),
                self.import,
            ))?;
        Ok(())
    }

    /// A person found without the source's id has it from now on.
    pub(super) fn adopt(&self, lead: LeadId, channel: Channel, id: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE leads SET external_id = ?2, source = ?3 WHERE id = ?1")?
            .execute((lead.0, id, channel.source()))?;
        Ok(())
    }

    /// Applies a correction. One that says only what the lead holds already is unchanged, whatever its revision: the same
    /// file twice changes nothing.
    pub(super) fn correct(&mut self, row: &CorrectionRow<'_>) -> Result<Corrected, StoreError> {
        let merged_into = merging::resolve(self.connection, row.lead)?;
        let lead = merged_into.unwrap_or(row.lead);
        let Some(mut known) = LeadRow::load(self.connection, lead)? else {
            return Ok(Corrected::UnknownLead);
        };
        let mut changed = false;
        for (key, value) in &row.fields {
            changed |= set(&mut known.fields, key, value);
        }
        let mut news = Vec::new();
        let (blank, blank_answers) = match row.revision {
            Some(_) => (row.blank.as_slice(), row.blank_answers.as_slice()),
            None => (&[][..], &[][..]),
        };
        for key in blank {
            changed |= known.fields.remove(*key).is_some();
        }
        let emptied = blank_answers.iter().map(|qualifier| (*qualifier, ""));
        for (qualifier, cell) in row.answers.iter().copied().chain(emptied) {
            if !answers::are(self.connection, lead, qualifier, cell)? {
                news.push((qualifier, cell));
            }
        }
        if !changed && news.is_empty() {
            return Ok(Corrected::Done(Captured {
                lead,
                change: Change::Unchanged,
            }));
        }
        // The revision of a lead that was merged since says nothing of the one it became part of.
        let same = |exported| exported == known.revision && merged_into.is_none();
        if row.revision.is_some_and(|exported| !same(exported)) {
            let revision = known.revision;
            return Ok(Corrected::ChangedSince { revision });
        }
        for (qualifier, cell) in news {
            answers::replace(self.connection, lead, qualifier, cell)?;
        }
        known.save(self.connection, self.now)?;
        enroll::requeue(self.connection, &mut self.deltas, lead, self.now)?;
        Ok(Corrected::Done(Captured {
            lead,
            change: Change::Updated,
        }))
    }
}

pub(super) fn is_news(news: &[(&str, &str)], key: &str) -> bool {
    news.iter().any(|(name, _)| *name == key)
}

/// Sets a field; false when it held the value already.
pub(super) fn set(fields: &mut BTreeMap<String, String>, key: &str, value: &str) -> bool {
    if fields.get(key).map(String::as_str) == Some(value) {
        return false;
    }
    fields.insert(key.to_owned(), value.to_owned());
    true
}
