#![allow(clippy::unwrap_used)]
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;
use crate::vendors::salesforce::LEAD;
use crate::vendors::salesforce::tests::{Queries, calls, soql, vendor};

const CAMPAIGN: &str = "7015e000001AAAAAA1";

fn expo() -> RemoteCampaign {
    RemoteCampaign {
        id: CAMPAIGN.into(),
        name: "Expo".into(),
        closed: None,
        statuses: Vec::new(),
    }
}

fn row(trace: &str, object: &'static str, person: &str, member: Option<&str>) -> MemberRow {
    MemberRow {
        trace: trace.into(),
        object,
        person: person.into(),
        status: Some("Responded".into()),
        member: member.map(|id| Member {
            id: Some(id.into()),
            status: Some("Sent".into()),
        }),
        met: jiff::Timestamp::UNIX_EPOCH,
    }
}

async fn answering(server: &MockServer, answer: impl Fn(&str) -> Value + Send + Sync + 'static) {
    Mock::given(path("/services/data/v66.0/composite"))
        .respond_with(Queries(move |soql: &str| {
            (200, json!({"done": true, "records": answer(soql)}))
        }))
        .mount(server)
        .await;
}

#[tokio::test]
async fn a_campaign_is_read_with_its_statuses_in_their_order() {
    let server = MockServer::start().await;
    answering(&server, |soql| {
        if soql.contains("CampaignMemberStatus") {
            json!([{"Label": "Visited booth", "HasResponded": true, "IsDefault": false, "SortOrder": 1},
                {"Label": "No show", "HasResponded": false, "IsDefault": false, "SortOrder": 4},
                {"Label": "Sent", "HasResponded": false, "IsDefault": true, "SortOrder": 2}])
        } else {
            json!([{"Id": CAMPAIGN, "Name": "Expo", "IsActive": false, "Status": "Completed"}])
        }
    })
    .await;
    let connected = vendor(&server, Settings::default());
    let campaign = connected
        .campaign("7015e000001AAAA")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(campaign.id, CAMPAIGN);
    assert!(campaign.closed.unwrap().contains("Completed"));
    let labels: Vec<(&str, u32, bool)> = campaign
        .statuses
        .iter()
        .map(|status| (status.label.as_str(), status.rank, status.usual))
        .collect();
    assert_eq!(
        labels,
        [
            ("Sent", 0, true),
            ("No show", 1, false),
            ("Visited booth", 2, false)
        ]
    );
    // What is no campaign's id is not asked for.
    for id in ["00Q5e000001AAAA", "701' OR Name != '", ""] {
        assert_eq!(connected.campaign(id).await.unwrap(), None);
    }
    assert_eq!(calls(&server).await.len(), 1);
}

#[tokio::test]
async fn members_are_read_in_the_order_asked() {
    let server = MockServer::start().await;
    answering(&server, |soql| {
        if soql.contains("LeadId IN") {
            json!([{"Id": "00v5e000001AAAAAA1", "LeadId": "00Q5e000001AAAAAA1", "ContactId": null, "Status": "Sent"}])
        } else {
            json!([{"Id": "00v5e000001BBBBAA1", "LeadId": null, "ContactId": "0035e000001AAAAAA1", "Status": "Responded"}])
        }
    })
    .await;
    let persons = [
        (CONTACT, "0035e000001AAAA".to_owned()),
        (LEAD, "00Q5e000001BBBBAA1".to_owned()),
        (LEAD, "00Q5e000001AAAAAA1".to_owned()),
    ];
    let members = vendor(&server, Settings::default())
        .members(&expo(), &persons)
        .await
        .unwrap();
    let statuses: Vec<Option<String>> = members.into_iter().map(|member| member?.status).collect();
    assert_eq!(
        statuses,
        [Some("Responded".to_owned()), None, Some("Sent".to_owned())]
    );
    let body: Value = calls(&server).await[0].body_json().unwrap();
    assert!(soql(&body["compositeRequest"][0]).contains(CAMPAIGN));
}

