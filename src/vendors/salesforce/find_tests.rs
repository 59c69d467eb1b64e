#![allow(clippy::unwrap_used)]
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::domain::integration::Settings;
use crate::vendors::Vendor as _;
use crate::vendors::salesforce::tests::{Queries, calls, org, soql, vendor};

const COMPOSITE: &str = "/services/data/v66.0/composite";

fn asking(object: &'static str, by: KeyKind, keys: &[&str]) -> Find {
    Find {
        object,
        by,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        fields: vec!["Title".into()],
        created_after: None,
    }
}

async fn answering(
    server: &MockServer,
    answer: impl Fn(&str) -> (u16, Value) + Send + Sync + 'static,
) {
    Mock::given(method("POST"))
        .and(path(COMPOSITE))
        .respond_with(Queries(answer))
        .mount(server)
        .await;
}

#[allow(clippy::needless_pass_by_value)]
fn page(records: Value) -> (u16, Value) {
    (
        200,
        json!({"totalSize": 1, "done": true, "records": records}),
    )
}

async fn queries(server: &MockServer) -> Vec<Vec<String>> {
    calls(server)
        .await
        .iter()
        .map(|call| {
            let body: Value = call.body_json().unwrap();
            body["compositeRequest"]
                .as_array()
                .unwrap()
                .iter()
                .map(soql)
                .collect()
        })
        .collect()
}

fn ids(answer: &FindAnswer, key: &str) -> Vec<String> {
    let found = answer.found.iter().find(|found| found.key == key).unwrap();
    found
        .records
        .iter()
        .map(|record| record.id.clone())
        .collect()
}

#[tokio::test]
async fn a_thousand_addresses_are_one_call() {
    let server = org().await;
    answering(&server, |_| page(json!([]))).await;
    let keys: Vec<String> = (0..1_000).map(|n| format!("p{n}@acme.com")).collect();
    let mut find = asking(LEAD, KeyKind::Email, &[]);
    find.keys.clone_from(&keys);
    let answer = vendor(&server, Settings::default())
        .find(&find)
        .await
        .unwrap();
    // Every key is answered, absent ones too.
    assert_eq!(answer.found.len(), 1_000);
    let asked = queries(&server).await;
    assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    assert!(
        asked[0]
            .iter()
            .all(|soql| soql.matches("@acme.com").count() == 500)
    );
}

#[tokio::test]
async fn the_largest_questions_stay_within_a_statement() {
    let server = org().await;
    answering(&server, |_| page(json!([]))).await;
    let connected = vendor(&server, Settings::default());
    for object in connected.info().objects {
        for lookup in object
            .lookups
            .iter()
            .filter(|lookup| lookup.by != KeyKind::ExternalId)
        {
            let long = "x".repeat(60);
            let key = |n: usize| match lookup.by {
                KeyKind::Id => format!("00Q{n:012}AAA"),
                KeyKind::Domain => format!("{long}.{long}.a{n}.example.com"),
                _ => format!("'{long}{long}-{n}@example.com"),
            };
            let mut find = asking(object.key, lookup.by, &[]);
            find.keys = (0..lookup.keys).map(key).collect();
            connected.find(&find).await.unwrap();
        }
    }
    for asked in queries(&server).await {
        assert!(asked.len() <= 5);
        assert!(asked.iter().all(|soql| soql.chars().count() <= 100_000));
    }
}

#[tokio::test]
async fn records_are_told_apart_by_address_oldest_first() {
    let server = org().await;
    answering(&server, |_| page(json!([
        {"attributes": {"type": "Lead"}, "Id": "00Q5e000001BBBBAA1", "Email": "ANA@acme.com", "IsConverted": false,
         "CreatedDate": "2026-02-01T10:00:00.000+0000", "Title": "CEO"},
        {"Id": "00Q5e000001AAAAAA1", "Email": "ana@acme.com", "IsConverted": false, "CreatedDate": "2026-01-01T10:00:00.000+0000"},
        {"Id": "00Q5e000001CCCCAA1", "Email": "ana@acme.com", "IsConverted": true, "ConvertedContactId": "0035e000001AAAAAA1",
         "CreatedDate": "2025-01-01T10:00:00.000+0000"},
        {"Id": "00Q5e000001DDDDAA1", "Email": "bo@acme.com", "IsConverted": true, "ConvertedContactId": "0035e000001BBBBAA1"},
        {"Id": "00Q5e000001EEEEAA1", "Email": "cy@acme.com", "IsConverted": true, "ConvertedContactId": null}])))
    .await;
    let find = asking(
        LEAD,
        KeyKind::Email,
        &["ana@acme.com", "bo@acme.com", "cy@acme.com", "di@acme.com"],
    );
    let answer = vendor(&server, Settings::default())
        .find(&find)
        .await
        .unwrap();
    // A lead that is still one comes before the converted, older one.
    let ana = [
        "00Q5e000001AAAAAA1",
        "00Q5e000001BBBBAA1",
        "00Q5e000001CCCCAA1",
    ];
    assert_eq!(ids(&answer, "ana@acme.com"), ana);
    let bo = answer
        .found
        .iter()
        .find(|found| found.key == "bo@acme.com")
        .unwrap();
    assert_eq!(
        bo.records[0].instead,
        Some((CONTACT, "0035e000001BBBBAA1".to_owned()))
    );
    assert!(ids(&answer, "cy@acme.com").is_empty() && ids(&answer, "di@acme.com").is_empty());
    let asked = &queries(&server).await[0][0];
    assert!(asked.starts_with("SELECT Id, CreatedDate, Email, Title, IsConverted, ConvertedContactId, ConvertedAccountId FROM Lead WHERE Email IN ("), "{asked}");
    assert!(asked.ends_with("ORDER BY CreatedDate"), "{asked}");
}

