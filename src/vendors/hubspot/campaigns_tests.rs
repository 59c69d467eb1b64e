#![allow(clippy::unwrap_used)]
use std::sync::Arc;

use secrecy::SecretString;
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::{CONTACT, limits, open};
use super::*;
use crate::clock::ManualClock;
use crate::domain::integration::Settings;
use crate::transport::{BaseUrl, Pacer, StaticToken, Transport};
use crate::vendors::{Vendor, VendorSetup};

const EVENT: &str = "/marketing/marketing-events/2026-03/88240";
const BREAKDOWN: &str = "/marketing/marketing-events/2026-03/participations/88240/breakdown";

pub(in super::super) fn vendor(server: &MockServer) -> Box<dyn Vendor> {
    let clock = Arc::new(ManualClock::new("2026-11-22T12:00:00Z".parse().unwrap()));
    let pacer = Pacer::new(limits::QUOTAS, clock, 95, true);
    let tokens = Arc::new(StaticToken::bearer(SecretString::from("pat-na1")));
    let base = BaseUrl::parse(&server.uri()).unwrap();
    let transport = Transport::new(base, limits::rules(), tokens, pacer).unwrap();
    open(VendorSetup {
        settings: Settings::default(),
        transport,
    })
}

fn dinner() -> RemoteCampaign {
    RemoteCampaign {
        id: "88240".into(),
        name: "DF dinner".into(),
        closed: None,
        statuses: Vec::new(),
    }
}

fn row(person: &str, status: &str) -> MemberRow {
    MemberRow {
        trace: format!("t{person}"),
        object: CONTACT,
        person: person.into(),
        status: Some(status.into()),
        member: None,
        met: "2026-11-17T09:30:00.123456Z".parse().unwrap(),
    }
}

async fn answering(server: &MockServer, verb: &str, at: &str, status: u16, body: Value) {
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(server)
        .await;
}

async fn paths(server: &MockServer) -> Vec<String> {
    let all = server.received_requests().await.unwrap();
    let last = |path: &str| path.rsplit("2026-03/").next().unwrap().to_owned();
    all.iter().map(|request| last(request.url.path())).collect()
}

fn ends(answer: &MemberAnswer) -> Vec<&MemberEnd> {
    answer.rows.iter().map(|(_, end, _, _)| end).collect()
}

#[test]
fn an_id_may_be_copied_from_the_address_bar() {
    for text in [
        "88240",
        " 88240 ",
        "https://app.hubspot.com/contacts/4411/record/0-54/88240",
        "https://app-eu1.hubspot.com/contacts/4411/record/0-54/88240/?eventId=1#top",
        "https://app.hubspot.com/marketing-events/4411/88240",
    ] {
        assert_eq!(event_id(text), Some("88240"), "{text}");
    }
    for text in [
        "",
        "DF dinner",
        "88240x",
        "0-54",
        // A contact's page.
        "https://app.hubspot.com/contacts/4411/record/0-1/88240",
        "https://app.hubspot.com/contacts/4411/record/0-54",
    ] {
        assert_eq!(event_id(text), None, "{text}");
    }
}

#[tokio::test]
async fn an_event_has_hubspots_states_and_is_closed_when_it_is_called_off() {
    for (flags, closed) in [
        (json!({}), None),
        (
            json!({"eventCompleted": true, "eventStatus": "COMPLETED"}),
            None,
        ),
        (
            json!({"eventCancelled": true}),
            Some("it is cancelled in HubSpot"),
        ),
        (json!({"archived": true}), Some("it is archived in HubSpot")),
    ] {
        let server = MockServer::start().await;
        let mut event = json!({"objectId": "88240", "eventName": "DF dinner", "new": {"x": 1}});
        let members = event.as_object_mut().unwrap();
        members.extend(flags.as_object().unwrap().clone());
        answering(&server, "GET", EVENT, 200, event).await;
        let event = vendor(&server).campaign("88240").await.unwrap().unwrap();
        assert_eq!(
            (event.id.as_str(), event.name.as_str()),
            ("88240", "DF dinner")
        );
        assert_eq!(event.closed.as_deref(), closed);
        let statuses: Vec<(&str, bool, u32)> = event
            .statuses
            .iter()
            .map(|status| (status.label.as_str(), status.usual, status.rank))
            .collect();
        assert_eq!(
            statuses,
            [
                ("REGISTERED", false, 0),
                ("CANCELLED", false, 1),
                ("ATTENDED", true, 2)
            ]
        );
    }
}

