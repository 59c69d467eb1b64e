#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;

fn find(object: &'static str, by: KeyKind, keys: &[&str]) -> Find {
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    Find {
        object,
        by,
        keys,
        fields: vec!["email".into()],
        created_after: None,
    }
}

fn sorted(by: KeyKind, keys: &[&str], answer: Value) -> HashMap<String, Vec<RemoteRecord>> {
    let find = find(CONTACT, by, keys);
    let property = (by == KeyKind::Email).then_some("email");
    sort_answer(
        &find,
        &find.keys,
        property,
        &serde_json::from_value(answer).unwrap(),
    )
}

#[test]
fn absent_keys_are_told_from_keys_left_out() {
    let answer = json!({"results": [{"id": "1", "properties": {"email": "Ana@acme.com"}}],
        "errors": [{"category": "OBJECT_NOT_FOUND", "context": {"ids": ["bo@nowhere.io"]}}]});
    let found = sorted(
        KeyKind::Email,
        &["ana@acme.com", "bo@nowhere.io", "cy@x.io", "di@x.io"],
        answer,
    );
    assert_eq!(found["ana@acme.com"].len(), 1);
    assert!(found["bo@nowhere.io"].is_empty());
    assert!(!found.contains_key("cy@x.io"));
}

#[test]
fn a_second_address_and_a_swallowed_id_find_the_survivor() {
    let answer = json!({"results": [{"id": 7, "properties": {"email": "new@acme.com", "hs_additional_emails": "old@acme.com;x@y.z"}}]});
    assert_eq!(
        sorted(KeyKind::Email, &["old@acme.com"], answer)["old@acme.com"][0].id,
        "7"
    );
    let answer = json!({"results": [{"id": "9", "properties": {"hs_merged_object_ids": "5;6"}}]});
    assert_eq!(sorted(KeyKind::Id, &["6"], answer)["6"][0].id, "9");
}

#[test]
fn one_key_and_one_record_left_belong_together() {
    let answer = json!({"results": [{"id": "7", "properties": {"email": "other@acme.com"}}]});
    assert_eq!(
        sorted(KeyKind::Email, &["alias@acme.com"], answer)["alias@acme.com"][0].id,
        "7"
    );
}

#[test]
fn a_search_asks_in_lower_case_and_within_the_bodys_limit() {
    let keys: Vec<String> = (0..100)
        .map(|n| format!("A-rather-long-domain-number-{n}.example.com"))
        .collect();
    let find = Find {
        object: "company",
        by: KeyKind::Domain,
        keys,
        fields: vec!["name".into()],
        created_after: None,
    };
    let pieces = pieces(&find);
    assert!(pieces.len() > 1);
    for piece in &pieces {
        let body = serde_json::to_string(&question(&find, piece)).unwrap();
        assert!(body.len() <= SEARCH_BODY, "{}", body.len());
        assert!(!body.contains("A-rather"));
    }
    assert_eq!(pieces.concat().len(), 100);
}

#[test]
fn people_are_searched_by_both_names_since_a_time() {
    let mut ask = find(CONTACT, KeyKind::Name, &["Ana|Li", "|Cher"]);
    ask.created_after = Some("2026-11-22T10:00:00Z".parse().unwrap());
    let body = serde_json::to_value(question(&ask, &ask.keys)).unwrap();
    assert_eq!(
        body["filterGroups"][0]["filters"][2],
        json!({"propertyName": "createdate", "operator": "GTE", "value": "1795341600000"})
    );
    assert_eq!(
        body["filterGroups"][1]["filters"][0]["operator"],
        "NOT_HAS_PROPERTY"
    );
}

#[test]
fn the_oldest_of_several_companies_is_taken() {
    let make = |id: &str, created: &str| {
        record(
            "company",
            &json!({"id": id, "createdAt": created, "properties": {}}),
        )
        .unwrap()
    };
    let sorted = oldest_first(vec![
        make("3", "2026-02-01T00:00:00Z"),
        make("12", "2026-01-01T00:00:00Z"),
        make("4", "2026-01-01T00:00:00Z"),
    ]);
    assert_eq!(
        sorted
            .iter()
            .map(|record| record.id.as_str())
            .collect::<Vec<_>>(),
        ["4", "12", "3"]
    );
}
