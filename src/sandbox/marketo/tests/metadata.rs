use serde_json::{Value, json};

use super::{code, ids, instance, rows};

fn named<'a>(rows: &'a Value, name: &str) -> &'a Value {
    let rows = rows.as_array().unwrap();
    let found = rows
        .iter()
        .find(|row| row["rest"]["name"] == name || row["name"] == name);
    found.unwrap()
}

#[tokio::test]
async fn fields_are_described_in_three_ways() {
    let instance = instance().await;
    let described = instance.read("leads/describe.json").await.body;
    let email = named(&described["result"], "email");
    assert_eq!(
        (&email["dataType"], &email["length"]),
        (&json!("email"), &json!(255))
    );
    assert_eq!(email["rest"], json!({"name": "email", "readOnly": false}));
    assert_eq!(email["soap"]["name"], "Email");
    let notes = named(&described["result"], "personNotes");
    assert_eq!(
        (&notes["dataType"], &notes["length"]),
        (&json!("text"), &json!(30_000))
    );
    assert_eq!(
        named(&described["result"], "unsubscribed")["dataType"],
        "boolean"
    );
    assert_eq!(
        named(&described["result"], "createdAt")["rest"]["readOnly"],
        true
    );
    for name in [
        "firstName",
        "phone",
        "mobilePhone",
        "title",
        "company",
        "website",
        "industry",
        "country",
        "leadSource",
    ] {
        named(&described["result"], name);
    }

    instance.admin(
        "fields",
        json!({"name": "badge", "label": "Badge", "type": "string", "length": 20}),
    );
    let second = instance.read("leads/describe2.json").await.body;
    let searchable = second["result"][0]["searchableFields"]
        .as_array()
        .unwrap()
        .clone();
    for name in ["id", "email", "badge"] {
        assert!(searchable.contains(&json!([name])), "{name}");
    }
    assert!(!searchable.contains(&json!(["lastName"])));
    let fields = &second["result"][0]["fields"];
    assert_eq!(named(fields, "id")["updateable"], false);
    assert_eq!(named(fields, "badge")["length"], 20);

    instance.admin(
        "fields",
        json!({"name": "badge", "label": "Badge number", "hidden": true}),
    );
    let schema = instance.read("leads/schema/fields.json").await.body;
    let badge = named(&schema["result"], "badge");
    assert_eq!(
        (&badge["isCustom"], &badge["isHidden"]),
        (&json!(true), &json!(true))
    );
    let one = instance.read("leads/schema/fields/badge.json").await.body;
    assert_eq!(one["result"][0]["displayName"], "Badge number");
}

#[tokio::test]
async fn a_field_goes_with_its_values() {
    let instance = instance().await;
    instance.admin("fields", json!({"name": "badge"}));
    let id = instance
        .made(json!({"email": "a@b.de", "badge": "B1"}))
        .await;
    instance.admin("fields/delete", json!({"name": "badge"}));
    assert_eq!(instance.record("leads", id).get("badge"), None);
    let row = json!({"email": "a@b.de", "badge": "B2"});
    let refused = instance.upsert(vec![row]).await;
    assert_eq!(rows(&refused), ["1006"]);
    assert_eq!(
        refused.body["result"][0]["reasons"][0]["message"],
        "Field 'badge' not found"
    );
}

#[tokio::test]
async fn activities_are_added_as_often_as_they_are_sent() {
    let instance = instance().await;
    let types = instance.read("activities/external/types.json").await;
    assert_eq!(types.body["result"][0]["apiName"], "tradeShowNote");
    let path = "activities/external/type/tradeShowNote/describe.json";
    let described = instance.read(path).await;
    assert_eq!(
        described.body["result"][0]["attributes"][0]["apiName"],
        "notes"
    );
    let id = instance.made(json!({"email": "a@b.de"})).await;
    let activity = |lead: u64| {
        json!({
            "leadId": lead, "activityTypeId": 100_001, "activityDate": "2026-09-01T08:00:00Z",
            "primaryAttributeValue": "Expo 2026", "attributes": [{"name": "Notes", "value": "Wants a demo"}],
        })
    };
    let mut wrong = activity(id);
    wrong["attributes"][0]["name"] = json!("Colour");
    let mut blank = activity(id);
    blank["primaryAttributeValue"] = json!("");
    let input = json!({"input": [activity(id), activity(id), activity(1), wrong, blank]});
    let added = instance.write("activities/external.json", input).await;
    let statuses: Vec<&Value> = added.body["result"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            row.get("errors")
                .map_or(&row["status"], |errors| &errors[0]["code"])
        })
        .collect();
    assert_eq!(statuses, ["added", "added", "1004", "1006", "1002"]);
    assert_eq!(
        (
            instance.stat("activities"),
            instance.stat("duplicate_activities")
        ),
        (json!(2), json!(1))
    );
    let token = instance
        .read("activities/pagingtoken.json?sinceDatetime=2026-01-01")
        .await;
    let token = token.body["nextPageToken"].as_str().unwrap().to_owned();
    let query =
        format!("activities.json?activityTypeIds=100001&leadIds={id}&nextPageToken={token}");
    let read = instance.read(&query).await;
    assert_eq!(ids(&read).len(), 2);
    assert_eq!(
        read.body["result"][0]["attributes"][0]["value"],
        "Wants a demo"
    );
    assert_eq!(
        code(&instance.read("activities.json?activityTypeIds=1").await),
        "1002"
    );
}
