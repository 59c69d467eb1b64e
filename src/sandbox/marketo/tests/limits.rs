use std::time::Duration;

use serde_json::{Value, json};

use super::{Instance, code, failure, instance, lead, options, rows};
use crate::sandbox::{RateMode, SandboxOptions};

async fn with_fault(fault: &str) -> Instance {
    Instance::with(SandboxOptions {
        faults: vec![fault.parse().unwrap()],
        ..options()
    })
    .await
}

#[tokio::test]
async fn a_hundred_calls_in_twenty_seconds() {
    let instance = Instance::with(SandboxOptions {
        rate: RateMode::Vendor,
        ..options()
    })
    .await;
    for _ in 0..100 {
        assert_eq!(
            instance.read("leads/partitions.json").await.body["success"],
            true
        );
    }
    let refused = instance.read("leads/partitions.json").await;
    let text = "Max rate limit '100' exceeded with in '20' secs";
    assert_eq!(failure(&refused), (200, "606".to_owned(), text.to_owned()));
    assert_eq!(refused.headers.get("retry-after"), None);
    instance.pass(19);
    assert_eq!(code(&instance.read("leads/partitions.json").await), "606");
    instance.pass(1);
    assert_eq!(
        instance.read("leads/partitions.json").await.body["success"],
        true
    );
    assert_eq!(
        (instance.stat("api_calls"), instance.stat("limited")),
        (json!(101), json!(2))
    );
}

