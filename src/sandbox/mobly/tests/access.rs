use std::time::Duration;

use serde_json::json;

use super::{KEY, Organization, error, options, organization, says};
use crate::sandbox::test_client::Answer;
use crate::sandbox::{RateMode, SandboxOptions};

#[tokio::test]
async fn a_key_is_needed_and_must_be_known() {
    let organization = Organization::with(SandboxOptions {
        tokens: vec![KEY.to_owned()],
        ..options()
    })
    .await;
    let none = organization.with_key("events", None).await;
    assert_eq!(error(&none), (401, json!({"error": "Unauthorized"})));
    let strange = organization.with_key("events", Some("other")).await;
    assert_eq!(error(&strange), (403, json!({"error": "Forbidden"})));
    assert_eq!(organization.read("events").await.status, 200);
    organization.admin("keys/revoke", json!({"key": KEY}));
    assert_eq!(organization.read("events").await.status, 403);
    organization.admin("keys/accept", json!({"key": "other"}));
    let other = organization.with_key("events", Some("other")).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn what_there_is_not_is_not_found() {
    let organization = organization().await;
    for (path, text) in [
        ("nonsense", "Not found"),
        (
            "leads/8d3c3a52-0000-4000-8000-000000000000",
            "Lead not found",
        ),
        ("events/77", "Event not found"),
        ("events/77/leads", "Event not found"),
        ("events/77/users", "Event not found"),
        ("activations/x", "Not found"),
        ("tagGroups/x", "Not found"),
        ("leadActivityEvents/x", "Not found"),
        ("industryEvents/x", "Not found"),
    ] {
        let answer = organization.read(path).await;
        assert_eq!(error(&answer), says(404, text), "{path}");
    }
    assert_eq!(organization.get("/leads").await.status, 404);
}

fn standing(answer: &Answer) -> [Option<i64>; 4] {
    [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "retry-after",
    ]
    .map(|name| {
        let value = answer.headers.get(name)?;
        value.to_str().unwrap().parse().ok()
    })
}

async fn limited() -> Organization {
    Organization::with(SandboxOptions {
        rate: RateMode::Vendor,
        ..options()
    })
    .await
}

#[tokio::test]
async fn twenty_at_once_and_one_a_second() {
    let organization = limited().await;
    let [limit, remaining, first_reset, wait] = standing(&organization.read("leads").await);
    assert_eq!((limit, remaining, wait), (Some(20), Some(19), None));
    for _ in 1..20 {
        assert_eq!(organization.read("leads").await.status, 200);
    }
    let refused = organization.read("leads").await;
    assert_eq!(error(&refused), says(429, "Too Many Requests"));
    let [limit, remaining, reset, wait] = standing(&refused);
    assert_eq!((limit, remaining, wait), (Some(20), Some(0), Some(1)));
    assert_eq!(reset.unwrap() - first_reset.unwrap(), 19);
    organization.sandbox.advance(Duration::from_millis(999));
    assert_eq!(organization.read("leads").await.status, 429);
    organization.sandbox.advance(Duration::from_millis(1));
    assert_eq!(organization.read("leads").await.status, 200);
    organization.sandbox.advance(Duration::from_secs(60));
    let [_, remaining, ..] = standing(&organization.read("leads").await);
    assert_eq!(remaining, Some(19));
    assert_eq!(
        (organization.stat("refused"), organization.stat("limited")),
        (json!(2), json!(2))
    );
}

#[tokio::test]
async fn a_request_without_a_good_key_costs_nothing() {
    let organization = limited().await;
    for _ in 0..30 {
        let answer = organization.with_key("leads", None).await;
        assert_eq!((answer.status, standing(&answer)), (401, [None; 4]));
    }
    let missing = organization.read("leads/x").await;
    assert_eq!((missing.status, standing(&missing)), (404, [None; 4]));
    let [_, remaining, ..] = standing(&organization.read("leads").await);
    assert_eq!(remaining, Some(18), "what is not found costs, too");
}

#[tokio::test]
async fn a_key_may_have_a_bucket_of_its_own() {
    let organization = limited().await;
    let own = json!({"key": KEY, "max_tokens": 2, "refill_rate": 0.1});
    organization.admin("limits", own);
    for expected in [200, 200, 429] {
        assert_eq!(organization.read("leads").await.status, expected);
    }
    let [limit, _, _, wait] = standing(&organization.read("leads").await);
    assert_eq!((limit, wait), (Some(2), Some(10)));
    let other = organization.with_key("leads", Some("other")).await;
    assert_eq!(standing(&other)[0], Some(20));
    organization.admin("limits", json!({"key": KEY, "off": true}));
    let free = organization.read("leads").await;
    assert_eq!((free.status, standing(&free)), (200, [None; 4]));
}

#[tokio::test]
async fn an_injected_refusal_tells_to_wait_and_is_not_ours() {
    let organization = organization().await;
    organization.admin("faults", json!({"faults": ["429=1"]}));
    let refused = organization.read("leads").await;
    assert_eq!((refused.status, standing(&refused)[3]), (429, Some(1)));
    assert_eq!(
        (organization.stat("refused"), organization.stat("limited")),
        (json!(0), json!(0))
    );
}

#[tokio::test]
async fn requests_are_remembered_with_their_time() {
    let organization = limited().await;
    organization.read("leads").await;
    organization.sandbox.advance(Duration::from_secs(3));
    organization.read("tagGroups?sort=name&limit=5").await;
    let requests = organization.look("requests");
    let shown: Vec<_> = requests["requests"].as_array().unwrap().iter().collect();
    assert_eq!(
        shown,
        [
            &json!({"at_ms": 0, "kind": "leads", "method": "GET", "status": 200}),
            &json!({"at_ms": 3_000, "kind": "tag_groups", "method": "GET", "status": 200}),
        ]
    );
    assert_eq!(requests["by_kind"]["leads"], json!({"200": 1}));
    assert_eq!(
        organization.stat("unknown_parameter_names"),
        json!({"sort": 1})
    );
    organization.admin("requests/reset", json!({}));
    assert_eq!(organization.stat("unknown_parameters"), 0);
}
