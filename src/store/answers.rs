//! A lead's answers to qualifiers. An answer that is none of the qualifier's values is kept as it stands (decisions.md 33).

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::capture_row::QualifierColumn;
use super::{Store, StoreError};
use crate::domain::ids::{EventId, LeadId, QualifierId};
use crate::domain::qualifier::{split_answers, value_key};

impl Store {
    /// The qualifiers a column or an option can name: those not archived.
    ///
    /// # Errors
    /// As every statement.
    pub fn qualifier_columns(&self) -> Result<Vec<QualifierColumn>, StoreError> {
        let columns = self
            .connection
            .prepare_cached("SELECT id, name, name_key, multiple FROM qualifiers WHERE archived = 0 ORDER BY position, id")?
            .query_map([], |row| {
                let name: String = row.get(1)?;
                let name_key = value_key(&name);
                Ok(QualifierColumn {
                    id: QualifierId(row.get(0)?),
                    content_key: format!("qualifier:{name_key}"),
                    name,
                    name_key,
                    multiple: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(columns)
    }
}

/// The answers a cell holds, by key: several only where the qualifier takes several.
fn of_cell(qualifier: &QualifierColumn, cell: &str) -> BTreeMap<String, String> {
    let answers = if qualifier.multiple {
        split_answers(cell)
    } else {
        vec![cell.trim().to_owned()]
    };
    answers
        .into_iter()
        .filter(|answer| !answer.is_empty())
        .map(|answer| (value_key(&answer), answer))
        .collect()
}

/// Adds the cell's answers to those the lead has; true when one is new.
pub(super) fn add(
    connection: &Connection,
    lead: LeadId,
    qualifier: &QualifierColumn,
    cell: &str,
    event: Option<EventId>,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO answers (lead_id, qualifier_id, value_key, value_id, raw, event_id)
         VALUES (?1, ?2, ?3, (SELECT id FROM qualifier_values WHERE qualifier_id = ?2 AND value_key = ?3), ?4, ?5)",
    )?;
    let mut added = 0;
    for (key, raw) in of_cell(qualifier, cell) {
        added +=
            statement.execute((lead.0, qualifier.id.0, key, raw, event.map(|event| event.0)))?;
    }
    Ok(added > 0)
}

/// A source says something else than `before`. A single answer is replaced; of several, those the source took back at this
/// event go, and what others said stays. True when something changed.
pub(super) fn restate(
    connection: &Connection,
    lead: LeadId,
    qualifier: &QualifierColumn,
    cell: &str,
    before: Option<&str>,
    event: Option<EventId>,
) -> Result<bool, StoreError> {
    if !qualifier.multiple {
        if are(connection, lead, qualifier, cell)? {
            return Ok(false);
        }
        remove_all(connection, lead, qualifier)?;
        return add(connection, lead, qualifier, cell, event);
    }
    let mut removed = 0;
    if let Some(before) = before {
        let now = of_cell(qualifier, cell);
        let mut statement = connection.prepare_cached(
            "DELETE FROM answers WHERE lead_id = ?1 AND qualifier_id = ?2 AND value_key = ?3 AND event_id IS ?4",
        )?;
        for key in of_cell(qualifier, before)
            .keys()
            .filter(|key| !now.contains_key(*key))
        {
            removed +=
                statement.execute((lead.0, qualifier.id.0, key, event.map(|event| event.0)))?;
        }
    }
    Ok(add(connection, lead, qualifier, cell, event)? || removed > 0)
}

/// Makes the cell's answers the lead's only ones; a blank cell takes all away.
pub(super) fn replace(
    connection: &Connection,
    lead: LeadId,
    qualifier: &QualifierColumn,
    cell: &str,
) -> Result<(), StoreError> {
    remove_all(connection, lead, qualifier)?;
    add(connection, lead, qualifier, cell, None)?;
    Ok(())
}

/// Whether the lead's answers are exactly the cell's.
pub(super) fn are(
    connection: &Connection,
    lead: LeadId,
    qualifier: &QualifierColumn,
    cell: &str,
) -> Result<bool, StoreError> {
    let stored: Vec<String> = connection
        .prepare_cached("SELECT value_key FROM answers WHERE lead_id = ?1 AND qualifier_id = ?2 ORDER BY value_key")?
        .query_map((lead.0, qualifier.id.0), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(stored.iter().eq(of_cell(qualifier, cell).keys()))
}

fn remove_all(
    connection: &Connection,
    lead: LeadId,
    qualifier: &QualifierColumn,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM answers WHERE lead_id = ?1 AND qualifier_id = ?2")?
        .execute((lead.0, qualifier.id.0))?;
    Ok(())
}
