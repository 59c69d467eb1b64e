//! The org's quota (fact sheet, section 11): calls in a rolling day, and long calls at the same time.

use std::collections::VecDeque;
use std::time::Duration;

use super::errors::ApiError;
use crate::sandbox::RateMode;
use crate::sandbox::limits::RollingWindow;

/// A Developer Edition's, from memory.
const DAILY: u64 = 15_000;
const HOUR: i64 = 3_600_000;
const HOURS_IN_WINDOW: i64 = 24;
/// "GET: URI and headers".
const LONGEST_GET: usize = 16_384;

pub(super) struct Limits {
    pub(super) daily: u64,
    /// Whether the daily number is enforced; always announced.
    pub(super) enforced: bool,
    pub(super) longest_get: usize,
    /// Stands for the limit of concurrent calls where a rate is asked for: Salesforce limits no rate.
    window: Option<RollingWindow>,
    /// Calls by hour since 1970.
    calls: VecDeque<(i64, u64)>,
}

impl Limits {
    pub(super) fn new(mode: RateMode, daily: Option<u64>) -> Self {
        let window = match mode {
            RateMode::PerTenSeconds(count) => {
                Some(RollingWindow::new(count as usize, Duration::from_secs(10)))
            }
            RateMode::Vendor | RateMode::Off => None,
        };
        Self {
            daily: daily.unwrap_or(DAILY),
            enforced: daily.is_some() || mode != RateMode::Off,
            longest_get: LONGEST_GET,
            window,
            calls: VecDeque::new(),
        }
    }

    pub(super) fn used(&self, now_milliseconds: i64) -> u64 {
        let oldest = now_milliseconds / HOUR - HOURS_IN_WINDOW;
        self.calls
            .iter()
            .filter(|(hour, _)| *hour > oldest)
            .map(|(_, count)| count)
            .sum()
    }

    pub(super) fn set_used(&mut self, used: u64, now_milliseconds: i64) {
        self.calls = VecDeque::from([(now_milliseconds / HOUR, used)]);
    }

    /// Counts a call, or refuses it uncounted.
    pub(super) fn admit(
        &mut self,
        elapsed: Duration,
        now_milliseconds: i64,
    ) -> Result<(), Box<ApiError>> {
        if self.enforced && self.used(now_milliseconds) >= self.daily {
            return Err(ApiError::request_limit("TotalRequests Limit exceeded."));
        }
        if self
            .window
            .as_mut()
            .is_some_and(|window| !window.admit(elapsed))
        {
            return Err(ApiError::request_limit(
                "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
            ));
        }
        let hour = now_milliseconds / HOUR;
        while self
            .calls
            .front()
            .is_some_and(|(then, _)| *then <= hour - HOURS_IN_WINDOW)
        {
            self.calls.pop_front();
        }
        match self.calls.back_mut().filter(|(then, _)| *then == hour) {
            Some((_, count)) => *count += 1,
            None => self.calls.push_back((hour, 1)),
        }
        Ok(())
    }

    /// The value of `Sforce-Limit-Info`.
    pub(super) fn announcement(&self, now_milliseconds: i64) -> String {
        format!("api-usage={}/{}", self.used(now_milliseconds), self.daily)
    }
}
