use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{API, Account, UNIT, account, options, refusal, text};
use crate::sandbox::SandboxOptions;
use crate::sandbox::test_client::Answer;

const CALLBACK: &str = "http://localhost:1717/cb";
const PATH: &str = "objects/prospects?fields=id&limit=1";

async fn strict() -> Account {
    Account::with(SandboxOptions {
        tokens: vec!["other".to_owned()],
        ..options()
    })
    .await
}

async fn token(account: &Account, form: &[(&str, &str)]) -> Answer {
    let url = account.sandbox.sandbox.base_url() + "/services/oauth2/token";
    let request = account.client.post(url).form(form);
    account.send(request).await.unwrap()
}

/// Signs in with a code and PKCE.
async fn sign_in(account: &Account, scope: &str) -> Answer {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest("verifier"));
    let page = format!(
        "/services/oauth2/authorize?response_type=code&client_id=CID&state=s1&scope={scope}&code_challenge={challenge}&code_challenge_method=S256&redirect_uri=http%3A%2F%2Flocalhost%3A1717%2Fcb"
    );
    let answer = account.get(&page).await;
    assert_eq!(answer.status, 302);
    let url = url::Url::parse(answer.headers["location"].to_str().unwrap()).unwrap();
    let (_, code) = url.query_pairs().find(|(name, _)| name == "code").unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "CID"),
        ("redirect_uri", CALLBACK),
        ("code", &code),
        ("code_verifier", "verifier"),
    ];
    token(account, &form).await
}

async fn refresh(account: &Account, refresh_token: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "CID"),
        ("refresh_token", refresh_token),
    ];
    token(account, &form).await
}

async fn calls_with(account: &Account, token: &str) -> Answer {
    let url = format!("{}{API}/{PATH}", account.sandbox.sandbox.base_url());
    let request = account.client.get(url).bearer_auth(token);
    account
        .send(request.header(UNIT, &account.unit))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_person_signs_in_and_the_session_ends_unannounced() {
    let account = strict().await;
    let signed_in = sign_in(&account, "pardot_api%20refresh_token").await;
    assert_eq!(signed_in.status, 200, "{}", signed_in.body);
    assert_eq!(signed_in.body.get("expires_in"), None);
    assert_eq!(signed_in.body["scope"], "pardot_api refresh_token");
    let access = text(&signed_in.body["access_token"]);
    let kept = text(&signed_in.body["refresh_token"]);
    assert_eq!(calls_with(&account, &access).await.status, 200);
    account.pass(7_200);
    let ended = calls_with(&account, &access).await;
    assert_eq!(refusal(&ended), (401, 184));
    assert!(text(&ended.body["message"]).starts_with("access_token is invalid"));

    account.admin("refresh_conflicts", json!({"count": 2}));
    for description in [
        "token request is already being processed",
        "expired authorization code",
    ] {
        let conflict = refresh(&account, &kept).await;
        assert_eq!(
            (conflict.status, &conflict.body["error"]),
            (400, &json!("invalid_grant"))
        );
        assert_eq!(conflict.body["error_description"], description);
    }
    account.admin("app", json!({"session_seconds": 900}));
    let renewed = refresh(&account, &kept).await;
    assert_eq!(renewed.status, 200);
    let access = text(&renewed.body["access_token"]);
    account.pass(899);
    assert_eq!(calls_with(&account, &access).await.status, 200);
    account.pass(1);
    assert_eq!(calls_with(&account, &access).await.status, 401);
    account.admin("tokens/revoke", json!({"token": kept}));
    let lost = refresh(&account, &kept).await;
    assert_eq!(
        lost.body["error_description"],
        "expired access/refresh token"
    );
    assert_eq!(account.stat("tokens_issued"), 2);
}

#[tokio::test]
async fn the_scope_must_be_there() {
    let account = strict().await;
    let signed_in = sign_in(&account, "api%20refresh_token").await;
    let access = text(&signed_in.body["access_token"]);
    assert_eq!(refusal(&calls_with(&account, &access).await), (401, 184));
    let renewed = refresh(&account, &text(&signed_in.body["refresh_token"])).await;
    let access = text(&renewed.body["access_token"]);
    assert_eq!(refusal(&calls_with(&account, &access).await), (401, 184));
    account.admin(
        "tokens/scope",
        json!({"token": access, "scope": "pardot_api"}),
    );
    assert_eq!(calls_with(&account, &access).await.status, 200);

    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "CID"),
        ("client_secret", "s"),
    ];
    let server = token(&account, &form).await;
    assert_eq!(server.body["scope"], "pardot_api");
    let access = text(&server.body["access_token"]);
    assert_eq!(calls_with(&account, &access).await.status, 200);
    let url = account.sandbox.sandbox.base_url() + "/services/oauth2/userinfo";
    let identity = account.client.get(url).bearer_auth(&access);
    let identity = account.send(identity).await.unwrap();
    assert_eq!(identity.body["username"], "olivia.stone@sandbox.example");
}

#[tokio::test]
async fn credentials_and_unit_fail_in_two_tongues() {
    let account = account().await;
    let url = format!("{}{API}/{PATH}", account.sandbox.sandbox.base_url());
    let unsigned = account.send(account.client.get(&url)).await.unwrap();
    assert_eq!(unsigned.status, 401);
    assert_eq!(
        unsigned.body,
        json!({"code": 49, "message": "Access Denied"})
    );

    let missing = account.get(&format!("{API}/{PATH}")).await;
    assert_eq!(missing.status, 400);
    assert!(
        missing.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/xml")
    );
    assert!(text(&missing.body).contains("<err code=\"181\">"));
    let other = |unit: &'static str| {
        account
            .request(Method::GET, &format!("{API}/{PATH}"))
            .header(UNIT, unit)
    };
    let wrong = account.send(other("0Uv000000000000AAA")).await.unwrap();
    assert_eq!(wrong.status, 403);
    assert!(text(&wrong.body).contains("<rsp stat=\"fail\""));
    account.admin("settings", json!({"xml_errors": "none"}));
    let wrong = account.send(other("0Uv000000000000AAA")).await.unwrap();
    assert_eq!(refusal(&wrong), (403, 201));
    account.admin("unit", json!({"active": false}));
    assert_eq!(refusal(&account.read(PATH).await), (403, 201));
    account.admin("unit", json!({"active": true}));
    account.admin("settings", json!({"xml_errors": "all"}));
    let unknown = account.read("objects/prospects?fields=nope").await;
    assert!(text(&unknown.body).contains("<err code=\"51\">"));
}

#[tokio::test]
async fn abilities_can_be_missing() {
    let account = account().await;
    let denied = ["imports", "account", "prospects.delete", "lists.view"];
    account.admin("abilities", json!({"deny": denied}));
    let id = account.made(super::ada()).await;
    let path = format!("objects/prospects/{id}");
    let deleted = account.call(Method::DELETE, &path, Value::Null).await;
    for answer in [
        deleted,
        account.read("objects/account?fields=id").await,
        account.read("objects/lists?fields=id").await,
        account.read("imports/1?fields=id").await,
    ] {
        assert_eq!(refusal(&answer), (403, 46));
    }
    account.admin(
        "abilities",
        json!({"allow": ["account"], "deny": ["prospects.view"]}),
    );
    let facts = account.read("objects/account?fields=company,level").await;
    assert_eq!(facts.body["level"], "Growth");
    let unseen = account.upsert(json!({"email": "b@example.com"})).await;
    assert_eq!((unseen.status, unseen.body), (204, json!("")));
    assert_eq!(account.stat("prospects"), 2);
}
