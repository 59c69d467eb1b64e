//! Activities of leads, and which of them are in which account.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::capture_row::Channel;
use super::connection::{micros, timestamp};
use super::counters::Deltas;
use super::lead_row::json_ids;
use super::transaction::begin;
use super::{Store, StoreError, enroll, leads};
use crate::domain::activity::{Activity, ActivityKind};
use crate::domain::ids::{AccountId, ActivityId, LeadId};

/// Characters of a marker; what they are made of cannot be misread.
const MARKER_LENGTH: usize = 8;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

const COLUMNS: &str = "a.id, a.lead_id, a.marker, a.kind, a.text, a.at, a.author, a.source";

/// An activity to be taken down.
#[derive(Debug, Clone)]
pub struct NewActivity {
    /// Whose it is.
    pub lead: LeadId,
    /// What kind of thing happened.
    pub kind: ActivityKind,
    /// What there is to say.
    pub text: String,
    /// When it happened.
    pub at: Timestamp,
    /// Who takes it down.
    pub author: Option<String>,
    /// Where it comes from.
    pub source: Channel,
}

/// An activity with its record in one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedActivity {
    /// The activity.
    pub activity: Activity,
    /// Whether it is there already.
    pub sent: bool,
}

/// Where an activity was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityLink {
    /// The activity.
    pub activity: ActivityId,
    /// The account.
    pub account: AccountId,
    /// The record there.
    pub remote_id: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Takes an activity down; the lead has a new revision and is due again. `None`: there is no such lead (any more).
    ///
    /// # Errors
    /// As every statement.
    pub fn add_activity(
        &mut self,
        new: &NewActivity,
        now: Timestamp,
    ) -> Result<Option<Activity>, StoreError> {
        let transaction = begin(&self.connection)?;
        let known: Option<i64> = transaction
            .prepare_cached("SELECT id FROM leads WHERE id = ?1 AND erased_at IS NULL")?
            .query_row([new.lead.0], |row| row.get(0))
            .optional()?;
        if known.is_none() {
            return Ok(None);
        }
        let mut deltas = Deltas::default();
        let activity = add(&transaction, new, now)?;
        leads::bump(&transaction, new.lead, now)?;
        enroll::requeue(&transaction, &mut deltas, new.lead, now)?;
        deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(Some(activity))
    }

    /// Forgets an activity; the lead has a new revision. What was sent stays where it is. `None`: the lead has none of that
    /// marker.
    ///
    /// # Errors
    /// As every statement.
    pub fn remove_activity(
        &mut self,
        lead: LeadId,
        marker: &str,
        now: Timestamp,
    ) -> Result<Option<Activity>, StoreError> {
        let transaction = begin(&self.connection)?;
        let found = transaction
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM activities a WHERE a.marker = lower(?2) AND a.lead_id = ?1"
            ))?
            .query_row(params![lead.0, marker], read)
            .optional()?;
        let Some(activity) = found else {
            return Ok(None);
        };
        transaction.execute("DELETE FROM activities WHERE id = ?1", [activity.id.0])?;
        let mut deltas = Deltas::default();
        leads::bump(&transaction, lead, now)?;
        enroll::requeue(&transaction, &mut deltas, lead, now)?;
        deltas.apply(&transaction)?;
        transaction.commit()?;
        Ok(Some(activity))
    }

    /// The activities of a lead, in the order they happened.
    ///
    /// # Errors
    /// As every statement.
    pub fn activities(&self, lead: LeadId) -> Result<Vec<Activity>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM activities a WHERE a.lead_id = ?1 ORDER BY a.at, a.id"
        ))?;
        let rows = statement.query_map([lead.0], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Where the activities of a lead were sent.
    ///
    /// # Errors
    /// As every statement.
    pub fn activity_links(&self, lead: LeadId) -> Result<Vec<ActivityLink>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT l.activity_id, l.account_id, l.remote_id, l.at FROM activities a JOIN activity_links l ON l.activity_id = a.id
             WHERE a.lead_id = ?1 ORDER BY l.activity_id, l.account_id",
        )?;
        let rows = statement.query_map([lead.0], |row| {
            Ok(ActivityLink {
                activity: ActivityId(row.get(0)?),
                account: AccountId(row.get(1)?),
                remote_id: row.get(2)?,
                at: timestamp(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The activities of leads, in the order they happened, with whether each is in the account. One statement, however many
    /// leads.
    ///
    /// # Errors
    /// As every statement.
    pub fn queued_activities(
        &self,
        account: AccountId,
        leads: &[LeadId],
    ) -> Result<HashMap<LeadId, Vec<QueuedActivity>>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, l.activity_id IS NOT NULL FROM (SELECT DISTINCT value AS lead_id FROM json_each(?2)) j
             CROSS JOIN activities a ON a.lead_id = j.lead_id
             LEFT JOIN activity_links l ON l.activity_id = a.id AND l.account_id = ?1 ORDER BY a.lead_id, a.at, a.id"
        ))?;
        let mut rows = statement.query(params![account.0, json_ids(leads)?])?;
        let mut found: HashMap<LeadId, Vec<QueuedActivity>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let queued = QueuedActivity {
                activity: read(row)?,
                sent: row.get(8)?,
            };
            found.entry(queued.activity.lead).or_default().push(queued);
        }
        Ok(found)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Activity> {
    Ok(Activity {
        id: ActivityId(row.get(0)?),
        lead: LeadId(row.get(1)?),
        marker: row.get(2)?,
        kind: ActivityKind::from_name(&row.get::<_, String>(3)?),
        text: row.get(4)?,
        at: timestamp(row.get(5)?),
        author: row.get(6)?,
        source: row.get(7)?,
    })
}

/// Takes a note down unless the lead has one of the same text: sources repeat themselves. Whoever calls gives the lead its
/// new revision.
pub(super) fn add_unless_known(
    connection: &Connection,
    new: &NewActivity,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let known: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM activities WHERE lead_id = ?1 AND kind = ?2 AND text = ?3)",
        )?
        .query_row(params![new.lead.0, new.kind.name(), new.text], |row| row.get(0))?;
    if !known {
        add(connection, new, now)?;
    }
    Ok(!known)
}

