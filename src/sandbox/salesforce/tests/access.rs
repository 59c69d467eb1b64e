use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{API, error, lead, options, org, pass};
use crate::sandbox::SandboxOptions;
use crate::sandbox::test_client::{Answer, TestSandbox};

const CALLBACK: &str = "http://localhost:1717/cb";

async fn token(sandbox: &TestSandbox, form: &[(&str, &str)]) -> Answer {
    let url = sandbox.sandbox.base_url() + "/services/oauth2/token";
    sandbox
        .send(sandbox.client.post(url).form(form))
        .await
        .unwrap()
}

/// Opens the authorization page and gives what the callback got.
async fn callback(sandbox: &TestSandbox, extra: &str) -> Vec<(String, String)> {
    let path = format!(
        "/services/oauth2/authorize?response_type=code&client_id=CID&state=s1&scope=api%20refresh_token&redirect_uri=http%3A%2F%2Flocalhost%3A1717%2Fcb{extra}"
    );
    let answer = sandbox.get(&path).await;
    assert_eq!(answer.status, 302);
    let url = url::Url::parse(answer.headers["location"].to_str().unwrap()).unwrap();
    url.query_pairs().into_owned().collect()
}

async fn code(sandbox: &TestSandbox, verifier: &str) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let got = callback(
        sandbox,
        &format!("&code_challenge={challenge}&code_challenge_method=S256"),
    )
    .await;
    assert_eq!(got[1], ("state".to_owned(), "s1".to_owned()));
    got[0].1.clone()
}

async fn exchange(sandbox: &TestSandbox, code: &str, verifier: Option<&str>) -> Answer {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "CID"),
        ("redirect_uri", CALLBACK),
        ("code", code),
    ];
    form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
    token(sandbox, &form).await
}

async fn refresh(sandbox: &TestSandbox, refresh_token: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "CID"),
        ("refresh_token", refresh_token),
    ];
    token(sandbox, &form).await
}

async fn calls_with(sandbox: &TestSandbox, token: &str) -> Answer {
    let url = format!("{}{API}/limits", sandbox.sandbox.base_url());
    sandbox
        .send(sandbox.client.get(url).bearer_auth(token))
        .await
        .unwrap()
}

fn text<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.body[name].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_code_needs_its_verifier_and_works_once() {
    let sandbox = TestSandbox::with(SandboxOptions {
        tokens: vec!["other".into()],
        ..options()
    })
    .await;
    let first = code(&sandbox, "verifier-1").await;
    let missing = exchange(&sandbox, &first, None).await;
    assert_eq!(
        (missing.status, text(&missing, "error")),
        (400, "invalid_grant")
    );
    let second = code(&sandbox, "verifier-1").await;
    let wrong = exchange(&sandbox, &second, Some("verifier-2")).await;
    assert_eq!(
        (wrong.status, text(&wrong, "error")),
        (400, "invalid_request")
    );
    let third = code(&sandbox, "verifier-1").await;
    let good = exchange(&sandbox, &third, Some("verifier-1")).await;
    assert_eq!(good.status, 200, "{}", good.body);
    assert_eq!(good.body["instance_url"], sandbox.sandbox.base_url());
    assert_eq!(good.body.get("expires_in"), None);
    assert!(text(&good, "refresh_token").starts_with("5Aep"));
    assert_eq!(
        calls_with(&sandbox, text(&good, "access_token"))
            .await
            .status,
        200
    );
    assert_eq!(calls_with(&sandbox, "nobody").await.status, 401);
    let again = exchange(&sandbox, &third, Some("verifier-1")).await;
    assert_eq!(text(&again, "error"), "invalid_grant");

    let id: Vec<&str> = text(&good, "id").rsplitn(3, '/').collect();
    assert!(id[0].starts_with("005") && id[1].starts_with("00D"));
    let page = sandbox
        .client
        .get(text(&good, "id"))
        .bearer_auth(text(&good, "access_token"));
    let identity = sandbox.send(page).await.unwrap();
    assert_eq!(
        (
            text(&identity, "organization_id"),
            text(&identity, "user_id")
        ),
        (id[1], id[0])
    );
    let stranger = sandbox.get("/services/oauth2/userinfo").await;
    assert_eq!(
        (stranger.status, stranger.body),
        (403, Value::String("Bad_OAuth_Token".into()))
    );

    sandbox.admin("authorization", json!({"deny": true}));
    assert_eq!(
        callback(&sandbox, "").await[0],
        ("error".to_owned(), "access_denied".to_owned())
    );
}

