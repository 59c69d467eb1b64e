#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};
use wiremock::matchers::{path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::vendors::pipedrive::PERSON;
use crate::vendors::pipedrive::tests::{HASH, answers, asked, calls, page, vendor};
use crate::vendors::{CallErrorKind, Vendor};

fn asking(object: &'static str, by: KeyKind, keys: &[&str]) -> Find {
    Find {
        object,
        by,
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        fields: vec![HASH.to_owned()],
        created_after: None,
    }
}

fn ids(answer: &FindAnswer) -> Vec<(&str, Vec<&str>)> {
    answer
        .found
        .iter()
        .map(|found| {
            let ids = found.records.iter().map(|record| record.id.as_str());
            (found.key.as_str(), ids.collect())
        })
        .collect()
}

fn person(id: u32, name: &str, email: &str, day: u32) -> Value {
    json!({"id": id, "name": name, "add_time": format!("2026-09-{day:02}T08:00:00Z"), "is_deleted": false,
        "emails": [{"value": email, "primary": true}], "custom_fields": {HASH: 2}})
}

fn hits(ids: &[u32]) -> Value {
    let items: Vec<Value> = ids
        .iter()
        .map(|id| json!({"result_score": 0.5, "item": {"id": id}}))
        .collect();
    json!({"items": items})
}

#[tokio::test]
async fn ids_are_asked_together_and_the_unseen_are_absent() {
    let server = MockServer::start().await;
    let mut gone = person(903, "C", "c@x.com", 1);
    gone["is_deleted"] = json!(true);
    answers(
        &server,
        "/api/v2/persons",
        json!([person(901, "A", "a@x.com", 1), gone]),
    )
    .await;
    let vendor = vendor(&server);
    let keys = ["901", "902", "903", "00Q1"];
    let answer = vendor
        .find(&asking(PERSON, KeyKind::Id, &keys))
        .await
        .unwrap();
    assert_eq!(
        ids(&answer),
        [
            ("901", vec!["901"]),
            ("902", vec![]),
            ("903", vec![]),
            ("00Q1", vec![])
        ]
    );
    let sent = calls(&server).await;
    assert_eq!(asked(&sent[0], "ids").unwrap(), "901,902,903");
    assert_eq!(asked(&sent[0], "custom_fields").unwrap(), HASH);
    assert_eq!(answer.found[0].records[0].values[HASH], 2);
}

#[tokio::test]
async fn more_ids_than_a_call_takes_are_several_calls() {
    let server = MockServer::start().await;
    answers(&server, "/api/v2/persons", json!([])).await;
    let keys: Vec<String> = (1..=101).map(|id| id.to_string()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let answer = vendor(&server)
        .find(&asking(PERSON, KeyKind::Id, &keys))
        .await
        .unwrap();
    assert_eq!((answer.found.len(), calls(&server).await.len()), (101, 2));
}

#[tokio::test]
async fn hits_of_a_search_are_compared_here() {
    let server = MockServer::start().await;
    answers(&server, "/api/v2/persons/search", hits(&[902, 901, 903])).await;
    let records = json!([
        person(901, "A", "Ada@X.com", 2),
        person(902, "B", "ada@x.com", 1),
        person(903, "C", "ada@x.com.br", 1)
    ]);
    answers(&server, "/api/v2/persons", records).await;
    let vendor = vendor(&server);
    let answer = vendor
        .find(&asking(PERSON, KeyKind::Email, &["ada@x.com"]))
        .await
        .unwrap();
    assert_eq!(
        ids(&answer),
        [("ada@x.com", vec!["902", "901"])],
        "the oldest first, no stranger"
    );
    let search = &calls(&server).await[0];
    for (name, value) in [
        ("term", "ada@x.com"),
        ("fields", "email"),
        ("exact_match", "true"),
    ] {
        assert_eq!(asked(search, name).as_deref(), Some(value));
    }
}

#[tokio::test]
async fn a_failed_search_makes_nobody_absent() {
    let server = MockServer::start().await;
    Mock::given(path("/api/v2/persons/search"))
        .and(query_param("term", "b@x.com"))
        .respond_with(
            ResponseTemplate::new(403)
                .set_body_json(json!({"success": false, "error": "Scope and URL mismatch"})),
        )
        .mount(&server)
        .await;
    answers(&server, "/api/v2/persons/search", hits(&[])).await;
    let vendor = vendor(&server);
    let error = vendor
        .find(&asking(PERSON, KeyKind::Email, &["a@x.com", "b@x.com"]))
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind, CallErrorKind::NotAllowed(_)),
        "{error:?}"
    );
}

