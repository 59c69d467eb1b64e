//! The account's limits (fact sheet, section 3): a budget of tokens a day, bursts in two seconds, and the wall
//! before the API that shuts those out who go on in spite of their refusals.

use std::collections::HashMap;
use std::time::Duration;

use super::access::Caller;
use super::errors;
use crate::sandbox::RateMode;
use crate::sandbox::limits::RollingWindow;
use crate::sandbox::wire::Reply;

const TOKENS: u64 = 30_000;
const DAY: i64 = 86_400_000;
const WINDOW: Duration = Duration::from_secs(2);
const SEARCHES: usize = 10;
/// "10 000 POST/PUT requests daily per user" (changelog of 2019-05-24).
const WRITES: u64 = 10_000;
/// How many refusals in a row are too many, and how long the wall stands, is made up.
const PATIENCE: u32 = 10;
const BLOCK: Duration = Duration::from_secs(300);

pub(super) struct Plan {
    pub(super) name: &'static str,
    multiplier: u64,
    with_api_token: usize,
    with_oauth: usize,
}

const fn plan(name: &'static str, multiplier: u64, with_api_token: usize) -> Plan {
    Plan {
        name,
        multiplier,
        with_api_token,
        with_oauth: with_api_token * 4,
    }
}

const PLANS: [Plan; 4] = [
    plan("lite", 1, 20),
    plan("growth", 2, 40),
    plan("premium", 5, 100),
    plan("ultimate", 7, 120),
];

/// Refusals of one token since it was last served.
#[derive(Default)]
struct Ignorance {
    in_a_row: u32,
    last: Duration,
    blocked_until: Duration,
}

pub(super) struct Limits {
    mode: RateMode,
    /// Asked for by name instead of what the plan gives.
    own_budget: Option<u64>,
    pub(super) plan: &'static Plan,
    seats: u64,
    bursts: HashMap<(Caller, bool), RollingWindow>,
    ignorance: HashMap<Caller, Ignorance>,
    day: i64,
    today: u64,
    writes_today: u64,
    /// Since the start.
    pub(super) spent: u64,
    pub(super) patience: u32,
    pub(super) block: Duration,
    /// Whether the headers about the budget are sent; they are undocumented and sometimes missing.
    pub(super) announces: bool,
}

impl Limits {
    pub(super) fn new(mode: RateMode, daily: Option<u64>) -> Self {
        Self {
            mode,
            own_budget: daily,
            plan: &PLANS[0],
            seats: 1,
            bursts: HashMap::new(),
            ignorance: HashMap::new(),
            day: 0,
            today: 0,
            writes_today: 0,
            spent: 0,
            patience: PATIENCE,
            block: BLOCK,
            announces: true,
        }
    }

    /// Another plan; `false` where there is none of that name.
    pub(super) fn set_plan(&mut self, name: Option<&str>, seats: Option<u64>) -> bool {
        if let Some(name) = name {
            let Some(plan) = PLANS.iter().find(|plan| plan.name == name) else {
                return false;
            };
            self.plan = plan;
        }
        self.seats = seats.unwrap_or(self.seats);
        self.bursts.clear();
        true
    }

    pub(super) fn set_budget(&mut self, budget: u64) {
        self.own_budget = Some(budget);
    }

    pub(super) fn set_used(&mut self, used: u64, now_milliseconds: i64) {
        self.day = now_milliseconds.div_euclid(DAY);
        self.today = used;
    }

    /// `None`: not enforced.
    pub(super) fn budget(&self) -> Option<u64> {
        let by_plan = TOKENS * self.plan.multiplier * self.seats;
        let limited = self.mode != RateMode::Off;
        self.own_budget.or(limited.then_some(by_plan))
    }

    /// Tokens spent since the last midnight (UTC).
    pub(super) fn spent_today(&self, now_milliseconds: i64) -> u64 {
        let same = self.day == now_milliseconds.div_euclid(DAY);
        if same { self.today } else { 0 }
    }

