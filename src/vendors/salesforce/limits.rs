//! Salesforce's limits, and how its answers are judged before anybody reads them (App limits cheat sheet; REST API guide,
//! "Status codes and error responses").
//!
//! There is no 429 and no `Retry-After`: a used-up limit is 403 with `REQUEST_LIMIT_EXCEEDED`, and what is used so far
//! stands in a header of every answer.

use std::sync::Arc;
use std::time::Duration;

use super::errors;
use crate::transport::{
    Announcement, AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, TransportError,
    Window,
};

/// Calls in any 24 hours, shared by all of the org's integrations.
pub(super) const DAY: &str = "daily limit";
/// Calls under way: orgs allow 5 (trial, Developer Edition) or 25 long ones.
pub(super) const CONCURRENT: &str = "concurrent limit";
/// Writes under way: they lock rows, and two rarely meet.
pub(super) const WRITES: &str = "writes at a time";

/// The longest a call runs (App limits cheat sheet, "10 minutes"); its triggers may use all of it.
const LONGEST_CALL: Duration = Duration::from_secs(600);
/// How long a write's answer is waited for: longer than any call runs, so that our own giving up leaves nothing open.
pub(super) const PATIENCE: Duration = Duration::from_secs(610);
/// A request that was out for longer when it was lost was a slow one.
const SLOW: Duration = Duration::from_secs(30);
/// What a request of the usual kind needs to end without us.
const USUAL: Duration = Duration::from_secs(2);

/// How much longer Salesforce may be at a request whose answer was lost. A connection that breaks, and a gateway that gives
/// up, end our waiting, not the triggers' work.
pub(super) fn may_run(error: &TransportError) -> Duration {
    match error {
        TransportError::OutcomeUnknown { took, .. } if *took >= SLOW => {
            LONGEST_CALL.saturating_sub(*took).max(USUAL)
        }
        TransportError::OutcomeUnknown { .. } => USUAL,
        _ => Duration::ZERO,
    }
}

/// The smallest org's limits; the header raises the day's (100,000 and more in paid editions).
pub(super) const QUOTAS: &[QuotaSpec] = &[
    QuotaSpec {
        name: WRITES,
        window: Window::Unlimited,
        shared_with_others: false,
        in_flight: Some(2),
    },
    QuotaSpec {
        name: CONCURRENT,
        window: Window::Unlimited,
        shared_with_others: true,
        in_flight: Some(4),
    },
    QuotaSpec {
        name: DAY,
        // The day rolls; counting it from midnight errs on the careful side, and the header corrects it at every answer.
        window: Window::Daily {
            amount: 15_000,
            zone: None,
        },
        shared_with_others: true,
        in_flight: None,
    },
];

/// Reads Salesforce's answers for the transport.
struct Rules;

/// Salesforce's rules.
pub(super) fn rules() -> Arc<dyn AnswerRules> {
    Arc::new(Rules)
}

