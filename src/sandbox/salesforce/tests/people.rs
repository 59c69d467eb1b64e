use serde_json::json;

use super::{API, error, lead, org, records};

#[tokio::test]
async fn assignment_rules_run_unless_switched_off() {
    let sandbox = org().await;
    let queue = sandbox
        .rows("SELECT Id FROM Group WHERE Type = 'Queue'")
        .await[0]["Id"]
        .clone();
    let ruled = sandbox.made("Lead", lead(1)).await;
    assert_eq!(sandbox.value("Lead", &ruled, "OwnerId"), queue);
    let off = |method, path: String, body| {
        let request = sandbox
            .request(method, &path)
            .json(&body)
            .header("Sforce-Auto-Assign", "FALSE");
        sandbox.send(request)
    };
    let kept = off(
        reqwest::Method::POST,
        format!("{API}/sobjects/Lead"),
        lead(2),
    )
    .await
    .unwrap();
    let id = kept.body["id"].as_str().unwrap();
    assert_ne!(sandbox.value("Lead", id, "OwnerId"), queue);
    off(
        reqwest::Method::PATCH,
        format!("{API}/sobjects/Lead/{id}"),
        json!({"Title": "x"}),
    )
    .await
    .unwrap();
    assert_ne!(sandbox.value("Lead", id, "OwnerId"), queue);
    sandbox.change("Lead", id, json!({"Title": "y"})).await;
    assert_eq!(sandbox.value("Lead", id, "OwnerId"), queue);
    assert_eq!(
        sandbox.stat("auto_assign"),
        json!({"false": 2, "absent": 2, "rule": 0})
    );
}

#[tokio::test]
async fn converted_leads_cannot_be_written() {
    let sandbox = org().await;
    let id = sandbox.made("Lead", lead(1)).await;
    let made = sandbox.admin("convert", json!({"lead": id}));
    let rows = sandbox.rows("SELECT IsConverted, ConvertedContactId, ConvertedAccountId FROM Lead WHERE Email IN ('p1@acme.com')").await;
    assert_eq!(
        (&rows[0]["IsConverted"], &rows[0]["ConvertedContactId"]),
        (&json!(true), &made["contactId"])
    );
    let answer = sandbox.change("Lead", &id, json!({"Title": "x"})).await;
    assert_eq!(
        (answer.status, error(&answer)),
        (
            400,
            (
                "CANNOT_UPDATE_CONVERTED_LEAD".into(),
                "cannot reference converted lead".into()
            )
        )
    );
    let stats = sandbox.sandbox.stats();
    let counts = [
        "leads",
        "converted_leads",
        "contacts",
        "accounts",
        "duplicate_emails",
        "contacts_without_account",
    ];
    assert_eq!(
        counts.map(|key| stats[key].as_u64().unwrap()),
        [0, 1, 1, 1, 0, 0]
    );
    let campaign = sandbox.made("Campaign", json!({"Name": "Show"})).await;
    let refused = sandbox
        .refused(
            "CampaignMember",
            json!({"CampaignId": campaign, "LeadId": id}),
        )
        .await;
    assert_eq!(refused.0, "CANNOT_UPDATE_CONVERTED_LEAD");
}

#[tokio::test]
async fn members_of_a_campaign() {
    let sandbox = org().await;
    let campaign = sandbox
        .made("Campaign", json!({"Name": "Show", "IsActive": false}))
        .await;
    let person = sandbox.made("Lead", lead(1)).await;
    let statuses = sandbox.rows(&format!("SELECT Label, HasResponded, IsDefault FROM CampaignMemberStatus WHERE CampaignId='{campaign}' ORDER BY SortOrder")).await;
    assert_eq!(
        (&statuses[0]["Label"], &statuses[1]["HasResponded"]),
        (&json!("Sent"), &json!(true))
    );
    let values = |status: &str| json!({"CampaignId": campaign, "LeadId": person, "Status": status});
    let member = sandbox.made("CampaignMember", values("Attended")).await;
    // Not an error, and not what was asked for.
    assert_eq!(sandbox.value("CampaignMember", &member, "Status"), "Sent");
    assert_eq!(
        sandbox.refused("CampaignMember", values("Sent")).await,
        (
            "DUPLICATE_VALUE".into(),
            "Already a campaign member.".into()
        )
    );
    assert_eq!(
        sandbox
            .change("CampaignMember", &member, json!({"Status": "Responded"}))
            .await
            .status,
        204
    );
    assert_eq!(
        sandbox.value("CampaignMember", &member, "HasResponded"),
        true
    );
    let moved = sandbox
        .change("CampaignMember", &member, json!({"CampaignId": campaign}))
        .await;
    assert_eq!(error(&moved).0, "INVALID_FIELD_FOR_INSERT_UPDATE");
    assert_eq!(
        sandbox
            .refused("CampaignMember", json!({"CampaignId": campaign}))
            .await
            .0,
        "FIELD_INTEGRITY_EXCEPTION"
    );
    assert_eq!(sandbox.stat("campaign_members"), 1);
}

