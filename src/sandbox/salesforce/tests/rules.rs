use serde_json::{Value, json};

use super::{API, error, lead, org, records};

#[tokio::test]
async fn values_are_refused_in_the_orgs_words() {
    let sandbox = org().await;
    let picklist = json!({"object": "Lead", "name": "Job_Category__c", "type": "picklist", "options": ["A", "B"], "restricted": true});
    sandbox.admin("fields", picklist);
    sandbox.admin(
        "fields",
        json!({"object": "Lead", "name": "Score__c", "type": "double"}),
    );
    let long = "A".repeat(81);
    for (member, value, code, text) in [
        (
            "Email",
            json!("x"),
            "INVALID_EMAIL_ADDRESS",
            "Email: invalid email address: x".to_owned(),
        ),
        (
            "LastName",
            json!(long),
            "STRING_TOO_LONG",
            format!("Last Name: data value too large: {long} (max length=80)"),
        ),
        (
            "LastName",
            json!(" "),
            "REQUIRED_FIELD_MISSING",
            "Required fields are missing: [LastName]".into(),
        ),
        (
            "Job_Category__c",
            json!("X"),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "Job Category: bad value for restricted picklist field: X".into(),
        ),
        (
            "foo__c",
            json!("x"),
            "INVALID_FIELD",
            "No such column 'foo__c' on sobject of type Lead".into(),
        ),
        (
            "OwnerId",
            json!("003"),
            "MALFORMED_ID",
            "Owner ID: id value of incorrect type: 003".into(),
        ),
    ] {
        let mut values = lead(1);
        values[member] = value;
        assert_eq!(
            sandbox.refused("Lead", values).await,
            (code.to_owned(), text)
        );
    }
    let mut values = lead(1);
    values["Name"] = json!("x");
    let (code, text) = sandbox.refused("Lead", values).await;
    assert_eq!(code, "INVALID_FIELD_FOR_INSERT_UPDATE");
    assert!(text.starts_with("Unable to create/update fields: Name. Please check"));
    // The wrong JSON type refuses all records of a request.
    let mut wrong = lead(2);
    wrong["Score__c"] = json!("many");
    let answer = sandbox
        .post(
            &format!("{API}/composite/sobjects"),
            records("Lead", vec![lead(1), wrong]),
        )
        .await;
    assert_eq!(
        (answer.status, error(&answer).0.as_str()),
        (400, "JSON_PARSER_ERROR")
    );
    assert_eq!(sandbox.stat("leads"), 0);
    // An unrestricted picklist takes anything.
    sandbox
        .made(
            "Lead",
            json!({"LastName": "x", "Company": "y", "Industry": "Balloons"}),
        )
        .await;
}

#[tokio::test]
async fn an_open_question_can_be_answered_both_ways() {
    let sandbox = org().await;
    let body = || {
        records(
            "Lead",
            vec![
                lead(1),
                json!({"LastName": "x", "Company": "y", "foo__c": "z"}),
            ],
        )
    };
    let answer = sandbox
        .post(&format!("{API}/composite/sobjects"), body())
        .await;
    assert_eq!(answer.body[1]["errors"][0]["statusCode"], "INVALID_FIELD");
    sandbox.admin("settings", json!({"unknown_field_refuses_request": true}));
    let answer = sandbox
        .post(&format!("{API}/composite/sobjects"), body())
        .await;
    assert_eq!(
        (answer.status, error(&answer).0.as_str()),
        (400, "INVALID_FIELD")
    );
    assert_eq!(sandbox.stat("leads"), 1);
}

#[tokio::test]
async fn record_types_narrow_restricted_picklists() {
    let sandbox = org().await;
    sandbox.admin("fields", json!({"object": "Lead", "name": "Tier__c", "type": "picklist", "options": ["A", "B"], "restricted": true}));
    let kind = sandbox.admin(
        "record_types",
        json!({"object": "Lead", "developerName": "Partner", "picklists": {"Tier__c": ["A"]}}),
    );
    let values = |tier: &str| json!({"LastName": "x", "Company": "y", "Tier__c": tier, "RecordTypeId": kind["id"]});
    sandbox.made("Lead", values("A")).await;
    assert_eq!(
        sandbox.refused("Lead", values("B")).await.0,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    );
    sandbox
        .made(
            "Lead",
            json!({"LastName": "x", "Company": "y", "Tier__c": "B"}),
        )
        .await;
    let found = sandbox
        .rows("SELECT Id FROM RecordType WHERE SobjectType = 'Lead' AND DeveloperName = 'Partner'")
        .await;
    assert_eq!(found[0]["Id"], kind["id"]);
}

