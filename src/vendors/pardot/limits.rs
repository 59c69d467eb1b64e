//! The limits, and how answers are judged before anybody reads them (Account Engagement docs, "Rate limits", "Error codes &
//! messages").
//!
//! There is no `Retry-After` and no status of its own: the code in the body tells what is used up. Where it is asked for, a
//! header tells how many of the day's calls are used.

use std::sync::Arc;
use std::time::Duration;

use super::errors::{self, Problem};
use crate::transport::{
    Announcement, AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, Window,
};

/// Requests under way, of everybody in the business unit.
pub(super) const CONCURRENT: &str = "concurrent requests";
/// Requests of a minute; how many is documented nowhere, so it is only kept where an answer says it is used up.
pub(super) const MINUTE: &str = "requests of a minute";
/// Requests of a day.
pub(super) const DAY: &str = "daily requests";
/// What a request asks for whose answer is a file.
pub(super) const CSV: &str = "text/csv";

/// The smallest edition's (Growth): Plus has 50,000, Advanced and Premium 100,000.
const CALLS: u32 = 25_000;

/// The limits.
pub(super) const QUOTAS: &[QuotaSpec] = &[
    QuotaSpec {
        name: CONCURRENT,
        window: Window::Unlimited,
        shared_with_others: false,
        in_flight: Some(5),
    },
    QuotaSpec {
        name: MINUTE,
        window: Window::Unlimited,
        shared_with_others: true,
        in_flight: None,
    },
    QuotaSpec {
        name: DAY,
        // The day ends at midnight where the account lives, which no answer tells.
        window: Window::Daily {
            amount: CALLS,
            zone: None,
        },
        shared_with_others: true,
        in_flight: None,
    },
];

/// Used and allowed calls of the day, by the header: `1234/25000`.
pub(super) fn usage(response: &ApiResponse) -> Option<(u64, u64)> {
    let (used, limit) = response.header("x-api-usage")?.split_once('/')?;
    Some((used.trim().parse().ok()?, limit.trim().parse().ok()?))
}

/// Reads the answers for the transport.
struct Rules;

/// The rules.
pub(super) fn rules() -> Arc<dyn AnswerRules> {
    Arc::new(Rules)
}

impl AnswerRules for Rules {
    fn judge(&self, request: &ApiRequest, response: &ApiResponse) -> Judgement {
        let status = response.status.as_u16();
        if response.is_success() {
            return unreadable(request, response).unwrap_or(Judgement::Accept);
        }
        if let Some(problem) = errors::problem(&errors::body_of(response)) {
            return judged(status, &problem);
        }
        match status {
            401 => Judgement::SignInRefused,
            429 => Judgement::RetryAfter(response.retry_after()),
            408 | 500..=599 => Judgement::Transient {
                after: response.retry_after(),
            },
            // A maintenance page is nobody's verdict.
            _ if response.looks_like_html() => Judgement::Transient { after: None },
            _ => Judgement::Accept,
        }
    }

    fn announcements(&self, _request: &ApiRequest, response: &ApiResponse) -> Vec<Announcement> {
        let Some((used, limit)) = usage(response) else {
            return Vec::new();
        };
        let whole = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        vec![Announcement {
            limit: Some(whole(limit)),
            remaining: Some(whole(limit.saturating_sub(used))),
            ..Announcement::of(DAY)
        }]
    }
}

/// A success that is neither JSON nor the file that was asked for.
fn unreadable(request: &ApiRequest, response: &ApiResponse) -> Option<Judgement> {
    let wants_file = request.headers.iter().any(|(_, value)| value == CSV);
    let broken = !wants_file && !response.body.is_empty() && response.value().is_none();
    broken.then_some(Judgement::Transient { after: None })
}

