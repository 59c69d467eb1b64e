//! Records whose children are never in two requests at once: the vendor locks the parent while a child is written, and the
//! second request would be refused ([`crate::vendors::Batching::parent`]).

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};

use super::session::parking::Lock;

/// The parents that requests of this run are at just now.
#[derive(Default)]
pub(super) struct Parents {
    locks: Lock<HashMap<String, Arc<Mutex<()>>>>,
}

/// Parents held until this is dropped.
pub(super) struct Held<'a> {
    parents: &'a Parents,
    guards: Vec<(String, OwnedMutexGuard<()>)>,
}

impl Parents {
    /// Waits until nobody else holds any of these; nobody else gets them meanwhile. All take them in one order, so that two
    /// never wait for each other.
    pub(super) async fn hold<'a>(&self, keys: impl Iterator<Item = &'a str>) -> Held<'_> {
        let mut keys: Vec<&str> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        let mut held = Held {
            parents: self,
            guards: Vec::with_capacity(keys.len()),
        };
        for key in keys {
            let lock = Arc::clone(self.locks.lock().entry(key.to_owned()).or_default());
            held.guards.push((key.to_owned(), lock.lock_owned().await));
        }
        held
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut locks = self.parents.locks.lock();
        for (key, guard) in self.guards.drain(..) {
            drop(guard);
            // Who waits for it holds the lock too: then it stays.
            if locks
                .get(&key)
                .is_some_and(|lock| Arc::strong_count(lock) == 1)
            {
                locks.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_parent_has_one_request_at_a_time_and_others_do_not_wait() {
        let parents = Parents::default();
        let first = parents.hold(["b", "a", "a"].into_iter()).await;
        let other = parents.hold(["c"].into_iter()).await;
        let second = parents.hold(["a", "d"].into_iter());
        tokio::pin!(second);
        assert!(futures_util::poll!(&mut second).is_pending());
        drop((first, other));
        drop(second.await);
        assert!(parents.locks.lock().is_empty(), "nothing is kept");
    }
}
