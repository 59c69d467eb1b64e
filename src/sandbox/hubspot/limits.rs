//! HubSpot's request limits (sheet section 10): ten seconds, search second, day.

use std::time::Duration;

use crate::sandbox::RateMode;
use crate::sandbox::limits::RollingWindow;
use crate::sandbox::wire::Reply;

/// Free and Starter plans.
const BURST: usize = 100;
const BURST_WINDOW: Duration = Duration::from_secs(10);
const SEARCHES_IN_A_SECOND: usize = 5;
const DAILY: u64 = 250_000;
const DAY_MILLISECONDS: i64 = 86_400_000;

pub(super) struct Limits {
    /// `None`: limits are off.
    windows: Option<Windows>,
    pub(super) daily_limit: u64,
    pub(super) used_today: u64,
    today: i64,
}

struct Windows {
    burst: RollingWindow,
    search: RollingWindow,
}

impl Limits {
    pub(super) fn new(mode: RateMode, daily_limit: Option<u64>) -> Self {
        let burst = match mode {
            RateMode::Off => None,
            RateMode::Vendor => Some(BURST),
            RateMode::PerTenSeconds(count) => Some(count as usize),
        };
        let windows = burst.map(|burst| Windows {
            burst: RollingWindow::new(burst, BURST_WINDOW),
            search: RollingWindow::new(SEARCHES_IN_A_SECOND, Duration::from_secs(1)),
        });
        Self {
            windows,
            daily_limit: daily_limit.unwrap_or(DAILY),
            used_today: 0,
            today: 0,
        }
    }

    /// Counts a request, or names the policy it breaks. Searches have their own window.
    pub(super) fn admit(
        &mut self,
        is_search: bool,
        elapsed: Duration,
        now_milliseconds: i64,
    ) -> Result<(), &'static str> {
        self.roll_day(now_milliseconds);
        if let Some(windows) = &mut self.windows {
            if self.used_today >= self.daily_limit {
                return Err("DAILY");
            }
            let (window, policy) = if is_search {
                (&mut windows.search, "SECONDLY")
            } else {
                (&mut windows.burst, "TEN_SECONDLY_ROLLING")
            };
            if !window.admit(elapsed) {
                return Err(policy);
            }
        }
        self.used_today += 1;
        Ok(())
    }

    /// The account's time zone is UTC.
    fn roll_day(&mut self, now_milliseconds: i64) {
        let today = now_milliseconds / DAY_MILLISECONDS;
        if today != self.today {
            self.today = today;
            self.used_today = 0;
        }
    }

    /// Epoch milliseconds of the next midnight.
    pub(super) fn resets_at(&self, now_milliseconds: i64) -> i64 {
        (now_milliseconds / DAY_MILLISECONDS + 1) * DAY_MILLISECONDS
    }

    /// Headers on everything but searches; the daily ones not for OAuth apps.
    pub(super) fn announce(&self, reply: Reply, is_search: bool, with_daily: bool) -> Reply {
        let Some(windows) = self.windows.as_ref().filter(|_| !is_search) else {
            return reply;
        };
        let reply = reply
            .header("x-hubspot-ratelimit-max", windows.burst.limit().to_string())
            .header(
                "x-hubspot-ratelimit-remaining",
                windows.burst.remaining().to_string(),
            )
            .header(
                "x-hubspot-ratelimit-interval-milliseconds",
                BURST_WINDOW.as_millis().to_string(),
            );
        if !with_daily {
            return reply;
        }
        let remaining = self.daily_limit.saturating_sub(self.used_today);
        reply
            .header("x-hubspot-ratelimit-daily", self.daily_limit.to_string())
            .header("x-hubspot-ratelimit-daily-remaining", remaining.to_string())
    }
}