#[tokio::test]
async fn sessions_end_and_refresh_tokens_rotate_when_asked_to() {
    let sandbox = TestSandbox::with(SandboxOptions {
        tokens: vec!["other".into()],
        ..options()
    })
    .await;
    let got = code(&sandbox, "v").await;
    let signed_in = exchange(&sandbox, &got, Some("v")).await;
    let (access, kept) = (
        text(&signed_in, "access_token"),
        text(&signed_in, "refresh_token"),
    );
    pass(&sandbox, 7_201);
    let ended = calls_with(&sandbox, access).await;
    assert_eq!(
        (ended.status, error(&ended).0.as_str()),
        (401, "INVALID_SESSION_ID")
    );
    let renewed = refresh(&sandbox, kept).await;
    assert_eq!(
        (renewed.status, renewed.body.get("refresh_token")),
        (200, None)
    );

    sandbox.admin("app", json!({"rotate_refresh_tokens": true}));
    let rotated = refresh(&sandbox, kept).await;
    let next = text(&rotated, "refresh_token");
    assert_ne!(next, kept);
    let old = refresh(&sandbox, kept).await;
    assert_eq!((old.status, text(&old, "error")), (400, "invalid_grant"));
    assert_eq!(
        text(&old, "error_description"),
        "expired access/refresh token"
    );

    let again = refresh(&sandbox, next).await;
    let (access, next) = (text(&again, "access_token"), text(&again, "refresh_token"));
    let url = sandbox.sandbox.base_url() + "/services/oauth2/revoke";
    let revoked = sandbox
        .send(sandbox.client.post(url).form(&[("token", next)]))
        .await
        .unwrap();
    assert_eq!(revoked.status, 200);
    assert_eq!(calls_with(&sandbox, access).await.status, 401);
    assert_eq!(refresh(&sandbox, next).await.status, 400);
}

fn assertion(claims: &Value) -> String {
    let part = |value: &[u8]| URL_SAFE_NO_PAD.encode(value);
    let header = part(br#"{"alg":"RS256"}"#);
    format!(
        "{header}.{}.{}",
        part(claims.to_string().as_bytes()),
        part(&[7; 256])
    )
}

#[tokio::test]
async fn server_flows_give_no_refresh_token() {
    let sandbox = org().await;
    let without = token(
        &sandbox,
        &[("grant_type", "client_credentials"), ("client_id", "CID")],
    )
    .await;
    assert_eq!(
        (without.status, text(&without, "error")),
        (401, "invalid_client")
    );
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "CID"),
        ("client_secret", "s"),
    ];
    let answer = token(&sandbox, &form).await;
    assert_eq!(
        (answer.status, answer.body.get("refresh_token")),
        (200, None)
    );

    let introspected = sandbox
        .post("/services/oauth2/introspect?token=x", Value::Null)
        .await;
    assert_eq!(introspected.body["active"], true);
    let now = introspected.body["iat"].as_i64().unwrap();
    let claims = json!({"iss": "CID", "sub": "olivia.stone@sandbox.example",
                        "aud": "https://login.salesforce.com", "exp": now + 180});
    for (member, value, wanted) in [
        ("exp", json!(now + 180), None),
        ("exp", json!(now - 1), Some("invalid_grant")),
        ("exp", json!(now + 3_600), Some("invalid_grant")),
        ("aud", json!("https://example.com"), Some("invalid_grant")),
        ("sub", json!("nobody@example.com"), Some("invalid_grant")),
        (
            "sub",
            json!("ivan.gone@sandbox.example"),
            Some("inactive_user"),
        ),
    ] {
        let mut claims = claims.clone();
        claims[member] = value;
        let jwt = assertion(&claims);
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", &jwt),
        ];
        let answer = token(&sandbox, &form).await;
        assert_eq!(answer.body["error"].as_str(), wanted, "{claims}");
        assert_eq!(answer.status, if wanted.is_some() { 400 } else { 200 });
    }
}