#[tokio::test]
async fn people_are_found_by_name_where_a_create_was_lost() {
    let server = MockServer::start().await;
    answers(&server, "/api/v2/persons/search", hits(&[1, 2, 3])).await;
    let records = json!([
        person(1, "Ada Lovelace", "a@x.com", 1),
        person(2, "ADA  Lovelace", "b@x.com", 9),
        person(3, "Ada Lovelace-King", "c@x.com", 9)
    ]);
    answers(&server, "/api/v2/persons", records).await;
    let find = Find {
        created_after: Some("2026-09-05T00:00:00Z".parse().unwrap()),
        ..asking(PERSON, KeyKind::Name, &["Ada|Lovelace"])
    };
    let answer = vendor(&server).find(&find).await.unwrap();
    assert_eq!(ids(&answer), [("Ada|Lovelace", vec!["2"])]);
    assert_eq!(
        asked(&calls(&server).await[0], "term").unwrap(),
        "Ada Lovelace"
    );
}

#[tokio::test]
async fn organizations_are_found_by_name_and_by_the_host_of_their_website() {
    let server = MockServer::start().await;
    answers(&server, "/api/v2/organizations/search", hits(&[55, 56])).await;
    let acme = json!({"id": 55, "name": "ACME Inc.", "website": "https://www.acme.com/"});
    let other = json!({"id": 56, "name": "Acme Tools", "website": "shop.acme.com"});
    answers(&server, "/api/v2/organizations", json!([acme, other])).await;
    let vendor = vendor(&server);
    let named = vendor
        .find(&asking(ORGANIZATION, KeyKind::Name, &["Acme"]))
        .await
        .unwrap();
    assert_eq!(ids(&named), [("Acme", vec!["55"])]);
    let hosts = ["acme.com", "acme.org", "shop.acme.com"];
    let found = vendor
        .find(&asking(ORGANIZATION, KeyKind::Domain, &hosts))
        .await
        .unwrap();
    assert_eq!(
        ids(&found),
        [
            ("acme.com", vec!["55"]),
            ("acme.org", vec![]),
            ("shop.acme.com", vec!["56"])
        ]
    );
}

#[tokio::test]
async fn a_sweep_for_domains_reads_every_page() {
    let server = MockServer::start().await;
    let far = json!({"id": 7, "name": "Far", "website": "far.com"});
    Mock::given(path("/api/v2/organizations"))
        .and(query_param("cursor", "c2"))
        .respond_with(page(&json!([far]), None))
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(path("/api/v2/organizations"))
        .respond_with(page(&json!([{"id": 6, "name": "Near"}]), Some("c2")))
        .mount(&server)
        .await;
    let found = vendor(&server)
        .find(&asking(ORGANIZATION, KeyKind::Domain, &["far.com"]))
        .await
        .unwrap();
    assert_eq!(ids(&found), [("far.com", vec!["7"])]);
}

#[tokio::test]
async fn organizations_of_persons_come_in_the_order_asked() {
    let server = MockServer::start().await;
    let persons = json!([{"id": 1, "org_id": 55}, {"id": 2, "org_id": null}]);
    answers(&server, "/api/v2/persons", persons).await;
    let asked: Vec<RemoteId> = ["3", "1", "2"].map(str::to_owned).into();
    let linked = vendor(&server).linked(&asked).await.unwrap();
    assert_eq!(linked, [vec![], vec!["55".to_owned()], vec![]]);
}
