use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, UPSERT, account, ada, refusal, text};

/// The code of a refused create.
async fn refused(account: &Account, prospect: Value) -> u64 {
    let answer = account.make("objects/prospects", prospect).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    refusal(&answer).1
}

async fn patch(account: &Account, id: u64, body: Value) -> (u16, u64) {
    let path = format!("objects/prospects/{id}");
    refusal(&account.call(Method::PATCH, &path, body).await)
}

#[tokio::test]
async fn an_upsert_creates_then_updates() {
    let account = account().await;
    let created = account.upsert(ada()).await;
    assert_eq!(created.status, 201, "{}", created.body);
    account.pass(5);
    let mut again = ada();
    again["jobTitle"] = json!("CTO");
    let updated = account.upsert(again).await;
    assert_eq!(
        (updated.status, &updated.body["id"], &updated.body["email"]),
        (200, &created.body["id"], &json!("ada@example.com"))
    );
    assert!(text(&updated.body["updatedAt"]).ends_with("+00:00"));
    assert_ne!(updated.body["updatedAt"], created.body["updatedAt"]);
    let row = account.prospect(created.body["id"].as_u64().unwrap());
    assert_eq!(
        (&row["jobTitle"], &row["firstName"]),
        (&json!("CTO"), &json!("Ada"))
    );
    // Without a match address, the prospect's own one is it.
    let body = json!({"prospect": {"email": "ada@example.com", "city": "London"}});
    let third = account.make(UPSERT, body).await;
    assert_eq!((third.status, account.stat("prospects")), (200, json!(1)));
    assert_eq!(account.stat("upserts"), 3);
}

#[tokio::test]
async fn addresses_are_told_apart_by_case() {
    let account = account().await;
    account.upsert(ada()).await;
    let other = account.upsert(json!({"email": "Ada@example.com"})).await;
    assert_eq!(other.status, 201);
    assert_eq!(
        (account.stat("prospects"), account.stat("duplicate_emails")),
        (json!(2), json!(1))
    );
}

#[tokio::test]
async fn one_address_may_belong_to_several_people() {
    let account = account().await;
    account.made(ada()).await;
    assert_eq!(refused(&account, ada()).await, 9);
    account.admin("unit", json!({"ampsea": true}));
    let rows = json!([
        {"email": "ada@example.com", "lastActivityAt": "2026-09-02T08:00:00+00:00"},
        {"email": "ada@example.com", "lastActivityAt": "2026-09-01T08:00:00+00:00"},
    ]);
    let ids = account.seed("prospects", rows);
    let upserted = account.upsert(ada()).await;
    assert_eq!(upserted.body["id"], ids[0]);
    assert_eq!(account.stat("duplicate_emails"), 2);
}

#[tokio::test]
async fn values_must_fit_their_fields() {
    let account = account().await;
    for (field, kind) in [("Visits", "Number"), ("Since", "Date"), ("Met", "Checkbox")] {
        account.admin("custom-fields", json!({"fieldId": field, "type": kind}));
    }
    let long = format!("{}@example.com", "x".repeat(250));
    for (name, value, code) in [
        ("Nope__c", json!("x"), 154),
        ("Visits", json!(3), 154),
        ("id", json!(3), 180),
        ("Visits__c", json!("three"), 56),
        ("Since__c", json!("yesterday"), 57),
        ("Met__c", json!("yes"), 50),
        ("isDoNotCall", json!("maybe"), 50),
        ("email", json!("ada"), 4),
        ("email", json!(long), 4),
        ("campaignId", json!(1), 38),
        ("userId", json!(1), 10),
        ("prospectAccountId", json!(1), 61),
        ("firstName", json!("x".repeat(256)), 85),
        ("firstName", json!({"a": 1}), 154),
    ] {
        let mut prospect = ada();
        prospect[name] = value;
        assert_eq!(refused(&account, prospect).await, code, "{name}");
    }
    assert_eq!(refused(&account, json!({"firstName": "Ada"})).await, 153);
    let owners = json!({"email": "a@b.co", "userId": 1, "salesforceOwnerId": "005"});
    assert_eq!(refused(&account, owners).await, 125);
    let nobody = account
        .make(UPSERT, json!({"prospect": {"firstName": "Ada"}}))
        .await;
    assert_eq!(refusal(&nobody), (400, 14));
    assert_eq!(account.stat("prospects"), 0);

    let mut good = ada();
    for (name, value) in [
        ("Visits__c", json!("3")),
        ("Since__c", json!("2026-09-01")),
        ("Met__c", json!(true)),
        ("notes", json!("x".repeat(300))),
    ] {
        good[name] = value;
    }
    let id = account.made(good).await;
    let row = account.prospect(id);
    assert_eq!(
        (&row["Visits__c"], &row["Met__c"]),
        (&json!(3), &json!(true))
    );
    assert_eq!(patch(&account, id, json!({"Since__c": null})).await.0, 204);
    assert_eq!(account.prospect(id)["Since__c"], Value::Null);
    let (status, _) = account
        .sandbox
        .sandbox
        .admin("DELETE", "custom-fields/Met", &Value::Null);
    assert_eq!(status, 204);
    assert_eq!(
        patch(&account, id, json!({"Met__c": true})).await,
        (400, 154)
    );
}

