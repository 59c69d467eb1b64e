//! A bulk write of captured rows.
//!
//! Rows are committed in portions: a crash loses at most the last one, and repeating the import finds the others seen
//! before. While it runs commits are not forced to the disk one by one ([`Durability::Normal`]); its end is one checkpoint.
//! Dropping it unfinished takes back what was not committed.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::capture_row::{CaptureRow, CorrectionRow};
use super::captures::{Captured, Capturer, Corrected};
use super::connection::{Durability, micros};
use super::events::{self, NewEvent};
use super::lookup::Lookup;
use super::runs::RunEnd;
use super::transaction::begin;
use super::{Store, StoreError};
use crate::domain::event::Event;
use crate::domain::history::RunOutcome;
use crate::domain::ids::{EventId, RunId};

/// Pages of write-ahead log (4 KiB each) after which SQLite may move them into the file although the import goes on.
const CHECKPOINT_PAGES: i64 = 16_384;
/// SQLite's own value, for everybody else.
const DEFAULT_CHECKPOINT_PAGES: i64 = 1_000;

/// What is known of a file when its import ends.
#[derive(Debug, Clone)]
pub struct ImportRecord<'a> {
    /// SHA-256 of its bytes as they were read.
    pub digest: &'a [u8],
    /// SHA-256 of its header.
    pub header_digest: &'a [u8],
    /// Its counts, as JSON.
    pub counts: &'a str,
}

/// An import under way; it holds the file's write lock.
pub struct Importer<'s> {
    store: &'s Store,
    transaction: Option<Transaction<'s>>,
    capturer: Capturer<'s>,
    run: RunId,
    now: Timestamp,
}

impl Store {
    /// Begins an import. Its row in `imports` has the number of its run.
    ///
    /// # Errors
    /// As every statement.
    pub fn begin_import(
        &mut self,
        run: RunId,
        name: &str,
        now: Timestamp,
    ) -> Result<Importer<'_>, StoreError> {
        // Made first: whatever fails below, its drop restores the durability.
        let mut importer = Importer {
            capturer: Capturer::new(&self.connection, Some(run.0), now)?,
            store: self,
            transaction: None,
            run,
            now,
        };
        let connection = &importer.store.connection;
        importer.store.set_durability(Durability::Normal)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        let transaction = begin(connection)?;
        transaction.execute(
            "INSERT INTO imports (id, name, digest, counts, started_at) VALUES (?1, ?2, x'', '{}', ?3)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, started_at = excluded.started_at, finished_at = NULL",
            (run.0, name, micros(now)),
        )?;
        importer.transaction = Some(transaction);
        Ok(importer)
    }

    /// What `--column` said of files with these columns: header and field.
    ///
    /// # Errors
    /// As every statement.
    pub fn remembered_columns(
        &self,
        header_digest: &[u8],
    ) -> Result<Vec<(String, String)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT header, field FROM import_columns WHERE header_hash = ?1 ORDER BY header",
        )?;
        let rows = statement.query_map([header_digest], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The run that imported a file with this digest to its end, if one did.
    ///
    /// # Errors
    /// As every statement.
    pub fn import_of(&self, digest: &[u8]) -> Result<Option<RunId>, StoreError> {
        let run = self.connection.query_row(
            "SELECT max(id) FROM imports WHERE digest = ?1 AND finished_at IS NOT NULL",
            [digest],
            |row| row.get::<_, Option<i64>>(0),
        )?;
        Ok(run.map(RunId))
    }

    /// Ends the run of an import that failed. What it committed stays, and the run says that it stopped; one that left
    /// nothing behind leaves no run either.
    ///
    /// # Errors
    /// As every statement.
    pub fn abandon_import(&mut self, run: RunId, now: Timestamp) -> Result<(), StoreError> {
        let kept: bool = self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM imports WHERE id = ?1)",
            [run.0],
            |row| row.get(0),
        )?;
        if !kept {
            self.connection
                .execute("DELETE FROM runs WHERE id = ?1", [run.0])?;
            return Ok(());
        }
        let end = RunEnd {
            outcome: RunOutcome::Stopped,
            stop_reason: None,
            requests: 0,
            counts: serde_json::json!({}),
        };
        self.finish_run(run, &end, now)
    }
}

