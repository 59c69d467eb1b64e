//! The queue of one account: what a push is to take, taking it, and what is known of each lead taken.
//!
//! A push fixes its selection first (a temporary table of this connection), so that it knows its size, ends, and never
//! meets a lead twice; then it claims slice by slice. A lead that somebody else holds, or that was taken out meanwhile, is
//! skipped and counted.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::connection::timestamp;
use super::links::RemoteLink;
use super::selection::Selection;
use super::transaction::begin;
use super::{Store, StoreError, requirements, screening};
use crate::domain::category::Category;
use crate::domain::ids::{AccountId, ClaimId, LeadId};
use crate::domain::lead::Lead;
use crate::domain::sync_state::{Standing, State, hold};

/// Which waiting leads a push takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Waiting {
    /// None.
    #[default]
    None,
    /// Those nothing holds.
    Queued,
    /// Those of a named event or state: Frozen ones and those from before the connection too.
    Named,
}

/// What a push takes: a choice of leads, and which of their states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PushSelection {
    /// The choice; its states are not looked at.
    pub leads: Selection,
    /// Which waiting leads.
    pub waiting: Waiting,
    /// Failed leads, ignored ones never.
    pub failed: bool,
    /// Cleared leads too, to be compared again.
    pub cleared: bool,
    /// At most so many.
    pub limit: Option<u64>,
}

impl PushSelection {
    /// Whether a lead of the selection, as it stands now, is still meant.
    fn still_holds(&self, state: State, hold: &str, ignored: bool) -> bool {
        match state {
            State::Waiting => match self.waiting {
                Waiting::None => false,
                Waiting::Queued => [hold::NONE, hold::WAITING_FOR_CRM].contains(&hold),
                Waiting::Named => [
                    hold::NONE,
                    hold::BEFORE_CONNECT,
                    hold::FROZEN,
                    hold::WAITING_FOR_CRM,
                ]
                .contains(&hold),
            },
            State::Failed => self.failed && !ignored,
            // Cleared meanwhile by another run: there is nothing left to do.
            State::Cleared => self.cleared,
            State::Held => false,
        }
    }

    fn sql(&self) -> String {
        let mut states = Vec::new();
        let mut classes = Vec::new();
        match self.waiting {
            Waiting::None => {}
            Waiting::Queued => {
                classes.push("(r.state = 'waiting' AND r.hold IN ('', 'waiting-for-crm'))");
            }
            Waiting::Named => {
                classes
                    .push("(r.state = 'waiting' AND r.hold IN ('', 'before-connect', 'frozen', 'waiting-for-crm'))");
            }
        }
        if self.waiting != Waiting::None {
            states.push("'waiting'");
        }
        if self.failed {
            states.push("'failed'");
            classes.push("(r.state = 'failed' AND r.ignored_at IS NULL)");
        }
        if self.cleared {
            states.push("'cleared'");
            classes.push("r.state = 'cleared'");
        }
        if classes.is_empty() {
            return "0".to_owned();
        }
        format!(
            "r.state IN ({}) AND ({})",
            states.join(", "),
            classes.join(" OR ")
        )
    }
}

/// A lead on its way, with where it stood when it was claimed.
#[derive(Debug, Clone)]
pub struct QueuedLead {
    /// The lead.
    pub lead: Lead,
    /// Where it stood.
    pub standing: Standing,
    /// Hash of what last cleared.
    pub payload_hash: Option<Vec<u8>>,
    /// Its records in the account.
    pub links: Vec<RemoteLink>,
    /// What the lead's source says its record is, of whatever object: to be believed only where the address agrees.
    pub hint: Option<String>,
    /// Requests without a verdict in a row, and since when.
    pub interruptions: u32,
    /// When the first of them was.
    pub interrupted_since: Option<Timestamp>,
}

/// A slice of the selection, claimed.
#[derive(Debug, Default)]
pub struct Claimed {
    /// The leads, oldest capture first.
    pub leads: Vec<QueuedLead>,
    /// How many of the slice somebody else holds.
    pub held_elsewhere: u64,
    /// How many were taken out of the selection meanwhile.
    pub taken_out: u64,
    /// The claim that holds one of those held elsewhere.
    pub other_claim: Option<ClaimId>,
    /// Whether the selection is used up.
    pub last: bool,
}

impl Store {
    /// Fixes what a push takes: the leads of the selection, oldest first, ready to go. Returns how many.
    ///
    /// # Errors
    /// As every statement.
    pub fn select_for_push(
        &mut self,
        account: AccountId,
        selection: &PushSelection,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.select(account, selection, Some(now))
    }

