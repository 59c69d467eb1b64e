#![allow(clippy::unwrap_used)]
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::ACCOUNT;
use super::super::tests::{calls, create, fixture, is_refused, org, vendor};
use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;

const LEADS: &str = "/crm/v8/Leads";
const UPSERT: &str = "/crm/v8/Leads/upsert";

fn update(id: &str, values: Value) -> Row {
    Row {
        trace: format!("u{id}"),
        change: Change::Update {
            id: id.into(),
            values: serde_json::from_value(values).unwrap(),
        },
        links: Vec::new(),
        despite_duplicates: false,
        is_no_news: false,
    }
}

fn people(n: usize) -> Vec<Row> {
    (0..n)
        .map(|n| {
            let values = json!({"Last_Name": format!("P{n}"), "Email": format!("p{n}@acme.com")});
            create(&format!("t{n}"), values)
        })
        .collect()
}

async fn answering(server: &MockServer, at: &str, status: u16, body: Value) {
    Mock::given(path(at))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(server)
        .await;
}

fn error(code: &str, details: &Value) -> Value {
    json!({"code": code, "details": details, "message": "no", "status": "error"})
}

fn success(id: &str) -> Value {
    json!({"code": "SUCCESS", "details": {"id": id}, "message": "record added", "status": "success"})
}

/// The verdict on one row that is answered so.
async fn verdict(settings: Settings, object: &'static str, row: Row, answer: Value) -> Verdict {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [answer]})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, settings);
    let answer = vendor.write(object, &[row]).await.unwrap();
    answer.rows.into_iter().next().unwrap().verdict
}

#[tokio::test]
async fn new_leads_with_addresses_are_one_upsert_and_each_row_has_its_own_end() {
    let server = MockServer::start().await;
    let recorded = include_str!("../../../tests/fixtures/zoho/upsert.json");
    answering(&server, UPSERT, 207, fixture(recorded)).await;
    let vendor = vendor(&server, Settings::default());
    let answer = vendor.write(LEAD, &people(3)).await.unwrap();
    let verdicts: Vec<&Verdict> = answer.rows.iter().map(|row| &row.verdict).collect();
    let id = "724445000000424003".to_owned();
    assert_eq!(*verdicts[0], Verdict::Done { id, stored: None });
    // It was there before: nobody may say that we made it.
    let id = "724445000000424004".to_owned();
    assert_eq!(*verdicts[1], Verdict::Exists { id });
    assert!(is_refused(verdicts[2], Category::RequiredFieldMissing));
    let calls = calls(&server).await;
    assert_eq!(calls.len(), 1);
    let body: Value = calls[0].body_json().unwrap();
    assert_eq!(
        (&body["duplicate_check_fields"], &body["trigger"]),
        (&json!(["Email"]), &json!([]))
    );
    assert_eq!(
        body["data"][0],
        json!({"Last_Name": "P0", "Email": "p0@acme.com"})
    );
}

#[tokio::test]
async fn who_cannot_be_recognised_is_inserted_once() {
    let server = MockServer::start().await;
    Mock::given(path(LEADS))
        .respond_with(ResponseTemplate::new(502))
        .mount(&server)
        .await;
    let mut rows = people(2);
    rows[1] = create("t1", json!({"Last_Name": "Nameless"}));
    let vendor = vendor(&server, Settings::default());
    let error = vendor.write(LEAD, &rows).await.unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::OutcomeUnknown { .. }));
    let calls = calls(&server).await;
    assert_eq!(calls.len(), 1, "never repeated");
    let body: Value = calls[0].body_json().unwrap();
    assert_eq!(body["duplicate_check_fields"], Value::Null);
    assert_eq!(body["trigger"], json!([]));
}

#[tokio::test]
async fn accounts_are_inserted_since_another_may_share_the_name() {
    let server = MockServer::start().await;
    answering(
        &server,
        "/crm/v8/Accounts",
        201,
        json!({"data": [success("90")]}),
    )
    .await;
    let row = create("t", json!({"Account_Name": "Acme"}));
    let vendor = vendor(&server, Settings::default());
    let answer = vendor.write(ACCOUNT, &[row]).await.unwrap();
    let id = "90".to_owned();
    assert_eq!(answer.rows[0].verdict, Verdict::Done { id, stored: None });
}

