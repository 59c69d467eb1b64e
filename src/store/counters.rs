//! The board's numbers, kept as deltas.
//!
//! A transaction that moves leads collects what it changes and applies it once, at its end: the board of a million leads
//! then reads a few rows. Event 0 stands for the account as a whole, event -1 ([`NO_EVENT`]) for the leads of no event; a
//! lead counts once in each of its events.

use std::collections::HashMap;

use rusqlite::Connection;

use super::StoreError;
use crate::domain::ids::{AccountId, EventId};

/// Stands for "all leads of the account" in `board_counts`.
pub const WHOLE: EventId = EventId(0);
/// Stands for "leads of no event" in `board_counts`.
pub const NO_EVENT: EventId = EventId(-1);

/// Where a lead is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slot {
    /// The stored state's word.
    pub state: String,
    /// The category of a failed lead, the stored reason of a waiting or held one.
    pub detail: String,
    /// Whether somebody took it out of Failed.
    pub ignored: bool,
    /// Whether a failed lead's person is at the vendor all the same.
    pub landed: bool,
}

/// The changes of one transaction.
#[derive(Debug, Default)]
pub struct Deltas {
    changes: HashMap<(i64, i64, Slot), i64>,
}

impl Deltas {
    /// Counts a lead in (`n` = 1) or out (-1) of a slot, for the whole and for each of its events (all of them).
    pub fn add(&mut self, account: AccountId, events: &[EventId], slot: &Slot, n: i64) {
        self.add_event(account, WHOLE, slot, n);
        if events.is_empty() {
            self.add_event(account, NO_EVENT, slot, n);
        }
        for event in events {
            self.add_event(account, *event, slot, n);
        }
    }

    /// A lead joined an event; `before` are the events it was in.
    pub fn joined(&mut self, account: AccountId, before: &[EventId], event: EventId, slot: &Slot) {
        self.add_event(account, event, slot, 1);
        if before.is_empty() {
            self.add_event(account, NO_EVENT, slot, -1);
        }
    }

    /// A lead left an event; `after` are the events it is still in.
    pub fn left(&mut self, account: AccountId, after: &[EventId], event: EventId, slot: &Slot) {
        self.add_event(account, event, slot, -1);
        if after.is_empty() {
            self.add_event(account, NO_EVENT, slot, 1);
        }
    }

    /// Counts a lead in or out of one event only. Prefer [`Deltas::joined`] and [`Deltas::left`]: they keep the count of
    /// the leads of no event right.
    pub fn add_event(&mut self, account: AccountId, event: EventId, slot: &Slot, n: i64) {
        *self
            .changes
            .entry((account.0, event.0, slot.clone()))
            .or_default() += n;
    }

    /// Moves a lead from one slot to another.
    pub fn shift(&mut self, account: AccountId, events: &[EventId], from: &Slot, to: &Slot) {
        if from != to {
            self.add(account, events, from, -1);
            self.add(account, events, to, 1);
        }
    }

    /// Writes the changes; part of the transaction that moved the leads.
    ///
    /// # Errors
    /// As every statement.
    pub fn apply(self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO board_counts (account_id, event_id, state, detail, ignored, landed, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET n = n + excluded.n",
        )?;
        for ((account, event, slot), n) in self.changes.into_iter().filter(|(_, n)| *n != 0) {
            statement.execute((
                account,
                event,
                slot.state,
                slot.detail,
                slot.ignored,
                slot.landed,
                n,
            ))?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "counters_tests.rs"]
mod tests;
