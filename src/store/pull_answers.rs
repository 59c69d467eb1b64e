//! Answers as a source gives them: by its ids of the options, which hold through every renaming.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::domain::ids::{LeadId, QualifierId};

/// How what was said names a qualifier: by our number, so that a new name is no news.
const KEY: &str = "qualifier:#";
/// Stands between answers; no answer holds it.
const BETWEEN: &str = "\u{1f}";

/// The answers of one lead, by qualifier; of each answer its key and its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answers {
    by_qualifier: BTreeMap<i64, BTreeMap<String, String>>,
    /// Options the source does not list.
    pub(super) unknown: u64,
}

/// Finds what options stand for.
pub(super) fn of_options(
    connection: &Connection,
    options: &[String],
) -> Result<Answers, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT qualifier_id, value_key, value FROM qualifier_values WHERE external_id = ?1",
    )?;
    let mut answers = Answers::default();
    for option in options {
        let found: Option<(i64, String, String)> = statement
            .query_row([option], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        match found {
            Some((qualifier, key, value)) => {
                let of = answers.by_qualifier.entry(qualifier).or_default();
                of.insert(key, value);
            }
            None => answers.unknown += 1,
        }
    }
    Ok(answers)
}

impl Answers {
    /// What is said, by qualifier.
    pub(super) fn content(&self) -> Vec<(String, String)> {
        self.by_qualifier
            .iter()
            .map(|(qualifier, answers)| {
                let keys: Vec<&str> = answers.keys().map(String::as_str).collect();
                (format!("{KEY}{qualifier}"), keys.join(BETWEEN))
            })
            .collect()
    }

    /// Gives a new lead its answers.
    pub(super) fn give(&self, connection: &Connection, lead: LeadId) -> Result<(), StoreError> {
        for (qualifier, answers) in &self.by_qualifier {
            add(connection, lead, QualifierId(*qualifier), answers)?;
        }
        Ok(())
    }

    /// Brings a known lead's answers from what was said before to what is said now; what others said stays. True when
    /// something changed. What is not said any more is taken out of `said`.
    pub(super) fn restate(
        &self,
        connection: &Connection,
        lead: LeadId,
        said: &mut BTreeMap<String, String>,
    ) -> Result<bool, StoreError> {
        let mut changed = false;
        let now: BTreeMap<String, String> = self.content().into_iter().collect();
        let gone: Vec<String> = said
            .keys()
            .filter(|key| key.starts_with(KEY) && !now.contains_key(*key))
            .cloned()
            .collect();
        for key in gone {
            let before = said.remove(&key).unwrap_or_default();
            if let Some(qualifier) = qualifier_of(&key) {
                changed |= take_back(connection, lead, qualifier, &before, &BTreeSet::new())?;
            }
        }
        for (id, answers) in &self.by_qualifier {
            let qualifier = QualifierId(*id);
            let key = format!("{KEY}{id}");
            let before = said.get(&key).cloned();
            if before.as_deref() == now.get(&key).map(String::as_str) {
                continue;
            }
            let kept: BTreeSet<&str> = answers.keys().map(String::as_str).collect();
            if is_multiple(connection, qualifier)? {
                changed |= take_back(
                    connection,
                    lead,
                    qualifier,
                    &before.unwrap_or_default(),
                    &kept,
                )?;
            } else {
                changed |= keep_only(connection, lead, qualifier, &kept)?;
            }
            changed |= add(connection, lead, qualifier, answers)?;
        }
        Ok(changed)
    }
}

fn qualifier_of(key: &str) -> Option<QualifierId> {
    key.strip_prefix(KEY)?.parse().ok().map(QualifierId)
}

fn is_multiple(connection: &Connection, qualifier: QualifierId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT multiple FROM qualifiers WHERE id = ?1")?
        .query_row([qualifier.0], |row| row.get(0))?)
}

fn add(
    connection: &Connection,
    lead: LeadId,
    qualifier: QualifierId,
    answers: &BTreeMap<String, String>,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO answers (lead_id, qualifier_id, value_key, value_id, raw)
         VALUES (?1, ?2, ?3, (SELECT id FROM qualifier_values WHERE qualifier_id = ?2 AND value_key = ?3), ?4)",
    )?;
    let mut added = 0;
    for (key, value) in answers {
        added += statement.execute(params![lead.0, qualifier.0, key, value])?;
    }
    Ok(added > 0)
}

fn take_back(
    connection: &Connection,
    lead: LeadId,
    qualifier: QualifierId,
    before: &str,
    kept: &BTreeSet<&str>,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "DELETE FROM answers WHERE lead_id = ?1 AND qualifier_id = ?2 AND value_key = ?3",
    )?;
    let mut removed = 0;
    for key in before.split(BETWEEN).filter(|key| !kept.contains(key)) {
        removed += statement.execute(params![lead.0, qualifier.0, key])?;
    }
    Ok(removed > 0)
}

fn keep_only(
    connection: &Connection,
    lead: LeadId,
    qualifier: QualifierId,
    kept: &BTreeSet<&str>,
) -> Result<bool, StoreError> {
    let removed = connection
        .prepare_cached(
            "DELETE FROM answers WHERE lead_id = ?1 AND qualifier_id = ?2
               AND value_key NOT IN (SELECT value FROM json_each(?3))",
        )?
        .execute(params![lead.0, qualifier.0, serde_json::to_string(kept)?])?;
    Ok(removed > 0)
}
