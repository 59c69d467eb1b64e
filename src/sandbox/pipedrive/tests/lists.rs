use std::time::Instant;

use serde_json::{Value, json};

use super::{Account, account, ids, options, person, text, validation};
use crate::sandbox::SandboxOptions;

/// All pages of a list.
async fn all(sandbox: &Account, path: &str) -> (Vec<u64>, usize) {
    let (mut found, mut pages) = (Vec::new(), 0);
    let mut cursor = Value::Null;
    loop {
        let more = cursor.as_str().map(|cursor| format!("&cursor={cursor}"));
        let answer = sandbox
            .read(&format!("{path}{}", more.unwrap_or_default()))
            .await;
        found.extend(ids(&answer));
        pages += 1;
        cursor = answer.body["additional_data"]["next_cursor"].clone();
        if cursor.is_null() {
            return (found, pages);
        }
    }
}

#[tokio::test]
async fn ten_thousand_records_are_seeded_and_paged_quickly() {
    let sandbox = account().await;
    let started = Instant::now();
    let people = (0..10_000).map(|n| person(&format!("P {n}"), &format!("p{n}@acme.com")));
    let seeded = sandbox.seed("persons", people.collect());
    let (found, pages) = all(&sandbox, "v2/persons?limit=500").await;
    assert_eq!((found, pages), (seeded, 20));
    assert!(started.elapsed().as_secs() < 10);
}

#[tokio::test]
async fn deltas_come_in_the_order_of_their_changes() {
    let sandbox = account().await;
    let people = (0..5).map(|n| json!({"name": format!("P {n}")}));
    let seeded = sandbox.seed("persons", people.collect());
    sandbox.pass(10);
    let path = format!("v2/persons/{}", seeded[1]);
    let since = sandbox.patch(&path, json!({"name": "Changed"})).await;
    let since = text(&since.body["data"]["update_time"]);
    sandbox.pass(10);
    let path = format!("v2/persons/{}", seeded[0]);
    sandbox.patch(&path, json!({"name": "Changed later"})).await;
    let path = format!("v2/persons?updated_since={since}&sort_by=update_time&limit=1");
    assert_eq!(all(&sandbox, &path).await, (vec![seeded[1], seeded[0]], 2));
    let back = format!("v2/persons?updated_since={since}&sort_by=update_time&sort_direction=desc");
    assert_eq!(all(&sandbox, &back).await.0, [seeded[0], seeded[1]]);
    let before = sandbox
        .read(&format!("v2/persons?updated_until={since}"))
        .await;
    assert_eq!(ids(&before), seeded[2..]);
}

#[tokio::test]
async fn a_row_that_changes_between_two_pages_is_not_lost() {
    let sandbox = account().await;
    let people = (0..4).map(|n| json!({"name": format!("P {n}")}));
    let seeded = sandbox.seed("persons", people.collect());
    let path = "v2/persons?sort_by=update_time&limit=2";
    let first = sandbox.read(path).await;
    assert_eq!(ids(&first), seeded[..2]);
    sandbox.pass(5);
    for id in [seeded[0], seeded[2]] {
        sandbox
            .patch(&format!("v2/persons/{id}"), json!({"name": "x"}))
            .await;
    }
    let cursor = text(&first.body["additional_data"]["next_cursor"]);
    let second = sandbox.read(&format!("{path}&cursor={cursor}")).await;
    assert_eq!(ids(&second), [seeded[3], seeded[0]]);
}

