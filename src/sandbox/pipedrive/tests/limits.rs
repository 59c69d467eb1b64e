use serde_json::json;

use super::{Account, account, options, person};
use crate::sandbox::test_client::Answer;
use crate::sandbox::{RateMode, SandboxOptions};

async fn limited() -> Account {
    Account::with(SandboxOptions {
        rate: RateMode::Vendor,
        ..options()
    })
    .await
}

fn header(answer: &Answer, name: &str) -> Option<String> {
    let value = answer.headers.get(name)?;
    Some(value.to_str().unwrap().to_owned())
}

const LEFT: &str = "x-daily-ratelimit-token-remaining";

#[tokio::test]
async fn calls_cost_what_the_description_says() {
    let sandbox = account().await;
    let mut spent = 0;
    let mut costs = async |answer: Answer, tokens: u64, what: &str| {
        assert!(answer.status < 300, "{what}: {}", answer.body);
        spent += tokens;
        assert_eq!(sandbox.stat("tokens_spent"), spent, "{what}");
    };
    let made = sandbox.create("v2/persons", person("Ada", "a@b.c")).await;
    let id = made.body["data"]["id"].clone();
    costs(made, 5, "POST").await;
    for (path, tokens) in [
        (format!("v2/persons/{id}"), 1),
        ("v2/persons".to_owned(), 10),
        ("v2/personFields".to_owned(), 10),
        ("v2/personFields/name".to_owned(), 1),
        ("v2/persons/search?term=ada".to_owned(), 20),
        ("v2/organizations/search?term=ada".to_owned(), 20),
        ("v2/itemSearch?term=ada".to_owned(), 20),
        ("v2/stages".to_owned(), 5),
        ("v1/users/me".to_owned(), 2),
        ("v1/users".to_owned(), 20),
        ("v1/notes".to_owned(), 20),
        ("v1/leadLabels".to_owned(), 10),
        ("v1/leadSources".to_owned(), 2),
    ] {
        costs(sandbox.read(&path).await, tokens, &path).await;
    }
    let note = json!({"content": "x", "person_id": id});
    costs(sandbox.create("v1/notes", note).await, 10, "notes").await;
    let lead = json!({"title": "x", "person_id": id});
    costs(sandbox.create("v1/leads", lead).await, 10, "leads").await;
    let path = format!("v2/persons/{id}");
    costs(sandbox.patch(&path, json!({"name": "B"})).await, 5, "PATCH").await;
    costs(sandbox.delete(&path).await, 3, "DELETE").await;
    assert_eq!(header(&sandbox.read("v2/persons").await, LEFT), None);
}

#[tokio::test]
async fn a_day_has_thirty_thousand_tokens() {
    let sandbox = limited().await;
    let answer = sandbox.read("v2/persons").await;
    assert_eq!(
        header(&answer, "x-daily-ratelimit-token-limit").unwrap(),
        "30000"
    );
    assert_eq!(header(&answer, LEFT).unwrap(), "29990");
    assert_eq!(header(&answer, "x-daily-requests-left"), None);
    sandbox.admin("limits", json!({"used": 29_998}));
    let made = sandbox.create("v2/persons", person("Ada", "a@b.c")).await;
    assert_eq!(
        (made.status, header(&made, LEFT).unwrap()),
        (200, "0".into())
    );
    assert_eq!(header(&made, "x-daily-requests-left").unwrap(), "9999");
    let refused = sandbox.create("v2/persons", person("Bob", "b@b.c")).await;
    assert_eq!(refused.status, 429);
    assert_eq!(
        refused.body,
        json!({"success": false, "error": "Rate limit exceeded", "errorCode": 429})
    );
    assert_eq!(header(&refused, LEFT).unwrap(), "0");
    assert_eq!(
        (sandbox.stat("persons"), sandbox.stat("limited")),
        (json!(1), json!(1))
    );
    sandbox.admin("plan", json!({"plan": "growth", "seats": 2}));
    assert_eq!(sandbox.stat("tokens_left"), 120_000 - 30_003);
    sandbox.admin("limits", json!({"budget": 10, "headers": false}));
    assert_eq!(header(&sandbox.read("v2/persons").await, LEFT), None);
    sandbox.pass(86_400);
    assert_eq!(sandbox.stat("tokens_since_reset"), 0);
    assert_eq!(sandbox.read("v2/persons").await.status, 200);
}

