use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, account, lead, options, pass, text};
use crate::sandbox::test_client::Answer;
use crate::sandbox::{RateMode, SandboxOptions};

fn refusal(answer: &Answer) -> (u16, String, String) {
    let body = &answer.body;
    (answer.status, text(&body["code"]), text(&body["message"]))
}

#[tokio::test]
async fn credits_are_counted_and_announced_late() {
    let sandbox = account().await;
    sandbox.admin("limits", json!({"credits": 100}));
    let leads = (0..100).map(lead).collect();
    let upserted = sandbox.upsert("Leads", leads).await;
    assert_eq!((upserted.status, sandbox.stat("credits")), (200, json!(10)));
    assert_eq!(upserted.headers.get("x-api-credits-remaining"), None);
    sandbox.upsert("Leads", (0..11).map(lead).collect()).await;
    assert_eq!(sandbox.stat("credits"), 12);
    let query = |limit| format!("select id from Leads where Company = 'Acme' limit {limit}");
    for (limit, credits) in [(200, 13), (201, 15), (1_001, 18)] {
        sandbox.coql(&query(limit)).await;
        assert_eq!(sandbox.stat("credits"), credits);
    }
    sandbox.read("org").await;
    assert_eq!(
        (sandbox.stat("credits"), sandbox.stat("api_calls")),
        (json!(19), json!(6))
    );
    sandbox.admin("limits", json!({"used": 49}));
    let half = sandbox.read("org").await;
    assert_eq!(half.headers["x-api-credits-remaining"], "50");
    sandbox.admin("limits", json!({"used": 95}));
    let refused = sandbox
        .upsert("Leads", (200..300).map(lead).collect())
        .await;
    assert_eq!(
        refusal(&refused),
        (
            429,
            "TOO_MANY_REQUESTS".into(),
            "Number of API requests for the 24 hour period is exceeded".into()
        )
    );
    assert_eq!(refused.headers.get("retry-after"), None);
    assert_eq!(
        (sandbox.stat("leads"), sandbox.stat("limited")),
        (json!(100), json!(1))
    );
    sandbox.admin("limits", json!({"old_wording": true, "used": 100}));
    let old = sandbox.read("org").await;
    assert_eq!(
        (old.status, &old.body["code"], &old.body["error"]),
        (429, &json!(429), &json!("TOO_MANY_REQUESTS"))
    );
    pass(&sandbox, 25 * 3_600);
    assert_eq!(sandbox.read("org").await.status, 200);
}

#[tokio::test]
async fn calls_in_flight_are_limited_and_heavy_ones_more() {
    let sandbox = Account::with(SandboxOptions {
        latency: Duration::from_millis(500),
        ..options()
    })
    .await;
    sandbox.admin("limits", json!({"concurrency": 3, "sub_concurrency": 1}));
    let heavy = || sandbox.coql("select id from Leads where id is not null");
    let (one, other) = tokio::join!(heavy(), heavy());
    let mut answers = [&one, &other].map(refusal);
    answers.sort_by_key(|(status, ..)| *status);
    assert_eq!((answers[0].0, answers[1].0), (204, 429));
    assert_eq!(answers[1].1, "TOO_MANY_REQUESTS");
    assert!(answers[1].2.starts_with("The sub-concurrency limit"));

    let light = || sandbox.read("org");
    let (a, b, c, d) = tokio::join!(light(), light(), light(), light());
    let answers = [&a, &b, &c, &d].map(refusal);
    let refused: Vec<_> = answers
        .iter()
        .filter(|(status, ..)| *status == 429)
        .collect();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].2.starts_with("The concurrency limit"));
    assert_eq!(sandbox.stat("api_calls"), 4);
    sandbox.admin("latency", json!({"milliseconds": 0}));
    assert_eq!(sandbox.read("org").await.status, 200);
}

