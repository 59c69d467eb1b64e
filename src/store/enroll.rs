//! What a change of a lead means for its place in the accounts.
//!
//! Every writer of leads (import, add, edit, move, remove) goes through here, so that three things hold whoever writes:
//! a lead has a row in the queue of every account in use, a change that could be sent makes a cleared lead due again, and
//! the board's numbers move in the same transaction as the leads. All functions are part of the caller's transaction.

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::StoreError;
use super::connection::micros;
use super::counters::{Deltas, Slot};
use super::screening::screen;
use crate::domain::category::Category;
use crate::domain::ids::{AccountId, EventId, LeadId};
use crate::domain::sync_state::{State, hold};

/// The accounts a new lead is due in: those integrations are signed in to now or were last. Sources only give.
///
/// # Errors
/// As every statement.
pub fn current_accounts(connection: &Connection) -> Result<Vec<AccountId>, StoreError> {
    let accounts = connection
        .prepare_cached(
            "SELECT DISTINCT account_id FROM integrations
             WHERE account_id IS NOT NULL AND category <> 'source' ORDER BY account_id",
        )?
        .query_map([], |row| row.get(0).map(AccountId))?
        .collect::<Result<_, _>>()?;
    Ok(accounts)
}

/// Puts a new lead into the queue of each account and counts it there.
///
/// # Errors
/// As every statement.
pub fn enroll(
    connection: &Connection,
    deltas: &mut Deltas,
    accounts: &[AccountId],
    lead: LeadId,
    events: &[EventId],
    now: Timestamp,
) -> Result<(), StoreError> {
    enroll_waiting(connection, deltas, accounts, lead, events, hold::NONE, now)
}

/// The same for a lead that waits for a stored reason.
///
/// # Errors
/// As every statement.
pub(super) fn enroll_waiting(
    connection: &Connection,
    deltas: &mut Deltas,
    accounts: &[AccountId],
    lead: LeadId,
    events: &[EventId],
    reason: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    for account in accounts {
        connection
            .prepare_cached(
                "INSERT INTO sync_records (account_id, lead_id, hold, changed_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((account.0, lead.0, reason, micros(now)))?;
        deltas.add(*account, events, &waiting(reason), 1);
    }
    screen(connection, deltas, lead, now)
}

/// After a change that could be sent: a cleared lead is due again; a failed one stays failed, but nobody ignores it any
/// longer; a held or waiting one stays. The caller has raised the lead's revision.
///
/// # Errors
/// As every statement.
pub fn requeue(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    for (account, slot) in slots(connection, lead)? {
        let next = match slot.state.as_str() {
            "cleared" => waiting(hold::NONE),
            "failed" if slot.ignored => Slot {
                ignored: false,
                ..slot.clone()
            },
            _ => continue,
        };
        connection
            .prepare_cached(
                "UPDATE sync_records SET state = ?3, ignored_at = NULL, ignored_reason = NULL, changed_at = ?4
                 WHERE account_id = ?1 AND lead_id = ?2",
            )?
            .execute((account.0, lead.0, &next.state, micros(now)))?;
        deltas.shift(account, &events_of(connection, lead)?, &slot, &next);
    }
    screen(connection, deltas, lead, now)
}

/// A lead that failed for want of data and was given some is due again by itself (decisions.md 50) where its account pushes by
/// itself; in Manual it stays failed, as an edited one does (decisions.md 29).
///
/// # Errors
/// As every statement.
pub(super) fn retry_lacking(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), StoreError> {
    for (account, slot) in slots(connection, lead)? {
        if slot.state != State::Failed.name() || slot.detail != Category::NotEnoughData.code() {
            continue;
        }
        let automatic: bool = connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM integrations WHERE account_id = ?1 AND mode = 'automatic')",
            )?
            .query_row([account.0], |row| row.get(0))?;
        if !automatic {
            continue;
        }
        let next = waiting(hold::NONE);
        connection
            .prepare_cached(
                "UPDATE sync_records SET state = ?3, hold = '', category = '', message = NULL, failed_phase = NULL, cause = NULL,
                   landed = 0, ignored_at = NULL, ignored_reason = NULL, not_before = NULL, changed_at = ?4
                 WHERE account_id = ?1 AND lead_id = ?2",
            )?
            .execute((account.0, lead.0, &next.state, micros(now)))?;
        deltas.shift(account, &events_of(connection, lead)?, &slot, &next);
    }
    screen(connection, deltas, lead, now)
}

/// Lets a lead join an event; false when it was there already. Joining is a change that could be sent: the caller raises
/// the revision and calls [`requeue`].
///
/// # Errors
/// As every statement.
pub fn join_event(
    connection: &Connection,
    deltas: &mut Deltas,
    event: EventId,
    lead: LeadId,
    joined: Timestamp,
) -> Result<bool, StoreError> {
    let before = events_of(connection, lead)?;
    let joined_now = add_to_event(connection, event, lead, joined)?;
    if joined_now {
        for (account, slot) in slots(connection, lead)? {
            deltas.joined(account, &before, event, &slot);
        }
    }
    Ok(joined_now)
}

