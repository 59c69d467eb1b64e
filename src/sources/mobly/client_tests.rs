#![allow(clippy::unwrap_used)]

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};

use super::*;
use crate::transport::{Announcement, ApiResponse, Judgement};

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> ApiResponse {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()))
        .collect();
    ApiResponse::new(
        StatusCode::from_u16(status).unwrap(),
        headers,
        body.as_bytes().to_vec(),
    )
}

fn judged(response: &ApiResponse) -> Judgement {
    limits::rules().judge(&ApiRequest::read(Method::GET, "/"), response)
}

#[test]
fn refusals_of_a_key_are_told_from_pages_of_a_firewall() {
    for (status, body) in [
        (401, r#"{"error":"Unauthorized"}"#),
        (403, r#"{"error":"Forbidden"}"#),
    ] {
        let refused = judged(&answer(status, &[], body));
        assert_eq!(refused, Judgement::SignInRefused);
        let value: Value = serde_json::from_str(body).unwrap();
        let error = errors::call_error(status, &value, CallTrace::default());
        assert!(matches!(error.kind, CallErrorKind::SignIn(_)));
    }
    let page = answer(403, &[("content-type", "text/html")], "<html>blocked");
    assert!(matches!(judged(&page), Judgement::Transient { .. }));
    let error = errors::call_error(403, &Value::String("<html>".into()), CallTrace::default());
    assert!(matches!(error.kind, CallErrorKind::NotAllowed(_)));
}

#[test]
fn a_used_up_limit_says_how_long() {
    let wait = |headers: &[(&str, &str)]| match judged(&answer(429, headers, "{}")) {
        Judgement::Wait { after, stop, .. } => (after, stop),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        wait(&[("retry-after", "7")]),
        (Duration::from_secs(7), false)
    );
    assert_eq!(
        wait(&[("retry-after", "0")]),
        (Duration::from_secs(1), false)
    );
    assert_eq!(wait(&[]), (Duration::from_secs(1), false));
    // A moment where seconds belong.
    assert_eq!(
        wait(&[("retry-after", "1795000000")]),
        (Duration::from_secs(1), false)
    );
}

#[test]
fn the_bucket_is_what_the_key_has() {
    let told = |headers: &[(&str, &str)]| {
        limits::rules().announcements(
            &ApiRequest::read(Method::GET, "/"),
            &answer(200, headers, "{}"),
        )
    };
    let date = ("date", "Fri, 20 Nov 2026 09:00:00 GMT");
    let full_at = jiff::civil::date(2026, 11, 20).at(9, 0, 16, 0);
    let full_at = full_at
        .to_zoned(jiff::tz::TimeZone::UTC)
        .unwrap()
        .timestamp()
        .as_second()
        .to_string();
    let headers = [
        date,
        ("x-ratelimit-limit", "40"),
        ("x-ratelimit-remaining", "8"),
        ("x-ratelimit-reset", full_at.as_str()),
    ];
    // 32 tokens come back in 16 seconds: two a second, the whole bucket in 20.
    assert_eq!(
        told(&headers),
        [Announcement {
            limit: Some(40),
            remaining: Some(8),
            interval: Some(Duration::from_secs(20)),
            ..Announcement::of(limits::BUCKET)
        }]
    );
    let nearly_full = told(&[
        date,
        ("x-ratelimit-limit", "40"),
        ("x-ratelimit-remaining", "39"),
    ]);
    assert_eq!(nearly_full[0].interval, None);
    assert_eq!(told(&[]), []);
}

#[test]
fn ids_are_one_part_of_a_path() {
    assert_eq!(lead_path("a/b ?c"), "/api/v0/leads/a%2Fb%20%3Fc");
    let (path, key) = place(&Listing::EventLeads("7".to_owned()));
    assert_eq!(
        (path.as_str(), key),
        ("/api/v0/events/7/leads", "eventLeads")
    );
}
