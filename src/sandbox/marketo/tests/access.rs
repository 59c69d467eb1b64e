use reqwest::Method;
use serde_json::{Value, json};

use super::{Instance, code, failure, instance, lead, options, rows};
use crate::sandbox::SandboxOptions;
use crate::sandbox::test_client::{Answer, TOKEN};

const TOKEN_PATH: &str = "/identity/oauth/token";

async fn grant(instance: &Instance, id: &str, secret: &str) -> Answer {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", secret),
    ];
    instance.send_form(TOKEN_PATH, &form).await
}

async fn with_token(instance: &Instance, token: &str) -> Answer {
    let url = instance.sandbox.base_url() + "/rest/v1/leads/partitions.json";
    let request = instance.client.get(url).bearer_auth(token);
    instance.send(request).await.unwrap()
}

#[tokio::test]
async fn one_token_an_hour_for_a_client() {
    let instance = Instance::with(SandboxOptions {
        tokens: vec!["other".to_owned()],
        ..options()
    })
    .await;
    let first = grant(&instance, "id", "secret").await;
    assert_eq!(
        (first.status, &first.body["expires_in"]),
        (200, &json!(3_599))
    );
    assert_eq!(first.body["token_type"], "bearer");
    let token = first.body["access_token"].as_str().unwrap().to_owned();
    assert!(token.ends_with(":int"));
    instance.pass(1_000);
    let query = "?grant_type=client_credentials&client_id=id&client_secret=secret";
    let again = instance.get(&format!("{TOKEN_PATH}{query}")).await;
    assert_eq!(again.body["access_token"], json!(token));
    assert_eq!(again.body["expires_in"], 2_599);
    assert_eq!(with_token(&instance, &token).await.body["success"], true);
    instance.pass(2_600);
    let expired = with_token(&instance, &token).await;
    let expected = (200, "602".to_owned(), "Access token expired".to_owned());
    assert_eq!(failure(&expired), expected);
    let fresh = grant(&instance, "id", "secret").await;
    assert_ne!(fresh.body["access_token"], json!(token));
    let unknown = with_token(&instance, "never-issued").await;
    let expected = (200, "601".to_owned(), "Access token invalid".to_owned());
    assert_eq!(failure(&unknown), expected);
    // Neither identity calls nor calls with a bad token are charged.
    assert_eq!(instance.stat("api_calls"), 1);
    assert_eq!(instance.stat("identity_calls"), 3);
    assert_eq!(instance.stat("tokens_issued"), 2);
    assert_eq!(instance.stat("by_kind")["token"], 3);
}

#[tokio::test]
async fn bad_credentials_are_refused_by_http() {
    let instance = instance().await;
    instance.admin("app", json!({"client_id": "id", "client_secret": "right"}));
    let refused = grant(&instance, "id", "wrong").await;
    assert_eq!(refused.status, 401);
    let body = json!({"error": "invalid_client", "error_description": "Bad client credentials"});
    assert_eq!(refused.body, body);
    assert_eq!(grant(&instance, "id", "right").await.status, 200);
    instance.admin("app", json!({"client_id": null, "client_secret": null}));
    assert_eq!(grant(&instance, "any", "thing").await.status, 200);
    assert_eq!(grant(&instance, "any", "").await.status, 401);
}

#[tokio::test]
async fn the_token_belongs_into_the_header() {
    let instance = instance().await;
    let base = instance.sandbox.base_url();
    let url = format!("{base}/rest/v1/leads/describe.json?access_token={TOKEN}");
    let refused = instance.send(instance.client.get(url)).await.unwrap();
    assert_eq!(failure(&refused).1, "600");
    // The identity service below /rest is not one.
    let url = format!("{base}/rest{TOKEN_PATH}?grant_type=client_credentials");
    let refused = instance.send(instance.client.get(url)).await.unwrap();
    assert_eq!(code(&refused), "600");
    instance.admin("tokens/revoke", json!({"token": TOKEN}));
    assert_eq!(code(&instance.read("leads/describe.json").await), "601");
    instance.admin("tokens/expire", json!({"token": TOKEN}));
    instance.admin("tokens/accept", json!({"token": TOKEN}));
    assert_eq!(
        instance.read("leads/describe.json").await.body["success"],
        true
    );
    assert_eq!(instance.stat("api_calls"), 1);
}

#[tokio::test]
async fn an_expired_token_is_told_from_an_unknown_one() {
    let instance = instance().await;
    let token = grant(&instance, "id", "secret").await.body["access_token"].clone();
    instance.admin("tokens/expire", Value::Null);
    let refused = with_token(&instance, token.as_str().unwrap()).await;
    assert_eq!(code(&refused), "602");
    instance.admin("tokens/strict", json!({"on": true}));
    assert_eq!(code(&with_token(&instance, "made-up").await), "601");
}

#[tokio::test]
async fn permissions_can_be_taken_away() {
    let instance = instance().await;
    let take = |name: &str| instance.admin("permissions", json!({"take": [name]}));
    take("Read-Write Lead");
    let refused = instance.upsert(vec![lead(1)]).await;
    let expected = (200, "603".to_owned(), "Access denied".to_owned());
    assert_eq!(failure(&refused), expected);
    // Reading is in both permissions.
    let path = "leads.json?filterType=email&filterValues=p1@acme.com";
    assert_eq!(instance.read(path).await.body["result"], json!([]));
    take("Read-Only Lead");
    assert_eq!(code(&instance.read(path).await), "603");
    instance.admin("permissions", json!({"give": ["Read-Write Lead"]}));
    assert_eq!(rows(&instance.upsert(vec![lead(1)]).await), ["created"]);
    take("Read-Only Assets");
    take("Read-Write Assets");
    let refused = instance.get("/rest/asset/v1/program/1001.json").await;
    assert_eq!(code(&refused), "603");
    // Nobody needs a permission for the counts.
    assert_eq!(
        instance.read("stats/usage.json").await.body["success"],
        true
    );
}

#[tokio::test]
async fn paths_and_bodies_that_are_wrong() {
    let instance = instance().await;
    let unknown = instance.read("lead/1").await;
    let expected = (
        404,
        "610".to_owned(),
        "Requested resource not found".to_owned(),
    );
    assert_eq!(failure(&unknown), expected);
    assert_eq!(
        code(&instance.get("/rest//v1/leads/describe.json").await),
        "610"
    );
    instance.admin("settings", json!({"not_found_status": 200}));
    assert_eq!(failure(&instance.read("nonsense.json").await).0, 200);
    let wrong = instance.request(Method::PUT, "/rest/v1/leads.json");
    let wrong = instance.send(wrong).await.unwrap();
    assert_eq!(failure(&wrong).2, "HTTP Method 'PUT' not supported");
    assert_eq!(code(&wrong), "605");
    let post = || instance.request(Method::POST, "/rest/v1/leads.json");
    let untyped = instance.send(post().body("{}")).await.unwrap();
    assert_eq!(code(&untyped), "612");
    let broken = post().header("content-type", "application/json").body("{,");
    assert_eq!(code(&instance.send(broken).await.unwrap()), "609");
    assert_eq!(code(&instance.write("leads.json", json!({})).await), "1002");
    let many = instance.upsert((0..301).map(lead).collect()).await;
    assert_eq!(code(&many), "1003");
    let large = post()
        .header("content-type", "application/json")
        .body(" ".repeat(1024 * 1024 + 1));
    assert_eq!(instance.send(large).await.unwrap().status, 413);
    assert_eq!(instance.stat("leads"), 0);
}