#[tokio::test]
async fn an_event_that_is_not_there_is_none_and_a_missing_scope_is_named() {
    let server = MockServer::start().await;
    let absent = json!({"status": "error", "message": "resource not found"});
    answering(&server, "GET", EVENT, 404, absent).await;
    assert_eq!(vendor(&server).campaign("88240").await.unwrap(), None);
    assert_eq!(vendor(&server).campaign("dinner").await.unwrap(), None);
    assert_eq!(paths(&server).await, ["88240"]);

    let server = MockServer::start().await;
    let refused = json!({"status": "error", "category": "MISSING_SCOPES", "message": "no", "errors": [{
        "message": "One or more of the following scopes are required.",
        "context": {"requiredGranularScopes": ["crm.objects.marketing_events.read"]}}]});
    answering(&server, "GET", EVENT, 403, refused).await;
    let error = vendor(&server).campaign("88240").await.unwrap_err();
    let CallErrorKind::NotAllowed(failure) = error.kind else {
        panic!("{error:?}");
    };
    assert_eq!(failure.category, Category::Connection);
    assert!(
        failure
            .message
            .contains("crm.objects.marketing_events.read"),
        "{failure:?}"
    );
}

fn part(contact: &str, state: &str) -> Value {
    json!({"id": "1", "associations": {"contact": {"contactId": contact}},
        "properties": {"attendanceState": state, "occurredAt": 1}})
}

#[tokio::test]
async fn what_the_event_holds_is_read_in_pages_and_the_furthest_state_counts() {
    let server = MockServer::start().await;
    let first = json!({"total": 105, "paging": {"next": {"after": "100"}}, "results": [
        part("51", "ATTENDED"), part("51", "CANCELLED"), part("52", "NO_SHOW"), part("99", "ATTENDED")]});
    Mock::given(path(BREAKDOWN))
        .and(query_param("limit", "100"))
        .and(query_param_is_missing("after"))
        .respond_with(ResponseTemplate::new(200).set_body_json(first))
        .mount(&server)
        .await;
    let second = json!({"total": 105, "results": [part("51", "REGISTERED"), part("53", "CANCELLED"), part("53", "SOMETHING_NEW")]});
    Mock::given(path(BREAKDOWN))
        .and(query_param("after", "100"))
        .respond_with(ResponseTemplate::new(200).set_body_json(second))
        .mount(&server)
        .await;
    let persons: Vec<(&'static str, RemoteId)> = ["51", "52", "53", "54"]
        .into_iter()
        .map(|id| (CONTACT, id.to_owned()))
        .collect();
    let members = vendor(&server).members(&dinner(), &persons).await.unwrap();
    let states: Vec<Option<&str>> = members
        .iter()
        .map(|member| member.as_ref().and_then(|member| member.status.as_deref()))
        .collect();
    assert_eq!(
        states,
        [
            Some("ATTENDED"),
            Some("REGISTERED"),
            Some("CANCELLED"),
            None
        ]
    );
}

#[tokio::test]
async fn few_contacts_of_a_big_event_are_asked_for_one_by_one() {
    let server = MockServer::start().await;
    let first = json!({"total": 90_000, "paging": {"next": {"after": "100"}}, "results": [part("99", "ATTENDED")]});
    Mock::given(path(BREAKDOWN))
        .and(query_param_is_missing("contactIdentifier"))
        .respond_with(ResponseTemplate::new(200).set_body_json(first))
        .expect(1)
        .mount(&server)
        .await;
    for (contact, status, body) in [
        (
            "51",
            200,
            json!({"total": 2, "results": [part("51", "REGISTERED"), part("98", "ATTENDED")]}),
        ),
        ("52", 200, json!({"total": 0, "results": []})),
        (
            "53",
            404,
            json!({"status": "error", "message": "resource not found"}),
        ),
    ] {
        Mock::given(path(BREAKDOWN))
            .and(query_param("contactIdentifier", contact))
            .respond_with(ResponseTemplate::new(status).set_body_json(body))
            .mount(&server)
            .await;
    }
    let persons = ["51", "52", "53"].map(|id| (CONTACT, id.to_owned()));
    let members = vendor(&server).members(&dinner(), &persons).await.unwrap();
    assert_eq!(
        members[0].as_ref().unwrap().status.as_deref(),
        Some("REGISTERED")
    );
    assert_eq!(members[1..], [None, None]);
    assert_eq!(paths(&server).await.len(), 4);
    let alone = vendor(&server)
        .members(&dinner(), &persons[..1])
        .await
        .unwrap();
    assert_eq!(alone[0], members[0]);
    assert_eq!(paths(&server).await.len(), 5, "no page of the others");
}

#[tokio::test]
async fn attendance_is_sent_with_the_time_of_the_meeting_and_told_apart_by_contact() {
    let server = MockServer::start().await;
    let answer = json!({"status": "COMPLETE", "results": [{"vid": 53}, {"vid": "51"}], "numErrors": 2, "errors": [
        {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "gone", "context": {"ids": ["52"]}},
        {"status": "error", "category": "VALIDATION_ERROR", "message": "contact 54 is not eligible"}]});
    let at = format!("{EVENT}/attendance/attend/create");
    answering(&server, "POST", &at, 207, answer).await;
    let rows: Vec<MemberRow> = ["51", "52", "53", "54", "55"]
        .into_iter()
        .map(|id| row(id, "ATTENDED"))
        .collect();
    let answer = vendor(&server)
        .join_campaign(&dinner(), &rows)
        .await
        .unwrap();
    let ends = ends(&answer);
    assert_eq!(
        (ends[0], ends[2]),
        (&MemberEnd::Done { id: None }, &MemberEnd::Done { id: None })
    );
    assert_eq!(ends[1], &MemberEnd::Gone);
    assert!(
        matches!(ends[3], MemberEnd::Refused(failure) if failure.message.contains("eligible")),
        "{:?}",
        ends[3]
    );
    assert_eq!(ends[4], &MemberEnd::Silent, "nobody said a word of it");
    let sent: Value = server.received_requests().await.unwrap()[0]
        .body_json()
        .unwrap();
    let met: Timestamp = "2026-11-17T09:30:00.125Z".parse().unwrap();
    assert_eq!(
        sent["inputs"][0],
        json!({"vid": 51, "interactionDateTime": met.as_millisecond(), "properties": {}})
    );
}

#[test]
fn each_state_of_a_person_has_a_time_of_its_own_that_stays_the_same() {
    let times: Vec<i64> = ["REGISTERED", "CANCELLED", "ATTENDED"]
        .into_iter()
        .map(|label| {
            let once = wire(State::of(Some(label)), &row("51", label));
            assert_eq!(once, wire(State::of(Some(label)), &row("51", label)));
            once["interactionDateTime"].as_i64().unwrap()
        })
        .collect();
    assert_eq!([times[1] - times[0], times[2] - times[0]], [1, 2]);
}

#[tokio::test]
async fn the_other_spelling_is_tried_once_and_kept() {
    for status in [400, 404] {
        let server = MockServer::start().await;
        let refused = json!({"status": "error", "message": "Unknown subscriber state"});
        let word = format!("{EVENT}/attendance/register/create");
        answering(&server, "POST", &word, status, refused).await;
        let label = format!("{EVENT}/attendance/REGISTERED/create");
        answering(
            &server,
            "POST",
            &label,
            200,
            json!({"results": [{"vid": 51}]}),
        )
        .await;
        let vendor = vendor(&server);
        for _ in 0..2 {
            let answer = vendor
                .join_campaign(&dinner(), &[row("51", "REGISTERED")])
                .await
                .unwrap();
            assert_eq!(ends(&answer), [&MemberEnd::Done { id: None }]);
        }
        assert_eq!(
            paths(&server).await,
            [
                "88240/attendance/register/create",
                "88240/attendance/REGISTERED/create",
                "88240/attendance/REGISTERED/create"
            ]
        );
    }
}

#[tokio::test]
async fn an_event_that_vanished_refuses_everybody_and_is_not_asked_for_each() {
    let server = MockServer::start().await;
    let absent =
        json!({"status": "error", "category": "OBJECT_NOT_FOUND", "message": "Object not found"});
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(404).set_body_json(absent))
        .mount(&server)
        .await;
    let rows = [row("51", "ATTENDED"), row("52", "ATTENDED")];
    let answer = vendor(&server)
        .join_campaign(&dinner(), &rows)
        .await
        .unwrap();
    for end in ends(&answer) {
        let MemberEnd::Refused(failure) = end else {
            panic!("{end:?}");
        };
        assert_eq!(failure.category, Category::Connection);
        assert!(failure.message.contains("is gone"), "{failure:?}");
    }
    assert_eq!(paths(&server).await.len(), 2, "one of each spelling");
}

