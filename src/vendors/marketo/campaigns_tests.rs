#![allow(clippy::unwrap_used)]
use wiremock::MockServer;

use super::super::tests::{answering, body, calls, form, ok, refusal, vendor};
use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;

const PROGRAM: &str = "/rest/asset/v1/program/1001.json";
const STATUS: &str = "/rest/v1/programs/1001/members/status.json";

fn campaign() -> RemoteCampaign {
    RemoteCampaign {
        id: "1001".into(),
        name: "Expo 2026".into(),
        closed: None,
        statuses: Vec::new(),
    }
}

fn row(person: &str, status: Option<&str>) -> MemberRow {
    MemberRow {
        trace: format!("t{person}"),
        object: LEAD,
        person: person.into(),
        status: status.map(str::to_owned),
        member: None,
        met: jiff::Timestamp::UNIX_EPOCH,
    }
}

fn ends(answer: &MemberAnswer) -> Vec<MemberEnd> {
    answer
        .rows
        .iter()
        .map(|(_, end, _, _)| end.clone())
        .collect()
}

async fn program(folder: Value) -> RemoteCampaign {
    let server = MockServer::start().await;
    let program = json!([{"id": 1001, "name": "Expo 2026", "channel": "Tradeshow", "status": "",
        "folder": {"type": "Folder", "value": 45, "folderName": "2026"}, "workspace": "Default"}]);
    answering(&server, PROGRAM, ok(program)).await;
    let channel = json!([{"id": 3, "name": "Tradeshow", "progressionStatuses": [
        {"name": "Visited Booth", "step": 20, "hidden": false, "success": true},
        {"name": "Not in Program", "step": 0, "hidden": false, "success": false},
        {"name": "Secret", "step": 15, "hidden": true, "success": false},
        {"name": "Invited", "step": 10, "hidden": false, "success": false},
    ]}]);
    answering(&server, "/rest/asset/v1/channel/byName.json", ok(channel)).await;
    answering(&server, "/rest/asset/v1/folder/45.json", folder).await;
    let vendor = vendor(&server, Settings::default());
    vendor
        .campaign("https://app-ab12.marketo.com/#PG1001A1")
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_program_has_the_statuses_of_its_channel() {
    let found = program(ok(json!([{"id": 45, "name": "2026", "isArchive": false}]))).await;
    assert_eq!(
        (found.id.as_str(), found.name.as_str()),
        ("1001", "Expo 2026")
    );
    let statuses: Vec<(&str, u32)> = found
        .statuses
        .iter()
        .map(|status| (status.label.as_str(), status.rank))
        .collect();
    assert_eq!(statuses, [("Invited", 10), ("Visited Booth", 20)]);
    assert_eq!(found.closed, None);
    let archived = program(ok(json!([{"id": 45, "name": "Old", "isArchive": true}]))).await;
    assert!(archived.closed.unwrap().contains("archive \"Old\""));
    let unseen = program(refusal("603", "Access denied")).await;
    assert_eq!(unseen.closed, None);
}

#[tokio::test]
async fn a_program_that_is_not_there_is_none() {
    for answer in [
        refusal("702", "Program not found"),
        refusal("610", "Requested resource not found"),
        json!({"success": true, "warnings": ["No assets found for the given search criteria."]}),
    ] {
        let server = MockServer::start().await;
        answering(&server, PROGRAM, answer).await;
        let vendor = vendor(&server, Settings::default());
        assert_eq!(vendor.campaign("1001").await.unwrap(), None);
    }
    let server = MockServer::start().await;
    answering(&server, PROGRAM, refusal("603", "Access denied")).await;
    assert!(
        vendor(&server, Settings::default())
            .campaign("1001")
            .await
            .is_err()
    );
}

#[test]
fn a_program_is_known_by_its_number_or_its_address() {
    for typed in [
        "1001",
        " 1001 ",
        "PG1001A1",
        "#ME1001A1",
        "AB1001C1",
        "https://app-ab12.marketo.com/#PG1001A1",
        "https://experience.adobe.com/#/@acme/so:123-ABC-456/marketo-engage/classic/ME1001A1",
    ] {
        assert_eq!(program_id(typed).as_deref(), Some("1001"), "{typed}");
    }
    for other in [
        "",
        "Expo 2026",
        "PG",
        "PG1001",
        "10-01",
        "0",
        "ABCD1001A1",
        "1001/../x",
    ] {
        assert_eq!(program_id(other), None, "{other}");
    }
}

#[tokio::test]
async fn members_are_read_with_their_status() {
    let server = MockServer::start().await;
    let members = json!([
        {"seq": 0, "leadId": 1801, "statusName": "Invited", "reachedSuccess": false},
        {"seq": 1, "leadId": 1802, "statusName": "Not in Program"},
    ]);
    answering(&server, "/rest/v1/programs/1001/members.json", ok(members)).await;
    let persons = ["1800", "1801", "1802"].map(|id| (LEAD, id.to_owned()));
    let vendor = vendor(&server, Settings::default());
    let found = vendor.members(&campaign(), &persons).await.unwrap();
    let status = |found: &Option<Member>| found.clone().and_then(|member| member.status);
    assert_eq!(
        found.iter().map(status).collect::<Vec<_>>(),
        [None, Some("Invited".to_owned()), None]
    );
    let form = form(&calls(&server).await[0]);
    assert_eq!(form["filterType"], "leadId");
    assert_eq!(form["filterValues"], "1800,1801,1802");
}

#[tokio::test]
async fn members_get_one_status_a_call_and_never_go_back() {
    let server = MockServer::start().await;
    let skipped = |seq: u32, code: &str| json!({"seq": seq, "status": "skipped", "reasons": [{"code": code, "message": "no"}]});
    let results = json!([
        skipped(0, "1037"),
        {"seq": 1, "status": "updated", "leadId": 1801},
        {"seq": 2, "status": "created", "leadId": 1235},
        skipped(3, "1004"),
    ]);
    answering(&server, STATUS, ok(results)).await;
    let rows = ["1800", "1801", "1235", "7"].map(|person| row(person, Some("Visited Booth")));
    let vendor = vendor(&server, Settings::default());
    let answer = vendor.join_campaign(&campaign(), &rows).await.unwrap();
    let done = MemberEnd::Done { id: None };
    let expected = [
        MemberEnd::Exists,
        done.clone(),
        done.clone(),
        MemberEnd::Gone,
    ];
    assert_eq!(ends(&answer), expected);
    let again = vendor.join_campaign(&campaign(), &rows).await.unwrap();
    assert_eq!(
        ends(&again)[0],
        done,
        "read meanwhile, and not found to be one"
    );
    let sent = body(&calls(&server).await[0]);
    assert_eq!(sent["statusName"], "Visited Booth");
    assert_eq!(sent["input"][0], json!({"leadId": 1800}));
}

#[tokio::test]
async fn who_is_past_the_status_after_a_read_is_done() {
    let server = MockServer::start().await;
    let result =
        json!([{"seq": 0, "status": "skipped", "reasons": [{"code": "1037", "message": "no"}]}]);
    answering(&server, STATUS, ok(result)).await;
    let known = MemberRow {
        member: Some(Member {
            id: None,
            status: Some("Invited".into()),
        }),
        ..row("1800", Some("Visited Booth"))
    };
    let vendor = vendor(&server, Settings::default());
    let answer = vendor.join_campaign(&campaign(), &[known]).await.unwrap();
    assert_eq!(ends(&answer), [MemberEnd::Done { id: None }]);
}

#[tokio::test]
async fn an_unknown_status_is_every_rows_fault_at_once() {
    let server = MockServer::start().await;
    answering(&server, STATUS, refusal("1025", "Program status not found")).await;
    let rows = ["1", "2"].map(|person| row(person, Some("Atended")));
    let error = vendor(&server, Settings::default())
        .join_campaign(&campaign(), &rows)
        .await
        .unwrap_err();
    let CallErrorKind::Refused { failure, guilty } = error.kind else {
        panic!("{error:?}");
    };
    assert_eq!(failure.category, Category::DataValueValidation);
    assert!(matches!(&guilty[..], [Guilty::Value { value, .. }] if value == "Atended"));
}

#[tokio::test]
async fn a_member_without_a_status_is_refused_without_a_call() {
    let server = MockServer::start().await;
    let vendor = vendor(&server, Settings::default());
    let answer = vendor
        .join_campaign(&campaign(), &[row("1", None)])
        .await
        .unwrap();
    assert!(matches!(ends(&answer)[..], [MemberEnd::Refused(_)]));
    assert_eq!(calls(&server).await.len(), 0);
}
