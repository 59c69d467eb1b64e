//! What is known of sources: when they were asked last, and which of their events are here.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::params;

use super::connection::timestamp;
use super::runs::SETUP;
use super::{Store, StoreError};
use crate::domain::ids::IntegrationId;

impl Store {
    /// When a source was last asked for what it has, to the end; `None`: never.
    ///
    /// # Errors
    /// As every statement.
    pub fn last_pull(&self, source: IntegrationId) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = self.connection.query_row(
            "SELECT max(finished_at) FROM runs WHERE integration_id = ?1 AND trigger <> ?2 AND outcome = 'done'",
            params![source.0, SETUP],
            |row| row.get(0),
        )?;
        Ok(at.map(timestamp))
    }

    /// The events that came from a source, by its own ids.
    ///
    /// # Errors
    /// As every statement.
    pub fn events_of_source(&self, source: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT external_id FROM events WHERE source = ?1 AND external_id IS NOT NULL",
        )?;
        let ids = statement.query_map([source], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}
