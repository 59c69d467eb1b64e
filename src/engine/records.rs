//! One change of a record at a time, whichever window it is of: a second one decided on the same reading would take back what
//! the first has added, and find blank what is no longer so.

use std::collections::HashSet;

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
    freed: Notify,
}

impl Records {
    pub(super) fn is_taken(&self, place: &RecordPlace) -> bool {
        self.taken.lock().contains(place)
    }

    pub(super) fn take(&self, place: RecordPlace) {
        self.taken.lock().insert(place);
    }

    pub(super) fn free<'a>(&self, places: impl IntoIterator<Item = &'a RecordPlace>) {
        let mut taken = self.taken.lock();
        for place in places {
            taken.remove(place);
        }
        drop(taken);
        self.freed.notify_waiters();
    }

    /// Resolves once records are freed after this was called and enabled.
    pub(super) fn freed(&self) -> Notified<'_> {
        self.freed.notified()
    }
}
