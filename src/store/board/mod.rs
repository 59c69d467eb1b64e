//! The reconciliation board, read in one snapshot.
//!
//! Its numbers come from the counters (from the index of `--since` where that bounds them), its causes from the index of
//! failed leads: no statement here walks the records of an account, whatever their number.

mod causes;
pub mod overview;
mod planned;
mod repairs;
mod tally;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_filter;
#[cfg(test)]
mod tests_plan;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params, params_from_iter};

use self::tally::{Scope, Tally, event_held_sql, tallies};
use super::connection::micros;
use super::counters::{NO_EVENT, WHOLE};
use super::selection::Selection;
use super::{Store, StoreError};
use crate::domain::board::{
    Board, BoardFilter, EventLine, FilterEcho, HeldGroup, PreSyncGroup, RememberedCause, Summary,
};
use crate::domain::category::Fix;
use crate::domain::hints::{self, HintScope};
use crate::domain::ids::{EventId, IntegrationId};
use crate::domain::integration::{Integration, IntegrationCategory};
use crate::domain::sync_state::PreSyncReason;

impl Store {
    /// The board of a connection's account, now or last signed in to.
    ///
    /// # Errors
    /// [`StoreError::Missing`] for an event that is not there.
    pub fn board(
        &self,
        integration: &Integration,
        filter: &BoardFilter,
    ) -> Result<Board, StoreError> {
        // One snapshot: the sums close although a push goes on beside it.
        let snapshot = crate::store::transaction::snapshot(&self.connection)?;
        let event = filter
            .event
            .map(|event| self.event_title(event))
            .transpose()?;
        let mut board = Board {
            integration: integration.name.clone(),
            account: None,
            view: filter.view,
            filter: self.echo(filter, event.clone()),
            summary: Summary::default(),
            pre_sync: Vec::new(),
            held: Vec::new(),
            failed: Vec::new(),
            events: Vec::new(),
            leads: Vec::new(),
        };
        let Some(account) = &integration.account else {
            return Ok(board);
        };
        board.account = Some(account.vendor_account.clone());
        let scope = Scope {
            account: account.id,
            event: filter.event,
            since: filter.since,
        };
        let named = self.must_be_named(integration)?;
        let hint_scope = HintScope {
            vendor: &integration.vendor,
            integration: named.then_some(integration.name.as_str()),
            event: event.as_deref(),
        };
        let tallies = tallies(&self.connection, scope)?;
        let whole = tallies.get(&WHOLE).cloned().unwrap_or_default();
        board.summary = whole.summary();
        board.events = self.event_lines(&tallies)?;
        board.pre_sync =
            self.pre_sync_groups(integration, scope, hint_scope, &whole, &board.events)?;
        board.held = held_groups(&whole);
        board.failed = self.failed_groups(integration, scope, hint_scope, &whole, filter.by)?;
        if filter.lists_leads() {
            let leads = &mut board.leads;
            let selection = Selection::from(filter);
            self.lead_lines(integration, &selection, filter.limit, &mut |line| {
                leads.push(line);
                Ok(())
            })?;
        }
        snapshot.finish()?;
        Ok(board)
    }

    /// The numbers alone, as `status` shows them.
    ///
    /// # Errors
    /// As every statement.
    pub fn board_summary(
        &self,
        integration: &Integration,
        event: Option<EventId>,
    ) -> Result<Summary, StoreError> {
        let Some(account) = &integration.account else {
            return Ok(Summary::default());
        };
        let scope = Scope {
            account: account.id,
            event,
            since: None,
        };
        let tallies = tallies(&self.connection, scope)?;
        Ok(tallies.get(&WHOLE).map(Tally::summary).unwrap_or_default())
    }

    /// Waiting leads by the reason they wait for: what a push would take, and what not.
    ///
    /// # Errors
    /// As every statement.
    pub fn pre_sync_counts(
        &self,
        integration: &Integration,
        event: Option<EventId>,
    ) -> Result<Vec<(PreSyncReason, u64)>, StoreError> {
        let Some(account) = &integration.account else {
            return Ok(Vec::new());
        };
        let scope = Scope {
            account: account.id,
            event,
            since: None,
        };
        let tallies = tallies(&self.connection, scope)?;
        let whole = tallies.get(&WHOLE).cloned().unwrap_or_default();
        self.reasons(integration, scope, &whole)
    }

    /// Keeps what the ids of a board stand for, until the next board of this connection and scope.
    ///
    /// # Errors
    /// As every statement.
    pub fn remember_board(
        &mut self,
        integration: IntegrationId,
        filter: &BoardFilter,
        board: &Board,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut causes = Vec::new();
        for (position, group) in board.failed.iter().enumerate() {
            causes.push(RememberedCause {
                id: (position + 1).to_string(),
                category: group.category,
                keys: Vec::new(),
            });
            causes.extend(group.causes.iter().map(|cause| RememberedCause {
                id: cause.id.clone(),
                category: group.category,
                keys: cause.members.clone(),
            }));
        }
        self.connection.execute(
            "INSERT INTO board_views (integration_id, scope, causes, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET causes = excluded.causes, at = excluded.at",
            params![
                integration.0,
                view_scope(filter),
                serde_json::to_string(&causes)?,
                micros(now)
            ],
        )?;
        Ok(())
    }

