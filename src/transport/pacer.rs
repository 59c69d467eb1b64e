//! Holding requests back so that the vendor never has to.
//!
//! A request costs units of one or more quotas and goes out when all have room. It queues for its first
//! quota, in order of arrival, so a burst of searches does not hold up other requests. What the vendor
//! tells (limits, remaining units, "wait ten seconds") wins over what its documentation said.
//!
//! Waiting goes through the [`Clock`](crate::clock::Clock). Dropping [`Pacer::acquire`] while it waits
//! leaves nothing behind; dropping a [`Permit`] counts the request as answered.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::quota::{Moment, QuotaState, Room};
use super::{Announcement, Observer, QuotaSpec, TransportEvent};
use crate::clock::{self, SharedClock};

/// What takes longer is not waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Shorter waits are not worth showing.
const WORTH_SHOWING: Duration = Duration::from_millis(250);
/// Timers are not finer than this; asking for less could wake before the time, again and again.
const SHORTEST_SLEEP: Duration = Duration::from_millis(1);

/// Paces the requests of one account. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Pacer {
    inner: Arc<Inner>,
}

struct Inner {
    clock: SharedClock,
    enabled: bool,
    quotas: Mutex<Vec<QuotaState>>,
    lanes: Vec<Lane>,
    changed: Notify,
    observer: OnceLock<Observer>,
}

/// The queue of one quota, and its places in flight.
struct Lane {
    turn: tokio::sync::Mutex<()>,
    in_flight: Option<Arc<Semaphore>>,
}

/// The quota is used up for longer than is worth waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The quota's name.
    pub quota: &'static str,
    /// When to try again.
    pub until: Timestamp,
}

/// How much of a quota is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaUsage {
    /// The quota's name.
    pub quota: &'static str,
    /// Units this process spent.
    pub spent: u64,
    /// Units used in the current window, by others too as far as is known.
    pub used: u32,
    /// Units the vendor allows in the window.
    pub limit: u32,
    /// True if the vendor itself told the limit, false if it is the documentation's.
    pub announced: bool,
    /// When the day's limit starts anew; None for what is not counted by the day.
    pub resets_at: Option<Timestamp>,
}

impl Pacer {
    /// A pacer for the limits `specs`. Of limits shared with others it takes `share_percent` (1 to
    /// 95), of those that are ours alone 95 %. With `enabled` false it waits only for what the vendor
    /// itself announced or demanded, and for places in flight.
    #[must_use]
    pub fn new(specs: &[QuotaSpec], clock: SharedClock, share_percent: u32, enabled: bool) -> Self {
        let now = clock.now();
        let quotas = specs
            .iter()
            .map(|spec| QuotaState::new(*spec, share_percent, now))
            .collect();
        let lanes = specs
            .iter()
            .map(|spec| Lane {
                turn: tokio::sync::Mutex::new(()),
                in_flight: spec
                    .in_flight
                    .map(|places| Arc::new(Semaphore::new(places.max(1) as usize))),
            })
            .collect();
        Self {
            inner: Arc::new(Inner {
                clock,
                enabled,
                quotas: Mutex::new(quotas),
                lanes,
                changed: Notify::new(),
                observer: OnceLock::new(),
            }),
        }
    }

    /// The clock it waits by.
    #[must_use]
    pub fn clock(&self) -> &SharedClock {
        &self.inner.clock
    }

    /// Tells `observer` of every wait worth showing. Only the first observer is kept.
    pub fn observe(&self, observer: Observer) {
        let _ = self.inner.observer.set(observer);
    }

