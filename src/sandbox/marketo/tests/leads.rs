use std::time::Duration;

use serde_json::{Value, json};

use super::{Instance, code, failure, ids, instance, lead, options, rows};
use crate::sandbox::SandboxOptions;

#[tokio::test]
async fn rows_are_created_and_updated_in_their_places() {
    let instance = instance().await;
    let first = instance.upsert(vec![lead(1), lead(2)]).await;
    assert_eq!(rows(&first), ["created", "created"]);
    // No e-mail in the answer: the place is all there is.
    assert_eq!(first.body["result"][0].as_object().unwrap().len(), 2);
    let changed =
        json!({"email": "P1@ACME.com", "title": "CTO", "lastName": null, "unsubscribed": true});
    let second = instance.upsert(vec![lead(3), changed]).await;
    assert_eq!(rows(&second), ["created", "updated"]);
    let id = ids(&first)[0];
    assert_eq!(ids(&second)[1], id);
    let kept = instance.record("leads", id);
    assert_eq!(kept["title"], "CTO");
    assert_eq!(kept["unsubscribed"], true);
    assert_eq!(kept.get("lastName"), None);
    assert_eq!(instance.stat("leads"), 3);
    assert_eq!(instance.stat("rows_written"), 4);
    // The same address twice in one call is one lead.
    let twice = instance.upsert(vec![lead(9), lead(9)]).await;
    assert_eq!(rows(&twice), ["created", "updated"]);
}

#[tokio::test]
async fn every_action_has_its_refusal() {
    let instance = instance().await;
    let id = instance.made(lead(1)).await;
    let call = |action: &str, field: &str, row: Value| {
        let body = json!({"action": action, "lookupField": field, "input": [row]});
        instance.write("leads.json", body)
    };
    let exists = call("createOnly", "email", lead(1)).await;
    assert_eq!(rows(&exists), ["1005"]);
    assert_eq!(
        exists.body["result"][0],
        json!({"status": "skipped", "reasons": [{"code": "1005", "message": "Lead already exists"}]})
    );
    assert_eq!(rows(&call("updateOnly", "email", lead(2)).await), ["1004"]);
    assert_eq!(
        rows(&call("updateOnly", "id", json!({"id": 1, "city": "Rome"})).await),
        ["1004"]
    );
    let moved = json!({"id": id, "email": "new@acme.com"});
    assert_eq!(rows(&call("updateOnly", "id", moved).await), ["updated"]);
    assert_eq!(instance.record("leads", id)["email"], "new@acme.com");
    assert_eq!(
        rows(&call("createDuplicate", "email", json!({"email": "new@acme.com"})).await),
        ["created"]
    );
    let several = call(
        "createOrUpdate",
        "email",
        json!({"email": "new@acme.com", "city": "Rome"}),
    )
    .await;
    assert_eq!(rows(&several), ["1007"]);
    assert_eq!(
        several.body["result"][0]["reasons"][0]["message"],
        "Multiple lead match lookup criteria"
    );
    assert_eq!(instance.stat("duplicate_emails"), 1);
    assert_eq!(
        code(&call("createOrUpdate", "id", json!({"id": id})).await),
        "1003"
    );
    assert_eq!(
        rows(
            &call(
                "createOrUpdate",
                "email",
                json!({"id": id, "email": "x@y.de"})
            )
            .await
        ),
        ["1003"]
    );
    assert_eq!(
        rows(&call("createOrUpdate", "email", json!({"city": "Rome"})).await),
        ["1002"]
    );
    assert_eq!(code(&call("destroy", "email", lead(1)).await), "1003");
}

#[tokio::test]
async fn leads_are_looked_up_by_fields_of_ones_own() {
    let instance = instance().await;
    instance.admin("fields", json!({"name": "badgeId", "type": "string"}));
    let body = |row| json!({"lookupField": "badgeId", "input": [row]});
    let first = instance
        .write("leads.json", body(json!({"badgeId": "B1", "city": "Rome"})))
        .await;
    let second = instance
        .write("leads.json", body(json!({"badgeId": "b1", "city": "Oslo"})))
        .await;
    assert_eq!(
        (rows(&first), rows(&second)),
        (vec!["created".into()], vec!["updated".into()])
    );
    assert_eq!(ids(&first), ids(&second));
    let call = |field: &str| {
        instance.write(
            "leads.json",
            json!({"lookupField": field, "input": [{"city": "Rome"}]}),
        )
    };
    let unknown = call("userId").await;
    assert_eq!(failure(&unknown).2, "Lookup field 'userId' not found");
    assert_eq!(code(&unknown), "1006");
    assert_eq!(code(&call("lastName").await), "1011");
}