#[tokio::test]
async fn updates_name_their_record_and_what_stands_within_it() {
    let server = org().await;
    Mock::given(method("PUT"))
        .and(path(LEADS))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [success("7")]})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    vendor.describe(LEAD, &[]).await.unwrap();
    let row = update(
        "7",
        json!({"Owner": "31", "City": "Oslo", "Event_Tags": ["Demo"]}),
    );
    vendor.write(LEAD, &[row]).await.unwrap();
    let body: Value = calls(&server).await[0].body_json().unwrap();
    assert_eq!(
        body["data"],
        json!([{"id": "7", "Owner": {"id": "31"}, "City": "Oslo", "Event_Tags": ["Demo"]}])
    );
    assert_eq!(body["trigger"], json!([]));
}

#[tokio::test]
async fn an_answer_of_another_length_says_nothing_of_any_row() {
    for count in [2, 4] {
        let server = MockServer::start().await;
        let rows: Vec<Value> = vec![success("7"); count];
        answering(&server, UPSERT, 200, json!({"data": rows})).await;
        let vendor = vendor(&server, Settings::default());
        let answer = vendor.write(LEAD, &people(3)).await.unwrap();
        assert_eq!(answer.rows.len(), 3);
        let silent = |row: &RowAnswer| row.verdict == Verdict::Silent;
        assert!(answer.rows.iter().all(silent), "{count}");
    }
}

#[tokio::test]
async fn a_success_without_an_id_is_none() {
    let answer = json!({"code": "SUCCESS", "details": {}, "status": "success", "id": "7"});
    let row = people(1).remove(0);
    let verdict = verdict(Settings::default(), LEAD, row, answer).await;
    assert_eq!(verdict, Verdict::Silent);
}

#[tokio::test]
async fn rows_all_refused_are_a_bad_request_and_still_verdicts() {
    let server = MockServer::start().await;
    let long = error(
        "INVALID_DATA",
        &json!({"maximum_length": 80, "api_name": "Last_Name", "json_path": "$.data[0].Last_Name"}),
    );
    answering(&server, UPSERT, 400, json!({"data": [long]})).await;
    let vendor = vendor(&server, Settings::default());
    let answer = vendor.write(LEAD, &people(1)).await.unwrap();
    let Verdict::Refused(failure) = &answer.rows[0].verdict else {
        panic!("{:?}", answer.rows[0].verdict)
    };
    assert_eq!(failure.category, Category::DataTooLong);
    assert_eq!(failure.value.as_deref(), Some("P0"));
}

#[tokio::test]
async fn a_refused_request_names_the_row_to_blame() {
    let server = MockServer::start().await;
    let body = error(
        "INVALID_DATA",
        &json!({"expected_data_type": "jsonobject", "api_name": "Owner", "json_path": "$.data[1].Owner"}),
    );
    answering(&server, UPSERT, 400, body).await;
    let vendor = vendor(&server, Settings::default());
    let error = vendor.write(LEAD, &people(3)).await.unwrap_err();
    let CallErrorKind::Refused { guilty, .. } = error.kind else {
        panic!("{error}")
    };
    assert_eq!(guilty, [Guilty::Trace("t1".into())]);
}

#[tokio::test]
async fn a_record_that_went_is_gone_and_a_converted_one_too() {
    for answer in [
        error(
            "INVALID_DATA",
            &json!({"api_name": "id", "json_path": "$.data[0].id"}),
        ),
        error("RECORD_NOT_FOUND", &json!({})),
        error("ID_ALREADY_CONVERTED", &json!({"id": "7"})),
        error("CONVERTED_RECORD", &json!({})),
    ] {
        let row = update("7", json!({"City": "Oslo"}));
        let verdict = verdict(Settings::default(), LEAD, row, answer.clone()).await;
        assert_eq!(verdict, Verdict::Gone, "{answer}");
    }
    let changed = error("ALREADY_MODIFIED", &json!({}));
    let row = update("7", json!({"City": "Oslo"}));
    let verdict = verdict(Settings::default(), LEAD, row, changed).await;
    assert_eq!(verdict, Verdict::Later(None));
}

