use reqwest::Method;
use serde_json::{Value, json};

use super::{account, text, validation};

#[tokio::test]
async fn fields_are_listed_page_by_page() {
    let sandbox = account().await;
    let mut cursor = Value::Null;
    let mut codes = Vec::new();
    loop {
        let more = cursor.as_str().map(|cursor| format!("&cursor={cursor}"));
        let path = format!("v2/personFields?limit=5{}", more.unwrap_or_default());
        let page = sandbox.read(&path).await;
        let rows = page.body["data"].as_array().unwrap().clone();
        codes.extend(rows.iter().map(|row| text(&row["field_code"])));
        cursor = page.body["additional_data"]["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    for code in ["name", "email", "phone", "org_id", "label_ids"] {
        assert_eq!(
            codes.iter().filter(|known| *known == code).count(),
            1,
            "{code}"
        );
    }
    assert!(!codes.contains(&"job_title".to_owned()));
    let labels = sandbox.read("v2/personFields/label_ids").await.body["data"].clone();
    assert_eq!(labels["is_custom_field"], false);
    assert_eq!(labels["options"][0]["label"], "Customer");
    assert!(labels.get("ui_visibility").is_none());
}

#[tokio::test]
async fn custom_fields_and_options_are_made_by_the_api() {
    let sandbox = account().await;
    let body =
        json!({"field_name": "Event", "field_type": "set", "options": [{"label": "Expo 2026"}]});
    let made = sandbox.create("v2/personFields", body).await.body["data"].clone();
    let code = text(&made["field_code"]);
    assert_eq!((code.len(), &made["is_custom_field"]), (40, &json!(true)));
    let first = made["options"][0]["id"].clone();
    let path = format!("v2/personFields/{code}/options");
    let added = sandbox
        .create(&path, json!([{"label": "Fair"}, {"label": "Gala"}]))
        .await;
    assert_eq!(added.body["data"].as_array().unwrap().len(), 2);
    let fair = added.body["data"][0]["id"].clone();
    let person = json!({"name": "Ada", "custom_fields": {code.clone(): [first, fair]}});
    let id = sandbox.made("v2/persons", person.clone()).await;

    // All or nothing.
    let partly = json!([{"id": fair}, {"id": 1}]);
    let refused = sandbox.call(Method::DELETE, &path, partly).await;
    assert_eq!(validation(&refused), "id: The option does not exist");
    let deleted = sandbox
        .call(Method::DELETE, &path, json!([{"id": fair}]))
        .await;
    assert_eq!(deleted.body["data"], json!([{"id": fair, "label": "Fair"}]));
    let refused = sandbox.refused("v2/persons", person).await;
    assert_eq!(
        refused,
        format!("custom_fields.{code}: Option '{fair}' does not exist")
    );

    for (body, start) in [
        (json!({"field_type": "text"}), "field_name: Required"),
        (
            json!({"field_name": "x", "field_type": "color"}),
            "field_type: ",
        ),
        (
            json!({"field_name": "x", "field_type": "enum"}),
            "options: ",
        ),
        (
            json!({"field_name": "x", "field_type": "text", "name": "y"}),
            "name: Parameter",
        ),
    ] {
        let refused = sandbox.refused("v2/personFields", body).await;
        assert!(refused.starts_with(start), "{refused}");
    }
    let built_in = sandbox
        .create("v2/personFields/label_ids/options", json!([{"label": "x"}]))
        .await;
    assert_eq!(built_in.status, 400);

    let gone = sandbox.delete(&format!("v2/personFields/{code}")).await;
    assert_eq!(gone.status, 200);
    let shown = sandbox.read(&format!("v2/persons/{id}")).await;
    assert_eq!(shown.body["data"]["custom_fields"], json!({}));
}

#[tokio::test]
async fn fields_change_behind_the_clients_back() {
    let sandbox = account().await;
    let field = sandbox.admin(
        "fields/organizations",
        json!({"name": "Tier", "type": "enum", "options": ["A"]}),
    );
    let code = text(&field["field_code"]);
    let option = field["options"][0]["id"].clone();
    sandbox.admin(
        &format!("fields/organizations/{code}"),
        json!({"name": "Level"}),
    );
    let label = json!({"label": "B", "id": option});
    sandbox.admin(&format!("options/organizations/{code}"), label);
    let path = format!("v2/organizationFields/{code}");
    let shown = sandbox.read(&path).await.body["data"].clone();
    assert_eq!(
        (&shown["field_name"], &shown["options"][0]["label"]),
        (&json!("Level"), &json!("B"))
    );
    let body = json!({"name": "Acme", "custom_fields": {code.clone(): option}});
    sandbox.made("v2/organizations", body.clone()).await;
    let gone = format!("options/organizations/{code}/{option}");
    assert_eq!(sandbox.sandbox.admin("DELETE", &gone, &Value::Null).0, 204);
    let refused = sandbox.refused("v2/organizations", body.clone()).await;
    assert!(refused.ends_with("does not exist"), "{refused}");
    let gone = format!("fields/organizations/{code}");
    assert_eq!(sandbox.sandbox.admin("DELETE", &gone, &Value::Null).0, 204);
    let refused = sandbox.refused("v2/organizations", body).await;
    assert!(
        refused.contains("is not allowed for this request"),
        "{refused}"
    );
    assert_eq!(sandbox.read(&path).await.status, 404);
    let label = sandbox.admin("options/persons/label_ids", json!({"label": "Expo"}));
    sandbox
        .made(
            "v2/persons",
            json!({"name": "Ada", "label_ids": [label["id"]]}),
        )
        .await;
}