#[tokio::test]
async fn ids_of_fifteen_and_eighteen_characters_are_one() {
    let server = org().await;
    answering(&server, |_| page(json!([{"Id": "00Q5e000001AAAAAA1"}]))).await;
    let find = asking(
        LEAD,
        KeyKind::Id,
        &["00Q5e000001AAAA", "00Q5e000001aaaa", "nonsense'"],
    );
    let answer = vendor(&server, Settings::default())
        .find(&find)
        .await
        .unwrap();
    assert_eq!(ids(&answer, "00Q5e000001AAAA"), ["00Q5e000001AAAAAA1"]);
    // Case matters in ids, and what is none is not asked for.
    assert!(ids(&answer, "00Q5e000001aaaa").is_empty() && ids(&answer, "nonsense'").is_empty());
    assert!(!queries(&server).await[0][0].contains("nonsense"));
}

#[tokio::test]
async fn a_company_is_found_however_its_website_is_written() {
    let server = org().await;
    answering(&server, |soql| {
        if soql.contains("Website IN") {
            page(json!([{"Id": "0015e000001AAAAAA1", "Name": "Acme", "Website": "https://www.ACME.com/"},
                {"Id": "0015e000001BBBBAA1", "Name": "Acme Shop", "Website": "shop.acme.com"}]))
        } else {
            page(json!([{"Id": "0015e000001CCCCAA1", "Name": "acme"}, {"Id": "0015e000001DDDDAA1", "Name": "Acme Bank"}]))
        }
    })
    .await;
    let connected = vendor(&server, Settings::default());
    let found = connected
        .find(&asking(ACCOUNT, KeyKind::Domain, &["acme.com"]))
        .await
        .unwrap();
    assert_eq!(ids(&found, "acme.com"), ["0015e000001AAAAAA1"]);
    let found = connected
        .find(&asking(ACCOUNT, KeyKind::Name, &["Acme, Inc."]))
        .await
        .unwrap();
    assert_eq!(ids(&found, "Acme, Inc."), ["0015e000001CCCCAA1"]);
    let asked = queries(&server).await;
    assert_eq!(asked[0][0].matches("acme.com").count(), 12);
    // A person's account is no company.
    assert!(asked[0][0].contains("IsPersonAccount = false"));
    assert!(
        asked[1][0].contains("Name IN ('Acme, Inc.','acme')"),
        "{}",
        asked[1][0]
    );
}

#[tokio::test]
async fn people_are_found_by_name_since_a_time() {
    let server = org().await;
    answering(&server, |_| {
        page(json!([
        {"Id": "00Q5e000001AAAAAA1", "FirstName": "José", "LastName": "O'Brien"},
        {"Id": "00Q5e000001BBBBAA1", "FirstName": "Ann", "LastName": "O'Brien"},
        {"Id": "00Q5e000001CCCCAA1", "FirstName": null, "LastName": "Li"}]))
    })
    .await;
    let mut find = asking(LEAD, KeyKind::Name, &["José|O'Brien", "|Li"]);
    find.created_after = Some("2026-11-22T11:59:59.7Z".parse().unwrap());
    let answer = vendor(&server, Settings::default())
        .find(&find)
        .await
        .unwrap();
    assert_eq!(ids(&answer, "José|O'Brien"), ["00Q5e000001AAAAAA1"]);
    assert_eq!(ids(&answer, "|Li"), ["00Q5e000001CCCCAA1"]);
    let asked = &queries(&server).await[0][0];
    assert!(
        asked.contains(r"LastName IN ('Li','O\'Brien') AND CreatedDate >= 2026-11-22T11:59:59Z"),
        "{asked}"
    );
}

