use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{TestSandbox, options};
use crate::sandbox::test_client::TOKEN;
use crate::sandbox::{RateMode, SandboxOptions};

const DETAILS: &str = "/account-info/2026-03/details";

#[tokio::test]
async fn calls_need_a_token_that_is_accepted() {
    let tokens = vec![TOKEN.to_owned()];
    let sandbox = TestSandbox::with(SandboxOptions {
        tokens,
        ..options()
    })
    .await;
    assert_eq!(
        sandbox.get(DETAILS).await.body["accountType"],
        "DEVELOPER_TEST"
    );
    let url = sandbox.sandbox.base_url() + DETAILS;
    for request in [
        sandbox.client.get(&url),
        sandbox.client.get(&url).bearer_auth("other"),
    ] {
        let refused = sandbox.send(request).await.unwrap();
        assert_eq!(
            (refused.status, &refused.body["category"]),
            (401, &json!("INVALID_AUTHENTICATION"))
        );
        assert!(
            refused.body["message"]
                .as_str()
                .unwrap()
                .starts_with("Authentication credentials not found.")
        );
    }
    sandbox.admin("tokens/revoke", json!({"token": TOKEN}));
    assert_eq!(sandbox.get(DETAILS).await.status, 401);
    sandbox.admin("tokens/accept", json!({"token": TOKEN}));
    assert_eq!(sandbox.get(DETAILS).await.status, 200);
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let sandbox = TestSandbox::start().await;
    sandbox.admin(
        "scopes",
        json!({"missing": ["crm.objects.companies.write"]}),
    );
    let body = json!({"properties": {"name": "Acme"}});
    let refused = sandbox.post("/crm/objects/2026-03/companies", body).await;
    assert_eq!(
        (refused.status, &refused.body["category"]),
        (403, &json!("MISSING_SCOPES"))
    );
    let scopes = &refused.body["errors"][0]["context"]["requiredGranularScopes"];
    assert_eq!(*scopes, json!(["crm.objects.companies.write"]));
    assert_eq!(
        sandbox
            .post("/crm/objects/2026-03/companies/search", json!({}))
            .await
            .status,
        200
    );
    let info = sandbox
        .post(
            "/oauth/v2/private-apps/get/access-token-info",
            json!({"tokenKey": TOKEN}),
        )
        .await;
    assert!(
        !info.body["scopes"]
            .as_array()
            .unwrap()
            .contains(&json!("crm.objects.companies.write"))
    );
}

async fn token_call(sandbox: &TestSandbox, fields: &[(&str, &str)]) -> (u16, Value) {
    let request = sandbox
        .request(Method::POST, "/oauth/2026-03/token")
        .form(fields);
    let answer = sandbox.send(request).await.unwrap();
    (answer.status, answer.body)
}

#[tokio::test]
async fn the_oauth_flow_from_the_page_to_the_expired_token() {
    let sandbox = TestSandbox::start().await;
    let page = "/oauth/authorize?client_id=CID&redirect_uri=http%3A%2F%2F127.0.0.1%3A8765%2Fcb&scope=oauth&state=S";
    let redirect = sandbox.get(page).await;
    assert_eq!(redirect.status, 302);
    let location = url::Url::parse(redirect.headers["location"].to_str().unwrap()).unwrap();
    let pairs: std::collections::HashMap<_, _> = location.query_pairs().into_owned().collect();
    assert_eq!(pairs["state"], "S");

    let client = [("client_id", "CID"), ("client_secret", "SECRET")];
    let redirect_uri = ("redirect_uri", "http://127.0.0.1:8765/cb");
    let exchange = [
        client[0],
        client[1],
        redirect_uri,
        ("grant_type", "authorization_code"),
        ("code", &pairs["code"]),
    ];
    let (status, granted) = token_call(&sandbox, &exchange).await;
    assert_eq!((status, &granted["expires_in"]), (200, &json!(1800)));
    let (status, reused) = token_call(&sandbox, &exchange).await;
    assert_eq!(
        (status, &reused["category"]),
        (400, &json!("EXPIRED_AUTH_CODE"))
    );

    let access = granted["access_token"].as_str().unwrap();
    let call = || {
        sandbox
            .client
            .get(sandbox.sandbox.base_url() + DETAILS)
            .bearer_auth(access)
    };
    assert_eq!(sandbox.send(call()).await.unwrap().status, 200);
    sandbox.sandbox.advance(Duration::from_secs(1801));
    let expired = sandbox.send(call()).await.unwrap();
    assert_eq!(
        (expired.status, &expired.body["category"]),
        (401, &json!("EXPIRED_AUTHENTICATION"))
    );
    assert_eq!(
        expired.body["message"],
        "The OAuth token used to make this call expired 1 second(s) ago."
    );

    let refresh_token = granted["refresh_token"].as_str().unwrap();
    let refresh = [
        client[0],
        client[1],
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
    ];
    assert_eq!(token_call(&sandbox, &refresh).await.0, 200);
    assert_eq!(token_call(&sandbox, &refresh[1..]).await.0, 400);
    sandbox.admin("tokens/revoke", json!({"token": refresh_token}));
    let (status, revoked) = token_call(&sandbox, &refresh).await;
    assert_eq!(
        (status, &revoked["category"]),
        (400, &json!("BAD_REFRESH_TOKEN"))
    );
}

