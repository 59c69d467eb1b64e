//! Qualifiers: the questions, their answers, the events they are asked at. Archived ones are hidden, never deleted.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::connection::micros;
use super::{Store, StoreError};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{EventId, QualifierId};
use crate::domain::qualifier::{Qualifier, QualifierValue, value_key};

/// The kind of change in history.
const KIND: &str = "qualifier";

/// A question about to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewQualifier {
    /// Its name.
    pub name: String,
    /// Its answers, in order.
    pub values: Vec<String>,
    /// Whether several may be given.
    pub multiple: bool,
    /// Whether a rep must answer.
    pub required: bool,
    /// The events it is asked at; `None`: all.
    pub events: Option<Vec<EventId>>,
}

/// What to change of a question; `None` leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QualifierEdit {
    /// Another name.
    pub name: Option<String>,
    /// Whether several answers may be given.
    pub multiple: Option<bool>,
    /// Whether a rep must answer.
    pub required: Option<bool>,
    /// The events it is asked at; `Some(None)`: all.
    pub events: Option<Option<Vec<EventId>>>,
    /// Answers to add, or to bring back from the archive.
    pub add_values: Vec<String>,
    /// Answers to archive: those given stay, none is offered.
    pub archive_values: Vec<String>,
    /// Hide or bring back the whole question.
    pub archived: Option<bool>,
}

const SELECT: &str = "SELECT q.id, q.name, q.multiple, q.required, q.all_events, q.archived, q.updated_at,
    (SELECT json_group_array(json_object('value', v.value, 'archived', json(iif(v.archived, 'true', 'false'))) ORDER BY v.position, v.id)
       FROM qualifier_values v WHERE v.qualifier_id = q.id),
    (SELECT json_group_array(e.event_id) FROM qualifier_events e WHERE e.qualifier_id = q.id)
  FROM qualifiers q";

impl Store {
    /// The questions in their order.
    ///
    /// # Errors
    /// As every statement.
    pub fn qualifiers(&self, include_archived: bool) -> Result<Vec<Qualifier>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE q.archived <= ?1 ORDER BY q.position, q.id"
        ))?;
        let rows = statement.query_map([include_archived], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The question of that name, whatever its case and spacing; archived ones too.
    ///
    /// # Errors
    /// As every statement.
    pub fn find_qualifier(&self, name: &str) -> Result<Option<Qualifier>, StoreError> {
        one(&self.connection, "q.name_key = ?1", [value_key(name)])
    }

    /// The question of that number.
    ///
    /// # Errors
    /// As every statement.
    pub fn qualifier(&self, id: QualifierId) -> Result<Option<Qualifier>, StoreError> {
        one(&self.connection, "q.id = ?1", [id.0])
    }

    /// Makes a question.
    ///
    /// # Errors
    /// [`StoreError::Taken`] where one of that name is there, archived or not.
    pub fn add_qualifier(
        &mut self,
        new: &NewQualifier,
        author: &Author,
        now: Timestamp,
    ) -> Result<Qualifier, StoreError> {
        let (qualifier, _) = self.change_setup(None, author, now, |transaction| {
            let name = new.name.trim();
            refuse_taken(transaction, name, None)?;
            transaction.execute(
                "INSERT INTO qualifiers (name, name_key, multiple, required, all_events, position, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, (SELECT ifnull(max(position), 0) + 1 FROM qualifiers), ?6)",
                params![name, value_key(name), new.multiple, new.required, new.events.is_none(), micros(now)],
            )?;
            let id = QualifierId(transaction.last_insert_rowid());
            set_events(transaction, id, new.events.as_deref())?;
            add_values(transaction, id, &new.values)?;
            let made = existing(transaction, id)?;
            let change = SetupChange::new(KIND, &made.name, None, Some(serde_json::to_value(&made)?));
            Ok((made, vec![change]))
        })?;
        Ok(qualifier)
    }

    /// Changes a question; gives it as it is now and whether anything changed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown one, [`StoreError::Taken`] where the new name is another's.
    pub fn edit_qualifier(
        &mut self,
        id: QualifierId,
        edit: &QualifierEdit,
        author: &Author,
        now: Timestamp,
    ) -> Result<(Qualifier, bool), StoreError> {
        let (qualifier, run) = self.change_setup(None, author, now, |transaction| {
            let old = existing(transaction, id)?;
            apply_edit(transaction, id, edit)?;
            let new = existing(transaction, id)?;
            let change = SetupChange::new(
                KIND,
                &old.name,
                Some(serde_json::to_value(&old)?),
                Some(serde_json::to_value(&new)?),
            );
            if old == new {
                return Ok((new, Vec::new()));
            }
            transaction.execute(
                "UPDATE qualifiers SET updated_at = ?2 WHERE id = ?1",
                params![id.0, micros(now)],
            )?;
            // What is asked where decides what is sent: attempts tell by the revision which set-up they saw.
            transaction.execute("UPDATE integrations SET revision = revision + 1", [])?;
            Ok((existing(transaction, id)?, vec![change]))
        })?;
        Ok((qualifier, run.is_some()))
    }

    /// Hides a question, or brings it back. Whether anything changed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an unknown one.
    pub fn archive_qualifier(
        &mut self,
        id: QualifierId,
        archived: bool,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let edit = QualifierEdit {
            archived: Some(archived),
            ..QualifierEdit::default()
        };
        self.edit_qualifier(id, &edit, author, now)
            .map(|(_, changed)| changed)
    }
}

