#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;
use crate::vendors::pipedrive::fields::tests::described;
use crate::vendors::pipedrive::tests::HASH;

fn sent(name: &str, parts: &[&str]) -> Result<Value, Category> {
    let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    encode(&described(name), &parts, false).map_err(|failure| failure.category)
}

fn digit(digit: &str) -> String {
    digit.repeat(40)
}

#[test]
fn options_go_by_their_ids() {
    assert_eq!(sent(HASH, &["outbound"]), Ok(json!(2)));
    assert_eq!(sent(HASH, &["1"]), Ok(json!(1)));
    assert_eq!(sent(HASH, &["Upbound"]), Err(Category::DataValueValidation));
    assert_eq!(
        sent(&digit("1"), &["Drones", "robots; 12"]),
        Ok(json!([12, 11]))
    );
    assert_eq!(sent("label_ids", &["Hot lead"]), Ok(json!([15])));
    assert_eq!(
        sent("label_ids", &["Cold"]),
        Err(Category::DataValueValidation)
    );
    let failure = encode(&described(HASH), &["Upbound".into()], false).unwrap_err();
    assert!(
        failure.message.contains("Inbound, Outbound"),
        "{}",
        failure.message
    );
}

#[test]
fn addresses_and_numbers_of_people_are_lists() {
    assert_eq!(
        sent("emails", &["Ada@Example.com"]),
        Ok(json!([{"value": "Ada@Example.com", "primary": true, "label": "work"}]))
    );
    assert_eq!(
        sent("phones", &["+44 20 5550 100; 0044205550100"]),
        Ok(json!([{"value": "+44 20 5550 100", "primary": true, "label": "work"}]))
    );
    // Pipedrive would take it.
    assert_eq!(
        sent("emails", &["ada@example"]),
        Err(Category::DataFormatValidation)
    );
    assert_eq!(
        sent("phones", &["1".repeat(256).as_str()]),
        Err(Category::DataTooLong)
    );
}

#[test]
fn other_forms_follow_the_metadata() {
    assert_eq!(
        sent(&digit("6"), &["2026-09-01T10:00:00Z"]),
        Ok(json!("2026-09-01"))
    );
    assert_eq!(
        sent(&digit("6"), &["soon"]),
        Err(Category::DataFormatValidation)
    );
    assert_eq!(
        sent(&digit("4"), &["1 Main St"]),
        Ok(json!({"value": "1 Main St"}))
    );
    assert_eq!(sent(&digit("7"), &["1,200"]), Ok(json!(1200)));
    assert_eq!(
        sent(&digit("7"), &["1.5"]),
        Err(Category::DataFormatValidation)
    );
    for text in ["1200.5 eur", "EUR 1,200.5"] {
        assert_eq!(
            sent(&digit("3"), &[text]),
            Ok(json!({"value": 1200.5, "currency": "EUR"})),
            "{text}"
        );
    }
    assert_eq!(
        sent(&digit("3"), &["1200"]),
        Err(Category::DataFormatValidation)
    );
    assert_eq!(sent("org_id", &["55"]), Err(Category::MissingRemoteField));
}

#[test]
fn lengths_are_checked_and_cut_only_where_asked() {
    let booth = described(&digit("8"));
    let long = ["x".repeat(300)];
    assert_eq!(
        encode(&booth, &long, false).unwrap_err().category,
        Category::DataTooLong
    );
    assert_eq!(encode(&booth, &long, true).unwrap(), "x".repeat(255));
}

#[test]
fn one_value_in_two_spellings_is_the_same() {
    let is_same = |name: &str, theirs: Value, ours: Value| same(&described(name), &theirs, &ours);
    let list = |values: &[&str]| -> Value {
        let entries = values.iter().enumerate();
        entries
            .map(|(at, value)| json!({"value": value, "primary": at == 0}))
            .collect()
    };
    assert!(is_same(
        "emails",
        list(&["ADA@x.com", "b@x.com"]),
        list(&["ada@x.com"])
    ));
    assert!(
        !is_same(
            "emails",
            list(&["b@x.com", "ada@x.com"]),
            list(&["ada@x.com"])
        ),
        "not the primary one"
    );
    assert!(is_same(
        "phones",
        list(&["+44 20 5550-100"]),
        list(&["0044205550100"])
    ));
    assert!(is_same(&digit("1"), json!([12, 11]), json!([11, 12])));
    assert!(is_same(HASH, json!(2), json!(2)) && !is_same(HASH, json!(1), json!(2)));
    assert!(is_same(
        &digit("3"),
        json!({"value": 10, "currency": "EUR"}),
        json!({"value": 10.0, "currency": "eur"})
    ));
    assert!(!is_same(
        &digit("3"),
        json!({"value": 10, "currency": "EUR"}),
        json!({"value": 10, "currency": "USD"})
    ));
    assert!(is_same(
        &digit("4"),
        json!({"value": "1 Main St", "country": "UK"}),
        json!({"value": "1 Main St"})
    ));
    assert!(!is_same("first_name", json!("Ada"), json!("ada")));
}

#[test]
fn ours_is_added_to_theirs() {
    let theirs = json!([{"value": "a@x.com", "primary": true, "label": "home"}]);
    let ours = json!([{"value": "b@x.com", "primary": true, "label": "work"}]);
    let joined = join(&described("emails"), &theirs, &ours).unwrap();
    assert_eq!(
        joined,
        json!([{"value": "a@x.com", "primary": true, "label": "home"}, {"value": "b@x.com", "primary": false, "label": "work"}])
    );
    let twice = json!([{"value": "A@X.com", "primary": true}]);
    assert_eq!(join(&described("emails"), &theirs, &twice), None);
    let labels = described("label_ids");
    assert_eq!(
        join(&labels, &json!([14]), &json!([15, 14])),
        Some(json!([14, 15]))
    );
    assert_eq!(join(&labels, &json!([14, 15]), &json!([15])), None);
    let notes = described(&digit("2"));
    assert_eq!(
        join(&notes, &json!("one"), &json!("two")),
        Some(json!("one\ntwo"))
    );
    assert_eq!(join(&notes, &json!("one\ntwo"), &json!("two")), None);
}
