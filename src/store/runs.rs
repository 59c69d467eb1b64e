//! Runs: every push, retry, import and change of set-up has a number, an author, a time and counts.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::{Value, json};

use super::connection::{micros, timestamp};
use super::{Store, StoreError};
use crate::domain::history::{
    Author, FieldExample, RunDetails, RunEntry, RunOutcome, SetupChange, WrittenField,
};
use crate::domain::ids::{AccountId, ClaimId, EventId, IntegrationId, RunId};
use crate::domain::run::{StopReason, Trigger};
use crate::domain::trial;

/// The trigger of a change of set-up.
pub(super) const SETUP: &str = "setup";

/// How long a run that holds no claim and told no end is taken to be at work.
const BELIEVED: SignedDuration = SignedDuration::from_mins(10);

/// How long what fields held before a run is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Values that `history show` tells of each field.
const EXAMPLES: usize = 3;

/// A run about to begin.
#[derive(Debug, Clone, Default)]
pub struct NewRun {
    /// The connection it serves.
    pub integration: Option<IntegrationId>,
    /// The account it serves.
    pub account: Option<AccountId>,
    /// The command, without any secret.
    pub command: String,
    /// What started it, in the log's words.
    pub trigger: String,
    /// The event it names.
    pub event: Option<EventId>,
    /// Who.
    pub person: Option<String>,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct RunEnd {
    /// The kind of end.
    pub outcome: RunOutcome,
    /// Why it stopped early.
    pub stop_reason: Option<StopReason>,
    /// HTTP requests sent.
    pub requests: u64,
    /// What it did, as an object of numbers.
    pub counts: Value,
}

/// Which runs `history` shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunFilter<'a> {
    /// Of this connection.
    pub integration: Option<IntegrationId>,
    /// Of this account.
    pub account: Option<AccountId>,
    /// That named this event.
    pub event: Option<EventId>,
    /// With one of these triggers (empty: all).
    pub triggers: &'a [&'a str],
    /// Begun since.
    pub since: Option<Timestamp>,
}

const SELECT: &str = "SELECT r.id, r.command, r.person, r.started_at, r.finished_at, i.name, a.vendor_account, e.name, r.counts,
    coalesce((SELECT max(c.undone_by) FROM record_changes c WHERE c.run_id = r.id),
      (SELECT max(u.run_id) FROM undos u WHERE u.undoes = r.id
         AND EXISTS (SELECT 1 FROM record_changes c WHERE c.run_id = u.run_id AND c.undone_by IS NULL))), r.trigger, r.outcome, r.stop_reason, r.requests
  FROM runs r LEFT JOIN integrations i ON i.id = r.integration_id LEFT JOIN accounts a ON a.id = r.account_id
    LEFT JOIN events e ON e.id = r.event_id";

impl Store {
    /// Begins a run and gives its number.
    ///
    /// # Errors
    /// As every statement.
    pub fn begin_run(&mut self, run: &NewRun, now: Timestamp) -> Result<RunId, StoreError> {
        Ok(RunId(insert_run(&self.connection, run, now)?))
    }

    /// Ends a run.
    ///
    /// # Errors
    /// As every statement.
    pub fn finish_run(
        &mut self,
        run: RunId,
        end: &RunEnd,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        finish(&self.connection, run, end, now)
    }

    /// Makes a change of set-up and records it as a run, in one transaction. A change that changed nothing (no
    /// [`SetupChange`]) leaves no run.
    ///
    /// # Errors
    /// Those of the change; then nothing is changed and nothing recorded.
    pub fn change_setup<T>(
        &mut self,
        integration: Option<IntegrationId>,
        author: &Author,
        now: Timestamp,
        change: impl FnOnce(&Transaction<'_>) -> Result<(T, Vec<SetupChange>), StoreError>,
    ) -> Result<(T, Option<RunId>), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (value, changes) = change(&transaction)?;
        let changes: Vec<_> = changes
            .into_iter()
            .filter(|change| change.before != change.after)
            .collect();
        let run = if changes.is_empty() {
            None
        } else {
            Some(record(&transaction, integration, author, &changes, now)?)
        };
        transaction.commit()?;
        Ok((value, run))
    }