#[tokio::test]
async fn versions_limits_and_the_quota() {
    let sandbox = org().await;
    let url = sandbox.sandbox.base_url() + "/services/data";
    let versions = sandbox.send(sandbox.client.get(url)).await.unwrap().body;
    let last = versions.as_array().unwrap().last().unwrap();
    assert_eq!(
        last,
        &json!({"label": "Summer '26", "url": "/services/data/v67.0", "version": "67.0"})
    );
    assert_eq!(versions[0]["version"], "31.0");
    assert_eq!(sandbox.get("/services/data/v31.0/limits").await.status, 200);
    assert_eq!(sandbox.get("/services/data/v68.0/limits").await.status, 404);
    assert_eq!(sandbox.get("/services/data/v30.0/limits").await.status, 410);

    sandbox.admin("limits", json!({"daily": 5000, "used": 4998}));
    let limits = sandbox.get(&format!("{API}/limits")).await;
    assert_eq!(limits.headers["sforce-limit-info"], "api-usage=4999/5000");
    assert_eq!(
        limits.body["DailyApiRequests"],
        json!({"Max": 5000, "Remaining": 1})
    );
    // One Composite is one call.
    let part = |n| json!({"method": "GET", "referenceId": format!("r{n}"), "url": format!("{API}/sobjects/Lead/describe")});
    let body = json!({"compositeRequest": (0..20).map(part).collect::<Vec<_>>()});
    let answer = sandbox.post(&format!("{API}/composite"), body).await;
    assert_eq!(answer.headers["sforce-limit-info"], "api-usage=5000/5000");
    let over = sandbox.get(&format!("{API}/limits")).await;
    assert_eq!(over.status, 403);
    assert_eq!(
        error(&over),
        (
            "REQUEST_LIMIT_EXCEEDED".into(),
            "TotalRequests Limit exceeded.".into()
        )
    );
    assert_eq!(sandbox.stat("limited"), 1);
    pass(&sandbox, 25 * 3_600);
    assert_eq!(sandbox.get(&format!("{API}/limits")).await.status, 200);
}

#[tokio::test]
async fn faults_speak_salesforce() {
    let sandbox = org().await;
    for (fault, status, code) in [
        ("401=1", 401, "INVALID_SESSION_ID"),
        ("429=1", 403, "REQUEST_LIMIT_EXCEEDED"),
        ("503=1", 503, "SERVER_UNAVAILABLE"),
        ("500=1", 500, "UNKNOWN_EXCEPTION"),
    ] {
        sandbox.admin("faults", json!({"faults": [fault]}));
        let answer = sandbox.get(&format!("{API}/limits")).await;
        assert_eq!((answer.status, error(&answer).0.as_str()), (status, code));
    }
    // A list of results loses rows, but is never mixed up: its order is all it has.
    let create = |count| super::records("Lead", (0..count).map(lead).collect());
    sandbox.admin("faults", json!({"faults": ["partial=1"]}));
    let answer = sandbox
        .post(&format!("{API}/composite/sobjects"), create(4))
        .await;
    assert_eq!(
        (answer.body.as_array().unwrap().len(), sandbox.stat("leads")),
        (2, json!(4))
    );
    sandbox.admin("faults", json!({"faults": []}));
    let request = sandbox
        .client
        .get(format!("{}{API}/limits", sandbox.sandbox.base_url()));
    let odd = sandbox
        .send(request.header("authorization", "Basic eDp5"))
        .await
        .unwrap();
    assert_eq!(
        (odd.status, error(&odd).0.as_str()),
        (401, "INVALID_AUTH_HEADER")
    );
}

#[tokio::test]
async fn requests_are_filed_under_their_kind() {
    let sandbox = org().await;
    sandbox.get("/services/data").await;
    sandbox.get(&format!("{API}/sobjects/Lead/describe")).await;
    sandbox.soql("SELECT Id FROM User").await;
    sandbox
        .soql("SELECT Id, Name, IsSandbox, OrganizationType, InstanceName FROM Organization")
        .await;
    sandbox.soql("SELECT Id FROM Lead").await;
    let id = sandbox.made("Lead", lead(1)).await;
    sandbox.get(&format!("{API}/sobjects/Lead/{id}")).await;
    sandbox
        .request(Method::GET, "/services/oauth2/userinfo")
        .send()
        .await
        .unwrap();
    let kinds = sandbox.stat("by_kind");
    assert_eq!(
        (&kinds["metadata"], &kinds["object"], &kinds["token"]),
        (&json!(4), &json!(3), &json!(1))
    );
    assert_eq!(
        (sandbox.stat("writes"), sandbox.stat("rows_written")),
        (json!(1), json!(1))
    );
    assert_eq!(
        sandbox.stat("by_path")[format!("GET {API}/sobjects/Lead/{{id}}")],
        1
    );
}
