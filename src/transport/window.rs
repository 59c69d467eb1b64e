//! The arithmetic of a limit over a sliding window. No waiting here: see `pacer.rs`.
//!
//! A sliding window keeps two accounts of our own calls:
//! * by the time they were SENT, against our share of the limit (95 % where the limit is ours alone);
//! * by the time they were ANSWERED, against the whole limit. The vendor counted a call somewhere
//!   between the two, so a call that goes out a full window after the earlier answers can't be one too
//!   many in any rolling window, whatever the network did in between.
//!
//! What others use is learned from the vendor's own "remaining" and counts until the window is over.

use std::collections::VecDeque;
use std::time::Duration;

use super::Announcement;
use super::quota::Room;

/// Entries in the order of their time, with their sum.
#[derive(Debug, Default)]
struct Ledger {
    entries: VecDeque<(Duration, u32)>,
    sum: u32,
}

impl Ledger {
    fn push(&mut self, at: Duration, units: u32) {
        self.entries.push_back((at, units));
        self.sum = self.sum.saturating_add(units);
    }

    fn forget_until(&mut self, time: Option<Duration>) {
        let Some(time) = time else { return };
        while let Some(&(at, units)) = self.entries.front()
            && at <= time
        {
            self.entries.pop_front();
            self.sum = self.sum.saturating_sub(units);
        }
    }
}

#[derive(Debug)]
pub(super) struct WindowState {
    amount: u32,
    per: Duration,
    share: f64,
    shared: bool,
    sent: Ledger,
    answered: Ledger,
    open: u32,
    /// Used by others: until when it counts, and units.
    others: Vec<(Duration, u32)>,
}

impl WindowState {
    pub(super) fn new(amount: u32, per: Duration, share: f64, shared: bool) -> Self {
        Self {
            amount: amount.max(1),
            per,
            share,
            shared,
            sent: Ledger::default(),
            answered: Ledger::default(),
            open: 0,
            others: Vec::new(),
        }
    }

    /// Our share as whole units in a window that is longer by what was rounded up: 2.5 in a second are
    /// 3 in 1.2 seconds.
    fn own_limit(&self) -> (u32, Duration) {
        let exact = (f64::from(self.amount) * self.share).max(f64::MIN_POSITIVE);
        // In range: the share is below one and the amount at least one.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let units = exact.ceil().max(1.0) as u32;
        (units, self.per.mul_f64(f64::from(units) / exact))
    }

    /// What may be counted at the vendor altogether, others included.
    fn total_limit(&self) -> u32 {
        if self.shared {
            self.amount - (self.amount / 20).min(self.amount - 1)
        } else {
            self.amount
        }
    }

    fn forget(&mut self, now: Duration) {
        let (_, own_window) = self.own_limit();
        self.sent.forget_until(now.checked_sub(own_window));
        self.answered.forget_until(now.checked_sub(self.per));
        self.others.retain(|(until, _)| *until > now);
    }

    fn known(&self) -> u32 {
        let others: u32 = self.others.iter().map(|(_, units)| units).sum();
        self.answered.sum + self.open + others
    }

    pub(super) fn room(&mut self, units: u32, now: Duration) -> Room {
        self.forget(now);
        let (own, own_window) = self.own_limit();
        let total = self.total_limit();
        // A request dearer than the whole limit goes out alone.
        let units = units.min(own).min(total);
        let by_share = freed_at(
            self.sent
                .entries
                .iter()
                .map(|(at, units)| (*at + own_window, *units)),
            (self.sent.sum + units).saturating_sub(own),
        );
        let mut ends: Vec<(Duration, u32)> = Vec::new();
        let excess = (self.known() + units).saturating_sub(total);
        if excess > 0 {
            ends.extend(
                self.answered
                    .entries
                    .iter()
                    .map(|(at, units)| (*at + self.per, *units)),
            );
            ends.extend(&self.others);
            ends.sort_unstable();
        }
        let by_total = freed_at(ends.into_iter(), excess);
        match (by_share, by_total) {
            (Some(share), Some(total)) => match share.max(total).saturating_sub(now) {
                Duration::ZERO => Room::Free,
                wait => Room::After(wait),
            },
            _ => Room::WhenAnswered,
        }
    }

    pub(super) fn take(&mut self, units: u32, now: Duration) {
        self.sent.push(now, units);
        self.open = self.open.saturating_add(units);
    }

    pub(super) fn answered(&mut self, units: u32, now: Duration) {
        self.open = self.open.saturating_sub(units);
        self.answered.push(now, units);
    }

    pub(super) fn give_back(&mut self, units: u32, taken_at: Duration) {
        self.open = self.open.saturating_sub(units);
        let place = self
            .sent
            .entries
            .iter()
            .rposition(|entry| *entry == (taken_at, units));
        if let Some(place) = place {
            self.sent.entries.remove(place);
            self.sent.sum = self.sent.sum.saturating_sub(units);
        }
    }

    pub(super) fn announce(&mut self, announcement: &Announcement, now: Duration) {
        if let Some(limit) = announcement.limit {
            self.amount = limit.max(1);
        }
        if let Some(interval) = announcement.interval
            && interval > Duration::ZERO
        {
            self.per = interval;
        }
        self.forget(now);
        if let Some(remaining) = announcement.remaining {
            let used = self.amount.saturating_sub(remaining);
            let known = self.known();
            // Our own calls leave our window a little after they leave the vendor's, and the answer
            // travelled: a small difference is no sign of others.
            if used > known + 1 + self.amount / 50 {
                self.others.push((now + self.per, used - known));
            }
        }
    }

    pub(super) fn usage(&mut self, now: Duration) -> (u32, u32) {
        self.forget(now);
        (self.amount, self.known())
    }
}

/// When `excess` units will have expired; None if the entries don't hold that many.
fn freed_at(ends: impl Iterator<Item = (Duration, u32)>, excess: u32) -> Option<Duration> {
    if excess == 0 {
        return Some(Duration::ZERO);
    }
    let mut freed = 0_u32;
    for (end, units) in ends {
        freed = freed.saturating_add(units);
        if freed >= excess {
            return Some(end);
        }
    }
    None
}