impl AnswerRules for Rules {
    fn judge(&self, _request: &ApiRequest, response: &ApiResponse) -> Judgement {
        let status = response.status.as_u16();
        let problem = || errors::first(&response.value().unwrap_or_default());
        match status {
            401 if errors::is_final(&response.text()) => Judgement::Accept,
            401 => Judgement::SignInRefused,
            403 if response.text().contains("Bad_OAuth_Token") => Judgement::SignInRefused,
            403 | 429 => match problem() {
                Some(problem) if problem.code == "REQUEST_LIMIT_EXCEEDED" => {
                    limited(&problem.message)
                }
                _ if status == 429 => Judgement::RetryAfter(response.retry_after()),
                _ => Judgement::Accept,
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
        let Some((used, limit)) = response.header("sforce-limit-info").and_then(usage) else {
            return Vec::new();
        };
        vec![Announcement {
            limit: Some(limit),
            remaining: Some(limit.saturating_sub(used)),
            ..Announcement::of(DAY)
        }]
    }

    fn correlation(&self, response: &ApiResponse) -> Option<String> {
        response.header("x-request-id").map(str::to_owned)
    }
}

/// `api-usage=18/5000; per-app-api-usage=17/250(appName=x)`: used and allowed, of the org.
fn usage(header: &str) -> Option<(u32, u32)> {
    let part = header
        .split([';', ','])
        .find_map(|part| part.trim().strip_prefix("api-usage="))?;
    let (used, limit) = part.split_once('/')?;
    let digits: String = limit.chars().take_while(char::is_ascii_digit).collect();
    Some((used.trim().parse().ok()?, digits.parse().ok()?))
}

/// Too many long calls pass in seconds; the day's calls come back within 24 hours, bit by bit.
fn limited(message: &str) -> Judgement {
    if message.to_lowercase().contains("concurrent") {
        Judgement::Wait {
            quota: CONCURRENT,
            after: Duration::from_secs(5),
            stop: false,
        }
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

    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> ApiResponse {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        ApiResponse::new(
            StatusCode::from_u16(status).unwrap(),
            map,
            body.as_bytes().to_vec(),
        )
    }

    fn judge(status: u16, body: &str) -> Judgement {
        let request = ApiRequest::read(Method::GET, "/x").quota(DAY, 1);
        Rules.judge(&request, &answer(status, &[], body))
    }

    #[test]
    fn a_session_is_renewed_only_where_that_can_help() {
        let body = |message: &str| {
            format!(r#"[{{"message":"{message}","errorCode":"INVALID_SESSION_ID"}}]"#)
        };
        assert_eq!(
            judge(401, &body("Session expired or invalid")),
            Judgement::SignInRefused
        );
        for message in [
            "Connected app is not attached to Agent",
            "This session is not valid for use with the REST API",
        ] {
            assert_eq!(judge(401, &body(message)), Judgement::Accept, "{message}");
        }
        let header = r#"[{"message":"INVALID_HEADER_TYPE","errorCode":"INVALID_AUTH_HEADER"}]"#;
        assert_eq!(judge(401, header), Judgement::Accept);
    }

    #[test]
    fn the_days_limit_stops_and_too_many_calls_at_once_pass() {
        let body = |message: &str| {
            format!(r#"[{{"message":"{message}","errorCode":"REQUEST_LIMIT_EXCEEDED"}}]"#)
        };
        assert_eq!(
            judge(403, &body("TotalRequests Limit exceeded.")),
            Judgement::Wait {
                quota: DAY,
                after: Duration::from_secs(3_600),
                stop: true
            }
        );
        let busy = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
        for message in [busy, "ConcurrentPerOrgLongTxn Limit exceeded."] {
            assert!(
                matches!(judge(403, &body(message)), Judgement::Wait { quota, stop: false, .. } if quota == CONCURRENT)
            );
        }
        let other = r#"[{"message":"no","errorCode":"API_DISABLED_FOR_ORG"}]"#;
        assert_eq!(judge(403, other), Judgement::Accept);
    }

    #[test]
    fn pages_and_breakdowns_are_no_verdict() {
        assert_eq!(judge(503, "<html>"), Judgement::Transient { after: None });
        assert_eq!(
            judge(200, "<!doctype html>Maintenance"),
            Judgement::Transient { after: None }
        );
        assert_eq!(
            judge(200, "[{\"id\":"),
            Judgement::Transient { after: None }
        );
        assert_eq!(
            judge(300, "[\"/services/data/v66.0/x\"]"),
            Judgement::Accept
        );
        assert_eq!(judge(204, ""), Judgement::Accept);
    }

    #[test]
    fn every_answer_tells_how_much_of_the_day_is_used() {
        assert_eq!(usage("api-usage=18/5000"), Some((18, 5_000)));
        assert_eq!(
            usage("per-app-api-usage=17/250(appName=x); api-usage=9/100000"),
            Some((9, 100_000))
        );
        assert_eq!(usage("nothing"), None);
        let request = ApiRequest::read(Method::GET, "/x").quota(DAY, 1);
        let told = Rules.announcements(
            &request,
            &answer(200, &[("sforce-limit-info", "api-usage=18/5000")], "{}"),
        );
        assert_eq!(
            (told[0].limit, told[0].remaining),
            (Some(5_000), Some(4_982))
        );
    }

    #[test]
    fn a_slow_request_is_open_for_ten_minutes_and_a_quick_one_for_a_moment() {
        let lost = |seconds| {
            may_run(&TransportError::OutcomeUnknown {
                detail: "the connection broke".into(),
                status: None,
                took: Duration::from_secs(seconds),
            })
        };
        assert_eq!(lost(1), USUAL);
        assert_eq!(lost(120), Duration::from_secs(480));
        // Whoever waited for as long as a call may run has nothing left to wait for.
        assert_eq!(lost(PATIENCE.as_secs()), USUAL);
        let refused = TransportError::NotSent {
            detail: "no such host".into(),
        };
        assert_eq!(may_run(&refused), Duration::ZERO);
    }
}