#[tokio::test]
async fn values_must_fit_their_fields() {
    let instance = instance().await;
    for (name, kind) in [
        ("boothVisit", "boolean"),
        ("seats", "integer"),
        ("seen", "date"),
    ] {
        instance.admin("fields", json!({"name": name, "type": kind}));
    }
    let cases = [
        (json!({"boothVisit": "maybe"}), "1003"),
        (json!({"seats": "many"}), "1001"),
        (json!({"seen": "yesterday"}), "1003"),
        (json!({"firstName": "x".repeat(256)}), "1003"),
        (json!({"personNotes": "ä".repeat(15_001)}), "1003"),
        (json!({"email": "nobody"}), "1003"),
        (json!({"email": "jörg@acme.com"}), "1003"),
        (json!({"firstName": {"de": "Jörg"}}), "1003"),
        (json!({"shoeSize": 44}), "1006"),
        (json!({"createdAt": "2026-01-01T00:00:00Z"}), "1003"),
    ];
    for (more, expected) in cases {
        let mut row = lead(1);
        row.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        assert_eq!(
            rows(&instance.upsert(vec![row]).await),
            [expected],
            "{more}"
        );
    }
    assert_eq!(instance.stat("leads"), 0);
    let row = json!({"email": "a@b.de", "seats": "5", "boothVisit": "false", "seen": "2026-09-01", "postalCode": 4828});
    let id = instance.made(row).await;
    let kept = instance.record("leads", id);
    assert_eq!(
        (&kept["seats"], &kept["boothVisit"]),
        (&json!(5), &json!(false))
    );
    assert_eq!(
        (&kept["seen"], &kept["postalCode"]),
        (&json!("2026-09-01"), &json!("4828"))
    );
    instance.admin("settings", json!({"cuts_long_text": true}));
    let long = json!({"email": "a@b.de", "firstName": "x".repeat(300)});
    assert_eq!(rows(&instance.upsert(vec![long]).await), ["updated"]);
    assert_eq!(
        instance.record("leads", id)["firstName"]
            .as_str()
            .unwrap()
            .len(),
        255
    );
}

#[tokio::test]
async fn two_upserts_at_once_make_two_leads() {
    let instance = Instance::with(SandboxOptions {
        latency: Duration::from_millis(300),
        ..options()
    })
    .await;
    let upsert = || instance.upsert(vec![lead(1), lead(1)]);
    let (one, other) = tokio::join!(upsert(), upsert());
    assert_eq!(rows(&one), ["created", "updated"]);
    assert_eq!(rows(&other), ["created", "updated"]);
    assert_eq!(instance.stat("duplicate_emails"), 1);
    // With createOnly the second one is refused.
    let create = || {
        let body = json!({"action": "createOnly", "input": [lead(2)]});
        instance.write("leads.json", body)
    };
    let (one, other) = tokio::join!(create(), create());
    let mut outcomes = [rows(&one), rows(&other)].concat();
    outcomes.sort();
    assert_eq!(outcomes, ["1005", "created"]);
}

#[tokio::test]
async fn partitions_keep_leads_apart() {
    let instance = instance().await;
    instance.admin("partitions", json!({"name": "Europe"}));
    instance.made(lead(1)).await;
    let sync = |action: &str, partition: &str, row: Value| {
        let body = json!({"action": action, "partitionName": partition, "input": [row]});
        instance.write("leads.json", body)
    };
    assert_eq!(
        rows(&sync("createOrUpdate", "Europe", lead(1)).await),
        ["1010"]
    );
    let made = sync("createOrUpdate", "Europe", lead(2)).await;
    assert_eq!(rows(&made), ["created"]);
    let names = instance.read("leads/partitions.json").await;
    assert_eq!(names.body["result"][1]["name"], "Europe");
    assert_eq!(code(&sync("updateOnly", "Europe", lead(2)).await), "1003");
    instance.admin("partitions", json!({"name": "Europe", "denied": true}));
    let denied = sync("createOrUpdate", "Europe", lead(3)).await;
    assert_eq!(failure(&denied).2, "Access denied to partition 'Europe'");
    assert_eq!(rows(&instance.upsert(vec![lead(2)]).await), ["1008"]);
    let path = format!("lead/{}.json", ids(&made)[0]);
    assert_eq!(instance.read(&path).await.body["result"], json!([]));
}