#[tokio::test]
async fn ten_seconds_and_days_are_limited() {
    let rate = RateMode::PerTenSeconds(2);
    let sandbox = TestSandbox::with(SandboxOptions { rate, ..options() }).await;
    let first = sandbox.get(DETAILS).await;
    let header = |name: &str| first.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("X-HubSpot-RateLimit-Max"), "2");
    assert_eq!(header("X-HubSpot-RateLimit-Remaining"), "1");
    assert_eq!(header("X-HubSpot-RateLimit-Interval-Milliseconds"), "10000");
    assert_eq!(header("X-HubSpot-RateLimit-Daily-Remaining"), "249999");
    sandbox.get(DETAILS).await;
    let limited = sandbox.get(DETAILS).await;
    assert_eq!(limited.status, 429);
    assert_eq!(
        limited.body["message"],
        "You have reached your ten_secondly_rolling limit."
    );
    assert_eq!(limited.body["policyName"], "TEN_SECONDLY_ROLLING");
    assert_eq!(sandbox.sandbox.stats()["limited"], 1);
    sandbox.sandbox.advance(Duration::from_secs(10));
    assert_eq!(sandbox.get(DETAILS).await.status, 200);

    sandbox.admin("limits", json!({"used_today": 250_000}));
    sandbox.sandbox.advance(Duration::from_secs(10));
    assert_eq!(sandbox.get(DETAILS).await.body["policyName"], "DAILY");
    sandbox.sandbox.advance(Duration::from_secs(86_400));
    let usage = sandbox
        .get("/account-info/2026-03/api-usage/daily/private-apps")
        .await;
    assert_eq!(usage.body["results"][0]["currentUsage"], 1);
}

#[tokio::test]
async fn owners_lists_and_marketing_events() {
    let sandbox = TestSandbox::with(SandboxOptions {
        page_size: Some(2),
        ..options()
    })
    .await;
    let owners = sandbox.get("/crm/owners/2026-03?limit=100").await.body;
    assert_eq!(owners["results"].as_array().unwrap().len(), 2);
    let after = owners["paging"]["next"]["after"].as_str().unwrap();
    let rest = sandbox
        .get(&format!("/crm/owners/2026-03?after={after}"))
        .await
        .body;
    assert_eq!(
        (
            rest["results"].as_array().unwrap().len(),
            rest.get("paging")
        ),
        (1, None)
    );
    let one = sandbox
        .get("/crm/owners/2026-03?email=marcus.reed@sandbox.example")
        .await
        .body;
    assert_eq!(one["results"][0]["id"], "42");

    let contact = sandbox
        .create(
            "contacts",
            json!({"email": "ana@acme.com", "hubspot_owner_id": "42"}),
        )
        .await;
    let list = json!({"name": "CES", "objectTypeId": "0-1", "processingType": "MANUAL"});
    let list = sandbox.post("/crm/lists/2026-03", list).await.body["list"]["listId"].clone();
    let path = format!(
        "/crm/lists/2026-03/{}/memberships/add",
        list.as_str().unwrap()
    );
    let request = || {
        sandbox
            .request(Method::PUT, &path)
            .json(&json!([contact, "5"]))
    };
    let added = sandbox.send(request()).await.unwrap().body;
    assert_eq!(
        (&added["recordsIdsAdded"], &added["recordIdsMissing"]),
        (&json!([contact]), &json!(["5"]))
    );
    assert_eq!(
        sandbox.send(request()).await.unwrap().body["recordsIdsAdded"],
        json!([])
    );

    let event = json!({"eventName": "CES", "eventOrganizer": "CTA", "externalAccountId": "1", "externalEventId": "ces"});
    let event = sandbox
        .post("/marketing/marketing-events/2026-03/events", event)
        .await
        .body["objectId"]
        .clone();
    let path = format!(
        "/marketing/marketing-events/2026-03/{}/attendance/attend/create",
        event.as_str().unwrap()
    );
    let vid: u64 = contact.parse().unwrap();
    let body = json!({"inputs": [{"vid": vid, "interactionDateTime": 1_763_805_600_000_i64, "properties": {}}]});
    for _ in 0..2 {
        assert_eq!(
            sandbox.post(&path, body.clone()).await.body["results"],
            json!([{"vid": vid}])
        );
    }
    let events = sandbox.get("/marketing/v3/marketing-events").await.body;
    assert_eq!(events["results"][0]["attendees"], 1);
    let wrong = path.replace("attend/create", "ATTENDED/create");
    assert_eq!(sandbox.post(&wrong, body).await.status, 400);
}
