#![allow(clippy::unwrap_used)]
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::tests::{calls, fixture, org, vendor};
use super::super::{CONTACT, LEAD};
use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;

fn campaign() -> RemoteCampaign {
    RemoteCampaign {
        id: "55".into(),
        name: "Expo".into(),
        closed: None,
        statuses: Vec::new(),
    }
}

fn row(trace: &str, object: &'static str, person: &str, status: Option<&str>) -> MemberRow {
    MemberRow {
        trace: trace.into(),
        object,
        person: person.into(),
        status: status.map(str::to_owned),
        member: None,
        met: jiff::Timestamp::UNIX_EPOCH,
    }
}

async fn answering(server: &MockServer, verb: &str, at: &str, status: u16, body: Value) {
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(server)
        .await;
}

#[tokio::test]
async fn a_campaign_has_the_statuses_the_organization_lists() {
    let server = org().await;
    let found = json!({"data": [{"id": "55", "Campaign_Name": "Expo 2026", "Status": "Complete"}]});
    answering(&server, "GET", "/crm/v8/Campaigns/55", 200, found).await;
    let vendor = vendor(&server, Settings::default());
    let campaign = vendor.campaign(" 55 ").await.unwrap().unwrap();
    assert_eq!(
        (campaign.id.as_str(), campaign.name.as_str()),
        ("55", "Expo 2026")
    );
    assert_eq!(campaign.closed, None);
    let statuses: Vec<(&str, u32)> = campaign
        .statuses
        .iter()
        .map(|status| (status.label.as_str(), status.rank))
        .collect();
    assert_eq!(
        statuses,
        [("Invited", 0), ("Registered", 1), ("Attended", 2)]
    );
}

#[tokio::test]
async fn a_campaign_that_is_not_there_is_none_and_one_that_may_not_be_seen_an_error() {
    let refused =
        |code: &str| json!({"code": code, "details": {}, "message": "no", "status": "error"});
    for (status, body) in [
        (404, refused("INVALID_DATA")),
        (400, refused("INVALID_DATA")),
        (204, Value::Null),
    ] {
        let server = org().await;
        let answer = ResponseTemplate::new(status);
        let answer = if body.is_null() {
            answer
        } else {
            answer.set_body_json(body)
        };
        Mock::given(path("/crm/v8/Campaigns/55"))
            .respond_with(answer)
            .mount(&server)
            .await;
        let vendor = vendor(&server, Settings::default());
        assert_eq!(vendor.campaign("55").await.unwrap(), None, "{status}");
        assert_eq!(vendor.campaign("Expo").await.unwrap(), None);
    }
    let server = org().await;
    answering(
        &server,
        "GET",
        "/crm/v8/Campaigns/55",
        403,
        refused("NO_PERMISSION"),
    )
    .await;
    let error = vendor(&server, Settings::default()).campaign("55").await;
    assert!(matches!(
        error.unwrap_err().kind,
        CallErrorKind::NotAllowed(_)
    ));
}

