use reqwest::Method;
use serde_json::json;

use super::{TestSandbox, embedded};

const CONTACTS: &str = "/crm/objects/2026-03/contacts";
const COMPANIES: &str = "/crm/objects/2026-03/companies";

#[tokio::test]
async fn a_contact_is_created_read_changed_and_archived() {
    let sandbox = TestSandbox::start().await;
    let id = sandbox
        .create(
            "contacts",
            json!({"email": "Ana@Acme.com", "firstname": "Ana"}),
        )
        .await;

    let path = format!("{CONTACTS}/{id}?properties=email,jobtitle,nonsense&associations=companies");
    let read = sandbox.get(&path).await.body;
    assert_eq!(read["properties"]["email"], "ana@acme.com");
    assert!(read["properties"]["jobtitle"].is_null());
    assert!(read["properties"].get("nonsense").is_none());
    assert_eq!(read["properties"]["hs_object_id"], json!(id));
    assert_eq!(read["archived"], false);
    assert!(read["createdAt"].as_str().unwrap().ends_with('Z'));

    // The same by address, and under the numbered path.
    let by_email = sandbox
        .get("/crm/v3/objects/contacts/ana%40acme.com?idProperty=email")
        .await;
    assert_eq!(by_email.body["id"], json!(id));

    let change = json!({"properties": {"firstname": "", "jobtitle": "CTO"}});
    assert_eq!(
        sandbox
            .patch(&format!("{CONTACTS}/{id}"), change)
            .await
            .status,
        200
    );
    let read = sandbox.get(&format!("{CONTACTS}/{id}")).await.body;
    assert!(read["properties"]["firstname"].is_null());

    let delete = sandbox.request(Method::DELETE, &format!("{CONTACTS}/{id}"));
    assert_eq!(sandbox.send(delete).await.unwrap().status, 204);
    let gone = sandbox.get(&format!("{CONTACTS}/{id}")).await;
    assert_eq!(gone.status, 404);
    assert_eq!(
        gone.body["message"],
        "Object not found.  objectId are usually numeric."
    );
    assert_eq!(
        sandbox
            .get(&format!("{CONTACTS}/{id}?archived=true"))
            .await
            .status,
        200
    );
    // The address is free again.
    sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
}

#[tokio::test]
async fn a_taken_address_conflicts_whatever_its_case_and_also_as_additional_one() {
    let sandbox = TestSandbox::start().await;
    let ana = sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
    let conflict = sandbox
        .post(CONTACTS, json!({"properties": {"email": "ANA@acme.com"}}))
        .await;
    assert_eq!(conflict.status, 409);
    assert_eq!(
        conflict.body["message"],
        format!("Contact already exists. Existing ID: {ana}")
    );
    assert_eq!(conflict.body["category"], "CONFLICT");
    assert_eq!(
        conflict.headers["x-hubspot-correlation-id"],
        conflict.body["correlationId"].as_str().unwrap()
    );

    let bo = sandbox
        .create("contacts", json!({"email": "bo@acme.com"}))
        .await;
    let taken = sandbox
        .patch(
            &format!("{CONTACTS}/{bo}"),
            json!({"properties": {"email": "ana@acme.com"}}),
        )
        .await;
    assert_eq!(taken.status, 409);

    let merge = json!({"primaryObjectId": ana, "objectIdToMerge": bo});
    assert_eq!(
        sandbox
            .post(&format!("{CONTACTS}/merge"), merge)
            .await
            .status,
        200
    );
    let conflict = sandbox
        .post(CONTACTS, json!({"properties": {"email": "bo@acme.com"}}))
        .await;
    assert_eq!(
        conflict.body["message"],
        format!("Contact already exists. Existing ID: {ana}")
    );
    let merged = sandbox
        .get(&format!(
            "{CONTACTS}/{bo}?properties=email,hs_additional_emails"
        ))
        .await
        .body;
    assert_eq!(merged["id"], json!(ana));
    assert_eq!(merged["properties"]["hs_additional_emails"], "bo@acme.com");
}

#[tokio::test]
async fn companies_are_never_deduplicated() {
    let sandbox = TestSandbox::start().await;
    let first = sandbox
        .create("companies", json!({"domain": "acme.com"}))
        .await;
    let second = sandbox
        .create("companies", json!({"domain": "acme.com"}))
        .await;
    assert_ne!(first, second);
}

