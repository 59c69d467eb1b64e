#![allow(clippy::unwrap_used)]
use serde_json::json;
use wiremock::matchers::{body_string_contains, method, path, query_param};
use wiremock::{Mock, MockServer, Respond, ResponseTemplate};

use super::super::tests::{asking, calls, org, vendor};
use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;

const COQL: &str = "/crm/v8/coql";

async fn answering(server: &MockServer, records: Value) {
    Mock::given(path(COQL))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"data": records,
            "info": {"count": 1, "more_records": false}})),
        )
        .mount(server)
        .await;
}

async fn questions(server: &MockServer) -> Vec<String> {
    let all = calls(server).await;
    all.iter()
        .filter(|call| call.url.path() == COQL)
        .map(|call| {
            let body: Value = call.body_json().unwrap();
            body["select_query"].as_str().unwrap().to_owned()
        })
        .collect()
}

fn refusal(code: &str, details: &Value) -> ResponseTemplate {
    ResponseTemplate::new(400).set_body_json(
        json!({"code": code, "details": details, "message": "no", "status": "error"}),
    )
}

fn ids(answer: &FindAnswer) -> Vec<Vec<&str>> {
    answer
        .found
        .iter()
        .map(|found| {
            let records = found.records.iter();
            records.map(|record| record.id.as_str()).collect()
        })
        .collect()
}

#[tokio::test]
async fn addresses_are_asked_at_once_and_compared_here() {
    let server = org().await;
    answering(
        &server,
        json!([
            {"id": "13", "Email": "ADA@example.com", "Created_Time": "2026-03-01T00:00:00+00:00"},
            {"id": "12", "Email": "ada@example.com", "Created_Time": "2026-02-01T00:00:00+00:00", "Owner": {"id": "7", "name": "X"}},
            {"id": "99", "Email": "not-asked@example.com"}]),
    )
    .await;
    let vendor = vendor(&server, Settings::default());
    let mut find = asking(
        LEAD,
        KeyKind::Email,
        &["ada@example.com", "o'neil@example.com", "no address"],
    );
    find.fields = vec!["Last_Name".into(), "Owner".into(), "Gone_Since".into()];
    let answer = vendor.find(&find).await.unwrap();
    // The oldest first; nobody for who is absent, and for what is no address.
    assert_eq!(ids(&answer), [vec!["12", "13"], vec![], vec![]]);
    assert_eq!(answer.found[0].records[0].values["Owner"], "7");
    assert_eq!(
        questions(&server).await,
        [
            r"select id, Last_Name, Owner, Created_Time, Email, Converted__s, Converted_Contact from Leads where Email in ('ada@example.com','o\'neil@example.com') limit 200"
        ]
    );
}

#[tokio::test]
async fn nothing_found_is_no_content() {
    let server = org().await;
    Mock::given(path(COQL))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    let find = asking(LEAD, KeyKind::Email, &["ada@example.com"]);
    assert_eq!(
        ids(&vendor.find(&find).await.unwrap()),
        [Vec::<&str>::new()]
    );
}

#[tokio::test]
async fn an_answer_of_another_shape_is_never_absence() {
    let server = org().await;
    Mock::given(path(COQL))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"info": {}})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    let find = asking(LEAD, KeyKind::Email, &["ada@example.com"]);
    let error = vendor.find(&find).await.unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::OutcomeUnknown { .. }));
}

#[tokio::test]
async fn all_pages_are_read() {
    let server = org().await;
    for (offset, id, more) in [
        ("limit 200\"", "1", true),
        ("offset 200\"", "2", true),
        ("offset 400\"", "3", false),
    ] {
        Mock::given(path(COQL))
            .and(body_string_contains(offset))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({
                "data": [{"id": id, "Email": "ada@example.com"}], "info": {"more_records": more}})))
            .mount(&server)
            .await;
    }
    let vendor = vendor(&server, Settings::default());
    let find = asking(LEAD, KeyKind::Email, &["ada@example.com"]);
    assert_eq!(ids(&vendor.find(&find).await.unwrap()), [["1", "2", "3"]]);
}

/// Takes at most fifty values.
struct Fifty(Value);

impl Respond for Fifty {
    fn respond(&self, request: &wiremock::Request) -> ResponseTemplate {
        let asked = String::from_utf8_lossy(&request.body).matches('@').count();
        if asked > 50 {
            return refusal("LIMIT_EXCEEDED", &self.0);
        }
        ResponseTemplate::new(204)
    }
}