    /// Runs, the latest first. `alive` tells whether a run without an end is still at work: if not, it crashed.
    ///
    /// # Errors
    /// As every statement.
    pub fn runs(
        &self,
        limit: Option<u64>,
        filter: &RunFilter<'_>,
        alive: &dyn Fn(RunId) -> bool,
    ) -> Result<Vec<RunEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{SELECT} WHERE (?1 IS NULL OR r.integration_id = ?1) AND (?2 IS NULL OR r.account_id = ?2) AND (?3 IS NULL OR r.event_id = ?3)
               AND (?4 = '[]' OR r.trigger IN (SELECT value FROM json_each(?4)))
               AND (?6 IS NULL OR r.started_at >= ?6)
             ORDER BY r.id DESC LIMIT ?5"
        ))?;
        let rows = statement.query_map(
            params![
                filter.integration.map(|id| id.0),
                filter.account.map(|id| id.0),
                filter.event.map(|id| id.0),
                serde_json::to_string(filter.triggers)?,
                limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX)),
                filter.since.map(micros),
            ],
            read_entry,
        )?;
        rows.map(|row| Ok(with_crash(row?, alive))).collect()
    }

    /// Whether a run without an end is still at work: a living process holds one of its claims. A run without any (an
    /// import, or a push in its first moments) is believed for a while.
    ///
    /// # Errors
    /// As every statement.
    pub fn run_is_alive(&self, run: RunId, now: Timestamp) -> Result<bool, StoreError> {
        let claims: Vec<ClaimId> = self
            .connection
            .prepare_cached("SELECT id FROM claims WHERE run_id = ?1")?
            .query_map([run.0], |row| row.get(0).map(ClaimId))?
            .collect::<Result<_, _>>()?;
        for claim in &claims {
            if self.claim_is_alive(*claim, now)? {
                return Ok(true);
            }
        }
        if !claims.is_empty() {
            return Ok(false);
        }
        let started: Option<i64> = self
            .connection
            .prepare_cached("SELECT started_at FROM runs WHERE id = ?1 AND finished_at IS NULL")?
            .query_row([run.0], |row| row.get(0))
            .optional()?;
        Ok(started.is_some_and(|at| now.duration_since(timestamp(at)) < BELIEVED))
    }

    /// One run with everything it changed; `None`: there is no such run.
    ///
    /// # Errors
    /// As every statement.
    pub fn run(
        &self,
        run: RunId,
        alive: &dyn Fn(RunId) -> bool,
    ) -> Result<Option<RunDetails>, StoreError> {
        let entry = self
            .connection
            .query_row(&format!("{SELECT} WHERE r.id = ?1"), [run.0], read_entry)
            .optional()?;
        let Some(entry) = entry else { return Ok(None) };
        let entry = with_crash(entry, alive);
        let mut details = RunDetails {
            stayed: self.stayed(run)?,
            look_for: lost_person(&entry),
            entry,
            records: std::collections::BTreeMap::new(),
            fields: std::collections::BTreeMap::new(),
            examples: std::collections::BTreeMap::new(),
            leads: 0,
            failures: std::collections::BTreeMap::new(),
            undoes: None,
            undo: None,
            undo_until: None,
            changes: self.setup_changes(run)?,
        };
        self.tell_of_leads(run, &mut details)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT object, kind, before, after, remote_id, undone_by IS NULL FROM record_changes WHERE run_id = ?1
             ORDER BY object, remote_id",
        )?;
        let mut open = false;
        let mut rows = statement.query([run.0])?;
        while let Some(row) = rows.next()? {
            let (object, kind): (String, String) = (row.get(0)?, row.get(1)?);
            let before: Option<String> = row.get(2)?;
            let before: Value = before
                .as_deref()
                .map_or(Ok(Value::Null), serde_json::from_str)?;
            let after: Value = serde_json::from_str(&row.get::<_, String>(3)?)?;
            *details.records.entry(kind.clone()).or_default() += 1;
            open |= row.get::<_, bool>(5)?;
            let id: String = row.get(4)?;
            if let ("created" | "updated", Some(fields)) = (kind.as_str(), after.as_object()) {
                for (field, value) in fields {
                    let effect = details
                        .fields
                        .entry(format!("{object}.{field}"))
                        .or_default();
                    count_field(effect, &kind, before.get(field), value);
                    let examples = details
                        .examples
                        .entry(format!("{object}.{field}"))
                        .or_default();
                    if examples.len() < EXAMPLES {
                        examples.push(FieldExample {
                            id: id.clone(),
                            before: (kind == "updated")
                                .then(|| before.get(field).cloned())
                                .flatten(),
                            after: value.clone(),
                        });
                    }
                }
            }
        }
        if open {
            details.undo = Some(format!("mobly-sync undo {run}"));
            details.undo_until = details
                .entry
                .started
                .parse::<Timestamp>()
                .ok()
                .and_then(|at| at.checked_add(KEPT).ok())
                .map(|until| until.to_string());
        }
        Ok(Some(details))
    }

    fn tell_of_leads(&self, run: RunId, details: &mut RunDetails) -> Result<(), StoreError> {
        details.leads = self
            .connection
            .prepare_cached("SELECT count(DISTINCT lead_id) FROM attempts WHERE run_id = ?1")?
            .query_row([run.0], |row| row.get::<_, i64>(0))?
            .unsigned_abs();
        let mut failures = self.connection.prepare_cached(
            "SELECT category, count(DISTINCT lead_id) FROM attempts WHERE run_id = ?1 AND status = 'failed' GROUP BY category",
        )?;
        let mut rows = failures.query([run.0])?;
        while let Some(row) = rows.next()? {
            let count: i64 = row.get(1)?;
            details.failures.insert(
                row.get::<_, Option<String>>(0)?.unwrap_or_default(),
                count.unsigned_abs(),
            );
        }
        details.undoes = self
            .connection
            .query_row(
                "SELECT undoes FROM undos WHERE run_id = ?1",
                [run.0],
                |row| row.get(0),
            )
            .optional()?
            .map(RunId);
        Ok(())
    }

    /// What a run changed of the set-up.
    ///
    /// # Errors
    /// As every statement.
    pub fn setup_changes(&self, run: RunId) -> Result<Vec<SetupChange>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, key, before, after FROM setup_changes WHERE run_id = ?1 ORDER BY kind, key",
        )?;
        let mut rows = statement.query([run.0])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            let parse = |text: Option<String>| {
                text.as_deref()
                    .map(serde_json::from_str::<Value>)
                    .transpose()
            };
            changes.push(SetupChange {
                kind: row.get(0)?,
                key: row.get(1)?,
                before: parse(row.get(2)?)?,
                after: parse(row.get(3)?)?,
            });
        }
        Ok(changes)
    }
}

