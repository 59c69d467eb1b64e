//! The providers a user added: their order and description, never their keys.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::connection::{micros, timestamp};
use super::enrichment::PROVIDER;
use super::enrichment_wants::WantedFields;
use super::{Store, StoreError};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{EventId, RunId};
use crate::domain::integration::SecretPlace;

/// Kinds of changes in the history.
const KIND: &str = "enrichment-provider";
const SWITCH: &str = "enrichment";
const ORDER: &str = "enrichment-order";

/// A provider as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredProvider {
    /// The user's name for it.
    pub name: String,
    /// The description it is based on.
    pub preset: Option<String>,
    /// What the user set beside it, or the whole description.
    pub changes: Value,
    /// The address in place of the description's.
    pub base_url: Option<String>,
    /// Where its key is.
    pub secret_place: SecretPlace,
    /// Most paid questions a day.
    pub budget_day: Option<u64>,
    /// Most paid questions a run.
    pub budget_run: Option<u64>,
    /// Which of the fields it knows it is asked for.
    pub wanted: WantedFields,
    /// What went wrong last, and when; nothing after a success.
    pub last_error: Option<(String, Timestamp)>,
}

/// Where a provider is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Behind all others, or where it is.
    Last,
    /// Before all others.
    First,
    /// Behind this one.
    After(String),
}

impl StoredProvider {
    /// As the history shows it.
    fn snapshot(&self) -> Value {
        json!({
            "preset": self.preset, "changes": self.changes, "base_url": self.base_url,
            "key": self.secret_place.name(), "budget_day": self.budget_day, "budget_run": self.budget_run,
            "wanted": self.wanted,
        })
    }
}

const SELECT: &str = "SELECT name, preset, changes, base_url, secret_place, budget_day, budget_run, last_error, last_error_at, wanted FROM enrichment_providers";

impl Store {
    /// The providers in their order.
    ///
    /// # Errors
    /// As every statement.
    pub fn enrichment_providers(&self) -> Result<Vec<StoredProvider>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{SELECT} ORDER BY position, name"))?;
        let rows = statement.query_map([], read)?;
        rows.map(|row| complete(row?)).collect()
    }

    /// Adds a provider, or changes the one of its name, and puts it in its place.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where the one it is to stand behind is not there.
    pub fn put_enrichment_provider(
        &mut self,
        provider: &StoredProvider,
        place: &Place,
        author: &Author,
        now: Timestamp,
    ) -> Result<Option<RunId>, StoreError> {
        let ((), run) = self.change_setup(None, author, now, |transaction| {
            let before = named(transaction, &provider.name)?;
            transaction.execute(
                "INSERT INTO enrichment_providers (name, position, preset, changes, base_url, secret_place, budget_day, budget_run, added_at, wanted)
                 VALUES (?1, (SELECT 1 + coalesce(max(position), 0) FROM enrichment_providers), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (name) DO UPDATE SET preset = excluded.preset, changes = excluded.changes, base_url = excluded.base_url,
                   secret_place = excluded.secret_place, budget_day = excluded.budget_day, budget_run = excluded.budget_run, wanted = excluded.wanted, last_error = NULL, last_error_at = NULL",
                params![
                    provider.name,
                    provider.preset,
                    provider.changes.to_string(),
                    provider.base_url,
                    provider.secret_place.name(),
                    provider.budget_day.and_then(|budget| i64::try_from(budget).ok()),
                    provider.budget_run.and_then(|budget| i64::try_from(budget).ok()),
                    micros(now),
                    serde_json::to_string(&provider.wanted)?
                ],
            )?;
            let mut changes = vec![SetupChange {
                kind: KIND.to_owned(),
                key: provider.name.clone(),
                before: before.as_ref().map(StoredProvider::snapshot),
                after: Some(provider.snapshot()),
            }];
            let order = names(transaction)?;
            let mut wanted = order.clone();
            wanted.retain(|name| *name != provider.name);
            let at = match place {
                Place::Last => None,
                Place::First => Some(0),
                Place::After(other) => {
                    let at = wanted.iter().position(|name| name == other);
                    let missing = || StoreError::Missing { what: format!("provider {other:?}") };
                    Some(at.ok_or_else(missing)? + 1)
                }
            };
            if let Some(at) = at {
                wanted.insert(at, provider.name.clone());
                changes.extend(arrange(transaction, &order, &wanted)?);
            }
            Ok(((), changes))
        })?;
        Ok(run)
    }

    /// Puts the providers in this order.
    ///
    /// # Errors
    /// As every statement.
    pub fn order_enrichment_providers(
        &mut self,
        wanted: &[String],
        author: &Author,
        now: Timestamp,
    ) -> Result<Option<RunId>, StoreError> {
        let ((), run) = self.change_setup(None, author, now, |transaction| {
            let order = names(transaction)?;
            Ok((
                (),
                arrange(transaction, &order, wanted)?.into_iter().collect(),
            ))
        })?;
        Ok(run)
    }

    /// Removes a provider with its switches, what it answered and what it cost.
    ///
    /// # Errors
    /// As every statement.
    pub fn remove_enrichment_provider(
        &mut self,
        name: &str,
        author: &Author,
        now: Timestamp,
    ) -> Result<Option<RunId>, StoreError> {
        let ((), run) = self.change_setup(None, author, now, |transaction| {
            let before = named(transaction, name)?;
            transaction.execute("DELETE FROM enrichment_providers WHERE name = ?1", [name])?;
            transaction.execute("DELETE FROM enrichment_cache WHERE provider = ?1", [name])?;
            transaction.execute("DELETE FROM enrichment_spend WHERE provider = ?1", [name])?;
            transaction.execute(
                "DELETE FROM enrichment_settings WHERE what = ?1",
                [format!("{PROVIDER}{name}")],
            )?;
            let change = SetupChange {
                kind: KIND.to_owned(),
                key: name.to_owned(),
                before: before.as_ref().map(StoredProvider::snapshot),
                after: None,
            };
            Ok(((), vec![change]))
        })?;
        Ok(run)
    }

    /// Switches rules or providers on or off, in general or for an event, and records it. `None` where all stood so already.
    ///
    /// # Errors
    /// As every statement.
    pub fn record_enrichment_switch(
        &mut self,
        what: &[&str],
        event: Option<(EventId, &str)>,
        enabled: bool,
        author: &Author,
        now: Timestamp,
    ) -> Result<Option<RunId>, StoreError> {
        let ((), run) = self.change_setup(None, author, now, |transaction| {
            let mut changes = Vec::new();
            for what in what {
                changes.push(switch(transaction, what, event, enabled)?);
            }
            Ok(((), changes))
        })?;
        Ok(run)
    }

    /// Remembers what went wrong last; nothing: it went well.
    ///
    /// # Errors
    /// As every statement.
    pub fn note_enrichment_error(
        &mut self,
        provider: &str,
        error: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE enrichment_providers SET last_error = ?2, last_error_at = ?3 WHERE name = ?1 AND (?2 IS NOT NULL OR last_error IS NOT NULL)",
            params![provider, error, error.map(|_| micros(now))],
        )?;
        Ok(())
    }
}

