//! The board's numbers, kept as deltas.
//!
//! A transaction that moves leads collects what it changes and applies it once, at its end: the board of a million leads
//! then reads a few rows. Event 0 stands for the account as a whole; a lead counts once in each of its events.

use std::collections::HashMap;

use rusqlite::Connection;

use super::StoreError;
use crate::domain::ids::{AccountId, EventId};

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
    /// Counts a lead in (`n` = 1) or out (-1) of a slot, for the whole and for each of its events.
    pub fn add(&mut self, account: AccountId, events: &[EventId], slot: &Slot, n: i64) {
        for event in std::iter::once(0).chain(events.iter().map(|event| event.0)) {
            *self
                .changes
                .entry((account.0, event, slot.clone()))
                .or_default() += n;
        }
    }

    /// Counts a lead in or out of one event only: it joined or left it.
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