/// The person of a trial that ended early: whether it was made may not be known.
fn lost_person(entry: &RunEntry) -> Option<String> {
    let began: Timestamp = entry.started.parse().ok()?;
    let is_lost = entry.trigger == Trigger::Test.name() && entry.outcome != Some(RunOutcome::Done);
    is_lost.then(|| trial::address_of(&trial::mark_of(began)))
}

fn count_field(effect: &mut WrittenField, kind: &str, before: Option<&Value>, after: &Value) {
    let blank = |value: &Value| value.is_null() || value.as_str() == Some("");
    match before {
        _ if kind == "created" => effect.created += 1,
        Some(before) if before == after => {}
        Some(before) if !blank(before) => effect.overwritten += 1,
        _ => effect.filled += 1,
    }
}

pub(super) fn insert_run(
    connection: &rusqlite::Connection,
    run: &NewRun,
    now: Timestamp,
) -> Result<i64, StoreError> {
    connection.execute(
        "INSERT INTO runs (integration_id, account_id, person, command, trigger, event_id, started_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            run.integration.map(|id| id.0),
            run.account.map(|id| id.0),
            run.person,
            run.command,
            run.trigger,
            run.event.map(|id| id.0),
            micros(now)
        ],
    )?;
    Ok(connection.last_insert_rowid())
}

