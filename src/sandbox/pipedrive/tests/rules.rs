use serde_json::{Value, json};

use super::{account, text, validation};

const UNKNOWN: &str = "is not allowed for this request";

#[tokio::test]
async fn unknown_keys_and_wrong_types_are_refused() {
    let sandbox = account().await;
    let refused = sandbox
        .refused(
            "v2/persons",
            json!({"name": "Ada", "email": "a@b.c", "phone": []}),
        )
        .await;
    assert_eq!(
        refused,
        format!("email: Parameter 'email' {UNKNOWN}; phone: Parameter 'phone' {UNKNOWN}")
    );
    let wrong = [
        (json!({}), "name: Required"),
        (json!({"name": 7}), "name: Expected string, received number"),
        (json!({"name": " "}), "name: Must not be empty"),
        (
            json!({"name": "x".repeat(256)}),
            "name: Must be at most 255 characters long",
        ),
        (
            json!({"name": "A", "owner_id": "7"}),
            "owner_id: Expected integer, received string",
        ),
        (
            json!({"name": "A", "org_id": null}),
            "org_id: Expected integer, received null",
        ),
        (
            json!({"name": "A", "emails": "a@b.c"}),
            "emails: Expected array, received string",
        ),
        (
            json!({"name": "A", "emails": [{"value": "a@b.c", "primary": "yes"}]}),
            "emails.0.primary: Expected boolean, received string",
        ),
        (
            json!({"name": "A", "visible_to": "3"}),
            "visible_to: Expected integer, received string",
        ),
        (
            json!({"name": "A", "add_time": "2026-09-01T08:00:00.000Z"}),
            "add_time: Must be an RFC 3339 date and time",
        ),
        (
            json!({"name": "A", "owner_id": 1}),
            "owner_id: 1 does not exist",
        ),
        (
            json!({"name": "A", "org_id": 1}),
            "org_id: 1 does not exist",
        ),
        (
            json!({"name": "A", "label_ids": [1]}),
            "label_ids: Option '1' does not exist",
        ),
    ];
    for (body, text) in wrong {
        assert_eq!(sandbox.refused("v2/persons", body).await, text);
    }
    assert_eq!(sandbox.stat("persons"), 0);
    let dated = json!({"name": "Ada", "add_time": "2026-09-01T08:00:00Z"});
    let made = sandbox.create("v2/persons", dated.clone()).await;
    assert_eq!(made.body["data"]["add_time"], "2026-09-01T08:00:00Z");
    let path = format!("v2/persons/{}", made.body["data"]["id"]);
    let changed = validation(&sandbox.patch(&path, dated).await);
    assert_eq!(changed, format!("add_time: Parameter 'add_time' {UNKNOWN}"));
}

#[tokio::test]
async fn custom_fields_nest_and_have_types() {
    let sandbox = account().await;
    let field = |kind: &str, options: Value| {
        let body = json!({"name": kind, "type": kind, "options": options});
        sandbox.admin("fields/persons", body)
    };
    let codes = [
        "varchar",
        "text",
        "double",
        "date",
        "monetary",
        "address",
        "user",
        "org",
        "timerange",
    ];
    let codes = codes.map(|kind| (kind, text(&field(kind, json!([]))["field_code"])));
    let code = |kind: &str| {
        codes
            .iter()
            .find(|(name, _)| *name == kind)
            .unwrap()
            .1
            .clone()
    };
    let (single, several) = (
        field("enum", json!(["A", "B"])),
        field("set", json!(["C", "D"])),
    );
    let single = (
        text(&single["field_code"]),
        single["options"][0]["id"].clone(),
    );
    let several = (
        text(&several["field_code"]),
        several["options"][1]["id"].clone(),
    );
    assert_eq!(single.0.len(), 40);

    let flat = json!({"name": "Ada", single.0.clone(): single.1});
    let refused = sandbox.refused("v2/persons", flat).await;
    assert_eq!(refused, format!("{0}: Parameter '{0}' {UNKNOWN}", single.0));
    let wrong = [
        (code("varchar"), json!("x".repeat(256))),
        (code("varchar"), json!(5)),
        (code("double"), json!("5")),
        (code("date"), json!("01.09.2026")),
        (code("monetary"), json!(10)),
        (code("monetary"), json!({"value": 10})),
        (code("address"), json!("1 Main St")),
        (code("user"), json!(1)),
        (code("org"), json!(1)),
        (code("timerange"), json!({"value": "09:00"})),
        (single.0.clone(), json!("A")),
        (single.0.clone(), json!(1)),
        (several.0.clone(), several.1.clone()),
        (several.0.clone(), json!([])),
        (several.0.clone(), json!([1])),
        ("f".repeat(40), json!("x")),
    ];
    for (code, value) in wrong {
        let body = json!({"name": "Ada", "custom_fields": {code.clone(): value}});
        let refused = sandbox.refused("v2/persons", body.clone()).await;
        assert!(
            refused.starts_with(&format!("custom_fields.{code}")),
            "{body}: {refused}"
        );
    }
    let good = json!({
        code("varchar"): "Expo", code("text"): "x".repeat(65_000), code("double"): 1.5,
        code("date"): "2026-09-01", code("monetary"): {"value": 10, "currency": "EUR"},
        code("address"): {"value": "1 Main St"},
        code("timerange"): {"value": "09:00:00", "until": "10:00:00"},
        single.0.clone(): single.1, several.0.clone(): [several.1],
    });
    let made = sandbox
        .create("v2/persons", json!({"name": "Ada", "custom_fields": good}))
        .await;
    let shown = &made.body["data"]["custom_fields"];
    assert_eq!(shown[&several.0], json!([several.1]), "{}", made.body);
    assert_eq!(shown[code("user")], Value::Null);

    let path = format!("v2/persons/{}", made.body["data"]["id"]);
    let clear = json!({"custom_fields": {several.0.clone(): null}});
    let cleared = sandbox.patch(&path, clear).await;
    let shown = &cleared.body["data"]["custom_fields"];
    assert_eq!(
        (&shown[&several.0], &shown[code("varchar")]),
        (&Value::Null, &json!("Expo"))
    );
    let one = sandbox
        .read(&format!(
            "{path}?custom_fields={}&include_option_labels=true",
            single.0
        ))
        .await;
    let shown = one.body["data"]["custom_fields"].as_object().unwrap();
    assert_eq!((shown.len(), &shown[&single.0]["label"]), (1, &json!("A")));
}

#[tokio::test]
async fn tests_can_ask_for_refusals() {
    let sandbox = account().await;
    sandbox.admin(
        "refusals",
        json!({"kind": "persons", "when": {"name": "Eve"}, "status": 403, "error": "No.", "code": "capped"}),
    );
    let refused = sandbox.create("v2/persons", json!({"name": "Eve"})).await;
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (403, &json!("capped"))
    );
    sandbox.made("v2/persons", json!({"name": "Ada"})).await;
    sandbox.admin("limits", json!({"open_deals": 1}));
    sandbox.made("v2/deals", json!({"title": "One"})).await;
    let capped = sandbox.create("v2/deals", json!({"title": "Two"})).await;
    assert_eq!(capped.body["code"], "feature_capping_deals_limit");
    sandbox.admin("company", json!({"closed": true}));
    assert_eq!(sandbox.read("v2/persons").await.status, 402);
}