#[tokio::test]
async fn refused_values_are_told_as_json_inside_the_message() {
    let sandbox = TestSandbox::start().await;
    let cases = [
        (CONTACTS, "email", "broken@@x", "INVALID_EMAIL"),
        (CONTACTS, "testproperty", "x", "PROPERTY_DOESNT_EXIST"),
        (CONTACTS, "associatedcompanyid", "1", "READ_ONLY_VALUE"),
        (CONTACTS, "hubspot_owner_id", "9041", "INVALID_OPTION"),
        (COMPANIES, "type", "PROSPECT1", "INVALID_OPTION"),
        (COMPANIES, "industry", "Computer Software", "INVALID_OPTION"),
        (
            COMPANIES,
            "numberofemployees",
            "about 50",
            "INVALID_INTEGER",
        ),
        (CONTACTS, "closedate", "soon", "INVALID_LONG"),
    ];
    for (path, name, value, code) in cases {
        let body = json!({"properties": {"firstname": "A", name: value}});
        let body = if path == COMPANIES {
            json!({"properties": {"name": "A", name: value}})
        } else {
            body
        };
        let answer = sandbox.post(path, body).await;
        assert_eq!(
            (answer.status, &answer.body["category"]),
            (400, &json!("VALIDATION_ERROR"))
        );
        let problem = &embedded(&answer.body["message"])[0];
        assert_eq!(
            (&problem["error"], &problem["name"]),
            (&json!(code), &json!(name))
        );
        assert_eq!(problem["isValid"], false);
        assert_eq!(answer.body["errors"][0]["code"], code);
        assert_eq!(
            answer.body["errors"][0]["context"]["propertyName"],
            json!([name])
        );
        assert!(answer.body["correlationId"].is_string());
    }
    let option = sandbox
        .post(
            COMPANIES,
            json!({"properties": {"name": "A", "type": "PROSPECT1"}}),
        )
        .await;
    let message = embedded(&option.body["message"])[0]["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(message.starts_with(
        "PROSPECT1 was not one of the allowed options: [label: \"Prospect\"\nvalue: \"PROSPECT\"\n\
         display_order: 0\nhidden: false\nread_only: false\n, "
    ));
    let long = "x".repeat(65_537);
    let long = sandbox
        .post(CONTACTS, json!({"properties": {"message": long}}))
        .await;
    assert!(
        embedded(&long.body["message"])[0]["error"]
            .as_str()
            .unwrap()
            .contains("TOO_LONG")
    );
    assert_eq!(sandbox.sandbox.stats()["rows_written"], 0);
}

#[tokio::test]
async fn a_record_needs_a_minimum_of_data() {
    let sandbox = TestSandbox::start().await;
    let phone_only = json!({"properties": {"phone": "+15550100"}});
    assert_eq!(sandbox.post(CONTACTS, phone_only.clone()).await.status, 400);
    assert_eq!(sandbox.post(COMPANIES, phone_only).await.status, 400);
}

#[tokio::test]
async fn the_lifecycle_stage_only_moves_forward_until_it_is_cleared() {
    let sandbox = TestSandbox::start().await;
    let id = sandbox
        .create(
            "contacts",
            json!({"email": "a@acme.com", "lifecyclestage": "customer"}),
        )
        .await;
    let path = format!("{CONTACTS}/{id}");
    let stage = |stage: &str| json!({"properties": {"lifecyclestage": stage}});
    let back = sandbox.patch(&path, stage("lead")).await;
    assert_eq!(
        (back.status, &back.body["properties"]["lifecyclestage"]),
        (200, &json!("customer"))
    );
    sandbox.patch(&path, stage("")).await;
    let again = sandbox.patch(&path, stage("lead")).await;
    assert_eq!(again.body["properties"]["lifecyclestage"], "lead");
}

#[tokio::test]
async fn bad_json_and_unknown_paths() {
    let sandbox = TestSandbox::start().await;
    let request = sandbox
        .request(Method::POST, CONTACTS)
        .body("{\n\"properties\": oops}");
    let answer = sandbox.send(request).await.unwrap();
    assert_eq!(answer.status, 400);
    assert!(
        answer.body["message"]
            .as_str()
            .unwrap()
            .starts_with("Invalid input JSON on line 2, column ")
    );
    let unknown = sandbox.get("/crm/objects/2019-01/contacts").await;
    assert_eq!(
        (unknown.status, &unknown.body["message"]),
        (404, &json!("resource not found"))
    );
}