#[tokio::test]
async fn the_admins_own_rules() {
    let sandbox = org().await;
    sandbox.admin("validation_rules", json!({"object": "Lead", "when": "Phone = null AND Industry = 'Retail'", "message": "Retail needs a phone", "field": null}));
    let refused = sandbox
        .refused(
            "Lead",
            json!({"LastName": "x", "Company": "y", "Industry": "Retail"}),
        )
        .await;
    assert_eq!(
        refused,
        (
            "FIELD_CUSTOM_VALIDATION_EXCEPTION".into(),
            "Retail needs a phone".into()
        )
    );
    sandbox
        .made(
            "Lead",
            json!({"LastName": "x", "Company": "y", "Industry": "Retail", "Phone": "1"}),
        )
        .await;

    sandbox.admin("triggers", json!({"object": "Lead", "larger_than": 2}));
    let many = |count: usize| records("Lead", (0..count).map(lead).collect());
    let failed = sandbox
        .post(&format!("{API}/composite/sobjects"), many(3))
        .await
        .body;
    assert!(
        failed
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["errors"][0]["statusCode"] == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
    );
    let good = sandbox
        .post(&format!("{API}/composite/sobjects"), many(2))
        .await
        .body;
    assert!(
        good.as_array()
            .unwrap()
            .iter()
            .all(|row| row["success"] == true)
    );
}

#[tokio::test]
async fn duplicate_rules_alert_or_block() {
    let sandbox = org().await;
    sandbox.admin(
        "duplicate_rules",
        json!({"object": "Lead", "action": "alert", "match": "email"}),
    );
    let first = sandbox.made("Lead", lead(1)).await;
    let path = format!("{API}/sobjects/Lead");
    let answer = sandbox.post(&path, lead(1)).await;
    assert_eq!(
        (answer.status, error(&answer).0.as_str()),
        (400, "DUPLICATES_DETECTED")
    );
    let result = &answer.body[0]["duplicateResult"];
    assert_eq!(
        (&result["allowSave"], &result["duplicateRule"]),
        (&json!(true), &json!("Standard_Lead_Duplicate_Rule"))
    );
    let found = &result["matchResults"][0]["matchRecords"];
    assert_eq!(
        (&found[0]["record"]["Id"], found.as_array().unwrap().len()),
        (&json!(first), 1)
    );
    let row = sandbox
        .post(
            &format!("{API}/composite/sobjects"),
            records("Lead", vec![lead(1)]),
        )
        .await
        .body;
    let item = &row[0]["errors"][0];
    assert_eq!(
        (&item["statusCode"], item.get("duplicateResult")),
        (&json!("DUPLICATES_DETECTED"), None)
    );

    let allowed = |values: Value| {
        let request = sandbox.request(reqwest::Method::POST, &path).json(&values);
        sandbox.send(request.header(
            "Sforce-Duplicate-Rule-Header",
            "allowSave=true; includeRecordDetails=false",
        ))
    };
    assert_eq!(allowed(lead(1)).await.unwrap().status, 201);
    assert_eq!(sandbox.stat("duplicate_emails"), 1);
    sandbox.admin(
        "duplicate_rules",
        json!({"object": "Lead", "action": "block", "match": "name"}),
    );
    let fuzzy = json!({"LastName": "Li 1a", "Company": "y"});
    let blocked = allowed(fuzzy).await.unwrap();
    assert_eq!(blocked.body[0]["duplicateResult"]["allowSave"], false);
    assert_eq!(
        blocked.body[0]["duplicateResult"]["matchResults"][0]["matchEngine"],
        "FuzzyMatchEngine"
    );
}

