use serde_json::{Value, json};

use super::{Account, account, ada, options, refusal, text};
use crate::sandbox::SandboxOptions;

async fn code(account: &Account, path: &str) -> (u16, u64) {
    refusal(&account.read(path).await)
}

#[tokio::test]
async fn queries_run_behind_and_reads_do_not() {
    let account = account().await;
    let id = account.made(ada()).await;
    let read = account
        .read(&format!("objects/prospects/{id}?fields=id,email"))
        .await;
    assert_eq!(read.body, json!({"id": id, "email": "ada@example.com"}));
    let by_email = "&email=ada%40example.com";
    assert!(account.found(by_email).await.is_empty());
    account.pass(59);
    assert!(account.found("").await.is_empty());
    account.pass(1);
    assert_eq!(account.found(by_email).await, [id]);

    // A change shows late as well, a new address under either of the two.
    let body = json!({"email": "ada@other.com"});
    let path = format!("objects/prospects/{id}?fields=email");
    let changed = account.call(reqwest::Method::PATCH, &path, body).await;
    assert_eq!(changed.body["email"], "ada@other.com");
    assert_eq!(account.found(by_email).await, [id]);
    assert!(account.found("&email=ada%40other.com").await.is_empty());
    account.pass(60);
    assert!(account.found(by_email).await.is_empty());
    assert_eq!(account.found("&email=ada%40other.com").await, [id]);

    account.admin("settings", json!({"lag_seconds": 0}));
    let other = account.made(json!({"email": "b@example.com"})).await;
    assert_eq!(account.found("&email=b%40example.com").await, [other]);
    account.admin("settings", json!({"lag_seconds": 60}));
    account.pass(60);
    account
        .sandbox
        .sandbox
        .admin("DELETE", &format!("prospects/{other}"), &Value::Null);
    assert_eq!(account.found("&email=b%40example.com").await, [other]);
    account.pass(60);
    assert!(account.found("&email=b%40example.com").await.is_empty());
    assert_eq!(account.found("&deleted=true").await, [other]);
    assert_eq!(account.found("&deleted=all").await, [id, other]);
}

#[tokio::test]
async fn filters_and_order() {
    let account = account().await;
    let row = |email: &str, updated: &str| json!({"email": email, "updatedAt": updated});
    let ids = account.seed(
        "prospects",
        json!([
            row("c@example.com", "2026-09-01T10:00:00+02:00"),
            row("A@example.com", "2026-09-01T09:00:00+00:00"),
            row("a@example.com", "2026-09-02T00:00:00+00:00"),
        ]),
    );
    let at = "2026-09-01T08:00:00%2B00:00";
    assert_eq!(
        account.found(&format!("&updatedAtAfter={at}")).await,
        ids[1..]
    );
    assert_eq!(
        account
            .found(&format!("&updatedAtAfterOrEqualTo={at}"))
            .await,
        ids
    );
    assert_eq!(
        account.found(&format!("&updatedAtBefore={at}")).await,
        [0u64; 0]
    );
    assert_eq!(
        account.found(&format!("&idGreaterThan={}", ids[0])).await,
        ids[1..]
    );
    assert_eq!(account.found(&format!("&id={}", ids[1])).await, [ids[1]]);
    assert_eq!(account.found("&email=a%40example.com").await, [ids[2]]);
    let by_email = account.found("&orderBy=email%20desc").await;
    assert_eq!(by_email, [ids[0], ids[2], ids[1]]);
    assert_eq!(account.found("&orderBy=id%20DESC&limit=1").await, [ids[2]]);
}

#[tokio::test]
async fn parameters_are_checked() {
    let account = account().await;
    for (query, wanted) in [
        ("", 13),
        ("?fields=id,Nope__c", 51),
        ("?fields=id&nope=1", 51),
        ("?fields=id&orderBy=nope", 51),
        ("?fields=id&limit=1001", 52),
        ("?fields=id&limit=0", 52),
        ("?fields=id&deleted=maybe", 51),
        ("?fields=id&id=abc", 16),
        ("?fields=id&id=1,2", 16),
        ("?fields=id&updatedAtAfter=2026-09-01T08:00:00+00:00", 7),
        ("?fields=id&emailGreaterThan=a", 51),
        (
            "?fields=id&id=1&email=a&userId=1&updatedAtAfter=2026-09-01T08:00:00Z",
            209,
        ),
        ("?nextPageToken=nope", 211),
    ] {
        let found = code(&account, &format!("objects/prospects{query}")).await;
        assert_eq!(found, (400, wanted), "{query}");
    }
    let unknown = account.read("objects/prospects?fields=UniqueId__c").await;
    assert_eq!(
        unknown.body["message"],
        "Invalid parameter: fields. It contains an invalid or unknown field: UniqueId__c."
    );
    // Two bounds of one field are one filter.
    let window = "&updatedAtAfter=2026-09-01T08:00:00Z&updatedAtBefore=2026-09-02T08:00:00Z";
    assert!(
        account
            .found(&format!("{window}&id=1&email=a"))
            .await
            .is_empty()
    );
    assert_eq!(
        code(&account, "objects/prospects/1?fields=id").await,
        (404, 109)
    );
    assert_eq!(
        code(&account, "objects/prospects/x?fields=id").await,
        (400, 16)
    );
    assert_eq!(code(&account, "objects/prospects/1").await, (400, 13));
}

