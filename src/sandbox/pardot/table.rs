//! A collection of rows: what a query sees of it runs behind what was written.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::unit::Values;

/// How a row looked, and since when.
struct Past {
    values: Values,
    since: Option<Duration>,
}

pub(super) struct Row {
    pub(super) values: Values,
    /// Sandbox time of the last write; `None`: so long ago that every query knows it.
    since: Option<Duration>,
    /// How it looked before, youngest last, as far as a query may still see it.
    earlier: Vec<Past>,
}

impl Row {
    pub(super) fn is_deleted(&self) -> bool {
        self.values.get("isDeleted") == Some(&Value::Bool(true))
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.as_str()
    }

    fn seen(&self, now: Duration, lag: Duration) -> Option<&Values> {
        let old_enough = |since: Option<Duration>| since.is_none_or(|since| since + lag <= now);
        if old_enough(self.since) {
            return Some(&self.values);
        }
        let mut earlier = self.earlier.iter().rev();
        earlier
            .find(|past| old_enough(past.since))
            .map(|past| &past.values)
    }
}

#[derive(Default)]
pub(super) struct Table {
    rows: BTreeMap<u64, Row>,
    /// Written not long ago.
    recent: BTreeSet<u64>,
}

impl Table {
    pub(super) fn get(&self, id: u64) -> Option<&Row> {
        self.rows.get(&id)
    }

    /// A row that is not in the recycle bin.
    pub(super) fn live(&self, id: u64) -> Option<&Row> {
        self.get(id).filter(|row| !row.is_deleted())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Row)> {
        self.rows.iter().map(|(id, row)| (*id, row))
    }

    /// Puts a row in place; `since` is when it was written.
    pub(super) fn put(&mut self, id: u64, values: Values, since: Option<Duration>) {
        if since.is_some() {
            self.recent.insert(id);
        }
        let Some(row) = self.rows.get_mut(&id) else {
            let earlier = Vec::new();
            self.rows.insert(
                id,
                Row {
                    values,
                    since,
                    earlier,
                },
            );
            return;
        };
        let before = std::mem::replace(&mut row.values, values);
        if since.is_some() {
            row.earlier.push(Past {
                values: before,
                since: row.since,
            });
        } else {
            row.earlier.clear();
        }
        row.since = since;
    }

    pub(super) fn remove(&mut self, id: u64) -> Option<Row> {
        self.recent.remove(&id);
        self.rows.remove(&id)
    }

    /// Forgets what no query may see any more.
    pub(super) fn settle(&mut self, now: Duration, lag: Duration) {
        let rows = &mut self.rows;
        self.recent.retain(|id| {
            let Some(row) = rows.get_mut(id) else {
                return false;
            };
            let unsettled = row.since.is_some_and(|since| since + lag > now);
            if !unsettled {
                row.earlier.clear();
            }
            unsettled
        });
    }

    /// The rows as a query sees them now.
    pub(super) fn seen(&self, now: Duration, lag: Duration) -> impl Iterator<Item = &Values> {
        self.rows.values().filter_map(move |row| row.seen(now, lag))
    }

    /// Those of some rows, and of all that were written not long ago.
    pub(super) fn seen_of(&self, ids: &[u64], now: Duration, lag: Duration) -> Vec<&Values> {
        let wanted: BTreeSet<u64> = ids.iter().chain(&self.recent).copied().collect();
        let rows = wanted.iter().filter_map(|id| self.rows.get(id));
        rows.filter_map(|row| row.seen(now, lag)).collect()
    }
}
