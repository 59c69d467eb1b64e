//! `mapping history` and `mapping revert`: what was changed when, and taking one change back.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::mapping_rows::{delete_rule, insert_rule};
use super::mappings::{KIND, MappingEdit, StoredRule, snapshot};
use super::qualifier_rules::{TARGET, Target, Translated, VALUE, put_target, put_value};
use super::{Store, StoreError};
use crate::domain::history::{Author, MappingChange, SetupChange};
use crate::domain::ids::{IntegrationId, RunId};

/// What taking a change back did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reverted {
    /// The run that was taken back.
    pub reverted: RunId,
    /// The change that did it.
    pub edit: MappingEdit,
    /// Rows that were changed again since: they stay as they are.
    pub left: Vec<String>,
}

/// Kinds of change that `mapping` commands made.
const KINDS: &str = "('mapping','qualifier-mapping','qualifier-value')";

impl Store {
    /// Every change of a connection's mapping and qualifier targets, the latest first.
    ///
    /// # Errors
    /// As every statement.
    pub fn mapping_history(
        &self,
        integration: IntegrationId,
    ) -> Result<Vec<MappingChange>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT r.id, r.started_at, r.person, r.command FROM runs r
             WHERE r.integration_id = ?1 AND EXISTS (SELECT 1 FROM setup_changes c WHERE c.run_id = r.id AND c.kind IN {KINDS})
             ORDER BY r.id DESC"
        ))?;
        let mut rows = statement.query([integration.0])?;
        let mut history = Vec::new();
        while let Some(row) = rows.next()? {
            let run = RunId(row.get(0)?);
            let mut changes = self.setup_changes(run)?;
            changes.retain(is_mapping);
            history.push(MappingChange {
                run,
                at: super::connection::timestamp(row.get(1)?).to_string(),
                by: row.get(2)?,
                command: row.get(3)?,
                changes,
            });
        }
        Ok(history)
    }

    /// Takes one change back (the latest, unless a run is named): rows that still are what it made of them become what
    /// they were. Reverting the revert redoes it.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where the run changed no mapping of this connection.
    pub fn revert_mapping(
        &mut self,
        integration: IntegrationId,
        run: Option<RunId>,
        author: &Author,
        now: Timestamp,
    ) -> Result<Reverted, StoreError> {
        let missing = |what: String| StoreError::Missing { what };
        let found: Option<i64> = self
            .connection
            .query_row(
                &format!(
                    "SELECT max(r.id) FROM runs r JOIN setup_changes c ON c.run_id = r.id
                     WHERE r.integration_id = ?1 AND c.kind IN {KINDS} AND (?2 IS NULL OR r.id = ?2)"
                ),
                params![integration.0, run.map(|run| run.0)],
                |row| row.get(0),
            )
            .optional()?
            .flatten();
        let reverted = found.map(RunId).ok_or_else(|| {
            missing(run.map_or_else(
                || "change of the mapping".to_owned(),
                |run| format!("change of the mapping in run {run}"),
            ))
        })?;
        let mut changes = self.setup_changes(reverted)?;
        changes.retain(is_mapping);
        let mut left = Vec::new();
        let edit = self.edit_mapping(integration, author, now, |transaction| {
            let current = snapshot(transaction, integration)?;
            let stands = |change: &SetupChange| {
                let found = current
                    .iter()
                    .find(|((kind, key), _)| *kind == change.kind && *key == change.key)
                    .map(|(_, value)| value);
                // Where a row stands in the list is no reason to keep it.
                without_position(found) == without_position(change.after.as_ref())
            };
            let (ours, changed): (Vec<_>, Vec<_>) =
                changes.iter().partition(|change| stands(change));
            left.extend(changed.into_iter().map(|change| change.key.clone()));
            // What the run added goes first, or it would stand in the way of what it replaced.
            for change in ours.iter().filter(|change| change.before.is_none()) {
                remove(transaction, integration, change)?;
            }
            for change in ours.iter().filter(|change| change.before.is_some()) {
                restore(transaction, integration, change)?;
            }
            Ok(())
        })?;
        Ok(Reverted {
            reverted,
            edit,
            left,
        })
    }
}

fn is_mapping(change: &SetupChange) -> bool {
    [KIND, TARGET, VALUE].contains(&change.kind.as_str())
}

fn without_position(value: Option<&Value>) -> Option<Value> {
    let mut value = value?.clone();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("position");
    }
    Some(value)
}

fn remove(
    connection: &Connection,
    integration: IntegrationId,
    change: &SetupChange,
) -> Result<(), StoreError> {
    let Some(after) = change.after.clone() else {
        return Ok(());
    };
    match change.kind.as_str() {
        TARGET => {
            let target: Target = serde_json::from_value(after)?;
            connection.execute(
                "DELETE FROM qualifier_mappings WHERE integration_id = ?1 AND qualifier_id = ?2 AND object = ?3",
                params![integration.0, target.qualifier.0, target.object],
            )?;
            Ok(())
        }
        VALUE => {
            let value: Translated = serde_json::from_value(after)?;
            put_value(
                connection,
                integration,
                value.qualifier,
                &value.answer,
                None,
            )
        }
        _ => {
            let stored: StoredRule = serde_json::from_value(after)?;
            delete_rule(connection, integration, &stored.rule)
        }
    }
}

fn restore(
    connection: &Connection,
    integration: IntegrationId,
    change: &SetupChange,
) -> Result<(), StoreError> {
    let Some(before) = change.before.clone() else {
        return Ok(());
    };
    match change.kind.as_str() {
        TARGET => put_target(connection, integration, &serde_json::from_value(before)?),
        VALUE => {
            let value: Translated = serde_json::from_value(before)?;
            let option = Some(value.option.as_str());
            put_value(
                connection,
                integration,
                value.qualifier,
                &value.answer,
                option,
            )
        }
        _ => insert_rule(connection, integration, &serde_json::from_value(before)?),
    }
}