#[tokio::test]
async fn further_pages_are_followed() {
    let server = org().await;
    answering(&server, |_| {
        (200, json!({"totalSize": 2, "done": false, "nextRecordsUrl": "/services/data/v66.0/query/01gxx-2000",
            "records": [{"Id": "00Q5e000001AAAAAA1", "Email": "a@x.io"}]}))
    })
    .await;
    Mock::given(path("/services/data/v66.0/query/01gxx-2000"))
        .respond_with(ResponseTemplate::new(200).set_body_json(
            json!({"totalSize": 2, "done": true, "records": [{"Id": "00Q5e000001BBBBAA1", "Email": "b@x.io"}]})))
        .mount(&server)
        .await;
    let find = asking(LEAD, KeyKind::Email, &["a@x.io", "b@x.io"]);
    let answer = vendor(&server, Settings::default())
        .find(&find)
        .await
        .unwrap();
    assert_eq!(ids(&answer, "b@x.io"), ["00Q5e000001BBBBAA1"]);
}

#[tokio::test]
async fn an_error_of_one_query_is_an_error_of_all() {
    let server = org().await;
    answering(&server, |soql| {
        if soql.contains("p999@") {
            (
                400,
                json!([{"errorCode": "MALFORMED_QUERY", "message": "unexpected token"}]),
            )
        } else {
            page(json!([{"Id": "00Q5e000001AAAAAA1", "Email": "p0@acme.com"}]))
        }
    })
    .await;
    let mut find = asking(LEAD, KeyKind::Email, &[]);
    find.keys = (0..1_000).map(|n| format!("p{n}@acme.com")).collect();
    let connected = vendor(&server, Settings::default());
    let error = connected.find(&find).await.unwrap_err();
    assert!(
        matches!(error.kind, CallErrorKind::Refused { .. }),
        "{error:?}"
    );
    // A query that is not answered at all is none that found nothing.
    server.reset().await;
    Mock::given(path(COMPOSITE))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"compositeResponse": []})))
        .mount(&server)
        .await;
    assert!(
        connected
            .find(&asking(LEAD, KeyKind::Email, &["a@x.io"]))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn what_takes_too_long_is_asked_in_smaller_pieces() {
    let server = org().await;
    answering(&server, |soql| {
        if soql.matches("@acme.com").count() > 150 {
            (
                400,
                json!([{"errorCode": "QUERY_TIMEOUT", "message": "too long"}]),
            )
        } else {
            page(json!([]))
        }
    })
    .await;
    let mut find = asking(LEAD, KeyKind::Email, &[]);
    find.keys = (0..400).map(|n| format!("p{n}@acme.com")).collect();
    let answer = vendor(&server, Settings::default())
        .find(&find)
        .await
        .unwrap();
    assert_eq!(answer.found.len(), 400);
    let sizes: Vec<usize> = queries(&server).await.iter().map(Vec::len).collect();
    assert_eq!(sizes, [1, 2, 4]);
}

#[tokio::test]
async fn fields_that_are_gone_or_no_names_stay_out_of_the_query() {
    let server = org().await;
    answering(&server, |_| page(json!([]))).await;
    let connected = vendor(&server, Settings::default());
    let mut find = asking(LEAD, KeyKind::Email, &["a@x.io"]);
    find.fields = vec![
        "title".into(),
        "Gone__c".into(),
        "Address".into(),
        "Id FROM User --".into(),
    ];
    connected.find(&find).await.unwrap();
    let asked = &queries(&server).await[0][0];
    assert!(
        asked.starts_with("SELECT Id, CreatedDate, Email, Title, IsConverted"),
        "{asked}"
    );
    find.by = KeyKind::ExternalId;
    let settings = Settings {
        external_id: Some("Gone__c".into()),
        ..Settings::default()
    };
    let error = vendor(&server, settings).find(&find).await.unwrap_err();
    assert!(
        matches!(error.kind, CallErrorKind::Refused { failure, .. } if failure.category == Category::MissingRemoteField)
    );
}

#[tokio::test]
async fn a_contacts_account_is_told_in_the_order_asked() {
    let server = org().await;
    answering(&server, |_| {
        page(json!([
        {"Id": "0035e000001BBBBAA1", "AccountId": null},
        {"Id": "0035e000001AAAAAA1", "AccountId": "0015e000001AAAAAA1"}]))
    })
    .await;
    let asked = [
        "0035e000001AAAAAA1",
        "0035e000001BBBBAA1",
        "0035e000001CCCCAA1",
    ]
    .map(str::to_owned);
    let linked = vendor(&server, Settings::default())
        .linked(&asked)
        .await
        .unwrap();
    assert_eq!(
        linked,
        [vec!["0015e000001AAAAAA1".to_owned()], vec![], vec![]]
    );
}