#[tokio::test]
async fn where_a_hundred_keys_are_refused_fifty_are_asked_for_from_then_on() {
    let server = org().await;
    Mock::given(path(COQL))
        .respond_with(Fifty(json!({"limit": 50})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    let keys: Vec<String> = (0..100).map(|n| format!("p{n}@acme.com")).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let find = asking(LEAD, KeyKind::Email, &keys);
    assert_eq!(vendor.find(&find).await.unwrap().found.len(), 100);
    assert_eq!(questions(&server).await.len(), 3);
    vendor.find(&find).await.unwrap();
    assert_eq!(questions(&server).await.len(), 5);
}

#[tokio::test]
async fn two_hundred_keys_are_one_question_of_two_lists_where_that_is_taken() {
    let keys: Vec<String> = (100..300).map(|n| format!("p{n}@acme.com")).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let find = asking(LEAD, KeyKind::Email, &keys);
    let taking = org().await;
    answering(&taking, json!([{"id": "11", "Email": "p299@acme.com"}])).await;
    let found = vendor(&taking, Settings::default())
        .find(&find)
        .await
        .unwrap();
    assert_eq!(found.found[199].records[0].id, "11");
    let asked = questions(&taking).await;
    assert_eq!(asked.len(), 1);
    assert!(
        asked[0].contains("where (Email in ('p100@acme.com',")
            && asked[0].contains("'p199@acme.com') or Email in ('p200@acme.com',"),
        "{}",
        asked[0]
    );
    // One list at a time, then a shorter one.
    let refusing = org().await;
    Mock::given(path(COQL))
        .respond_with(Fifty(json!({"limit": 50})))
        .mount(&refusing)
        .await;
    let vendor = vendor(&refusing, Settings::default());
    assert_eq!(vendor.find(&find).await.unwrap().found.len(), 200);
    assert_eq!(questions(&refusing).await.len(), 6);
}

#[tokio::test]
async fn a_refusal_that_smaller_questions_do_not_mend_is_told() {
    let server = org().await;
    Mock::given(path(COQL))
        .respond_with(refusal("LIMIT_EXCEEDED", &json!({})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    let find = asking(LEAD, KeyKind::Email, &["ada@example.com"]);
    let error = vendor.find(&find).await.unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::Refused { .. }));
    assert_eq!(questions(&server).await.len(), 1);
}

#[tokio::test]
async fn a_converted_lead_stands_for_its_contact() {
    let server = org().await;
    answering(
        &server,
        json!([
            {"id": "11", "Email": "a@x.com", "Converted__s": true, "Converted_Contact": {"id": "51"}, "Created_Time": "2026-01-01T00:00:00+00:00"},
            {"id": "12", "Email": "a@x.com", "Converted__s": false, "Created_Time": "2026-02-01T00:00:00+00:00"},
            {"id": "13", "Email": "b@x.com", "Converted__s": true, "Converted_Contact": null}]),
    )
    .await;
    let vendor = vendor(&server, Settings::default());
    let find = asking(LEAD, KeyKind::Email, &["a@x.com", "b@x.com"]);
    let answer = vendor.find(&find).await.unwrap();
    // One that is still a lead comes first; one whose contact is gone stands for nobody.
    assert_eq!(ids(&answer), [vec!["12", "11"], vec![]]);
    assert_eq!(
        answer.found[0].records[1].instead,
        Some((CONTACT, "51".into()))
    );
}

#[tokio::test]
async fn where_coql_does_not_tell_conversions_the_records_do() {
    let server = org().await;
    for column in [CONVERTED, CONVERTED_CONTACT] {
        Mock::given(path(COQL))
            .and(body_string_contains(format!(", {column}")))
            .respond_with(refusal("INVALID_QUERY", &json!({"column_name": column})))
            .with_priority(if column == CONVERTED { 1 } else { 2 })
            .mount(&server)
            .await;
    }
    answering(&server, json!([{"id": "11", "Email": "a@x.com"}])).await;
    Mock::given(method("GET"))
        .and(path("/crm/v8/Leads"))
        .and(query_param("ids", "11"))
        .and(query_param("converted", "both"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [
            {"id": "11", "Converted__s": true, "Converted_Contact": {"id": "51"}}]})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    let find = asking(LEAD, KeyKind::Email, &["a@x.com"]);
    for _ in 0..2 {
        let answer = vendor.find(&find).await.unwrap();
        assert_eq!(
            answer.found[0].records[0].instead,
            Some((CONTACT, "51".into()))
        );
    }
    // Each refused column costs a request once.
    assert_eq!(questions(&server).await.len(), 4);
}

#[tokio::test]
async fn a_column_of_the_mapping_that_is_gone_is_an_error() {
    let server = org().await;
    Mock::given(path(COQL))
        .respond_with(refusal("INVALID_QUERY", &json!({"column_name": "City"})))
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    let mut find = asking(LEAD, KeyKind::Email, &["a@x.com"]);
    find.fields = vec!["City".into()];
    let error = vendor.find(&find).await.unwrap_err();
    let CallErrorKind::Refused { failure, .. } = error.kind else {
        panic!("{error}")
    };
    assert_eq!(failure.category, Category::MissingRemoteField);
    assert_eq!(failure.field.as_deref(), Some("City"));
}

#[tokio::test]
async fn ids_are_read_and_what_is_no_id_is_not_asked_for() {
    let server = org().await;
    Mock::given(method("GET"))
        .and(path("/crm/v8/Leads"))
        .and(query_param("ids", "11,12"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"data": [{"id": "12",
            "Created_Time": "2026-02-01T00:00:00+00:00"}], "info": {"more_records": false}})),
        )
        .mount(&server)
        .await;
    let vendor = vendor(&server, Settings::default());
    let find = asking(LEAD, KeyKind::Id, &["12", "11", "00Q1&fields=x"]);
    let answer = vendor.find(&find).await.unwrap();
    assert_eq!(ids(&answer), [vec!["12"], vec![], vec![]]);
}

