use reqwest::Method;
use serde_json::{Value, json};

use super::{account, codes, id, lead, text};

#[tokio::test]
async fn values_must_fit_their_fields() {
    let sandbox = account().await;
    sandbox.admin(
        "fields",
        json!({"module": "Leads", "name": "Event_Tags", "type": "multiselectpicklist",
               "options": ["Expo", "Fair", {"actual": "Old", "used": false}]}),
    );
    sandbox.admin(
        "fields",
        json!({"module": "Leads", "name": "Met_On", "type": "date"}),
    );
    sandbox.admin(
        "fields",
        json!({"module": "Leads", "name": "Met_At", "type": "datetime"}),
    );
    let expected = |kind: &str| json!({"expected_data_type": kind});
    let long = "x".repeat(41);
    let sources = |details: &Value| details["supported_values"].as_array().map(Vec::len);
    for (name, value, facts) in [
        ("No_of_Employees", json!("12"), expected("integer")),
        ("Email", json!("ana@acme"), expected("email")),
        ("Event_Tags", json!("Expo"), expected("jsonarray")),
        ("First_Name", json!(long), json!({"maximum_length": 40})),
        ("First_Name", json!(7), expected("text")),
        ("Email_Opt_Out", json!("yes"), expected("boolean")),
        ("Annual_Revenue", json!("1.5"), expected("double")),
        ("Met_On", json!("1.9.2026"), expected("date")),
        (
            "Met_At",
            json!("2026-09-01T09:00:00Z"),
            expected("datetime"),
        ),
        ("Owner", json!("Olivia"), expected("jsonobject")),
    ] {
        let mut row = lead(1);
        row[name] = value;
        let (code, details) = sandbox.refused("Leads", row).await;
        let mut wanted = json!({"api_name": name, "json_path": format!("$.data[0].{name}")});
        for (fact, value) in facts.as_object().unwrap() {
            wanted[fact] = value.clone();
        }
        assert_eq!((code.as_str(), details), ("INVALID_DATA", wanted));
    }
    for (name, value, count) in [
        ("Lead_Source", json!("Expo"), 14),
        ("Event_Tags", json!(["Expo", "Old"]), 2),
    ] {
        let mut row = lead(1);
        row[name] = value;
        let (code, details) = sandbox.refused("Leads", row).await;
        assert_eq!(
            (code.as_str(), sources(&details)),
            ("INVALID_DATA", Some(count))
        );
    }
    let mut row = lead(1);
    for (name, value) in [
        ("Event_Tags", json!(["Fair"])),
        ("Met_On", json!("2026-09-01")),
        ("Met_At", json!("2026-09-01T09:00:00+02:00")),
        ("No_of_Employees", json!(12)),
        ("Random", json!("ignored")),
        ("Created_Time", json!("1999-01-01T00:00:00+00:00")),
    ] {
        row[name] = value;
    }
    let made = sandbox.made("Leads", row.clone()).await;
    let kept = sandbox.record("Leads", &made);
    assert_eq!(
        (&kept["Met_At"], kept.get("Random")),
        (&row["Met_At"], None)
    );
    assert_ne!(kept["Created_Time"], row["Created_Time"]);

    let add = json!({"id": made, "Event_Tags": ["Expo"], "$append_values": {"Event_Tags": true}});
    sandbox.update("Leads", vec![add]).await;
    assert_eq!(
        sandbox.record("Leads", &made)["Event_Tags"],
        json!(["Fair", "Expo"])
    );
    sandbox.admin("settings", json!({"picklists_enforced": false}));
    let free = json!({"id": made, "Lead_Source": "Anything"});
    assert_eq!(
        codes(&sandbox.update("Leads", vec![free]).await),
        ["SUCCESS"]
    );
}

#[tokio::test]
async fn several_faults_of_a_row_are_told_together() {
    let sandbox = account().await;
    let row = json!({"Email": "x", "No_of_Employees": "many"});
    let (code, details) = sandbox.refused("Leads", row).await;
    assert_eq!(code, "MULTIPLE_OR_MULTI_ERRORS");
    let errors = details["errors"].as_array().unwrap();
    let shown: Vec<(&Value, &Value)> = errors
        .iter()
        .map(|error| (&error["code"], &error["details"]["api_name"]))
        .collect();
    assert_eq!(
        shown,
        [
            (&json!("MANDATORY_NOT_FOUND"), &json!("Last_Name")),
            (&json!("INVALID_DATA"), &json!("Email")),
            (&json!("INVALID_DATA"), &json!("No_of_Employees")),
        ]
    );
}

