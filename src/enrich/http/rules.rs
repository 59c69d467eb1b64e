//! What a provider's statuses and headers mean for sending.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::config::{Limit, Statuses};
use crate::clock::SharedClock;
use crate::transport::{
    Announcement, AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, Window,
};

/// The one limit of a provider.
pub const RATE: &str = "rate of questions";
/// Waited after a refusal that does not say how long; most limits are by the minute.
const USUAL_WAIT: Duration = Duration::from_secs(15);
/// What a header demands beyond this is no limit by the second, minute or hour.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3_600);
/// Smaller numbers in a reset header are seconds to go, larger ones a moment.
const A_MOMENT: i64 = 1_000_000_000;

/// Rules by description.
#[derive(Debug)]
pub struct HttpRules {
    status: Statuses,
    limit: Limit,
    clock: SharedClock,
}

impl HttpRules {
    /// Rules for these statuses and headers.
    #[must_use]
    pub fn new(status: Statuses, limit: Limit, clock: SharedClock) -> Self {
        Self {
            status,
            limit,
            clock,
        }
    }

    /// The quota questions are charged to.
    #[must_use]
    pub fn quota(limit: &Limit, in_flight: u32) -> QuotaSpec {
        QuotaSpec {
            name: RATE,
            window: limit
                .rate
                .map_or(Window::Unlimited, |rate| Window::Sliding {
                    amount: rate.amount,
                    per: rate.per,
                }),
            shared_with_others: false,
            in_flight: Some(in_flight),
        }
    }

    /// How long the answer asks to wait: `Retry-After`, or the described header as seconds, a Unix time or a moment.
    fn told(&self, response: &ApiResponse) -> Option<Duration> {
        if let Some(told) = response.retry_after() {
            return Some(told.min(LONGEST_WAIT));
        }
        let text = response.header(self.limit.reset.as_deref()?)?.trim();
        let now = self.clock.now();
        let until = match text.parse::<i64>() {
            Ok(seconds) if seconds < A_MOMENT => {
                return Some(Duration::from_secs(seconds.unsigned_abs()).min(LONGEST_WAIT));
            }
            Ok(seconds) => Timestamp::from_second(seconds).ok()?,
            // Some tell UTC without saying so.
            Err(_) => text
                .parse()
                .or_else(|_| format!("{text}Z").parse::<Timestamp>())
                .ok()?,
        };
        let wait = until.duration_since(now).max(SignedDuration::ZERO);
        Some(Duration::try_from(wait).ok()?.min(LONGEST_WAIT))
    }
}

impl AnswerRules for HttpRules {
    fn judge(&self, _: &ApiRequest, response: &ApiResponse) -> Judgement {
        let status = response.status.as_u16();
        let of = |set: &std::collections::BTreeSet<u16>| set.contains(&status);
        if of(&self.status.unknown)
            || of(&self.status.out_of_credits)
            || of(&self.status.bad_question)
        {
            Judgement::Accept
        } else if of(&self.status.wait) {
            let after = self.told(response).unwrap_or(USUAL_WAIT);
            Judgement::Wait {
                quota: RATE,
                after: after.max(Duration::from_secs(1)),
                stop: false,
            }
        } else if of(&self.status.sign_in) {
            Judgement::SignInRefused
        } else if status == 408 || status >= 500 {
            Judgement::Transient {
                after: response.retry_after(),
            }
        } else {
            Judgement::Accept
        }
    }

    fn announcements(&self, _: &ApiRequest, response: &ApiResponse) -> Vec<Announcement> {
        let left = self
            .limit
            .remaining
            .as_deref()
            .and_then(|name| response.number(name));
        // Of a limit we were not told the size of, what is left means nothing.
        let (Some(left), Some(_)) = (left, self.limit.rate) else {
            return Vec::new();
        };
        vec![Announcement {
            remaining: Some(u32::try_from(left).unwrap_or(u32::MAX)),
            ..Announcement::of(RATE)
        }]
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use reqwest::Method;
    use reqwest::header::{HeaderMap, HeaderValue};

    use super::*;
    use crate::clock::{FixedClock, SystemClock};

    fn judge(status: u16, headers: &[(&'static str, &'static str)]) -> Judgement {
        let now = "2026-03-02T09:00:00Z".parse().unwrap();
        let limit = Limit {
            reset: Some("x-ratelimit-reset".into()),
            ..Limit::default()
        };
        let clock = Arc::new(FixedClock::new(now, Arc::new(SystemClock::new())));
        let rules = HttpRules::new(Statuses::default(), limit, clock);
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        let response = ApiResponse::new(status.try_into().unwrap(), headers, Vec::new());
        rules.judge(&ApiRequest::read(Method::GET, "/x"), &response)
    }

    #[test]
    fn every_way_to_tell_the_wait_is_understood() {
        let wait = |headers: &[(&'static str, &'static str)]| match judge(429, headers) {
            Judgement::Wait { after, .. } => after.as_secs(),
            other => panic!("{other:?}"),
        };
        assert_eq!(wait(&[("retry-after", "7"), ("x-ratelimit-reset", "9")]), 7);
        assert_eq!(wait(&[("x-ratelimit-reset", "9")]), 9);
        assert_eq!(wait(&[("x-ratelimit-reset", "2026-03-02T09:00:30")]), 30);
        assert_eq!(wait(&[("x-ratelimit-reset", "2026-03-02T09:00:30Z")]), 30);
        assert_eq!(wait(&[("x-ratelimit-reset", "1772442020")]), 20);
        assert_eq!(wait(&[("x-ratelimit-reset", "soon")]), 15);
        assert_eq!(wait(&[]), 15);
    }

    #[test]
    fn no_answer_and_no_credit_are_answers() {
        assert_eq!(judge(404, &[]), Judgement::Accept);
        assert_eq!(judge(402, &[]), Judgement::Accept);
        assert_eq!(judge(401, &[]), Judgement::SignInRefused);
        assert_eq!(judge(503, &[]), Judgement::Transient { after: None });
    }
}