#[tokio::test]
async fn a_contact_that_takes_the_whole_call_down_goes_alone() {
    let server = MockServer::start().await;
    let absent = json!({"status": "error", "category": "OBJECT_NOT_FOUND",
        "message": "Could not get some CONTACT objects, they may be deleted or not exist.", "context": {"ids": ["52"]}});
    let at = format!("{EVENT}/attendance/attend/create");
    answering(&server, "POST", &at, 404, absent).await;
    let rows = [row("51", "ATTENDED"), row("52", "ATTENDED")];
    let answer = vendor(&server)
        .join_campaign(&dinner(), &rows)
        .await
        .unwrap();
    assert_eq!(ends(&answer), [&MemberEnd::Later, &MemberEnd::Gone]);
    assert_eq!(
        paths(&server).await.len(),
        1,
        "the state is not what was refused"
    );
}

#[tokio::test]
async fn a_contact_that_is_not_named_is_found_by_halves() {
    let server = MockServer::start().await;
    let absent = json!({"status": "error", "message": "Contact not found"});
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(404).set_body_json(absent))
        .mount(&server)
        .await;
    let vendor = vendor(&server);
    let rows = [row("51", "ATTENDED"), row("52", "ATTENDED")];
    let error = vendor.join_campaign(&dinner(), &rows).await.unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::Refused { guilty, .. } if guilty.is_empty()));
    let alone = vendor.join_campaign(&dinner(), &rows[1..]).await.unwrap();
    assert_eq!(ends(&alone), [&MemberEnd::Gone]);
}
