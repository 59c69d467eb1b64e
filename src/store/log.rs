//! The integration log: what was tried for one lead in one account, step by step.

use rusqlite::params;
use serde::de::DeserializeOwned;

use super::connection::timestamp;
use super::{Store, StoreError};
use crate::domain::failure::Phase;
use crate::domain::ids::{AccountId, LeadId, RunId};
use crate::domain::run::{AttemptEntry, AttemptResult, AttemptStatus, PhaseAction, PhaseEntry};

impl Store {
    /// The attempts for a lead, the latest first; only the latest unless `all`.
    ///
    /// # Errors
    /// As every statement.
    pub fn attempts(
        &self,
        account: AccountId,
        lead: LeadId,
        all: bool,
    ) -> Result<Vec<AttemptEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.id, t.run_id, e.name, t.started_at, t.finished_at, t.trigger, t.status, t.result, t.category, t.message
             FROM attempts t LEFT JOIN events e ON e.id = t.event_id
             WHERE t.lead_id = ?1 AND t.account_id = ?2 ORDER BY t.id DESC LIMIT ?3",
        )?;
        let mut rows = statement.query(params![lead.0, account.0, if all { -1 } else { 1 }])?;
        let mut attempts = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let category: Option<String> = row.get(8)?;
            attempts.push(AttemptEntry {
                id,
                run: RunId(row.get(1)?),
                event: row.get(2)?,
                started: timestamp(row.get(3)?).to_string(),
                finished: row
                    .get::<_, Option<i64>>(4)?
                    .map(|at| timestamp(at).to_string()),
                trigger: row.get(5)?,
                status: word::<AttemptStatus>(row.get(6)?)?.unwrap_or(AttemptStatus::Interrupted),
                result: word::<AttemptResult>(row.get(7)?)?,
                category: category
                    .filter(|code| !code.is_empty())
                    .map(|code| code.parse())
                    .transpose()
                    .map_err(|error: crate::domain::category::UnknownCategory| {
                        StoreError::Unexpected(error.to_string())
                    })?,
                message: row.get(9)?,
                phases: self.phases(id)?,
            });
        }
        Ok(attempts)
    }

    fn phases(&self, attempt: i64) -> Result<Vec<PhaseEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, action, remote_id, request, response, ok, note, object FROM attempt_phases WHERE attempt_id = ?1 ORDER BY seq",
        )?;
        let mut rows = statement.query([attempt])?;
        let mut phases = Vec::new();
        while let Some(row) = rows.next()? {
            phases.push(PhaseEntry {
                name: word::<Phase>(row.get(0)?)?.unwrap_or(Phase::Prepare),
                action: word::<PhaseAction>(row.get(1)?)?,
                remote_id: row.get(2)?,
                request: document(row.get::<_, Option<String>>(3)?.as_deref())?,
                response: document(row.get::<_, Option<String>>(4)?.as_deref())?,
                ok: row.get(5)?,
                note: row.get(6)?,
                object: row.get(7)?,
            });
        }
        Ok(phases)
    }
}

/// A word of a column, as the type's own JSON spells it.
fn word<T: DeserializeOwned>(text: Option<String>) -> Result<Option<T>, StoreError> {
    Ok(text
        .map(|text| serde_json::from_value(serde_json::Value::String(text)))
        .transpose()?)
}

fn document<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, StoreError> {
    Ok(text.map(serde_json::from_str).transpose()?)
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