fn switch(
    connection: &Connection,
    what: &str,
    event: Option<(EventId, &str)>,
    enabled: bool,
) -> Result<SetupChange, StoreError> {
    let id = event.map_or(0, |(event, _)| event.0);
    let before: Option<bool> = connection
        .query_row(
            "SELECT enabled FROM enrichment_settings WHERE what = ?1 AND event_id = ?2",
            params![what, id],
            |row| row.get(0),
        )
        .optional()?;
    connection.execute(
        "INSERT INTO enrichment_settings (what, event_id, enabled) VALUES (?1, ?2, ?3)
         ON CONFLICT (what, event_id) DO UPDATE SET enabled = excluded.enabled",
        params![what, id, enabled],
    )?;
    Ok(SetupChange {
        kind: SWITCH.to_owned(),
        key: match event {
            Some((_, name)) => format!("{what} at {name}"),
            None => what.to_owned(),
        },
        before: before.map(Value::Bool),
        after: Some(Value::Bool(enabled)),
    })
}

fn arrange(
    connection: &Connection,
    order: &[String],
    wanted: &[String],
) -> Result<Option<SetupChange>, StoreError> {
    if order == wanted {
        return Ok(None);
    }
    for (position, name) in (1_i64..).zip(wanted) {
        connection.execute(
            "UPDATE enrichment_providers SET position = ?2 WHERE name = ?1",
            params![name, position],
        )?;
    }
    Ok(Some(SetupChange {
        kind: ORDER.to_owned(),
        key: "providers".to_owned(),
        before: Some(json!(order)),
        after: Some(json!(wanted)),
    }))
}

fn names(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT name FROM enrichment_providers ORDER BY position, name")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn named(
    connection: &Connection,
    name: &str,
) -> Result<Option<StoredProvider>, StoreError> {
    connection
        .query_row(&format!("{SELECT} WHERE name = ?1"), [name], read)
        .optional()?
        .map(complete)
        .transpose()
}

/// A row with its description and what it is asked for still as text.
fn read(row: &Row<'_>) -> rusqlite::Result<(StoredProvider, String, String)> {
    let error: Option<String> = row.get(7)?;
    let at: Option<i64> = row.get(8)?;
    let place: String = row.get(4)?;
    let provider = StoredProvider {
        name: row.get(0)?,
        preset: row.get(1)?,
        changes: Value::Null,
        base_url: row.get(3)?,
        secret_place: SecretPlace::from_name(&place),
        budget_day: row.get::<_, Option<i64>>(5)?.map(i64::unsigned_abs),
        budget_run: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
        wanted: WantedFields::Needed,
        last_error: error.zip(at.map(timestamp)),
    };
    Ok((provider, row.get(2)?, row.get(9)?))
}

fn complete(
    (provider, changes, wanted): (StoredProvider, String, String),
) -> Result<StoredProvider, StoreError> {
    Ok(StoredProvider {
        changes: serde_json::from_str(&changes)?,
        wanted: serde_json::from_str(&wanted)?,
        ..provider
    })
}
