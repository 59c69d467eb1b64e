//! The unit's limits (fact sheet, section 2): calls a day, calls in flight, calls a minute.

use std::collections::HashSet;
use std::time::Duration;

use jiff::civil::Date;

use super::errors::ApiError;
use crate::sandbox::RateMode;
use crate::sandbox::limits::RollingWindow;

/// The Growth edition's.
const DAILY: u64 = 25_000;
const CONCURRENCY: usize = 5;
const MINUTE: Duration = Duration::from_secs(60);

pub(super) struct Limits {
    /// Always announced; enforced only where `enforced` says so.
    pub(super) daily: u64,
    pub(super) enforced: bool,
    /// `None`: not enforced.
    pub(super) concurrency: Option<usize>,
    /// Calls that were let in since the start.
    pub(super) calls: u64,
    /// The status of refusals: version 5 knows no 429.
    pub(super) status: u16,
    /// The number is not documented, so there is none unless it is asked for.
    window: Option<RollingWindow>,
    used: (Date, u64),
    in_flight: HashSet<u64>,
    /// Requests that came when there were too many.
    turned_away: HashSet<u64>,
}

impl Limits {
    pub(super) fn new(mode: RateMode, daily: Option<u64>) -> Self {
        let window = match mode {
            RateMode::PerTenSeconds(count) => {
                Some(RollingWindow::new(count as usize, Duration::from_secs(10)))
            }
            RateMode::Vendor | RateMode::Off => None,
        };
        let limited = mode != RateMode::Off;
        Self {
            daily: daily.unwrap_or(DAILY),
            enforced: daily.is_some() || limited,
            concurrency: limited.then_some(CONCURRENCY),
            calls: 0,
            status: 400,
            window,
            used: (Date::MIN, 0),
            in_flight: HashSet::new(),
            turned_away: HashSet::new(),
        }
    }

    /// Calls a minute; `None` lifts the limit.
    pub(super) fn set_minute(&mut self, count: Option<usize>) {
        self.window = count.map(|count| RollingWindow::new(count, MINUTE));
    }

    /// A request begins to wait. One too many takes no place.
    pub(super) fn arrive(&mut self, number: u64) {
        let full = |limit| self.in_flight.len() >= limit;
        if self.concurrency.is_some_and(full) {
            self.turned_away.insert(number);
        } else {
            self.in_flight.insert(number);
        }
    }

    pub(super) fn leave(&mut self, number: u64) {
        self.in_flight.remove(&number);
        self.turned_away.remove(&number);
    }

    /// Calls of that day in the account's time zone.
    pub(super) fn used(&self, today: Date) -> u64 {
        if self.used.0 == today { self.used.1 } else { 0 }
    }

    pub(super) fn set_used(&mut self, used: u64, today: Date) {
        self.used = (today, used);
    }

    /// Lets a request in, or refuses it for nothing.
    pub(super) fn admit(
        &mut self,
        number: u64,
        elapsed: Duration,
        today: Date,
    ) -> Result<(), Box<ApiError>> {
        if self.turned_away.contains(&number) {
            return Err(ApiError::limit(self.status, 66));
        }
        let used = self.used(today);
        if self.enforced && used >= self.daily {
            return Err(ApiError::limit(self.status, 122));
        }
        let admits = |window: &mut RollingWindow| window.admit(elapsed);
        if !self.window.as_mut().is_none_or(admits) {
            return Err(ApiError::limit(self.status, 202));
        }
        self.calls += 1;
        self.used = (today, used + 1);
        Ok(())
    }

    /// The value of `x-api-usage`.
    pub(super) fn announcement(&self, today: Date) -> String {
        format!("{}/{}", self.used(today), self.daily)
    }
}
