//! What `status` shows of a connection: the board's numbers without its causes, and how each event stands.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::params;

use super::tally::{Scope, Tally, tallies};
use super::{NO_EVENT, Store, StoreError, WHOLE};
use crate::domain::board::{PreSyncGroup, Summary};
use crate::domain::category::Category;
use crate::domain::hints::HintScope;
use crate::domain::history::{RunEntry, RunOutcome};
use crate::domain::ids::{AccountId, ClaimId, EventId, RunId};
use crate::domain::integration::Integration;
use crate::domain::sync_state::{PreSyncReason, hold};
use crate::store::connection::timestamp;
use crate::store::runs::RunFilter;

/// The triggers of runs that push.
const PUSHES: &[&str] = &[
    "auto",
    "manual",
    "retry-lead",
    "retry-category",
    "retry-global",
    "mode-switch",
];

/// A connection's leads in numbers.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// The sums of the board.
    pub summary: Summary,
    /// Why leads wait, with the command that moves them.
    pub pre_sync: Vec<PreSyncGroup>,
    /// The events with leads that failed or are Frozen.
    pub events: Vec<EventOverview>,
    /// Leads failed for a refused sign-in.
    pub failed_authentication: u64,
    /// The latest run that pushed something, or tried to.
    pub last_push: Option<RunEntry>,
    /// Whether commands must name the connection (`-i`) to mean it.
    pub must_be_named: bool,
}

/// How one event stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventOverview {
    /// Its name; `None`: the leads of no event.
    pub event: Option<String>,
    /// Its last day (`YYYY-MM-DD`).
    pub ends: Option<String>,
    /// Failed leads.
    pub failed: u64,
    /// Of the failed: the person is at the vendor all the same.
    pub failed_landed: u64,
    /// Frozen leads.
    pub frozen: u64,
    /// When the last push that named the event ended, and whether it took up everything.
    pub last_push: Option<(Timestamp, bool)>,
}

/// The file in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// Events.
    pub events: u64,
    /// Leads, erased ones included.
    pub leads: u64,
    /// Leads their source is still filling in.
    pub enriching: u64,
}

impl Store {
    /// The file in numbers.
    ///
    /// # Errors
    /// As every statement.
    pub fn file_counts(&self) -> Result<FileCounts, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        Ok(FileCounts {
            events: count("SELECT count(*) FROM events")?,
            leads: count(
                "SELECT (SELECT count(*) FROM leads) - (SELECT count(*) FROM lead_aliases)",
            )?,
            enriching: count(
                "SELECT count(*) FROM leads WHERE readiness <> 'ready' AND readiness = 'enriching'",
            )?,
        })
    }

    /// A connection in numbers: from the counters alone, whatever the number of leads.
    ///
    /// # Errors
    /// As every statement.
    pub fn overview(
        &self,
        integration: &Integration,
        now: Timestamp,
    ) -> Result<Overview, StoreError> {
        let Some(account) = &integration.account else {
            return Ok(Overview::default());
        };
        let snapshot = crate::store::transaction::snapshot(&self.connection)?;
        let scope = Scope {
            account: account.id,
            event: None,
            since: None,
        };
        let named = self.must_be_named(integration)?;
        let hint_scope = HintScope {
            vendor: &integration.vendor,
            integration: named.then_some(integration.name.as_str()),
            event: None,
        };
        let tallies = tallies(&self.connection, scope)?;
        let whole = tallies.get(&WHOLE).cloned().unwrap_or_default();
        let lines = self.event_lines(&tallies)?;
        let overview = Overview {
            summary: whole.summary(),
            pre_sync: self.pre_sync_groups(integration, scope, hint_scope, &whole, &lines)?,
            events: self.events_overview(integration, account.id, &tallies)?,
            failed_authentication: whole
                .failed
                .get(Category::Authentication.code())
                .copied()
                .unwrap_or(0),
            last_push: self.last_push(integration, account.id, now)?,
            must_be_named: named,
        };
        snapshot.finish()?;
        Ok(overview)
    }

    fn last_push(
        &self,
        integration: &Integration,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Option<RunEntry>, StoreError> {
        let filter = RunFilter {
            integration: Some(integration.id),
            account: Some(account),
            triggers: PUSHES,
            ..RunFilter::default()
        };
        // A file that cannot tell leaves the run as it stands: without an end.
        let alive = |run| self.is_at_work(run, now).unwrap_or(true);
        let mut runs = self.runs(Some(20), &filter, &alive)?;
        // Runs that found nothing due say nothing about the connection; of those alone the latest will do.
        let telling = runs
            .iter()
            .position(|run| {
                run.outcome != Some(RunOutcome::Done) || run.counts["pushed"].as_u64() != Some(0)
            })
            .unwrap_or(0);
        Ok((telling < runs.len()).then(|| runs.swap_remove(telling)))
    }

    fn is_at_work(&self, run: RunId, now: Timestamp) -> Result<bool, StoreError> {
        let claims: Vec<ClaimId> = self
            .connection
            .prepare_cached("SELECT id FROM claims WHERE run_id = ?1")?
            .query_map([run.0], |row| row.get(0).map(ClaimId))?
            .collect::<Result<_, _>>()?;
        for claim in claims {
            if self.claim_is_alive(claim, now)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn events_overview(
        &self,
        integration: &Integration,
        account: AccountId,
        tallies: &BTreeMap<EventId, Tally>,
    ) -> Result<Vec<EventOverview>, StoreError> {
        let mut events = Vec::new();
        for (id, tally) in tallies.iter().filter(|(id, _)| **id != WHOLE) {
            let summary = tally.summary();
            let mut line = EventOverview {
                failed: summary.failed,
                failed_landed: summary.failed_landed,
                frozen: [hold::NONE, hold::FROZEN]
                    .into_iter()
                    .filter(|stored| {
                        PreSyncReason::of(integration, stored, false) == PreSyncReason::Frozen
                    })
                    .map(|stored| tally.ready(stored))
                    .sum(),
                ..EventOverview::default()
            };
            if line.failed == 0 && line.frozen == 0 {
                continue;
            }
            if *id != NO_EVENT {
                let Some(event) = self.event(*id)? else {
                    continue;
                };
                if event.held {
                    line.frozen = 0;
                }
                line.event = Some(event.name);
                line.ends = event.to.or(event.from);
                line.last_push = self.last_push_of_event(account, *id)?;
            }
            events.push(line);
        }
        Ok(events)
    }

    fn last_push_of_event(
        &self,
        account: AccountId,
        event: EventId,
    ) -> Result<Option<(Timestamp, bool)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT finished_at, outcome = 'done' FROM runs
             WHERE account_id = ?1 AND event_id = ?2 AND finished_at IS NOT NULL AND trigger IN (SELECT value FROM json_each(?3))
             ORDER BY id DESC LIMIT 1",
        )?;
        let mut rows =
            statement.query(params![account.0, event.0, serde_json::to_string(PUSHES)?])?;
        Ok(match rows.next()? {
            Some(row) => Some((timestamp(row.get(0)?), row.get(1)?)),
            None => None,
        })
    }
}