#[tokio::test]
async fn parameters_are_checked_and_applied() {
    let sandbox = Account::with(SandboxOptions {
        page_size: Some(2),
        ..options()
    })
    .await;
    let organization = sandbox
        .made("v2/organizations", json!({"name": "Acme"}))
        .await;
    let users = sandbox.read("v1/users").await.body["data"].clone();
    let other = users[1]["id"].clone();
    let (one, two) = (
        sandbox
            .made("v2/persons", json!({"name": "A", "org_id": organization}))
            .await,
        sandbox
            .made("v2/persons", json!({"name": "B", "owner_id": other}))
            .await,
    );
    sandbox.made("v2/persons", json!({"name": "C"})).await;
    let listed = sandbox
        .read(&format!("v2/persons?org_id={organization}"))
        .await;
    assert_eq!(ids(&listed), [one]);
    let listed = sandbox.read(&format!("v2/persons?owner_id={other}")).await;
    assert_eq!(ids(&listed), [two]);
    assert_eq!(all(&sandbox, "v2/persons?limit=500").await.1, 2);
    let counted = sandbox
        .read(&format!(
            "v2/organizations/{organization}?include_fields=people_count"
        ))
        .await;
    assert_eq!(counted.body["data"]["people_count"], 1);
    let many: Vec<String> = (0..101).map(|id| id.to_string()).collect();
    let keys = vec!["f".repeat(40); 16].join(",");
    for query in [
        "limit=501".to_owned(),
        "limit=0".to_owned(),
        "cursor=x".to_owned(),
        "sort_by=name".to_owned(),
        "updated_since=2026-09-01T00:00:00.000Z".to_owned(),
        "updated_since=2026-09-01".to_owned(),
        "include_fields=everything".to_owned(),
        "start=0".to_owned(),
        "filter_id=1".to_owned(),
        format!("ids={}", many.join(",")),
        format!("custom_fields={keys}"),
    ] {
        let refused = validation(&sandbox.read(&format!("v2/persons?{query}")).await);
        let name = query.split('=').next().unwrap();
        assert!(
            refused.starts_with(&format!("{name}: ")),
            "{query}: {refused}"
        );
    }
}

#[tokio::test]
async fn filters_let_only_matching_records_through() {
    let sandbox = account().await;
    let (_, fields) = sandbox.sandbox.admin("GET", "fields/persons", &Value::Null);
    let fields = fields["fields"].as_array().unwrap().clone();
    let email = fields.iter().find(|field| field["field_code"] == "email");
    let email = email.unwrap()["id"].to_string();
    let conditions = |emails: &[String]| {
        let each = emails.iter().map(|value| {
            json!({"object": "person", "field_id": email, "operator": "=", "value": value, "extra_value": null})
        });
        json!({"glue": "and", "conditions": [
            {"glue": "and", "conditions": []},
            {"glue": "or", "conditions": each.collect::<Vec<_>>()},
        ]})
    };
    let seeded = sandbox.seed(
        "persons",
        vec![
            person("A", "Ada@example.com"),
            person("B", "b@example.com"),
            person("C", "xada@example.com"),
        ],
    );
    let wanted = [
        "ada@example.com".to_owned(),
        "nobody@example.com".to_owned(),
    ];
    let body = json!({"name": "match", "type": "people", "conditions": conditions(&wanted)});
    let made = sandbox.create("v1/filters", body).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let id = made.body["data"]["id"].clone();
    let path = format!("v2/persons?filter_id={id}&limit=500");
    assert_eq!(ids(&sandbox.read(&path).await), [seeded[0]]);
    // No index stands between: a record made just now is found.
    let again = sandbox
        .made("v2/persons", person("D", "ada@example.com"))
        .await;
    assert_eq!(ids(&sandbox.read(&path).await), [seeded[0], again]);
    let put = json!({"conditions": conditions(&["b@example.com".to_owned()])});
    let changed = sandbox
        .call(
            reqwest::Method::PUT,
            &format!("v1/filters/{id}?include_field_code=true"),
            put,
        )
        .await;
    let condition = &changed.body["data"]["conditions"]["conditions"][1]["conditions"][0];
    assert_eq!(condition["field_code"], "email", "{}", changed.body);
    assert_eq!(ids(&sandbox.read(&path).await), [seeded[1]]);
    let organizations = sandbox
        .read(&format!("v2/organizations?filter_id={id}"))
        .await;
    assert_eq!(ids(&organizations), [0; 0]);

    let many: Vec<String> = (0..17).map(|n| format!("p{n}@example.com")).collect();
    let body = json!({"name": "many", "type": "people", "conditions": conditions(&many)});
    assert_eq!(sandbox.create("v1/filters", body).await.status, 400);
    let mut wrong = conditions(&wanted);
    wrong["conditions"][1]["conditions"][0]["field_id"] = json!("1");
    let body = json!({"name": "wrong", "type": "people", "conditions": wrong});
    assert_eq!(sandbox.create("v1/filters", body).await.status, 400);
}
