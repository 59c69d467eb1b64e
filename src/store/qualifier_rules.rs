//! Where answers go: a qualifier's target at the vendor and what each of its answers is called there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::mappings::{MappingEdit, Snapshot};
use super::{Store, StoreError};
use crate::domain::history::Author;
use crate::domain::ids::{EventId, IntegrationId, QualifierId};
use crate::domain::mapping::{QualifierRule, WriteBehaviour};
use crate::domain::qualifier::value_key;
use crate::domain::remote::RemoteField;

/// The kinds of change in history: a target, one translated answer.
pub(super) const TARGET: &str = "qualifier-mapping";
pub(super) const VALUE: &str = "qualifier-value";

/// A qualifier's target as history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Target {
    pub(super) qualifier: QualifierId,
    pub(super) object: String,
    pub(super) remote: String,
    pub(super) write: WriteBehaviour,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) described: Option<RemoteField>,
}

/// One translated answer as history keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Translated {
    pub(super) qualifier: QualifierId,
    pub(super) answer: String,
    pub(super) option: String,
}

/// A field of an object that answers go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualifierTarget {
    /// The vendor's object.
    pub object: String,
    /// The vendor's field.
    pub remote: String,
    /// What happens to a record already there.
    pub write: WriteBehaviour,
    /// The field as it is now: what drift is measured against.
    pub described: Option<RemoteField>,
}

impl Store {
    /// The targets of a connection's qualifiers, those of archived ones too: answers given before are still sent.
    ///
    /// # Errors
    /// As every statement.
    pub fn qualifier_rules(
        &self,
        integration: IntegrationId,
    ) -> Result<Vec<QualifierRule>, StoreError> {
        let mut values: BTreeMap<i64, BTreeMap<String, String>> = BTreeMap::new();
        for translated in read_values(&self.connection, integration)? {
            values
                .entry(translated.qualifier.0)
                .or_default()
                .insert(translated.answer, translated.option);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT q.id, q.name, m.object, m.remote_field, m.write_behaviour, q.multiple,
               CASE q.all_events WHEN 1 THEN NULL ELSE (SELECT json_group_array(e.event_id) FROM qualifier_events e WHERE e.qualifier_id = q.id) END, m.described
             FROM qualifier_mappings m JOIN qualifiers q ON q.id = m.qualifier_id
             WHERE m.integration_id = ?1 ORDER BY q.position, q.id, m.object",
        )?;
        let mut rows = statement.query([integration.0])?;
        let mut rules = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let events: Option<String> = row.get(6)?;
            rules.push(QualifierRule {
                qualifier: QualifierId(id),
                name: row.get(1)?,
                object: row.get(2)?,
                remote: row.get(3)?,
                write: row
                    .get::<_, String>(4)?
                    .parse()
                    .map_err(StoreError::Unexpected)?,
                multiple: row.get(5)?,
                events: events
                    .as_deref()
                    .map(serde_json::from_str::<BTreeSet<EventId>>)
                    .transpose()?,
                values: values.get(&id).cloned().unwrap_or_default(),
                described: described(row, 7)?,
            });
        }
        Ok(rules)
    }

    /// What a qualifier's answers (in lower case) are called at the vendor, whether or not they have a target now.
    ///
    /// # Errors
    /// As every statement.
    pub fn answer_options(
        &self,
        integration: IntegrationId,
        qualifier: QualifierId,
    ) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(read_values(&self.connection, integration)?
            .into_iter()
            .filter(|translated| translated.qualifier == qualifier)
            .map(|translated| (translated.answer, translated.option))
            .collect())
    }

    /// Sends a qualifier's answers to a field of an object; a second call moves it.
    ///
    /// # Errors
    /// As every statement.
    #[allow(clippy::too_many_arguments)] // one row, column by column
    pub fn map_qualifier(
        &mut self,
        integration: IntegrationId,
        qualifier: QualifierId,
        object: &str,
        remote: &str,
        write: WriteBehaviour,
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        let target = Target {
            qualifier,
            object: object.to_owned(),
            remote: remote.to_owned(),
            write,
            described: None,
        };
        self.edit_mapping(integration, author, now, |transaction| {
            put_target(transaction, integration, &target)
        })
    }

    /// Sends a qualifier's answers nowhere (or not to that object) any more. The translations stay for another target.
    ///
    /// # Errors
    /// As every statement.
    pub fn unmap_qualifier(
        &mut self,
        integration: IntegrationId,
        qualifier: QualifierId,
        object: Option<&str>,
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        self.edit_mapping(integration, author, now, |transaction| {
            transaction.execute(
                "DELETE FROM qualifier_mappings WHERE integration_id = ?1 AND qualifier_id = ?2 AND (?3 IS NULL OR object = ?3)",
                params![integration.0, qualifier.0, object],
            )?;
            Ok(())
        })
    }

    /// Sends a qualifier's answers to fields and translates answers, as one change; `None` removes a translation.
    ///
    /// # Errors
    /// As every statement.
    pub fn change_qualifier_mapping(
        &mut self,
        integration: IntegrationId,
        qualifier: QualifierId,
        targets: &[QualifierTarget],
        values: &[(String, Option<String>)],
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        self.edit_mapping(integration, author, now, |transaction| {
            for target in targets {
                let target = Target {
                    qualifier,
                    object: target.object.clone(),
                    remote: target.remote.clone(),
                    write: target.write,
                    described: target.described.clone(),
                };
                put_target(transaction, integration, &target)?;
            }
            values.iter().try_for_each(|(answer, option)| {
                let option = option.as_deref();
                put_value(transaction, integration, qualifier, answer, option)
            })
        })
    }

    /// Translates answers (as people write them) into the vendor's options; `None` removes a translation.
    ///
    /// # Errors
    /// As every statement.
    pub fn map_values(
        &mut self,
        integration: IntegrationId,
        qualifier: QualifierId,
        values: &[(String, Option<String>)],
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        self.edit_mapping(integration, author, now, |transaction| {
            values.iter().try_for_each(|(answer, option)| {
                put_value(
                    transaction,
                    integration,
                    qualifier,
                    answer,
                    option.as_deref(),
                )
            })
        })
    }
}

