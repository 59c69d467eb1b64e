//! Pipedrive's limits, and how its answers are judged before anybody reads them (Pipedrive docs, "Rate limiting").
//!
//! Two limits at once: requests in any two seconds, of one token, and tokens a day, of the whole company. Whoever goes on
//! after 429 is blocked by Cloudflare: a page instead of JSON, with 403.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use crate::transport::{
    Announcement, AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, Window,
};

/// Requests of one token in any two seconds.
pub(super) const BURST: &str = "2-second burst";
/// Searches of one token in any two seconds, the same in every plan.
pub(super) const SEARCH: &str = "search burst";
/// What all of the company's apps may spend in a day.
pub(super) const DAY: &str = "daily tokens";

/// The smallest plan with one seat.
const TOKENS: u32 = 30_000;
const BURST_WINDOW: Duration = Duration::from_secs(2);

/// The smallest plan with an API token (an app's OAuth token has four times the burst, and says so).
pub(super) const QUOTAS: &[QuotaSpec] = &[
    QuotaSpec {
        name: SEARCH,
        window: Window::Sliding {
            amount: 10,
            per: BURST_WINDOW,
        },
        shared_with_others: false,
        in_flight: Some(5),
    },
    QuotaSpec {
        name: BURST,
        window: Window::Sliding {
            amount: 20,
            per: BURST_WINDOW,
        },
        shared_with_others: false,
        // No limit on requests under way is documented; this bounds ours.
        in_flight: Some(12),
    },
    QuotaSpec {
        name: DAY,
        // "Server time" is all the documentation says of midnight.
        window: Window::Daily {
            amount: TOKENS,
            zone: None,
        },
        shared_with_others: true,
        in_flight: None,
    },
];

/// What requests cost in tokens (`x-token-cost` of the OpenAPI description).
pub(super) mod cost {
    /// A page of records or of fields.
    pub(in super::super) const LIST: u32 = 10;
    /// A record made or changed.
    pub(in super::super) const WRITE: u32 = 5;
    /// A record removed (v2).
    pub(in super::super) const DELETE: u32 = 3;
    /// Any search.
    pub(in super::super) const SEARCH: u32 = 20;
    /// The users of the company (v1).
    pub(in super::super) const USERS: u32 = 20;
    /// Who is signed in (v1).
    pub(in super::super) const ME: u32 = 2;
}

/// What a push of so many leads costs at most: each a person and an organization, both new; and what changed is read before
/// and after.
pub(super) fn estimate(leads: u64) -> u64 {
    u64::from(cost::WRITE) * 2 * leads + u64::from(cost::LIST) * 4
}

/// Charges a request.
pub(super) fn charged(request: ApiRequest, tokens: u32) -> ApiRequest {
    request.quota(BURST, 1).quota(DAY, tokens)
}

/// Charges a search.
pub(super) fn searched(request: ApiRequest) -> ApiRequest {
    charged(request.quota(SEARCH, 1), cost::SEARCH)
}

/// How long a Cloudflare block is let alone.
const BLOCKED: Duration = Duration::from_secs(300);
/// A wait of the burst beyond this is in other units or nonsense (a moment has been taken for seconds).
const PLAUSIBLE_WAIT: u64 = 120;
const DAY_SECONDS: u64 = 86_400;
/// The day's budget is used up, and nobody told when it starts anew.
const UNKNOWN_DAY: Duration = Duration::from_secs(3_600);

/// Reads Pipedrive's answers for the transport.
struct Rules;

/// Pipedrive's rules.
pub(super) fn rules() -> Arc<dyn AnswerRules> {
    Arc::new(Rules)
}

impl AnswerRules for Rules {
    fn judge(&self, request: &ApiRequest, response: &ApiResponse) -> Judgement {
        match response.status.as_u16() {
            401 => Judgement::SignInRefused,
            429 => limited(request, response),
            403 if response.value().is_none() => Judgement::Wait {
                quota: BURST,
                after: BLOCKED,
                stop: false,
            },
            408 | 500..=599 => Judgement::Transient {
                after: response.retry_after(),
            },
            // A maintenance page is nobody's verdict.
            _ if response.looks_like_html() => Judgement::Transient { after: None },
            200..=299 if !response.body.is_empty() && response.value().is_none() => {
                Judgement::Transient { after: None }
            }
            _ => Judgement::Accept,
        }
    }

    fn announcements(&self, request: &ApiRequest, response: &ApiResponse) -> Vec<Announcement> {
        let number = |name: &str| {
            response
                .number(name)
                .and_then(|number| u32::try_from(number).ok())
        };
        let mut told = Vec::new();
        // Which of the two bursts a search's headers tell of is not documented.
        let (limit, remaining) = (number("x-ratelimit-limit"), number("x-ratelimit-remaining"));
        if !is_search(request) && (limit.is_some() || remaining.is_some()) {
            told.push(Announcement {
                limit,
                remaining,
                interval: Some(BURST_WINDOW),
                ..Announcement::of(BURST)
            });
        }
        let remaining = number("x-daily-ratelimit-token-remaining");
        let limit = number("x-daily-ratelimit-token-limit")
            // Some answers tell only what is left: no less than that is allowed.
            .or(remaining.filter(|left| *left > TOKENS));
        if limit.is_some() || remaining.is_some() {
            told.push(Announcement {
                limit,
                remaining,
                ..Announcement::of(DAY)
            });
        }
        told
    }

    fn correlation(&self, response: &ApiResponse) -> Option<String> {
        ["x-correlation-id", "x-request-id", "cf-ray"]
            .into_iter()
            .find_map(|name| response.header(name))
            .map(str::to_owned)
    }
}

fn is_search(request: &ApiRequest) -> bool {
    request.costs.iter().any(|(quota, _)| *quota == SEARCH)
}

/// A burst passes in two seconds; the day's tokens come back at midnight.
fn limited(request: &ApiRequest, response: &ApiResponse) -> Judgement {
    // Seconds to wait, no moment (pipedrive-dotnet, issue 36).
    let told = response
        .number("x-ratelimit-reset")
        .or_else(|| response.retry_after().map(|wait| wait.as_secs()));
    let text = response.text().to_lowercase();
    let is_spent = response.number("x-daily-ratelimit-token-remaining") == Some(0)
        || ["daily", "token budget"]
            .iter()
            .any(|word| text.contains(word))
        || told.is_some_and(|wait| (PLAUSIBLE_WAIT + 1..=DAY_SECONDS).contains(&wait));
    if is_spent {
        let until_midnight = response.header("date").and_then(until_midnight);
        let told = told
            .filter(|wait| (PLAUSIBLE_WAIT + 1..=DAY_SECONDS).contains(wait))
            .map(Duration::from_secs);
        return Judgement::Wait {
            quota: DAY,
            after: told.or(until_midnight).unwrap_or(UNKNOWN_DAY),
            stop: true,
        };
    }
    let wait = told.filter(|wait| *wait <= PLAUSIBLE_WAIT).unwrap_or(2);
    Judgement::Wait {
        quota: if is_search(request) { SEARCH } else { BURST },
        after: Duration::from_secs(wait.max(1)),
        stop: false,
    }
}

/// From the moment the answer was made to the next midnight (UTC).
fn until_midnight(date: &str) -> Option<Duration> {
    let now: Timestamp = rfc2822::parse(date).ok()?.timestamp();
    let into_the_day = u64::try_from(now.as_second()).ok()? % DAY_SECONDS;
    Some(Duration::from_secs(DAY_SECONDS - into_the_day))
}

#[cfg(test)]
#[path = "limits_tests.rs"]
mod tests;