    /// What an id ("1", "1a") of the last board of this scope stands for; `None`: it is stale, or never was one. The leads
    /// behind it may be gone meanwhile.
    ///
    /// # Errors
    /// As every statement.
    pub fn recall_cause(
        &self,
        integration: IntegrationId,
        filter: &BoardFilter,
        id: &str,
    ) -> Result<Option<RememberedCause>, StoreError> {
        let causes: Option<String> = self
            .connection
            .query_row(
                "SELECT causes FROM board_views WHERE integration_id = ?1 AND scope = ?2",
                params![integration.0, view_scope(filter)],
                |row| row.get(0),
            )
            .optional()?;
        let causes: Vec<RememberedCause> = causes
            .as_deref()
            .map(serde_json::from_str)
            .transpose()?
            .unwrap_or_default();
        Ok(causes
            .into_iter()
            .find(|cause| cause.id.eq_ignore_ascii_case(id.trim())))
    }

    fn echo(&self, filter: &BoardFilter, event: Option<String>) -> FilterEcho {
        FilterEcho {
            event,
            state: filter.state,
            category: filter.category,
            search: filter.search.clone(),
            view: filter.view,
            since: filter.since.map(|since| since.to_string()),
            lead: filter.lead.map(|lead| self.ids().encode(lead)),
            matching: filter
                .matching
                .as_ref()
                .map(|expression| expression.text().to_owned()),
            limit: filter.limit,
            by: filter.by,
        }
    }

    fn event_title(&self, event: EventId) -> Result<String, StoreError> {
        self.connection
            .prepare_cached("SELECT name FROM events WHERE id = ?1")?
            .query_row([event.0], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Missing {
                what: format!("event {event}"),
            })
    }

    /// Whether commands without `-i` would mean another connection: they mean the CRM, and of several the connected one.
    ///
    /// # Errors
    /// As every statement.
    pub fn must_be_named(&self, integration: &Integration) -> Result<bool, StoreError> {
        let rival: bool = self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM integrations WHERE id <> ?1 AND category = 'crm' AND (connected = 1 OR ?2))",
            params![
                integration.id.0,
                !integration.connected || integration.category != IntegrationCategory::Crm
            ],
            |row| row.get(0),
        )?;
        Ok(rival)
    }

    fn event_lines(
        &self,
        tallies: &std::collections::BTreeMap<EventId, Tally>,
    ) -> Result<Vec<EventLine>, StoreError> {
        let mut lines = Vec::new();
        for (event, tally) in tallies.iter().filter(|(event, _)| event.0 > 0) {
            let name = self.event_title(*event)?;
            lines.push(tally.line(Some((*event, name))));
        }
        let none = tallies.get(&NO_EVENT).map(|tally| tally.line(None));
        lines.extend(none.filter(|line| *line != EventLine::default()));
        Ok(lines)
    }

    /// Waiting leads by the first reason that holds.
    fn reasons(
        &self,
        integration: &Integration,
        scope: Scope,
        tally: &Tally,
    ) -> Result<Vec<(PreSyncReason, u64)>, StoreError> {
        let mut reasons: std::collections::BTreeMap<PreSyncReason, u64> =
            std::collections::BTreeMap::new();
        for stored in tally.waiting.keys() {
            let mut count = tally.ready(stored);
            let if_held = PreSyncReason::of(integration, stored, true);
            // Only where a held event is the first reason that could hold is it asked who waits for one.
            if if_held == PreSyncReason::EventHeld && count > 0 && self.any_event_held()? {
                let (sql, parameters) = event_held_sql(scope, stored);
                let held: i64 = self
                    .connection
                    .prepare_cached(&sql)?
                    .query_row(params_from_iter(&parameters), |row| row.get(0))?;
                let held = held.unsigned_abs().min(count);
                *reasons.entry(PreSyncReason::EventHeld).or_default() += held;
                count -= held;
            }
            *reasons
                .entry(PreSyncReason::of(integration, stored, false))
                .or_default() += count;
        }
        Ok(reasons
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .collect())
    }

    fn pre_sync_groups(
        &self,
        integration: &Integration,
        scope: Scope,
        hint_scope: HintScope<'_>,
        tally: &Tally,
        events: &[EventLine],
    ) -> Result<Vec<PreSyncGroup>, StoreError> {
        let reasons = self.reasons(integration, scope, tally)?;
        let busiest = events
            .iter()
            .filter(|line| line.pre_sync > 0)
            .max_by_key(|line| (line.pre_sync, std::cmp::Reverse(line.event_id)))
            .and_then(|line| line.event.as_deref());
        let held: Option<String> = self
            .connection
            .query_row(
                "SELECT name FROM events WHERE held_at IS NOT NULL ORDER BY held_at DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?;
        let waits_for_data = |reason| reason == PreSyncReason::NeedsData;
        let mut needs = if reasons.iter().any(|(reason, _)| waits_for_data(*reason)) {
            self.needed_fields(scope.account, scope.event)?
        } else {
            Vec::new()
        };
        Ok(reasons
            .into_iter()
            .map(|(reason, count)| PreSyncGroup {
                reason,
                count,
                fix: (reason == PreSyncReason::Frozen).then_some(Fix::SyncMode),
                hint: hints::pre_sync(reason, hint_scope, busiest, held.as_deref()),
                needs: if waits_for_data(reason) {
                    std::mem::take(&mut needs)
                } else {
                    Vec::new()
                },
            })
            .collect())
    }
}

fn held_groups(tally: &Tally) -> Vec<HeldGroup> {
    tally
        .held
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(reason, count)| HeldGroup {
            reason: reason.to_uppercase(),
            count: *count,
        })
        .collect()
}

/// A board's scope in words: ids of one scope do not disturb those of another. All moments of `--since` share one: `2h` is
/// another moment at every call.
fn view_scope(filter: &BoardFilter) -> String {
    let event = filter.event.map_or(0, |event| event.0);
    let since = filter.since.is_some();
    format!("event={event} since={since}")
}
