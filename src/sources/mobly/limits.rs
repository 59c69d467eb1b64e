//! Mobly's one limit, and how its answers are judged before anybody reads them (Mobly REST API v0, "Rate Limiting").
//!
//! A bucket of tokens, of each key: 20 at most, one more each second, unless the key has other numbers. Every answer tells
//! the size, what is left, and when the bucket would be full again. In any stretch as long as an empty bucket takes to fill
//! we send no more than a full bucket holds: never too many, wherever in the bucket we begin.

use std::sync::Arc;
use std::time::Duration;

use jiff::fmt::rfc2822;

use crate::transport::{
    Announcement, AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, Window,
};

/// The bucket.
pub(super) const BUCKET: &str = "request limit";

const TOKENS: u32 = 20;
const FILLS: Duration = Duration::from_secs(20);

/// What a key has unless its organization was given other numbers.
pub(super) const QUOTAS: &[QuotaSpec] = &[QuotaSpec {
    name: BUCKET,
    window: Window::Sliding {
        amount: TOKENS,
        per: FILLS,
    },
    shared_with_others: false,
    // No limit on requests under way is documented; this bounds ours.
    in_flight: Some(4),
}];

/// A wait beyond this is in other units or nonsense.
const PLAUSIBLE_WAIT: u64 = 3_600;

struct Rules;

/// Mobly's rules.
pub(super) fn rules() -> Arc<dyn AnswerRules> {
    Arc::new(Rules)
}

impl AnswerRules for Rules {
    fn judge(&self, _request: &ApiRequest, response: &ApiResponse) -> Judgement {
        match response.status.as_u16() {
            401 => Judgement::SignInRefused,
            // A page is a firewall's; Mobly's own refusal of a key is JSON.
            403 if !response.looks_like_html() => Judgement::SignInRefused,
            429 => Judgement::Wait {
                quota: BUCKET,
                after: wait(response),
                stop: false,
            },
            408 | 500..=599 => Judgement::Transient {
                after: response.retry_after(),
            },
            _ if response.looks_like_html() => Judgement::Transient { after: None },
            200..=299 if !response.body.is_empty() && response.value().is_none() => {
                Judgement::Transient { after: None }
            }
            _ => Judgement::Accept,
        }
    }

    fn announcements(&self, _request: &ApiRequest, response: &ApiResponse) -> Vec<Announcement> {
        let number = |name: &str| {
            response
                .number(name)
                .and_then(|number| u32::try_from(number).ok())
        };
        let limit = number("x-ratelimit-limit").filter(|limit| *limit > 0);
        let remaining = number("x-ratelimit-remaining");
        if limit.is_none() && remaining.is_none() {
            return Vec::new();
        }
        vec![Announcement {
            limit,
            remaining,
            interval: limit
                .zip(remaining)
                .and_then(|(limit, left)| fills_in(limit, left, response)),
            ..Announcement::of(BUCKET)
        }]
    }

    fn correlation(&self, response: &ApiResponse) -> Option<String> {
        // None is documented; this one is of the network in front of it.
        response.header("cf-ray").map(str::to_owned)
    }
}

/// How long an empty bucket takes to fill, from when this one will be full. Whole seconds tell nothing of a bucket that is
/// nearly full.
fn fills_in(limit: u32, left: u32, response: &ApiResponse) -> Option<Duration> {
    let missing = limit.checked_sub(left)?;
    if missing * 2 < limit {
        return None;
    }
    let until_full = until_full(response)?;
    let whole = Duration::from_secs(until_full).mul_f64(f64::from(limit) / f64::from(missing));
    (until_full > 0).then_some(whole)
}

/// Seconds from when the answer was made until the bucket is full.
fn until_full(response: &ApiResponse) -> Option<u64> {
    let full_at = response.number("x-ratelimit-reset")?;
    let made = rfc2822::parse(response.header("date")?).ok()?;
    let made = u64::try_from(made.timestamp().as_second()).ok()?;
    Some(full_at.saturating_sub(made)).filter(|wait| *wait <= PLAUSIBLE_WAIT)
}

/// `Retry-After`, else a token's time; at least a second.
fn wait(response: &ApiResponse) -> Duration {
    response
        .retry_after()
        .filter(|wait| wait.as_secs() <= PLAUSIBLE_WAIT)
        .or_else(|| until_full(response).map(|seconds| Duration::from_secs(seconds.min(20))))
        .unwrap_or(Duration::from_secs(1))
        .max(Duration::from_secs(1))
}
