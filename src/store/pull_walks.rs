//! How far the walks through a source's lists are, so that a pull that was interrupted goes on.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::connection::{micros, timestamp};
use super::pulls::PulledPage;
use super::transaction::begin;
use super::{Store, StoreError};
use crate::domain::ids::IntegrationId;

/// How far a walk is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullCursor {
    /// The walk's own state, as JSON.
    pub state: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When its last page was taken in.
    pub at: Timestamp,
}

impl Store {
    /// How far a walk is; `None`: none is under way.
    ///
    /// # Errors
    /// As every statement.
    pub fn pull_cursor(
        &self,
        integration: IntegrationId,
        listing: &str,
    ) -> Result<Option<PullCursor>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT state, began_at, at FROM pulls WHERE integration_id = ?1 AND listing = ?2",
            )?
            .query_row(params![integration.0, listing], |row| {
                Ok(PullCursor {
                    state: row.get(0)?,
                    began_at: timestamp(row.get(1)?),
                    at: timestamp(row.get(2)?),
                })
            })
            .optional()?)
    }

    /// What a walk under way has read so far.
    ///
    /// # Errors
    /// As every statement.
    pub fn pull_seen(
        &self,
        integration: IntegrationId,
        listing: &str,
    ) -> Result<HashSet<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT item FROM pull_seen WHERE integration_id = ?1 AND listing = ?2",
        )?;
        let items = statement.query_map(params![integration.0, listing], |row| row.get(0))?;
        Ok(items.collect::<Result<_, _>>()?)
    }

    /// Forgets a walk: it came to its end, or begins again.
    ///
    /// # Errors
    /// As every statement.
    pub fn forget_walk(
        &mut self,
        integration: IntegrationId,
        listing: &str,
    ) -> Result<(), StoreError> {
        let transaction = begin(&self.connection)?;
        for table in ["pulls", "pull_seen"] {
            transaction.execute(
                &format!("DELETE FROM {table} WHERE integration_id = ?1 AND listing = ?2"),
                params![integration.0, listing],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Forgets walks nobody went on with for a day.
    ///
    /// # Errors
    /// As every statement.
    pub fn forget_old_walks(&mut self, now: Timestamp) -> Result<(), StoreError> {
        const DAY: i64 = 86_400_000_000;
        let transaction = begin(&self.connection)?;
        let old = transaction.execute("DELETE FROM pulls WHERE at < ?1", [micros(now) - DAY])?;
        if old > 0 {
            transaction.execute(
                "DELETE FROM pull_seen WHERE NOT EXISTS (SELECT 1 FROM pulls p
                   WHERE p.integration_id = pull_seen.integration_id AND p.listing = pull_seen.listing)",
                [],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// Moves the cursor behind a page that was taken in.
pub(super) fn keep_cursor(
    connection: &Connection,
    page: &PulledPage<'_>,
    state: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO pulls (integration_id, listing, state, began_at, at) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT (integration_id, listing) DO UPDATE SET state = excluded.state, at = excluded.at",
        )?
        .execute(params![page.integration.0, page.listing, state, micros(now)])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO pull_seen (integration_id, listing, item) VALUES (?1, ?2, ?3)",
    )?;
    for item in &page.ids {
        statement.execute(params![page.integration.0, page.listing, item])?;
    }
    Ok(())
}
