//! The common server: counting, control paths, faults as a client sees them.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::test_client::{TestSandbox, options, traced};
use super::{SandboxError, SandboxOptions, start};

const CREATE: &str = "/crm/objects/2026-03/contacts/batch/create";

fn people(count: usize) -> Value {
    let person = |n| json!({"properties": {"email": format!("p{n}@acme.com")}});
    traced((0..count).map(person).collect())
}

async fn with_fault(fault: &str) -> TestSandbox {
    TestSandbox::with(SandboxOptions {
        faults: vec![fault.parse().unwrap()],
        ..options()
    })
    .await
}

/// Sends one batch create and gives the error the client sees.
async fn failed_create(sandbox: &TestSandbox) -> reqwest::Error {
    let request = sandbox.request(Method::POST, CREATE).json(&people(2));
    sandbox.send(request).await.err().unwrap()
}

#[tokio::test]
async fn it_counts_requests_rows_and_duplicates() {
    let sandbox = TestSandbox::start().await;
    sandbox.post(CREATE, people(3)).await;
    sandbox.get("/account-info/2026-03/details").await;
    sandbox.get("/crm/objects/2026-03/contacts/1").await;
    sandbox.admin(
        "objects/companies",
        json!({"inputs": [{"properties": {"domain": "acme.com"}}, {"properties": {"domain": "Acme.com"}}]}),
    );
    let unauthenticated = sandbox.client.get(sandbox.sandbox.base_url() + "/_stats");
    let stats = sandbox.send(unauthenticated).await.unwrap().body;
    assert_eq!(stats, sandbox.sandbox.stats());
    assert_eq!(stats["requests"], 3);
    assert_eq!(stats["by_kind"]["object"], 2);
    assert_eq!(stats["by_kind"]["account"], 1);
    assert_eq!(
        stats["by_path"]["GET /crm/objects/2026-03/contacts/{id}"],
        1
    );
    assert_eq!(stats["writes"], 1);
    assert_eq!(stats["rows_written"], 3);
    assert_eq!(stats["responses"], json!({"200": 1, "201": 1, "404": 1}));
    assert_eq!(
        (&stats["contacts"], &stats["companies"]),
        (&json!(3), &json!(2))
    );
    assert_eq!(
        (
            &stats["duplicate_emails"],
            &stats["duplicate_company_domains"]
        ),
        (&json!(0), &json!(1))
    );
    sandbox.admin("reset", Value::Null);
    assert_eq!(sandbox.sandbox.stats()["contacts"], 0);
}