#[tokio::test]
async fn several_answers_are_collected() {
    let account = account().await;
    let field =
        json!({"fieldId": "Topics", "type": "Multi-Select", "isRecordMultipleResponses": true});
    account.admin("custom-fields", field);
    let mut prospect = ada();
    for (value, wanted) in [
        (json!("a"), json!(["a"])),
        (json!(["b", "a"]), json!(["a", "b"])),
        (json!(""), json!(["a", "b"])),
    ] {
        prospect["Topics__c"] = value;
        let id = account.upsert(prospect.clone()).await.body["id"].as_u64();
        assert_eq!(account.prospect(id.unwrap())["Topics__c"], wanted);
    }
}

#[tokio::test]
async fn the_recycle_bin_holds_an_address() {
    let account = account().await;
    let id = account.made(ada()).await;
    let path = format!("objects/prospects/{id}");
    let deleted = account.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(deleted.status, 204);
    let read = account.read(&format!("{path}?fields=id")).await;
    assert_eq!(refusal(&read), (404, 132));
    assert_eq!(read.headers["pardot-warning"], "201;Record In Recycle Bin");
    let read = account
        .read(&format!("{path}?fields=id,isDeleted&deleted=all"))
        .await;
    assert_eq!(read.body["isDeleted"], true);
    assert_eq!(patch(&account, id, json!({"city": "x"})).await, (400, 219));
    assert_eq!(refusal(&account.upsert(ada()).await), (400, 132));

    let body = json!({"prospect": ada(), "fields": ["id"], "secondaryDeletedSearch": true});
    let taken_out = account.make(UPSERT, body).await;
    assert_eq!(
        (taken_out.status, taken_out.body["id"].as_u64()),
        (200, Some(id))
    );
    account.call(Method::DELETE, &path, Value::Null).await;
    let undelete = "objects/prospects/do/undelete";
    assert_eq!(account.make(undelete, json!({"id": id})).await.status, 204);
    assert_eq!(account.prospect(id)["isDeleted"], false);
    assert_eq!(
        refusal(&account.make(undelete, json!({"id": 1})).await),
        (404, 109)
    );

    account.admin("unit", json!({"ampsea": true}));
    account.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(account.upsert(ada()).await.status, 201);
    assert_eq!(
        (account.stat("prospects"), account.stat("deleted")),
        (json!(1), json!(1))
    );
}

#[tokio::test]
async fn requests_of_the_wrong_form() {
    let account = account().await;
    let prospect = json!({"email": "a@b.co"});
    for (body, code) in [
        (json!({"fields": ["id"]}), 207),
        (json!({"prospect": "x"}), 206),
        (json!({"prospect": prospect, "fields": "id,email"}), 206),
        (json!({"prospect": prospect, "fields": ["nope"]}), 51),
        (json!({"prospect": prospect, "matchEmail": "x"}), 4),
        (json!({"prospect": prospect, "email": "x"}), 208),
    ] {
        assert_eq!(refusal(&account.make(UPSERT, body).await), (400, code));
    }
    let empty = account
        .send(account.signed(Method::POST, UPSERT))
        .await
        .unwrap();
    assert_eq!(refusal(&empty), (400, 152));
    let broken = account.signed(Method::POST, UPSERT).body("{");
    assert_eq!(refusal(&account.send(broken).await.unwrap()), (400, 150));
    assert_eq!(
        refusal(&account.read("objects/nothing?fields=id").await),
        (404, 198)
    );
    let wrong = account
        .call(Method::PUT, "objects/prospects", json!({}))
        .await;
    assert_eq!(refusal(&wrong), (405, 60));
    assert_eq!(account.stat("prospects"), 0);
}

#[tokio::test]
async fn refusals_strike_as_often_as_they_are_told() {
    let account = account().await;
    let conflict = json!({"email": "ada@example.com", "code": 62, "times": 1});
    account.admin("refusals", conflict);
    let refused = account.upsert(ada()).await;
    assert_eq!(refusal(&refused), (400, 62));
    assert_eq!(refused.body["message"], "Conflicting Update");
    assert_eq!(account.upsert(ada()).await.status, 201);
    account.admin("refusals", json!({"email": "ada@example.com", "code": 85}));
    for _ in 0..2 {
        assert_eq!(refusal(&account.upsert(ada()).await), (400, 85));
    }
}

#[tokio::test]
async fn merged_people_leave_one_behind() {
    let account = account().await;
    let rows = json!([{"email": "a@b.co", "city": "Rome"}, {"email": "c@d.co", "phone": "1"}]);
    let ids = account.seed("prospects", rows);
    let lists = account.seed("lists", json!([{"name": "Expo"}]));
    account
        .make(
            "objects/list-memberships",
            json!({"listId": lists[0], "prospectId": ids[1]}),
        )
        .await;
    account.admin("merge", json!({"winner": ids[0], "losers": [ids[1]]}));
    let winner = account.prospect(ids[0]);
    assert_eq!(
        (&winner["city"], &winner["phone"]),
        (&json!("Rome"), &json!("1"))
    );
    let path = format!("objects/prospects/{}?fields=id", ids[1]);
    assert_eq!(refusal(&account.read(&path).await), (404, 132));
    let (_, members) = account
        .sandbox
        .sandbox
        .admin("GET", "memberships", &Value::Null);
    assert_eq!(members["memberships"][0]["prospectId"], ids[0]);
}
