//! Connections: one row per connection ever made, which survives disconnect, and the account it is signed in to.
//!
//! A person's change is recorded in history in the transaction that makes it; asking for what already holds changes and
//! records nothing.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::check::recount;
use super::connection::micros;
use super::integration_rows::{
    SELECT, bump_revision, describe, one, put_account, put_integration, read_integration,
    refuse_second,
};
use super::{Store, StoreError};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::IntegrationId;
use crate::domain::integration::{
    Account, Environment, Integration, IntegrationCategory, Mode, SecretPlace, Settings,
};
use crate::domain::sync_state::hold;

/// A connection about to be made, or made again.
#[derive(Debug, Clone)]
pub struct NewIntegration {
    /// What `-i` takes.
    pub name: String,
    /// The vendor.
    pub vendor: String,
    /// The slot.
    pub category: IntegrationCategory,
    /// The mode to have; `None`: as it was, Automatic for a new one.
    pub mode: Option<Mode>,
    /// Options.
    pub settings: Settings,
    /// Where the secret is.
    pub secret_place: SecretPlace,
}

/// The account at the other end, as the vendor told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountDetails {
    /// The vendor's own id (portal, org).
    pub vendor_account: String,
    /// `scheme://host:port`, empty for the vendor's own.
    pub origin: String,
    /// Production, sandbox or rehearsal.
    pub environment: Environment,
    /// What it is called.
    pub name: String,
}

/// What a connect did.
#[derive(Debug, Clone)]
pub struct Connected {
    /// The connection as it is now.
    pub integration: Integration,
    /// Its account.
    pub account: Account,
    /// Whether the account was never seen before.
    pub new_account: bool,
    /// Whether the connection was signed in to another account before.
    pub other_account: bool,
}