#[tokio::test]
async fn deleted_merged_and_unknown_records() {
    let sandbox = org().await;
    let (gone, kept) = (
        sandbox.made("Contact", json!({"LastName": "A"})).await,
        sandbox.made("Contact", json!({"LastName": "B"})).await,
    );
    sandbox.admin("merge", json!({"winner": kept, "losers": [gone]}));
    let deleted = sandbox
        .change("Contact", &gone, json!({"Title": "x"}))
        .await;
    assert_eq!(
        (deleted.status, error(&deleted).0.as_str()),
        (404, "ENTITY_IS_DELETED")
    );
    assert_eq!(sandbox.value("Contact", &gone, "MasterRecordId"), kept);
    sandbox.admin("purge", json!({"id": kept}));
    let unknown = sandbox.get(&format!("{API}/sobjects/Contact/{kept}")).await;
    assert_eq!(
        (unknown.status, error(&unknown).0.as_str()),
        (404, "NOT_FOUND")
    );
    let body = records(
        "Contact",
        vec![
            json!({"id": gone, "Title": "x"}),
            json!({"id": kept, "Title": "x"}),
        ],
    );
    let rows = sandbox
        .patch(&format!("{API}/composite/sobjects"), body)
        .await
        .body;
    assert_eq!(rows[0]["errors"][0]["statusCode"], "ENTITY_IS_DELETED");
    assert_eq!(
        rows[1]["errors"][0]["statusCode"],
        "INVALID_CROSS_REFERENCE_KEY"
    );
    let read = json!({"ids": [gone, kept], "fields": ["Id"]});
    assert_eq!(
        sandbox
            .post(&format!("{API}/composite/sobjects/Contact"), read)
            .await
            .body,
        json!([null, null])
    );
}

#[tokio::test]
async fn people_who_are_accounts() {
    let sandbox = org().await;
    sandbox.admin("person_accounts", json!({"enabled": true}));
    let seeded = sandbox.admin("records/Account", json!({"records": [{"IsPersonAccount": true, "FirstName": "Ana", "LastName": "Li", "PersonEmail": "ana@x.com"}]}));
    let rows = sandbox
        .rows("SELECT Id, IsPersonAccount, AccountId FROM Contact WHERE Email = 'ana@x.com'")
        .await;
    assert_eq!(
        (&rows[0]["IsPersonAccount"], &rows[0]["AccountId"]),
        (&json!(true), &seeded["ids"][0])
    );
    let answer = sandbox
        .change(
            "Contact",
            rows[0]["Id"].as_str().unwrap(),
            json!({"Title": "x"}),
        )
        .await;
    assert_eq!(error(&answer).0, "INVALID_FIELD_FOR_INSERT_UPDATE");
    assert_eq!(
        sandbox
            .refused(
                "Contact",
                json!({"LastName": "x", "AccountId": seeded["ids"][0]})
            )
            .await
            .0,
        "FIELD_INTEGRITY_EXCEPTION"
    );
}

#[tokio::test]
async fn accounts_are_counted_by_name_and_domain() {
    let sandbox = org().await;
    for (name, website) in [
        ("Acme", "https://www.acme.com/x"),
        ("ACME", "acme.com"),
        ("Other", "other.com"),
    ] {
        sandbox
            .made("Account", json!({"Name": name, "Website": website}))
            .await;
    }
    let lead_id = sandbox.made("Lead", lead(1)).await;
    sandbox
        .made("Contact", json!({"LastName": "x", "Email": "P1@acme.com"}))
        .await;
    sandbox
        .made(
            "Task",
            json!({"Subject": "Call", "Status": "Completed", "WhoId": lead_id}),
        )
        .await;
    assert_eq!(
        sandbox
            .refused("Task", json!({"Subject": "x".repeat(256)}))
            .await
            .0,
        "STRING_TOO_LONG"
    );
    let stats = sandbox.sandbox.stats();
    let counts = [
        "duplicate_account_names",
        "duplicate_domains",
        "duplicate_emails",
        "contacts_without_account",
        "tasks",
    ];
    assert_eq!(
        counts.map(|key| stats[key].as_u64().unwrap()),
        [1, 1, 1, 1, 1]
    );
    sandbox.admin("reset", json!(null));
    assert_eq!(sandbox.stat("accounts"), 0);
}
