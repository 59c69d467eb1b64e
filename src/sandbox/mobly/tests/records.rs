//! What is answered has what the description requires, in the types it says.

use serde_json::{Value, json};

use super::seeded;
use crate::sandbox::mobly::values::{ACTIVITY_TYPES, EVENT_TYPES, INTEGRATION_TYPES, PHONE_TYPES};

fn has(row: &Value, required: &[&str]) {
    for name in required {
        assert!(!row[name].is_null(), "{name} of {row}");
    }
}

fn one_of(value: &Value, known: &[&str]) {
    assert!(known.contains(&value.as_str().unwrap()), "{value}");
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

const LEAD: &[&str] = &[
    "id",
    "createdAt",
    "isEnriched",
    "phoneNumbers",
    "company",
    "numberOfScans",
    "activations",
    "tags",
    "leadActivityEvents",
    "remoteIds",
];

#[tokio::test]
async fn leads_have_what_is_required() {
    let organization = seeded(200, 5).await;
    let leads = organization.walk("leads", "leads", 50).await;
    for lead in &leads {
        has(lead, LEAD);
        let phones = &lead["phoneNumbers"];
        for phone in list(&phones["leadProvided"])
            .iter()
            .chain(list(&phones["moblyProvided"]))
        {
            has(phone, &["number", "type", "preferred"]);
            one_of(&phone["type"], PHONE_TYPES);
        }
        for remote in list(&lead["remoteIds"]) {
            has(remote, &["id"]);
            one_of(&remote["integrationType"], INTEGRATION_TYPES);
        }
        for activation in list(&lead["activations"]) {
            has(activation, &["activationId", "checkedIn", "registered"]);
        }
    }
    // What may be null is there, is null, and is missing: a client has to bear all three.
    for name in ["jobTitle", "email", "lastScannedBy"] {
        let some =
            |is: &dyn Fn(Option<&Value>) -> bool| leads.iter().any(|lead| is(lead.get(name)));
        assert!(some(&|value| value.is_some_and(Value::is_string)), "{name}");
        assert!(some(&|value| value.is_some_and(Value::is_null)), "{name}");
        assert!(some(&|value| value.is_none()), "{name}");
    }
    let one = &leads[17];
    let single = organization
        .read(&format!("leads/{}", one["id"].as_str().unwrap()))
        .await;
    assert_eq!(single.body, json!({"status": 200, "results": one}));
}

#[tokio::test]
async fn events_and_what_hangs_on_them_have_what_is_required() {
    let organization = seeded(60, 12).await;
    let events = organization.walk("events", "events", 50).await;
    for event in &events {
        has(
            event,
            &[
                "id",
                "name",
                "type",
                "registrationEnabled",
                "createdAt",
                "tagGroups",
            ],
        );
        one_of(&event["type"], EVENT_TYPES);
        let single = organization.read(&format!("events/{}", event["id"])).await;
        assert_eq!(&single.body["results"], event);
        let users = organization
            .read(&format!("events/{}/users", event["id"]))
            .await;
        for user in list(&users.body["results"]["users"]) {
            has(user, &["id"]);
            let known = user.as_object().unwrap();
            for name in ["email", "firstName", "lastName"] {
                assert!(known.contains_key(name), "{user}");
            }
        }
        assert!(!list(&users.body["results"]["users"]).is_empty());
    }
    assert!(events.iter().any(|event| event["startDate"].is_null()));
    assert!(events.iter().any(|event| event["location"].is_null()));
    let activations = organization.walk("activations", "activations", 50).await;
    for activation in &activations {
        let required = [
            "id",
            "eventId",
            "name",
            "createdAt",
            "type",
            "startDate",
            "endDate",
            "startTime",
            "endTime",
            "users",
            "numberOfScans",
        ];
        has(activation, &required);
    }
    let id = activations[3]["id"].as_str().unwrap();
    let single = organization.read(&format!("activations/{id}")).await;
    assert_eq!(single.body["results"], activations[3]);
}

#[tokio::test]
async fn activities_have_what_is_required_and_belong_to_their_lead() {
    let organization = seeded(60, 3).await;
    let rows = organization
        .walk("leadActivityEvents", "leadActivityEvents", 50)
        .await;
    for row in &rows {
        has(row, &["id", "createdAt", "eventType", "associatedLead"]);
        one_of(&row["eventType"], ACTIVITY_TYPES);
    }
    let row = &rows[20];
    let path = format!("leadActivityEvents/{}", row["id"].as_str().unwrap());
    assert_eq!(&organization.read(&path).await.body["results"], row);
    let lead = row["associatedLead"].as_str().unwrap();
    let lead = organization.read(&format!("leads/{lead}")).await;
    assert!(list(&lead.body["results"]["leadActivityEvents"]).contains(&row["id"]));
}

#[tokio::test]
async fn qualifiers_are_of_every_status_and_answered_as_they_allow() {
    let organization = seeded(200, 6).await;
    let groups = organization.walk("tagGroups", "tagGroups", 50).await;
    let count = |name: &str, value: Value| groups.iter().filter(|g| g[name] == value).count();
    for (name, value) in [
        ("status", json!("PUBLISHED")),
        ("status", json!("DRAFT")),
        ("status", json!("ARCHIVED")),
        ("allowsMultipleSelection", json!(true)),
        ("allowsMultipleSelection", json!(false)),
        ("allEvents", json!(false)),
    ] {
        assert!(count(name, value.clone()) > 0, "{name} {value}");
    }
    let id = groups[1]["id"].as_str().unwrap();
    let single = organization.read(&format!("tagGroups/{id}")).await;
    assert_eq!(single.body["results"], groups[1]);
    let events = organization.walk("events", "events", 50).await;
    let limited: Vec<&Value> = groups.iter().filter(|g| g["allEvents"] == false).collect();
    assert!(
        events
            .iter()
            .any(|event| list(&event["tagGroups"]).contains(&limited[0]["id"]))
    );
    assert!(
        events
            .iter()
            .any(|event| list(&event["tagGroups"]).is_empty())
    );
    for lead in organization.walk("leads", "leads", 50).await {
        for group in &groups {
            let options = list(&group["tagOptions"]);
            let answers = list(&lead["tags"])
                .iter()
                .filter(|tag| {
                    options
                        .iter()
                        .any(|option| option["id"] == tag["tagOptionId"])
                })
                .count();
            let most = if group["allowsMultipleSelection"] == true {
                2
            } else {
                1
            };
            assert!(answers <= most && (answers == 0 || group["status"] != "DRAFT"));
        }
    }
}
