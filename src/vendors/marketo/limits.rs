//! Marketo's limits, and how its answers are judged before anybody reads them (Adobe docs, "REST API", "Error codes").
//!
//! A limit that is used up is HTTP 200 with a code, and no header tells what is left. All integrations of an instance share
//! the limits.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::errors::Envelope;
use crate::transport::{AnswerRules, ApiRequest, ApiResponse, Judgement, QuotaSpec, Window};

/// 100 calls in any 20 seconds.
pub(super) const RATE: &str = "20-second window";
/// Ten calls under way; Adobe recommends at most five.
pub(super) const CONCURRENT: &str = "concurrency limit";
/// Calls of a day, which ends at midnight in Chicago ("CST").
pub(super) const DAY: &str = "daily quota";
/// What most instances have.
pub(super) const CALLS: u32 = 50_000;
/// Where the day ends.
pub(super) const ZONE: &str = "America/Chicago";

/// The limits of an instance.
pub(super) const QUOTAS: &[QuotaSpec] = &[
    QuotaSpec {
        name: CONCURRENT,
        window: Window::Unlimited,
        shared_with_others: false,
        in_flight: Some(5),
    },
    QuotaSpec {
        name: RATE,
        window: Window::Sliding {
            amount: 100,
            per: Duration::from_secs(20),
        },
        shared_with_others: true,
        in_flight: None,
    },
    QuotaSpec {
        name: DAY,
        window: Window::Daily {
            amount: CALLS,
            zone: Some(ZONE),
        },
        shared_with_others: true,
        in_flight: None,
    },
];

/// What a code of a refused call means for sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The token is refused.
    SignIn,
    /// Too many calls in 20 seconds.
    Rate,
    /// The day's calls are used up.
    Day,
    /// Too many calls at once.
    Concurrent,
    /// An answer that stays.
    Final,
    /// Something of Marketo's own, or a code nobody knows: may pass.
    Passing,
}

impl Meaning {
    pub(super) fn of(code: &str) -> Self {
        match code.parse::<u32>() {
            Ok(600..=602) => Self::SignIn,
            Ok(606) => Self::Rate,
            Ok(607) => Self::Day,
            Ok(615) => Self::Concurrent,
            Ok(502 | 604 | 608 | 611 | 614 | 713 | 719) => Self::Passing,
            Ok(603 | 605 | 609 | 610 | 612 | 613 | 616 | 701..=718) => Self::Final,
            // Imports that run, lists that are being changed.
            Ok(1016 | 1019 | 1020 | 1029) => Self::Passing,
            Ok(1001..=1079) => Self::Final,
            Ok(_) | Err(_) => Self::Passing,
        }
    }
}

/// When the day of the quota ends.
pub(super) fn day_ends(now: Timestamp) -> Option<Timestamp> {
    let zone = TimeZone::get(ZONE).ok()?;
    let today = now.to_zoned(zone);
    Some(today.tomorrow().ok()?.start_of_day().ok()?.timestamp())
}

/// Reads Marketo's answers for the transport.
struct Rules;

/// Marketo's rules.
pub(super) fn rules() -> Arc<dyn AnswerRules> {
    Arc::new(Rules)
}

impl AnswerRules for Rules {
    fn judge(&self, _request: &ApiRequest, response: &ApiResponse) -> Judgement {
        let transient = Judgement::Transient {
            after: response.retry_after(),
        };
        match response.status.as_u16() {
            401 => Judgement::SignInRefused,
            429 => wait(RATE, response.retry_after().unwrap_or(WINDOW)),
            408 | 500..=599 => transient,
            200..=299 if response.body.is_empty() || response.looks_like_html() => transient,
            // Only the envelope is read: the result is skipped.
            200..=299 => match response.json::<Envelope>() {
                Err(_) => transient,
                Ok(envelope) => envelope.problem().map_or(Judgement::Accept, |problem| {
                    match Meaning::of(&problem.code) {
                        Meaning::SignIn => Judgement::SignInRefused,
                        Meaning::Rate => wait(RATE, WINDOW),
                        Meaning::Concurrent => wait(CONCURRENT, Duration::from_secs(2)),
                        Meaning::Day => Judgement::Wait {
                            quota: DAY,
                            after: until_day_ends(response),
                            stop: true,
                        },
                        Meaning::Final => Judgement::Accept,
                        Meaning::Passing => transient,
                    }
                }),
            },
            _ => Judgement::Accept,
        }
    }