fn judged(status: u16, problem: &Problem) -> Judgement {
    let wait = |quota, seconds, stop| Judgement::Wait {
        quota,
        after: Duration::from_secs(seconds),
        stop,
    };
    match problem.code {
        184 => Judgement::SignInRefused,
        // Another token of the same user has the same unit and the same permissions.
        46 | 181 | 201 => Judgement::Accept,
        66 => wait(CONCURRENT, 2, false),
        // A little less than the minute, which has begun before: a longer wait would end the run.
        202 => wait(MINUTE, 54, false),
        122 => wait(DAY, 3_600, true),
        85 | 116 | 120 | 121 | 183 | 214 => Judgement::Transient { after: None },
        _ if status == 401 => Judgement::SignInRefused,
        _ if status >= 500 => Judgement::Transient { after: None },
        _ => Judgement::Accept,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use reqwest::header::HeaderMap;
    use reqwest::{Method, StatusCode};
    use serde_json::json;

    use super::*;

    fn answer(status: u16, body: &str) -> ApiResponse {
        let status = StatusCode::from_u16(status).unwrap();
        ApiResponse::new(status, HeaderMap::new(), body.as_bytes().to_vec())
    }

    fn request() -> ApiRequest {
        ApiRequest::read(Method::GET, "/x").quota(DAY, 1)
    }

    fn judge(status: u16, code: u32) -> Judgement {
        let body = json!({"code": code, "message": "no"}).to_string();
        Rules.judge(&request(), &answer(status, &body))
    }

    const TRANSIENT: Judgement = Judgement::Transient { after: None };

    #[test]
    fn the_code_tells_what_is_used_up() {
        for (code, quota, seconds, stop) in [
            (66, CONCURRENT, 2, false),
            (202, MINUTE, 54, false),
            (122, DAY, 3_600, true),
        ] {
            let after = Duration::from_secs(seconds);
            assert_eq!(judge(400, code), Judgement::Wait { quota, after, stop });
            assert!(QUOTAS.iter().any(|known| known.name == quota));
        }
    }

    #[test]
    fn a_token_is_renewed_only_where_that_can_help() {
        let xml = "<rsp stat=\"fail\"><err code=\"184\">access_token is invalid</err></rsp>";
        let told = Rules.judge(&request(), &answer(400, xml));
        assert_eq!(told, Judgement::SignInRefused, "XML at a status of its own");
        assert_eq!(judge(401, 184), Judgement::SignInRefused);
        assert_eq!(judge(401, 49), Judgement::SignInRefused);
        for (status, code) in [(401, 201), (400, 181), (403, 46)] {
            assert_eq!(judge(status, code), Judgement::Accept, "{code}");
        }
    }

    #[test]
    fn pages_and_breakdowns_are_no_verdict_and_refusals_are() {
        for code in [85, 116, 120, 121, 183, 214] {
            assert_eq!(judge(400, code), TRANSIENT, "{code}");
        }
        for (status, body) in [(500, "{}"), (503, "<html>"), (403, "<html>"), (200, "{\"v")] {
            let told = Rules.judge(&request(), &answer(status, body));
            assert_eq!(told, TRANSIENT, "{status} {body}");
        }
        assert_eq!(judge(500, 1000), TRANSIENT);
        assert_eq!(judge(400, 4), Judgement::Accept);
        let empty = Rules.judge(&request(), &answer(204, ""));
        assert_eq!(empty, Judgement::Accept);
        let file = request().header("accept", CSV);
        let told = Rules.judge(&file, &answer(200, "email,error\n"));
        assert_eq!(told, Judgement::Accept, "a file");
    }

    #[test]
    fn a_header_tells_the_calls_of_the_day() {
        let announced = |text: &str| {
            let mut response = answer(200, "{}");
            response
                .headers
                .insert("x-api-usage", text.parse().unwrap());
            let told = Rules.announcements(&request(), &response);
            told.first()
                .map(|told| (told.quota, told.limit.unwrap(), told.remaining.unwrap()))
        };
        assert_eq!(announced("1234/50000"), Some((DAY, 50_000, 48_766)));
        assert_eq!(announced("26000/25000"), Some((DAY, 25_000, 0)));
        assert_eq!(announced("many"), None);
    }
}