fn apply_edit(
    transaction: &Transaction<'_>,
    id: QualifierId,
    edit: &QualifierEdit,
) -> Result<(), StoreError> {
    if let Some(name) = edit.name.as_deref().map(str::trim) {
        refuse_taken(transaction, name, Some(id))?;
        transaction.execute(
            "UPDATE qualifiers SET name = ?2, name_key = ?3 WHERE id = ?1",
            params![id.0, name, value_key(name)],
        )?;
    }
    transaction.execute(
        "UPDATE qualifiers SET multiple = ifnull(?2, multiple), required = ifnull(?3, required), archived = ifnull(?4, archived) WHERE id = ?1",
        params![id.0, edit.multiple, edit.required, edit.archived],
    )?;
    if let Some(events) = &edit.events {
        transaction.execute(
            "UPDATE qualifiers SET all_events = ?2 WHERE id = ?1",
            params![id.0, events.is_none()],
        )?;
        set_events(transaction, id, events.as_deref())?;
    }
    add_values(transaction, id, &edit.add_values)?;
    for value in &edit.archive_values {
        transaction.execute(
            "UPDATE qualifier_values SET archived = 1 WHERE qualifier_id = ?1 AND value_key = ?2",
            params![id.0, value_key(value)],
        )?;
    }
    Ok(())
}

fn refuse_taken(
    connection: &Connection,
    name: &str,
    own: Option<QualifierId>,
) -> Result<(), StoreError> {
    let holder: Option<(i64, String)> = connection
        .query_row(
            "SELECT id, name FROM qualifiers WHERE name_key = ?1",
            [value_key(name)],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    match holder {
        Some((id, name)) if own != Some(QualifierId(id)) => Err(StoreError::Taken {
            what: format!("a qualifier {name:?}"),
        }),
        _ => Ok(()),
    }
}

fn set_events(
    connection: &Connection,
    id: QualifierId,
    events: Option<&[EventId]>,
) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM qualifier_events WHERE qualifier_id = ?1",
        [id.0],
    )?;
    for event in events.unwrap_or_default() {
        connection.execute(
            "INSERT OR IGNORE INTO qualifier_events (qualifier_id, event_id) VALUES (?1, ?2)",
            params![id.0, event.0],
        )?;
    }
    Ok(())
}

/// Adds answers and gives them those that leads already carry under the same spelling.
fn add_values(
    connection: &Connection,
    id: QualifierId,
    values: &[String],
) -> Result<(), StoreError> {
    for value in values {
        let value = value.trim();
        let key = value_key(value);
        if key.is_empty() {
            continue;
        }
        connection.execute(
            "INSERT INTO qualifier_values (qualifier_id, value, value_key, position)
             VALUES (?1, ?2, ?3, (SELECT ifnull(max(position), 0) + 1 FROM qualifier_values WHERE qualifier_id = ?1))
             ON CONFLICT (qualifier_id, value_key) DO UPDATE SET archived = 0",
            params![id.0, value, key],
        )?;
        connection.execute(
            "UPDATE answers SET value_id = (SELECT v.id FROM qualifier_values v WHERE v.qualifier_id = ?1 AND v.value_key = ?2)
             WHERE qualifier_id = ?1 AND value_key = ?2 AND value_id IS NULL",
            params![id.0, key],
        )?;
    }
    Ok(())
}

fn existing(connection: &Connection, id: QualifierId) -> Result<Qualifier, StoreError> {
    one(connection, "q.id = ?1", [id.0])?.ok_or_else(|| StoreError::Missing {
        what: format!("qualifier {id}"),
    })
}

fn one(
    connection: &Connection,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Option<Qualifier>, StoreError> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE {condition}"))?
        .query_row(parameters, |row| Ok(read(row)))
        .optional()?
        .transpose()
}

fn read(row: &Row<'_>) -> Result<Qualifier, StoreError> {
    let all_events: bool = row.get(4)?;
    let values: Vec<QualifierValue> = serde_json::from_str(&row.get::<_, String>(7)?)?;
    let events: Vec<EventId> = serde_json::from_str(&row.get::<_, String>(8)?)?;
    Ok(Qualifier {
        id: QualifierId(row.get(0)?),
        name: row.get(1)?,
        multiple: row.get(2)?,
        required: row.get(3)?,
        events: (!all_events).then_some(events),
        archived: row.get(5)?,
        values,
        updated_at: row.get(6)?,
    })
}

#[cfg(test)]
#[path = "qualifiers_tests.rs"]
mod tests;
