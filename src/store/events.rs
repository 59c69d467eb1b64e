//! Events: the trade shows and dinners leads are captured at.
//!
//! A name need not be unique (two pulled events may share one), but nobody makes a second one here. Renaming an event
//! makes none of its leads due: it is set-up, as a mapping is, and `--again` brings the CRM up to date.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::connection::micros;
use super::lookup::{Candidate, Lookup, SHOWN_CANDIDATES};
use super::transaction::begin;
use super::{Store, StoreError, requirements};
use crate::domain::event::{Event, name_key};
use crate::domain::ids::EventId;

const COLUMNS: &str =
    "SELECT e.id, e.name, e.starts_on, e.ends_on, e.details, e.held_at IS NOT NULL FROM events e";

/// An event to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEvent {
    /// The full name; not blank.
    pub name: String,
    /// First day (`YYYY-MM-DD`).
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Time zone by name.
    pub tz: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Whether its leads wait whatever the mode.
    pub hold: bool,
}

/// What became of an event to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventAdded {
    /// It is there now.
    Added(Event),
    /// One of that name was there already; nothing changed.
    Exists(Event),
}

/// Changes of an event; `None` leaves a part as it is, `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::option_option)]
pub struct EventEdit {
    /// The full name.
    pub name: Option<String>,
    /// First day.
    pub from: Option<Option<String>>,
    /// Last day.
    pub to: Option<Option<String>>,
    /// Time zone.
    pub tz: Option<Option<String>>,
    /// City.
    pub city: Option<Option<String>>,
}

/// What became of an event to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventRemoval {
    /// Gone; so many leads left it and stay.
    Removed {
        /// Leads that were in it.
        leads: u64,
    },
    /// It has so many leads, and the removal was not forced.
    HasLeads(u64),
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Details {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tz: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    /// What a newer version may have written.
    #[serde(flatten)]
    other: serde_json::Map<String, serde_json::Value>,
}

impl Store {
    /// Adds an event, unless one of that name is there.
    ///
    /// # Errors
    /// As every statement.
    pub fn add_event(&mut self, new: &NewEvent, now: Timestamp) -> Result<EventAdded, StoreError> {
        let transaction = begin(&self.connection)?;
        if let Lookup::Exact(event) = by_name(&transaction, &new.name)? {
            return Ok(EventAdded::Exists(event));
        }
        let id = insert(&transaction, new, now)?;
        let event = by_id(&transaction, id)?;
        transaction.commit()?;
        event.map(EventAdded::Added).ok_or_else(|| missing(id))
    }

