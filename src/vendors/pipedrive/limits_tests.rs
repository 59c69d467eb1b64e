#![allow(clippy::unwrap_used)]
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use super::*;

const JSON: &str = r#"{"success":false,"error":"Rate limit exceeded","errorCode":429}"#;

fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> ApiResponse {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().unwrap());
    }
    let status = StatusCode::from_u16(status).unwrap();
    ApiResponse::new(status, map, body.as_bytes().to_vec())
}

fn read() -> ApiRequest {
    ApiRequest::read(Method::GET, "/api/v2/persons")
}

fn wait(judged: Judgement) -> (&'static str, u64, bool) {
    match judged {
        Judgement::Wait { quota, after, stop } => (quota, after.as_secs(), stop),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_burst_waits_for_the_seconds_told() {
    let judged = |request: ApiRequest, headers: &[(&'static str, &str)]| {
        wait(Rules.judge(&request, &answer(429, headers, JSON)))
    };
    let list = || charged(read(), cost::LIST);
    assert_eq!(
        judged(list(), &[("x-ratelimit-reset", "2")]),
        (BURST, 2, false)
    );
    assert_eq!(judged(list(), &[]), (BURST, 2, false));
    assert_eq!(
        judged(searched(read()), &[("x-ratelimit-reset", "1")]),
        (SEARCH, 1, false)
    );
    // A moment taken for seconds would wait for half a century.
    assert_eq!(
        judged(list(), &[("x-ratelimit-reset", "1795341600")]),
        (BURST, 2, false)
    );
}

#[test]
fn the_days_tokens_end_the_run_until_midnight() {
    let judged = |headers: &[(&'static str, &str)], body: &str| {
        wait(Rules.judge(&charged(read(), cost::LIST), &answer(429, headers, body)))
    };
    let spent = ("x-daily-ratelimit-token-remaining", "0");
    let date = ("date", "Sun, 22 Nov 2026 22:30:00 GMT");
    assert_eq!(judged(&[spent, date], JSON), (DAY, 5_400, true));
    assert_eq!(judged(&[spent], JSON), (DAY, 3_600, true));
    assert_eq!(
        judged(&[("x-ratelimit-reset", "7200")], JSON),
        (DAY, 7_200, true)
    );
    assert_eq!(
        judged(
            &[date],
            r#"{"success":false,"error":"Daily token budget exceeded"}"#
        ),
        (DAY, 5_400, true)
    );
    // Tokens are left: it is the burst.
    let left = ("x-daily-ratelimit-token-remaining", "120");
    assert_eq!(
        judged(&[left, ("x-ratelimit-reset", "2")], JSON),
        (BURST, 2, false)
    );
}

#[test]
fn a_page_with_403_is_a_block_and_json_a_verdict() {
    let judged = |body: &str| Rules.judge(&read(), &answer(403, &[], body));
    assert_eq!(
        wait(judged("<html>Sorry, you have been blocked</html>")),
        (BURST, 300, false)
    );
    let capped = r#"{"success":false,"error":"Scope and URL mismatch"}"#;
    assert_eq!(judged(capped), Judgement::Accept);
}

#[test]
fn breakdowns_are_no_verdict() {
    let transient = Judgement::Transient { after: None };
    for (status, body) in [
        (500, "{}"),
        (503, "{}"),
        (200, "<html>"),
        (200, "{\"data\":["),
    ] {
        assert_eq!(
            Rules.judge(&read(), &answer(status, &[], body)),
            transient,
            "{status} {body}"
        );
    }
    assert_eq!(
        Rules.judge(&read(), &answer(401, &[], "{}")),
        Judgement::SignInRefused
    );
    for status in [200, 201, 400, 402, 404, 410] {
        assert_eq!(
            Rules.judge(&read(), &answer(status, &[], "{}")),
            Judgement::Accept
        );
    }
}

#[test]
fn headers_tell_the_plans_own_limits() {
    let told = |request: ApiRequest, headers: &[(&'static str, &str)]| {
        Rules.announcements(&request, &answer(200, headers, "{}"))
    };
    let headers = [
        ("x-ratelimit-limit", "80"),
        ("x-ratelimit-remaining", "79"),
        ("x-daily-ratelimit-token-limit", "60000"),
        ("x-daily-ratelimit-token-remaining", "59990"),
    ];
    let list = told(read(), &headers);
    assert_eq!(
        (list[0].quota, list[0].limit, list[0].interval),
        (BURST, Some(80), Some(Duration::from_secs(2)))
    );
    assert_eq!(
        (list[1].quota, list[1].limit, list[1].remaining),
        (DAY, Some(60_000), Some(59_990))
    );
    let search = told(searched(read()), &headers);
    assert_eq!(search.len(), 1, "a search's burst is another one");
    let only_left = told(read(), &headers[3..]);
    assert_eq!(only_left[0].limit, Some(59_990));
    let less = told(read(), &[("x-daily-ratelimit-token-remaining", "120")]);
    assert_eq!((less[0].limit, less[0].remaining), (None, Some(120)));
}

#[test]
fn costs_are_those_of_the_description() {
    let search = searched(read());
    assert_eq!(search.costs, [(SEARCH, 1), (BURST, 1), (DAY, 20)]);
    assert_eq!(charged(read(), cost::WRITE).costs, [(BURST, 1), (DAY, 5)]);
}
