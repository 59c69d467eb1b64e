//! Rows of the mapping: reading and writing single ones.

use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::mappings::StoredRule;
use crate::domain::ids::{EventId, IntegrationId};
use crate::domain::lead::Role;
use crate::domain::mapping::{Rule, RuleOptions, Source};

pub(super) fn read_rules(
    connection: &Connection,
    integration: IntegrationId,
) -> Result<Vec<StoredRule>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT object, role, remote_field, event_id, source, value, write_behaviour, options, described, position, by_role
         FROM mappings WHERE integration_id = ?1 ORDER BY position, id",
    )?;
    let mut rows = statement.query([integration.0])?;
    let mut rules = Vec::new();
    while let Some(row) = rows.next()? {
        rules.push(read_rule(row)?);
    }
    Ok(rules)
}

fn read_rule(row: &Row<'_>) -> Result<StoredRule, StoreError> {
    let (kind, value): (String, String) = (row.get(4)?, row.get(5)?);
    let options: RuleOptions = serde_json::from_str(&row.get::<_, String>(7)?)?;
    let described: Option<String> = row.get(8)?;
    Ok(StoredRule {
        rule: Rule {
            object: row.get(0)?,
            remote: row.get(2)?,
            event: row.get::<_, Option<i64>>(3)?.map(EventId),
            source: match kind.as_str() {
                "constant" => Source::Constant(value),
                "template" => Source::Template(value),
                _ => Source::Field(value),
            },
            write: row
                .get::<_, String>(6)?
                .parse()
                .map_err(StoreError::Unexpected)?,
            options,
            described: described.as_deref().map(serde_json::from_str).transpose()?,
        },
        role: if row.get::<_, String>(1)? == Role::Company.name() {
            Role::Company
        } else {
            Role::Persona
        },
        position: row.get(9)?,
        by_role: row.get(10)?,
    })
}

pub(super) fn put_rule(
    connection: &Connection,
    integration: IntegrationId,
    rule: &Rule,
    role: Role,
    by_role: bool,
    also: bool,
) -> Result<(), StoreError> {
    let event = rule.event.map(|event| event.0);
    let mut position: Option<i64> = None;
    if let (Source::Field(field), false) = (&rule.source, also) {
        // One row a field: its other rows go, and the new one takes the place of the first.
        position = connection.query_row(
            "SELECT min(position) FROM mappings WHERE integration_id = ?1 AND object = ?2 AND event_id IS ?3 AND source = 'field' AND value = ?4",
            params![integration.0, rule.object, event, field],
            |row| row.get(0),
        )?;
        connection.execute(
            "DELETE FROM mappings WHERE integration_id = ?1 AND object = ?2 AND event_id IS ?3 AND source = 'field' AND value = ?4 AND remote_field <> ?5",
            params![integration.0, rule.object, event, field, rule.remote],
        )?;
    }
    let position = match position {
        Some(position) => position,
        None => connection.query_row(
            "SELECT ifnull(max(position), 0) + 1 FROM mappings WHERE integration_id = ?1",
            [integration.0],
            |row| row.get(0),
        )?,
    };
    let stored = StoredRule {
        rule: rule.clone(),
        role,
        position,
        by_role,
    };
    insert_rule(connection, integration, &stored)
}

/// Writes a row as it is; one for the same target keeps its place.
pub(super) fn insert_rule(
    connection: &Connection,
    integration: IntegrationId,
    stored: &StoredRule,
) -> Result<(), StoreError> {
    let rule = &stored.rule;
    let described = rule
        .described
        .as_ref()
        .map(serde_json::to_string)
        .transpose()?;
    connection.execute(
        "INSERT INTO mappings (integration_id, object, role, remote_field, event_id, source, value, write_behaviour, options, described, position, by_role)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (integration_id, object, remote_field, ifnull(event_id, 0)) DO UPDATE SET role = excluded.role, source = excluded.source,
           value = excluded.value, write_behaviour = excluded.write_behaviour, options = excluded.options, described = excluded.described,
           by_role = excluded.by_role",
        params![
            integration.0,
            rule.object,
            stored.role.name(),
            rule.remote,
            rule.event.map(|event| event.0),
            rule.source.kind(),
            rule.source.text(),
            rule.write.name(),
            serde_json::to_string(&rule.options)?,
            described,
            stored.position,
            stored.by_role
        ],
    )?;
    Ok(())
}

/// Removes the row of one target.
pub(super) fn delete_rule(
    connection: &Connection,
    integration: IntegrationId,
    rule: &Rule,
) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM mappings WHERE integration_id = ?1 AND object = ?2 AND remote_field = ?3 AND event_id IS ?4",
        params![integration.0, rule.object, rule.remote, rule.event.map(|event| event.0)],
    )?;
    Ok(())
}
