//! Leads one by one and by the thousand: loading, finding, removing, moving, holding.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::connection::timestamp;
use super::counters::Deltas;
use super::lead_row::{COLUMNS, LeadRow, json_ids};
use super::lookup::{Candidate, Lookup, SHOWN_CANDIDATES};
use super::transaction::begin;
use super::{Store, StoreError, enroll, merging};
use crate::domain::email;
use crate::domain::ids::{EventId, LeadId, QualifierId};
use crate::domain::lead::{Answer, EventName, Lead};

impl Store {
    /// Leads with their events and answers, in the order asked for; those that are gone are left out. Three statements,
    /// however many ids.
    ///
    /// # Errors
    /// As every statement.
    pub fn load_leads(&self, ids: &[LeadId]) -> Result<Vec<Lead>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let list = json_ids(ids)?;
        let mut events = events_of(&self.connection, &list)?;
        let mut answers = answers_of(&self.connection, &list)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM json_each(?1) j CROSS JOIN leads l ON l.id = j.value ORDER BY j.key"
        ))?;
        let mut rows = statement.query([&list])?;
        let mut leads = Vec::with_capacity(ids.len());
        while let Some(row) = rows.next()? {
            let row = LeadRow::read(row)?;
            leads.push(Lead {
                id: row.id,
                fields: row.fields,
                email_key: row.email_key,
                scans: row.scans,
                readiness: row.readiness,
                revision: row.revision,
                captured_at: timestamp(row.captured_at),
                events: events.remove(&row.id).unwrap_or_default(),
                answers: answers.remove(&row.id).unwrap_or_default(),
            });
        }
        Ok(leads)
    }

    /// A lead by e-mail, public id, the beginning of a public id (four characters or more), or the source's own id.
    ///
    /// # Errors
    /// As every statement.
    pub fn find_lead(&self, text: &str) -> Result<Lookup<LeadId>, StoreError> {
        let text = text.trim();
        if let Some(key) = email::key(text) {
            let hits = self.lead_ids(
                "SELECT id FROM leads WHERE email_key = ?1 ORDER BY id",
                [&key],
            )?;
            if let Some(kept) =
                merging::of_person(&self.connection, Some(&key), None)?.filter(|_| hits.is_empty())
            {
                return Ok(Lookup::Exact(kept));
            }
            return self.one_of(&hits, Lookup::Exact);
        }
        if let Some(lead) = self.ids().decode(text) {
            let hits = self.lead_ids(
                "SELECT id FROM leads WHERE id = ?1 AND erased_at IS NULL",
                [lead.0],
            )?;
            if !hits.is_empty() {
                return self.one_of(&hits, Lookup::Exact);
            }
            if let Some(kept) = merging::resolve(&self.connection, lead)? {
                return Ok(Lookup::Exact(kept));
            }
        }
        let highest: Option<i64> =
            self.connection
                .query_row("SELECT max(id) FROM leads", [], |row| row.get(0))?;
        let highest = LeadId(highest.unwrap_or(0));
        if let Some(completions) = self.ids().with_prefix(text, highest) {
            let hits = self.lead_ids(
                "SELECT l.id FROM json_each(?1) j CROSS JOIN leads l ON l.id = j.value WHERE l.erased_at IS NULL ORDER BY l.id",
                [json_ids(&completions)?],
            )?;
            if !hits.is_empty() {
                return self.one_of(&hits, Lookup::Prefix);
            }
        }
        let hits = self.lead_ids(
            "SELECT id FROM leads WHERE source IN ('local', 'mobly') AND external_id = ?1 AND erased_at IS NULL ORDER BY id",
            [text],
        )?;
        if let Some(kept) = merging::of_source(&self.connection, text)?.filter(|_| hits.is_empty())
        {
            return Ok(Lookup::Exact(kept));
        }
        self.one_of(&hits, Lookup::Exact)
    }

    /// Removes leads with everything kept about them here; what is in a CRM stays there. Returns how many there were.
    ///
    /// # Errors
    /// As every statement.
    pub fn remove_leads(&mut self, leads: &[LeadId]) -> Result<u64, StoreError> {
        // Tables keyed by account first have no index on the lead alone: with foreign keys on, SQLite would search each of
        // them from end to end for every lead removed. Everything that refers to a lead is deleted below.
        self.connection.pragma_update(None, "foreign_keys", false)?;
        let removed = self.remove_all(leads);
        self.connection.pragma_update(None, "foreign_keys", true)?;
        removed
    }

    fn remove_all(&self, leads: &[LeadId]) -> Result<u64, StoreError> {
        let transaction = begin(&self.connection)?;
        let mut deltas = Deltas::default();
        let mut removed = 0;
        for lead in leads {
            enroll::withdraw(&transaction, &mut deltas, *lead)?;
            for statement in [
                "DELETE FROM remote_links WHERE lead_id = ?1 AND account_id IN (SELECT id FROM accounts)",
                "DELETE FROM memberships WHERE lead_id = ?1",
                "DELETE FROM activity_links WHERE activity_id IN (SELECT id FROM activities WHERE lead_id = ?1)",
                "DELETE FROM activities WHERE lead_id = ?1",
                "DELETE FROM attempt_phases WHERE attempt_id IN (SELECT id FROM attempts WHERE lead_id = ?1)",
                "DELETE FROM attempts WHERE lead_id = ?1",
                "DELETE FROM answers WHERE lead_id = ?1",
                // Its source goes on telling of it, and of those merged into it: only a new scan there brings one back.
                "INSERT OR REPLACE INTO source_removed (lead, scans)
                 SELECT one.id, ifnull(
                   (SELECT CAST(json_extract(c.content, '$.numberOfScans') AS INTEGER) FROM captures c
                    WHERE c.lead_id = ?1 AND c.channel = 'mobly' AND json_extract(c.content, '$.externalId') = one.id
                    ORDER BY c.id DESC LIMIT 1),
                   (SELECT scans FROM leads WHERE id = ?1))
                 FROM (SELECT external_id AS id FROM leads WHERE id = ?1 AND source = 'mobly'
                   UNION SELECT external_id FROM lead_aliases WHERE kept_id = ?1 AND source = 'mobly') AS one
                 WHERE one.id IS NOT NULL",
                "UPDATE source_activities SET taken = 0 WHERE lead IN (
                   SELECT external_id FROM leads WHERE id = ?1 UNION SELECT external_id FROM lead_aliases WHERE kept_id = ?1)",
                "DELETE FROM captures WHERE lead_id = ?1",
                "DELETE FROM field_origins WHERE lead_id = ?1",
                "DELETE FROM enrichments WHERE lead_id = ?1",
                "DELETE FROM enrichment_queue WHERE lead_id = ?1",
                "DELETE FROM event_leads WHERE lead_id = ?1",
                "DELETE FROM remote_hints WHERE lead_id = ?1",
                // Tombstones of those merged into it have nothing to resolve to any more.
                "DELETE FROM leads WHERE id IN (SELECT lead_id FROM lead_aliases WHERE kept_id = ?1)",
                "DELETE FROM lead_aliases WHERE kept_id = ?1",
            ] {
                transaction.prepare_cached(statement)?.execute([lead.0])?;
            }
            removed += u64::try_from(
                transaction
                    .prepare_cached("DELETE FROM leads WHERE id = ?1")?
                    .execute([lead.0])?,
            )
            .unwrap_or(0);
        }
        deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(removed)
    }

    /// Moves leads into an event, out of `from` if given; returns those that moved. Leaving and joining is one change.
    ///
    /// # Errors
    /// As every statement.
    pub fn move_leads(
        &mut self,
        leads: &[LeadId],
        from: Option<EventId>,
        to: EventId,
        now: Timestamp,
    ) -> Result<Vec<LeadId>, StoreError> {
        self.each_in_one_write(leads, |connection, deltas, lead| {
            let left = match from.filter(|from| *from != to) {
                Some(from) => enroll::leave_event(connection, deltas, from, lead)?,
                None => false,
            };
            let joined = enroll::join_event(connection, deltas, to, lead, now)?;
            if left || joined {
                bump(connection, lead, now)?;
                enroll::requeue(connection, deltas, lead, now)?;
            }
            Ok(left || joined)
        })
    }

    /// Keeps leads back in every account until somebody releases them; returns those that were not.
    ///
    /// # Errors
    /// As every statement.
    pub fn hold_leads(
        &mut self,
        leads: &[LeadId],
        now: Timestamp,
    ) -> Result<Vec<LeadId>, StoreError> {
        self.each_in_one_write(leads, |connection, deltas, lead| {
            enroll::hold_lead(connection, deltas, lead, now)
        })
    }

    /// Lets held and undone leads wait again; returns those that were held.
    ///
    /// # Errors
    /// As every statement.
    pub fn release_leads(
        &mut self,
        leads: &[LeadId],
        now: Timestamp,
    ) -> Result<Vec<LeadId>, StoreError> {
        self.each_in_one_write(leads, |connection, deltas, lead| {
            enroll::release_lead(connection, deltas, lead, now)
        })
    }

    fn each_in_one_write(
        &self,
        leads: &[LeadId],
        mut change: impl FnMut(&Connection, &mut Deltas, LeadId) -> Result<bool, StoreError>,
    ) -> Result<Vec<LeadId>, StoreError> {
        let transaction = begin(&self.connection)?;
        let mut deltas = Deltas::default();
        let mut changed = Vec::new();
        for lead in leads {
            let known: Option<i64> = transaction
                .prepare_cached("SELECT id FROM leads WHERE id = ?1 AND erased_at IS NULL")?
                .query_row([lead.0], |row| row.get(0))
                .optional()?;
            if known.is_some() && change(&transaction, &mut deltas, *lead)? {
                changed.push(*lead);
            }
        }
        deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(changed)
    }

    fn lead_ids(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<LeadId>, StoreError> {
        let ids = self
            .connection
            .prepare_cached(sql)?
            .query_map(parameters, |row| row.get(0).map(LeadId))?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }

    fn one_of(
        &self,
        hits: &[LeadId],
        found: fn(LeadId) -> Lookup<LeadId>,
    ) -> Result<Lookup<LeadId>, StoreError> {
        match hits {
            [] => Ok(Lookup::Unknown),
            [lead] => Ok(found(*lead)),
            several => {
                let shown = &several[..several.len().min(SHOWN_CANDIDATES)];
                let leads = self.load_leads(shown)?;
                let candidates = leads.iter().map(|lead| Candidate {
                    id: self.ids().encode(lead.id),
                    label: label(lead),
                });
                Ok(Lookup::Ambiguous(candidates.collect()))
            }
        }
    }
}