    pub(super) fn left(&self, now_milliseconds: i64) -> Option<u64> {
        let spent = self.spent_today(now_milliseconds);
        self.budget().map(|budget| budget.saturating_sub(spent))
    }

    fn burst(&mut self, caller: &Caller, search: bool) -> &mut RollingWindow {
        let general = match self.mode {
            // As many in the window that clients know of, so that headers and waits mean what is documented.
            RateMode::PerTenSeconds(count) => ((count as usize / 5).max(1), WINDOW),
            _ if caller.is_oauth() => (self.plan.with_oauth, WINDOW),
            _ => (self.plan.with_api_token, WINDOW),
        };
        let (limit, window) = if search { (SEARCHES, WINDOW) } else { general };
        let key = (caller.clone(), search);
        let made = || RollingWindow::new(limit, window);
        self.bursts.entry(key).or_insert_with(made)
    }

    /// Lets a request in that costs so much, or refuses it for nothing. The last request of a day may cost
    /// more than what is left.
    pub(super) fn admit(
        &mut self,
        caller: &Caller,
        (search, writes): (bool, bool),
        cost: u64,
        now: Duration,
        now_milliseconds: i64,
    ) -> Result<(), Box<Reply>> {
        let blocked = self.ignorance.get(caller);
        if blocked.is_some_and(|blocked| now < blocked.blocked_until) {
            return Err(errors::blocked());
        }
        let limited = self.mode != RateMode::Off;
        let bursts = limited
            && (!self.burst(caller, false).admit(now)
                || search && !self.burst(caller, true).admit(now));
        if bursts || self.left(now_milliseconds) == Some(0) {
            return Err(self.refuse(caller, now));
        }
        self.ignorance.remove(caller);
        let day = now_milliseconds.div_euclid(DAY);
        if self.day != day {
            (self.day, self.today, self.writes_today) = (day, 0, 0);
        }
        self.today += cost;
        self.spent += cost;
        self.writes_today += u64::from(writes);
        Ok(())
    }

    fn refuse(&mut self, caller: &Caller, now: Duration) -> Box<Reply> {
        let wait = WINDOW;
        let ignorance = self.ignorance.entry(caller.clone()).or_default();
        let in_time = ignorance.in_a_row == 0 || now.saturating_sub(ignorance.last) >= wait;
        ignorance.in_a_row = if in_time { 1 } else { ignorance.in_a_row + 1 };
        ignorance.last = now;
        if ignorance.in_a_row > self.patience && !caller.is_oauth() {
            *ignorance = Ignorance {
                blocked_until: now + self.block,
                ..Ignorance::default()
            };
            return errors::blocked();
        }
        errors::too_many_requests()
    }

    /// The limit headers of an answer; the wall's pages carry none.
    pub(super) fn announce(
        &mut self,
        mut reply: Reply,
        caller: &Caller,
        (search, writes): (bool, bool),
        now_milliseconds: i64,
    ) -> Reply {
        if matches!(reply.body, crate::sandbox::wire::Body::Html(_)) {
            return reply;
        }
        if self.mode != RateMode::Off {
            let wait = WINDOW.as_secs();
            let window = self.burst(caller, search);
            let (limit, remaining) = (window.limit(), window.remaining());
            reply = reply
                .header("x-ratelimit-limit", limit.to_string())
                .header("x-ratelimit-remaining", remaining.to_string())
                .header("x-ratelimit-reset", wait.to_string());
            if writes && !caller.is_oauth() {
                let left = WRITES.saturating_sub(self.writes_today);
                reply = reply.header("x-daily-requests-left", left.to_string());
            }
        }
        match (self.budget(), self.left(now_milliseconds)) {
            (Some(budget), Some(left)) if self.announces => reply
                .header("x-daily-ratelimit-token-limit", budget.to_string())
                .header("x-daily-ratelimit-token-remaining", left.to_string()),
            _ => reply,
        }
    }
}
