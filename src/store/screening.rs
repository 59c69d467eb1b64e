//! Whether a lead may go at all: addresses that must never leave, fields that must be there first.
//!
//! Both are stored as a lead's place in the queue (`held`/`suppressed`, `waiting`/`needs-data`), so that boards and pushes
//! need not ask. They are kept right here: every writer of leads comes by ([`super::enroll`] sees to it), and a change of
//! the rules goes over all leads at once. A stored reason that somebody gave (held by hand, frozen, from before the
//! connection) is never overwritten: a push that names such leads looks at the rules itself ([`park_incomplete`]).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::calls::Subject;
use super::counters::{Deltas, Slot};
use super::enroll::{self, waiting};
use super::selection::Condition;
use super::{Store, StoreError, requirements, suppressions};
use crate::domain::ids::{AccountId, LeadId};
use crate::domain::sync_state::{State, hold};

/// Puts a lead where the rules want it, in every account. Costs next to nothing where there is no rule.
pub(super) fn screen(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let any: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM suppressions) OR EXISTS (SELECT 1 FROM requirements)",
        )?
        .query_row([], |row| row.get(0))?;
    if any {
        screen_anew(connection, deltas, lead, now)?;
    }
    Ok(())
}

/// The same where a rule may just have gone.
pub(super) fn screen_anew(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let key: Option<Option<String>> = connection
        .prepare_cached("SELECT email_key FROM leads WHERE id = ?1 AND erased_at IS NULL")?
        .query_row([lead.0], |row| row.get(0))
        .optional()?;
    let Some(key) = key else {
        return Ok(());
    };
    let suppressed = match &key {
        Some(key) => suppressions::covers(connection, key)?,
        None => false,
    };
    let slots = enroll::slots(connection, lead)?;
    if slots.is_empty() {
        return Ok(());
    }
    let events = enroll::events_of(connection, lead)?;
    for (account, slot) in slots {
        let next = place(connection, account, lead, &slot, suppressed)?;
        if let Some(next) = next {
            enroll::move_slot(connection, account, lead, &next, now)?;
            deltas.shift(account, &events, &slot, &next);
        }
    }
    Ok(())
}

/// Where a lead belongs, unless it is there.
fn place(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
    slot: &Slot,
    suppressed: bool,
) -> Result<Option<Slot>, StoreError> {
    let is_held = slot.state == State::Held.name();
    if suppressed {
        return Ok((!is_held).then(suppressed_slot));
    }
    let released = is_held && slot.detail == hold::SUPPRESSED;
    let stored = match slot.detail.as_str() {
        _ if released => hold::NONE,
        detail if slot.state == State::Waiting.name() => detail,
        _ => return Ok(None),
    };
    let open = [hold::NONE, hold::WAITING_FOR_CRM, hold::NEEDS_DATA].contains(&stored);
    if !open {
        return Ok(None);
    }
    let lacks = requirements::lacks(connection, account, lead)?;
    Ok(match (lacks, stored) {
        (true, hold::NEEDS_DATA) => None,
        (true, _) => Some(waiting(hold::NEEDS_DATA)),
        (false, hold::NEEDS_DATA) => Some(waiting(hold::NONE)),
        (false, _) => released.then(|| waiting(hold::NONE)),
    })
}

pub(super) fn suppressed_slot() -> Slot {
    Slot {
        state: State::Held.name().to_owned(),
        ..waiting(hold::SUPPRESSED)
    }
}

/// Leads a push was told to take although they lack something (frozen ones, those from before the connection, failed
/// ones): from now on that is what they wait for. Part of the caller's transaction.
pub(super) fn park_incomplete(
    connection: &Connection,
    account: AccountId,
    lacking: &str,
    condition: &Condition,
    classes: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT r.lead_id FROM sync_records r JOIN leads l ON l.id = r.lead_id
         WHERE r.account_id = ?1{} AND {classes} AND r.state <> 'cleared' AND r.hold <> 'needs-data' AND r.claim_id IS NULL AND ({lacking})",
        condition.sql
    );
    let parameters = std::iter::once(rusqlite::types::Value::Integer(account.0))
        .chain(condition.parameters.iter().cloned());
    let leads: Vec<LeadId> = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(parameters), |row| row.get(0).map(LeadId))?
        .collect::<Result<_, _>>()?;
    let mut deltas = Deltas::default();
    let next = waiting(hold::NEEDS_DATA);
    for lead in leads {
        let events = enroll::events_of(connection, lead)?;
        let slots = enroll::slots(connection, lead)?;
        for (_, slot) in slots.iter().filter(|(of, _)| *of == account) {
            enroll::move_slot(connection, account, lead, &next, now)?;
            deltas.shift(account, &events, slot, &next);
        }
    }
    deltas.apply(connection)
}

impl Store {
    /// Which of these rows must not be sent after all: their lead was held or suppressed since it was taken, lacks a field
    /// that is demanded since, or is gone. Asked right before a request leaves. An undo works on held leads: of these only the
    /// suppressed stay.
    ///
    /// # Errors
    /// As every statement.
    pub fn withdrawn(
        &self,
        account: AccountId,
        subjects: &[Subject],
        undo: bool,
    ) -> Result<Vec<bool>, StoreError> {
        let mut stands = self.connection.prepare_cached(if undo {
            "SELECT hold = 'suppressed' FROM sync_records WHERE account_id = ?1 AND lead_id = ?2"
        } else {
            "SELECT state = 'held' OR hold = 'needs-data' FROM sync_records WHERE account_id = ?1 AND lead_id = ?2"
        })?;
        let mut withdrawn = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let number = subject.as_str().strip_prefix("l:");
            let is_out = match number.and_then(|number| number.parse::<i64>().ok()) {
                Some(lead) => stands
                    .query_row(params![account.0, lead], |row| row.get(0))
                    .optional()?
                    .unwrap_or(true),
                // A company or an activity is no lead.
                None => false,
            };
            withdrawn.push(is_out);
        }
        Ok(withdrawn)
    }
}
