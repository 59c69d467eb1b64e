use reqwest::Method;
use serde_json::{Value, json};

use super::{TestSandbox, embedded};

const CONTACTS: &str = "/crm/properties/2026-03/contacts";

fn interest() -> Value {
    json!({
        "name": "mobly_interest", "label": "Interest", "type": "enumeration", "fieldType": "checkbox",
        "groupName": "contactinformation",
        "options": [{"label": "Demo", "value": "demo", "hidden": false}],
    })
}

#[tokio::test]
async fn standard_properties_are_described() {
    let sandbox = TestSandbox::start().await;
    let contacts = sandbox.get(CONTACTS).await.body;
    let find = |name: &str| {
        let all = contacts["results"].as_array().unwrap();
        all.iter()
            .find(|property| property["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(find("hubspot_owner_id")["referencedObjectType"], "OWNER");
    assert_eq!(find("hubspot_owner_id")["externalOptions"], true);
    assert_eq!(
        find("associatedcompanyid")["modificationMetadata"]["readOnlyValue"],
        true
    );
    assert_eq!(find("notes_last_updated")["calculated"], true);
    assert_eq!(find("email")["hasUniqueValue"], true);
    assert_eq!(find("industry")["type"], "string");
    let industry = sandbox
        .get("/crm/v3/properties/companies/industry")
        .await
        .body;
    assert_eq!(industry["type"], "enumeration");
    assert!(
        industry["options"]
            .as_array()
            .unwrap()
            .iter()
            .any(|option| option["value"] == "COMPUTER_SOFTWARE")
    );
    assert_eq!(
        sandbox.get(&format!("{CONTACTS}/nonsense")).await.status,
        404
    );
}

#[tokio::test]
async fn a_property_is_made_given_options_archived_and_restored() {
    let sandbox = TestSandbox::start().await;
    assert_eq!(sandbox.post(CONTACTS, interest()).await.status, 201);
    let again = sandbox.post(CONTACTS, interest()).await;
    assert_eq!(
        (again.status, &again.body["category"]),
        (409, &json!("OBJECT_ALREADY_EXISTS"))
    );
    assert_eq!(
        again.body["message"],
        "A property named 'mobly_interest' already exists."
    );
    assert_eq!(
        again.body["subCategory"],
        "Properties.PROPERTY_WITH_NAME_EXISTS"
    );

    // A patch replaces the whole list.
    let path = format!("{CONTACTS}/mobly_interest");
    let options = json!({"options": [{"label": "Price", "value": "price", "hidden": false}]});
    assert_eq!(
        sandbox.patch(&path, options).await.body["options"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let contact = |value: &str| json!({"properties": {"firstname": "A", "mobly_interest": value}});
    assert_eq!(
        sandbox
            .post("/crm/objects/2026-03/contacts", contact("demo"))
            .await
            .status,
        400
    );
    assert_eq!(
        sandbox
            .post("/crm/objects/2026-03/contacts", contact("price"))
            .await
            .status,
        201
    );

    let delete = sandbox
        .send(sandbox.request(Method::DELETE, &path))
        .await
        .unwrap();
    assert_eq!(delete.status, 204);
    let answer = sandbox
        .post("/crm/objects/2026-03/contacts", contact("price"))
        .await;
    assert_eq!(
        embedded(&answer.body["message"])[0]["error"],
        "PROPERTY_DOESNT_EXIST"
    );
    assert_eq!(sandbox.post(CONTACTS, interest()).await.status, 201);
    let standard = sandbox.request(Method::DELETE, &format!("{CONTACTS}/email"));
    assert_eq!(sandbox.send(standard).await.unwrap().status, 400);
}

#[tokio::test]
async fn a_unique_property_is_a_key() {
    let sandbox = TestSandbox::start().await;
    let property = json!({
        "name": "mobly_domain", "label": "Domain", "type": "string", "fieldType": "text",
        "groupName": "companyinformation", "hasUniqueValue": true,
    });
    sandbox
        .post("/crm/properties/2026-03/companies", property)
        .await;
    let input =
        json!({"id": "acme.com", "idProperty": "mobly_domain", "properties": {"name": "Acme"}});
    let body = json!({"inputs": [input]});
    let path = "/crm/objects/2026-03/companies/batch/upsert";
    assert_eq!(
        sandbox.post(path, body.clone()).await.body["results"][0]["new"],
        true
    );
    assert_eq!(
        sandbox.post(path, body).await.body["results"][0]["new"],
        false
    );
    let taken = json!({"properties": {"name": "Other", "mobly_domain": "ACME.com"}});
    assert_eq!(
        sandbox
            .post("/crm/objects/2026-03/companies", taken)
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn rules_of_the_admin_are_listed_and_enforced() {
    let sandbox = TestSandbox::start().await;
    let rule =
        json!({"propertyName": "jobtitle", "ruleType": "MAX_LENGTH", "ruleArguments": ["5"]});
    sandbox.admin("rules/contacts", rule);
    let listed = sandbox
        .get("/crm/property-validations/2026-03/0-1")
        .await
        .body;
    assert_eq!(listed["results"][0]["propertyName"], "jobtitle");
    let rule = &listed["results"][0]["propertyValidationRules"][0];
    assert_eq!(
        (&rule["ruleType"], &rule["ruleArguments"]),
        (&json!("MAX_LENGTH"), &json!(["5"]))
    );
    let body = json!({"properties": {"firstname": "A", "jobtitle": "Chief of staff"}});
    let answer = sandbox.post("/crm/objects/2026-03/contacts", body).await;
    assert_eq!(answer.status, 400);
    assert!(
        embedded(&answer.body["message"])[0]["message"]
            .as_str()
            .unwrap()
            .contains("too long")
    );
}
