//! The instance's limits (fact sheet, section 2): calls in 20 seconds, in flight, in a day. There are no
//! headers that tell of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use super::errors::ApiError;
use crate::sandbox::RateMode;
use crate::sandbox::limits::RollingWindow;

const RATE: usize = 100;
const WINDOW: Duration = Duration::from_secs(20);
const CONCURRENCY: usize = 10;
const DAILY: u64 = 50_000;
/// Days begin at midnight CST, which is six hours behind UTC.
const CST_BEHIND_MILLISECONDS: i64 = 6 * 3_600_000;
const DAY_MILLISECONDS: i64 = 24 * 3_600_000;

/// What happened in one day.
#[derive(Default)]
pub(super) struct Day {
    pub(super) calls: u64,
    pub(super) errors: BTreeMap<u16, u64>,
}

pub(super) struct Limits {
    /// `None`: not enforced.
    pub(super) daily: Option<u64>,
    pub(super) concurrency: Option<usize>,
    window: Option<(RollingWindow, Duration)>,
    /// Admitted since the start.
    pub(super) calls: u64,
    /// By days since 1970, CST.
    days: BTreeMap<i64, Day>,
    in_flight: HashSet<u64>,
    turned_away: HashSet<u64>,
    /// Which leads were there when a request came, by its number: all with a smaller id.
    arrivals: HashMap<u64, u64>,
}

impl Limits {
    pub(super) fn new(mode: RateMode, daily: Option<u64>) -> Self {
        let window = match mode {
            RateMode::Vendor => Some((RATE, WINDOW)),
            RateMode::PerTenSeconds(count) => Some((count as usize, Duration::from_secs(10))),
            RateMode::Off => None,
        };
        let limited = mode != RateMode::Off;
        Self {
            daily: daily.or(limited.then_some(DAILY)),
            concurrency: limited.then_some(CONCURRENCY),
            window: window.map(|(count, length)| (RollingWindow::new(count, length), length)),
            calls: 0,
            days: BTreeMap::new(),
            in_flight: HashSet::new(),
            turned_away: HashSet::new(),
            arrivals: HashMap::new(),
        }
    }

    pub(super) fn set_rate(&mut self, count: usize, length: Duration) {
        self.window = Some((RollingWindow::new(count, length), length));
    }

    /// A request begins to wait; `next_lead` is the id the next new lead gets. One too many takes no place.
    pub(super) fn arrive(&mut self, number: u64, next_lead: u64) {
        if self
            .concurrency
            .is_some_and(|limit| self.in_flight.len() >= limit)
        {
            self.turned_away.insert(number);
        } else {
            self.in_flight.insert(number);
            self.arrivals.insert(number, next_lead);
        }
    }

    pub(super) fn leave(&mut self, number: u64) {
        self.in_flight.remove(&number);
        self.turned_away.remove(&number);
        self.arrivals.remove(&number);
    }

    pub(super) fn seen_from(&self, number: u64) -> Option<u64> {
        self.arrivals.get(&number).copied()
    }

    pub(super) fn check_concurrency(&self, number: u64) -> Result<(), Box<ApiError>> {
        if self.turned_away.contains(&number) {
            return Err(ApiError::concurrency(
                self.concurrency.unwrap_or(CONCURRENCY),
            ));
        }
        Ok(())
    }

    /// Lets a call in and counts it, or refuses it for nothing.
    pub(super) fn admit(
        &mut self,
        elapsed: Duration,
        now_milliseconds: i64,
    ) -> Result<(), Box<ApiError>> {
        let today = day_of(now_milliseconds);
        let used = self.days.get(&today).map_or(0, |day| day.calls);
        if self.daily.is_some_and(|daily| used >= daily) {
            return Err(ApiError::daily_quota());
        }
        if let Some((window, length)) = &mut self.window
            && !window.admit(elapsed)
        {
            return Err(ApiError::rate(window.limit(), length.as_secs()));
        }
        self.calls += 1;
        self.days.entry(today).or_default().calls += 1;
        Ok(())
    }

    pub(super) fn count_error(&mut self, code: u16, now_milliseconds: i64) {
        let day = self.days.entry(day_of(now_milliseconds)).or_default();
        *day.errors.entry(code).or_default() += 1;
    }

    pub(super) fn used(&self, now_milliseconds: i64) -> u64 {
        let today = self.days.get(&day_of(now_milliseconds));
        today.map_or(0, |day| day.calls)
    }

    pub(super) fn set_used(&mut self, used: u64, now_milliseconds: i64) {
        let day = self.days.entry(day_of(now_milliseconds)).or_default();
        day.calls = used;
    }

    /// The last `count` days, today first, with their dates; days without a call are left out.
    pub(super) fn last_days(&self, count: i64, now_milliseconds: i64) -> Vec<(String, &Day)> {
        let today = day_of(now_milliseconds);
        let days = self.days.range(today - count + 1..=today).rev();
        days.map(|(day, facts)| (date_of(*day), facts)).collect()
    }
}

fn day_of(now_milliseconds: i64) -> i64 {
    (now_milliseconds - CST_BEHIND_MILLISECONDS).div_euclid(DAY_MILLISECONDS)
}

fn date_of(day: i64) -> String {
    let text = crate::sandbox::time::iso(day * DAY_MILLISECONDS);
    text.chars().take(10).collect()
}
