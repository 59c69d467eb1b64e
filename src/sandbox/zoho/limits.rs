//! The account's limits (fact sheet, section 3): credits in a rolling day, and calls in flight.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use super::errors::ApiError;
use crate::sandbox::RateMode;
use crate::sandbox::limits::RollingWindow;

/// The Free edition's.
const CREDITS: u64 = 5_000;
const CONCURRENCY: usize = 5;
/// Every edition's.
const SUB_CONCURRENCY: usize = 10;
const HOUR: i64 = 3_600_000;
const HOURS_IN_WINDOW: i64 = 24;

const CREDITS_SPENT: &str = "Number of API requests for the 24 hour period is exceeded";
const CONCURRENT: &str = "The concurrency limit of the user for the app is exceeded";
const SUB_CONCURRENT: &str = "The sub-concurrency limit of the user for the app is exceeded";

pub(super) struct Limits {
    /// `None`: not enforced.
    pub(super) credits: Option<u64>,
    pub(super) concurrency: Option<usize>,
    pub(super) sub_concurrency: Option<usize>,
    pub(super) calls: u64,
    /// Stands for the limit of calls in flight where a rate is asked for: Zoho limits no rate.
    window: Option<RollingWindow>,
    /// Credits by hour since 1970.
    spent: VecDeque<(i64, u64)>,
    /// Requests under way by number, and whether they are heavy.
    in_flight: HashMap<u64, bool>,
    /// Requests that came when there were too many, with what they are told.
    turned_away: HashMap<u64, &'static str>,
    seen: HashSet<u64>,
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
            credits: daily.or(limited.then_some(CREDITS)),
            concurrency: limited.then_some(CONCURRENCY),
            sub_concurrency: limited.then_some(SUB_CONCURRENCY),
            calls: 0,
            window,
            spent: VecDeque::new(),
            in_flight: HashMap::new(),
            turned_away: HashMap::new(),
            seen: HashSet::new(),
        }
    }

    /// A request begins to wait. One too many takes no place.
    pub(super) fn arrive(&mut self, number: u64, heavy: bool) {
        let full = |limit: Option<usize>, count| limit.is_some_and(|limit| count >= limit);
        let heavy_count = self.in_flight.values().filter(|heavy| **heavy).count();
        if full(self.concurrency, self.in_flight.len()) {
            self.turned_away.insert(number, CONCURRENT);
        } else if heavy && full(self.sub_concurrency, heavy_count) {
            self.turned_away.insert(number, SUB_CONCURRENT);
        } else {
            self.in_flight.insert(number, heavy);
        }
    }

    pub(super) fn leave(&mut self, number: u64) {
        self.in_flight.remove(&number);
        self.turned_away.remove(&number);
        self.seen.remove(&number);
    }

    pub(super) fn used(&self, now_milliseconds: i64) -> u64 {
        let oldest = now_milliseconds / HOUR - HOURS_IN_WINDOW;
        let spent = self.spent.iter().filter(|(hour, _)| *hour > oldest);
        spent.map(|(_, count)| count).sum()
    }

    pub(super) fn set_used(&mut self, used: u64, now_milliseconds: i64) {
        self.spent = VecDeque::from([(now_milliseconds / HOUR, used)]);
    }

    /// Lets a request in that costs so much, or refuses it for nothing.
    pub(super) fn admit(
        &mut self,
        number: u64,
        cost: u64,
        elapsed: Duration,
        now_milliseconds: i64,
    ) -> Result<(), Box<ApiError>> {
        if let Some(text) = self.turned_away.get(&number) {
            return Err(ApiError::too_many_requests(text));
        }
        // The parts of a composite request share one number and are one call.
        if self.seen.insert(number) {
            let admits = |window: &mut RollingWindow| window.admit(elapsed);
            if !self.window.as_mut().is_none_or(admits) {
                return Err(ApiError::too_many_requests(CONCURRENT));
            }
            self.calls += 1;
        }
        self.spend(cost, now_milliseconds)
    }

    fn spend(&mut self, cost: u64, now_milliseconds: i64) -> Result<(), Box<ApiError>> {
        let used = self.used(now_milliseconds);
        if self.credits.is_some_and(|credits| used + cost > credits) {
            return Err(ApiError::too_many_requests(CREDITS_SPENT));
        }
        let hour = now_milliseconds / HOUR;
        self.spent
            .retain(|(then, _)| *then > hour - HOURS_IN_WINDOW);
        match self.spent.back_mut().filter(|(then, _)| *then == hour) {
            Some((_, count)) => *count += cost,
            None => self.spent.push_back((hour, cost)),
        }
        Ok(())
    }

    /// The value of `X-API-CREDITS-REMAINING`, which appears once half of the credits are used.
    pub(super) fn announcement(&self, now_milliseconds: i64) -> Option<String> {
        let (credits, used) = (self.credits?, self.used(now_milliseconds));
        (used * 2 >= credits).then(|| credits.saturating_sub(used).to_string())
    }

    /// The text of a refusal for calls in flight, for injected faults.
    pub(super) fn concurrency_text() -> &'static str {
        CONCURRENT
    }
}