impl Store {
    /// Every connection ever made: CRM, marketing, source; connected ones first.
    ///
    /// # Errors
    /// As every statement.
    pub fn integrations(&self) -> Result<Vec<Integration>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} ORDER BY CASE i.category WHEN 'crm' THEN 0 WHEN 'marketing' THEN 1 ELSE 2 END, i.connected DESC, i.id"
        ))?;
        let rows = statement.query_map([], |row| Ok(read_integration(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The connection of that name.
    ///
    /// # Errors
    /// As every statement.
    pub fn integration(&self, name: &str) -> Result<Option<Integration>, StoreError> {
        one(&self.connection, "i.name = ?1 COLLATE NOCASE", [name])
    }

    /// The connection of that row.
    ///
    /// # Errors
    /// As every statement.
    pub fn integration_by_id(&self, id: IntegrationId) -> Result<Option<Integration>, StoreError> {
        one(&self.connection, "i.id = ?1", [id.0])
    }

    /// Whether a connection of that name may take its category's place.
    ///
    /// # Errors
    /// [`StoreError::CategoryTaken`] where another connection holds it, paused or not.
    pub fn check_category(
        &self,
        name: &str,
        category: IntegrationCategory,
    ) -> Result<(), StoreError> {
        refuse_second(&self.connection, name, category)
    }

    /// Makes a connection, or renews it in place: mappings, mode, pause and history stay, the account may change.
    ///
    /// # Errors
    /// [`StoreError::CategoryTaken`] where another connection holds the category's only place, paused or not.
    pub fn connect_integration(
        &mut self,
        new: &NewIntegration,
        details: &AccountDetails,
        author: &Author,
        now: Timestamp,
    ) -> Result<Connected, StoreError> {
        let before = self.integration(&new.name)?;
        let known = before.as_ref().map(|integration| integration.id);
        let (connected, _) = self.change_setup(known, author, now, |transaction| {
            refuse_second(transaction, &new.name, new.category)?;
            let integration = put_integration(transaction, new, now)?;
            let (account, new_account) = put_account(transaction, integration, details, now)?;
            transaction.execute(
                "UPDATE integrations SET account_id = ?2 WHERE id = ?1",
                params![integration.0, account.0],
            )?;
            let stored = one(transaction, "i.id = ?1", [integration.0])?
                .ok_or_else(|| StoreError::Unexpected("a connection vanished".to_owned()))?;
            let account = stored
                .account
                .clone()
                .ok_or_else(|| StoreError::Unexpected("an account vanished".to_owned()))?;
            let other_account = before
                .as_ref()
                .and_then(|old| old.account.as_ref())
                .is_some_and(|old| old.id != account.id);
            let change = SetupChange::new(
                "integration",
                &stored.name,
                before.as_ref().map(describe),
                Some(describe(&stored)),
            );
            let connected = Connected {
                integration: stored,
                account,
                new_account,
                other_account,
            };
            Ok((connected, vec![change]))
        })?;
        Ok(connected)
    }

    /// Sets when leads are pushed. Whether anything changed. A switch takes back what an earlier
    /// [`Store::set_automatic_from_now`] left behind: Automatic frees every Frozen lead.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is no such connection.
    pub fn set_mode(
        &mut self,
        id: IntegrationId,
        mode: Mode,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.switch_mode(id, mode, None, author, now)
    }

    /// Switches to Automatic for leads from now on: those Frozen now stay Frozen until their event is named. Whether
    /// anything changed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is no such connection.
    pub fn set_automatic_from_now(
        &mut self,
        id: IntegrationId,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let stay = Some((hold::NONE, hold::FROZEN));
        self.switch_mode(id, Mode::Automatic, stay, author, now)
    }

    /// Frozen is derived from the mode; what shall stay Frozen in Automatic needs a stored reason (`freeze`: from, to).
    fn switch_mode(
        &mut self,
        id: IntegrationId,
        mode: Mode,
        freeze: Option<(&str, &str)>,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.alter(id, author, now, |transaction, old| {
            if old.mode == mode {
                return Ok(());
            }
            transaction.execute(
                "UPDATE integrations SET mode = ?2, mode_since = ?3 WHERE id = ?1",
                params![id.0, mode.name(), micros(now)],
            )?;
            let Some(account) = &old.account else {
                return Ok(());
            };
            let (from, to) = freeze.unwrap_or((hold::FROZEN, hold::NONE));
            let moved = transaction.execute(
                "UPDATE sync_records INDEXED BY sync_queue SET hold = ?3, changed_at = ?4
                 WHERE account_id = ?1 AND state = 'waiting' AND hold = ?2
                   AND EXISTS (SELECT 1 FROM leads l WHERE l.id = lead_id AND l.readiness = 'ready')",
                params![account.id.0, from, to, micros(now)],
            )?;
            if moved > 0 {
                recount(transaction, account.id)?;
            }
            Ok(())
        })
    }

    /// Resumes or pauses a connection. Whether anything changed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is no such connection.
    pub fn set_enabled(
        &mut self,
        id: IntegrationId,
        enabled: bool,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.alter(id, author, now, |transaction, _| {
            transaction.execute(
                "UPDATE integrations SET enabled = ?2 WHERE id = ?1",
                params![id.0, enabled],
            )?;
            Ok(())
        })
    }

    /// Ends a connection; mappings, qualifiers, history and the account's state stay. Whether anything changed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is no such connection.
    pub fn disconnect(
        &mut self,
        id: IntegrationId,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.alter(id, author, now, |transaction, old| {
            // Copies of the vendor's records are of no use without it, and theirs to have.
            if let Some(account) = &old.account {
                super::mirror::forget(transaction, account.id, None)?;
            }
            transaction.execute(
                "UPDATE integrations SET connected = 0, health = 'ok', secret_store = 'none', sign_in = sign_in + connected WHERE id = ?1",
                [id.0],
            )?;
            Ok(())
        })
    }

    /// Changes the options of a connection. Whether anything changed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is no such connection.
    pub fn save_settings(
        &mut self,
        id: IntegrationId,
        settings: &Settings,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.alter(id, author, now, |transaction, old| {
            if old.settings == *settings {
                return Ok(());
            }
            transaction.execute(
                "UPDATE integrations SET settings = ?2, revision = revision + 1 WHERE id = ?1",
                params![id.0, serde_json::to_string(settings)?],
            )?;
            Ok(())
        })
    }

    /// Notes that the vendor refused the sign-in, or takes it again, unless another took its place since `integration` was
    /// read. No change of set-up: nothing is recorded. Whether anything changed.
    ///
    /// # Errors
    /// As every statement.
    pub fn set_needs_sign_in(
        &mut self,
        integration: &Integration,
        needed: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let health = if needed { "needs_sign_in" } else { "ok" };
        let changed = self.connection.execute(
            "UPDATE integrations SET health = ?2, updated_at = ?3 WHERE id = ?1 AND health <> ?2 AND sign_in = ?4",
            params![integration.id.0, health, micros(now), integration.sign_in],
        )?;
        Ok(changed > 0)
    }

    /// Takes into the options what a renewal of the sign-in told: what is different in `after` from `before`, unless another
    /// sign-in took its place since `integration` was read. Nobody's change of set-up: nothing is recorded. Whether anything
    /// changed.
    ///
    /// # Errors
    /// As every statement.
    pub fn take_told(
        &mut self,
        integration: &Integration,
        before: &Settings,
        after: &Settings,
    ) -> Result<bool, StoreError> {
        let Some(now) = self.integration_by_id(integration.id)? else {
            return Ok(false);
        };
        let mut settings = now.settings.clone();
        for (key, value) in &after.vendor {
            if before.vendor.get(key) != Some(value) {
                settings.vendor.insert(key.clone(), value.clone());
            }
        }
        if settings == now.settings {
            return Ok(false);
        }
        // Not over what somebody sets meanwhile.
        let changed = self.connection.execute(
            "UPDATE integrations SET settings = ?2 WHERE id = ?1 AND sign_in = ?3 AND connected = 1 AND settings = ?4",
            params![
                integration.id.0,
                serde_json::to_string(&settings)?,
                integration.sign_in,
                serde_json::to_string(&now.settings)?
            ],
        )?;
        Ok(changed > 0)
    }

    /// Notes where the secret is kept. Whether anything changed.
    ///
    /// # Errors
    /// As every statement.
    pub fn set_secret_place(
        &mut self,
        id: IntegrationId,
        place: SecretPlace,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let changed = self.connection.execute(
            "UPDATE integrations SET secret_store = ?2, updated_at = ?3 WHERE id = ?1 AND secret_store <> ?2",
            params![id.0, place.name(), micros(now)],
        )?;
        Ok(changed > 0)
    }

    /// Counts a change of what would be sent, so that attempts tell which set-up they were made with.
    ///
    /// # Errors
    /// As every statement.
    pub fn bump_revision(&mut self, id: IntegrationId) -> Result<bool, StoreError> {
        Ok(bump_revision(&self.connection, id)?)
    }

    /// Makes a change to one connection and records it if it made a difference.
    fn alter(
        &mut self,
        id: IntegrationId,
        author: &Author,
        now: Timestamp,
        change: impl FnOnce(&Transaction<'_>, &Integration) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let (changed, _) = self.change_setup(Some(id), author, now, |transaction| {
            let missing = || StoreError::Missing {
                what: format!("integration {id}"),
            };
            let old = one(transaction, "i.id = ?1", [id.0])?.ok_or_else(missing)?;
            change(transaction, &old)?;
            let new = one(transaction, "i.id = ?1", [id.0])?.ok_or_else(missing)?;
            if old == new {
                return Ok((false, Vec::new()));
            }
            transaction.execute(
                "UPDATE integrations SET updated_at = ?2 WHERE id = ?1",
                params![id.0, micros(now)],
            )?;
            let change = SetupChange::new(
                "integration",
                &new.name,
                Some(describe(&old)),
                Some(describe(&new)),
            );
            Ok((true, vec![change]))
        })?;
        Ok(changed)
    }
}

#[cfg(test)]
#[path = "integrations_tests.rs"]
mod tests;