    fn correlation(&self, response: &ApiResponse) -> Option<String> {
        #[derive(serde::Deserialize)]
        struct Named {
            #[serde(rename = "requestId")]
            request_id: String,
        }
        response.json::<Named>().ok().map(|named| named.request_id)
    }
}

const WINDOW: Duration = Duration::from_secs(20);

fn wait(quota: &'static str, after: Duration) -> Judgement {
    Judgement::Wait {
        quota,
        after,
        stop: false,
    }
}

/// By the clock of the answer itself; an hour where it has none.
fn until_day_ends(response: &ApiResponse) -> Duration {
    let now = response
        .header("date")
        .and_then(|text| jiff::fmt::rfc2822::parse(text).ok())
        .map(|time| time.timestamp());
    now.and_then(|now| Duration::try_from(day_ends(now)?.duration_since(now)).ok())
        .unwrap_or(Duration::from_secs(3_600))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use reqwest::header::HeaderMap;
    use reqwest::{Method, StatusCode};
    use serde_json::{Value, json};

    use super::*;

    fn judge_text(status: u16, body: &str) -> Judgement {
        let mut response = ApiResponse::new(
            StatusCode::from_u16(status).unwrap(),
            HeaderMap::new(),
            body.as_bytes().to_vec(),
        );
        let date = "Sun, 22 Nov 2026 23:30:00 GMT".parse().unwrap();
        response.headers.insert("date", date);
        Rules.judge(&ApiRequest::read(Method::GET, "/x"), &response)
    }

    fn judge(code: &Value) -> Judgement {
        let body = json!({"requestId": "e42b#14272d07d78", "success": false,
            "errors": [{"code": code, "message": "no"}]});
        judge_text(200, &body.to_string())
    }

    #[test]
    fn refusals_within_http_200_are_seen() {
        let transient = Judgement::Transient { after: None };
        for (code, expected) in [
            (json!("601"), Judgement::SignInRefused),
            (json!(602), Judgement::SignInRefused),
            (json!("606"), wait(RATE, Duration::from_secs(20))),
            (json!("615"), wait(CONCURRENT, Duration::from_secs(2))),
            (json!("603"), Judgement::Accept),
            (json!("610"), Judgement::Accept),
            (json!("1018"), Judgement::Accept),
            (json!("604"), transient),
            (json!("611"), transient),
            (json!(713), transient),
            (json!("4711"), transient),
            (Value::Null, transient),
        ] {
            assert_eq!(judge(&code), expected, "{code}");
        }
    }

    #[test]
    fn the_day_ends_at_midnight_in_chicago() {
        // 17:30 there.
        assert_eq!(
            judge(&json!("607")),
            Judgement::Wait {
                quota: DAY,
                after: Duration::from_secs(6 * 3_600 + 1_800),
                stop: true
            }
        );
    }

    #[test]
    fn only_an_answer_that_says_so_is_a_refusal() {
        let row = r#"{"success":true,"errors":[],"result":[{"status":"skipped","reasons":[{"code":"606"}]}]}"#;
        assert_eq!(judge_text(200, row), Judgement::Accept);
        let transient = Judgement::Transient { after: None };
        for (status, body) in [
            (200, ""),
            (200, "<html>"),
            (200, "{\"success\":tr"),
            (502, "{}"),
        ] {
            assert_eq!(judge_text(status, body), transient, "{status} {body}");
        }
        assert_eq!(judge_text(413, ""), Judgement::Accept, "sent by half");
        assert_eq!(judge_text(401, "{}"), Judgement::SignInRefused);
    }
}
