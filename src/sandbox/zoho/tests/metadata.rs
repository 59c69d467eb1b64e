use serde_json::{Value, json};

use super::{Account, account, text};

async fn field(sandbox: &Account, module: &str, name: &str) -> Value {
    let answer = sandbox
        .read(&format!("settings/fields?module={module}"))
        .await;
    let fields = answer.body["fields"].as_array().unwrap().clone();
    let mut fields = fields.into_iter();
    fields
        .find(|field| field["api_name"] == name)
        .unwrap_or_default()
}

#[tokio::test]
async fn fields_say_what_they_take() {
    let sandbox = account().await;
    sandbox.admin(
        "fields",
        json!({"module": "Leads", "name": "Event_Tags", "type": "multiselectpicklist",
               "options": ["Expo 2026", {"actual": "old", "display": "Old one", "used": false}]}),
    );
    let tags = field(&sandbox, "Leads", "Event_Tags").await;
    assert_eq!(
        (&tags["json_type"], &tags["custom_field"]),
        (&json!("jsonarray"), &json!(true))
    );
    assert_eq!(tags["pick_list_values"][0]["actual_value"], "Expo 2026");
    assert_eq!(tags["pick_list_values"][1]["type"], "unused");
    assert_eq!(tags["pick_list_values"][1]["display_value"], "Old one");
    let name = field(&sandbox, "Leads", "Last_Name").await;
    assert_eq!(
        (&name["system_mandatory"], &name["length"]),
        (&json!(true), &json!(80))
    );
    let account_name = field(&sandbox, "Contacts", "Account_Name").await;
    assert_eq!(
        (&account_name["data_type"], &account_name["json_type"]),
        (&json!("lookup"), &json!("jsonobject"))
    );
    assert_eq!(account_name["lookup"]["module"]["api_name"], "Accounts");
    let created = field(&sandbox, "Leads", "Created_Time").await;
    assert_eq!(
        (
            &created["read_only"],
            &created["operation_type"]["api_create"]
        ),
        (&json!(true), &json!(false))
    );
    sandbox.admin(
        "fields",
        json!({"module": "Leads", "name": "Code", "unique": true, "unused": true}),
    );
    assert_eq!(field(&sandbox, "Leads", "Code").await, Value::Null);
    let all = field(&sandbox, "Leads&type=all", "Code").await;
    assert!(all["unique"]["casesensitive"].is_boolean());
    sandbox.admin("fields/hide", json!({"module": "Leads", "name": "Phone"}));
    assert_eq!(field(&sandbox, "Leads", "Phone").await, Value::Null);

    let without = sandbox.read("settings/fields").await;
    assert_eq!(
        (without.status, text(&without.body["code"])),
        (400, "REQUIRED_PARAM_MISSING".into())
    );
    assert_eq!(without.body["details"]["param_name"], "module");
    let wrong = sandbox.read("settings/fields?module=Leeds").await;
    assert_eq!(wrong.body["code"], "INVALID_MODULE");
}

#[tokio::test]
async fn layouts_say_what_is_required() {
    let sandbox = account().await;
    let required = |answer: &Value, name: &str| -> Value {
        let fields = answer["layouts"][0]["sections"][0]["fields"].as_array();
        let mut fields = fields.unwrap().iter();
        let field = fields.find(|field| field["api_name"] == name).unwrap();
        field["required"].clone()
    };
    let before = sandbox.read("settings/layouts?module=Leads").await.body;
    assert_eq!(
        (required(&before, "Last_Name"), required(&before, "Company")),
        (json!(true), json!(false))
    );
    sandbox.admin(
        "layouts",
        json!({"module": "Leads", "name": "Standard", "required": ["Company"]}),
    );
    let after = sandbox.read("settings/layouts?module=Leads").await.body;
    assert_eq!(required(&after, "Company"), true);
    let short = json!({"Last_Name": "Li"});
    let (code, details) = sandbox.refused("Leads", short.clone()).await;
    assert_eq!(
        (code.as_str(), &details["api_name"]),
        ("MANDATORY_NOT_FOUND", &json!("Company"))
    );
    // Another layout asks for something else.
    let other = sandbox.admin(
        "layouts",
        json!({"module": "Leads", "name": "Booth", "required": ["Phone"]}),
    );
    let row = json!({"Last_Name": "Li", "Layout": {"id": other["id"]}});
    let (_, details) = sandbox.refused("Leads", row).await;
    assert_eq!(details["api_name"], "Phone");
}

#[tokio::test]
async fn account_users_and_modules() {
    let sandbox = account().await;
    sandbox.admin("organization", json!({"company_name": "Acme GmbH"}));
    let org = sandbox.read("org").await.body["org"][0].clone();
    assert_eq!(org["company_name"], "Acme GmbH");
    assert!(!text(&org["id"]).is_empty());
    let active = sandbox.read("users?type=ActiveUsers").await.body;
    assert_eq!(active["users"].as_array().unwrap().len(), 2);
    let current = sandbox.read("users?type=CurrentUser").await.body;
    assert_eq!(current["users"][0]["full_name"], "Olivia Stone");
    let names = |body: Value| -> Vec<String> {
        let modules = body["modules"].as_array().unwrap().clone();
        modules
            .iter()
            .map(|module| text(&module["api_name"]))
            .collect()
    };
    sandbox.admin("modules/hide", json!({"module": "Contacts"}));
    assert_eq!(
        names(sandbox.read("settings/modules").await.body),
        ["Leads", "Accounts", "Campaigns", "Notes", "Deals"]
    );
    let hidden = sandbox.read("Contacts?fields=Email").await;
    assert_eq!(
        (hidden.status, text(&hidden.body["code"])),
        (400, "INVALID_MODULE".into())
    );
    let wrong = sandbox.get("/crm/v2/org").await;
    assert_eq!(
        (wrong.status, text(&wrong.body["code"])),
        (404, "INVALID_URL_PATTERN".into())
    );
}
