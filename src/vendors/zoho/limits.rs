//! Zoho's limits, and how its answers are judged before anybody reads them (Zoho docs, "API limits", "Status codes").
//!
//! Every used-up limit is 429 with one code; only the text tells them apart, and there is no `Retry-After`. What is left of
//! the credits stands in a header once half of them are used.

use std::sync::Arc;
use std::time::Duration;

use super::errors;
use crate::transport::{
    Announcement, AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, Window,
};

/// Credits in any 24 hours, shared by all of the organization's apps.
pub(super) const DAY: &str = "credits of 24 hours";
/// Calls under way: 5 in the Free edition, 10 to 25 in the others.
pub(super) const CONCURRENT: &str = "concurrency limit";
/// Queries, and writes of more than ten records, under way: 10 in every edition.
pub(super) const HEAVY: &str = "sub-concurrency limit";

/// The credits of the smallest paid edition. The Free one has 5,000 and says so with 429.
const CREDITS: u32 = 50_000;

/// The smallest edition's limits at a time.
pub(super) const QUOTAS: &[QuotaSpec] = &[
    QuotaSpec {
        name: HEAVY,
        window: Window::Unlimited,
        shared_with_others: true,
        in_flight: Some(4),
    },
    QuotaSpec {
        name: CONCURRENT,
        window: Window::Unlimited,
        shared_with_others: false,
        in_flight: Some(5),
    },
    QuotaSpec {
        name: DAY,
        // The day rolls; counting it from midnight errs on the careful side.
        window: Window::Daily {
            amount: CREDITS,
            zone: None,
        },
        shared_with_others: true,
        in_flight: None,
    },
];

/// What writing so many records costs: a credit for ten.
pub(super) fn write_credits(rows: usize) -> u32 {
    u32::try_from(rows.div_ceil(10)).unwrap_or(u32::MAX).max(1)
}

/// Reads Zoho's answers for the transport.
struct Rules;

/// Zoho's rules.
pub(super) fn rules() -> Arc<dyn AnswerRules> {
    Arc::new(Rules)
}

impl AnswerRules for Rules {
    fn judge(&self, _request: &ApiRequest, response: &ApiResponse) -> Judgement {
        let problem = || errors::first(&response.value().unwrap_or_default());
        match response.status.as_u16() {
            // Another token has the same scopes.
            401 if problem().is_some_and(|problem| problem.code == "OAUTH_SCOPE_MISMATCH") => {
                Judgement::Accept
            }
            401 => Judgement::SignInRefused,
            429 => match problem() {
                Some(problem) => limited(&problem.message),
                None => Judgement::RetryAfter(response.retry_after()),
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

    fn announcements(&self, _request: &ApiRequest, response: &ApiResponse) -> Vec<Announcement> {
        let Some(remaining) = response.number("x-api-credits-remaining") else {
            return Vec::new();
        };
        let remaining = u32::try_from(remaining).unwrap_or(u32::MAX);
        // How many there are is told nowhere. The header comes once half of them are used, so there are at least twice as
        // many as are left.
        vec![Announcement {
            limit: Some(remaining.saturating_mul(2).max(CREDITS)),
            remaining: Some(remaining),
            ..Announcement::of(DAY)
        }]
    }

    fn correlation(&self, response: &ApiResponse) -> Option<String> {
        response.header("x-request-id").map(str::to_owned)
    }
}

/// Too many calls at once pass in a moment; credits come back within 24 hours, bit by bit.
fn limited(message: &str) -> Judgement {
    let message = message.to_lowercase();
    let passing = |quota| Judgement::Wait {
        quota,
        after: Duration::from_secs(1),
        stop: false,
    };
    if message.contains("sub-concurrency") {
        passing(HEAVY)
    } else if message.contains("concurrency") {
        passing(CONCURRENT)
    } else {
        Judgement::Wait {
            quota: DAY,
            after: Duration::from_secs(3_600),
            stop: true,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use reqwest::header::HeaderMap;
    use reqwest::{Method, StatusCode};
    use serde_json::{Value, json};

    use super::*;

    fn answer(status: u16, body: &str) -> ApiResponse {
        let status = StatusCode::from_u16(status).unwrap();
        ApiResponse::new(status, HeaderMap::new(), body.as_bytes().to_vec())
    }

    fn judge(status: u16, body: &Value) -> Judgement {
        let request = ApiRequest::read(Method::GET, "/x").quota(DAY, 1);
        Rules.judge(&request, &answer(status, &body.to_string()))
    }

    fn error(code: &str, message: &str) -> Value {
        json!({"code": code, "details": {}, "message": message, "status": "error"})
    }

    #[test]
    fn a_token_is_renewed_only_where_that_can_help() {
        let expired = error("INVALID_TOKEN", "invalid oauth token");
        assert_eq!(judge(401, &expired), Judgement::SignInRefused);
        let header = error("AUTHENTICATION_FAILURE", "Authentication failed");
        assert_eq!(judge(401, &header), Judgement::SignInRefused);
        let scope = error("OAUTH_SCOPE_MISMATCH", "invalid oauth scope");
        assert_eq!(judge(401, &scope), Judgement::Accept);
    }

    #[test]
    fn the_text_tells_credits_from_calls_at_once() {
        let spent = "Number of API requests for the 24 hour period is exceeded";
        let old = json!({"code": 429, "error": "TOO_MANY_REQUESTS", "details": [],
            "error_info": "Many requests fired than the allowed limit for the past 24 hours."});
        for body in [error("TOO_MANY_REQUESTS", spent), old] {
            assert_eq!(
                judge(429, &body),
                Judgement::Wait {
                    quota: DAY,
                    after: Duration::from_secs(3_600),
                    stop: true
                }
            );
        }
        for (message, limit) in [
            (
                "The concurrency limit of the user for the app is exceeded",
                CONCURRENT,
            ),
            ("The sub-concurrency limit of the org is exceeded", HEAVY),
        ] {
            let judged = judge(429, &error("TOO_MANY_REQUESTS", message));
            assert!(
                matches!(judged, Judgement::Wait { quota, stop: false, .. } if quota == limit),
                "{message}"
            );
        }
    }

    #[test]
    fn pages_and_breakdowns_are_no_verdict() {
        let request = ApiRequest::read(Method::GET, "/x");
        let transient = Judgement::Transient { after: None };
        for (status, body) in [
            (500, "{}"),
            (502, "<html>"),
            (200, "<html>"),
            (200, "{\"data\":["),
        ] {
            let judged = Rules.judge(&request, &answer(status, body));
            assert_eq!(judged, transient, "{status} {body}");
        }
        assert_eq!(
            Rules.judge(&request, &answer(204, "")),
            Judgement::Accept,
            "nothing found"
        );
    }

    #[test]
    fn what_is_left_of_the_credits_tells_at_least_how_many_there_are() {
        let announced = |left: &str| {
            let mut response = answer(200, "{}");
            let header = left.parse().unwrap();
            response.headers.insert("x-api-credits-remaining", header);
            let request = ApiRequest::read(Method::GET, "/x");
            let told = Rules.announcements(&request, &response)[0];
            (told.limit.unwrap(), told.remaining.unwrap())
        };
        assert_eq!(announced("1400000"), (2_800_000, 1_400_000));
        assert_eq!(announced("120"), (50_000, 120));
    }

    #[test]
    fn ten_records_cost_a_credit() {
        let costs: Vec<u32> = [0, 1, 10, 11, 100].map(write_credits).into();
        assert_eq!(costs, [1, 1, 1, 2, 10]);
    }
}
