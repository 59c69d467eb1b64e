use reqwest::Method;
use serde_json::{Value, json};

use super::{account, person, text, validation};

#[tokio::test]
async fn a_person_is_made_and_shown_in_full() {
    let sandbox = account().await;
    let organization = sandbox
        .made(
            "v2/organizations",
            json!({"name": "Analytical Engines", "website": "acme.com"}),
        )
        .await;
    let (_, fields) = sandbox.sandbox.admin("GET", "fields/persons", &Value::Null);
    let labels = fields["fields"].as_array().unwrap().iter();
    let label = labels
        .filter(|field| field["field_code"] == "label_ids")
        .map(|field| field["options"][0]["id"].clone())
        .next()
        .unwrap();
    let event = sandbox.admin(
        "fields/persons",
        json!({"name": "Event", "type": "varchar"}),
    );
    let event = text(&event["field_code"]);
    let answer = sandbox
        .create(
            "v2/persons",
            json!({
                "name": "Ada Augusta Lovelace", "org_id": organization, "label_ids": [label],
                "emails": [{"value": "ada@example.com", "label": "home"}, {"value": "a@b.c", "primary": true}],
                "phones": [{"value": "+442055501000"}],
                "custom_fields": {event.clone(): "Expo 2026"},
            }),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let data = &answer.body["data"];
    assert_eq!(
        (&data["first_name"], &data["last_name"]),
        (&json!("Ada"), &json!("Augusta Lovelace"))
    );
    assert_eq!(
        data["emails"],
        json!([
            {"value": "ada@example.com", "primary": false, "label": "home"},
            {"value": "a@b.c", "primary": true, "label": "work"},
        ])
    );
    assert_eq!(data["phones"][0]["primary"], true);
    assert_eq!(data["org_id"], organization);
    assert_eq!(data["custom_fields"][&event], "Expo 2026");
    assert_eq!(data["is_deleted"], false);
    assert!(data.get("job_title").is_none());
    let time = text(&data["update_time"]);
    assert!(time.ends_with('Z') && !time.contains('.'), "{time}");
    let read = sandbox.read(&format!("v2/persons/{}", data["id"])).await;
    assert_eq!(&read.body["data"], data);
}

#[tokio::test]
async fn every_post_makes_a_record() {
    let sandbox = account().await;
    for email in ["ada@example.com", " ADA@example.com", "bob@example.com"] {
        sandbox.made("v2/persons", person("Ada", email)).await;
    }
    for website in ["https://www.acme.com/x", "acme.com"] {
        let body = json!({"name": "Acme ", "website": website});
        sandbox.made("v2/organizations", body).await;
    }
    let counts = [
        "persons",
        "duplicate_emails",
        "duplicate_organization_names",
    ];
    assert_eq!(
        counts.map(|key| sandbox.stat(key)),
        [json!(3), json!(1), json!(1)]
    );
    assert_eq!(sandbox.stat("duplicate_domains"), 1);
    assert_eq!(sandbox.stat("persons_without_organization"), 3);
    assert_eq!(sandbox.stat("by_path")["POST /api/v2/persons"], 3);
    assert_eq!(sandbox.stat("tokens_spent"), 25);
}

#[tokio::test]
async fn lists_are_replaced_and_only_changes_count() {
    let sandbox = account().await;
    let id = sandbox
        .made("v2/persons", person("Ada", "ada@example.com"))
        .await;
    let path = format!("v2/persons/{id}");
    let before = sandbox.record("persons", id);
    sandbox.pass(60);
    let same = sandbox.patch(&path, person("Ada", "ada@example.com")).await;
    assert_eq!(same.body["data"]["update_time"], before["update_time"]);
    let other = json!({"emails": [{"value": "new@example.com", "primary": true, "label": "work"}]});
    let changed = sandbox.patch(&path, other.clone()).await;
    assert_eq!(changed.body["data"]["emails"], other["emails"]);
    assert_eq!(changed.body["data"]["name"], "Ada");
    assert_ne!(changed.body["data"]["update_time"], before["update_time"]);
    assert_eq!(changed.body["data"]["add_time"], before["add_time"]);
    let cleared = sandbox.patch(&path, json!({"emails": []})).await;
    assert_eq!(cleared.body["data"]["emails"], json!([]));
    let put = sandbox
        .call(Method::PUT, &path, json!({"name": "Eve"}))
        .await;
    assert_eq!(put.status, 405);
}

#[tokio::test]
async fn deleted_records_are_gone() {
    let sandbox = account().await;
    let id = sandbox
        .made("v2/persons", person("Ada", "ada@example.com"))
        .await;
    let kept = sandbox
        .made("v2/persons", person("Bob", "bob@example.com"))
        .await;
    let organization = sandbox
        .made("v2/organizations", json!({"name": "Acme"}))
        .await;
    let path = format!("v2/persons/{id}");
    assert_eq!(sandbox.delete(&path).await.body["data"]["id"], id);
    for answer in [
        sandbox.read(&path).await,
        sandbox.patch(&path, json!({"name": "Eve"})).await,
        sandbox.delete(&path).await,
    ] {
        assert_eq!(
            (answer.status, &answer.body["success"]),
            (404, &json!(false))
        );
    }
    let listed = sandbox
        .read(&format!("v2/persons?ids={id},{kept},999999"))
        .await;
    assert_eq!(super::ids(&listed), [kept]);
    let since = sandbox
        .read("v2/persons?updated_since=2020-01-01T00:00:00Z&sort_by=update_time")
        .await;
    assert_eq!(super::ids(&since), [kept]);
    sandbox.admin("settings", json!({"deleted_status": 410}));
    assert_eq!(sandbox.read(&path).await.status, 410);
    sandbox.admin("settings", json!({"deleted_status": 200}));
    assert_eq!(sandbox.read(&path).await.body["data"]["is_deleted"], true);

    let employee = json!({"name": "Cy", "org_id": organization});
    let employee = sandbox.made("v2/persons", employee).await;
    let gone = format!("records/organizations/{organization}");
    assert_eq!(sandbox.sandbox.admin("DELETE", &gone, &Value::Null).0, 204);
    let linked = json!({"name": "Dee", "org_id": organization});
    let refused = sandbox.refused("v2/persons", linked).await;
    assert_eq!(refused, format!("org_id: {organization} does not exist"));
    let shown = sandbox.read(&format!("v2/persons/{employee}")).await;
    assert_eq!(shown.body["data"]["org_id"], Value::Null);
}

#[tokio::test]
async fn contact_sync_decides_about_some_members() {
    let sandbox = account().await;
    let body = json!({"name": "Ada", "job_title": "Countess"});
    let refused = sandbox.create("v2/persons", body.clone()).await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        refused.headers["content-type"],
        "application/json;charset=utf-8"
    );
    assert_eq!(sandbox.stat("persons"), 0);
    sandbox.admin("settings", json!({"contact_sync": true}));
    let made = sandbox.create("v2/persons", body).await;
    assert_eq!(made.body["data"]["job_title"], "Countess");
    let fields = sandbox.read("v2/personFields?limit=500").await;
    assert!(fields.body.to_string().contains("job_title"));
    let organization = json!({"name": "Acme", "job_title": "x"});
    let refused = sandbox.create("v2/organizations", organization).await;
    assert!(validation(&refused).starts_with("job_title: Parameter"));
}

#[tokio::test]
async fn activities_name_their_participants() {
    let sandbox = account().await;
    let id = sandbox
        .made("v2/persons", person("Ada", "ada@example.com"))
        .await;
    let body = json!({
        "subject": "Call back", "type": "call", "due_date": "2026-09-02", "due_time": "09:00",
        "participants": [{"person_id": id, "primary": true}], "done": false, "note": "<p>x</p>",
    });
    let made = sandbox.create("v2/activities", body).await;
    assert_eq!(made.body["data"]["person_id"], id, "{}", made.body);
    let listed = sandbox.read(&format!("v2/activities?person_id={id}")).await;
    assert_eq!(super::ids(&listed).len(), 1);
    let read_only = sandbox
        .refused("v2/activities", json!({"person_id": id}))
        .await;
    assert_eq!(
        read_only,
        "person_id: Parameter 'person_id' is not allowed for this request"
    );
    let unknown = sandbox
        .refused("v2/activities", json!({"type": "shout"}))
        .await;
    assert_eq!(unknown, "type: \"shout\" does not exist");
    let path = format!("v2/activities/{}", made.body["data"]["id"]);
    assert_eq!(sandbox.delete(&path).await.status, 200);
    assert_eq!(sandbox.stat("activities"), 0);
}