/// Raises a lead's revision where nothing else of its row changes.
pub(super) fn bump(
    connection: &Connection,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE leads SET revision = revision + 1, updated_at = ?2 WHERE id = ?1")?
        .execute((lead.0, super::connection::micros(now)))?;
    Ok(())
}

fn label(lead: &Lead) -> String {
    let name = lead.display_name();
    match lead.field("email") {
        Some(email) if email != name => format!("{name} <{email}>"),
        _ => name,
    }
}

fn events_of(
    connection: &Connection,
    list: &str,
) -> Result<HashMap<LeadId, Vec<EventName>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT j.lead_id, e.id, e.name FROM (SELECT DISTINCT value AS lead_id FROM json_each(?1)) j
         CROSS JOIN event_leads l ON l.lead_id = j.lead_id CROSS JOIN events e ON e.id = l.event_id
         ORDER BY l.joined_at, e.id",
    )?;
    let mut rows = statement.query([list])?;
    let mut events: HashMap<LeadId, Vec<EventName>> = HashMap::new();
    while let Some(row) = rows.next()? {
        events
            .entry(LeadId(row.get(0)?))
            .or_default()
            .push(EventName {
                id: EventId(row.get(1)?),
                name: row.get(2)?,
            });
    }
    Ok(events)
}

fn answers_of(
    connection: &Connection,
    list: &str,
) -> Result<HashMap<LeadId, Vec<Answer>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT a.lead_id, a.qualifier_id, a.value_key, a.raw, a.value_id IS NOT NULL, a.event_id
         FROM (SELECT DISTINCT value AS lead_id FROM json_each(?1)) j CROSS JOIN answers a ON a.lead_id = j.lead_id
         ORDER BY a.lead_id, a.qualifier_id, a.value_key",
    )?;
    let mut rows = statement.query([list])?;
    let mut answers: HashMap<LeadId, Vec<Answer>> = HashMap::new();
    while let Some(row) = rows.next()? {
        answers
            .entry(LeadId(row.get(0)?))
            .or_default()
            .push(Answer {
                qualifier: QualifierId(row.get(1)?),
                value_key: row.get(2)?,
                raw: row.get(3)?,
                defined: row.get(4)?,
                event: row.get::<_, Option<i64>>(5)?.map(EventId),
            });
    }
    Ok(answers)
}
