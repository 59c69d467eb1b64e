use std::time::Duration;

use serde_json::{Value, json};

use super::{TestSandbox, options};
use crate::sandbox::{RateMode, SandboxOptions};

const SEARCH: &str = "/crm/objects/2026-03/companies/search";

fn by(operator: &str, name: &str, values: Value) -> Value {
    let member = if values.is_array() { "values" } else { "value" };
    json!({"filterGroups": [{"filters": [{"propertyName": name, "operator": operator, member: values}]}]})
}

#[tokio::test]
async fn writes_are_found_only_after_the_lag() {
    let sandbox = TestSandbox::start().await;
    let id = sandbox
        .create("companies", json!({"domain": "Acme.com", "name": "Acme"}))
        .await;
    let query = by("IN", "domain", json!(["acme.com", "nowhere.io"]));
    assert_eq!(sandbox.post(SEARCH, query.clone()).await.body["total"], 0);
    sandbox.sandbox.advance(Duration::from_secs(10));
    let found = sandbox.post(SEARCH, query.clone()).await.body;
    assert_eq!(
        (&found["total"], &found["results"][0]["id"]),
        (&json!(1), &json!(id))
    );
    assert_eq!(found["results"][0]["properties"]["domain"], "acme.com");

    // Changes lag as well: the old value is still found, with its old content.
    let path = format!("/crm/objects/2026-03/companies/{id}");
    sandbox
        .patch(&path, json!({"properties": {"domain": "acme.io"}}))
        .await;
    assert_eq!(sandbox.post(SEARCH, query.clone()).await.body["total"], 1);
    sandbox.sandbox.advance(Duration::from_secs(10));
    assert_eq!(sandbox.post(SEARCH, query).await.body["total"], 0);
}

#[tokio::test]
async fn text_values_of_in_must_be_lower_case() {
    let sandbox = TestSandbox::start().await;
    sandbox.admin(
        "objects/companies",
        json!({"inputs": [{"properties": {"domain": "Acme.com"}}]}),
    );
    let total = async |operator, values| {
        sandbox
            .post(SEARCH, by(operator, "domain", values))
            .await
            .body["total"]
            .clone()
    };
    assert_eq!(total("IN", json!(["Acme.com"])).await, 0);
    assert_eq!(total("IN", json!(["acme.com"])).await, 1);
    assert_eq!(total("EQ", json!("ACME.COM")).await, 1);
}

#[tokio::test]
async fn operators_groups_and_sorting() {
    let sandbox = TestSandbox::start().await;
    let company = |name: &str, employees: &str| json!({"properties": {"name": name, "numberofemployees": employees}});
    let inputs = json!([company("Blue Yonder", "9"), company("Acme Tools", "100"), company("Zeta", "50"), {"properties": {"domain": "x.com"}}]);
    sandbox.admin("objects/companies", json!({"inputs": inputs}));
    let names = async |mut query: Value| {
        query["sorts"] = json!([{"propertyName": "numberofemployees", "direction": "DESCENDING"}]);
        let found = sandbox.post(SEARCH, query).await.body;
        let rows = found["results"].as_array().unwrap().iter();
        rows.map(|row| row["properties"]["name"].as_str().unwrap_or("-").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(by("GTE", "numberofemployees", json!("50"))).await,
        ["Acme Tools", "Zeta"]
    );
    assert_eq!(
        names(by("CONTAINS_TOKEN", "name", json!("tools"))).await,
        ["Acme Tools"]
    );
    assert_eq!(
        names(by("CONTAINS_TOKEN", "name", json!("yo*"))).await,
        ["Blue Yonder"]
    );
    assert_eq!(
        names(by("NOT_IN", "name", json!(["zeta", "acme tools"]))).await,
        ["Blue Yonder", "-"]
    );
    let none = json!({"filterGroups": [{"filters": [{"propertyName": "name", "operator": "NOT_HAS_PROPERTY"}]}]});
    assert_eq!(names(none).await, ["-"]);
    let either = json!({"filterGroups": [
        {"filters": [{"propertyName": "name", "operator": "EQ", "value": "zeta"}]},
        {"filters": [{"propertyName": "numberofemployees", "operator": "BETWEEN", "value": "1", "highValue": "10"}]},
    ]});
    assert_eq!(names(either).await, ["Zeta", "Blue Yonder"]);
}

#[tokio::test]
async fn pages_and_their_limits() {
    let sandbox = TestSandbox::start().await;
    let inputs: Vec<Value> = (0..25)
        .map(|n| json!({"properties": {"name": format!("c{n}")}}))
        .collect();
    sandbox.admin("objects/companies", json!({"inputs": inputs}));
    let first = sandbox.post(SEARCH, json!({})).await.body;
    assert_eq!(
        (&first["total"], &first["paging"]["next"]["after"]),
        (&json!(25), &json!("10"))
    );
    let last = sandbox
        .post(SEARCH, json!({"limit": 20, "after": "20"}))
        .await
        .body;
    assert_eq!(
        (
            last["results"].as_array().unwrap().len(),
            last.get("paging")
        ),
        (5, None)
    );
    let group = json!({"filters": [{"propertyName": "name", "operator": "HAS_PROPERTY"}]});
    let refused = [
        json!({"limit": 201}),
        json!({"after": "10000"}),
        json!({"filterGroups": vec![group; 6]}),
        by("EQ", "nonsense", json!("x")),
        by("LIKE", "name", json!("x")),
    ];
    for body in refused {
        assert_eq!(
            sandbox.post(SEARCH, body.clone()).await.status,
            400,
            "{body}"
        );
    }
    sandbox.admin("limits", json!({"search_body": 20}));
    assert_eq!(
        sandbox
            .post(SEARCH, by("EQ", "name", json!("c1")))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn five_searches_a_second_and_no_headers() {
    let sandbox = TestSandbox::with(SandboxOptions {
        rate: RateMode::Vendor,
        ..options()
    })
    .await;
    for _ in 0..5 {
        let answer = sandbox.post(SEARCH, json!({})).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.headers.contains_key("x-hubspot-ratelimit-max"));
    }
    let limited = sandbox.post(SEARCH, json!({})).await;
    assert_eq!(limited.status, 429);
    assert_eq!(
        limited.body["message"],
        "You have reached your secondly limit."
    );
    assert_eq!(limited.body["policyName"], "SECONDLY");
    assert_eq!(limited.body["errorType"], "RATE_LIMIT");
    assert!(limited.body["groupName"].is_string());
    sandbox.sandbox.advance(Duration::from_secs(1));
    assert_eq!(sandbox.post(SEARCH, json!({})).await.status, 200);
}
