use reqwest::Method;
use serde_json::{Value, json};

use super::{account, codes, id, lead, text};

#[tokio::test]
async fn people_join_campaigns_once() {
    let sandbox = account().await;
    let campaign = sandbox
        .made("Campaigns", json!({"Campaign_Name": "Expo"}))
        .await;
    let leads = sandbox.insert("Leads", vec![lead(1), lead(2)]).await;
    let contact = sandbox.made("Contacts", json!({"Last_Name": "Bo"})).await;
    let path = format!("Campaigns/{campaign}/Leads");
    let row = |id: &str, status: &str| json!({"id": id, "Member_Status": status});
    let body = json!({"data": [row(&id(&leads, 0), "Registered"), row("1", "Registered")]});
    let first = sandbox.call(Method::PUT, &path, body).await;
    assert_eq!(first.status, 207);
    let rows = &first.body["data"];
    assert_eq!(
        rows[0],
        json!({"code": "SUCCESS", "details": {"id": id(&leads, 0)}, "message": "relation added",
               "status": "success"})
    );
    assert_eq!(
        (&rows[1]["code"], &rows[1]["message"]),
        (
            &json!("INVALID_DATA"),
            &json!("the related id given seems to be invalid")
        )
    );
    let again = json!({"data": [row(&id(&leads, 0), "Attended")]});
    let again = sandbox.call(Method::PUT, &path, again).await;
    assert_eq!(
        (again.status, &again.body["data"][0]["message"]),
        (200, &json!("relation updated"))
    );
    let contacts = format!("Campaigns/{campaign}/Contacts");
    let body = json!({"data": [{"id": contact}]});
    assert_eq!(sandbox.call(Method::PUT, &contacts, body).await.status, 200);
    // From the other end.
    let reverse = format!("Leads/{}/Campaigns", id(&leads, 1));
    let body = json!({"data": [row(&campaign, "Registered")]});
    assert_eq!(sandbox.call(Method::PUT, &reverse, body).await.status, 200);
    assert_eq!(sandbox.stat("campaign_members"), 3);

    let shown = sandbox.read(&format!("{path}?fields=Email")).await.body;
    assert_eq!(shown["data"].as_array().unwrap().len(), 2);
    assert_eq!(shown["data"][0]["Member_Status"], "Attended");
    let (_, members) = sandbox
        .sandbox
        .admin("GET", &format!("members/{campaign}"), &Value::Null);
    assert_eq!(members["members"].as_array().unwrap().len(), 3);
    let made = sandbox.admin("convert", json!({"lead": id(&leads, 1)}));
    assert_eq!(sandbox.stat("campaign_members"), 3);
    let body = json!({"data": [{"id": id(&leads, 1)}]});
    let refused = sandbox.call(Method::PUT, &path, body).await;
    assert_eq!(codes(&refused), ["CANNOT_BE_UPDATED"]);

    let out = format!("{contacts}?ids={contact}");
    assert_eq!(
        sandbox.call(Method::DELETE, &out, Value::Null).await.status,
        200
    );
    let left = sandbox.read(&format!("{contacts}?fields=Last_Name")).await;
    assert_eq!(left.body["data"][0]["id"], made["contact"]);
}

#[tokio::test]
async fn wrong_campaigns_relations_and_statuses_are_refused() {
    let sandbox = account().await;
    let campaign = sandbox
        .made("Campaigns", json!({"Campaign_Name": "Expo"}))
        .await;
    let lead_id = sandbox.made("Leads", lead(1)).await;
    let put = |path: String, rows: Vec<Value>| {
        sandbox.send(
            sandbox
                .request(Method::PUT, &format!("{}/{path}", super::API))
                .json(&json!({"data": rows})),
        )
    };
    let row = json!({"id": lead_id, "Member_Status": "Registered"});
    for (path, code) in [
        ("Campaigns/1/Leads".to_owned(), "INVALID_DATA"),
        (format!("Campaigns/{campaign}/Accounts"), "INVALID_MODULE"),
        (format!("Campaigns/{campaign}/Leeds"), "INVALID_MODULE"),
    ] {
        let answer = put(path, vec![row.clone()]).await.unwrap();
        assert_eq!(
            (answer.status, text(&answer.body["code"])),
            (400, code.into())
        );
    }
    sandbox.admin("member_statuses", json!({"values": ["Invited"]}));
    let path = format!("Campaigns/{campaign}/Leads");
    let answer = put(path.clone(), vec![row.clone()]).await.unwrap();
    assert_eq!(
        answer.body["data"][0]["details"]["supported_values"],
        json!(["Invited"])
    );
    let many = put(path.clone(), vec![row.clone(); 101]).await.unwrap();
    assert_eq!(many.body["code"], "LIMIT_EXCEEDED");
    sandbox.admin("permissions", json!({"module": "Campaigns", "edit": false}));
    let answer = put(path, vec![row]).await.unwrap();
    assert_eq!(
        (answer.status, text(&answer.body["code"])),
        (403, "NO_PERMISSION".into())
    );
    assert_eq!(sandbox.stat("campaign_members"), 0);
}

#[tokio::test]
async fn notes_hang_on_records_and_are_never_deduplicated() {
    let sandbox = account().await;
    let lead_id = sandbox.made("Leads", lead(1)).await;
    let note = |parent: Value| json!({"Note_Title": "Meeting", "Note_Content": "A demo", "Parent_Id": parent});
    let good = note(json!({"module": {"api_name": "Leads"}, "id": lead_id}));
    let answer = sandbox
        .insert(
            "Notes",
            vec![
                good.clone(),
                good,
                note(json!({"module": {"api_name": "Leads"}, "id": "1"})),
                note(json!({"module": {"api_name": "Leeds"}, "id": lead_id})),
                note(json!(lead_id)),
                note(Value::Null),
            ],
        )
        .await;
    assert_eq!(answer.status, 207);
    let bad = "INVALID_DATA";
    assert_eq!(
        codes(&answer),
        ["SUCCESS", "SUCCESS", bad, bad, bad, "MANDATORY_NOT_FOUND"]
    );
    assert_eq!(
        (sandbox.stat("notes"), sandbox.stat("duplicate_notes")),
        (json!(2), json!(1))
    );
    let own = format!("Leads/{lead_id}/Notes");
    let body = json!({"data": [{"Note_Content": "Called"}]});
    assert_eq!(sandbox.call(Method::POST, &own, body).await.status, 201);
    let shown = sandbox
        .read(&format!("{own}?fields=Note_Content"))
        .await
        .body;
    assert_eq!(shown["data"].as_array().unwrap().len(), 3);
    assert_eq!(shown["data"][0]["Note_Content"], "Called");
    // Notes trigger nothing; only the lead counts.
    assert_eq!(sandbox.stat("triggers"), json!({"absent": 1}));
}

#[tokio::test]
async fn tags_are_added_to_many_records() {
    let sandbox = account().await;
    let leads = sandbox.insert("Leads", (0..60).map(lead).collect()).await;
    let ids: Vec<String> = (0..60).map(|row| id(&leads, row)).collect();
    let before = sandbox.stat("credits").as_u64().unwrap();
    let body = json!({"ids": ids, "tags": [{"name": "Expo 2026"}]});
    for _ in 0..2 {
        let answer = sandbox
            .call(Method::POST, "Leads/actions/add_tags", body.clone())
            .await;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(sandbox.stat("credits"), before + 4);
    let tags = sandbox.record("Leads", &ids[0])["Tag"].clone();
    assert_eq!(tags.as_array().unwrap().len(), 1);
    assert_eq!(tags[0]["name"], "Expo 2026");
}
