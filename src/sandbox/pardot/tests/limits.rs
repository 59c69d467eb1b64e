use std::time::Duration;

use serde_json::{Value, json};

use super::{API, Account, account, ada, options, refusal, text};
use crate::sandbox::{RateMode, SandboxOptions};

const PATH: &str = "objects/prospects?fields=id";

#[tokio::test]
async fn calls_of_a_day_are_counted_until_midnight() {
    let account = Account::with(SandboxOptions {
        daily_limit: Some(3),
        ..options()
    })
    .await;
    account.admin("unit", json!({"time_zone": "America/New_York"}));
    let request = account.signed(reqwest::Method::GET, PATH);
    let first = account
        .send(request.header("X-Return-Api-Usage", "1"))
        .await
        .unwrap();
    assert_eq!(first.headers["x-api-usage"], "1/3");
    let unasked = account.read(PATH).await;
    assert_eq!(unasked.headers.get("x-api-usage"), None);
    assert_eq!(account.read(PATH).await.status, 200);
    let over = account.read(PATH).await;
    assert_eq!(refusal(&over), (400, 122));
    assert_eq!(over.body["message"], "Daily API rate limit met");
    assert_eq!(over.headers.get("retry-after"), None);
    assert_eq!(
        (account.stat("limited"), account.stat("calls_today")),
        (json!(1), json!(3))
    );
    account.pass(86_400);
    assert_eq!(account.read(PATH).await.status, 200);
    assert_eq!(account.stat("calls_today"), 1);
    account.admin("limits", json!({"daily": 25_000, "used": 24_999}));
    assert_eq!(account.read(PATH).await.status, 200);
    assert_eq!(refusal(&account.read(PATH).await), (400, 122));
}

#[tokio::test]
async fn five_calls_may_be_in_flight() {
    let account = Account::with(SandboxOptions {
        rate: RateMode::Vendor,
        latency: Duration::from_millis(400),
        ..options()
    })
    .await;
    let calls = (0..6).map(|_| account.read(PATH));
    let answers = futures_util::future::join_all(calls).await;
    let refused: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status != 200)
        .collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refusal(refused[0]), (400, 66));
    assert_eq!(account.stat("api_calls"), 5);
    account.admin("latency", json!({"milliseconds": 0}));
    assert_eq!(account.read(PATH).await.status, 200);
}

#[tokio::test]
async fn calls_of_a_minute_can_be_limited() {
    let account = account().await;
    account.admin("limits", json!({"minute": 2}));
    for wanted in [(200, 0), (200, 0), (400, 202)] {
        assert_eq!(refusal(&account.read(PATH).await), wanted);
    }
    account.pass(60);
    assert_eq!(account.read(PATH).await.status, 200);

    let paced = Account::with(SandboxOptions {
        rate: RateMode::PerTenSeconds(1),
        ..options()
    })
    .await;
    assert_eq!(paced.read(PATH).await.status, 200);
    assert_eq!(refusal(&paced.read(PATH).await), (400, 202));
    paced.pass(10);
    assert_eq!(paced.read(PATH).await.status, 200);
}

#[tokio::test]
async fn faults_speak_pardot() {
    let account = account().await;
    for (fault, status, code) in [
        ("401=1", 401, 184),
        ("429=1", 400, 66),
        ("500=1", 500, 183),
        ("503=1", 503, 183),
        ("504=1", 504, 214),
    ] {
        account.admin("faults", json!({"faults": [fault]}));
        assert_eq!(refusal(&account.read(PATH).await), (status, code));
    }
    assert_eq!(account.stat("limited"), 0);
    account.admin("faults", json!({"faults": ["html=1"]}));
    assert!(text(&account.read(PATH).await.body).starts_with("<!DOCTYPE html>"));
    account.admin("faults", json!({"faults": ["drop-after=1"]}));
    let lost = account
        .signed(reqwest::Method::POST, "objects/prospects")
        .json(&ada());
    assert!(account.send(lost).await.is_err());
    account.admin("faults", json!({"faults": []}));
    assert_eq!(account.stat("prospects"), 1);
    assert_eq!(
        refusal(&account.make("objects/prospects", ada()).await),
        (400, 9)
    );
}

#[tokio::test]
async fn requests_are_filed_under_their_kind() {
    let account = account().await;
    account.read(PATH).await;
    account.read("objects/lists?fields=id").await;
    account.read("objects/account?fields=id").await;
    let id = account.made(ada()).await;
    account
        .read(&format!("objects/prospects/{id}?fields=id"))
        .await;
    let body = json!({"listId": 1, "prospectId": id});
    account.make("objects/list-memberships", body).await;
    account.get("/services/oauth2/userinfo").await;
    let kinds = account.stat("by_kind");
    let wanted = [
        ("search", 1),
        ("metadata", 1),
        ("account", 1),
        ("object", 2),
        ("association", 1),
        ("token", 1),
    ];
    for (kind, count) in wanted {
        assert_eq!(kinds[kind], count, "{kind}");
    }
    assert_eq!(
        (account.stat("writes"), account.stat("rows_written")),
        (json!(2), json!(1))
    );
    assert_eq!(
        account.stat("by_path")[format!("GET {API}/objects/prospects/{{id}}")],
        1
    );
    account.upsert(ada()).await;
    let (_, last) = account
        .sandbox
        .sandbox
        .admin("GET", "requests/last", &Value::Null);
    assert_eq!(last["body"]["prospect"]["firstName"], "Ada");
    assert_eq!(last["headers"].get("authorization"), None);
    account.admin("reset", Value::Null);
    assert_eq!(account.stat("prospects"), 0);
}