/// As [`join_event`] for a lead that is in no queue yet, so that there is nothing to count.
pub(super) fn add_to_event(
    connection: &Connection,
    event: EventId,
    lead: LeadId,
    joined: Timestamp,
) -> Result<bool, StoreError> {
    let rows = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO event_leads (event_id, lead_id, joined_at) VALUES (?1, ?2, ?3)",
        )?
        .execute((event.0, lead.0, micros(joined)))?;
    Ok(rows == 1)
}

/// Takes a lead out of an event; false when it was not in it.
///
/// # Errors
/// As every statement.
pub fn leave_event(
    connection: &Connection,
    deltas: &mut Deltas,
    event: EventId,
    lead: LeadId,
) -> Result<bool, StoreError> {
    let rows = connection
        .prepare_cached("DELETE FROM event_leads WHERE event_id = ?1 AND lead_id = ?2")?
        .execute((event.0, lead.0))?;
    if rows == 1 {
        let after = events_of(connection, lead)?;
        for (account, slot) in slots(connection, lead)? {
            deltas.left(account, &after, event, &slot);
        }
    }
    Ok(rows == 1)
}

/// Takes a lead out of every queue and count, before it is removed.
///
/// # Errors
/// As every statement.
pub fn withdraw(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
) -> Result<(), StoreError> {
    let events = events_of(connection, lead)?;
    for (account, slot) in slots(connection, lead)? {
        deltas.add(account, &events, &slot, -1);
        connection
            .prepare_cached("DELETE FROM sync_records WHERE account_id = ?1 AND lead_id = ?2")?
            .execute((account.0, lead.0))?;
    }
    Ok(())
}

/// Keeps a lead back in every account until somebody releases it; false when it was kept back everywhere already.
///
/// # Errors
/// As every statement.
pub fn hold_lead(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let held = Slot {
        state: State::Held.name().to_owned(),
        ..waiting(hold::HELD)
    };
    move_all(connection, deltas, lead, now, &held, |slot| {
        slot.state != State::Held.name()
    })
}

/// Lets a held or undone lead wait again; false when there was nothing to release. A suppressed address stays where it is.
///
/// # Errors
/// As every statement.
pub fn release_lead(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let released = move_all(
        connection,
        deltas,
        lead,
        now,
        &waiting(hold::NONE),
        |slot| slot.state == State::Held.name() && slot.detail != hold::SUPPRESSED,
    )?;
    screen(connection, deltas, lead, now)?;
    Ok(released)
}

fn move_all(
    connection: &Connection,
    deltas: &mut Deltas,
    lead: LeadId,
    now: Timestamp,
    to: &Slot,
    chosen: impl Fn(&Slot) -> bool,
) -> Result<bool, StoreError> {
    let events = events_of(connection, lead)?;
    let mut moved = false;
    for (account, slot) in slots(connection, lead)? {
        if !chosen(&slot) {
            continue;
        }
        move_slot(connection, account, lead, to, now)?;
        deltas.shift(account, &events, &slot, to);
        moved = true;
    }
    Ok(moved)
}

/// Puts a lead's row into a waiting or held slot; the caller counts it.
pub(super) fn move_slot(
    connection: &Connection,
    account: AccountId,
    lead: LeadId,
    to: &Slot,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE sync_records SET state = ?3, hold = ?4, category = '', message = NULL, failed_phase = NULL, cause = NULL,
               landed = 0, ignored_at = NULL, ignored_reason = NULL, not_before = NULL, changed_at = ?5
             WHERE account_id = ?1 AND lead_id = ?2",
        )?
        .execute((account.0, lead.0, &to.state, &to.detail, micros(now)))?;
    Ok(())
}

/// The lead's events, oldest first.
///
/// # Errors
/// As every statement.
pub fn events_of(connection: &Connection, lead: LeadId) -> Result<Vec<EventId>, StoreError> {
    let events = connection
        .prepare_cached(
            "SELECT event_id FROM event_leads WHERE lead_id = ?1 ORDER BY joined_at, event_id",
        )?
        .query_map([lead.0], |row| row.get(0).map(EventId))?
        .collect::<Result<_, _>>()?;
    Ok(events)
}

/// Where the lead is counted, by account, whether that account is in use or not.
///
/// # Errors
/// As every statement.
pub fn slots(connection: &Connection, lead: LeadId) -> Result<Vec<(AccountId, Slot)>, StoreError> {
    // The queue is keyed by account first; walking the few accounts is what makes this a lookup and not a scan.
    let slots = connection
        .prepare_cached(
            "SELECT s.account_id, s.state, s.category, s.hold, s.landed, s.ignored_at IS NOT NULL
             FROM accounts a CROSS JOIN sync_records s ON s.account_id = a.id AND s.lead_id = ?1",
        )?
        .query_map([lead.0], |row| Ok((AccountId(row.get(0)?), slot(row)?)))?
        .collect::<Result<_, _>>()?;
    Ok(slots)
}

fn slot(row: &Row<'_>) -> rusqlite::Result<Slot> {
    let state: String = row.get(1)?;
    let failed = state == State::Failed.name();
    Ok(Slot {
        detail: if failed { row.get(2)? } else { row.get(3)? },
        landed: failed && row.get(4)?,
        ignored: row.get(5)?,
        state,
    })
}

pub(super) fn waiting(reason: &str) -> Slot {
    Slot {
        state: State::Waiting.name().to_owned(),
        detail: reason.to_owned(),
        ignored: false,
        landed: false,
    }
}
