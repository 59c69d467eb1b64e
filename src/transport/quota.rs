//! Limits as data, and the arithmetic of one limit over time. No waiting here: see `pacer.rs`.
//!
//! The sliding windows are in `window.rs`.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::window::WindowState;
use crate::clock;

/// How much of a limit that is ours alone we use. Of a shared one, we and the others together: the rest
/// is its reserve.
const OWN_SHARE: f64 = 0.95;

/// Over which time a limit is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// `amount` units in any stretch of `per`.
    Sliding {
        /// Units.
        amount: u32,
        /// Length of the window.
        per: Duration,
    },
    /// `amount` units in any second.
    PerSecond {
        /// Units.
        amount: u32,
    },
    /// `amount` units a day, which ends at midnight in `zone` (IANA name; None: UTC).
    Daily {
        /// Units.
        amount: u32,
        /// Where midnight is.
        zone: Option<&'static str>,
    },
    /// No rate, only the number of requests in flight counts.
    Unlimited,
}

/// One limit of a vendor, by its documentation. What the vendor announces later wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaSpec {
    /// Its name, shown to people: "10-second window".
    pub name: &'static str,
    /// How it is counted.
    pub window: Window,
    /// True if other tools of the customer draw on it too: then we take only a share.
    pub shared_with_others: bool,
    /// How many requests may be in flight at a time.
    pub in_flight: Option<u32>,
}

/// What a vendor's answer says about one of its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announcement {
    /// The quota's name as declared.
    pub quota: &'static str,
    /// Units allowed.
    pub limit: Option<u32>,
    /// Units left.
    pub remaining: Option<u32>,
    /// Length of the window.
    pub interval: Option<Duration>,
    /// When the day's limit starts anew.
    pub resets_at: Option<Timestamp>,
}

impl Announcement {
    /// Says nothing yet about `quota`.
    #[must_use]
    pub fn of(quota: &'static str) -> Self {
        Self {
            quota,
            limit: None,
            remaining: None,
            interval: None,
            resets_at: None,
        }
    }
}

/// Whether there is room for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// Now.
    Free,
    /// After this long.
    After(Duration),
    /// As soon as a request in flight is answered.
    WhenAnswered,
    /// Not before the next day of this limit.
    Tomorrow(Timestamp),
}

/// One moment on both of the clock's scales.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) monotonic: Duration,
    pub(super) now: Timestamp,
}

/// A limit and what has been drawn from it.
#[derive(Debug)]
pub(super) struct QuotaState {
    pub(super) spec: QuotaSpec,
    /// Monotonic time before which nothing goes out: the vendor said so.
    pub(super) blocked_until: Duration,
    /// True once the vendor itself told this limit.
    pub(super) announced: bool,
    /// Units spent by this process.
    pub(super) spent: u64,
    counting: Counting,
}

#[derive(Debug)]
enum Counting {
    Window(WindowState),
    Day(DayState),
    Nothing,
}

impl QuotaState {
    pub(super) fn new(spec: QuotaSpec, share_percent: u32, now: Timestamp) -> Self {
        let share = if spec.shared_with_others {
            (f64::from(share_percent) / 100.0).clamp(0.01, OWN_SHARE)
        } else {
            OWN_SHARE
        };
        let window = |amount, per| {
            Counting::Window(WindowState::new(
                amount,
                per,
                share,
                spec.shared_with_others,
            ))
        };
        let counting = match spec.window {
            Window::Sliding { amount, per } => window(amount, per),
            Window::PerSecond { amount } => window(amount, Duration::from_secs(1)),
            Window::Daily { amount, zone } => {
                Counting::Day(DayState::new(amount, zone, share, now))
            }
            Window::Unlimited => Counting::Nothing,
        };
        Self {
            spec,
            blocked_until: Duration::ZERO,
            announced: false,
            spent: 0,
            counting,
        }
    }

    /// Whether `units` may go out. `paced` false lets pass what no announcement of the vendor limits.
    pub(super) fn room(&mut self, units: u32, at: Moment, paced: bool) -> Room {
        let blocked = self.blocked_until.saturating_sub(at.monotonic);
        let counted = match &mut self.counting {
            _ if !paced && !self.announced => Room::Free,
            Counting::Window(window) => window.room(units, at.monotonic),
            Counting::Day(day) => day.room(units, at.now),
            Counting::Nothing => Room::Free,
        };
        match counted {
            Room::Free if blocked > Duration::ZERO => Room::After(blocked),
            Room::After(wait) => Room::After(wait.max(blocked)),
            other => other,
        }
    }

