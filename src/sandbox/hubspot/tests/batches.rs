use serde_json::{Value, json};

use super::{TestSandbox, embedded, traced};

const BATCH: &str = "/crm/objects/2026-03/contacts/batch";

fn contact(email: &str) -> Value {
    json!({"properties": {"email": email}})
}

#[tokio::test]
async fn traced_inputs_fail_one_by_one() {
    let sandbox = TestSandbox::start().await;
    let ana = sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
    let body = traced(vec![
        contact("bo@acme.com"),
        contact("broken@@x"),
        contact("ana@acme.com"),
    ]);
    let answer = sandbox.post(&format!("{BATCH}/create"), body.clone()).await;
    assert_eq!(
        (answer.status, &answer.body["status"]),
        (207, &json!("COMPLETE"))
    );
    assert_eq!(answer.body["results"].as_array().unwrap().len(), 1);
    assert_eq!(answer.body["results"][0]["objectWriteTraceId"], "t0");
    assert_eq!(answer.body["numErrors"], 2);
    let [invalid, conflict] = answer.body["errors"].as_array().unwrap().as_slice() else {
        panic!()
    };
    assert_eq!(invalid["context"], json!({"objectWriteTraceId": ["t1"]}));
    assert_eq!(embedded(&invalid["message"])[0]["error"], "INVALID_EMAIL");
    assert_eq!(conflict["category"], "CONFLICT");
    assert_eq!(
        conflict["message"],
        format!("Contact already exists. Existing ID: {ana}")
    );
    assert_eq!(conflict["context"], json!({"objectWriteTraceId": ["t2"]}));

    // Version 2026-09 keeps 201 and puts the errors into the same body.
    let newer = sandbox
        .post("/crm/objects/2026-09/contacts/batch/create", body)
        .await;
    assert_eq!((newer.status, &newer.body["numErrors"]), (201, &json!(3)));
}

#[tokio::test]
async fn without_trace_ids_one_bad_input_fails_all() {
    let sandbox = TestSandbox::start().await;
    let path = format!("{BATCH}/create");
    let bad = sandbox
        .post(
            &path,
            json!({"inputs": [contact("bo@acme.com"), contact("broken@@x")]}),
        )
        .await;
    assert_eq!(bad.status, 400);
    assert_eq!(embedded(&bad.body["message"])[0]["name"], "email");

    sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
    let taken = json!({"inputs": [contact("bo@acme.com"), contact("ana@acme.com")]});
    assert_eq!(sandbox.post(&path, taken).await.status, 409);

    // The same trace id twice counts as none.
    let mut twice = traced(vec![contact("bo@acme.com"), contact("broken@@x")]);
    twice["inputs"][1]["objectWriteTraceId"] = json!("t0");
    assert_eq!(sandbox.post(&path, twice).await.status, 400);
    assert_eq!(sandbox.sandbox.stats()["contacts"], 1);
}

#[tokio::test]
async fn many_are_read_by_address_and_the_missing_named() {
    let sandbox = TestSandbox::start().await;
    let id = sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
    let inputs = json!([{"id": "ANA@acme.com"}, {"id": "bo@nowhere.io"}]);
    let body = json!({"idProperty": "email", "properties": ["email"], "inputs": inputs});
    let answer = sandbox.post(&format!("{BATCH}/read"), body).await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.body["results"][0]["id"], json!(id));
    assert_eq!(answer.body["errors"][0]["category"], "OBJECT_NOT_FOUND");
    assert_eq!(
        answer.body["errors"][0]["context"],
        json!({"ids": ["bo@nowhere.io"]})
    );

    let by_domain = json!({"idProperty": "domain", "inputs": [{"id": "acme.com"}]});
    let refused = sandbox
        .post("/crm/objects/2026-03/companies/batch/read", by_domain)
        .await;
    assert_eq!(refused.status, 400);
}

#[tokio::test]
async fn upserts_say_which_records_are_new() {
    let sandbox = TestSandbox::start().await;
    let id = sandbox
        .create("contacts", json!({"email": "ana@acme.com", "phone": "1"}))
        .await;
    let input =
        |email: &str| json!({"id": email, "idProperty": "email", "properties": {"firstname": "X"}});
    let body = traced(vec![input("Ana@acme.com"), input("bo@acme.com")]);
    let answer = sandbox.post(&format!("{BATCH}/upsert"), body).await;
    assert_eq!(answer.status, 200);
    let results = &answer.body["results"];
    assert_eq!(
        (&results[0]["id"], &results[0]["new"]),
        (&json!(id), &json!(false))
    );
    assert_eq!(
        (&results[1]["properties"]["email"], &results[1]["new"]),
        (&json!("bo@acme.com"), &json!(true))
    );
    let kept = sandbox
        .get(&format!(
            "/crm/objects/2026-03/contacts/{id}?properties=phone"
        ))
        .await;
    assert_eq!(kept.body["properties"]["phone"], "1");
}