#[tokio::test]
async fn many_columns_are_read_in_parts() {
    let server = MockServer::start().await;
    let names: Vec<String> = (0..60).map(|n| format!("Field_{n}")).collect();
    let fields: Vec<Value> = names
        .iter()
        .map(String::as_str)
        .chain(["Email", "Created_Time"])
        .map(|name| json!({"api_name": name, "data_type": "text"}))
        .collect();
    Mock::given(path("/crm/v8/settings/fields"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"fields": fields})))
        .mount(&server)
        .await;
    Mock::given(path("/crm/v8/settings/layouts"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    for (column, record) in [
        ("Field_0,", json!({"id": "1", "Field_0": "x"})),
        (
            "Field_59,",
            json!({"id": "1", "Field_59": "y", "Email": "a@x.com"}),
        ),
    ] {
        Mock::given(path(COQL))
            .and(body_string_contains(column))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [record]})))
            .mount(&server)
            .await;
    }
    let vendor = vendor(&server, Settings::default());
    let mut find = asking(LEAD, KeyKind::Email, &["a@x.com"]);
    find.fields = names;
    let answer = vendor.find(&find).await.unwrap();
    let values = &answer.found[0].records[0].values;
    assert_eq!(
        (&values["Field_0"], &values["Field_59"]),
        (&json!("x"), &json!("y"))
    );
}

#[tokio::test]
async fn accounts_are_found_by_the_spellings_of_their_website_and_name() {
    let server = org().await;
    answering(
        &server,
        json!([{"id": "90", "Account_Name": "ACME Inc.", "Website": "https://www.acme.com/"}]),
    )
    .await;
    let vendor = vendor(&server, Settings::default());
    let by_domain = asking(ACCOUNT, KeyKind::Domain, &["acme.com", "other.com"]);
    let answer = vendor.find(&by_domain).await.unwrap();
    assert_eq!(ids(&answer), [vec!["90"], vec![]]);
    let by_name = asking(ACCOUNT, KeyKind::Name, &["Acme"]);
    assert_eq!(ids(&vendor.find(&by_name).await.unwrap()), [["90"]]);
    assert!(questions(&server).await[0].contains("'https://www.acme.com/'"));
}

#[tokio::test]
async fn somebody_without_address_is_looked_for_by_name_since_the_attempt() {
    let server = org().await;
    answering(
        &server,
        json!([{"id": "1", "First_Name": "José", "Last_Name": "Pérez", "Created_Time": "2026-11-22T12:00:05+00:00"},
            {"id": "2", "First_Name": "Ana", "Last_Name": "Perez", "Created_Time": "2026-11-22T12:00:05+00:00"}]),
    )
    .await;
    let vendor = vendor(&server, Settings::default());
    let find = Find {
        created_after: Some("2026-11-22T12:00:00Z".parse().unwrap()),
        ..asking(LEAD, KeyKind::Name, &["Jose|Perez"])
    };
    assert_eq!(ids(&vendor.find(&find).await.unwrap()), [["1"]]);
    let question = questions(&server).await.remove(0);
    assert!(
        question.contains(
            "where (Last_Name in ('Perez') and Created_Time >= '2026-11-22T12:00:00+00:00') limit"
        ),
        "{question}"
    );
}

#[tokio::test]
async fn our_own_unique_field_is_asked_for_where_the_organization_has_it() {
    let server = org().await;
    answering(&server, json!([{"id": "1", "Mobly_Id": "A1B2C3D4"}])).await;
    let with = |name: &str| Settings {
        external_id: Some(name.to_owned()),
        ..Settings::default()
    };
    let find = asking(LEAD, KeyKind::ExternalId, &["a1b2c3d4"]);
    let answer = vendor(&server, with("mobly_id")).find(&find).await.unwrap();
    assert_eq!(ids(&answer), [["1"]]);
    let error = vendor(&server, with("Nowhere"))
        .find(&find)
        .await
        .unwrap_err();
    assert!(matches!(error.kind, CallErrorKind::Refused { .. }));
}
