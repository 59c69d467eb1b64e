//! `db check`: the file's own integrity, and the board's counters counted afresh.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior, params};
use serde::Serialize;

use super::counters::{NO_EVENT, WHOLE};
use super::{Store, StoreError};
use crate::domain::ids::{AccountId, EventId};

/// A counter that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CounterDifference {
    /// The account.
    pub account: AccountId,
    /// The event; 0 the account as a whole, -1 leads of no event.
    pub event: EventId,
    /// The stored state.
    pub state: String,
    /// Category or stored reason.
    pub detail: String,
    /// Taken out of Failed.
    pub ignored: bool,
    /// Person there all the same.
    pub landed: bool,
    /// What the rows say.
    pub counted: i64,
    /// What the counter said.
    pub stored: i64,
}

type Key = (i64, i64, String, String, bool, bool);

/// What the counters of an account must be, as rows of `board_counts` without the account.
fn counted(scope: &str) -> String {
    let slot = "r.state, CASE r.state WHEN 'failed' THEN r.category ELSE r.hold END AS detail, r.ignored_at IS NOT NULL AS ignored, r.landed";
    let whole = WHOLE.0;
    let none = NO_EVENT.0;
    format!(
        "SELECT r.account_id, {whole} AS event_id, {slot}, count(*) AS n FROM sync_records r WHERE {scope} GROUP BY 1, 3, 4, 5, 6
         UNION ALL
         SELECT r.account_id, ifnull(e.event_id, {none}), {slot}, count(*) FROM sync_records r LEFT JOIN event_leads e ON e.lead_id = r.lead_id
         WHERE {scope} GROUP BY 1, 2, 3, 4, 5, 6"
    )
}

/// Counts one account afresh, inside the caller's transaction.
pub(super) fn recount(connection: &Connection, account: AccountId) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM board_counts WHERE account_id = ?1",
        [account.0],
    )?;
    connection.execute(
        &format!(
            "INSERT INTO board_counts (account_id, event_id, state, detail, ignored, landed, n) {}",
            counted("r.account_id = ?1")
        ),
        [account.0],
    )?;
    Ok(())
}

impl Store {
    /// Counters that are not what the rows say.
    ///
    /// # Errors
    /// As every statement.
    pub fn check_counters(&self) -> Result<Vec<CounterDifference>, StoreError> {
        let read = |sql: &str| -> Result<BTreeMap<Key, i64>, StoreError> {
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                let key = (
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                );
                Ok((key, row.get(6)?))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        // One snapshot, or a sync that runs meanwhile would look like a difference.
        let snapshot = super::transaction::snapshot(&self.connection)?;
        let counted = read(&counted("true"))?;
        let stored = read(
            "SELECT account_id, event_id, state, detail, ignored, landed, n FROM board_counts WHERE n <> 0",
        )?;
        snapshot.finish()?;
        let keys: std::collections::BTreeSet<&Key> = counted.keys().chain(stored.keys()).collect();
        let number = |map: &BTreeMap<Key, i64>, key: &Key| map.get(key).copied().unwrap_or(0);
        Ok(keys
            .into_iter()
            .map(|key| CounterDifference {
                account: AccountId(key.0),
                event: EventId(key.1),
                state: key.2.clone(),
                detail: key.3.clone(),
                ignored: key.4,
                landed: key.5,
                counted: number(&counted, key),
                stored: number(&stored, key),
            })
            .filter(|difference| difference.counted != difference.stored)
            .collect())
    }

    /// Puts the counters right; gives what was wrong.
    ///
    /// # Errors
    /// As every statement.
    pub fn repair_counters(&mut self) -> Result<Vec<CounterDifference>, StoreError> {
        let differences = self.check_counters()?;
        let mut accounts: Vec<AccountId> = differences.iter().map(|wrong| wrong.account).collect();
        accounts.dedup();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for account in accounts {
            recount(&transaction, account)?;
        }
        transaction.commit()?;
        Ok(differences)
    }

    /// What SQLite finds damaged, and rows that point nowhere; empty when all is well. Reads the whole file.
    ///
    /// # Errors
    /// As every statement.
    pub fn check_file(&self) -> Result<Vec<String>, StoreError> {
        let mut problems: Vec<String> = self
            .connection
            .prepare("PRAGMA integrity_check(20)")?
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<_, _>>()?;
        problems.retain(|line| line != "ok");
        let mut dangling = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = dangling.query(params![])?;
        while let Some(row) = rows.next()?.filter(|_| problems.len() < 40) {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            problems.push(format!("a row of {table} points at no row of {parent}"));
        }
        Ok(problems)
    }

    /// Fails a test whose statements left a counter wrong.
    #[cfg(test)]
    #[allow(clippy::unwrap_used)]
    pub(crate) fn assert_counters(&self) {
        let differences = self.check_counters().unwrap();
        assert!(differences.is_empty(), "{differences:#?}");
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