    pub(super) fn take(&mut self, units: u32, at: Moment) {
        self.spent += u64::from(units);
        match &mut self.counting {
            Counting::Window(window) => window.take(units, at.monotonic),
            Counting::Day(day) => day.take(units),
            Counting::Nothing => {}
        }
    }

    /// The request was answered, or lost after it left.
    pub(super) fn answered(&mut self, units: u32, at: Moment) {
        if let Counting::Window(window) = &mut self.counting {
            window.answered(units, at.monotonic);
        }
    }

    /// The request taken at `taken_at` never left.
    pub(super) fn give_back(&mut self, units: u32, taken_at: Duration) {
        self.spent = self.spent.saturating_sub(u64::from(units));
        match &mut self.counting {
            Counting::Window(window) => window.give_back(units, taken_at),
            Counting::Day(day) => day.give_back(units),
            Counting::Nothing => {}
        }
    }

    pub(super) fn announce(&mut self, announcement: &Announcement, at: Moment) {
        match &mut self.counting {
            Counting::Window(window) => {
                self.announced |= announcement.limit.is_some();
                window.announce(announcement, at.monotonic);
            }
            Counting::Day(day) => {
                self.announced |= announcement.limit.is_some() || announcement.remaining.is_some();
                day.announce(announcement, at.now);
            }
            Counting::Nothing => {}
        }
    }

    /// Counts `units` as spent earlier today, by runs before this one.
    pub(super) fn prime(&mut self, units: u32) {
        if let Counting::Day(day) = &mut self.counting {
            day.take(units);
        }
    }

    /// Counts `units` as used today by all together.
    pub(super) fn know(&mut self, units: u32) {
        if let Counting::Day(day) = &mut self.counting {
            day.used = day.used.max(units);
        }
    }

    /// Units allowed and units used, by us and others, as far as is known; None without a limit.
    pub(super) fn usage(&mut self, at: Moment) -> Option<(u32, u32)> {
        match &mut self.counting {
            Counting::Window(window) => Some(window.usage(at.monotonic)),
            Counting::Day(day) => Some(day.usage(at.now)),
            Counting::Nothing => None,
        }
    }

    /// When today's limit starts anew; None for what is not counted by the day.
    pub(super) fn day_ends(&self) -> Option<Timestamp> {
        match &self.counting {
            Counting::Day(day) => Some(day.ends),
            _ => None,
        }
    }
}

#[derive(Debug)]
struct DayState {
    amount: u32,
    share: f64,
    zone: TimeZone,
    used_by_us: u32,
    used: u32,
    ends: Timestamp,
}

impl DayState {
    fn new(amount: u32, zone: Option<&'static str>, share: f64, now: Timestamp) -> Self {
        let zone = zone
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(TimeZone::UTC);
        let ends = next_midnight(now, &zone);
        Self {
            amount,
            share,
            zone,
            used_by_us: 0,
            used: 0,
            ends,
        }
    }

    fn roll(&mut self, now: Timestamp) {
        if now >= self.ends {
            self.used = 0;
            self.used_by_us = 0;
            self.ends = next_midnight(now, &self.zone);
        }
    }

    fn room(&mut self, units: u32, now: Timestamp) -> Room {
        self.roll(now);
        let ours = f64::from(self.used_by_us.saturating_add(units));
        let all = f64::from(self.used.saturating_add(units));
        let amount = f64::from(self.amount);
        if ours <= amount * self.share && all <= amount * OWN_SHARE {
            Room::Free
        } else {
            Room::Tomorrow(self.ends)
        }
    }

    fn take(&mut self, units: u32) {
        self.used_by_us = self.used_by_us.saturating_add(units);
        self.used = self.used.saturating_add(units);
    }

    fn give_back(&mut self, units: u32) {
        self.used_by_us = self.used_by_us.saturating_sub(units);
        self.used = self.used.saturating_sub(units);
    }

    fn announce(&mut self, announcement: &Announcement, now: Timestamp) {
        self.roll(now);
        if let Some(limit) = announcement.limit {
            self.amount = limit;
        }
        if let Some(remaining) = announcement.remaining {
            self.used = self.amount.saturating_sub(remaining);
        }
        if let Some(resets_at) = announcement.resets_at
            && resets_at > now
        {
            self.ends = resets_at;
        }
    }

    fn usage(&mut self, now: Timestamp) -> (u32, u32) {
        self.roll(now);
        (self.amount, self.used)
    }
}

fn next_midnight(now: Timestamp, zone: &TimeZone) -> Timestamp {
    now.to_zoned(zone.clone())
        .checked_add(1.day())
        .and_then(|tomorrow| tomorrow.start_of_day())
        .map_or_else(
            |_| clock::later(now, Duration::from_secs(86_400)),
            |midnight| midnight.timestamp(),
        )
}