#[tokio::test]
async fn the_daily_quota_ends_at_midnight_cst() {
    let instance = Instance::with(SandboxOptions {
        daily_limit: Some(3),
        ..options()
    })
    .await;
    assert_eq!(code(&instance.read("leads.json").await), "1002");
    instance.read("leads/partitions.json").await;
    let usage = instance.read("stats/usage.json").await.body;
    assert_eq!(
        (
            &usage["result"][0]["total"],
            &usage["result"][0]["users"][0]["count"]
        ),
        (&json!(3), &json!(3))
    );
    let refused = instance.read("leads/partitions.json").await;
    assert_eq!(
        failure(&refused),
        (200, "607".to_owned(), "Daily quota reached".to_owned())
    );
    assert_eq!(instance.stat("errors_today"), json!({"607": 1, "1002": 1}));
    // Move to the next midnight six hours behind UTC.
    let date = usage["result"][0]["date"].as_str().unwrap().to_owned();
    let begins: jiff::Timestamp = format!("{date}T00:00:00-06:00").parse().unwrap();
    instance.admin("limits", json!({"daily": 10}));
    let errors = instance.read("stats/errors.json").await.body;
    assert_eq!(errors["result"][0]["total"], 2);
    let made = instance.made(lead(1)).await;
    let created: jiff::Timestamp = instance.record("leads", made)["createdAt"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let into_day = created.as_second() - begins.as_second();
    assert!((0..86_400).contains(&into_day));
    instance.admin("limits", json!({"daily": 5}));
    let left = u64::try_from(86_400 - into_day).unwrap();
    instance.pass(left - 1);
    assert_eq!(code(&instance.read("leads/partitions.json").await), "607");
    instance.pass(1);
    assert_eq!(
        instance.read("leads/partitions.json").await.body["success"],
        true
    );
    let week = instance.read("stats/usage/last7days.json").await.body;
    let totals: Vec<&Value> = week["result"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| &day["total"])
        .collect();
    assert_eq!(totals, [2, 5]);
}

#[tokio::test]
async fn ten_calls_at_a_time() {
    let instance = Instance::with(SandboxOptions {
        latency: Duration::from_millis(300),
        ..options()
    })
    .await;
    instance.admin("limits", json!({"concurrency": 2}));
    let call = || instance.read("leads/partitions.json");
    let answers = tokio::join!(call(), call(), call());
    let answers = [answers.0, answers.1, answers.2];
    let refused: Vec<_> = answers
        .iter()
        .filter(|answer| answer.body["success"] == false)
        .collect();
    assert_eq!(refused.len(), 1);
    let text = "Concurrent access limit '2' reached".to_owned();
    assert_eq!(failure(refused[0]), (200, "615".to_owned(), text));
    assert_eq!(call().await.body["success"], true);
}

#[tokio::test]
async fn faults_speak_marketo() {
    let cases = [
        ("401=1", "601"),
        ("429=1", "606"),
        ("500=1", "611"),
        ("503=1", "608"),
    ];
    for (fault, expected) in cases {
        let instance = with_fault(fault).await;
        let answer = instance.upsert(vec![lead(1)]).await;
        assert_eq!(
            (failure(&answer).0, failure(&answer).1),
            (200, expected.to_owned())
        );
        assert_eq!(
            (instance.stat("leads"), instance.stat("limited")),
            (json!(0), json!(0))
        );
    }
    let instance = with_fault("502=1").await;
    let answer = instance.upsert(vec![lead(1)]).await;
    assert_eq!((answer.status, instance.stat("leads")), (502, json!(0)));
    assert!(answer.body.as_str().unwrap().starts_with("<html>"));
    instance.admin("faults", json!({"faults": ["504=1"]}));
    let lost = instance.upsert(vec![lead(1)]).await;
    assert_eq!(
        failure(&lost),
        (200, "604".to_owned(), "Request time-out".to_owned())
    );
    assert_eq!(instance.stat("leads"), 1);
}

#[tokio::test]
async fn rows_go_missing_but_never_change_places() {
    let instance = with_fault("reorder=1").await;
    let answer = instance
        .upsert(vec![lead(1), json!({"email": "bad"}), lead(2)])
        .await;
    assert_eq!(rows(&answer), ["created", "1003", "created"]);
    instance.admin("faults", json!({"faults": ["partial=1"]}));
    let answer = instance.upsert((0..4).map(lead).collect()).await;
    assert_eq!(rows(&answer).len(), 2);
    // A search that leaves rows out would be a lie.
    let found = instance
        .read("leads.json?filterType=email&filterValues=p1@acme.com,p2@acme.com")
        .await;
    assert_eq!(found.body["result"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn errors_can_be_planned() {
    let instance = instance().await;
    let plan = |body: Value| instance.admin("errors", body);
    plan(json!({"code": 713, "message": "Transient Error", "times": 2, "path": "leads.json"}));
    assert_eq!(
        instance.read("leads/partitions.json").await.body["success"],
        true
    );
    for _ in 0..2 {
        let refused = instance.upsert(vec![lead(1)]).await;
        assert_eq!(
            failure(&refused),
            (200, "713".to_owned(), "Transient Error".to_owned())
        );
    }
    assert_eq!(rows(&instance.upsert(vec![lead(1)]).await), ["created"]);
    assert_eq!(instance.stat("api_calls"), 4);
    // Codes with an asterisk are not charged.
    plan(json!({"code": 608, "message": "API Temporarily Unavailable"}));
    assert_eq!(code(&instance.upsert(vec![lead(2)]).await), "608");
    assert_eq!(
        (instance.stat("api_calls"), instance.stat("leads")),
        (json!(4), json!(1))
    );
    plan(json!({"code": 604, "message": "Request time-out", "applies": true}));
    assert_eq!(code(&instance.upsert(vec![lead(3)]).await), "604");
    assert_eq!(instance.stat("leads"), 2);
    plan(json!({"status": 502, "message": "Bad Gateway"}));
    assert_eq!(instance.upsert(vec![lead(4)]).await.status, 502);
    plan(json!({"code": 611}));
    instance.sandbox.admin("DELETE", "errors", &Value::Null);
    assert_eq!(rows(&instance.upsert(vec![lead(5)]).await), ["created"]);
}

#[tokio::test]
async fn counts_are_kept_by_endpoint() {
    let instance = instance().await;
    let id = instance.made(lead(1)).await;
    for _ in 0..2 {
        instance.read(&format!("lead/{id}.json")).await;
    }
    let endpoints = json!({"POST /rest/v1/leads.json": 1, "GET /rest/v1/lead/{}.json": 2});
    assert_eq!(instance.stat("endpoints"), endpoints);
    instance.admin("reset", Value::Null);
    assert_eq!(
        (instance.stat("leads"), instance.stat("endpoints")),
        (json!(0), json!({}))
    );
    let (status, _) = instance.sandbox.admin("POST", "nonsense", &Value::Null);
    assert_eq!(status, 400);
}
