//! What `doctor` asks of the file: versions, damage, what a push left behind. Reads only; what could take long stops when the
//! caller has waited enough.

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _};

use super::check::CounterDifference;
use super::connection::timestamp;
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, RunId};

/// So many steps of SQLite's machine lie between two looks at the clock.
const STEPS: i32 = 20_000;

/// What processes left behind, and what waits longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueFacts {
    /// Runs at work now.
    pub at_work: u64,
    /// Runs whose process died; the next push takes over what they held.
    pub died: u64,
    /// Creates whose answer never came: looked up before they are repeated.
    pub doubts: u64,
    /// When the first of the waiting leads came in.
    pub waiting_since: Option<Timestamp>,
}

/// The version of SQLite this program is built with.
#[must_use]
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

impl Store {
    /// The version of the file's schema.
    ///
    /// # Errors
    /// As every statement.
    pub fn schema_version(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection
            .pragma_query_value(None, "user_version", |row| row.get(0))?)
    }

    /// What SQLite finds damaged, indexes left aside; empty when all is well, `None` when `go_on` said that it takes too long.
    ///
    /// # Errors
    /// As every statement.
    pub fn quick_check(
        &self,
        go_on: impl FnMut() -> bool + Send + 'static,
    ) -> Result<Option<Vec<String>>, StoreError> {
        while_patient(&self.connection, go_on, || {
            let mut problems: Vec<String> = self
                .connection
                .prepare("PRAGMA quick_check(5)")?
                .query_map([], |row| row.get::<_, String>(0))?
                .collect::<Result<_, _>>()?;
            problems.retain(|line| line != "ok");
            Ok(problems)
        })
    }

    /// As [`Store::check_counters`]; `None` when `go_on` said that it takes too long.
    ///
    /// # Errors
    /// As every statement.
    pub fn check_counters_while(
        &self,
        go_on: impl FnMut() -> bool + Send + 'static,
    ) -> Result<Option<Vec<CounterDifference>>, StoreError> {
        while_patient(&self.connection, go_on, || self.check_counters())
    }

    /// Whether the file takes a write now: the lock of one is taken and given back.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another process has it for longer than the busy time-out; [`StoreError::ReadOnly`] and
    /// others where nobody may.
    pub fn can_write(&self) -> Result<(), StoreError> {
        Ok(super::transaction::begin(&self.connection)?.rollback()?)
    }

    /// Whether a run takes leads in, and has none of the queue in its hands.
    fn is_pull(&self, run: RunId) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM runs WHERE id = ?1 AND trigger = ?2)")?
            .query_row((run.0, super::pulls::TRIGGER), |row| row.get(0))?)
    }

    /// What processes left behind, for one account's leads.
    ///
    /// # Errors
    /// As every statement.
    pub fn queue_facts(
        &self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<QueueFacts, StoreError> {
        let mut facts = QueueFacts::default();
        for (claim, run) in self.unfinished_claims()? {
            if self.is_pull(run)? {
                continue;
            }
            if self.claim_is_alive(claim, now)? {
                facts.at_work += 1;
            } else {
                facts.died += 1;
            }
        }
        let doubts: i64 = self.connection.query_row(
            "SELECT count(*) FROM doubts WHERE account_id = ?1",
            [account.0],
            |row| row.get(0),
        )?;
        facts.doubts = doubts.unsigned_abs();
        // The first of the queue by number: numbers are given as leads come in.
        facts.waiting_since = self
            .connection
            .query_row(
                "SELECT l.captured_at FROM sync_records r JOIN leads l ON l.id = r.lead_id
                 WHERE r.account_id = ?1 AND r.state = 'waiting' AND r.category = '' ORDER BY r.lead_id LIMIT 1",
                [account.0],
                |row| row.get::<_, i64>(0),
            )
            .optional()?
            .map(timestamp);
        Ok(facts)
    }
}

/// Runs statements and breaks them off when `go_on` says no.
fn while_patient<T>(
    connection: &Connection,
    mut go_on: impl FnMut() -> bool + Send + 'static,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    connection.progress_handler(STEPS, Some(move || !go_on()))?;
    let outcome = work();
    connection.progress_handler(0, None::<fn() -> bool>)?;
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::Sqlite(error))
            if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{fixtures, test_support};
    use super::*;

    #[test]
    fn a_sound_file_is_found_sound() {
        let store = Store::in_memory().unwrap();
        assert_eq!(store.schema_version().unwrap(), 1);
        assert_eq!(store.quick_check(|| true).unwrap(), Some(Vec::new()));
        assert_eq!(
            store.check_counters_while(|| true).unwrap(),
            Some(Vec::new())
        );
    }

    #[test]
    fn what_takes_too_long_is_left_and_the_file_works_on() {
        let store = Store::in_memory().unwrap();
        store
            .connection
            .execute_batch(
                "INSERT INTO meta SELECT 'filler' || value, hex(randomblob(40))
                 FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 50000) SELECT value FROM n)",
            )
            .unwrap();
        assert_eq!(store.quick_check(|| false).unwrap(), None);
        assert_eq!(store.quick_check(|| true).unwrap(), Some(Vec::new()));
    }

    #[test]
    fn nothing_left_behind_is_nothing() {
        let store = Store::in_memory().unwrap();
        let account = test_support::account(&store, "crm");
        assert_eq!(
            store.queue_facts(account, fixtures::now()).unwrap(),
            QueueFacts::default()
        );
    }
}
