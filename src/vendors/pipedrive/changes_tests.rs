#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::vendors::pipedrive::tests::{HASH, asked, calls, page, vendor};
use crate::vendors::pipedrive::{ORGANIZATION, PERSON};
use crate::vendors::{CallErrorKind, ChangesPage, ChangesQuery, KeyKind, Vendor};

fn query(object: &'static str) -> ChangesQuery {
    ChangesQuery {
        object,
        fields: vec!["phones".into(), HASH.into()],
        since: None,
        page: None,
    }
}

async fn told(
    data: Value,
    next: Option<&str>,
    query: ChangesQuery,
) -> (ChangesPage, wiremock::Request) {
    let server = MockServer::start().await;
    let at = format!("/api/v2/{}", super::super::collection(query.object));
    Mock::given(path(at))
        .respond_with(page(&data, next))
        .mount(&server)
        .await;
    let answer = vendor(&server).changes(&query).await.unwrap();
    let mut sent = calls(&server).await;
    assert_eq!(sent.len(), 1, "a page is a request");
    (answer, sent.remove(0))
}

#[tokio::test]
async fn a_page_tells_records_with_their_keys_the_deleted_and_the_next_page() {
    let data = json!([
        {"id": 901, "name": "Ada Lovelace", "first_name": "Ada", "last_name": "Lovelace", "org_id": 55, "owner_id": 7, "visible_to": 3,
            "add_time": "2026-09-01T08:00:00Z", "update_time": "2026-09-03T08:00:00Z",
            "emails": [{"value": "Ada@x.com", "primary": true}, {"value": "ada@home.com", "primary": false}],
            "phones": [], "custom_fields": {HASH: 2, "1".repeat(40): "not mapped"}},
        {"id": 902, "name": "Gone", "is_deleted": true, "update_time": "2026-09-04T08:00:00Z"}]);
    let (answer, sent) = told(data, Some("c2"), query(PERSON)).await;
    assert_eq!(
        (answer.removed, answer.next.as_deref()),
        (vec!["902".to_owned()], Some("c2"))
    );
    let [ada] = answer.records.as_slice() else {
        panic!("{:?}", answer.records);
    };
    assert_eq!(ada.changed, "2026-09-03T08:00:00Z".parse().unwrap());
    assert_eq!(
        ada.keys,
        [
            (KeyKind::Email, "ada@x.com".to_owned()),
            (KeyKind::Email, "ada@home.com".to_owned())
        ]
    );
    assert_eq!(ada.record.values[HASH], 2);
    assert_eq!(ada.record.values["org_id"], 55);
    for left_out in ["visible_to", "owner_id", &"1".repeat(40)] {
        assert!(!ada.record.values.contains_key(left_out), "{left_out}");
    }
    for (name, value) in [
        ("sort_by", "update_time"),
        ("sort_direction", "asc"),
        ("limit", "500"),
        ("custom_fields", HASH),
    ] {
        assert_eq!(asked(&sent, name).as_deref(), Some(value));
    }
    assert_eq!(
        (asked(&sent, "updated_since"), asked(&sent, "cursor")),
        (None, None)
    );
}

#[tokio::test]
async fn a_later_page_keeps_the_question() {
    let later = ChangesQuery {
        since: Some("2026-09-01T08:00:00.900Z".parse().unwrap()),
        page: Some("c2".into()),
        ..query(ORGANIZATION)
    };
    let acme = json!([{"id": 55, "name": "Acme GmbH", "website": "acme.com", "update_time": "2026-09-03T08:00:00Z"}]);
    let (answer, sent) = told(acme, None, later).await;
    assert_eq!(
        asked(&sent, "updated_since").as_deref(),
        Some("2026-09-01T08:00:00Z")
    );
    assert_eq!(asked(&sent, "cursor").as_deref(), Some("c2"));
    assert_eq!(answer.next, None);
    assert_eq!(
        answer.records[0].keys,
        [
            (KeyKind::Name, "acme".to_owned()),
            (KeyKind::Domain, "acme.com".to_owned())
        ]
    );
}

#[tokio::test]
async fn too_many_own_fields_are_not_named() {
    let many = ChangesQuery {
        fields: (0..16).map(|digit| format!("{digit:040x}")).collect(),
        ..query(PERSON)
    };
    let (_, sent) = told(json!([]), None, many).await;
    assert_eq!(asked(&sent, "custom_fields"), None);
}

#[tokio::test]
async fn a_page_that_is_none_ends_the_sweep() {
    let server = MockServer::start().await;
    Mock::given(path("/api/v2/persons"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"success": true, "data": "?"})),
        )
        .mount(&server)
        .await;
    let error = vendor(&server).changes(&query(PERSON)).await.unwrap_err();
    assert!(
        matches!(error.kind, CallErrorKind::OutcomeUnknown { .. }),
        "{error:?}"
    );
}