    /// Every event, by first day, then name; archived ones last.
    ///
    /// # Errors
    /// As every statement.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        select(
            &self.connection,
            "ORDER BY e.archived, e.starts_on IS NULL, e.starts_on, e.name_key, e.id",
            [],
        )
    }

    /// How many leads joined an event: counted, which takes its time where they are a million.
    ///
    /// # Errors
    /// As every statement.
    pub fn leads_of_event(&self, id: EventId) -> Result<u64, StoreError> {
        let count: i64 = self
            .connection
            .prepare_cached("SELECT count(*) FROM event_leads WHERE event_id = ?1")?
            .query_row([id.0], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// One event by its number.
    ///
    /// # Errors
    /// As every statement.
    pub fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        by_id(&self.connection, id)
    }

    /// An event by its full name, its number (or its source's id), or the beginning of its name, in this order.
    ///
    /// # Errors
    /// As every statement.
    pub fn find_event(&self, text: &str) -> Result<Lookup<Event>, StoreError> {
        match by_name_or_id(&self.connection, text)? {
            Lookup::Unknown => {}
            found => return Ok(found),
        }
        let key = name_key(text);
        if key.is_empty() {
            return Ok(Lookup::Unknown);
        }
        // Names are folded, so every character that continues a prefix sorts below the last code point.
        let hits = select(
            &self.connection,
            "WHERE e.name_key >= ?1 AND e.name_key < ?1 || char(1114111) ORDER BY e.name_key, e.id",
            [&key],
        )?;
        Ok(one_of(hits, Lookup::Prefix))
    }

    /// Changes an event; false when there is none with that number.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where another event has the new name.
    pub fn edit_event(&mut self, id: EventId, edit: &EventEdit) -> Result<bool, StoreError> {
        let transaction = begin(&self.connection)?;
        let found: Option<(String, Option<String>, Option<String>, String)> = transaction
            .query_row(
                "SELECT name, starts_on, ends_on, details FROM events WHERE id = ?1",
                [id.0],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .optional()?;
        let Some((name, from, to, details)) = found else {
            return Ok(false);
        };
        let mut details: Details = serde_json::from_str(&details)?;
        details.tz = edit.tz.clone().unwrap_or(details.tz);
        details.city = edit.city.clone().unwrap_or(details.city);
        let name = match edit.name.as_deref().map(str::trim) {
            None => name,
            Some(new) => {
                refuse_taken(&transaction, id, new)?;
                new.to_owned()
            }
        };
        transaction.execute(
            "UPDATE events SET name = ?2, name_key = ?3, starts_on = ?4, ends_on = ?5, details = ?6 WHERE id = ?1",
            (
                id.0,
                &name,
                name_key(&name),
                edit.from.clone().unwrap_or(from),
                edit.to.clone().unwrap_or(to),
                serde_json::to_string(&details)?,
            ),
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// Removes an event with everything set up for it alone. One with leads only if `force`: they stay, without it.
    ///
    /// # Errors
    /// As every statement.
    pub fn remove_event(
        &mut self,
        id: EventId,
        force: bool,
        now: Timestamp,
    ) -> Result<EventRemoval, StoreError> {
        let transaction = begin(&self.connection)?;
        let leads: u64 = transaction.query_row(
            "SELECT count(*) FROM event_leads WHERE event_id = ?1",
            [id.0],
            |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
        )?;
        if leads > 0 && !force {
            return Ok(EventRemoval::HasLeads(leads));
        }
        let demanded = requirements::forget_event(&transaction, id)?;
        for statement in [
            // Leads that were in no other event are of none from now on.
            "INSERT INTO board_counts (account_id, event_id, state, detail, ignored, landed, n)
             SELECT r.account_id, -1, r.state, iif(r.state = 'failed', r.category, r.hold), r.ignored_at IS NOT NULL,
               r.state = 'failed' AND r.landed, count(*)
             FROM event_leads e JOIN sync_records r ON r.lead_id = e.lead_id
             WHERE e.event_id = ?1 AND NOT EXISTS (SELECT 1 FROM event_leads o WHERE o.lead_id = e.lead_id AND o.event_id <> ?1)
             GROUP BY 1, 3, 4, 5, 6
             ON CONFLICT DO UPDATE SET n = n + excluded.n",
            "DELETE FROM board_counts WHERE event_id = ?1",
            "DELETE FROM event_leads WHERE event_id = ?1",
            // A row captured at the event and once more without one would clash: the latter says the same.
            "UPDATE OR IGNORE captures SET event_id = NULL WHERE event_id = ?1",
            "DELETE FROM captures WHERE event_id = ?1",
            "UPDATE answers SET event_id = NULL WHERE event_id = ?1",
            "UPDATE runs SET event_id = NULL WHERE event_id = ?1",
            "DELETE FROM mappings WHERE event_id = ?1",
            "DELETE FROM qualifier_events WHERE event_id = ?1",
            "DELETE FROM campaign_events WHERE event_id = ?1",
            "DELETE FROM events WHERE id = ?1",
        ] {
            transaction.execute(statement, [id.0])?;
        }
        for account in demanded {
            requirements::restate(&transaction, account, now)?;
        }
        transaction.commit()?;
        Ok(EventRemoval::Removed { leads })
    }

    /// Lets an event's leads wait whatever the mode, or no longer; false when it stood so already.
    ///
    /// # Errors
    /// As every statement.
    pub fn hold_event(
        &mut self,
        id: EventId,
        held: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = self.connection.execute(
            "UPDATE events SET held_at = ?2 WHERE id = ?1 AND (held_at IS NOT NULL) <> ?3",
            (id.0, held.then(|| micros(now)), held),
        )?;
        Ok(rows == 1)
    }
}

/// Refuses the name of another event. One that is spelled anew is no other.
fn refuse_taken(
    connection: &rusqlite::Connection,
    id: EventId,
    name: &str,
) -> Result<(), StoreError> {
    let other: Option<String> = connection
        .query_row(
            "SELECT name FROM events WHERE name_key = ?1 AND id <> ?2 LIMIT 1",
            (name_key(name), id.0),
            |row| row.get(0),
        )
        .optional()?;
    match other {
        Some(other) => Err(StoreError::Taken {
            what: format!("an event {other:?}"),
        }),
        None => Ok(()),
    }
}

/// Writes a new event; part of the caller's transaction.
pub(super) fn insert(
    connection: &rusqlite::Connection,
    new: &NewEvent,
    now: Timestamp,
) -> Result<EventId, StoreError> {
    let details = Details {
        tz: new.tz.clone(),
        city: new.city.clone(),
        ..Details::default()
    };
    let name = new.name.trim();
    connection.execute(
        "INSERT INTO events (name, name_key, starts_on, ends_on, details, held_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            name,
            name_key(name),
            &new.from,
            &new.to,
            serde_json::to_string(&details)?,
            new.hold.then(|| micros(now)),
            micros(now),
        ),
    )?;
    Ok(EventId(connection.last_insert_rowid()))
}

/// An event by its full name, else its number or its source's id: what a command that writes accepts.
pub(super) fn by_name_or_id(
    connection: &rusqlite::Connection,
    text: &str,
) -> Result<Lookup<Event>, StoreError> {
    match by_name(connection, text)? {
        Lookup::Unknown => {}
        found => return Ok(found),
    }
    let hits = select(
        connection,
        "WHERE e.id = ?1 OR e.external_id = ?2",
        (text.trim().parse::<i64>().ok(), text.trim()),
    )?;
    Ok(one_of(hits, Lookup::Exact))
}

fn by_name(connection: &rusqlite::Connection, text: &str) -> Result<Lookup<Event>, StoreError> {
    let key = name_key(text);
    if key.is_empty() {
        return Ok(Lookup::Unknown);
    }
    let hits = select(connection, "WHERE e.name_key = ?1 ORDER BY e.id", [key])?;
    Ok(one_of(hits, Lookup::Exact))
}

fn by_id(connection: &rusqlite::Connection, id: EventId) -> Result<Option<Event>, StoreError> {
    Ok(select(connection, "WHERE e.id = ?1", [id.0])?.pop())
}

fn one_of(mut hits: Vec<Event>, found: fn(Event) -> Lookup<Event>) -> Lookup<Event> {
    match hits.len() {
        0 => Lookup::Unknown,
        1 => hits.pop().map_or(Lookup::Unknown, found),
        _ => Lookup::Ambiguous(
            hits.into_iter()
                .take(SHOWN_CANDIDATES)
                .map(|event| Candidate {
                    id: event.id.to_string(),
                    label: event.name,
                })
                .collect(),
        ),
    }
}

fn select(
    connection: &rusqlite::Connection,
    rest: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<Event>, StoreError> {
    connection
        .prepare_cached(&format!("{COLUMNS} {rest}"))?
        .query_map(parameters, read)?
        .map(|row| {
            let (mut event, details) = row?;
            let details: Details = serde_json::from_str(&details)?;
            event.tz = details.tz;
            event.city = details.city;
            Ok(event)
        })
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Event, String)> {
    let event = Event {
        id: EventId(row.get(0)?),
        name: row.get(1)?,
        from: row.get(2)?,
        to: row.get(3)?,
        tz: None,
        city: None,
        held: row.get(5)?,
    };
    Ok((event, row.get(4)?))
}

fn missing(id: EventId) -> StoreError {
    StoreError::Unexpected(format!("event {id} vanished"))
}