#[tokio::test]
async fn members_are_read_from_the_list_of_their_object() {
    let server = org().await;
    // More than was asked for, on two pages: no choice of members is documented.
    for (page, id, more) in [(None, "11", true), (Some("2"), "99", false)] {
        let members = json!({"data": [{"id": id, "Member_Status": "Invited"}], "info": {"more_records": more}});
        let mock = Mock::given(method("GET"))
            .and(path("/crm/v8/Campaigns/55/Leads"))
            .and(query_param("per_page", "200"))
            .and(query_param_is_missing("ids"));
        let mock = match page {
            None => mock.and(query_param_is_missing("page")),
            Some(page) => mock.and(query_param("page", page)),
        };
        mock.respond_with(ResponseTemplate::new(200).set_body_json(members))
            .mount(&server)
            .await;
    }
    Mock::given(path("/crm/v8/Campaigns/55/Contacts"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let persons = [
        (LEAD, "11".to_owned()),
        (CONTACT, "11".into()),
        (LEAD, "12".into()),
    ];
    let vendor = vendor(&server, Settings::default());
    let members = vendor.members(&campaign(), &persons).await.unwrap();
    let invited = Member {
        id: None,
        status: Some("Invited".into()),
    };
    assert_eq!(members, [Some(invited), None, None]);
}

#[tokio::test]
async fn a_list_of_members_is_read_once_and_kept_until_something_is_open() {
    let server = org().await;
    let list = "/crm/v8/Campaigns/55/Leads";
    let members = json!({"data": [{"id": "11", "Member_Status": "Invited"}], "info": {"more_records": false}});
    answering(&server, "GET", list, 200, members).await;
    let done = json!({"data": [{"code": "SUCCESS", "details": {"id": "12"}, "status": "success"}]});
    Mock::given(method("PUT"))
        .and(path(list))
        .respond_with(ResponseTemplate::new(200).set_body_json(done))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    answering(&server, "PUT", list, 500, Value::Null).await;
    let vendor = vendor(&server, Settings::default());
    let status = async |person: &str| {
        let persons = [(LEAD, person.to_owned())];
        let member = vendor
            .members(&campaign(), &persons)
            .await
            .unwrap()
            .remove(0);
        member.and_then(|member| member.status)
    };
    let reads = async || {
        let calls = calls(&server).await;
        let reads = calls
            .iter()
            .filter(|call| call.method == "GET" && call.url.path() == list);
        reads.count()
    };
    assert_eq!(status("11").await.as_deref(), Some("Invited"));
    assert_eq!(status("12").await, None);
    let joining = [row("a", LEAD, "12", Some("Attended"))];
    vendor.join_campaign(&campaign(), &joining).await.unwrap();
    assert_eq!(status("12").await.as_deref(), Some("Attended"));
    assert_eq!(reads().await, 1);
    let lost = vendor.join_campaign(&campaign(), &joining).await;
    assert!(lost.is_err());
    assert_eq!(status("12").await, None, "the list tells");
    assert_eq!(reads().await, 2);
}

#[tokio::test]
async fn notes_are_deleted_by_their_ids_alone() {
    let server = org().await;
    let done = json!({"data": [{"code": "SUCCESS", "details": {"id": "90"}, "status": "success"}]});
    answering(&server, "DELETE", "/crm/v8/Notes", 200, done.clone()).await;
    answering(&server, "DELETE", "/crm/v8/Leads", 200, done).await;
    let vendor = vendor(&server, Settings::default());
    for object in [super::super::NOTE, LEAD] {
        vendor.remove(object, &["90".to_owned()]).await.unwrap();
    }
    let calls = calls(&server).await;
    let queries: Vec<Option<&str>> = calls.iter().map(|call| call.url.query()).collect();
    assert_eq!(queries, [Some("ids=90"), Some("ids=90&wf_trigger=false")]);
}

#[tokio::test]
async fn members_are_written_in_one_request_each_with_its_own_end() {
    let server = org().await;
    let recorded = include_str!("../../../tests/fixtures/zoho/campaign-members.json");
    answering(
        &server,
        "PUT",
        "/crm/v8/Campaigns/55/Leads",
        207,
        fixture(recorded),
    )
    .await;
    let rows = [
        row("a", LEAD, "11", Some("Registered")),
        row("b", LEAD, "12", None),
        row("c", LEAD, "13", None),
        row("d", LEAD, "14", None),
    ];
    let vendor = vendor(&server, Settings::default());
    let answer = vendor.join_campaign(&campaign(), &rows).await.unwrap();
    let ends: Vec<&MemberEnd> = answer.rows.iter().map(|(_, end, _, _)| end).collect();
    assert_eq!(*ends[0], MemberEnd::Done { id: None });
    assert_eq!(*ends[1], MemberEnd::Gone);
    let refused = |end: &MemberEnd| matches!(end, MemberEnd::Refused(failure) if failure.category == Category::Connection);
    assert!(refused(ends[2]) && refused(ends[3]));
    let calls = calls(&server).await;
    assert_eq!(calls.len(), 1);
    let body: Value = calls[0].body_json().unwrap();
    assert_eq!(
        body["data"].as_array().unwrap()[..2],
        [
            json!({"id": "11", "Member_Status": "Registered"}),
            json!({"id": "12"})
        ]
    );
}

#[tokio::test]
async fn a_missing_row_leaves_all_silent_and_another_object_waits() {
    let server = org().await;
    let body = json!({"data": [{"code": "SUCCESS", "details": {"id": "11"}, "status": "success"}]});
    answering(&server, "PUT", "/crm/v8/Campaigns/55/Leads", 200, body).await;
    let vendor = vendor(&server, Settings::default());
    let short = [row("a", LEAD, "11", None), row("b", LEAD, "12", None)];
    let answer = vendor.join_campaign(&campaign(), &short).await.unwrap();
    assert!(
        answer
            .rows
            .iter()
            .all(|(_, end, _, _)| *end == MemberEnd::Silent)
    );
    let mixed = [row("a", LEAD, "11", None), row("b", CONTACT, "51", None)];
    let answer = vendor.join_campaign(&campaign(), &mixed).await.unwrap();
    let ends: Vec<&MemberEnd> = answer.rows.iter().map(|(_, end, _, _)| end).collect();
    assert_eq!(ends, [&MemberEnd::Done { id: None }, &MemberEnd::Later]);
}
