//! Rows of connections and accounts: reading, writing, and what history keeps of them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::StoreError;
use super::connection::micros;
use super::integrations::{AccountDetails, NewIntegration};
use crate::domain::ids::{AccountId, IntegrationId};
use crate::domain::integration::{
    Account, Environment, Integration, IntegrationCategory, Mode, SecretPlace,
};

pub(super) const SELECT: &str = "SELECT i.id, i.name, i.vendor, i.category, i.connected, i.enabled, i.mode, i.health, i.settings,
    i.secret_store, i.revision, i.mode_since,
    EXISTS (SELECT 1 FROM mappings m WHERE m.integration_id = i.id AND m.role = 'persona'),
    a.id, a.vendor_account, a.origin, a.environment, a.name, i.sign_in
  FROM integrations i LEFT JOIN accounts a ON a.id = i.account_id";

/// One more change of what would be sent.
pub(super) fn bump_revision(connection: &Connection, id: IntegrationId) -> rusqlite::Result<bool> {
    let changed = connection.execute(
        "UPDATE integrations SET revision = revision + 1 WHERE id = ?1",
        [id.0],
    )?;
    Ok(changed > 0)
}

pub(super) fn refuse_second(
    connection: &Connection,
    name: &str,
    category: IntegrationCategory,
) -> Result<(), StoreError> {
    if category == IntegrationCategory::Source {
        return Ok(());
    }
    // A paused connection is still connected: it keeps the place (product.md 3.3).
    let holder: Option<String> = connection
        .query_row(
            "SELECT name FROM integrations WHERE category = ?1 AND connected = 1 AND rank = 'primary' AND name <> ?2 COLLATE NOCASE",
            params![category.name(), name],
            |row| row.get(0),
        )
        .optional()?;
    holder.map_or(Ok(()), |by| Err(StoreError::CategoryTaken { by }))
}

pub(super) fn put_integration(
    connection: &Connection,
    new: &NewIntegration,
    now: Timestamp,
) -> Result<IntegrationId, StoreError> {
    let settings = serde_json::to_string(&new.settings)?;
    let mode = new.mode.map(Mode::name);
    let known: Option<i64> = connection
        .query_row(
            "SELECT id FROM integrations WHERE name = ?1 COLLATE NOCASE",
            [&new.name],
            |row| row.get(0),
        )
        .optional()?;
    let Some(id) = known else {
        connection.execute(
            "INSERT INTO integrations (name, vendor, category, connected, enabled, mode, health, settings, secret_store, mode_since, created_at, updated_at)
             VALUES (?1, ?2, ?3, 1, 1, ifnull(?4, 'automatic'), 'ok', ?5, ?6, ?7, ?7, ?7)",
            params![new.name, new.vendor, new.category.name(), mode, settings, new.secret_place.name(), micros(now)],
        )?;
        return Ok(IntegrationId(connection.last_insert_rowid()));
    };
    connection.execute(
        // A pause ends with a disconnect: connecting again resumes (product.md 8.2).
        "UPDATE integrations SET vendor = ?2, enabled = enabled OR NOT connected, connected = 1, health = 'ok', secret_store = ?5, sign_in = sign_in + 1, updated_at = ?6,
           mode_since = CASE WHEN ifnull(?3, mode) = mode THEN mode_since ELSE ?6 END, mode = ifnull(?3, mode),
           revision = revision + (settings <> ?4), settings = ?4
         WHERE id = ?1",
        params![id, new.vendor, mode, settings, new.secret_place.name(), micros(now)],
    )?;
    Ok(IntegrationId(id))
}

pub(super) fn put_account(
    connection: &Connection,
    integration: IntegrationId,
    details: &AccountDetails,
    now: Timestamp,
) -> Result<(AccountId, bool), StoreError> {
    let known: Option<i64> = connection
        .query_row(
            "SELECT id FROM accounts WHERE integration_id = ?1 AND origin = ?2 AND vendor_account = ?3",
            params![integration.0, details.origin, details.vendor_account],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(id) = known {
        connection.execute(
            "UPDATE accounts SET environment = ?2, name = ?3 WHERE id = ?1",
            params![id, details.environment.name(), details.name],
        )?;
        return Ok((AccountId(id), false));
    }
    connection.execute(
        "INSERT INTO accounts (integration_id, vendor_account, origin, environment, name, first_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            integration.0,
            details.vendor_account,
            details.origin,
            details.environment.name(),
            details.name,
            micros(now)
        ],
    )?;
    Ok((AccountId(connection.last_insert_rowid()), true))
}

pub(super) fn one(
    connection: &Connection,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Option<Integration>, StoreError> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE {condition}"))?
        .query_row(parameters, |row| Ok(read_integration(row)))
        .optional()?
        .transpose()
}

pub(super) fn read_integration(row: &Row<'_>) -> Result<Integration, StoreError> {
    let category: String = row.get(3)?;
    let settings: String = row.get(8)?;
    let account = row.get::<_, Option<i64>>(13)?.map(|id| {
        Ok::<_, rusqlite::Error>(Account {
            id: AccountId(id),
            vendor_account: row.get(14)?,
            origin: row.get(15)?,
            environment: Environment::from_name(&row.get::<_, String>(16)?),
            name: row.get::<_, Option<String>>(17)?.unwrap_or_default(),
        })
    });
    Ok(Integration {
        id: IntegrationId(row.get(0)?),
        name: row.get(1)?,
        vendor: row.get(2)?,
        category: IntegrationCategory::from_name(&category)
            .ok_or_else(|| StoreError::Unexpected(format!("integration category {category:?}")))?,
        connected: row.get(4)?,
        enabled: row.get(5)?,
        mode: Mode::from_name(&row.get::<_, String>(6)?).unwrap_or(Mode::Manual),
        needs_sign_in: row.get::<_, String>(7)? == "needs_sign_in",
        account: account.transpose()?,
        settings: serde_json::from_str(&settings)?,
        secret_place: SecretPlace::from_name(&row.get::<_, String>(9)?),
        revision: row.get(10)?,
        mode_since: row.get(11)?,
        mapped: row.get(12)?,
        sign_in: row.get(18)?,
    })
}

/// A connection as history keeps it: what a person set, never a secret (none is in the file).
pub(super) fn describe(integration: &Integration) -> Value {
    json!({
        "connected": integration.connected,
        "enabled": integration.enabled,
        "mode": integration.mode,
        "account": integration.account.as_ref().map(|account| &account.vendor_account),
        "environment": integration.account.as_ref().map(|account| account.environment),
        "settings": integration.settings,
        "secret_store": integration.secret_place,
    })
}
