//! One lead of an address at a time: two that are written at the same moment would become two records wherever the vendor
//! has no unique key, and some vendors make two even where they have one.

use std::collections::HashSet;

use tokio::sync::Notify;

use super::session::parking::Lock;
use super::work::Work;

/// The addresses that the windows of this run are at.
#[derive(Default)]
pub(super) struct Addresses {
    taken: Lock<HashSet<String>>,
    freed: Notify,
}

impl Addresses {
    /// Takes of these leads those whose address nobody is at, one of each address; waits until there is one. Whoever is
    /// taken must be [`Addresses::free`]d before its window takes more, so that two windows never wait for each other.
    pub(super) async fn take(&self, works: Vec<Work>) -> (Vec<Work>, Vec<Work>) {
        let mut left = works;
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            freed.as_mut().enable();
            let (wave, later) = self.partition(left);
            if !wave.is_empty() || later.is_empty() {
                return (wave, later);
            }
            left = later;
            freed.await;
        }
    }

    fn partition(&self, works: Vec<Work>) -> (Vec<Work>, Vec<Work>) {
        let mut taken = self.taken.lock();
        works
            .into_iter()
            .partition(|work| match &work.queued.lead.email_key {
                Some(email) => taken.insert(email.clone()),
                None => true,
            })
    }

    /// Lets the next lead of each address go.
    pub(super) fn free(&self, wave: &[Work]) {
        let mut taken = self.taken.lock();
        for email in wave
            .iter()
            .filter_map(|work| work.queued.lead.email_key.as_ref())
        {
            taken.remove(email);
        }
        drop(taken);
        self.freed.notify_waiters();
    }
}
