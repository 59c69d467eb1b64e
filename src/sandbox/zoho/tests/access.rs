use reqwest::Method;
use serde_json::{Value, json};

use super::{API, Account, account, options, pass, text};
use crate::sandbox::SandboxOptions;
use crate::sandbox::test_client::Answer;

const CALLBACK: &str = "http://localhost:1717/cb";

async fn post(sandbox: &Account, path: &str, form: &[(&str, &str)]) -> Answer {
    let url = sandbox.sandbox.base_url() + path;
    sandbox
        .send(sandbox.client.post(url).form(form))
        .await
        .unwrap()
}

async fn token(sandbox: &Account, form: &[(&str, &str)]) -> Answer {
    let mut whole = vec![("client_id", "CID"), ("client_secret", "S")];
    whole.extend_from_slice(form);
    post(sandbox, "/oauth/v2/token", &whole).await
}

/// Opens the consent page and gives what the callback got.
async fn callback(sandbox: &Account, extra: &str) -> Vec<(String, String)> {
    let path = format!(
        "/oauth/v2/auth?response_type=code&client_id=CID&state=s1&scope=ZohoCRM.modules.ALL&redirect_uri=http%3A%2F%2Flocalhost%3A1717%2Fcb{extra}"
    );
    let answer = sandbox.get(&path).await;
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

async fn sign_in(sandbox: &Account) -> Answer {
    let got = callback(sandbox, "&access_type=offline&prompt=consent").await;
    exchange(sandbox, &got[0].1).await
}

async fn refresh(sandbox: &Account, refresh_token: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
    ];
    token(sandbox, &form).await
}

/// Status and code of a read with this `Authorization`.
async fn read_with(sandbox: &Account, header: &str) -> (u16, String) {
    let url = format!("{}{API}/Leads?fields=Email", sandbox.sandbox.base_url());
    let request = sandbox.client.get(url).header("authorization", header);
    let answer = sandbox.send(request).await.unwrap();
    (answer.status, text(&answer.body["code"]))
}

fn only_issued_tokens() -> SandboxOptions {
    SandboxOptions {
        tokens: vec!["other".into()],
        ..options()
    }
}

fn error(answer: &Answer) -> (u16, String) {
    (answer.status, text(&answer.body["error"]))
}

#[tokio::test]
async fn signing_in_tells_where_the_account_lives() {
    let sandbox = Account::with(only_issued_tokens()).await;
    sandbox.admin("data_centre", json!({"location": "eu"}));
    let got = callback(&sandbox, "&access_type=offline&prompt=consent").await;
    let names: Vec<&str> = got.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["code", "location", "accounts-server", "state"]);
    assert_eq!(got[1].1, "eu");
    assert_eq!(got[2].1, sandbox.sandbox.base_url());

    let answer = exchange(&sandbox, &got[0].1).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["api_domain"], sandbox.sandbox.base_url());
    assert_eq!(answer.body["expires_in"], 3_600);
    assert_eq!(answer.body["scope"], "ZohoCRM.modules.ALL");
    let access = text(&answer.body["access_token"]);
    assert!(access.starts_with("1000."));
    for scheme in ["Zoho-oauthtoken", "Bearer"] {
        let header = format!("{scheme} {access}");
        assert_eq!(read_with(&sandbox, &header).await.0, 204);
    }
    let odd = read_with(&sandbox, &access).await;
    assert_eq!(odd, (401, "AUTHENTICATION_FAILURE".into()));
    let stranger = read_with(&sandbox, "Zoho-oauthtoken 1000.x").await;
    assert_eq!(stranger, (401, "INVALID_TOKEN".into()));

    // A code works once, and for a minute; the answer of a refusal has status 200.
    let again = exchange(&sandbox, &got[0].1).await;
    assert_eq!(error(&again), (200, "invalid_code".into()));
    let late = callback(&sandbox, "").await;
    pass(&sandbox, 61);
    assert_eq!(
        error(&exchange(&sandbox, &late[0].1).await).1,
        "invalid_code"
    );
    sandbox.admin("authorization", json!({"deny": true}));
    assert_eq!(
        callback(&sandbox, "").await[0],
        ("error".to_owned(), "access_denied".to_owned())
    );
}

#[tokio::test]
async fn refresh_tokens_come_only_when_asked_for() {
    let sandbox = account().await;
    let mut shown = Vec::new();
    for extra in [
        "",
        "&access_type=offline",
        "&access_type=offline&prompt=consent",
    ] {
        let got = callback(&sandbox, extra).await;
        let answer = exchange(&sandbox, &got[0].1).await;
        shown.push(answer.body["refresh_token"].is_string());
    }
    // The second consent was not the first one of this user.
    assert_eq!(shown, [false, false, true]);
    sandbox.admin("reset", Value::Null);
    let got = callback(&sandbox, "&access_type=offline").await;
    let first = exchange(&sandbox, &got[0].1).await;
    assert!(first.body["refresh_token"].is_string());
    let code = sandbox.admin("codes", json!({"scope": "ZohoCRM.org.READ"}));
    pass(&sandbox, 170);
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code["code"].as_str().unwrap()),
    ];
    let own = token(&sandbox, &form).await;
    assert_eq!(own.body["scope"], "ZohoCRM.org.READ");
}

