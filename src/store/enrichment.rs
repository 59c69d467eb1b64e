//! What enrichment does by itself: which rules and providers are on, for all events or for some.
//!
//! A row of an event beats the general one. Nothing is on until somebody switches it on: what was captured is never changed
//! unasked.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::{Store, StoreError};
use crate::domain::ids::EventId;
use crate::domain::rules::{Options, Writing};

/// The rules that fill what is missing.
pub const RULES_FILL: &str = "rules:fill";
/// The rules that change how captured values are written.
pub const RULES_TIDY: &str = "rules:tidy";
/// Before a provider's name.
pub const PROVIDER: &str = "provider:";
/// The country of phone numbers that say none, as a code of two letters.
pub const COUNTRY: &str = "country";
/// How countries and states are written: `names` (unless set) or `codes`.
pub const COUNTRIES: &str = "countries";

/// What is switched on, as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnrichmentSettings {
    rows: HashMap<(String, i64), (bool, Option<String>)>,
}

impl EnrichmentSettings {
    /// Whether nothing at all happens by itself: no row is on.
    #[must_use]
    pub fn nothing_is_on(&self) -> bool {
        !self
            .rows
            .iter()
            .any(|((what, _), (enabled, _))| *enabled && is_switch(what))
    }

    /// Whether something is on for a lead of these events: for at least one of them, or in general where it is in none.
    #[must_use]
    pub fn is_on(&self, what: &str, events: &[EventId]) -> bool {
        let of = |event: i64| self.rows.get(&(what.to_owned(), event)).map(|row| row.0);
        let general = of(0).unwrap_or(false);
        match events {
            [] => general,
            several => several.iter().any(|event| of(event.0).unwrap_or(general)),
        }
    }

    /// Whether anything is on for a lead of these events.
    #[must_use]
    pub fn any_on(&self, events: &[EventId]) -> bool {
        self.rows
            .keys()
            .any(|(what, _)| is_switch(what) && self.is_on(what, events))
    }

    /// The rules that are on for a lead of these events, and how they write.
    #[must_use]
    pub fn rule_options(&self, events: &[EventId]) -> Options {
        Options {
            fill: self.is_on(RULES_FILL, events),
            tidy: self.is_on(RULES_TIDY, events),
            ..self.every_rule(events)
        }
    }

    /// Every rule, writing as it is set for a lead of these events.
    #[must_use]
    pub fn every_rule(&self, events: &[EventId]) -> Options {
        Options {
            fill: true,
            tidy: true,
            country: self.value(COUNTRY, events).map(str::to_owned),
            writing: match self.value(COUNTRIES, events) {
                Some("codes") => Writing::Codes,
                _ => Writing::Names,
            },
        }
    }

    /// A setting's value for a lead of these events: the latest event's own, else the general one.
    #[must_use]
    pub fn value(&self, what: &str, events: &[EventId]) -> Option<&str> {
        let of = |event: i64| {
            self.rows
                .get(&(what.to_owned(), event))
                .and_then(|row| row.1.as_deref())
        };
        events
            .iter()
            .rev()
            .find_map(|event| of(event.0))
            .or_else(|| of(0))
    }
}

fn is_switch(what: &str) -> bool {
    what == RULES_FILL || what == RULES_TIDY || what.starts_with(PROVIDER)
}

/// Reads everything that was set.
pub(super) fn settings(connection: &Connection) -> Result<EnrichmentSettings, StoreError> {
    let rows = connection
        .prepare_cached("SELECT what, event_id, enabled, value FROM enrichment_settings")?
        .query_map([], |row| {
            Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?)))
        })?
        .collect::<Result<_, _>>()?;
    Ok(EnrichmentSettings { rows })
}

/// Everything that was set; none where nothing happens by itself.
pub(super) fn what_is_on(
    connection: &Connection,
) -> Result<Option<EnrichmentSettings>, StoreError> {
    let settings = settings(connection)?;
    Ok((!settings.nothing_is_on()).then_some(settings))
}

impl Store {
    /// Everything that was set.
    ///
    /// # Errors
    /// As every statement.
    pub fn enrichment_settings(&self) -> Result<EnrichmentSettings, StoreError> {
        settings(&self.connection)
    }

    /// Switches something ([`RULES_FILL`], [`RULES_TIDY`], [`PROVIDER`] with a name) on or off, in general or for an event.
    /// False where it stood so already.
    ///
    /// # Errors
    /// As every statement.
    pub fn switch_enrichment(
        &mut self,
        what: &str,
        event: Option<EventId>,
        enabled: bool,
    ) -> Result<bool, StoreError> {
        let event = event.map_or(0, |event| event.0);
        let before: Option<bool> = self
            .connection
            .query_row(
                "SELECT enabled FROM enrichment_settings WHERE what = ?1 AND event_id = ?2",
                (what, event),
                |row| row.get(0),
            )
            .optional()?;
        self.connection.execute(
            "INSERT INTO enrichment_settings (what, event_id, enabled) VALUES (?1, ?2, ?3)
             ON CONFLICT (what, event_id) DO UPDATE SET enabled = excluded.enabled",
            (what, event, enabled),
        )?;
        Ok(before != Some(enabled))
    }

    /// Sets [`COUNTRY`] or [`COUNTRIES`], in general or for an event; without a value it is unset.
    ///
    /// # Errors
    /// As every statement.
    pub fn set_enrichment_value(
        &mut self,
        what: &str,
        event: Option<EventId>,
        value: Option<&str>,
    ) -> Result<(), StoreError> {
        let event = event.map_or(0, |event| event.0);
        match value {
            Some(value) => self.connection.execute(
                "INSERT INTO enrichment_settings (what, event_id, value) VALUES (?1, ?2, ?3)
                 ON CONFLICT (what, event_id) DO UPDATE SET value = excluded.value",
                (what, event, value),
            )?,
            None => self.connection.execute(
                "DELETE FROM enrichment_settings WHERE what = ?1 AND event_id = ?2",
                (what, event),
            )?,
        };
        Ok(())
    }

    /// Forgets everything set about something, for all events: a provider that is removed.
    ///
    /// # Errors
    /// As every statement.
    pub fn forget_enrichment(&mut self, what: &str) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM enrichment_settings WHERE what = ?1", [what])?;
        Ok(())
    }
}