    /// Waits until there is room for `costs` (quota and units) and takes it. A quota nobody declared
    /// limits nothing.
    ///
    /// # Errors
    /// [`Refusal`] if a quota has no room for longer than a minute (the day's limit, a long block).
    pub async fn acquire(&self, costs: &[(&'static str, u32)]) -> Result<Permit, Refusal> {
        let costs = self.known(costs);
        let Some(&(first, _)) = costs.first() else {
            return Ok(Permit::empty(self));
        };
        let lane = &self.inner.lanes[first];
        let _turn = lane.turn.lock().await;
        let places = self.places(&costs).await;
        let mut shown_until = Duration::ZERO;
        loop {
            let changed = self.inner.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let (index, room, told) = {
                let mut quotas = self.lock();
                let at = self.moment();
                let (index, room) = self.tightest(&mut quotas, &costs, at);
                if room == Room::Free {
                    for &(index, units) in &costs {
                        quotas[index].take(units, at);
                    }
                    return Ok(Permit {
                        pacer: self.clone(),
                        costs,
                        taken_at: at.monotonic,
                        _places: places,
                    });
                }
                let told = quotas[index].blocked_until > at.monotonic;
                (index, room, told)
            };
            match room {
                Room::Free | Room::WhenAnswered => changed.await,
                Room::Tomorrow(until) => return Err(self.refusal(index, until)),
                Room::After(wait) if wait > LONGEST_WAIT => {
                    return Err(self.refusal(index, clock::later(self.inner.clock.now(), wait)));
                }
                Room::After(wait) => {
                    self.show(index, wait, told, &mut shown_until);
                    tokio::select! {
                        () = self.inner.clock.sleep(wait.max(SHORTEST_SLEEP)) => {}
                        () = changed => {}
                    }
                }
            }
        }
    }

    /// Takes over what an answer says about limits. Unknown quotas are ignored.
    pub fn announce(&self, announcement: &Announcement) {
        if let Some(index) = self.index(announcement.quota) {
            let mut quotas = self.lock();
            let at = self.moment();
            quotas[index].announce(announcement, at);
            drop(quotas);
            self.inner.changed.notify_waiters();
        }
    }

    /// Lets nothing that costs `quota` go out for `duration`: the vendor said so. Never shortens an
    /// earlier block.
    pub fn block(&self, quota: &'static str, duration: Duration) {
        if let Some(index) = self.index(quota) {
            let until = self.inner.clock.monotonic().saturating_add(duration);
            let mut quotas = self.lock();
            let blocked = &mut quotas[index].blocked_until;
            *blocked = until.max(*blocked);
        }
        self.inner.changed.notify_waiters();
    }

    /// Counts `units` of a daily quota as spent earlier today, by runs before this one.
    pub fn prime(&self, quota: &'static str, units: u32) {
        if let Some(index) = self.index(quota) {
            self.lock()[index].prime(units);
        }
    }

    /// Counts `units` of a daily quota as used today by everybody, as the vendor told before.
    pub fn know(&self, quota: &'static str, units: u32) {
        if let Some(index) = self.index(quota) {
            self.lock()[index].know(units);
        }
    }

    /// How much of each limited quota is used.
    #[must_use]
    pub fn usage(&self) -> Vec<QuotaUsage> {
        let at = self.moment();
        self.lock()
            .iter_mut()
            .filter_map(|quota| {
                let (limit, used) = quota.usage(at)?;
                Some(QuotaUsage {
                    quota: quota.spec.name,
                    spent: quota.spent,
                    used,
                    limit,
                    announced: quota.announced,
                    resets_at: quota.day_ends(),
                })
            })
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<QuotaState>> {
        self.inner
            .quotas
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn moment(&self) -> Moment {
        Moment {
            monotonic: self.inner.clock.monotonic(),
            now: self.inner.clock.now(),
        }
    }

    fn index(&self, quota: &str) -> Option<usize> {
        self.lock()
            .iter()
            .position(|known| known.spec.name == quota)
    }

    fn known(&self, costs: &[(&'static str, u32)]) -> Vec<(usize, u32)> {
        costs
            .iter()
            .filter_map(|(quota, units)| {
                let index = self.index(quota);
                if index.is_none() {
                    tracing::warn!(quota, "a request costs a quota that was not declared");
                }
                Some((index?, *units))
            })
            .collect()
    }

    /// Takes the places in flight, always in the order of declaration, so that two requests can't hold
    /// what the other one waits for.
    async fn places(&self, costs: &[(usize, u32)]) -> Vec<OwnedSemaphorePermit> {
        let mut indexes: Vec<usize> = costs.iter().map(|(index, _)| *index).collect();
        indexes.sort_unstable();
        indexes.dedup();
        let mut places = Vec::new();
        for index in indexes {
            if let Some(semaphore) = &self.inner.lanes[index].in_flight
                // Only a closed semaphore refuses, and nobody closes it.
                && let Ok(place) = Arc::clone(semaphore).acquire_owned().await
            {
                places.push(place);
            }
        }
        places
    }

    /// The quota that holds the request back the longest.
    fn tightest(
        &self,
        quotas: &mut [QuotaState],
        costs: &[(usize, u32)],
        at: Moment,
    ) -> (usize, Room) {
        let mut tightest = (0, Room::Free);
        for &(index, units) in costs {
            let room = quotas[index].room(units, at, self.inner.enabled);
            let tighter = match (tightest.1, room) {
                (_, Room::Free) | (Room::Tomorrow(_), _) => false,
                (Room::Free, _) | (_, Room::Tomorrow(_)) => true,
                (Room::After(one), Room::After(other)) => other > one,
                // A known time first: the rest is looked at again afterwards.
                (Room::After(_), Room::WhenAnswered) => false,
                (Room::WhenAnswered, _) => true,
            };
            if tighter {
                tightest = (index, room);
            }
        }
        tightest
    }

    fn refusal(&self, index: usize, until: Timestamp) -> Refusal {
        Refusal {
            quota: self.lock()[index].spec.name,
            until,
        }
    }

    fn show(&self, index: usize, wait: Duration, told: bool, shown_until: &mut Duration) {
        let until = self.inner.clock.monotonic().saturating_add(wait);
        if until < shown_until.saturating_add(WORTH_SHOWING) || wait < WORTH_SHOWING {
            return;
        }
        *shown_until = until;
        let quota = self.lock()[index].spec.name;
        tracing::debug!(target: "mobly_sync::http", quota, ?wait, told, "waiting for a limit");
        if let Some(observer) = self.inner.observer.get() {
            observer(&TransportEvent::Waiting { quota, wait, told });
        }
    }
}

impl std::fmt::Debug for Pacer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Pacer")
            .field("enabled", &self.inner.enabled)
            .finish_non_exhaustive()
    }
}

/// Leave to send one request. Keep it until the answer has been read; dropping it counts the request
/// as answered now.
#[derive(Debug)]
#[must_use = "dropping the permit counts the request as answered"]
pub struct Permit {
    pacer: Pacer,
    costs: Vec<(usize, u32)>,
    taken_at: Duration,
    _places: Vec<OwnedSemaphorePermit>,
}

impl Permit {
    fn empty(pacer: &Pacer) -> Self {
        Self {
            pacer: pacer.clone(),
            costs: Vec::new(),
            taken_at: Duration::ZERO,
            _places: Vec::new(),
        }
    }

    /// The request never left: it costs nothing.
    pub fn give_back(mut self) {
        let costs = std::mem::take(&mut self.costs);
        let mut quotas = self.pacer.lock();
        for (index, units) in costs {
            quotas[index].give_back(units, self.taken_at);
        }
        drop(quotas);
        self.pacer.inner.changed.notify_waiters();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.costs.is_empty() {
            return;
        }
        let mut quotas = self.pacer.lock();
        // Read under the lock, so that the times in the ledgers are in order.
        let at = self.pacer.moment();
        for &(index, units) in &self.costs {
            quotas[index].answered(units, at);
        }
        drop(quotas);
        self.pacer.inner.changed.notify_waiters();
    }
}

#[cfg(test)]
#[path = "pacer_tests.rs"]
mod tests;