#[tokio::test]
async fn a_rate_stands_for_the_calls_in_flight() {
    let sandbox = Account::with(SandboxOptions {
        rate: RateMode::PerTenSeconds(2),
        ..options()
    })
    .await;
    for status in [200, 200, 429] {
        assert_eq!(sandbox.read("org").await.status, status);
    }
    pass(&sandbox, 10);
    assert_eq!(sandbox.read("org").await.status, 200);
}

#[tokio::test]
async fn faults_speak_zoho_and_keep_rows_in_place() {
    let sandbox = account().await;
    for (fault, status, code) in [
        ("401=1", 401, "INVALID_TOKEN"),
        ("429=1", 429, "TOO_MANY_REQUESTS"),
        ("500=1", 500, "INTERNAL_ERROR"),
    ] {
        sandbox.admin("faults", json!({"faults": [fault]}));
        let answer = sandbox.read("org").await;
        assert_eq!(
            (answer.status, text(&answer.body["code"])),
            (status, code.to_owned())
        );
    }
    let rows = || vec![lead(1), json!({"Email": "x@acme.com"}), lead(3)];
    for (fault, length) in [("reorder=1", 3), ("partial=1", 1)] {
        sandbox.admin("faults", json!({"faults": [fault]}));
        let answer = sandbox.upsert("Leads", rows()).await;
        let rows = answer.body["data"].as_array().unwrap();
        assert_eq!(rows.len(), length);
        if length == 3 {
            assert_eq!(rows[1]["status"], "error");
        }
    }
}

#[tokio::test]
async fn requests_are_filed_under_their_kind() {
    let sandbox = account().await;
    for path in ["org", "users", "settings/fields?module=Leads"] {
        sandbox.read(path).await;
    }
    let id = sandbox.made("Leads", lead(1)).await;
    sandbox
        .coql("select id from Leads where id is not null")
        .await;
    sandbox.read(&format!("Leads/{id}")).await;
    let url = sandbox.sandbox.base_url() + "/oauth/v2/token";
    sandbox.client.post(url).send().await.unwrap();
    let kinds = sandbox.stat("by_kind");
    assert_eq!(
        (&kinds["metadata"], &kinds["object"], &kinds["token"]),
        (&json!(3), &json!(3), &json!(1))
    );
    assert_eq!(
        (sandbox.stat("writes"), sandbox.stat("rows_written")),
        (json!(1), json!(1))
    );
    assert_eq!(sandbox.stat("by_path")["GET /crm/v8/Leads/{id}"], 1);
}

#[tokio::test]
async fn a_composite_request_is_one_call_at_full_price() {
    let sandbox = account().await;
    let part = |id: &str, method: &str, uri: &str, body: Value| {
        json!({"sub_request_id": id, "method": method, "uri": uri, "params": {}, "headers": {},
               "body": body})
    };
    let leads: Vec<Value> = (0..20).map(lead).collect();
    let body = json!({"rollback_on_fail": false, "concurrent_execution": false,
    "__composite_requests": [
        part("1", "POST", "/crm/v8/Leads/upsert", json!({"data": leads})),
        part("2", "GET", "/crm/v8/Nothing", Value::Null),
    ]});
    let answer = sandbox
        .call(Method::POST, "__composite_requests", body)
        .await;
    assert_eq!(answer.status, 207);
    let parts = &answer.body["__composite_requests"];
    let response = &parts[0]["details"]["response"];
    assert_eq!(response["status_code"], 200);
    assert_eq!(response["body"]["data"].as_array().unwrap().len(), 20);
    let response = &parts[1]["details"]["response"];
    assert_eq!(response["body"]["code"], "INVALID_MODULE");
    assert_eq!(
        (sandbox.stat("api_calls"), sandbox.stat("credits")),
        (json!(1), json!(3))
    );
    let many = (0..6).map(|n| part(&n.to_string(), "GET", "/crm/v8/org", Value::Null));
    let many = json!({"__composite_requests": many.collect::<Vec<_>>()});
    let answer = sandbox
        .call(Method::POST, "__composite_requests", many)
        .await;
    assert_eq!(answer.body["details"]["maximum_length"], 5);
}
