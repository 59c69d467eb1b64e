//! Failed leads a person takes out of Failed, and back: out of Failed, not out of the sum, the history kept.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::json;

use super::connection::micros;
use super::counters::{Deltas, Slot};
use super::runs::{self, NewRun, RunEnd};
use super::selection::Selection;
use super::transaction::begin;
use super::{Store, StoreError, enroll};
use crate::domain::board::BoardState;
use crate::domain::history::{Author, RunOutcome};
use crate::domain::ids::{AccountId, EventId, LeadId, RunId};
use crate::domain::integration::Integration;
use crate::domain::sync_state::State;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SetAside {
    /// The run of it; none where nothing changed.
    pub run: Option<RunId>,
    /// How many leads changed.
    pub leads: u64,
}

/// Why leads are ignored, for the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredFor {
    /// The reason somebody gave.
    pub reason: String,
    /// How many leads.
    pub count: u64,
}

impl Store {
    /// Takes the chosen Failed leads out of Failed. The choice's states are not looked at.
    ///
    /// # Errors
    /// As every statement; then nothing is changed.
    pub fn ignore_leads(
        &mut self,
        integration: &Integration,
        selection: &Selection,
        limit: Option<u64>,
        reason: &str,
        author: &Author,
        now: Timestamp,
    ) -> Result<SetAside, StoreError> {
        self.set_ignored(integration, selection, limit, Some(reason), author, now)
    }

    /// Puts the chosen ignored leads back into Failed. The choice's states are not looked at.
    ///
    /// # Errors
    /// As every statement; then nothing is changed.
    pub fn unignore_leads(
        &mut self,
        integration: &Integration,
        selection: &Selection,
        limit: Option<u64>,
        author: &Author,
        now: Timestamp,
    ) -> Result<SetAside, StoreError> {
        self.set_ignored(integration, selection, limit, None, author, now)
    }

    /// The reasons of the ignored leads of an account, or of one of its events, the most frequent first.
    ///
    /// # Errors
    /// As every statement.
    pub fn ignored_reasons(
        &self,
        account: AccountId,
        event: Option<EventId>,
    ) -> Result<Vec<IgnoredFor>, StoreError> {
        let rows = self
            .connection
            .prepare_cached(
                "SELECT r.ignored_reason, count(*) FROM sync_records r INDEXED BY sync_failed
                 WHERE r.account_id = ?1 AND r.state = 'failed' AND r.ignored_at IS NOT NULL
                   AND (?2 IS NULL OR EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = ?2 AND e.lead_id = r.lead_id))
                 GROUP BY 1 ORDER BY 2 DESC, 1",
            )?
            .query_map(params![account.0, event.map(|event| event.0)], |row| {
                Ok(IgnoredFor {
                    reason: row.get::<_, Option<String>>(0)?.unwrap_or_default(),
                    count: row.get::<_, i64>(1)?.unsigned_abs(),
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    fn set_ignored(
        &mut self,
        integration: &Integration,
        selection: &Selection,
        limit: Option<u64>,
        reason: Option<&str>,
        author: &Author,
        now: Timestamp,
    ) -> Result<SetAside, StoreError> {
        let Some(account) = integration.account.as_ref().map(|account| account.id) else {
            return Ok(SetAside::default());
        };
        let transaction = begin(&self.connection)?;
        let from = if reason.is_some() {
            BoardState::Failed
        } else {
            BoardState::Ignored
        };
        let chosen = choose(&transaction, account, selection, from, limit)?;
        if chosen.is_empty() {
            return Ok(SetAside::default());
        }
        let mut deltas = Deltas::default();
        for (lead, slot) in &chosen {
            set_one(&transaction, &mut deltas, account, *lead, slot, reason, now)?;
        }
        deltas.apply(&transaction)?;
        let leads = u64::try_from(chosen.len()).unwrap_or(u64::MAX);
        let new = NewRun {
            integration: Some(integration.id),
            account: Some(account),
            command: author.command.clone(),
            trigger: runs::SETUP.to_owned(),
            event: selection.event,
            person: author.person.clone(),
        };
        let run = RunId(runs::insert_run(&transaction, &new, now)?);
        let word = if reason.is_some() {
            "ignored"
        } else {
            "unignored"
        };
        let end = RunEnd {
            outcome: RunOutcome::Done,
            stop_reason: None,
            requests: 0,
            counts: json!({ word: leads }),
        };
        runs::finish(&transaction, run, &end, now)?;
        transaction.commit()?;
        Ok(SetAside {
            run: Some(run),
            leads,
        })
    }
}

fn choose(
    connection: &Connection,
    account: AccountId,
    selection: &Selection,
    from: BoardState,
    limit: Option<u64>,
) -> Result<Vec<(LeadId, Slot)>, StoreError> {
    let selection = Selection {
        states: vec![from],
        ..selection.clone()
    };
    let condition = selection.condition();
    let limit = limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
    let parameters = std::iter::once(Value::Integer(account.0))
        .chain(condition.parameters)
        .chain(std::iter::once(Value::Integer(limit)));
    let rows = connection
        .prepare(&format!(
            "SELECT r.lead_id, r.category, r.landed FROM sync_records r{} JOIN leads l ON l.id = r.lead_id
             WHERE r.account_id = ?1{} ORDER BY {} LIMIT ?",
            condition.index, condition.sql, condition.order
        ))?
        .query_map(params_from_iter(parameters), |row| {
            let slot = Slot {
                state: State::Failed.name().to_owned(),
                detail: row.get(1)?,
                ignored: from == BoardState::Ignored,
                landed: row.get(2)?,
            };
            Ok((LeadId(row.get(0)?), slot))
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

fn set_one(
    connection: &Connection,
    deltas: &mut Deltas,
    account: AccountId,
    lead: LeadId,
    slot: &Slot,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE sync_records SET ignored_at = iif(?3 IS NULL, NULL, ?4), ignored_reason = ?3, changed_at = ?4
             WHERE account_id = ?1 AND lead_id = ?2",
        )?
        .execute(params![account.0, lead.0, reason, micros(now)])?;
    let to = Slot {
        ignored: reason.is_some(),
        ..slot.clone()
    };
    deltas.shift(account, &enroll::events_of(connection, lead)?, slot, &to);
    Ok(())
}

#[cfg(test)]
#[path = "ignore_tests.rs"]
mod tests;
