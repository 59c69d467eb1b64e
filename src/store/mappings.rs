//! Mapping rows: what fills which field of which of the vendor's objects.
//!
//! Every change is one run of history: the rows before and after are compared and the differences recorded, whatever the
//! statements in between did, so that `mapping history` and `mapping revert` cannot miss one. No change pushes anything or
//! makes anything due.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::connection::{micros, timestamp};
use super::integration_rows::bump_revision;
use super::mapping_rows::{delete_rule, put_rule, read_rules};
use super::{Store, StoreError};
use crate::domain::history::{Author, SetupChange};
use crate::domain::ids::{AccountId, EventId, IntegrationId, RunId};
use crate::domain::lead::{Role, canonical_key};
use crate::domain::mapping::{Rule, Source};
use crate::domain::remote::ObjectSchema;

/// The kind of change in history.
pub(super) const KIND: &str = "mapping";

/// A rule with what the file keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRule {
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// The role of its object.
    pub role: Role,
    /// Its place among the rows of the object.
    #[serde(default)]
    pub position: i64,
    /// Whether it was set on the role of several objects, not on this one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_role: bool,
}

/// What a rule is set on: an object's own rule beats one of its role, whichever came first (decisions.md 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOn {
    /// This very object, or the only one of its role.
    Object,
    /// A role of several objects: rows an object has of its own stay.
    Role,
    /// The same, and back to it: rows an object has of its own go.
    RoleAgain,
}

/// What a change of mapping or of a qualifier's target did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingEdit {
    /// Its run; `None`: nothing changed.
    pub run: Option<RunId>,
    /// Rows made, changed or removed, as `object.field`.
    pub touched: Vec<String>,
    /// Cleared leads of the connected account: they stay as they are until somebody says `--again`.
    pub cleared: u64,
}

impl Store {
    /// The rows of a connection in their order.
    ///
    /// # Errors
    /// As every statement.
    pub fn rules(&self, integration: IntegrationId) -> Result<Vec<Rule>, StoreError> {
        Ok(self
            .stored_rules(integration)?
            .into_iter()
            .map(|stored| stored.rule)
            .collect())
    }

    /// The rows of a connection in their order, with the roles of their objects.
    ///
    /// # Errors
    /// As every statement.
    pub fn stored_rules(&self, integration: IntegrationId) -> Result<Vec<StoredRule>, StoreError> {
        read_rules(&self.connection, integration)
    }

    /// Sets a row. A field of ours fills one field of an object: setting it again moves it, unless `also` adds a second
    /// target. A row for an event stands beside the general one.
    ///
    /// # Errors
    /// As every statement.
    pub fn save_rule(
        &mut self,
        integration: IntegrationId,
        rule: &Rule,
        role: Role,
        also: bool,
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        self.edit_mapping(integration, author, now, |transaction| {
            put_rule(transaction, integration, rule, role, false, also)
        })
    }

    /// Removes the rows that our field fills, else the row of the vendor's field of that name; of one object or of all, of
    /// one event or of all (and the general ones).
    ///
    /// # Errors
    /// As every statement.
    pub fn remove_rules(
        &mut self,
        integration: IntegrationId,
        object: Option<&str>,
        name: &str,
        event: Option<EventId>,
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        let ours = canonical_key(name);
        self.edit_mapping(integration, author, now, |transaction| {
            let remove = |column: &str, name: &str| {
                transaction.execute(
                    &format!(
                        "DELETE FROM mappings WHERE integration_id = ?1 AND {column} = ?2 COLLATE NOCASE
                           AND (?3 IS NULL OR object = ?3) AND (?4 IS NULL OR event_id = ?4)"
                    ),
                    params![integration.0, name, object, event.map(|event| event.0)],
                )
            };
            if remove("source = 'field' AND value", &ours)? == 0 {
                remove("remote_field", name)?;
            }
            Ok(())
        })
    }

    /// Removes every row of an object.
    ///
    /// # Errors
    /// As every statement.
    pub fn clear_object(
        &mut self,
        integration: IntegrationId,
        object: &str,
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        self.edit_mapping(integration, author, now, |transaction| {
            transaction.execute(
                "DELETE FROM mappings WHERE integration_id = ?1 AND object = ?2",
                params![integration.0, object],
            )?;
            Ok(())
        })
    }

    /// Puts these rows in place of all there are. Rows for a target that stays keep their place, so that history shows only
    /// what differs. A row that stays as it is stays an object's own, or of the role; of new ones those that several
    /// objects of a role share are of the role.
    ///
    /// # Errors
    /// As every statement.
    pub fn replace_all(
        &mut self,
        integration: IntegrationId,
        rules: &[(Rule, Role)],
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        self.edit_mapping(integration, author, now, |transaction| {
            let stays = |old: &Rule| {
                rules
                    .iter()
                    .any(|(rule, _)| rule_key(rule) == rule_key(old))
            };
            let before = read_rules(transaction, integration)?;
            for old in &before {
                if !stays(&old.rule) {
                    delete_rule(transaction, integration, &old.rule)?;
                }
            }
            for (rule, role) in rules {
                let by_role = before
                    .iter()
                    .find(|old| is_same_row(&old.rule, rule))
                    .map_or_else(|| has_twin(rules, rule, *role), |old| old.by_role);
                put_rule(transaction, integration, rule, *role, by_role, true)?;
            }
            Ok(())
        })
    }

    /// Sets several rows as one change, each on its very object; as [`Store::save_rule`] each.
    ///
    /// # Errors
    /// As every statement.
    pub fn save_rules(
        &mut self,
        integration: IntegrationId,
        rules: &[(Rule, Role)],
        also: bool,
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        let rules: Vec<_> = rules
            .iter()
            .map(|(rule, role)| (rule.clone(), *role, SetOn::Object))
            .collect();
        self.save_rules_on(integration, &rules, also, author, now)
    }