#[tokio::test]
async fn pages_follow_a_token() {
    let account = account().await;
    let seeded = account.admin("prospects", json!({"generate": 5}));
    let first = account
        .read("objects/prospects?fields=id,email&limit=2&idGreaterThan=1")
        .await;
    let token = text(&first.body["nextPageToken"]);
    assert_eq!(first.body["values"][0]["email"], "p0@example.com");
    let url = text(&first.body["nextPageUrl"]);
    let request = account.client.get(&url).bearer_auth("x");
    let request = request.header(super::UNIT, &account.unit);
    let second = account.send(request).await.unwrap();
    assert_eq!(second.body["values"][0]["email"], "p2@example.com");
    // The same token gives the same page, and takes other fields.
    let again = account
        .read(&format!(
            "objects/prospects?fields=id&nextPageToken={token}"
        ))
        .await;
    assert_eq!(
        again.body["values"],
        json!([{"id": seeded["ids"][2]}, {"id": seeded["ids"][3]}])
    );
    let token = text(&second.body["nextPageToken"]);
    let last = account
        .read(&format!("objects/prospects?nextPageToken={token}"))
        .await;
    assert_eq!(last.body["values"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&last.body["nextPageToken"], &last.body["nextPageUrl"]),
        (&Value::Null, &Value::Null)
    );
    let more = format!("objects/prospects?limit=2&nextPageToken={token}");
    assert_eq!(code(&account, &more).await, (400, 51));
    account.pass(4 * 3_600);
    let late = format!("objects/prospects?nextPageToken={token}");
    assert_eq!(code(&account, &late).await, (400, 210));
}

#[tokio::test]
async fn small_pages_can_be_asked_for() {
    let account = Account::with(SandboxOptions {
        page_size: Some(2),
        ..options()
    })
    .await;
    account.admin("prospects", json!({"generate": 3}));
    let page = account.read("objects/prospects?fields=id").await;
    assert_eq!(page.body["values"].as_array().unwrap().len(), 2);
    assert!(page.body["nextPageToken"].is_string());
}

#[tokio::test]
async fn fifty_thousand_people_are_quick() {
    let account = account().await;
    let before = std::time::Instant::now();
    account.admin(
        "prospects",
        json!({"generate": 50_000, "values": {"city": "Rome"}}),
    );
    let one = account.found("&email=p49999%40example.com").await;
    assert_eq!(one.len(), 1);
    assert_eq!(account.stat("prospects"), 50_000);
    // Far above what it takes; a search through all rows for each row would take hours.
    assert!(before.elapsed().as_secs() < 60);
}

#[tokio::test]
async fn other_objects_are_read_alike() {
    let account = account().await;
    account.admin(
        "custom-fields",
        json!({"fieldId": "BoothVisit", "name": "Booth visit", "type": "Checkbox"}),
    );
    let fields = "id,name,fieldId,apiFieldId,type,isUseValues,isRecordMultipleResponses";
    let answer = account
        .read(&format!("objects/custom-fields?fields={fields}&limit=1000"))
        .await;
    let field = &answer.body["values"][0];
    assert_eq!(
        (&field["apiFieldId"], &field["type"], &field["isUseValues"]),
        (&json!("BoothVisit__c"), &json!("Checkbox"), &json!(false))
    );
    account.seed(
        "campaigns",
        json!([{"name": "Expo 2026", "salesforceId": "701x"}]),
    );
    let found = account
        .read("objects/campaigns?fields=id,name,salesforceId&name=Expo%202026")
        .await;
    assert_eq!(found.body["values"][0]["salesforceId"], "701x");
    assert_eq!(found.body["values"].as_array().unwrap().len(), 1);
    let users = account.read("objects/users?fields=email&deleted=all").await;
    assert_eq!(users.body["values"].as_array().unwrap().len(), 3);
    let facts = account.read("objects/account?fields=id,company").await;
    assert_eq!(facts.body["company"], "Sandbox Example Inc.");
    assert_eq!(
        code(&account, "objects/account?fields=nope").await,
        (400, 51)
    );
}