#[tokio::test]
async fn a_request_takes_a_hundred_rows_and_known_triggers() {
    let sandbox = account().await;
    let refused = sandbox.upsert("Leads", (0..101).map(lead).collect()).await;
    assert_eq!(
        (refused.status, text(&refused.body["code"])),
        (400, "LIMIT_EXCEEDED".into())
    );
    assert_eq!(sandbox.stat("leads"), 0);
    let full = sandbox.upsert("Leads", (0..100).map(lead).collect()).await;
    assert_eq!((full.status, sandbox.stat("leads")), (200, json!(100)));
    let send = |body: Value| sandbox.call(Method::POST, "Leads", body);
    for (body, code) in [
        (json!({}), "MANDATORY_NOT_FOUND"),
        (json!({"data": {}}), "INVALID_DATA"),
        (json!([]), "INVALID_DATA"),
        (
            json!({"data": [lead(1)], "trigger": ["all"]}),
            "INVALID_DATA",
        ),
    ] {
        let answer = send(body).await;
        assert_eq!(
            (answer.status, text(&answer.body["code"])),
            (400, code.into())
        );
    }
    send(json!({"data": [lead(1)], "trigger": ["workflow", "approval"]})).await;
    assert_eq!(
        sandbox.stat("triggers"),
        json!({"none": 100, "workflow": 1, "approval": 1})
    );
    let (_, last) = sandbox.sandbox.admin("GET", "requests/last", &Value::Null);
    assert_eq!(last["body"]["trigger"], json!(["workflow", "approval"]));
    assert_eq!(last["headers"].get("authorization"), None);
}

#[tokio::test]
async fn profiles_locks_and_concurrent_changes_refuse_writes() {
    let sandbox = account().await;
    let made = sandbox.made("Leads", lead(1)).await;
    sandbox.admin("permissions", json!({"module": "Leads", "edit": false}));
    let refused = sandbox.upsert("Leads", vec![lead(1)]).await;
    assert_eq!(
        (refused.status, text(&refused.body["code"])),
        (403, "NO_PERMISSION".into())
    );
    assert_eq!(
        refused.body["details"],
        json!({"permissions": ["Crm_Implied_Edit_Leads"]})
    );
    sandbox.admin(
        "permissions",
        json!({"module": "Leads", "edit": true, "view": false}),
    );
    assert_eq!(sandbox.read("Leads?fields=id").await.status, 403);
    let query = "select id from Leads where id is not null";
    assert_eq!(sandbox.coql(query).await.status, 403);

    sandbox.admin(
        "refusals",
        json!({"module": "Leads", "id": made, "code": "RECORD_LOCKED"}),
    );
    sandbox.admin(
        "refusals",
        json!({"module": "Leads", "when": {"City": "Ulm"}, "code": "DEPENDENT_FIELD_MISSING"}),
    );
    let mut ulm = lead(2);
    ulm["City"] = json!("Ulm");
    let answer = sandbox.upsert("Leads", vec![lead(1), ulm, lead(3)]).await;
    assert_eq!(
        codes(&answer),
        ["RECORD_LOCKED", "DEPENDENT_FIELD_MISSING", "SUCCESS"]
    );

    let since = |moment: &str| {
        let path = format!("{}/Leads", super::API);
        let body = json!({"data": [{"id": id(&answer, 2), "City": "Bonn"}]});
        let request = sandbox.request(Method::PUT, &path).json(&body);
        sandbox.send(request.header("if-unmodified-since", moment))
    };
    let late = since("1999-01-01T00:00:00+01:00").await.unwrap();
    assert_eq!(
        (late.status, codes(&late)),
        (412, vec!["ALREADY_MODIFIED".to_owned()])
    );
    let fine = since("2999-01-01T00:00:00+01:00").await.unwrap();
    assert_eq!(fine.status, 200);
}
