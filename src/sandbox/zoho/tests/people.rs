use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, account, codes, id, lead, options, pass, text};
use crate::sandbox::SandboxOptions;

#[tokio::test]
async fn an_upsert_inserts_then_updates_and_says_what_matched() {
    let sandbox = account().await;
    let first = sandbox
        .upsert("Leads", vec![lead(1), json!({"Email": "nobody@acme.com"})])
        .await;
    assert_eq!(first.status, 207);
    assert_eq!(codes(&first), ["SUCCESS", "MANDATORY_NOT_FOUND"]);
    let (good, bad) = (&first.body["data"][0], &first.body["data"][1]);
    assert_eq!(
        (&good["action"], &good["duplicate_field"], &good["message"]),
        (&json!("insert"), &Value::Null, &json!("record added"))
    );
    assert_eq!(good.get("id"), None);
    assert_eq!(
        bad["details"],
        json!({"api_name": "Last_Name", "json_path": "$.data[1].Last_Name"})
    );
    assert_eq!(bad["message"], "required field not found");

    // Case does not matter, nor does it within one request.
    let row = json!({"Last_Name": "Li", "Email": "P1@ACME.com", "City": "Ulm"});
    let again = sandbox.upsert("Leads", vec![row, lead(2), lead(2)]).await;
    assert_eq!(again.status, 200);
    let rows = again.body["data"].as_array().unwrap();
    let actions: Vec<&Value> = rows.iter().map(|row| &row["action"]).collect();
    assert_eq!(actions, ["update", "insert", "update"]);
    assert_eq!(rows[0]["duplicate_field"], "Email");
    assert_eq!(id(&again, 0), id(&first, 0));
    assert_eq!(id(&again, 1), id(&again, 2));
    let kept = sandbox.record("Leads", &id(&first, 0));
    assert_eq!(
        (&kept["City"], &kept["Company"]),
        (&json!("Ulm"), &json!("Acme"))
    );
    assert_eq!(sandbox.stat("triggers"), json!({"none": 4}));
    assert_eq!(
        (sandbox.stat("leads"), sandbox.stat("duplicate_emails")),
        (json!(2), json!(0))
    );
}

#[tokio::test]
async fn inserts_do_not_look_for_duplicates_and_updates_need_an_id() {
    let sandbox = account().await;
    let inserted = sandbox.insert("Leads", vec![lead(1), lead(1)]).await;
    assert_eq!(inserted.status, 201);
    assert_eq!(inserted.body["data"][0].get("action"), None);
    assert_eq!(sandbox.stat("duplicate_emails"), 1);
    assert_eq!(sandbox.stat("triggers"), json!({"absent": 2}));

    let ambiguous = sandbox.upsert("Leads", vec![lead(1)]).await;
    assert_eq!(ambiguous.status, 400);
    assert_eq!(codes(&ambiguous), ["AMBIGUITY_DURING_PROCESSING"]);
    let due = &ambiguous.body["data"][0]["details"]["ambiguity_due_to"];
    assert_eq!(due[0]["api_name"], "Email");

    let rows = vec![
        json!({"id": id(&inserted, 0), "City": "Ulm", "Company": null}),
        json!({"City": "Ulm"}),
        json!({"id": "724445000000999999", "City": "Ulm"}),
        json!({"id": id(&inserted, 1), "Last_Name": ""}),
    ];
    let updated = sandbox.update("Leads", rows.clone()).await;
    assert_eq!(updated.status, 207);
    let missing = "MANDATORY_NOT_FOUND";
    assert_eq!(
        codes(&updated),
        ["SUCCESS", missing, "INVALID_DATA", missing]
    );
    let kept = sandbox.record("Leads", &id(&inserted, 0));
    assert_eq!(
        (&kept["City"], &kept["Company"], &kept["Last_Name"]),
        (&json!("Ulm"), &Value::Null, &json!("Li 1"))
    );
    // An upsert with an id asks for no match.
    let upserted = sandbox.upsert("Leads", rows[..1].to_vec()).await;
    assert_eq!(
        (
            &upserted.body["data"][0]["action"],
            &upserted.body["data"][0]["duplicate_field"]
        ),
        (&json!("update"), &Value::Null)
    );
    sandbox.admin(
        "settings",
        json!({"mixed_status": 200, "all_failed_status": 202}),
    );
    assert_eq!(sandbox.update("Leads", rows.clone()).await.status, 200);
    assert_eq!(
        sandbox.update("Leads", rows[1..].to_vec()).await.status,
        202
    );
}