pub(super) fn put_target(
    connection: &Connection,
    integration: IntegrationId,
    target: &Target,
) -> Result<(), StoreError> {
    let described = target.described.as_ref();
    connection.execute(
        "INSERT INTO qualifier_mappings (integration_id, qualifier_id, object, remote_field, write_behaviour, described) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET remote_field = excluded.remote_field, write_behaviour = excluded.write_behaviour, described = excluded.described",
        params![
            integration.0,
            target.qualifier.0,
            target.object,
            target.remote,
            target.write.name(),
            described.map(serde_json::to_string).transpose()?
        ],
    )?;
    Ok(())
}

pub(super) fn put_value(
    connection: &Connection,
    integration: IntegrationId,
    qualifier: QualifierId,
    answer: &str,
    option: Option<&str>,
) -> Result<(), StoreError> {
    let key = value_key(answer);
    match option {
        Some(option) => connection.execute(
            "INSERT INTO qualifier_value_mappings (integration_id, qualifier_id, value_key, remote_value) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET remote_value = excluded.remote_value",
            params![integration.0, qualifier.0, key, option],
        )?,
        None => connection.execute(
            "DELETE FROM qualifier_value_mappings WHERE integration_id = ?1 AND qualifier_id = ?2 AND value_key = ?3",
            params![integration.0, qualifier.0, key],
        )?,
    };
    Ok(())
}

fn described(row: &Row<'_>, column: usize) -> Result<Option<RemoteField>, StoreError> {
    let stored: Option<String> = row.get(column)?;
    Ok(stored.as_deref().map(serde_json::from_str).transpose()?)
}

fn read_values(
    connection: &Connection,
    integration: IntegrationId,
) -> Result<Vec<Translated>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT qualifier_id, value_key, remote_value FROM qualifier_value_mappings WHERE integration_id = ?1",
    )?;
    let rows = statement.query_map([integration.0], |row| {
        Ok(Translated {
            qualifier: QualifierId(row.get(0)?),
            answer: row.get(1)?,
            option: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn snapshot(
    connection: &Connection,
    integration: IntegrationId,
) -> Result<Snapshot, StoreError> {
    let mut names: BTreeMap<i64, String> = BTreeMap::new();
    let mut snapshot = Snapshot::new();
    let mut statement = connection.prepare_cached(
        "SELECT m.qualifier_id, q.name, m.object, m.remote_field, m.write_behaviour, m.described
         FROM qualifier_mappings m JOIN qualifiers q ON q.id = m.qualifier_id WHERE m.integration_id = ?1",
    )?;
    let mut rows = statement.query([integration.0])?;
    while let Some(row) = rows.next()? {
        let target = Target {
            qualifier: QualifierId(row.get(0)?),
            object: row.get(2)?,
            remote: row.get(3)?,
            write: row
                .get::<_, String>(4)?
                .parse()
                .map_err(StoreError::Unexpected)?,
            described: described(row, 5)?,
        };
        let name: String = row.get(1)?;
        let key = format!("{name} → {}", target.object);
        snapshot.insert((TARGET, key), serde_json::to_value(&target)?);
    }
    for translated in read_values(connection, integration)? {
        let id = translated.qualifier.0;
        if let std::collections::btree_map::Entry::Vacant(entry) = names.entry(id) {
            entry.insert(connection.query_row(
                "SELECT name FROM qualifiers WHERE id = ?1",
                [id],
                |row| row.get(0),
            )?);
        }
        let name = names.get(&id).map_or("", String::as_str);
        let key = format!("{name}: {}", translated.answer);
        snapshot.insert((VALUE, key), serde_json::to_value(&translated)?);
    }
    Ok(snapshot)
}
