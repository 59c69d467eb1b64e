use std::collections::HashSet;

use serde_json::{Value, json};

use super::{API, error, lead, options, org};
use crate::sandbox::SandboxOptions;
use crate::sandbox::test_client::TestSandbox;

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["LastName"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn conditions_choose_rows() {
    let sandbox = org().await;
    let people = json!({"records": [
        {"LastName": "O'Brien", "Email": "OB@Acme.com", "DoNotCall": true, "CreatedDate": "2026-01-01T00:00:00.000+0000"},
        {"LastName": "back\\slash", "Email": "b@acme.com", "CreatedDate": "2026-02-01T00:00:00.000+0000"},
        {"LastName": "100%", "CreatedDate": "2026-03-01T00:00:00.000+0000"},
    ]});
    sandbox.admin("records/Contact", people);
    for (condition, wanted) in [
        ("Email IN ('ob@acme.com','nobody@x.com')", vec!["O'Brien"]),
        ("LastName = 'o\\'brien'", vec!["O'Brien"]),
        ("LastName = 'back\\\\slash'", vec!["back\\slash"]),
        ("LastName LIKE '%\\%'", vec!["100%"]),
        ("LastName LIKE '_\\'%'", vec!["O'Brien"]),
        ("Email = null", vec!["100%"]),
        ("Email != 'b@acme.com'", vec!["O'Brien", "100%"]),
        ("Email NOT IN ('b@acme.com')", vec!["O'Brien", "100%"]),
        ("DoNotCall = true OR Email = null", vec!["O'Brien", "100%"]),
        (
            "NOT (DoNotCall = true) AND Email != null",
            vec!["back\\slash"],
        ),
        (
            "CreatedDate >= 2026-02-01T00:00:00Z",
            vec!["back\\slash", "100%"],
        ),
    ] {
        let text = format!("SELECT LastName FROM Contact WHERE {condition} ORDER BY CreatedDate");
        assert_eq!(names(&sandbox.rows(&text).await), wanted, "{condition}");
    }
    let last = sandbox
        .rows("SELECT LastName FROM Contact ORDER BY CreatedDate DESC LIMIT 1 OFFSET 1")
        .await;
    assert_eq!(names(&last), ["back\\slash"]);
    assert_eq!(
        sandbox.soql("SELECT COUNT() FROM Contact").await.body["totalSize"],
        3
    );
}

#[tokio::test]
async fn parents_are_nested_and_ids_have_two_forms() {
    let sandbox = org().await;
    let account = sandbox.made("Account", json!({"Name": "Acme"})).await;
    let contact = sandbox
        .made("Contact", json!({"LastName": "Li", "AccountId": account}))
        .await;
    let text = format!(
        "SELECT Id, Account.Name, Owner.Name FROM Contact WHERE Id = '{}'",
        &contact[..15]
    );
    let rows = sandbox.rows(&text).await;
    assert_eq!(rows[0]["Id"], contact);
    assert_eq!(
        rows[0]["attributes"]["url"],
        format!("{API}/sobjects/Contact/{contact}")
    );
    assert_eq!(
        (&rows[0]["Account"]["Name"], &rows[0]["Owner"]["Name"]),
        (&json!("Acme"), &json!("Olivia Stone"))
    );
    let text = format!(
        "SELECT Id FROM Contact WHERE Account.Name = 'ACME' AND AccountId IN ('{account}')"
    );
    assert_eq!(sandbox.rows(&text).await.len(), 1);
    assert_eq!(
        sandbox
            .rows("SELECT Id FROM Group WHERE Type = 'Queue'")
            .await
            .len(),
        1
    );
}

#[tokio::test]
async fn wrong_statements_are_refused_in_the_orgs_words() {
    let sandbox = org().await;
    let unknown = sandbox.soql("SELECT Id, foo__c FROM Lead").await;
    let (code, text) = error(&unknown);
    assert_eq!((unknown.status, code.as_str()), (400, "INVALID_FIELD"));
    assert!(text.starts_with("\nSELECT Id, foo__c FROM Lead\n           ^\nERROR at Row:1:Column:12\nNo such column 'foo__c' on entity 'Lead'. If you"), "{text}");
    for (statement, code) in [
        ("SELECT Id FROM Unicorn", "INVALID_TYPE"),
        ("SELECT Id FROM Lead WHERE Email = x", "MALFORMED_QUERY"),
        (
            "SELECT Id FROM Lead WHERE Description = 'x'",
            "INVALID_FIELD",
        ),
        (
            "SELECT Id FROM Lead WHERE IsConverted = 'x'",
            "INVALID_FIELD",
        ),
        (
            "SELECT Id FROM Lead WHERE Id = 'x'",
            "INVALID_QUERY_FILTER_OPERATOR",
        ),
    ] {
        assert_eq!(error(&sandbox.soql(statement).await).0, code, "{statement}");
    }
    sandbox.admin("fields/hide", json!({"object": "Lead", "name": "Phone"}));
    assert_eq!(
        error(&sandbox.soql("SELECT Phone FROM Lead").await).0,
        "INVALID_FIELD"
    );
    sandbox.admin("objects/hide", json!({"object": "Campaign"}));
    assert_eq!(
        error(&sandbox.soql("SELECT Id FROM Campaign").await).0,
        "INVALID_TYPE"
    );
}

#[tokio::test]
async fn a_long_get_is_too_long_but_fits_into_a_composite() {
    let sandbox = org().await;
    let emails: Vec<String> = (0..900).map(|n| format!("'person-{n}@acme.com'")).collect();
    let text = format!("SELECT Id FROM Lead WHERE Email IN ({})", emails.join(","));
    let long = sandbox.soql(&text).await;
    assert_eq!(long.status, 414);
    assert!(
        long.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let body = json!({"compositeRequest": [
        {"method": "GET", "referenceId": "q", "url": format!("{API}/query?q={encoded}")}]});
    let answer = sandbox.post(&format!("{API}/composite"), body).await.body;
    assert_eq!(
        answer["compositeResponse"][0]["httpStatusCode"], 200,
        "{answer}"
    );
}

#[tokio::test]
async fn rows_come_in_pages_each_once() {
    let sandbox = TestSandbox::with(SandboxOptions {
        page_size: Some(2),
        ..options()
    })
    .await;
    let seeds: Vec<Value> = (0..5).map(lead).collect();
    sandbox.admin("records/Lead", json!({"records": seeds}));
    let mut page = sandbox.soql("SELECT Id FROM Lead").await.body;
    let mut ids = HashSet::new();
    loop {
        assert_eq!(page["totalSize"], 5);
        ids.extend(
            page["records"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["Id"].to_string()),
        );
        let Some(next) = page["nextRecordsUrl"].as_str().map(str::to_owned) else {
            break;
        };
        assert_eq!(page["done"], false);
        page = sandbox.get(&next).await.body;
    }
    assert_eq!((ids.len(), &page["done"]), (5, &json!(true)));
    assert_eq!(
        error(&sandbox.get(&format!("{API}/query/01gxx-2000")).await).0,
        "INVALID_QUERY_LOCATOR"
    );
}

#[tokio::test]
async fn deleted_records_are_seen_only_by_query_all() {
    let sandbox = org().await;
    let winner = sandbox.made("Contact", json!({"LastName": "A"})).await;
    let loser = sandbox.made("Contact", json!({"LastName": "B"})).await;
    sandbox.admin("merge", json!({"winner": winner, "losers": [loser]}));
    assert_eq!(sandbox.rows("SELECT Id FROM Contact").await.len(), 1);
    let path =
        format!("{API}/queryAll?q=SELECT+Id,MasterRecordId+FROM+Contact+WHERE+IsDeleted=true");
    let all = sandbox.get(&path).await.body;
    assert_eq!(
        (
            &all["records"][0]["Id"],
            &all["records"][0]["MasterRecordId"]
        ),
        (&json!(loser), &json!(winner))
    );
}

#[tokio::test]
async fn describe_shows_what_a_client_needs_to_map() {
    let sandbox = org().await;
    sandbox.admin(
        "fields",
        json!({"object": "Lead", "name": "Interest__c", "type": "multipicklist",
        "options": ["demo", "price"], "restricted": true}),
    );
    sandbox.admin(
        "fields",
        json!({"object": "Lead", "name": "Score__c", "type": "double", "formula": 7}),
    );
    sandbox.admin("fields/hide", json!({"object": "Lead", "name": "Fax"}));
    sandbox.admin(
        "record_types",
        json!({"object": "Lead", "developerName": "Partner", "name": "Partner"}),
    );
    let lead = sandbox
        .get(&format!("{API}/sobjects/Lead/describe"))
        .await
        .body;
    let field = |name: &str| {
        lead["fields"]
            .as_array()
            .unwrap()
            .iter()
            .find(|field| field["name"] == name)
            .cloned()
    };
    let last_name = field("LastName").unwrap();
    assert_eq!(
        (
            &last_name["length"],
            &last_name["nillable"],
            &last_name["createable"]
        ),
        (&json!(80), &json!(false), &json!(true))
    );
    assert_eq!(field("Status").unwrap()["defaultedOnCreate"], true);
    assert_eq!(
        field("Interest__c").unwrap()["picklistValues"][1]["value"],
        "price"
    );
    assert_eq!(field("Score__c").unwrap()["updateable"], false);
    assert_eq!(
        (
            field("Address").unwrap()["createable"].clone(),
            field("Fax")
        ),
        (json!(false), None)
    );
    let kinds: Vec<&Value> = lead["recordTypeInfos"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| &kind["developerName"])
        .collect();
    assert_eq!(kinds, ["Partner", "Master"]);
    assert_eq!(
        (
            &lead["keyPrefix"],
            lead["fields"].as_array().unwrap().len() > 30
        ),
        (&json!("00Q"), true)
    );
    let all = sandbox.get(&format!("{API}/sobjects")).await.body;
    assert!(
        all["sobjects"]
            .as_array()
            .unwrap()
            .iter()
            .any(|object| object["name"] == "CampaignMember")
    );
    assert_eq!(
        sandbox
            .get(&format!("{API}/sobjects/Unicorn/describe"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_field_is_selected_once() {
    let sandbox = org().await;
    let query = |fields: &str| format!("{API}/query?q=SELECT+{fields}+FROM+Lead");
    let answer = sandbox.get(&query("Id,+Email,+id")).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body[0]["errorCode"], "INVALID_FIELD");
    assert_eq!(sandbox.get(&query("Id,+Email")).await.status, 200);
}