#[tokio::test]
async fn bursts_depend_on_the_kind_of_token() {
    let sandbox = limited().await;
    for left in (0..20).rev() {
        let answer = sandbox.read("v1/users/me").await;
        assert_eq!(
            header(&answer, "x-ratelimit-remaining").unwrap(),
            left.to_string()
        );
    }
    let refused = sandbox.read("v1/users/me").await;
    assert_eq!(refused.status, 429);
    assert_eq!(header(&refused, "x-ratelimit-limit").unwrap(), "20");
    assert_eq!(header(&refused, "x-ratelimit-reset").unwrap(), "2");
    for _ in 0..80 {
        assert_eq!(sandbox.get("/api/v1/users/me").await.status, 200);
    }
    assert_eq!(sandbox.get("/api/v1/users/me").await.status, 429);
    sandbox.pass(2);
    for _ in 0..10 {
        assert_eq!(sandbox.read("v2/persons/search?term=ada").await.status, 200);
    }
    assert_eq!(sandbox.read("v2/itemSearch?term=ada").await.status, 429);
    assert_eq!(sandbox.read("v1/users/me").await.status, 200);
}

#[tokio::test]
async fn who_ignores_refusals_is_shut_out() {
    let sandbox = limited().await;
    for _ in 0..20 {
        sandbox.read("v1/users/me").await;
    }
    for _ in 0..10 {
        assert_eq!(sandbox.read("v1/users/me").await.status, 429);
    }
    let blocked = sandbox.read("v1/users/me").await;
    assert_eq!(blocked.status, 403);
    assert!(
        blocked.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    sandbox.pass(299);
    assert_eq!(sandbox.read("v1/users/me").await.status, 403);
    sandbox.pass(1);
    assert_eq!(sandbox.read("v1/users/me").await.status, 200);
    // Who waits as told may be refused for ever.
    sandbox.admin("limits", json!({"budget": 1, "used": 1}));
    for _ in 0..15 {
        sandbox.pass(2);
        assert_eq!(sandbox.read("v1/users/me").await.status, 429);
    }
}

#[tokio::test]
async fn a_rate_can_be_asked_for() {
    // Three in two seconds, which is the window that Pipedrive's clients know.
    let sandbox = Account::with(SandboxOptions {
        rate: RateMode::PerTenSeconds(15),
        daily_limit: Some(1_000),
        ..options()
    })
    .await;
    for _ in 0..3 {
        assert_eq!(sandbox.read("v1/users/me").await.status, 200);
    }
    let refused = sandbox.read("v1/users/me").await;
    assert_eq!(
        (refused.status, sandbox.stat("tokens_left")),
        (429, json!(994))
    );
    assert_eq!(header(&refused, "x-ratelimit-reset").unwrap(), "2");
    sandbox.pass(2);
    assert_eq!(sandbox.read("v1/users/me").await.status, 200);
}

#[tokio::test]
async fn faults_speak_as_the_vendor_does() {
    let sandbox = account().await;
    sandbox.admin("faults", json!({"faults": ["500=1@/persons"]}));
    let refused = sandbox.create("v2/persons", person("Ada", "a@b.c")).await;
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (500, &json!("ERR_UNKNOWN"))
    );
    sandbox.admin("faults", json!({"faults": ["429=1@/persons"]}));
    let refused = sandbox.read("v2/persons").await;
    assert_eq!(header(&refused, "x-ratelimit-reset").unwrap(), "2");
    // The answer is lost, the person is there.
    sandbox.admin("faults", json!({"faults": ["drop-after=1@/persons"]}));
    let request = sandbox.with_token(reqwest::Method::POST, "v2/persons");
    assert!(
        sandbox
            .send(request.json(&person("Ada", "a@b.c")))
            .await
            .is_err()
    );
    assert_eq!(sandbox.stat("persons"), 1);
    assert_eq!(sandbox.stat("limited"), 0);
}
