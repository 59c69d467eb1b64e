use reqwest::Method;
use serde_json::{Value, json};

use super::{error, organization, says};

#[tokio::test]
async fn an_update_changes_what_it_names_and_null_clears() {
    let organization = organization().await;
    let phone = json!({"number": "+15105551234", "type": "MOBILE", "preferred": true});
    let lead = organization.lead(json!({
        "firstName": "Ana", "email": "ana@acme.com", "jobTitle": "CTO",
        "phoneNumbers": {"leadProvided": [phone]},
    }));
    let body = json!({"lastName": "Lima", "jobTitle": null, "profilePicture": "x", "shoe": 44});
    let answer = organization.change(&lead, body).await;
    let shown = &answer.body["results"];
    assert_eq!((answer.status, &answer.body["status"]), (200, &json!(200)));
    assert_eq!(
        [
            &shown["firstName"],
            &shown["lastName"],
            &shown["jobTitle"],
            &shown["email"]
        ],
        [
            &json!("Ana"),
            &json!("Lima"),
            &Value::Null,
            &json!("ana@acme.com")
        ]
    );
    assert_eq!(shown["phoneNumbers"]["leadProvided"], json!([phone]));
    assert_eq!(
        (shown.get("profilePicture"), shown.get("shoe")),
        (None, None)
    );
    assert_eq!(
        organization.stat("unknown_member_names"),
        json!({"shoe": 1})
    );
    let answer = organization
        .change(&lead, json!({"phoneNumbers": null}))
        .await;
    assert_eq!(
        answer.body["results"]["phoneNumbers"]["leadProvided"],
        json!([])
    );
    let dumped = organization.look("leads");
    assert_eq!(dumped["leads"][0]["patches"], 2);
}

#[tokio::test]
async fn one_remote_id_for_each_destination() {
    let organization = organization().await;
    let lead = organization.lead(json!({}));
    let remote = |id: Value, kind: &str| json!({"remoteId": {"id": id, "integrationType": kind}});
    organization
        .change(&lead, remote(json!("1"), "HUB_SPOT"))
        .await;
    organization
        .change(&lead, remote(json!("7"), "PARDOT"))
        .await;
    let answer = organization
        .change(&lead, remote(json!("2"), "HUB_SPOT"))
        .await;
    let (pardot, hubspot) = (
        json!({"id": "7", "integrationType": "PARDOT"}),
        json!({"id": "2", "integrationType": "HUB_SPOT"}),
    );
    assert_eq!(
        answer.body["results"]["remoteIds"],
        json!([pardot, hubspot])
    );
    organization
        .change(&lead, remote(Value::Null, "PARDOT"))
        .await;
    organization
        .change(&lead, json!({"firstName": "Ana"}))
        .await;
    let dumped = &organization.look("leads")["leads"][0];
    assert_eq!(
        (&dumped["remoteIds"], &dumped["patches"]),
        (&json!([hubspot]), &json!(5))
    );
}

#[tokio::test]
async fn what_is_malformed_changes_nothing() {
    let organization = organization().await;
    let lead = organization.lead(json!({"firstName": "Ana"}));
    let before = organization.look(&format!("leads/{lead}"));
    for body in [
        json!({"firstName": "Eva", "remoteId": {"id": "1", "integrationType": "HUBSPOT"}}),
        json!({"firstName": "Eva", "remoteId": {"integrationType": "HUB_SPOT"}}),
        json!({"firstName": "Eva", "remoteId": {"id": 1, "integrationType": "HUB_SPOT"}}),
        json!({"firstName": "Eva", "remoteId": null}),
        json!({"firstName": "Eva", "email": "nobody"}),
        json!({"firstName": "Eva", "jobTitle": 7}),
        json!({"firstName": "Eva", "phoneNumbers": [{"number": "1", "type": "FAX", "preferred": true}]}),
        json!({"firstName": "Eva", "phoneNumbers": [{"number": "1", "type": "HQ"}]}),
        json!(["firstName"]),
    ] {
        let answer = organization.change(&lead, body.clone()).await;
        assert_eq!(error(&answer), says(400, "Bad request"), "{body}");
    }
    let path = format!("/api/v0/leads/{lead}");
    let broken = organization
        .request(Method::PATCH, &path)
        .header("x-api-key", "k");
    let answer = organization
        .send(broken.body("{\"firstName\":"))
        .await
        .unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(organization.look(&format!("leads/{lead}")), before);
    let missing = organization
        .change("nobody", json!({"email": "nobody"}))
        .await;
    assert_eq!(error(&missing), says(404, "Lead not found"));
}

