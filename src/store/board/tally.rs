//! The board's numbers: read from the counters, or counted where `--since` bounds them.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::super::StoreError;
use super::super::connection::micros;
use super::super::counters::{NO_EVENT, WHOLE};
use crate::domain::board::{EventLine, Summary, percent};
use crate::domain::ids::{AccountId, EventId};
use crate::domain::sync_state::State;
use jiff::Timestamp;

/// What bounds everything the board shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    pub(super) account: AccountId,
    pub(super) event: Option<EventId>,
    pub(super) since: Option<Timestamp>,
}

/// The numbers of the whole scope, or of one event in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Waiting leads by stored reason, those still being filled in included.
    pub(super) waiting: BTreeMap<String, u64>,
    pub(super) held: BTreeMap<String, u64>,
    /// Failed and not ignored, by category.
    pub(super) failed: BTreeMap<String, u64>,
    pub(super) failed_landed: u64,
    pub(super) ignored: u64,
    pub(super) cleared: u64,
    /// Waiting leads that are still being filled in, by stored reason.
    pub(super) enriching: BTreeMap<String, u64>,
}

impl Tally {
    fn add(&mut self, slot: &Counted) {
        let n = slot.n;
        match State::from_name(&slot.state) {
            State::Waiting => *self.waiting.entry(slot.detail.clone()).or_default() += n,
            State::Held => *self.held.entry(slot.detail.clone()).or_default() += n,
            State::Cleared => self.cleared += n,
            State::Failed if slot.ignored => self.ignored += n,
            State::Failed => {
                *self.failed.entry(slot.detail.clone()).or_default() += n;
                if slot.landed {
                    self.failed_landed += n;
                }
            }
        }
    }

    /// Waiting leads of a stored reason that are filled in.
    pub(super) fn ready(&self, reason: &str) -> u64 {
        let all = self.waiting.get(reason).copied().unwrap_or(0);
        all.saturating_sub(self.enriching.get(reason).copied().unwrap_or(0))
    }

    pub(super) fn summary(&self) -> Summary {
        let enriching = self.enriching.values().sum();
        let waiting: u64 = self.waiting.values().sum();
        let (held, failed) = (
            self.held.values().sum::<u64>(),
            self.failed.values().sum::<u64>(),
        );
        Summary {
            total: waiting + held + failed + self.cleared + self.ignored,
            enriching,
            pre_sync: waiting.saturating_sub(enriching),
            held,
            failed,
            failed_landed: self.failed_landed,
            cleared: self.cleared,
            ignored: self.ignored,
            cleared_percent: percent(self.cleared, self.cleared + failed),
        }
    }

    pub(super) fn line(&self, event: Option<(EventId, String)>) -> EventLine {
        let summary = self.summary();
        let (event_id, event) = event.unzip();
        EventLine {
            event,
            event_id,
            enriching: summary.enriching,
            pre_sync: summary.pre_sync,
            held: summary.held,
            failed: summary.failed,
            cleared: summary.cleared,
            ignored: summary.ignored,
        }
    }
}

struct Counted {
    event: EventId,
    state: String,
    detail: String,
    ignored: bool,
    landed: bool,
    n: u64,
}

/// The numbers by event: [`WHOLE`] for the scope, [`NO_EVENT`] for leads of none.
pub(super) fn tallies(
    connection: &Connection,
    scope: Scope,
) -> Result<BTreeMap<EventId, Tally>, StoreError> {
    let mut tallies: BTreeMap<EventId, Tally> = BTreeMap::new();
    let statements = slots_sql(scope);
    for (sql, parameters) in &statements {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(parameters), |row| {
            Ok(Counted {
                event: EventId(row.get(0)?),
                state: row.get(1)?,
                detail: row.get(2)?,
                ignored: row.get(3)?,
                landed: row.get(4)?,
                n: row.get::<_, i64>(5)?.unsigned_abs(),
            })
        })?;
        for row in rows {
            let row = row?;
            tallies.entry(row.event).or_default().add(&row);
        }
    }
    if let Some(event) = scope.event {
        // The whole of a board bound to an event is that event.
        let whole = tallies.get(&event).cloned().unwrap_or_default();
        tallies = BTreeMap::from([(WHOLE, whole.clone()), (event, whole)]);
    }
    let (sql, parameters) = enriching_sql(scope);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(&parameters))?;
    while let Some(row) = rows.next()? {
        let (event, reason) = (EventId(row.get(0)?), row.get::<_, String>(1)?);
        let n = row.get::<_, i64>(2)?.unsigned_abs();
        let tally = tallies.entry(event).or_default();
        *tally.enriching.entry(reason).or_default() += n;
    }
    Ok(tallies)
}

type Statement = (String, Vec<Value>);