#[tokio::test]
async fn two_thousand_members_are_one_call() {
    let server = MockServer::start().await;
    answering(&server, |_| json!([])).await;
    let persons: Vec<(&'static str, String)> = (0..CAMPAIGNS.reads)
        .map(|n| {
            (
                if n % 2 == 0 { LEAD } else { CONTACT },
                format!("00Q{n:012}AAA"),
            )
        })
        .collect();
    let members = vendor(&server, Settings::default())
        .members(&expo(), &persons)
        .await
        .unwrap();
    assert_eq!((members.len(), calls(&server).await.len()), (2_000, 1));
}

#[tokio::test]
async fn joining_is_one_request_and_each_row_has_its_end() {
    let server = MockServer::start().await;
    let error = |code: &str, fields: &[&str]| json!({"success": false, "errors": [{"statusCode": code, "message": "…", "fields": fields}]});
    Mock::given(path("/services/data/v66.0/composite/sobjects"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([
            {"id": "00v5e000001AAAAAA1", "success": true, "errors": []},
            error("DUPLICATE_VALUE", &[]),
            error("INVALID_CROSS_REFERENCE_KEY", &["LeadId"]),
            error("INVALID_CROSS_REFERENCE_KEY", &["CampaignId"]),
            error("UNABLE_TO_LOCK_ROW", &[])])))
        .mount(&server)
        .await;
    let rows: Vec<MemberRow> = (0..5)
        .map(|n| {
            row(
                &format!("t{n}"),
                if n == 0 { CONTACT } else { LEAD },
                "00Q5e000001AAAAAA1",
                None,
            )
        })
        .collect();
    let answer = vendor(&server, Settings::default())
        .join_campaign(&expo(), &rows)
        .await
        .unwrap();
    let ends: Vec<&MemberEnd> = answer.rows.iter().map(|(_, end, _, _)| end).collect();
    assert!(matches!(ends[0], MemberEnd::Done { id: Some(_) }));
    assert_eq!(
        (ends[1], ends[2], ends[4]),
        (&MemberEnd::Exists, &MemberEnd::Gone, &MemberEnd::Later)
    );
    assert!(
        matches!(ends[3], MemberEnd::Refused(failure) if failure.category == Category::Connection)
    );
    let calls = calls(&server).await;
    assert_eq!((calls.len(), calls[0].method.as_str()), (1, "POST"));
    let body: Value = calls[0].body_json().unwrap();
    assert_eq!(
        body["records"][0],
        json!({"attributes": {"type": "CampaignMember"}, "CampaignId": CAMPAIGN,
        "ContactId": "00Q5e000001AAAAAA1", "Status": "Responded"})
    );
}

#[tokio::test]
async fn a_lock_inside_a_trigger_passes_and_nothing_is_halved_for_it() {
    let server = MockServer::start().await;
    let locked = json!({"success": false, "errors": [{"statusCode": "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "message": "Roll_Up: execution of AfterInsert caused by: System.DmlException: UNABLE_TO_LOCK_ROW, …", "fields": []}]});
    Mock::given(path("/services/data/v66.0/composite/sobjects"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([locked, locked])))
        .mount(&server)
        .await;
    let rows = ["a", "b"].map(|trace| row(trace, LEAD, "00Q5e000001AAAAAA1", None));
    let answer = vendor(&server, Settings::default())
        .join_campaign(&expo(), &rows)
        .await
        .unwrap();
    for (_, end, _, _) in &answer.rows {
        assert_eq!(*end, MemberEnd::Later);
    }
}

#[tokio::test]
async fn a_status_is_changed_without_what_a_member_keeps() {
    let server = MockServer::start().await;
    Mock::given(path("/services/data/v66.0/composite/sobjects"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([])))
        .mount(&server)
        .await;
    let rows = [row(
        "t",
        LEAD,
        "00Q5e000001AAAAAA1",
        Some("00v5e000001AAAAAA1"),
    )];
    let answer = vendor(&server, Settings::default())
        .join_campaign(&expo(), &rows)
        .await
        .unwrap();
    assert_eq!(answer.rows[0].1, MemberEnd::Silent);
    let call = &calls(&server).await[0];
    assert_eq!(call.method.as_str(), "PATCH");
    let body: Value = call.body_json().unwrap();
    assert_eq!(
        body["records"],
        json!([{"attributes": {"type": "CampaignMember"}, "id": "00v5e000001AAAAAA1", "Status": "Responded"}])
    );
}