#[tokio::test]
async fn a_connection_dropped_before_the_write_leaves_nothing() {
    let sandbox = with_fault("drop-before=#1").await;
    let error = failed_create(&sandbox).await;
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
    let stats = sandbox.sandbox.stats();
    assert_eq!(
        (&stats["contacts"], &stats["writes"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(stats["faults"], json!({"drop-before": 1}));
}

#[tokio::test]
async fn a_connection_dropped_after_the_write_leaves_the_records() {
    let sandbox = with_fault("drop-after=#1@/contacts/").await;
    let error = failed_create(&sandbox).await;
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
    assert_eq!(sandbox.sandbox.stats()["contacts"], 2);
    // Other connections are not affected.
    assert_eq!(
        sandbox.get("/account-info/2026-03/details").await.status,
        200
    );
}

#[tokio::test]
async fn a_truncated_answer_breaks_off_inside_the_body() {
    let sandbox = with_fault("truncate=#1").await;
    let response = sandbox
        .request(Method::POST, CREATE)
        .json(&people(2))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 201);
    let announced = response.content_length().unwrap();
    assert!(announced > 100);
    assert!(response.bytes().await.is_err());
    assert_eq!(sandbox.sandbox.stats()["contacts"], 2);
}

#[tokio::test]
async fn a_slow_answer_outlives_the_clients_patience() {
    let sandbox = with_fault("slow=1").await;
    let request = sandbox.request(Method::POST, CREATE).json(&people(2));
    let error = sandbox
        .send(request.timeout(Duration::from_millis(300)))
        .await
        .err()
        .unwrap();
    assert!(error.is_timeout());
    assert_eq!(sandbox.sandbox.stats()["contacts"], 2);
    // An answer that is still held back must not hold back the end.
    let before = tokio::time::Instant::now();
    sandbox.sandbox.stop().await;
    assert!(before.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn errors_from_the_vendor_and_from_a_proxy() {
    let sandbox = with_fault("503=1").await;
    let answer = sandbox.post(CREATE, people(1)).await;
    assert_eq!(
        (answer.status, &answer.body["status"]),
        (503, &json!("error"))
    );
    assert_eq!(sandbox.sandbox.stats()["contacts"], 0);

    sandbox.admin("faults", json!({"faults": ["504=1"]}));
    assert_eq!(sandbox.post(CREATE, people(1)).await.status, 504);
    assert_eq!(sandbox.sandbox.stats()["contacts"], 1);

    sandbox.admin("faults", json!({"faults": ["html=1"]}));
    for status in [502, 200] {
        let page = sandbox.post(CREATE, people(1)).await;
        assert_eq!(page.status, status);
        assert!(
            page.headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/html")
        );
        assert!(page.body.as_str().unwrap().starts_with("<!DOCTYPE html>"));
    }

    sandbox.admin("faults", json!({"faults": ["429=1"]}));
    let limited = sandbox.post(CREATE, people(1)).await;
    assert_eq!(
        (limited.status, &limited.body["policyName"]),
        (429, &json!("TEN_SECONDLY_ROLLING"))
    );

    let (status, _) = sandbox
        .sandbox
        .admin("POST", "faults", &json!({"faults": ["418"]}));
    assert_eq!(status, 400);
}

#[tokio::test]
async fn rows_go_missing_change_places_or_come_on_top() {
    let sandbox = with_fault("partial=1").await;
    let rows = |answer: &Value| answer["results"].as_array().unwrap().len();
    assert_eq!(rows(&sandbox.post(CREATE, people(4)).await.body), 2);
    assert_eq!(sandbox.sandbox.stats()["contacts"], 4);

    sandbox.admin("reset", Value::Null);
    sandbox.admin("faults", json!({"faults": ["reorder=1"]}));
    let answer = sandbox.post(CREATE, people(3)).await.body;
    assert_eq!(answer["results"][0]["objectWriteTraceId"], "t2");

    sandbox.admin("reset", Value::Null);
    sandbox.admin("faults", json!({"faults": ["extra=1"]}));
    assert_eq!(rows(&sandbox.post(CREATE, people(3)).await.body), 4);

    sandbox.admin("faults", json!({"faults": ["broken-json=1"]}));
    let broken = sandbox.get("/crm/owners/2026-03").await;
    assert!(broken.status == 200 && broken.body.is_string());
}

#[tokio::test]
async fn it_refuses_options_it_cannot_serve() {
    let unknown = start(SandboxOptions::new("acme")).await;
    assert!(matches!(unknown, Err(SandboxError::UnknownVendor { .. })));
    let running = TestSandbox::start().await;
    let same_port = SandboxOptions {
        port: running.sandbox.address.port(),
        ..options()
    };
    assert!(matches!(
        start(same_port).await,
        Err(SandboxError::Bind { .. })
    ));
    let standing = SandboxOptions {
        time_factor: -1.0,
        ..options()
    };
    assert!(matches!(
        start(standing).await,
        Err(SandboxError::BadTimeFactor)
    ));
}

#[test]
fn options_do_not_print_tokens() {
    let options = SandboxOptions {
        tokens: vec!["pat-secret".to_owned()],
        ..options()
    };
    assert!(!format!("{options:?}").contains("pat-secret"));
}