    /// Sets several rows as one change (`mapping defaults`, a rule set on a role). A row of a role leaves those alone that
    /// an object has of its own.
    ///
    /// # Errors
    /// As every statement.
    pub fn save_rules_on(
        &mut self,
        integration: IntegrationId,
        rules: &[(Rule, Role, SetOn)],
        also: bool,
        author: &Author,
        now: Timestamp,
    ) -> Result<MappingEdit, StoreError> {
        self.edit_mapping(integration, author, now, |transaction| {
            let before = read_rules(transaction, integration)?;
            for (rule, role, on) in rules {
                let beaten =
                    *on == SetOn::Role && before.iter().any(|stored| beats(stored, rule, also));
                if !beaten {
                    let by_role = *on != SetOn::Object;
                    put_rule(transaction, integration, rule, *role, by_role, also)?;
                }
            }
            Ok(())
        })
    }

    /// Keeps an object's fields as the vendor told them.
    ///
    /// # Errors
    /// As every statement.
    pub fn save_schema(
        &mut self,
        account: AccountId,
        object: &str,
        schema: &ObjectSchema,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO remote_schemas (account_id, object, fetched_at, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET fetched_at = excluded.fetched_at, body = excluded.body",
            params![account.0, object, micros(now), serde_json::to_string(schema)?],
        )?;
        Ok(())
    }

    /// An object's fields as they were told last, and when; `None`: never read (or kept by a version that kept less).
    ///
    /// # Errors
    /// As every statement.
    pub fn schema(
        &self,
        account: AccountId,
        object: &str,
    ) -> Result<Option<(ObjectSchema, Timestamp)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body, fetched_at FROM remote_schemas WHERE account_id = ?1 AND object = ?2",
        )?;
        let mut rows = statement.query(params![account.0, object])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let schema = serde_json::from_str(&row.get::<_, String>(0)?).ok();
        let fetched_at = timestamp(row.get(1)?);
        Ok(schema.map(|schema| (schema, fetched_at)))
    }

    /// Makes a change of a connection's mapping or qualifier targets, records what differs and counts the Cleared leads
    /// it leaves behind.
    pub(super) fn edit_mapping(
        &mut self,
        integration: IntegrationId,
        author: &Author,
        now: Timestamp,
        edit: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<MappingEdit, StoreError> {
        let (touched, run) = self.change_setup(Some(integration), author, now, |transaction| {
            let before = snapshot(transaction, integration)?;
            edit(transaction)?;
            let after = snapshot(transaction, integration)?;
            let changes = differences(&before, &after);
            if !changes.is_empty() {
                bump_revision(transaction, integration)?;
            }
            let touched = changes.iter().map(|change| change.key.clone()).collect();
            Ok((touched, changes))
        })?;
        let cleared = self.connection.query_row(
            "SELECT ifnull(sum(c.n), 0) FROM integrations i JOIN board_counts c ON c.account_id = i.account_id
             WHERE i.id = ?1 AND c.event_id = 0 AND c.state = 'cleared'",
            [integration.0],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(MappingEdit {
            run,
            touched,
            cleared: cleared.unsigned_abs(),
        })
    }
}

/// Whether a row is its object's own and stands in the way of one set on the object's role: it fills the same field of
/// the vendor, or is filled by the same one of ours (which `also` may fill two from). Rows of events and general ones stand
/// beside each other.
#[must_use]
pub fn beats(stored: &StoredRule, of_role: &Rule, also: bool) -> bool {
    let own = &stored.rule;
    let one_field = matches!(own.source, Source::Field(_)) && own.source == of_role.source;
    !stored.by_role
        && (own.object == of_role.object && own.event == of_role.event)
        && (own.remote == of_role.remote || (one_field && !also))
}

/// Whether nothing of a row differs but what the vendor told of its field.
fn is_same_row(old: &Rule, new: &Rule) -> bool {
    let bare = |rule: &Rule| Rule {
        described: None,
        ..rule.clone()
    };
    bare(old) == bare(new)
}

/// Whether another object of the role has the same row.
fn has_twin(rules: &[(Rule, Role)], rule: &Rule, role: Role) -> bool {
    rules.iter().any(|(other, of)| {
        *of == role
            && other.object != rule.object
            && (&other.remote, &other.source, other.event)
                == (&rule.remote, &rule.source, rule.event)
    })
}

/// Everything that decides what a connection sends, by kind and key.
pub(super) type Snapshot = BTreeMap<(&'static str, String), Value>;

pub(super) fn snapshot(
    connection: &Connection,
    integration: IntegrationId,
) -> Result<Snapshot, StoreError> {
    let mut snapshot = super::qualifier_rules::snapshot(connection, integration)?;
    for stored in read_rules(connection, integration)? {
        snapshot.insert(
            (KIND, rule_key(&stored.rule)),
            serde_json::to_value(&stored)?,
        );
    }
    Ok(snapshot)
}

fn differences(before: &Snapshot, after: &Snapshot) -> Vec<SetupChange> {
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .map(|key| {
            SetupChange::new(
                key.0,
                &key.1,
                before.get(key).cloned(),
                after.get(key).cloned(),
            )
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// `object.field`, with `@event` for a row of an event.
fn rule_key(rule: &Rule) -> String {
    let event = rule.event.map(|event| format!("@{event}"));
    format!(
        "{}.{}{}",
        rule.object,
        rule.remote,
        event.unwrap_or_default()
    )
}

#[cfg(test)]
#[path = "mappings_tests.rs"]
mod tests;