#[tokio::test]
async fn duplicates_are_looked_for_by_the_fields_named_in_their_order() {
    let sandbox = account().await;
    sandbox.admin(
        "fields",
        json!({"module": "Leads", "name": "Badge", "unique": true}),
    );
    let ids = sandbox.seed(
        "Leads",
        vec![
            json!({"Last_Name": "A", "Badge": "b-1"}),
            json!({"Last_Name": "B", "Email": "b@acme.com"}),
        ],
    );
    let row = json!({"Last_Name": "C", "Email": "b@acme.com", "Badge": "B-1"});
    let send = |fields: Value| {
        let body = json!({"data": [row.clone()], "duplicate_check_fields": fields});
        sandbox.call(Method::POST, "Leads/upsert", body)
    };
    // The record found by e-mail would take the badge of the other.
    let by_email = send(json!(["Email", "Badge"])).await;
    assert_eq!(codes(&by_email), ["DUPLICATE_DATA"]);
    let details = &by_email.body["data"][0]["details"];
    assert_eq!(
        (
            &details["id"],
            &details["duplicate_record"]["module"]["api_name"]
        ),
        (&json!(ids[0]), &json!("Leads"))
    );
    let by_badge = send(json!(["Badge"])).await;
    assert_eq!(id(&by_badge, 0), ids[0]);
    assert_eq!(by_badge.body["data"][0]["duplicate_field"], "Badge");
    let odd = send(json!(["City"])).await;
    assert_eq!(
        (odd.status, text(&odd.body["code"])),
        (400, "INVALID_DATA".into())
    );
    assert_eq!(
        odd.body["details"]["supported_values"],
        json!(["Email", "Badge"])
    );
}

#[tokio::test]
async fn contacts_belong_to_accounts_that_are_upserted_by_name() {
    let sandbox = account().await;
    let acme = json!({"Account_Name": "Acme"});
    let first = sandbox.upsert("Accounts", vec![acme.clone()]).await;
    let again = sandbox
        .upsert("Accounts", vec![json!({"Account_Name": "ACME"})])
        .await;
    assert_eq!(id(&again, 0), id(&first, 0));
    assert_eq!(again.body["data"][0]["duplicate_field"], "Account_Name");
    let ada =
        json!({"Last_Name": "Li", "Email": "a@acme.com", "Account_Name": {"id": id(&first, 0)}});
    let contact = sandbox.made("Contacts", ada).await;
    sandbox.made("Contacts", json!({"Last_Name": "Bo"})).await;
    assert_eq!(
        (
            sandbox.stat("contacts"),
            sandbox.stat("contacts_without_account")
        ),
        (json!(2), json!(1))
    );
    let shown = sandbox
        .read(&format!(
            "Contacts/{contact}?fields=Account_Name,Email,Nothing"
        ))
        .await;
    assert_eq!(
        shown.body["data"][0]["Account_Name"],
        json!({"id": id(&first, 0), "name": "ACME"})
    );
    assert_eq!(shown.body["data"][0].get("Nothing"), None);
    for (value, expected) in [(json!("Acme"), "jsonobject"), (json!({"id": "1"}), "")] {
        let row = json!({"Last_Name": "Cy", "Account_Name": value});
        let (code, details) = sandbox.refused("Contacts", row).await;
        assert_eq!(code, "INVALID_DATA");
        assert_eq!(text(&details["expected_data_type"]), expected);
    }
    sandbox.seed("Accounts", vec![acme]);
    assert_eq!(sandbox.stat("duplicate_account_names"), 1);
}

