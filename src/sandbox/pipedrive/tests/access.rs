use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

use super::{API_TOKEN, Account, account, options, person, text};
use crate::sandbox::SandboxOptions;
use crate::sandbox::test_client::Answer;

const CALLBACK: &str = "http://localhost:1717/cb";

fn basic(pair: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(pair))
}

async fn token(sandbox: &Account, form: &[(&str, &str)]) -> Answer {
    let url = sandbox.sandbox.base_url() + "/oauth/token";
    let request = sandbox.client.post(url).form(form);
    let request = request.header("authorization", basic("CID:SECRET"));
    sandbox.send(request).await.unwrap()
}

/// Opens the consent page and gives what the callback got.
async fn callback(sandbox: &Account) -> Vec<(String, String)> {
    let path =
        "/oauth/authorize?client_id=CID&state=s1&redirect_uri=http%3A%2F%2Flocalhost%3A1717%2Fcb";
    let answer = sandbox.get(path).await;
    assert_eq!(answer.status, 302);
    let url = url::Url::parse(answer.headers["location"].to_str().unwrap()).unwrap();
    url.query_pairs().into_owned().collect()
}

async fn exchange(sandbox: &Account, code: &str) -> Answer {
    let form = [
        ("grant_type", "authorization_code"),
        ("redirect_uri", CALLBACK),
        ("code", code),
    ];
    token(sandbox, &form).await
}

async fn refresh(sandbox: &Account, refresh_token: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
    ];
    token(sandbox, &form).await
}

fn message(answer: &Answer) -> (u16, String) {
    (answer.status, text(&answer.body["message"]))
}

async fn status_with(sandbox: &Account, name: &str, value: &str) -> u16 {
    let url = sandbox.sandbox.base_url() + "/api/v1/users/me";
    let request = sandbox.client.get(url).header(name, value);
    sandbox.send(request).await.unwrap().status
}

fn only_issued_tokens() -> SandboxOptions {
    SandboxOptions {
        tokens: vec![API_TOKEN.to_owned()],
        ..options()
    }
}

#[tokio::test]
async fn tokens_belong_into_headers() {
    let sandbox = Account::with(only_issued_tokens()).await;
    let me = sandbox.read("v1/users/me").await;
    assert_eq!(me.body["data"]["company_domain"], "mobly-sandbox");
    assert_eq!(status_with(&sandbox, "x-api-token", "wrong").await, 401);
    assert_eq!(
        status_with(&sandbox, "authorization", "Bearer wrong").await,
        401
    );
    let path = format!("/api/v1/users/me?api_token={API_TOKEN}");
    let url = sandbox.sandbox.base_url() + &path;
    let refused = sandbox.send(sandbox.client.get(url)).await.unwrap();
    assert_eq!(refused.status, 401);
    assert_eq!(
        refused.body,
        json!({"success": false, "error": "unauthorized access", "errorCode": 401,
               "error_info": "Please check developers.pipedrive.com"})
    );
    sandbox.admin("tokens/revoke", json!({"token": API_TOKEN}));
    assert_eq!(sandbox.read("v1/users/me").await.status, 401);
    let (_, last) = sandbox.sandbox.admin("GET", "requests/last", &Value::Null);
    assert!(!last.to_string().contains(API_TOKEN));
}

#[tokio::test]
async fn both_forms_of_paths_are_served() {
    let sandbox = account().await;
    for path in [
        "/api/v2/persons",
        "/v2/persons",
        "/v1/users/me",
        "/api/v1/users/me",
    ] {
        assert_eq!(sandbox.get(path).await.status, 200, "{path}");
    }
    for path in [
        "/api/v1/persons",
        "/v1/organizations/1",
        "/api/v1/personFields",
    ] {
        assert_eq!(sandbox.get(path).await.status, 410, "{path}");
    }
    for path in ["/persons", "/api/v3/persons", "/api/v2/nothing"] {
        assert_eq!(sandbox.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn signing_in_gives_tokens_and_the_base_address() {
    let sandbox = Account::with(only_issued_tokens()).await;
    let got = callback(&sandbox).await;
    assert_eq!((got[0].0.as_str(), got[1].1.as_str()), ("code", "s1"));
    let answer = exchange(&sandbox, &got[0].1).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["api_domain"], sandbox.sandbox.base_url());
    assert_eq!(answer.body["expires_in"], 3_599);
    let access = text(&answer.body["access_token"]);
    let bearer = format!("Bearer {access}");
    assert_eq!(status_with(&sandbox, "authorization", &bearer).await, 200);
    assert_eq!(status_with(&sandbox, "x-api-token", &access).await, 401);

    let kept = text(&answer.body["refresh_token"]);
    sandbox.pass(3_600);
    assert_eq!(status_with(&sandbox, "authorization", &bearer).await, 401);
    let renewed = refresh(&sandbox, &kept).await;
    assert_eq!(renewed.body["refresh_token"], kept);
    let bearer = format!("Bearer {}", text(&renewed.body["access_token"]));
    assert_eq!(status_with(&sandbox, "authorization", &bearer).await, 200);
    // Every use gives it another sixty days.
    for _ in 0..2 {
        sandbox.pass(59 * 86_400);
        assert_eq!(refresh(&sandbox, &kept).await.status, 200);
    }
    sandbox.pass(60 * 86_400);
    assert_eq!(
        message(&refresh(&sandbox, &kept).await),
        (400, "Invalid grant: refresh_token is invalid".into())
    );
    assert_eq!(sandbox.stat("tokens_issued"), 4);
}

#[tokio::test]
async fn refusals_of_the_oauth_server_have_status_400() {
    let sandbox = Account::with(only_issued_tokens()).await;
    let code = callback(&sandbox).await[0].1.clone();
    sandbox.pass(300);
    assert_eq!(
        message(&exchange(&sandbox, &code).await),
        (400, "Invalid grant: authorization_code has expired".into())
    );
    let code = callback(&sandbox).await[0].1.clone();
    assert_eq!(exchange(&sandbox, &code).await.status, 200);
    let again = exchange(&sandbox, &code).await;
    assert_eq!(
        message(&again).1,
        "Invalid grant: authorization_code is invalid"
    );
    let missing = token(&sandbox, &[("code", "x")]).await;
    assert_eq!(
        message(&missing),
        (400, "Missing parameter: grant_type".into())
    );
    sandbox.admin("app", json!({"client_id": "CID", "client_secret": "OTHER"}));
    let wrong = refresh(&sandbox, "x").await;
    assert_eq!(
        message(&wrong),
        (400, "Invalid client: client is invalid".into())
    );
    sandbox.admin("authorization", json!({"deny": true}));
    let got = callback(&sandbox).await;
    assert_eq!(got[0], ("error".to_owned(), "user_denied".to_owned()));
}

#[tokio::test]
async fn apps_need_scopes_and_api_tokens_do_not() {
    let sandbox = account().await;
    sandbox.admin("scopes", json!({"scope": "base,contacts:read"}));
    assert_eq!(sandbox.get("/api/v2/persons").await.status, 200);
    let refused = sandbox.post("/api/v2/persons", person("A", "a@b.c")).await;
    assert_eq!((refused.status, sandbox.stat("persons")), (403, json!(0)));
    for path in [
        "/api/v1/users",
        "/api/v2/itemSearch?term=ada",
        "/api/v1/leadLabels",
    ] {
        assert_eq!(sandbox.get(path).await.status, 403, "{path}");
    }
    let own = sandbox
        .call(Method::POST, "v2/persons", person("A", "a@b.c"))
        .await;
    assert_eq!(own.status, 200);
}