#[tokio::test]
async fn pushed_leads_leave_an_activity() {
    let instance = instance().await;
    instance.made(lead(1)).await;
    let body = json!({"programName": "Expo 2026", "source": "Booth", "input": [lead(1), lead(2)]});
    let pushed = instance.write("leads/push.json", body).await;
    assert_eq!(rows(&pushed), ["updated", "created"]);
    let (_, activities) = instance.sandbox.admin("GET", "activities", &Value::Null);
    assert_eq!(
        activities["activities"][1]["leadId"],
        json!(ids(&pushed)[1])
    );
    assert_eq!(
        activities["activities"][1]["primaryAttributeValue"],
        "Expo 2026"
    );
    // It sets no status in the program.
    assert_eq!(instance.stat("program_members"), 0);
    let unknown = json!({"programName": "Nothing", "input": [lead(1)]});
    assert_eq!(
        code(&instance.write("leads/push.json", unknown).await),
        "1013"
    );
    let none = json!({"input": [lead(1)]});
    assert_eq!(code(&instance.write("leads/push.json", none).await), "1002");
}

#[tokio::test]
async fn leads_vanish_and_merge() {
    let instance = instance().await;
    let seeded = instance.seed(
        "leads",
        vec![
            lead(1),
            lead(2),
            json!({"email": "p2@acme.com", "city": "Rome"}),
        ],
    );
    let [one, two, three] = seeded[..] else {
        panic!()
    };
    let deleted = instance
        .write(
            "leads/delete.json",
            json!({"input": [{"id": one}, {"id": one}]}),
        )
        .await;
    assert_eq!(rows(&deleted), ["deleted", "1004"]);
    instance.admin(
        "members/1001",
        json!({"members": [{"leadId": three, "status": "Invited"}]}),
    );
    let path = format!("leads/{two}/merge.json?leadIds={three}");
    assert_eq!(instance.write(&path, json!({})).await.body["success"], true);
    assert_eq!(instance.record("leads", two)["city"], "Rome");
    let (_, members) = instance.sandbox.admin("GET", "members/1001", &Value::Null);
    assert_eq!(members["members"][0]["leadId"], json!(two));
    let (status, _) =
        instance
            .sandbox
            .admin("GET", &format!("records/leads/{three}"), &Value::Null);
    assert_eq!(status, 404);
    let [four] = instance.seed("leads", vec![lead(4)])[..] else {
        panic!()
    };
    instance.admin("merge", json!({"winner": two, "losers": [four]}));
    instance
        .sandbox
        .admin("DELETE", &format!("records/leads/{two}"), &Value::Null);
    assert_eq!(
        (instance.stat("leads"), instance.stat("deleted")),
        (json!(0), json!(4))
    );
}

#[tokio::test]
async fn rows_can_be_made_to_fail() {
    let instance = instance().await;
    let refusal = json!({"when": {"email": "p1@acme.com"}, "code": 1049, "message": "No luck"});
    instance.admin("refusals", refusal);
    assert_eq!(
        rows(&instance.upsert(vec![lead(1), lead(2)]).await),
        ["1049", "created"]
    );
    instance.sandbox.admin("DELETE", "refusals", &Value::Null);
    assert_eq!(rows(&instance.upsert(vec![lead(1)]).await), ["created"]);
}

#[tokio::test]
async fn ten_thousand_leads_are_seeded_at_once() {
    let instance = instance().await;
    instance.seed("leads", (0..10_000).map(lead).collect());
    assert_eq!(instance.stat("leads"), 10_000);
    let rows: Vec<Value> = (9_900..10_200).map(lead).collect();
    let answer = instance.upsert(rows).await;
    let outcomes = super::rows(&answer);
    let updated = outcomes.iter().filter(|one| *one == "updated").count();
    assert_eq!((updated, outcomes.len()), (100, 300));
}