#[tokio::test]
async fn converted_leads_are_hidden_and_refuse_changes() {
    let sandbox = account().await;
    let lead_id = sandbox.made("Leads", lead(1)).await;
    let made = sandbox.admin("convert", json!({"lead": lead_id}));
    let upserted = sandbox.upsert("Leads", vec![lead(1)]).await;
    assert_eq!(codes(&upserted), ["CONVERTED_RECORD"]);
    assert_eq!(
        upserted.body["data"][0]["message"],
        "can't update the converted record"
    );
    let updated = sandbox
        .update("Leads", vec![json!({"id": lead_id, "City": "Ulm"})])
        .await;
    assert_eq!(codes(&updated), ["ID_ALREADY_CONVERTED"]);

    let query = "select id, Converted_Contact from Leads where Email = 'p1@acme.com'";
    assert_eq!(sandbox.coql(query).await.status, 204);
    sandbox.admin("settings", json!({"coql_shows_converted": true}));
    let row = sandbox.coql(query).await.body["data"][0].clone();
    assert_eq!(row["Converted_Contact"], json!({"id": made["contact"]}));
    let one = sandbox.read(&format!("Leads/{lead_id}")).await;
    let one = &one.body["data"][0];
    assert_eq!(
        (&one["$converted"], &one["$converted_detail"]["contact"]),
        (&json!(true), &made["contact"])
    );
    let list = format!("Leads?fields=Email&ids={lead_id}");
    assert_eq!(sandbox.read(&list).await.status, 204);
    let both = sandbox.read(&format!("{list}&converted=both")).await;
    assert_eq!(both.status, 200);
    let contact = sandbox.record("Contacts", made["contact"].as_str().unwrap());
    assert_eq!(contact["Account_Name"], json!({"id": made["account"]}));
    assert_eq!(
        (sandbox.stat("leads"), sandbox.stat("converted_leads")),
        (json!(0), json!(1))
    );

    sandbox.admin("settings", json!({"matches_converted": false}));
    let anew = sandbox.upsert("Leads", vec![lead(1)]).await;
    assert_eq!(anew.body["data"][0]["action"], "insert");
}

#[tokio::test]
async fn deleted_records_are_as_good_as_gone() {
    let sandbox = account().await;
    let (first, second) = (
        sandbox.made("Leads", lead(1)).await,
        sandbox.made("Leads", lead(2)).await,
    );
    let path = format!("Leads?ids={first},1");
    let deleted = sandbox.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(
        (deleted.status, codes(&deleted)),
        (207, vec!["SUCCESS".into(), "INVALID_DATA".into()])
    );
    let one = format!("Leads/{first}?fields=Email");
    assert_eq!(sandbox.read(&one).await.status, 204);
    sandbox.admin("settings", json!({"absent_status": 404}));
    assert_eq!(sandbox.read(&one).await.status, 404);
    let update = json!({"id": first, "City": "Ulm"});
    assert_eq!(
        codes(&sandbox.update("Leads", vec![update]).await),
        ["INVALID_DATA"]
    );
    let anew = sandbox.upsert("Leads", vec![lead(1)]).await;
    assert_eq!(anew.body["data"][0]["action"], "insert");
    let bin = sandbox.read("Leads/deleted").await;
    assert_eq!(bin.body["data"][0]["id"], json!(first));

    sandbox.admin(
        "merge",
        json!({"module": "Leads", "winner": id(&anew, 0), "losers": [second]}),
    );
    assert_eq!(
        (sandbox.stat("leads"), sandbox.stat("deleted")),
        (json!(1), json!(2))
    );
    let purged = id(&anew, 0);
    sandbox.admin("purge", json!({"module": "Leads", "id": purged}));
    assert_eq!(sandbox.stat("leads"), 0);
    assert_eq!(sandbox.stat("deleted"), 2);
}

#[tokio::test]
async fn lists_need_fields_and_search_lags() {
    let sandbox = Account::with(SandboxOptions {
        search_lag: std::time::Duration::from_secs(10),
        ..options()
    })
    .await;
    sandbox.insert("Leads", (0..3).map(lead).collect()).await;
    let without = sandbox.read("Leads").await;
    assert_eq!(
        (without.status, text(&without.body["code"])),
        (400, "REQUIRED_PARAM_MISSING".into())
    );
    assert_eq!(without.body["details"], json!({"param_name": "fields"}));
    let many: Vec<String> = (0..51).map(|n| format!("F{n}")).collect();
    let many = sandbox
        .read(&format!("Leads?fields={}", many.join(",")))
        .await;
    assert_eq!(many.body["code"], "LIMIT_EXCEEDED");
    let page = sandbox.read("Leads?fields=Email&per_page=2").await.body;
    assert_eq!(
        (&page["data"][0]["Email"], &page["info"]["more_records"]),
        (&json!("p2@acme.com"), &json!(true))
    );
    let last = sandbox
        .read("Leads?fields=Email&per_page=2&page=2")
        .await
        .body;
    assert_eq!(
        (&last["data"][0]["Email"], &last["info"]["more_records"]),
        (&json!("p0@acme.com"), &json!(false))
    );
    let search = "Leads/search?email=P1%40acme.com&fields=id,Email";
    assert_eq!(sandbox.read(search).await.status, 204);
    pass(&sandbox, 10);
    let found = sandbox.read(search).await;
    assert_eq!(found.body["data"][0]["Email"], "p1@acme.com");
}