pub(super) fn finish(
    connection: &rusqlite::Connection,
    run: RunId,
    end: &RunEnd,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE runs SET finished_at = ?2, outcome = ?3, stop_reason = ?4, requests = ?5, counts = ?6 WHERE id = ?1",
        params![
            run.0,
            micros(now),
            end.outcome.name(),
            end.stop_reason.map(StopReason::name),
            i64::try_from(end.requests).unwrap_or(i64::MAX),
            end.counts.to_string()
        ],
    )?;
    Ok(())
}

/// The run of a change of set-up: begun and ended at once.
pub(super) fn record(
    transaction: &Transaction<'_>,
    integration: Option<IntegrationId>,
    author: &Author,
    changes: &[SetupChange],
    now: Timestamp,
) -> Result<RunId, StoreError> {
    // A first connect names its connection only once it is made.
    let integration = match integration {
        Some(id) => Some(id.0),
        None => changes
            .iter()
            .find(|change| change.kind == "integration")
            .map(|change| {
                transaction.query_row(
                    "SELECT id FROM integrations WHERE name = ?1 COLLATE NOCASE",
                    [&change.key],
                    |row| row.get(0),
                )
            })
            .transpose()?,
    };
    let account: Option<i64> = match integration {
        Some(id) => transaction.query_row(
            "SELECT account_id FROM integrations WHERE id = ?1",
            [id],
            |row| row.get(0),
        )?,
        None => None,
    };
    let run = NewRun {
        integration: integration.map(IntegrationId),
        account: account.map(AccountId),
        command: author.command.clone(),
        trigger: SETUP.to_owned(),
        event: None,
        person: author.person.clone(),
    };
    let run = RunId(insert_run(transaction, &run, now)?);
    let mut insert = transaction.prepare_cached(
        "INSERT INTO setup_changes (run_id, kind, key, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for change in changes {
        let text = |value: &Option<Value>| value.as_ref().map(Value::to_string);
        insert.execute(params![
            run.0,
            change.kind,
            change.key,
            text(&change.before),
            text(&change.after)
        ])?;
    }
    let end = RunEnd {
        outcome: RunOutcome::Done,
        stop_reason: None,
        requests: 0,
        counts: json!({ "changes": changes.len() }),
    };
    finish(transaction, run, &end, now)?;
    Ok(run)
}

fn read_entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<RunEntry> {
    let counts: String = row.get(8)?;
    let outcome: Option<String> = row.get(11)?;
    Ok(RunEntry {
        run: RunId(row.get(0)?),
        command: row.get(1)?,
        by: row.get(2)?,
        started: timestamp(row.get(3)?).to_string(),
        finished: row
            .get::<_, Option<i64>>(4)?
            .map(|at| timestamp(at).to_string()),
        integration: row.get(5)?,
        account: row.get(6)?,
        event: row.get(7)?,
        counts: serde_json::from_str(&counts).unwrap_or_default(),
        undone_by: row.get::<_, Option<i64>>(9)?.map(RunId),
        trigger: row.get(10)?,
        outcome: outcome.as_deref().and_then(RunOutcome::from_name),
        stopped: row.get(12)?,
        requests: row.get::<_, i64>(13)?.unsigned_abs(),
    })
}

fn with_crash(mut entry: RunEntry, alive: &dyn Fn(RunId) -> bool) -> RunEntry {
    if entry.finished.is_none() && entry.outcome.is_none() && !alive(entry.run) {
        entry.outcome = Some(RunOutcome::Crashed);
    }
    entry
}

#[cfg(test)]
#[path = "runs_tests.rs"]
mod tests;
