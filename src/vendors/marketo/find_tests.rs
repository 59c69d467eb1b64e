#![allow(clippy::unwrap_used)]
use serde_json::json;
use wiremock::matchers::{body_string_contains, path as at};
use wiremock::{Mock, ResponseTemplate};

use super::super::LEAD;
use super::super::tests::{answering, calls, form, instance, ok, refusal, vendor};
use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;

const LEADS: &str = "/rest/v1/leads.json";
const COMPANIES: &str = "/rest/v1/companies.json";

fn question(object: &'static str, by: KeyKind, keys: &[&str]) -> Find {
    Find {
        object,
        by,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        fields: vec!["firstName".into(), "gone".into()],
        created_after: None,
    }
}

fn ids(answer: &FindAnswer) -> Vec<Vec<&str>> {
    answer
        .found
        .iter()
        .map(|found| {
            found
                .records
                .iter()
                .map(|record| record.id.as_str())
                .collect()
        })
        .collect()
}

#[tokio::test]
async fn addresses_are_asked_together_and_compared_without_case() {
    let server = instance().await;
    let records = json!([
        {"id": 30, "email": "ADA@example.com", "createdAt": "2026-03-01T00:00:00Z"},
        {"id": 4, "email": "ada@example.com", "createdAt": "2026-01-01T00:00:00Z", "firstName": "Ada"},
        {"id": 5, "email": "somebody@example.com"},
    ]);
    answering(&server, LEADS, ok(records)).await;
    let vendor = vendor(&server, Settings::default());
    let asked = question(
        LEAD,
        KeyKind::Email,
        &["ada@example.com", "bob@example.com"],
    );
    let answer = vendor.find(&asked).await.unwrap();
    assert_eq!(ids(&answer), [vec!["4", "30"], vec![]], "the oldest first");
    assert_eq!(answer.found[0].records[0].values["firstName"], "Ada");
    let calls = calls(&server).await;
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].url.query(), Some("_method=GET"));
    let form = form(&calls[0]);
    assert_eq!(form["filterType"], "email");
    assert_eq!(form["filterValues"], "ada@example.com,bob@example.com");
    assert_eq!(
        form["fields"], "id,email,createdAt,firstName",
        "not the one that is gone"
    );
}

#[tokio::test]
async fn every_page_is_read() {
    let server = instance().await;
    let mut second = ok(json!([{"id": 2, "email": "b@example.com"}]));
    second["moreResult"] = json!(false);
    Mock::given(at(LEADS))
        .and(body_string_contains("nextPageToken=abc"))
        .respond_with(ResponseTemplate::new(200).set_body_json(second))
        .with_priority(1)
        .mount(&server)
        .await;
    let mut first = ok(json!([{"id": 1, "email": "a@example.com"}]));
    first["moreResult"] = json!(true);
    first["nextPageToken"] = json!("abc");
    answering(&server, LEADS, first).await;
    let asked = question(LEAD, KeyKind::Email, &["a@example.com", "b@example.com"]);
    let answer = vendor(&server, Settings::default())
        .find(&asked)
        .await
        .unwrap();
    assert_eq!(ids(&answer), [vec!["1"], vec!["2"]]);
}

#[tokio::test]
async fn a_question_that_finds_too_many_is_asked_by_half() {
    let server = instance().await;
    Mock::given(at(LEADS))
        .and(body_string_contains("%2C2"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(refusal("1003", "Too many results match the filter")),
        )
        .with_priority(1)
        .mount(&server)
        .await;
    answering(&server, LEADS, ok(json!([{"id": 1}, {"id": 2}]))).await;
    let vendor = vendor(&server, Settings::default());
    let asked = question(LEAD, KeyKind::Id, &["1", "2"]);
    let answer = vendor.find(&asked).await.unwrap();
    assert_eq!(ids(&answer), [vec!["1"], vec!["2"]]);
    assert_eq!(calls(&server).await.len(), 3);
}

#[tokio::test]
async fn a_refused_question_is_no_absence() {
    let server = instance().await;
    answering(
        &server,
        LEADS,
        refusal("1011", "Field 'x' is not supported"),
    )
    .await;
    let asked = question(LEAD, KeyKind::Id, &["1"]);
    assert!(
        vendor(&server, Settings::default())
            .find(&asked)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn what_was_made_before_is_left_aside() {
    let server = instance().await;
    let records = json!([
        {"id": 1, "email": "a@example.com", "createdAt": "2026-01-01T00:00:00Z"},
        {"id": 2, "email": "a@example.com", "createdAt": "2026-11-22T00:00:00Z"},
    ]);
    answering(&server, LEADS, ok(records)).await;
    let asked = Find {
        created_after: Some("2026-11-01T00:00:00Z".parse().unwrap()),
        ..question(LEAD, KeyKind::Email, &["a@example.com"])
    };
    let answer = vendor(&server, Settings::default())
        .find(&asked)
        .await
        .unwrap();
    assert_eq!(ids(&answer), [vec!["2"]]);
}

#[tokio::test]
async fn companies_are_known_by_the_id_we_chose() {
    let server = instance().await;
    let records = json!([
        {"seq": 0, "id": 3433, "externalCompanyId": "dom:acme.com", "company": "Acme"},
        {"seq": 1, "id": 3434, "externalCompanyId": null, "company": "Bolt"},
    ]);
    answering(&server, COMPANIES, ok(records)).await;
    let vendor = vendor(&server, Settings::default());
    let asked = question(COMPANY, KeyKind::Domain, &["acme.com", "bolt.example"]);
    let answer = vendor.find(&asked).await.unwrap();
    assert_eq!(ids(&answer), [vec!["dom:acme.com"], vec![]]);
    let by_name = question(COMPANY, KeyKind::Name, &["Acme, Inc.", "Bolt"]);
    let answer = vendor.find(&by_name).await.unwrap();
    assert_eq!(
        ids(&answer),
        [vec!["dom:acme.com"], vec![]],
        "nobody can be put into one without an id"
    );
    let calls = calls(&server).await;
    let (first, second) = (form(&calls[0]), form(&calls[1]));
    assert_eq!(first["filterType"], "externalCompanyId");
    assert_eq!(first["filterValues"], "dom:acme.com,dom:bolt.example");
    assert_eq!(second["filterType"], "company");
    assert_eq!(second["filterValues"], "Bolt,acme");
}

#[tokio::test]
async fn where_the_crm_has_the_companies_they_are_asked_for_once() {
    let server = instance().await;
    answering(&server, COMPANIES, refusal("1018", "CRM Enabled")).await;
    let vendor = vendor(&server, Settings::default());
    let asked = question(COMPANY, KeyKind::Domain, &["acme.com"]);
    for _ in 0..2 {
        let answer = vendor.find(&asked).await.unwrap();
        assert_eq!(ids(&answer), [Vec::<&str>::new()]);
    }
    assert_eq!(calls(&server).await.len(), 1);
}