impl Importer<'_> {
    /// An event by its full name, its number or its source's id.
    ///
    /// # Errors
    /// As every statement.
    pub fn event(&self, text: &str) -> Result<Lookup<Event>, StoreError> {
        events::by_name_or_id(&self.store.connection, text)
    }

    /// The names of all events.
    ///
    /// # Errors
    /// As every statement.
    pub fn event_names(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .store
            .connection
            .prepare_cached("SELECT name FROM events ORDER BY id")?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Remembers what columns mean, for the next file with the same.
    ///
    /// # Errors
    /// As every statement.
    pub fn remember_columns(
        &self,
        header_digest: &[u8],
        columns: &[(String, String)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut statement = self.store.connection.prepare_cached(
            "INSERT INTO import_columns (header_hash, header, field, set_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (header_hash, header) DO UPDATE SET field = excluded.field, set_at = excluded.set_at",
        )?;
        for (header, field) in columns {
            statement.execute((header_digest, header, field, micros(now)))?;
        }
        Ok(())
    }

    /// Adds an event; the caller knows that none has this name.
    ///
    /// # Errors
    /// As every statement.
    pub fn add_event(&mut self, name: &str) -> Result<EventId, StoreError> {
        let event = NewEvent {
            name: name.to_owned(),
            ..NewEvent::default()
        };
        events::insert(&self.store.connection, &event, self.now)
    }

    /// Takes in one row.
    ///
    /// # Errors
    /// As every statement.
    pub fn capture(&mut self, row: &CaptureRow<'_>) -> Result<Captured, StoreError> {
        self.capturer.capture(row)
    }

    /// Applies one correction.
    ///
    /// # Errors
    /// As every statement.
    pub fn correct(&mut self, row: &CorrectionRow<'_>) -> Result<Corrected, StoreError> {
        self.capturer.correct(row)
    }

    /// Commits what was taken in so far, and lets others write before it goes on.
    ///
    /// # Errors
    /// As every statement.
    pub fn commit_portion(&mut self) -> Result<(), StoreError> {
        self.commit()?;
        self.transaction = Some(begin(&self.store.connection)?);
        // Somebody may have connected an account in between.
        self.capturer.refresh()
    }

    /// Commits the rest and ends the import.
    ///
    /// # Errors
    /// As every statement.
    pub fn finish(mut self, record: &ImportRecord<'_>, now: Timestamp) -> Result<(), StoreError> {
        self.store.connection.execute(
            "UPDATE imports SET digest = ?2, header_hash = ?3, counts = ?4, finished_at = ?5 WHERE id = ?1",
            (
                self.run.0,
                record.digest,
                record.header_digest,
                record.counts,
                micros(now),
            ),
        )?;
        self.commit()?;
        self.store.checkpoint()
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        std::mem::take(&mut self.capturer.deltas).apply(&self.store.connection)?;
        if let Some(transaction) = self.transaction.take() {
            transaction.commit()?;
        }
        Ok(())
    }
}

impl Drop for Importer<'_> {
    fn drop(&mut self) {
        // Rolls back what is open: how safe commits are cannot be changed inside a transaction.
        drop(self.transaction.take());
        let restored = self.store.set_durability(Durability::Full).and_then(|()| {
            self.store
                .connection
                .pragma_update(None, "wal_autocheckpoint", DEFAULT_CHECKPOINT_PAGES)
                .map_err(StoreError::from)
        });
        if let Err(error) = restored {
            tracing::warn!(%error, "cannot restore the durability of the database");
        }
    }
}
