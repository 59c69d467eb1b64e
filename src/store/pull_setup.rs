//! Events and qualifiers of a source, which become ours: known by the source's ids from then on, and renamed with them.
//!
//! What a person made here under the same name is taken for the same thing and adopted, not doubled. What the source does not
//! list any more stays, archived where it is an answer; nothing that leads refer to is deleted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::capture_row::Channel;
use super::connection::micros;
use super::events::{self, NewEvent};
use super::pull_options::take_options;
use super::transaction::begin;
use super::{Store, StoreError};
use crate::domain::event::name_key;
use crate::domain::ids::EventId;
use crate::domain::qualifier::value_key;

/// An event as its source tells it now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PulledEvent {
    /// The source's id.
    pub id: String,
    /// The name; not blank.
    pub name: String,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Time zone by name.
    pub tz: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Qualifiers asked there, by the source's ids.
    pub qualifiers: Vec<String>,
}

/// A qualifier as its source tells it now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PulledQualifier {
    /// The source's id.
    pub id: String,
    /// The name; not blank.
    pub name: String,
    /// Whether it is asked (any more).
    pub archived: bool,
    /// Whether it was never asked yet: such a one is not taken in.
    pub draft: bool,
    /// Whether several answers may be given.
    pub multiple: bool,
    /// Whether a rep must answer.
    pub required: bool,
    /// Whether it is asked at every event.
    pub all_events: bool,
    /// The answers, in order.
    pub options: Vec<PulledOption>,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PulledOption {
    /// The source's id.
    pub id: String,
    /// As people read it; not blank.
    pub value: String,
}

/// What became of events and qualifiers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetupPulled {
    /// Our events by the source's ids.
    pub events: BTreeMap<String, EventId>,
    /// New and changed events.
    pub events_changed: u64,
    /// New and changed qualifiers.
    pub qualifiers_changed: u64,
}

impl Store {
    /// Takes in events and qualifiers, in one transaction. `qualifiers` are in the order they are asked.
    ///
    /// # Errors
    /// As every statement.
    pub fn take_setup(
        &mut self,
        events: &[PulledEvent],
        qualifiers: &[PulledQualifier],
        now: Timestamp,
    ) -> Result<SetupPulled, StoreError> {
        let transaction = begin(&self.connection)?;
        let mut done = SetupPulled::default();
        for event in events {
            let (id, changed) = take_event(&transaction, event, now)?;
            done.events.insert(event.id.clone(), id);
            done.events_changed += u64::from(changed);
        }
        for (position, qualifier) in qualifiers.iter().enumerate() {
            let asked: BTreeSet<i64> = events
                .iter()
                .filter(|event| event.qualifiers.contains(&qualifier.id))
                .filter_map(|event| done.events.get(&event.id).map(|id| id.0))
                .collect();
            let changed = take_qualifier(&transaction, qualifier, position, &asked, now)?;
            done.qualifiers_changed += u64::from(changed);
        }
        if done.qualifiers_changed > 0 {
            // What is asked where decides what is sent: attempts tell by the revision which set-up they saw.
            transaction.execute("UPDATE integrations SET revision = revision + 1", [])?;
        }
        transaction.commit()?;
        Ok(done)
    }
}

/// Our event, and whether it is new or changed.
fn take_event(
    connection: &Connection,
    event: &PulledEvent,
    now: Timestamp,
) -> Result<(EventId, bool), StoreError> {
    let source = Channel::Mobly.source();
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM events WHERE source = ?1 AND external_id = ?2")?
        .query_row(params![source, event.id], |row| row.get(0))
        .optional()?;
    let (id, adopted) = match known {
        Some(id) => (id, false),
        None => match own_event(connection, &event.name)? {
            Some(id) => (id, true),
            None => {
                let new = NewEvent {
                    name: event.name.clone(),
                    ..NewEvent::default()
                };
                (events::insert(connection, &new, now)?.0, true)
            }
        },
    };
    // What the source does not tell stays as a person may have set it.
    let changed = connection
        .prepare_cached(
            "UPDATE events SET source = ?2, external_id = ?3, name = ?4, name_key = ?5,
               starts_on = ifnull(?6, starts_on), ends_on = ifnull(?7, ends_on),
               details = json_patch(details, ?8)
             WHERE id = ?1 AND (external_id IS NOT ?3 OR name <> ?4 OR starts_on IS NOT ifnull(?6, starts_on)
               OR ends_on IS NOT ifnull(?7, ends_on) OR json(details) <> json_patch(details, ?8))",
        )?
        .execute(params![
            id,
            source,
            event.id,
            event.name,
            name_key(&event.name),
            event.from,
            event.to,
            details(event).to_string(),
        ])?;
    Ok((EventId(id), adopted || changed > 0))
}

