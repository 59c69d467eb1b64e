use serde_json::{Value, json};

use super::{TestSandbox, traced};

const LINK: &str = "/crm/associations/2026-03/contacts/companies/batch";

async fn pair(sandbox: &TestSandbox) -> (String, String) {
    let contact = sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
    (
        contact,
        sandbox
            .create("companies", json!({"domain": "acme.com"}))
            .await,
    )
}

async fn primary(sandbox: &TestSandbox, contact: &str) -> Value {
    let path = format!("/crm/objects/2026-03/contacts/{contact}?properties=associatedcompanyid");
    sandbox.get(&path).await.body["properties"]["associatedcompanyid"].clone()
}

fn inputs(pairs: &[(&str, &str)]) -> Value {
    let inputs: Vec<Value> = pairs
        .iter()
        .map(|(from, to)| json!({"from": {"id": from}, "to": {"id": to}}))
        .collect();
    json!({"inputs": inputs})
}

#[tokio::test]
async fn the_first_company_becomes_primary() {
    let sandbox = TestSandbox::start().await;
    let (contact, company) = pair(&sandbox).await;
    let second = sandbox
        .create("companies", json!({"domain": "acme.io"}))
        .await;
    assert!(primary(&sandbox, &contact).await.is_null());
    let body = inputs(&[
        (&contact, &company),
        (&contact, &second),
        (&contact, &company),
    ]);
    let answer = sandbox
        .post(&format!("{LINK}/associate/default"), body)
        .await;
    assert_eq!(
        (answer.status, &answer.body["status"]),
        (200, &json!("COMPLETE"))
    );
    let spec = json!({"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279});
    assert_eq!(answer.body["results"][0]["associationSpec"], spec);
    assert_eq!(primary(&sandbox, &contact).await, json!(company));
    assert_eq!(sandbox.sandbox.stats()["associations"], 2);

    let path = format!("/crm/objects/2026-03/contacts/{contact}?associations=companies");
    let linked = sandbox.get(&path).await.body["associations"]["companies"]["results"].clone();
    assert_eq!(linked.as_array().unwrap().len(), 3);
    assert!(
        linked
            .as_array()
            .unwrap()
            .contains(&json!({"id": company, "type": "contact_to_company"}))
    );

    // Another one becomes primary only when asked for.
    let types = json!([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]);
    let mut body = inputs(&[(&contact, &second)]);
    body["inputs"][0]["types"] = types;
    let answer = sandbox.post(&format!("{LINK}/create"), body).await;
    assert_eq!(
        (answer.status, &answer.body["results"][0]["labels"]),
        (201, &json!(["Primary"]))
    );
    assert_eq!(primary(&sandbox, &contact).await, json!(second));
}

#[tokio::test]
async fn unknown_ids_refuse_the_default_call_and_fail_alone_with_labels() {
    let sandbox = TestSandbox::start().await;
    let (contact, company) = pair(&sandbox).await;
    let label = sandbox.admin(
        "labels",
        json!({"from": "contacts", "to": "companies", "label": "Met at fair"}),
    );
    let pairs = [
        (contact.as_str(), company.as_str()),
        (contact.as_str(), "5"),
    ];
    let refused = sandbox
        .post(&format!("{LINK}/associate/default"), inputs(&pairs))
        .await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.body["message"],
        "One or more associations are invalid"
    );
    assert!(
        refused.body["subCategory"]
            .as_str()
            .unwrap()
            .contains("INVALID_OBJECT_IDS")
    );
    assert_eq!(sandbox.sandbox.stats()["associations"], 0);

    let mut body = inputs(&pairs);
    for input in body["inputs"].as_array_mut().unwrap() {
        input["types"] =
            json!([{"associationCategory": "USER_DEFINED", "associationTypeId": label["typeId"]}]);
    }
    let partial = sandbox.post(&format!("{LINK}/create"), body).await;
    assert_eq!(
        (partial.status, &partial.body["numErrors"]),
        (207, &json!(1))
    );
    let labels = sandbox
        .get("/crm/associations/v4/contacts/companies/labels")
        .await
        .body;
    let own =
        json!({"category": "USER_DEFINED", "typeId": label["typeId"], "label": "Met at fair"});
    assert!(labels["results"].as_array().unwrap().contains(&own));
}

#[tokio::test]
async fn links_are_read_in_both_directions_and_the_missing_named() {
    let sandbox = TestSandbox::start().await;
    let (contact, company) = pair(&sandbox).await;
    let other = sandbox
        .create("contacts", json!({"email": "bo@acme.com"}))
        .await;
    sandbox
        .post(
            &format!("{LINK}/associate/default"),
            inputs(&[(&contact, &company)]),
        )
        .await;
    let body = json!({"inputs": [{"id": contact}, {"id": other}]});
    let answer = sandbox.post(&format!("{LINK}/read"), body).await;
    assert_eq!(answer.status, 207);
    assert_eq!(
        answer.body["results"][0]["to"][0]["toObjectId"],
        json!(company)
    );
    assert_eq!(
        answer.body["errors"][0]["context"]["fromObjectId"],
        json!([other])
    );
    let path = format!("/crm/v4/objects/companies/{company}/associations/contacts");
    let back = sandbox.get(&path).await.body;
    let id: u64 = contact.parse().unwrap();
    assert_eq!(back["results"][0]["toObjectId"], id);
}

#[tokio::test]
async fn inline_associations_link_or_refuse_the_input() {
    let sandbox = TestSandbox::start().await;
    let company = sandbox
        .create("companies", json!({"domain": "acme.com"}))
        .await;
    let input = |email: &str, to: &str, type_id: u64| {
        let types =
            json!([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]);
        json!({"properties": {"email": email}, "associations": [{"to": {"id": to}, "types": types}]})
    };
    let body = traced(vec![
        input("a@acme.com", &company, 279),
        input("b@acme.com", "5", 279),
        input("c@acme.com", &company, 202),
    ]);
    let answer = sandbox
        .post("/crm/objects/2026-03/contacts/batch/create", body)
        .await;
    assert_eq!((answer.status, &answer.body["numErrors"]), (207, &json!(2)));
    let contact = answer.body["results"][0]["id"].as_str().unwrap();
    assert_eq!(primary(&sandbox, contact).await, json!(company));
    assert_eq!(
        answer.body["errors"][0]["message"],
        "One or more associations are invalid"
    );
    let wrong_type = "invalid from object type 0-1 for associations to be created. expected: 0-46";
    assert_eq!(answer.body["errors"][1]["message"], wrong_type);
    assert_eq!(sandbox.sandbox.stats()["contacts"], 1);

    let note = json!({
        "properties": {"hs_timestamp": "2026-11-22T10:00:00Z", "hs_note_body": "Met at booth 12"},
        "associations": [{"to": {"id": contact}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202}]}],
    });
    assert_eq!(
        sandbox
            .post("/crm/objects/2026-03/notes", note)
            .await
            .status,
        201
    );
}