#[tokio::test]
async fn tokens_end_and_renewing_is_rationed() {
    let sandbox = Account::with(only_issued_tokens()).await;
    let signed_in = sign_in(&sandbox).await;
    let kept = text(&signed_in.body["refresh_token"]);
    let access = format!("Zoho-oauthtoken {}", text(&signed_in.body["access_token"]));
    pass(&sandbox, 3_601);
    assert_eq!(
        read_with(&sandbox, &access).await,
        (401, "INVALID_TOKEN".into())
    );
    for _ in 0..10 {
        let renewed = refresh(&sandbox, &kept).await;
        assert_eq!(renewed.body.get("refresh_token"), None);
        let header = format!("Zoho-oauthtoken {}", text(&renewed.body["access_token"]));
        assert_eq!(read_with(&sandbox, &header).await.0, 204);
    }
    let blocked = refresh(&sandbox, &kept).await;
    assert_eq!(error(&blocked), (200, "access_denied".into()));
    pass(&sandbox, 599);
    assert_eq!(error(&refresh(&sandbox, &kept).await).1, "access_denied");
    pass(&sandbox, 1);
    let renewed = refresh(&sandbox, &kept).await;
    let access = format!("Zoho-oauthtoken {}", text(&renewed.body["access_token"]));
    assert_eq!(sandbox.stat("tokens_issued"), 12);

    let without_secret = [
        ("grant_type", "refresh_token"),
        ("client_id", "CID"),
        ("refresh_token", kept.as_str()),
    ];
    let wrong = post(&sandbox, "/oauth/v2/token", &without_secret).await;
    assert_eq!(error(&wrong), (200, "invalid_client".into()));
    let revoked = post(&sandbox, "/oauth/v2/token/revoke", &[("token", &kept)]).await;
    assert_eq!(revoked.body["status"], "success");
    assert_eq!(read_with(&sandbox, &access).await.0, 401);
    assert_eq!(error(&refresh(&sandbox, &kept).await).1, "invalid_code");
}

#[tokio::test]
async fn the_twenty_first_refresh_token_ends_the_first() {
    let sandbox = Account::with(only_issued_tokens()).await;
    let first = text(&sign_in(&sandbox).await.body["refresh_token"]);
    for _ in 0..4 {
        sign_in(&sandbox).await;
    }
    // Five in a minute.
    assert_eq!(error(&sign_in(&sandbox).await).1, "access_denied");
    for _ in 5..20 {
        pass(&sandbox, 60);
        assert_eq!(sign_in(&sandbox).await.body.get("error"), None);
    }
    assert!(refresh(&sandbox, &first).await.body["access_token"].is_string());
    pass(&sandbox, 60);
    sign_in(&sandbox).await;
    assert_eq!(error(&refresh(&sandbox, &first).await).1, "invalid_code");
}

#[tokio::test]
async fn a_token_of_another_data_centre_looks_like_an_expired_one() {
    let sandbox = account().await;
    let signed_in = sign_in(&sandbox).await;
    let access = format!("Zoho-oauthtoken {}", text(&signed_in.body["access_token"]));
    assert_eq!(read_with(&sandbox, &access).await.0, 204);
    sandbox.admin(
        "data_centre",
        json!({"location": "in", "api_domain": "https://www.zohoapis.in"}),
    );
    assert_eq!(
        read_with(&sandbox, &access).await,
        (401, "INVALID_TOKEN".into())
    );
    let kept = text(&signed_in.body["refresh_token"]);
    assert_eq!(error(&refresh(&sandbox, &kept).await).1, "invalid_code");
    let here = sign_in(&sandbox).await;
    assert_eq!(here.body["api_domain"], "https://www.zohoapis.in");
    sandbox.admin("tokens/foreign", json!({"token": "mine"}));
    assert_eq!(read_with(&sandbox, "Bearer mine").await.0, 401);
    let server = sandbox.get("/oauth/serverinfo").await;
    assert_eq!(
        server.body["locations"]["ca"],
        "https://accounts.zohocloud.ca"
    );
}

#[tokio::test]
async fn every_call_needs_its_scope() {
    let sandbox = account().await;
    let query = json!({"select_query": "select id from Leads where id is not null"});
    let scopes = |scope: &str| {
        sandbox.admin("scopes", json!({"scope": scope}));
    };
    let code = |answer: Answer| (answer.status, text(&answer.body["code"]));
    let mismatch = (401, "OAUTH_SCOPE_MISMATCH".to_owned());

    scopes("ZohoCRM.modules.ALL");
    assert_eq!(sandbox.read("Leads?fields=Email").await.status, 204);
    for path in ["org", "users", "settings/modules"] {
        assert_eq!(code(sandbox.read(path).await), mismatch, "{path}");
    }
    let asked = sandbox.call(Method::POST, "coql", query.clone()).await;
    assert_eq!(code(asked), mismatch);
    scopes("ZohoCRM.coql.READ,ZohoCRM.modules.contacts.READ");
    let asked = sandbox.call(Method::POST, "coql", query.clone()).await;
    assert_eq!(code(asked), mismatch);
    scopes("ZohoCRM.coql.READ,ZohoCRM.modules.leads.READ");
    let asked = sandbox.call(Method::POST, "coql", query).await;
    assert_eq!(asked.status, 204);
    let refused = sandbox.upsert("Leads", vec![super::lead(1)]).await;
    assert_eq!(code(refused), mismatch);
    assert_eq!(sandbox.stat("leads"), 0);
}
