//! Accounts: all sync state hangs on them, so another account of the same vendor starts with none.

use jiff::Timestamp;
use rusqlite::{TransactionBehavior, params};

use super::check::recount;
use super::connection::{micros, timestamp};
use super::{Store, StoreError, requirements, suppressions};
use crate::domain::budget::Budget;
use crate::domain::ids::{AccountId, IntegrationId};
use crate::domain::integration::{Account, Environment, IntegrationCategory};
use crate::domain::sync_state::hold;

/// What becomes of leads that were here before an account was connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backlog {
    /// They are due; with `since` only those captured from then on, older ones wait.
    Push {
        /// The first capture that counts.
        since: Option<Timestamp>,
    },
    /// They wait until their event is named.
    Hold,
}

/// What waits in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BacklogCounts {
    /// Waiting for nothing but a push.
    pub due: u64,
    /// Waiting for their event to be named.
    pub held: u64,
}

/// Leads that were here before an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnseenLeads {
    /// All of them.
    pub total: u64,
    /// By event, the largest first; those of no event last.
    pub by_event: Vec<(Option<String>, u64)>,
}

impl Store {
    /// Whether this is the first real account of its category: no other one was ever connected, rehearsals apart
    /// (decisions.md 13).
    ///
    /// # Errors
    /// As every statement.
    pub fn first_account_in_category(
        &self,
        category: IntegrationCategory,
        account: AccountId,
    ) -> Result<bool, StoreError> {
        Ok(self.connection.query_row(
            "SELECT NOT EXISTS (SELECT 1 FROM accounts a JOIN integrations i ON i.id = a.integration_id
               WHERE i.category = ?1 AND a.id <> ?2 AND a.environment <> 'rehearsal')",
            params![category.name(), account.0],
            |row| row.get(0),
        )?)
    }

    /// Every account a connection was ever signed in to, the latest first.
    ///
    /// # Errors
    /// As every statement.
    pub fn accounts(&self, integration: IntegrationId) -> Result<Vec<Account>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, vendor_account, origin, environment, name FROM accounts WHERE integration_id = ?1 ORDER BY id DESC",
        )?;
        let rows = statement.query_map([integration.0], |row| {
            Ok(Account {
                id: AccountId(row.get(0)?),
                vendor_account: row.get(1)?,
                origin: row.get(2)?,
                environment: Environment::from_name(&row.get::<_, String>(3)?),
                name: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Leads an account does not know yet (`None`: one never seen, which knows none), by event, and all of them. A lead of
    /// two events counts in both.
    ///
    /// # Errors
    /// As every statement.
    pub fn unseen_leads(&self, account: Option<AccountId>) -> Result<UnseenLeads, StoreError> {
        let unseen = "FROM leads l {events} WHERE l.erased_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM sync_records r WHERE r.account_id = ?1 AND r.lead_id = l.id)";
        let account = account.map(|account| account.0);
        let total: i64 = self.connection.query_row(
            &format!("SELECT count(*) {}", unseen.replace("{events}", "")),
            [account],
            |row| row.get(0),
        )?;
        let by_event = unseen.replace(
            "{events}",
            "LEFT JOIN event_leads e ON e.lead_id = l.id LEFT JOIN events v ON v.id = e.event_id",
        );
        let mut statement = self.connection.prepare(&format!(
            "SELECT v.name, count(*) {by_event} GROUP BY v.id ORDER BY v.id IS NULL, count(*) DESC, v.id"
        ))?;
        let rows = statement.query_map([account], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?;
        Ok(UnseenLeads {
            total: total.unsigned_abs(),
            by_event: rows.collect::<Result<_, _>>()?,
        })
    }

    /// Changes what an account is called here. Whether anything changed.
    ///
    /// # Errors
    /// As every statement.
    pub fn name_account(&mut self, account: AccountId, name: &str) -> Result<bool, StoreError> {
        let changed = self.connection.execute(
            "UPDATE accounts SET name = ?2 WHERE id = ?1 AND name IS NOT ?2",
            params![account.0, name],
        )?;
        Ok(changed > 0)
    }

    /// Takes every lead the account does not know yet into it, and tells what waits there now, with what waited before.
    ///
    /// A lead that a person holds in another account, or that must never leave, is held here too: it was the lead that was
    /// held, not the account.
    ///
    /// # Errors
    /// As every statement.
    pub fn seed_account(
        &mut self,
        account: AccountId,
        backlog: Backlog,
        now: Timestamp,
    ) -> Result<BacklogCounts, StoreError> {
        let due_from = match backlog {
            Backlog::Push { since } => since.map_or(i64::MIN, micros),
            Backlog::Hold => i64::MAX,
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seeded = transaction.execute(
            "INSERT INTO sync_records (account_id, lead_id, hold, changed_at)
             SELECT ?1, l.id, CASE WHEN l.captured_at < ?2 THEN ?4 WHEN l.readiness = 'needs_data' THEN ?5 ELSE '' END, ?3
             FROM leads l WHERE l.erased_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM sync_records r WHERE r.account_id = ?1 AND r.lead_id = l.id)
             ORDER BY l.id",
            params![account.0, due_from, micros(now), hold::BEFORE_CONNECT, hold::NEEDS_DATA],
        )?;
        if seeded > 0 {
            transaction.execute(
                "UPDATE sync_records SET state = 'held', hold = other.hold FROM (
                   SELECT r.lead_id, max(r.hold) AS hold FROM accounts a JOIN sync_records r ON r.account_id = a.id AND r.state = 'held'
                   WHERE a.id <> ?1 AND r.hold IN (?2, ?3) GROUP BY r.lead_id) AS other
                 WHERE sync_records.account_id = ?1 AND sync_records.lead_id = other.lead_id
                   AND sync_records.state = 'waiting' AND sync_records.attempts = 0 AND sync_records.changed_at = ?4",
                params![account.0, hold::HELD, hold::SUPPRESSED, micros(now)],
            )?;
            suppressions::hold_all(&transaction, account)?;
            requirements::restate(&transaction, account, now)?;
            // One pass over the new rows is cheaper than a delta for each of a million.
            recount(&transaction, account)?;
        }
        let counts = transaction.query_row(
            "SELECT total(n) FILTER (WHERE detail = ''), total(n) FILTER (WHERE detail = ?2) FROM board_counts
             WHERE account_id = ?1 AND event_id = 0 AND state = 'waiting'",
            params![account.0, hold::BEFORE_CONNECT],
            |row| Ok((row.get::<_, f64>(0)?, row.get::<_, f64>(1)?)),
        )?;
        transaction.commit()?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole numbers of leads
        Ok(BacklogCounts {
            due: counts.0 as u64,
            held: counts.1 as u64,
        })
    }

    /// Keeps what the vendor told of a limit.
    ///
    /// # Errors
    /// As every statement.
    pub fn save_budget(
        &mut self,
        account: AccountId,
        quota: &str,
        used: u64,
        allowed: Option<u64>,
        resets_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        self.connection.execute(
            "INSERT INTO budgets (account_id, quota, used, allowed, resets_at, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET used = excluded.used, allowed = excluded.allowed, resets_at = excluded.resets_at, at = excluded.at, counted = 0",
            params![account.0, quota, number(used), allowed.map(number), resets_at.map(micros), micros(now)],
        )?;
        Ok(())
    }

    /// Adds what a run spent of a limit whose use the vendor does not tell: to what was spent before it on the same day.
    ///
    /// # Errors
    /// As every statement.
    pub fn count_budget(
        &mut self,
        account: AccountId,
        quota: &str,
        spent: u64,
        allowed: u64,
        resets_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        self.connection.execute(
            "INSERT INTO budgets (account_id, quota, used, allowed, resets_at, at, counted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
             ON CONFLICT DO UPDATE SET used = CASE WHEN resets_at > ?6 THEN used ELSE 0 END + excluded.used,
                allowed = excluded.allowed, resets_at = excluded.resets_at, at = excluded.at, counted = 1",
            params![account.0, quota, number(spent), number(allowed), micros(resets_at), micros(now)],
        )?;
        Ok(())
    }

    /// What the vendor told of its limits last.
    ///
    /// # Errors
    /// As every statement.
    pub fn budgets(&self, account: AccountId) -> Result<Vec<Budget>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT quota, used, allowed, resets_at, at, counted FROM budgets WHERE account_id = ?1 ORDER BY quota",
        )?;
        let rows = statement.query_map([account.0], |row| {
            Ok(Budget {
                quota: row.get(0)?,
                used: row.get::<_, i64>(1)?.unsigned_abs(),
                allowed: row.get::<_, Option<i64>>(2)?.map(i64::unsigned_abs),
                resets_at: row.get::<_, Option<i64>>(3)?.map(timestamp),
                at: timestamp(row.get(4)?),
                counted: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
#[path = "accounts_tests.rs"]
mod tests;