#[tokio::test]
async fn leads_are_made_and_deleted() {
    let organization = organization().await;
    let body = json!({
        "createdByEmail": "sam@exhibitor.com", "firstName": "Ana", "lastName": "Lima",
        "companyName": "Acme", "email": "ana@acme.com",
    });
    let answer = organization.call(Method::POST, "leads", body.clone()).await;
    let lead = &answer.body["results"];
    assert_eq!(
        (answer.status, &lead["company"]["name"], &lead["isEnriched"]),
        (200, &json!("Acme"), &json!(false))
    );
    let again = organization.call(Method::POST, "leads", body).await;
    assert_ne!(
        again.body["results"]["id"], lead["id"],
        "a second record, as documented"
    );
    let answer = organization
        .call(Method::POST, "leads", json!({"firstName": "Bo"}))
        .await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        (organization.stat("leads"), organization.stat("activities")),
        (json!(2), json!(2))
    );
    let path = format!("leads/{}", lead["id"].as_str().unwrap());
    let answer = organization.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(answer.body, json!({"status": 200, "results": {}}));
    let answer = organization.call(Method::DELETE, &path, Value::Null).await;
    assert_eq!(answer.status, 404);
    assert_eq!(
        (organization.stat("leads"), organization.stat("activities")),
        (json!(1), json!(1))
    );
}

#[tokio::test]
async fn events_are_made_changed_and_deleted() {
    let organization = organization().await;
    let body = json!({
        "eventName": "Expo", "eventType": "TRADE_SHOW", "startDate": "2026-11-22",
        "endDate": "2026-11-24", "createdByEmail": "sam@exhibitor.com",
    });
    let answer = organization
        .call(Method::POST, "events", body.clone())
        .await;
    let event = &answer.body["results"];
    assert_eq!(
        (answer.status, &event["name"], &event["endDate"]),
        (200, &json!("Expo"), &json!("2026-11-24"))
    );
    let path = format!("events/{}", event["id"]);
    let mut changed = body.clone();
    changed["eventName"] = json!("Expo 2026");
    changed["registrationEnabled"] = json!(true);
    let answer = organization.call(Method::PUT, &path, changed).await;
    assert_eq!(answer.body["results"]["name"], "Expo 2026");
    assert_eq!(answer.body["results"]["registrationEnabled"], true);
    for (name, wrong) in [
        ("eventType", json!("PARTY")),
        ("startDate", json!("22.11.2026")),
        ("endDate", json!("2026-11-01")),
        ("eventName", Value::Null),
    ] {
        let mut body = body.clone();
        body[name] = wrong;
        assert_eq!(
            organization
                .call(Method::PUT, &path, body.clone())
                .await
                .status,
            400,
            "{name}"
        );
        assert_eq!(
            organization.call(Method::POST, "events", body).await.status,
            400,
            "{name}"
        );
    }
    assert_eq!(organization.read("events/first").await.status, 400);
    assert_eq!(
        organization
            .call(Method::DELETE, &path, Value::Null)
            .await
            .status,
        200
    );
    assert_eq!(organization.read(&path).await.status, 404);
}

#[tokio::test]
async fn leads_join_and_leave_events() {
    let organization = organization().await;
    let (ana, bo) = (organization.lead(json!({})), organization.lead(json!({})));
    let path = format!(
        "events/{}/leads",
        organization.event(json!({"name": "Expo"}))
    );
    let rows = json!({"eventLeads": [{"leadId": ana, "registered": true}, {"leadId": bo}]});
    let answer = organization.call(Method::PUT, &path, rows).await;
    let row = |lead: &str, registered, checked_in| json!({"leadId": lead, "registered": registered, "checkedIn": checked_in});
    let both = json!([row(&ana, true, false), row(&bo, false, false)]);
    assert_eq!(
        answer.body,
        json!({"status": 200, "results": {"eventLeads": both}})
    );
    let rows = json!({"eventLeads": [{"leadId": ana, "checkedIn": true}]});
    let answer = organization.call(Method::PUT, &path, rows).await;
    assert_eq!(
        answer.body["results"]["eventLeads"],
        json!([row(&ana, true, true)])
    );
    let listed = organization.read(&path).await.body["results"].clone();
    assert_eq!(listed["total"], 2);
    assert_eq!(
        listed["eventLeads"],
        json!([row(&bo, false, false), row(&ana, true, true)])
    );
    let strangers = json!({"eventLeads": [{"leadId": ana, "registered": false}, {"leadId": "x"}]});
    let answer = organization.call(Method::PUT, &path, strangers).await;
    assert_eq!(error(&answer), says(404, "Lead not found"));
    for _ in 0..2 {
        let gone = organization
            .call(Method::DELETE, &format!("{path}/{ana}"), Value::Null)
            .await;
        assert_eq!(gone.body, json!({"status": 200, "results": {}}));
    }
    let listed = organization.read(&path).await.body["results"]["eventLeads"].clone();
    assert_eq!(listed, json!([row(&bo, false, false)]));
}
