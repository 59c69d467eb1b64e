use reqwest::Method;
use serde_json::{Value, json};

use super::{account, person, text};

#[tokio::test]
async fn notes_hang_on_something() {
    let sandbox = account().await;
    let id = sandbox.made("v2/persons", person("Ada", "a@b.c")).await;
    let body =
        json!({"content": "<p>Booth 12</p>", "person_id": id, "add_time": "2026-09-01 08:00:00"});
    let made = sandbox.create("v1/notes", body.clone()).await;
    let note = made.body["data"].clone();
    assert_eq!(
        (made.status, &note["add_time"]),
        (200, &json!("2026-09-01 08:00:00"))
    );
    assert_eq!(note["person"]["name"], "Ada");
    sandbox.made("v1/notes", body).await;
    assert_eq!(sandbox.stat("duplicate_notes"), 1);
    let other = sandbox.made("v2/persons", person("Bob", "b@b.c")).await;
    let listed = sandbox
        .read(&format!("v1/notes?person_id={id}&limit=1"))
        .await;
    assert_eq!(listed.body["data"].as_array().unwrap().len(), 1);
    assert_eq!(
        listed.body["additional_data"]["pagination"],
        json!({"start": 0, "limit": 1, "more_items_in_collection": true, "next_start": 1})
    );
    let none = sandbox.read(&format!("v1/notes?person_id={other}")).await;
    assert_eq!(none.body["data"], json!([]));
    let path = format!("v1/notes/{}", note["id"]);
    let changed = sandbox
        .call(Method::PUT, &path, json!({"content": "x"}))
        .await;
    assert_eq!(changed.body["data"]["content"], "x");
    assert_eq!(sandbox.delete(&path).await.body["data"], true);
    assert_eq!(sandbox.read(&path).await.status, 404);
    for body in [
        json!({"content": "x"}),
        json!({"person_id": id}),
        json!({"content": "", "person_id": id}),
        json!({"content": "x", "person_id": id, "add_time": "2026-09-01T08:00:00Z"}),
    ] {
        let refused = sandbox.create("v1/notes", body).await;
        assert_eq!((refused.status, &refused.body["data"]), (400, &Value::Null));
    }
    let missing = json!({"content": "x", "person_id": 999_999});
    assert_eq!(sandbox.create("v1/notes", missing).await.status, 404);
}

#[tokio::test]
async fn leads_are_linked_and_carry_fields_of_deals() {
    let sandbox = account().await;
    let id = sandbox.made("v2/persons", person("Ada", "a@b.c")).await;
    let labels = sandbox.read("v1/leadLabels").await.body["data"].clone();
    let field = sandbox.admin("fields/deals", json!({"name": "Booth", "type": "varchar"}));
    let code = text(&field["field_code"]);
    let body = json!({
        "title": "Expo 2026 – Ada", "person_id": id, "label_ids": [labels[0]["id"]],
        "value": {"amount": 200, "currency": "EUR"}, "expected_close_date": "2026-12-31",
        "origin_id": "mobly-123", "channel_id": "Expo 2026", code.clone(): "12",
    });
    let made = sandbox.create("v1/leads", body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let lead = made.body["data"].clone();
    assert_eq!(
        (&lead[&code], &lead["origin_id"]),
        (&json!("12"), &json!("mobly-123"))
    );
    assert!(text(&lead["add_time"]).ends_with(".000Z"));
    let listed = sandbox.read(&format!("v1/leads?person_id={id}")).await;
    assert_eq!(listed.body["data"], json!([lead]));
    let path = format!("v1/leads/{}", text(&lead["id"]));
    let changed = sandbox.patch(&path, json!({"title": "Other"})).await;
    assert_eq!(
        (changed.status, &changed.body["data"]["title"]),
        (200, &json!("Other"))
    );
    let fixed = sandbox.patch(&path, json!({"origin_id": "x"})).await;
    assert_eq!(fixed.status, 400);
    for body in [
        json!({"title": "x"}),
        json!({"person_id": id}),
        json!({"title": "x", "person_id": id, "label_ids": ["Hot"]}),
        json!({"title": "x", "person_id": id, "value": {"amount": 1}}),
        json!({"title": "x", "person_id": id, "surprise": 1}),
    ] {
        let refused = sandbox.create("v1/leads", body.clone()).await;
        assert_eq!(refused.status, 400, "{body}");
    }
    assert_eq!(sandbox.delete(&path).await.status, 200);
    let gone = sandbox.read(&path).await;
    assert_eq!(
        gone.body,
        json!({"success": false, "error": "requested lead not found",
               "error_info": "Object was not found.", "data": null, "additional_data": null})
    );
}

#[tokio::test]
async fn merging_keeps_the_record_that_is_named() {
    let sandbox = account().await;
    let loser = sandbox
        .made("v2/persons", person("Ada", "ada@example.com"))
        .await;
    let winner = sandbox
        .made("v2/persons", person("Ada L.", "other@example.com"))
        .await;
    sandbox
        .made("v1/notes", json!({"content": "x", "person_id": loser}))
        .await;
    let path = format!("v1/persons/{loser}/merge");
    let merged = sandbox
        .call(Method::PUT, &path, json!({"merge_with_id": winner}))
        .await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    let data = &merged.body["data"];
    assert_eq!(
        (&data["id"], &data["merge_what_id"]),
        (&json!(winner), &json!(loser))
    );
    let shown = sandbox.read(&format!("v2/persons/{winner}")).await.body["data"].clone();
    let emails = shown["emails"].as_array().unwrap().iter();
    let emails: Vec<(String, bool)> = emails
        .map(|email| (text(&email["value"]), email["primary"] == true))
        .collect();
    let wanted = [("other@example.com", true), ("ada@example.com", false)];
    assert_eq!(
        emails,
        wanted.map(|(value, primary)| (value.to_owned(), primary))
    );
    assert_eq!(shown["name"], "Ada L.");
    assert_eq!(
        sandbox.read(&format!("v2/persons/{loser}")).await.status,
        404
    );
    let notes = sandbox.read(&format!("v1/notes?person_id={winner}")).await;
    assert_eq!(notes.body["data"].as_array().unwrap().len(), 1);
    let again = sandbox
        .call(Method::PUT, &path, json!({"merge_with_id": winner}))
        .await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn what_a_setup_asks_for_is_there() {
    let sandbox = account().await;
    let users = sandbox.read("v1/users").await.body["data"].clone();
    assert_eq!(
        (&users[0]["is_you"], &users[2]["active_flag"]),
        (&json!(true), &json!(false))
    );
    let types = sandbox.read("v1/activityTypes").await.body["data"].clone();
    assert_eq!(types[0]["key_string"], "call");
    assert!(
        sandbox.read("v1/leadSources").await.body["data"]
            .to_string()
            .contains("API")
    );
    let label = json!({"name": "Expo", "color": "green"});
    let label = sandbox.create("v1/leadLabels", label).await.body["data"].clone();
    let labels = sandbox.read("v1/leadLabels").await.body["data"].clone();
    assert_eq!(labels[3], label);
    let former = json!({"name": "Ada", "owner_id": users[2]["id"]});
    let refused = sandbox.refused("v2/persons", former).await;
    assert!(refused.starts_with("owner_id: "));
}