fn details(event: &PulledEvent) -> serde_json::Value {
    let mut details = serde_json::Map::new();
    for (key, value) in [("tz", &event.tz), ("city", &event.city)] {
        if let Some(value) = value {
            details.insert(key.to_owned(), value.as_str().into());
        }
    }
    details.into()
}

/// The one event a person made under this name; of several nobody knows which is meant.
fn own_event(connection: &Connection, name: &str) -> Result<Option<i64>, StoreError> {
    let (id, count): (Option<i64>, i64) = connection
        .prepare_cached(
            "SELECT min(id), count(*) FROM events WHERE name_key = ?1 AND source = 'local' AND external_id IS NULL",
        )?
        .query_row([name_key(name)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(id.filter(|_| count == 1))
}

/// Whether the qualifier is new or changed.
fn take_qualifier(
    connection: &Connection,
    qualifier: &PulledQualifier,
    position: usize,
    asked: &BTreeSet<i64>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let of = |sql: &str, parameter: &str| {
        connection
            .prepare_cached(sql)?
            .query_row([parameter], |row| row.get::<_, i64>(0))
            .optional()
    };
    let mut known = of(
        "SELECT id FROM qualifiers WHERE external_id = ?1",
        &qualifier.id,
    )?;
    if known.is_none() && qualifier.draft {
        return Ok(false);
    }
    if known.is_none() {
        known = of(
            "SELECT id FROM qualifiers WHERE name_key = ?1 AND external_id IS NULL",
            &value_key(&qualifier.name),
        )?;
    }
    let name = free_name(connection, &qualifier.name, known)?;
    let (id, made) = match known {
        Some(id) => (id, false),
        None => {
            connection.execute(
                "INSERT INTO qualifiers (name, name_key, external_id, updated_at) VALUES (?1, ?2, ?3, ?4)",
                params![name, value_key(&name), qualifier.id, micros(now)],
            )?;
            (connection.last_insert_rowid(), true)
        }
    };
    let changed = connection.execute(
        "UPDATE qualifiers SET name = ?2, name_key = ?3, multiple = ?4, required = ?5, all_events = ?6, archived = ?7,
           position = ?8, external_id = ?9
         WHERE id = ?1 AND (name <> ?2 OR multiple <> ?4 OR required <> ?5 OR all_events <> ?6 OR archived <> ?7
           OR position <> ?8 OR external_id IS NOT ?9)",
        params![
            id,
            name,
            value_key(&name),
            qualifier.multiple,
            qualifier.required,
            qualifier.all_events,
            qualifier.archived || qualifier.draft,
            i64::try_from(position).unwrap_or(i64::MAX),
            qualifier.id,
        ],
    )? > 0;
    let moved = ask_at(connection, id, qualifier, asked)?;
    let renamed = take_options(connection, id, &qualifier.options)?;
    let changed = made || changed || moved || renamed;
    if changed {
        connection.execute(
            "UPDATE qualifiers SET updated_at = ?2 WHERE id = ?1",
            params![id, micros(now)],
        )?;
    }
    Ok(changed)
}

/// The name, with a number behind it where another qualifier has it: the source may use a name twice, we cannot.
fn free_name(connection: &Connection, name: &str, own: Option<i64>) -> Result<String, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM qualifiers WHERE name_key = ?1 AND id IS NOT ?2)",
    )?;
    let mut free = name.to_owned();
    let mut number = 2;
    while statement.query_row(params![value_key(&free), own], |row| row.get::<_, bool>(0))? {
        free = format!("{name} ({number})");
        number += 1;
    }
    Ok(free)
}

/// The events it is asked at. Those a person made here, which the source does not know, are left alone.
fn ask_at(
    connection: &Connection,
    id: i64,
    qualifier: &PulledQualifier,
    asked: &BTreeSet<i64>,
) -> Result<bool, StoreError> {
    let wanted = if qualifier.all_events {
        "[]".to_owned()
    } else {
        serde_json::to_string(asked)?
    };
    let removed = connection.execute(
        "DELETE FROM qualifier_events WHERE qualifier_id = ?1 AND event_id NOT IN (SELECT value FROM json_each(?2))
           AND (?3 OR event_id IN (SELECT id FROM events WHERE source = ?4))",
        params![id, wanted, qualifier.all_events, Channel::Mobly.source()],
    )?;
    let added = connection.execute(
        "INSERT OR IGNORE INTO qualifier_events (qualifier_id, event_id) SELECT ?1, value FROM json_each(?2)",
        params![id, wanted],
    )?;
    Ok(removed + added > 0)
}

#[cfg(test)]
#[path = "pull_setup_tests.rs"]
mod tests;
