//! The answers a source lists for a qualifier, which become ours: known by the source's ids, so that answers given follow every
//! renaming.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::pull_setup::PulledOption;
use crate::domain::qualifier::value_key;

/// Brings the answers of a qualifier to what the source lists. Whether anything changed.
pub(super) fn take_options(
    connection: &Connection,
    id: i64,
    options: &[PulledOption],
) -> Result<bool, StoreError> {
    let mut changed = false;
    let renamed = park(connection, id, options)?;
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (position, option) in options.iter().enumerate() {
        let key = value_key(&option.value);
        // Two options spelled alike are one answer to us.
        if key.is_empty() || !taken.insert(key.clone()) {
            continue;
        }
        let row = option_row(connection, id, &option.id, &key)?;
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        changed |= connection
            .prepare_cached(
                "UPDATE qualifier_values SET value = ?2, value_key = ?3, position = ?4, external_id = ?5, archived = 0
                 WHERE id = ?1 AND (value <> ?2 OR value_key <> ?3 OR position <> ?4 OR external_id IS NOT ?5 OR archived <> 0)",
            )?
            .execute(params![row, option.value, key, position, option.id])?
            > 0;
        follow(connection, id, row, &option.value, &key, renamed.get(&row))?;
    }
    let listed: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
    changed |= connection.execute(
        "UPDATE qualifier_values SET archived = 1
         WHERE qualifier_id = ?1 AND archived = 0 AND external_id IS NOT NULL
           AND external_id NOT IN (SELECT value FROM json_each(?2))",
        params![id, serde_json::to_string(&listed)?],
    )? > 0;
    Ok(changed)
}

/// Gives answers that are about to be renamed a key nothing else has, since two may swap their names; and tells their old keys.
fn park(
    connection: &Connection,
    id: i64,
    options: &[PulledOption],
) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, value_key FROM qualifier_values WHERE qualifier_id = ?1 AND external_id = ?2",
    )?;
    let mut renamed = BTreeMap::new();
    for option in options {
        let found: Option<(i64, String)> = statement
            .query_row(params![id, option.id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((row, old)) = found.filter(|(_, old)| *old != value_key(&option.value)) {
            connection.execute(
                "UPDATE qualifier_values SET value_key = char(1) || id WHERE id = ?1",
                [row],
            )?;
            renamed.insert(row, old);
        }
    }
    Ok(renamed)
}

/// The row of an option: the source's, or one of the same spelling, which it becomes; else a new one.
fn option_row(
    connection: &Connection,
    qualifier: i64,
    option: &str,
    key: &str,
) -> Result<i64, StoreError> {
    let known: Option<i64> = connection
        .prepare_cached(
            "SELECT id FROM qualifier_values WHERE qualifier_id = ?1 AND external_id = ?2",
        )?
        .query_row(params![qualifier, option], |row| row.get(0))
        .optional()?;
    let spelled: Option<i64> = connection
        .prepare_cached(
            "SELECT id FROM qualifier_values WHERE qualifier_id = ?1 AND value_key = ?2",
        )?
        .query_row(params![qualifier, key], |row| row.get(0))
        .optional()?;
    match (known, spelled) {
        (Some(known), Some(spelled)) if known != spelled => {
            // Made here, or archived there, under the name this one has now: from now on they are one.
            connection.execute(
                "UPDATE answers SET value_id = ?1 WHERE value_id = ?2",
                params![known, spelled],
            )?;
            connection.execute("DELETE FROM qualifier_values WHERE id = ?1", [spelled])?;
            Ok(known)
        }
        (Some(known), _) => Ok(known),
        (None, Some(spelled)) => Ok(spelled),
        (None, None) => {
            connection.execute(
                "INSERT INTO qualifier_values (qualifier_id, value, value_key, external_id) VALUES (?1, ?2, ?2, ?3)",
                params![qualifier, key, option],
            )?;
            Ok(connection.last_insert_rowid())
        }
    }
}

/// Answers given, and what was set up for this answer, have its new name; answers of that spelling that were none are ones.
fn follow(
    connection: &Connection,
    qualifier: i64,
    row: i64,
    value: &str,
    key: &str,
    old: Option<&String>,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE answers SET value_id = ?2 WHERE qualifier_id = ?1 AND value_key = ?3 AND value_id IS NULL",
        params![qualifier, row, key],
    )?;
    let Some(old) = old else { return Ok(()) };
    connection.execute(
        "UPDATE OR REPLACE answers SET value_key = ?3, raw = ?4 WHERE qualifier_id = ?1 AND value_id = ?2",
        params![qualifier, row, key, value],
    )?;
    connection.execute(
        "UPDATE OR IGNORE qualifier_value_mappings SET value_key = ?3 WHERE qualifier_id = ?1 AND value_key = ?2",
        params![qualifier, old, key],
    )?;
    connection.execute(
        "UPDATE OR IGNORE campaign_statuses SET value_key = ?3, answer = ?4
         WHERE value_key = ?2 AND (campaign_id, event_id) IN
           (SELECT campaign_id, event_id FROM campaign_events WHERE qualifier_id = ?1)",
        params![qualifier, old, key, value],
    )?;
    Ok(())
}