#[tokio::test]
async fn locked_parents() {
    let sandbox = org().await;
    let account = sandbox.made("Account", json!({"Name": "Acme"})).await;
    sandbox.admin("locks", json!({"parent": account, "writes": 1}));
    let body = || {
        records(
            "Contact",
            vec![
                json!({"LastName": "A", "AccountId": account}),
                json!({"LastName": "B"}),
            ],
        )
    };
    let path = format!("{API}/composite/sobjects");
    let answer = sandbox.post(&path, body()).await.body;
    assert_eq!(answer[0]["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
    assert_eq!(
        answer[0]["errors"][0]["message"],
        format!("unable to obtain exclusive access to this record or 1 records: {account}")
    );
    assert_eq!(answer[1]["success"], true);
    assert_eq!(sandbox.post(&path, body()).await.body[0]["success"], true);

    // Two requests under way that write below the same account: one of them loses.
    sandbox.admin("latency", json!({"milliseconds": 80}));
    let (left, right) = tokio::join!(sandbox.post(&path, body()), sandbox.post(&path, body()));
    let lost = [&left, &right]
        .into_iter()
        .filter(|answer| answer.body[0]["success"] == false)
        .count();
    assert_eq!(lost, 1, "{} {}", left.body, right.body);
    let other = sandbox.post(&path, body()).await;
    assert_eq!(other.body[0]["success"], true);
}

#[tokio::test]
async fn unique_external_ids() {
    let sandbox = org().await;
    sandbox.admin("fields", json!({"object": "Contact", "name": "Mobly_Id__c", "type": "string", "unique": true, "externalId": true}));
    let path = format!("{API}/sobjects/Contact/Mobly_Id__c/abc%2F1");
    let created = sandbox.patch(&path, json!({"LastName": "A"})).await;
    assert_eq!(
        (created.status, &created.body["created"]),
        (201, &json!(true))
    );
    let updated = sandbox.patch(&path, json!({"LastName": "B"})).await;
    assert_eq!(
        (updated.status, &updated.body["id"]),
        (200, &created.body["id"])
    );
    let refused = sandbox
        .refused("Contact", json!({"LastName": "C", "Mobly_Id__c": "ABC/1"}))
        .await;
    let id = created.body["id"].as_str().unwrap();
    assert_eq!(
        refused,
        (
            "DUPLICATE_VALUE".into(),
            format!(
                "duplicate value found: Mobly_Id__c duplicates value on record with id: {}",
                &id[..15]
            )
        )
    );
    let only = sandbox
        .patch(
            &format!("{API}/sobjects/Contact/Mobly_Id__c/new?updateOnly=true"),
            json!({"LastName": "D"}),
        )
        .await;
    assert_eq!(only.status, 404);

    sandbox.admin(
        "fields",
        json!({"object": "Contact", "name": "Loose__c", "type": "string", "externalId": true}),
    );
    for _ in 0..2 {
        sandbox
            .made("Contact", json!({"LastName": "E", "Loose__c": "k"}))
            .await;
    }
    let several = sandbox
        .patch(
            &format!("{API}/sobjects/Contact/Loose__c/k"),
            json!({"LastName": "F"}),
        )
        .await;
    assert_eq!(
        (several.status, several.body.as_array().unwrap().len()),
        (300, 2)
    );
    let upserts = records(
        "Contact",
        vec![
            json!({"Mobly_Id__c": "abc/1", "LastName": "G"}),
            json!({"Mobly_Id__c": "n", "LastName": "H"}),
        ],
    );
    let rows = sandbox
        .patch(
            &format!("{API}/composite/sobjects/Contact/Mobly_Id__c"),
            upserts,
        )
        .await
        .body;
    assert_eq!(
        (&rows[0]["created"], &rows[1]["created"]),
        (&json!(false), &json!(true))
    );
}

#[tokio::test]
async fn address_picklists_know_their_countries() {
    let sandbox = org().await;
    sandbox.admin("address_picklists", json!({"enabled": true}));
    let values = |country: &str| json!({"LastName": "x", "MailingCountryCode": country, "MailingState": "California"});
    let id = sandbox.made("Contact", values("US")).await;
    assert_eq!(
        sandbox.value("Contact", &id, "MailingCountry"),
        "United States"
    );
    assert_eq!(sandbox.value("Contact", &id, "MailingStateCode"), "CA");
    assert_eq!(
        sandbox.refused("Contact", values("DE")).await.0,
        "FIELD_INTEGRITY_EXCEPTION"
    );
    let unknown = json!({"LastName": "x", "MailingCountry": "Atlantis"});
    assert_eq!(
        sandbox.refused("Contact", unknown).await.0,
        "FIELD_INTEGRITY_EXCEPTION"
    );
    let described = sandbox
        .get(&format!("{API}/sobjects/Lead/describe"))
        .await
        .body;
    assert!(
        described["fields"]
            .as_array()
            .unwrap()
            .iter()
            .any(|field| field["name"] == "CountryCode")
    );
}