/// Without `--since` the counters; with it one statement for what was attempted (by the index of `--since`) and one for
/// what never was (by its capture).
pub(super) fn slots_sql(scope: Scope) -> Vec<Statement> {
    let account = Value::Integer(scope.account.0);
    let event = scope.event.map(|event| Value::Integer(event.0));
    let Some(since) = scope.since else {
        let narrowed = if event.is_some() {
            " AND event_id = ?2"
        } else {
            ""
        };
        let sql = format!(
            "SELECT event_id, state, detail, ignored, landed, n FROM board_counts WHERE account_id = ?1 AND n > 0{narrowed}"
        );
        return vec![(sql, std::iter::once(account).chain(event).collect())];
    };
    let since = Value::Integer(micros(since));
    let slot = "r.state, CASE r.state WHEN 'failed' THEN r.category ELSE r.hold END, r.ignored_at IS NOT NULL, r.landed, count(*)";
    if let Some(event) = event {
        let sql = format!(
            "SELECT e.event_id, {slot} FROM event_leads e CROSS JOIN sync_records r ON r.account_id = ?1 AND r.lead_id = e.lead_id
             JOIN leads l ON l.id = r.lead_id WHERE e.event_id = ?3 AND ifnull(r.attempted_at, l.captured_at) >= ?2 GROUP BY 1, 2, 3, 4, 5"
        );
        return vec![(sql, vec![account, since, event])];
    }
    let sources = [
        "sync_records r INDEXED BY sync_since",
        "sync_records r INDEXED BY sync_since CROSS JOIN leads l ON l.id = r.lead_id",
    ];
    let conditions = [
        "r.account_id = ?1 AND r.attempted_at >= ?2",
        "r.account_id = ?1 AND r.attempted_at IS NULL AND l.captured_at >= ?2",
    ];
    let mut statements = Vec::new();
    for (source, condition) in sources.iter().zip(conditions) {
        let events = [
            (format!("{}", WHOLE.0), ""),
            (
                format!("ifnull(e.event_id, {})", NO_EVENT.0),
                " LEFT JOIN event_leads e ON e.lead_id = r.lead_id",
            ),
        ];
        for (event, join) in events {
            let sql = format!(
                "SELECT {event}, {slot} FROM {source}{join} WHERE {condition} GROUP BY 1, 2, 3, 4, 5"
            );
            statements.push((sql, vec![account.clone(), since.clone()]));
        }
    }
    statements
}

/// Waiting leads that are still being filled in: found by their own small index.
pub(super) fn enriching_sql(scope: Scope) -> Statement {
    let mut parameters = vec![Value::Integer(scope.account.0)];
    let mut condition = String::new();
    if let Some(since) = scope.since {
        parameters.push(Value::Integer(micros(since)));
        condition = format!(
            " AND ifnull(r.attempted_at, l.captured_at) >= ?{}",
            parameters.len()
        );
    }
    let from = "FROM leads l INDEXED BY leads_unready CROSS JOIN sync_records r ON r.account_id = ?1 AND r.lead_id = l.id";
    let waiting = format!(
        "l.readiness <> 'ready' AND l.readiness = 'enriching' AND r.state = 'waiting'{condition}"
    );
    let (whole, none) = (WHOLE.0, NO_EVENT.0);
    let sql = if let Some(event) = scope.event {
        parameters.push(Value::Integer(event.0));
        let event = format!("?{}", parameters.len());
        let member = format!(
            "EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = {event} AND e.lead_id = l.id)"
        );
        format!(
            "SELECT {whole}, r.hold, count(*) {from} WHERE {waiting} AND {member} GROUP BY 2
             UNION ALL SELECT {event}, r.hold, count(*) {from} WHERE {waiting} AND {member} GROUP BY 2"
        )
    } else {
        format!(
            "SELECT {whole}, r.hold, count(*) {from} WHERE {waiting} GROUP BY 2
             UNION ALL SELECT ifnull(e.event_id, {none}), r.hold, count(*) {from} LEFT JOIN event_leads e ON e.lead_id = l.id
             WHERE {waiting} GROUP BY 1, 2"
        )
    };
    (sql, parameters)
}

/// Leads of a stored reason that wait for their events, all of which are held: found from the held events.
pub(super) fn event_held_sql(scope: Scope, stored: &str) -> Statement {
    let mut parameters = vec![
        Value::Integer(scope.account.0),
        Value::Text(stored.to_owned()),
    ];
    let mut condition = String::new();
    if let Some(since) = scope.since {
        parameters.push(Value::Integer(micros(since)));
        condition.push_str(" AND ifnull(r.attempted_at, l.captured_at) >= ?3");
    }
    if let Some(event) = scope.event {
        parameters.push(Value::Integer(event.0));
        condition.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM event_leads e WHERE e.event_id = ?{} AND e.lead_id = h.lead_id)",
            parameters.len()
        ));
    }
    let sql = format!(
        "SELECT count(*) FROM (SELECT DISTINCT e.lead_id FROM event_leads e WHERE e.event_id IN (SELECT id FROM events WHERE held_at IS NOT NULL)) h
         CROSS JOIN sync_records r ON r.account_id = ?1 AND r.lead_id = h.lead_id CROSS JOIN leads l ON l.id = h.lead_id
         WHERE r.state = 'waiting' AND r.hold = ?2 AND l.readiness <> 'enriching'
           AND NOT EXISTS (SELECT 1 FROM event_leads o JOIN events v ON v.id = o.event_id WHERE o.lead_id = h.lead_id AND v.held_at IS NULL){condition}"
    );
    (sql, parameters)
}