#[tokio::test]
async fn duplicate_and_not_unique_keys_are_refused() {
    let sandbox = TestSandbox::start().await;
    let input =
        |id: &str, name: &str| json!({"id": id, "idProperty": name, "properties": {"phone": "1"}});
    let twice = traced(vec![input("a@b.co", "email"), input(" A@b.co", "email")]);
    let twice = sandbox.post(&format!("{BATCH}/upsert"), twice).await;
    assert_eq!(twice.status, 400);
    assert_eq!(
        twice.body["message"],
        "Duplicate IDs found in batch input: [a@b.co]. IDs must be unique"
    );
    assert_eq!(twice.body["context"]["ids"], json!(["a@b.co"]));

    let path = "/crm/objects/2026-03/companies/batch/upsert";
    let by_domain = sandbox
        .post(path, traced(vec![input("acme.com", "domain")]))
        .await;
    assert_eq!(by_domain.status, 400);
    let message = "Unable to perform update/upsert by non-unique 0-2 property domain";
    assert_eq!(by_domain.body["message"], message);
    let by_email = sandbox
        .post(
            &format!("{BATCH}/update"),
            traced(vec![input("a@b.co", "email")]),
        )
        .await;
    assert_eq!(by_email.status, 400);
}

#[tokio::test]
async fn updates_of_missing_records_fail_alone() {
    let sandbox = TestSandbox::start().await;
    let id = sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
    let input = |id: &str| json!({"id": id, "properties": {"jobtitle": "CTO"}});
    let answer = sandbox
        .post(
            &format!("{BATCH}/update"),
            traced(vec![input("5"), input(&id)]),
        )
        .await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.body["results"][0]["objectWriteTraceId"], "t1");
    let context = json!({"ids": ["5"], "objectWriteTraceId": ["t0"]});
    assert_eq!(answer.body["errors"][0]["context"], context);
}

#[tokio::test]
async fn batches_have_a_limit_and_empty_ones_do_nothing() {
    let sandbox = TestSandbox::start().await;
    let many: Vec<Value> = (0..101)
        .map(|n| contact(&format!("p{n}@acme.com")))
        .collect();
    assert_eq!(
        sandbox
            .post(&format!("{BATCH}/create"), traced(many))
            .await
            .status,
        400
    );
    let nothing = sandbox.post(&format!("{BATCH}/create"), json!({})).await;
    assert_eq!(
        (nothing.status, &nothing.body["results"]),
        (200, &json!([]))
    );
    let id = sandbox
        .create("contacts", json!({"email": "ana@acme.com"}))
        .await;
    let archive = sandbox
        .post(
            &format!("{BATCH}/archive"),
            json!({"inputs": [{"id": id}, {"id": "5"}]}),
        )
        .await;
    assert_eq!(
        (archive.status, &sandbox.sandbox.stats()["contacts"]),
        (204, &json!(0))
    );
}

#[tokio::test]
async fn version_2026_09_enforces_required_properties_and_tells_normalised_dates() {
    let sandbox = TestSandbox::start().await;
    sandbox.admin("required/contacts", json!({"properties": ["firstname"]}));
    let body = json!({"properties": {"email": "a@acme.com", "closedate": "1763805600000"}});
    let missing = sandbox
        .post("/crm/objects/2026-09/contacts", body.clone())
        .await;
    assert_eq!(missing.status, 400);
    assert_eq!(
        missing.body["errors"][0]["code"],
        "MISSING_REQUIRED_PROPERTY"
    );
    let older = sandbox.post("/crm/objects/2026-03/contacts", body).await;
    assert_eq!(older.status, 201);
    assert!(older.body.get("warnings").is_none());
    let body = json!({"properties": {"firstname": "A", "closedate": "1763805600000"}});
    let newer = sandbox.post("/crm/objects/2026-09/contacts", body).await;
    assert_eq!(
        newer.body["warnings"][0]["category"],
        "PROPERTY_VALUE_NORMALIZED"
    );
}
