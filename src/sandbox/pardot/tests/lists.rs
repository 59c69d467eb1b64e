use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, account, ada, refusal};

async fn join(account: &Account, list: u64, prospect: u64) -> crate::sandbox::test_client::Answer {
    let body = json!({"listId": list, "prospectId": prospect});
    account
        .make("objects/list-memberships?fields=id,listId", body)
        .await
}

#[tokio::test]
async fn people_join_and_leave_lists() {
    let account = account().await;
    let lists = account.seed(
        "lists",
        json!([{"name": "Expo"}, {"name": "All", "isDynamic": true}]),
    );
    let id = account.made(ada()).await;
    let joined = join(&account, lists[0], id).await;
    assert_eq!(
        (joined.status, &joined.body["listId"]),
        (201, &json!(lists[0]))
    );
    let again = join(&account, lists[0], id).await;
    assert_eq!(refusal(&again), (400, 58));
    assert_eq!(refusal(&join(&account, lists[1], id).await), (400, 55));
    assert_eq!(refusal(&join(&account, 7, id).await), (400, 55));
    assert_eq!(refusal(&join(&account, lists[0], 7).await), (400, 3));
    account.pass(60);
    let query = format!("objects/list-memberships?fields=id,optedOut&prospectId={id}");
    let found = account.read(&query).await;
    assert_eq!(
        found.body["values"],
        json!([{"id": joined.body["id"], "optedOut": false}])
    );
    let path = format!("objects/list-memberships/{}", joined.body["id"]);
    let opted = account
        .call(Method::PATCH, &path, json!({"optedOut": true}))
        .await;
    assert_eq!(opted.status, 204);
    let left = account.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(
        (left.status, account.stat("list_memberships")),
        (204, json!(0))
    );
    let gone = account.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(refusal(&gone), (404, 109));
    account
        .call(
            Method::DELETE,
            &format!("objects/prospects/{id}"),
            Value::Null,
        )
        .await;
    assert_eq!(refusal(&join(&account, lists[0], id).await), (400, 132));
}

#[tokio::test]
async fn lists_campaigns_and_accounts_are_made_where_they_may_be() {
    let account = account().await;
    let made = account
        .make("objects/lists", json!({"name": "Expo", "title": "t"}))
        .await;
    assert_eq!(made.status, 201);
    assert!(made.headers.contains_key("location"));
    let unknown = account
        .make("objects/lists", json!({"name": "Expo", "nope": 1}))
        .await;
    assert_eq!(refusal(&unknown), (400, 154));
    let nameless = account.make("objects/lists", json!({"title": "t"})).await;
    assert_eq!(refusal(&nameless), (400, 153));
    let campaign = account
        .make("objects/campaigns", json!({"name": "Expo"}))
        .await;
    let mut person = ada();
    person["campaignId"] = campaign.body["id"].clone();
    let id = account.made(person).await;
    assert_eq!(account.prospect(id)["campaignId"], campaign.body["id"]);
    let company = account
        .make("objects/prospect-accounts", json!({"name": "Acme"}))
        .await;
    assert_eq!(company.status, 201);
    account.admin(
        "unit",
        json!({"crm_connector": true, "connected_campaigns": true}),
    );
    let campaign = account
        .make("objects/campaigns", json!({"name": "Other"}))
        .await;
    assert_eq!(refusal(&campaign), (400, 128));
    let refused = account
        .make("objects/prospect-accounts", json!({"name": "Acme"}))
        .await;
    assert_eq!(refusal(&refused), (400, 37));
    let person = json!({"email": "b@c.de", "prospectAccountId": company.body["id"]});
    assert_eq!(
        refusal(&account.make("objects/prospects", person).await),
        (400, 59)
    );
}

#[tokio::test]
async fn activities_need_an_extension() {
    let account = account().await;
    let id = account.made(ada()).await;
    let activity = json!({"extension": "Mobly", "type": "BoothScan", "email": "ada@example.com",
        "value": "Expo 2026", "activityDate": "2026-09-01T08:00:00-00:00"});
    let path = "objects/external-activities";
    assert_eq!(
        refusal(&account.make(path, activity.clone()).await),
        (400, 154)
    );
    account.admin(
        "extensions",
        json!({"name": "Mobly", "types": ["BoothScan"]}),
    );
    assert_eq!(account.make(path, activity.clone()).await.status, 201);
    let mut stranger = activity;
    stranger["email"] = json!("nobody@example.com");
    assert_eq!(refusal(&account.make(path, stranger).await), (400, 4));
    assert_eq!(account.stat("external_activities"), 1);
    assert!(account.prospect(id)["lastActivityAt"].is_string());
}

#[tokio::test]
async fn tags_are_kept() {
    let account = account().await;
    let id = account.made(ada()).await;
    let path = format!("objects/prospects/{id}/do/addTag");
    for _ in 0..2 {
        assert_eq!(
            account.make(&path, json!({"tagName": "expo"})).await.status,
            200
        );
    }
    assert_eq!(account.prospect(id)["tags"], json!(["expo"]));
    let path = format!("objects/prospects/{id}/do/removeTag");
    account.make(&path, json!({"tagName": "expo"})).await;
    assert_eq!(account.prospect(id)["tags"], json!([]));
}
