//! HubSpot's limits, and how its answers are judged before anybody reads them (HubSpot docs, "API usage guidelines" and
//! "Error handling").

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::transport::{
    Announcement, AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, Window,
};

/// The rolling ten seconds of one app.
pub(super) const BURST: &str = "10-second window";
/// Searches a second, shared by all of the account's apps; announced by no header.
pub(super) const SEARCH: &str = "search limit";
/// Calls a day.
pub(super) const DAY: &str = "daily limit";

/// The lowest plan's limits; headers raise them (Professional: 190 in ten seconds, 625,000 a day).
pub(super) const QUOTAS: &[QuotaSpec] = &[
    QuotaSpec {
        name: BURST,
        window: Window::Sliding {
            amount: 100,
            per: Duration::from_secs(10),
        },
        shared_with_others: false,
        // HubSpot documents no limit on requests in flight; this bounds ours.
        in_flight: Some(24),
    },
    QuotaSpec {
        name: SEARCH,
        window: Window::PerSecond { amount: 5 },
        shared_with_others: true,
        in_flight: Some(8),
    },
    QuotaSpec {
        name: DAY,
        window: Window::Daily {
            amount: 250_000,
            zone: None,
        },
        shared_with_others: true,
        in_flight: None,
    },
];

/// A `Retry-After` beyond this is in other units or nonsense (milliseconds have been seen).
const PLAUSIBLE_WAIT: Duration = Duration::from_secs(600);

/// Reads HubSpot's answers for the transport.
struct Rules;

/// HubSpot's rules.
pub(super) fn rules() -> Arc<dyn AnswerRules> {
    Arc::new(Rules)
}

impl AnswerRules for Rules {
    fn judge(&self, request: &ApiRequest, response: &ApiResponse) -> Judgement {
        match response.status.as_u16() {
            429 => limited(request, response),
            401 => Judgement::SignInRefused,
            423 => {
                Judgement::RetryAfter(Some(plausible(response).unwrap_or(Duration::from_secs(2))))
            }
            // The account is moving between data centres; HubSpot says when it is back, up to a day.
            477 => Judgement::RetryAfter(response.retry_after()),
            408 | 500..=599 => Judgement::Transient {
                after: plausible(response),
            },
            // A proxy's or a captive portal's page is nobody's verdict.
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
        let searched = request.costs.iter().any(|(quota, _)| *quota == SEARCH);
        let (limit, remaining) = (
            number("x-hubspot-ratelimit-max"),
            number("x-hubspot-ratelimit-remaining"),
        );
        if !searched && (limit.is_some() || remaining.is_some()) {
            let interval = response
                .number("x-hubspot-ratelimit-interval-milliseconds")
                .map(Duration::from_millis);
            told.push(Announcement {
                limit,
                remaining,
                interval,
                ..Announcement::of(BURST)
            });
        }
        let (limit, remaining) = (
            number("x-hubspot-ratelimit-daily"),
            number("x-hubspot-ratelimit-daily-remaining"),
        );
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
        response
            .header("x-hubspot-correlation-id")
            .map(str::to_owned)
            .or_else(|| {
                // Only refusals carry it in the body, and only those are worth the reading.
                let body = (!response.is_success())
                    .then(|| response.value())
                    .flatten()?;
                body["correlationId"].as_str().map(str::to_owned)
            })
    }
}

fn plausible(response: &ApiResponse) -> Option<Duration> {
    response
        .retry_after()
        .filter(|wait| *wait <= PLAUSIBLE_WAIT)
}

/// A 429 tells by its policy which limit was met.
fn limited(request: &ApiRequest, response: &ApiResponse) -> Judgement {
    let body = response.value().unwrap_or(Value::Null);
    let policy = body["policyName"]
        .as_str()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let message = body["message"]
        .as_str()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let searched = request.costs.iter().any(|(quota, _)| *quota == SEARCH);
    let told = plausible(response);
    match () {
        () if policy == "DAILY" || message.contains("daily limit") => Judgement::Wait {
            quota: DAY,
            after: told.unwrap_or(Duration::from_secs(3_600)),
            stop: true,
        },
        () if policy == "SECONDLY"
            || message.contains("secondly limit") && !message.contains("ten_secondly")
            || searched =>
        {
            let quota = if searched { SEARCH } else { BURST };
            Judgement::Wait {
                quota,
                after: told.unwrap_or(Duration::from_secs(1)),
                stop: false,
            }
        }
        () => Judgement::Wait {
            quota: BURST,
            after: told.unwrap_or(Duration::from_secs(10)),
            stop: false,
        },
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

    fn judge(status: u16, headers: &[(&'static str, &str)], body: &str) -> Judgement {
        let request = ApiRequest::read(Method::GET, "/x").quota(BURST, 1);
        Rules.judge(&request, &answer(status, headers, body))
    }

    #[test]
    fn each_policy_blocks_its_own_limit() {
        let body = |policy: &str| {
            format!(r#"{{"status":"error","policyName":"{policy}","errorType":"RATE_LIMIT"}}"#)
        };
        let wait = |judgement| match judgement {
            Judgement::Wait { quota, after, stop } => (quota, after.as_secs(), stop),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            wait(judge(429, &[], &body("TEN_SECONDLY_ROLLING"))),
            (BURST, 10, false)
        );
        assert_eq!(wait(judge(429, &[], &body("SECONDLY"))), (BURST, 1, false));
        assert_eq!(wait(judge(429, &[], &body("DAILY"))), (DAY, 3_600, true));
        assert_eq!(
            wait(judge(429, &[("retry-after", "4")], "")),
            (BURST, 4, false)
        );
        // Milliseconds taken for seconds would stop a run for an hour.
        assert_eq!(
            wait(judge(429, &[("retry-after", "9500")], "")),
            (BURST, 10, false)
        );
    }

    #[test]
    fn answers_without_a_verdict_are_told_from_refusals() {
        assert_eq!(judge(503, &[], ""), Judgement::Transient { after: None });
        assert_eq!(
            judge(200, &[("content-type", "text/html")], "<html>"),
            Judgement::Transient { after: None }
        );
        assert_eq!(
            judge(200, &[], "{\"broken"),
            Judgement::Transient { after: None }
        );
        assert_eq!(judge(400, &[], "{}"), Judgement::Accept);
        assert_eq!(judge(207, &[], "{}"), Judgement::Accept);
        assert_eq!(judge(204, &[], ""), Judgement::Accept);
        assert_eq!(judge(401, &[], "{}"), Judgement::SignInRefused);
        assert_eq!(
            judge(423, &[], "{}"),
            Judgement::RetryAfter(Some(Duration::from_secs(2)))
        );
    }

    #[test]
    fn headers_announce_the_plans_own_limits() {
        let request = ApiRequest::read(Method::GET, "/x").quota(BURST, 1);
        let told = Rules.announcements(
            &request,
            &answer(
                200,
                &[
                    ("x-hubspot-ratelimit-max", "190"),
                    ("x-hubspot-ratelimit-remaining", "150"),
                    ("x-hubspot-ratelimit-interval-milliseconds", "10000"),
                ],
                "{}",
            ),
        );
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].limit, told[0].remaining), (Some(190), Some(150)));
    }
}