    /// The same; without a time those that lack something are selected too, and nothing is written.
    pub(super) fn select(
        &mut self,
        account: AccountId,
        selection: &PushSelection,
        parks: Option<Timestamp>,
    ) -> Result<u64, StoreError> {
        self.connection.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS selected (position INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL);
             DELETE FROM temp.selected;",
        )?;
        let condition = selection.leads.condition();
        let whole = selection.leads.event.is_none()
            && selection.leads.lead.is_none()
            && selection.leads.leads.is_empty();
        let index = if condition.index.is_empty() && whole {
            " INDEXED BY sync_queue"
        } else {
            condition.index
        };
        let any_held: bool = self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM events WHERE held_at IS NOT NULL)",
            [],
            |row| row.get(0),
        )?;
        // A lead waits with its event only while every event it is in is held.
        let held = if any_held {
            " AND (NOT EXISTS (SELECT 1 FROM event_leads e WHERE e.lead_id = r.lead_id)
               OR EXISTS (SELECT 1 FROM event_leads e JOIN events v ON v.id = e.event_id WHERE e.lead_id = r.lead_id AND v.held_at IS NULL))"
        } else {
            ""
        };
        let lacking = match parks {
            Some(_) => requirements::condition(&self.connection, account)?,
            None => None,
        };
        let lacking = match lacking.zip(parks) {
            Some((lacking, now)) => {
                let transaction = begin(&self.connection)?;
                let classes = selection.sql();
                screening::park_incomplete(
                    &transaction,
                    account,
                    &lacking,
                    &condition,
                    &classes,
                    now,
                )?;
                transaction.commit()?;
                format!(" AND NOT ({lacking})")
            }
            None => String::new(),
        };
        let sql = format!(
            "INSERT INTO temp.selected (lead_id) SELECT r.lead_id FROM sync_records r{index} JOIN leads l ON l.id = r.lead_id
             WHERE r.account_id = ?1{condition} AND {classes} AND l.readiness = 'ready' AND l.erased_at IS NULL{lacking}{held} ORDER BY r.lead_id",
            condition = condition.sql,
            classes = selection.sql(),
        );
        let parameters =
            std::iter::once(rusqlite::types::Value::Integer(account.0)).chain(condition.parameters);
        let count = self
            .connection
            .execute(&sql, rusqlite::params_from_iter(parameters))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Reads leads with where they stand, in the order given; those without a place in the account are left out.
    ///
    /// # Errors
    /// As every statement.
    pub fn queued_leads(
        &self,
        account: AccountId,
        leads: &[LeadId],
    ) -> Result<Vec<QueuedLead>, StoreError> {
        // One lock of the file for all of it, not one a statement.
        let snapshot = self
            .connection
            .is_autocommit()
            .then(|| super::transaction::snapshot(&self.connection))
            .transpose()?;
        let mut statement = self.connection.prepare_cached(
            // What a rehearsed source tells is no record of a real account, nor the other way round.
            "SELECT r.state, r.category, r.landed, r.ignored_at IS NOT NULL, r.payload_hash, r.interruptions, r.interrupted_since,
               (SELECT h.remote_id FROM remote_hints h JOIN accounts a ON a.id = r.account_id
                  JOIN integrations i ON i.id = a.integration_id AND i.vendor = h.vendor
                  JOIN leads l ON l.id = h.lead_id JOIN integrations s ON s.name = l.source AND s.category = 'source'
                  JOIN accounts sa ON sa.id = s.account_id AND (sa.environment = 'rehearsal') = (a.environment = 'rehearsal')
                WHERE h.lead_id = r.lead_id)
             FROM sync_records r WHERE r.account_id = ?1 AND r.lead_id = ?2",
        )?;
        let mut queued = Vec::with_capacity(leads.len());
        for lead in self.load_leads(leads)? {
            let row = statement
                .query_row(params![account.0, lead.id.0], |row| {
                    let category: String = row.get(1)?;
                    let standing = Standing {
                        state: State::from_name(&row.get::<_, String>(0)?),
                        category: category.parse::<Category>().ok(),
                        landed: row.get(2)?,
                        ignored: row.get(3)?,
                    };
                    Ok((
                        standing,
                        row.get(4)?,
                        row.get(5)?,
                        row.get::<_, Option<i64>>(6)?,
                        row.get(7)?,
                    ))
                })
                .optional()?;
            let Some((standing, payload_hash, interruptions, since, hint)) = row else {
                continue;
            };
            let links = self.remote_links(account, lead.id)?;
            let interrupted_since = since.map(timestamp);
            queued.push(QueuedLead {
                lead,
                standing,
                payload_hash,
                links,
                hint,
                interruptions,
                interrupted_since,
            });
        }
        drop(snapshot);
        Ok(queued)
    }

    /// Claims the next slice of the fixed selection. Claimed leads are on disk as ours when this returns.
    ///
    /// # Errors
    /// As every statement.
    pub fn claim_next(
        &mut self,
        account: AccountId,
        claim: ClaimId,
        selection: &PushSelection,
        size: usize,
        now: Timestamp,
    ) -> Result<Claimed, StoreError> {
        let mut slice = Claimed::default();
        let mut ours = Vec::with_capacity(size);
        let rows: Vec<(i64, i64)> = {
            let mut statement = self.connection.prepare_cached(
                "SELECT position, lead_id FROM temp.selected ORDER BY position LIMIT ?1",
            )?;
            let limit = i64::try_from(size).unwrap_or(i64::MAX);
            statement
                .query_map([limit], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?
        };
        slice.last = rows.len() < size;
        let Some(last) = rows.last().map(|(position, _)| *position) else {
            return Ok(slice);
        };
        let transaction = self.connection.transaction()?;
        let mut owners: Vec<(i64, ClaimId)> = Vec::new();
        for (_, lead) in &rows {
            match take(&transaction, account, claim, selection, *lead)? {
                Taken::Ours => ours.push(LeadId(*lead)),
                Taken::Theirs(owner) => owners.push((*lead, owner)),
                Taken::Out => slice.taken_out += 1,
            }
        }
        transaction.execute("DELETE FROM temp.selected WHERE position <= ?1", [last])?;
        transaction.commit()?;
        for (lead, owner) in owners {
            if !self.claim_is_alive(owner, now)? {
                // A process died since this run began: what it held is freed, and looked at anew.
                self.take_over_dead_claims(now)?;
            }
            let transaction = self.connection.transaction()?;
            match take(&transaction, account, claim, selection, lead)? {
                Taken::Ours => ours.push(LeadId(lead)),
                Taken::Theirs(owner) => {
                    slice.held_elsewhere += 1;
                    slice.other_claim = Some(owner);
                }
                Taken::Out => slice.taken_out += 1,
            }
            transaction.commit()?;
        }
        ours.sort_unstable();
        slice.leads = self.queued_leads(account, &ours)?;
        // Removed between the two: taken out as well.
        slice.taken_out += u64::try_from(ours.len().saturating_sub(slice.leads.len())).unwrap_or(0);
        Ok(slice)
    }

    /// How many leads of the fixed selection nobody has taken yet.
    ///
    /// # Errors
    /// As every statement.
    pub fn left_in_selection(&self) -> Result<u64, StoreError> {
        let left: i64 =
            self.connection
                .query_row("SELECT count(*) FROM temp.selected", [], |row| row.get(0))?;
        Ok(left.unsigned_abs())
    }

    /// Puts claimed leads back as they were, without a word in the log. Part of one may have been written: what is there is
    /// compared anew the next time, never assumed.
    ///
    /// # Errors
    /// As every statement.
    pub fn release(
        &mut self,
        account: AccountId,
        claim: ClaimId,
        leads: &[LeadId],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for lead in leads {
            transaction
                .prepare_cached("UPDATE sync_records SET claim_id = NULL, payload_hash = NULL WHERE account_id = ?1 AND lead_id = ?2 AND claim_id = ?3")?
                .execute(params![account.0, lead.0, claim.0])?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// Whose a lead turned out to be.
enum Taken {
    Ours,
    Theirs(ClaimId),
    Out,
}

/// Takes one lead for a claim if nobody has it and the selection still means it.
fn take(
    connection: &rusqlite::Connection,
    account: AccountId,
    claim: ClaimId,
    selection: &PushSelection,
    lead: i64,
) -> Result<Taken, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT state, hold, ignored_at IS NOT NULL, claim_id FROM sync_records WHERE account_id = ?1 AND lead_id = ?2",
        )?
        .query_row(params![account.0, lead], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, bool>(2)?,
                row.get::<_, Option<i64>>(3)?,
            ))
        })
        .optional()?;
    match row {
        Some((_, _, _, Some(owner))) if owner != claim.0 => Ok(Taken::Theirs(ClaimId(owner))),
        Some((state, hold, ignored, _))
            if selection.still_holds(State::from_name(&state), &hold, ignored) =>
        {
            connection
                .prepare_cached(
                    "UPDATE sync_records SET claim_id = ?3 WHERE account_id = ?1 AND lead_id = ?2",
                )?
                .execute(params![account.0, lead, claim.0])?;
            Ok(Taken::Ours)
        }
        _ => Ok(Taken::Out),
    }
}