pub(super) fn add(
    connection: &Connection,
    new: &NewActivity,
    now: Timestamp,
) -> Result<Activity, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO activities (lead_id, marker, kind, text, at, author, source, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (marker) DO NOTHING",
    )?;
    loop {
        let marker = new_marker()?;
        let added = statement.execute(params![
            new.lead.0,
            marker,
            new.kind.name(),
            new.text,
            micros(new.at),
            new.author,
            new.source.name(),
            micros(now)
        ])?;
        // A marker taken already is one in a million million: another one, then.
        if added > 0 {
            return Ok(Activity {
                id: ActivityId(connection.last_insert_rowid()),
                lead: new.lead,
                marker,
                kind: new.kind,
                text: new.text.clone(),
                at: new.at,
                author: new.author.clone(),
                source: new.source.name().to_owned(),
            });
        }
    }
}

/// Forty random bits: two files, or one restored from a backup, never give one marker to two activities.
fn new_marker() -> Result<String, StoreError> {
    let mut bytes = [0_u8; MARKER_LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Unexpected(error.to_string()))?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect())
}

pub(super) fn save_link(
    connection: &Connection,
    account: AccountId,
    activity: ActivityId,
    remote_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    // The lead may have been removed while its answer was on the way.
    connection
        .prepare_cached(
            "INSERT INTO activity_links (activity_id, account_id, remote_id, at) SELECT id, ?2, ?3, ?4 FROM activities WHERE id = ?1
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![activity.0, account.0, remote_id, micros(now)])?;
    Ok(())
}

#[cfg(test)]
#[path = "activities_tests.rs"]
mod tests;
