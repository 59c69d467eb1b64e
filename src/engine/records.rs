//! One change of a record at a time, whichever window it is of: a second one decided on the same reading would take back what
//! the first has added, and find blank what is no longer so.

use std::collections::{HashMap, HashSet};

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use super::session::parking::Lock;
use crate::vendors::RemoteId;

/// A record: its object and id.
pub(super) type RecordPlace = (&'static str, RemoteId);

/// The records that are being changed just now.
#[derive(Default)]
pub(super) struct Records {
    taken: Lock<HashSet<RecordPlace>>,
    /// When each was last let go, in changes counted since the run began.
    changed: Lock<HashMap<RecordPlace, u64>>,
    freed: Notify,
}

impl Records {
    pub(super) fn is_taken(&self, place: &RecordPlace) -> bool {
        self.taken.lock().contains(place)
    }

    pub(super) fn take(&self, place: RecordPlace) {
        self.taken.lock().insert(place);
    }

    /// The number of changes so far: what is read from here on shows them.
    pub(super) fn changes(&self) -> u64 {
        self.changed.lock().values().copied().max().unwrap_or(0)
    }

    /// Whether a record was changed after that number of changes.
    pub(super) fn changed_since(&self, place: &RecordPlace, changes: u64) -> bool {
        self.changed
            .lock()
            .get(place)
            .is_some_and(|at| *at > changes)
    }

    /// Lets records go; whoever read them before has to read them again.
    pub(super) fn free<'a>(&self, places: impl IntoIterator<Item = &'a RecordPlace>) {
        let at = self.changes() + 1;
        let mut any = false;
        for place in places {
            self.changed.lock().insert(place.clone(), at);
            any |= self.taken.lock().remove(place);
        }
        if any {
            self.freed.notify_waiters();
        }
    }

    /// Resolves once records are freed after this was called and enabled.
    pub(super) fn freed(&self) -> Notified<'_> {
        self.freed.notified()
    }
}