#[tokio::test]
async fn a_duplicate_is_who_is_meant_only_by_a_key_we_match_by() {
    let taken = |field: &str, module: &str| {
        error(
            "DUPLICATE_DATA",
            &json!({"api_name": field, "id": "7", "json_path": "$.data[0].X",
                "duplicate_record": {"id": "7", "module": {"api_name": module}}}),
        )
    };
    let ours = Settings {
        external_id: Some("Mobly_Id".into()),
        ..Settings::default()
    };
    let person = || people(1).remove(0);
    let exists = Verdict::Exists { id: "7".into() };
    for field in ["Email", "Mobly_Id"] {
        let verdict = verdict(ours.clone(), LEAD, person(), taken(field, "Leads")).await;
        assert_eq!(verdict, exists, "{field}");
    }
    for (object, row, answer) in [
        (LEAD, person(), taken("Phone", "Leads")),
        (LEAD, person(), taken("Email", "Contacts")),
        (
            LEAD,
            update("8", json!({"Email": "a@x.com"})),
            taken("Email", "Leads"),
        ),
        (
            ACCOUNT,
            create("t", json!({"Account_Name": "Acme"})),
            taken("Account_Name", "Accounts"),
        ),
    ] {
        let Verdict::Refused(failure) = verdict(ours.clone(), object, row, answer).await else {
            panic!("{object}")
        };
        assert_eq!(failure.category, Category::DuplicateRecord);
        assert_eq!(failure.candidates, ["7"]);
    }
}

#[tokio::test]
async fn an_account_that_went_is_told_from_a_contact_that_did() {
    let of_account = error(
        "INVALID_DATA",
        &json!({"api_name": "Account_Name", "expected_data_type": "bigint"}),
    );
    let row = update("7", json!({"Account_Name": "90"}));
    let linked = verdict(Settings::default(), CONTACT, row, of_account).await;
    assert_eq!(linked, Verdict::LinkGone);
    // The id stands within the account's field, or nothing tells whose it is.
    for details in [
        json!({"api_name": "id", "json_path": "$.data[0].Account_Name.id"}),
        json!({"api_name": "id", "json_path": "$.data[0]", "parent_api_name": "Account_Name"}),
        json!({"api_name": "id"}),
    ] {
        let row = update("7", json!({"Account_Name": "90"}));
        let answer = error("INVALID_DATA", &details);
        let verdict = verdict(Settings::default(), CONTACT, row, answer).await;
        assert_eq!(verdict, Verdict::LinkGone, "{details}");
    }
    let own = error(
        "INVALID_DATA",
        &json!({"api_name": "id", "json_path": "$.data[0].id"}),
    );
    let row = update("7", json!({"Account_Name": "90"}));
    let gone = verdict(Settings::default(), CONTACT, row, own).await;
    assert_eq!(gone, Verdict::Gone);
    // Another record's id within a field is that field's trouble, whoever the person is.
    let owner = error(
        "INVALID_DATA",
        &json!({"api_name": "id", "json_path": "$.data[0].Owner.id"}),
    );
    let row = update("7", json!({"Owner": "90"}));
    let Verdict::Refused(failure) = verdict(Settings::default(), LEAD, row, owner).await else {
        panic!("an owner that is not there")
    };
    assert_eq!(failure.field.as_deref(), Some("Owner"));
}

#[tokio::test]
async fn an_upsert_that_met_somebody_elses_record_says_so() {
    let met = |made: &str, by: &str| {
        json!({"code": "SUCCESS", "action": "update", "duplicate_field": "Email", "status": "success",
            "details": {"id": "7", "Created_Time": made, "Created_By": {"id": by},
                "Modified_Time": "2026-11-22T10:00:00+02:00", "Modified_By": {"id": "11"}}})
    };
    for (made, by, expected) in [
        // An earlier try of the same request, whose answer was lost.
        (
            "2026-11-22T07:59:10Z",
            "11",
            Verdict::Exists { id: "7".into() },
        ),
        (
            "2026-11-22T07:40:00Z",
            "11",
            Verdict::Overwrote { id: "7".into() },
        ),
        (
            "2026-11-22T07:59:10Z",
            "12",
            Verdict::Overwrote { id: "7".into() },
        ),
    ] {
        let person = people(1).remove(0);
        let verdict = verdict(Settings::default(), LEAD, person, met(made, by)).await;
        assert_eq!(verdict, expected, "{made} {by}");
    }
}
