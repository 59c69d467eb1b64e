#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;
use crate::vendors::salesforce::fields::tests::lead;

fn sent(name: &str, parts: &[&str]) -> Result<Value, Failure> {
    let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
    encode(lead().field(name).unwrap(), &parts, false)
}

fn refused(name: &str, text: &str) -> Category {
    sent(name, &[text]).unwrap_err().category
}

#[test]
fn values_are_sent_in_their_json_form() {
    assert_eq!(sent("NumberOfEmployees", &["1,200"]).unwrap(), json!(1_200));
    assert_eq!(sent("Budget__c", &["12.50"]).unwrap(), json!(12.5));
    assert_eq!(sent("HasOptedOutOfEmail", &["yes"]).unwrap(), json!(true));
    assert_eq!(
        sent("FirstSeen__c", &["2026-11-20T23:00:00Z"]).unwrap(),
        json!("2026-11-20")
    );
    assert_eq!(
        sent("Seen_At__c", &["2026-11-20T23:00:00.5+01:00"]).unwrap(),
        json!("2026-11-20T22:00:00Z")
    );
    assert_eq!(
        sent("Interest__c", &["Demo; price", "Price list"]).unwrap(),
        json!("demo;price")
    );
    assert_eq!(sent("Country", &["de"]).unwrap(), json!("Germany"));
    assert_eq!(
        sent("RecordTypeId", &["trade_fair"]).unwrap(),
        json!("0125e000000AAAAAA1")
    );
    // An open list takes what it does not know.
    assert_eq!(
        sent("LeadSource", &["trade show"]).unwrap(),
        json!("Trade Show")
    );
    assert_eq!(sent("LeadSource", &["Expo"]).unwrap(), json!("Expo"));
}

#[test]
fn what_salesforce_would_refuse_is_refused_here() {
    for (field, text, category) in [
        ("NumberOfEmployees", "many", Category::DataFormatValidation),
        ("NumberOfEmployees", "1.5", Category::DataFormatValidation),
        (
            "NumberOfEmployees",
            "123456789",
            Category::DataFormatValidation,
        ),
        ("Budget__c", "12345.00", Category::DataFormatValidation),
        ("Budget__c", "NaN", Category::DataFormatValidation),
        ("Budget__c", "1e3", Category::DataFormatValidation),
        ("Email", "nobody", Category::DataFormatValidation),
        ("FirstSeen__c", "soon", Category::DataFormatValidation),
        (
            "HasOptedOutOfEmail",
            "perhaps",
            Category::DataFormatValidation,
        ),
        ("Rating", "Old", Category::DataValueValidation),
        ("Interest__c", "demo;lunch", Category::DataValueValidation),
        ("Country", "Atlantis", Category::DataValueValidation),
        ("Address", "Main Street", Category::MissingRemoteField),
    ] {
        assert_eq!(refused(field, text), category, "{field}: {text}");
    }
    let options = sent("Rating", &["Warm"]).unwrap_err().message;
    assert!(options.contains("Hot, Cold"), "{options}");
}

#[test]
fn lengths_count_characters_and_only_text_is_shortened() {
    let schema = lead();
    let title = schema.field("Title").unwrap();
    let long = vec!["ü".repeat(129)];
    assert_eq!(
        encode(title, &["ü".repeat(128)], false).unwrap(),
        json!("ü".repeat(128))
    );
    assert_eq!(
        encode(title, &long, false).unwrap_err().category,
        Category::DataTooLong
    );
    assert_eq!(encode(title, &long, true).unwrap(), json!("ü".repeat(128)));
    let address = vec![format!("{}@example.com", "a".repeat(75))];
    let email = schema.field("Email").unwrap();
    let cut = encode(email, &address, true).unwrap_err();
    assert!(matches!(
        cut.category,
        Category::DataTooLong | Category::DataFormatValidation
    ));
}

#[test]
fn one_value_in_two_forms_is_one() {
    let schema = lead();
    let alike =
        |name: &str, left: Value, right: Value| same(schema.field(name).unwrap(), &left, &right);
    assert!(alike("Email", json!("Ana@ACME.com"), json!("ana@acme.com")));
    assert!(alike(
        "Website",
        json!("https://www.acme.com/"),
        json!("acme.com")
    ));
    assert!(!alike("Website", json!("acme.com/shop"), json!("acme.com")));
    assert!(alike("NumberOfEmployees", json!(12), json!(12.0)));
    assert!(alike("Interest__c", json!("a;b"), json!("b;a")));
    assert!(alike(
        "Seen_At__c",
        json!("2026-11-20T10:00:00.000+0000"),
        json!("2026-11-20T10:00:00Z")
    ));
    assert!(alike(
        "OwnerId",
        json!("0055e000000AAAA"),
        json!("0055e000000AAAAAA1")
    ));
    assert!(alike("HasOptedOutOfEmail", Value::Null, json!(false)));
    assert!(alike("Description", json!("a\r\nb"), json!("a\nb")));
    assert!(!alike("Title", json!("CEO"), json!("CTO")));
}

#[test]
fn joining_adds_only_what_is_new() {
    let schema = lead();
    let joined = |name: &str, theirs: &str, ours: &str| {
        join(schema.field(name).unwrap(), &json!(theirs), &json!(ours))
    };
    assert_eq!(
        joined("Interest__c", "demo", "price;demo"),
        Some(json!("demo;price"))
    );
    assert_eq!(joined("Interest__c", "demo;price", "price"), None);
    assert_eq!(joined("Description", "met\r\nthere", "met\nthere"), None);
    assert_eq!(
        joined("Description", "met", "again"),
        Some(json!("met\nagain"))
    );
}

#[test]
fn owners_are_named_by_address_queue_or_id() {
    let mut field = lead().field("OwnerId").unwrap().clone();
    let option = |value: &str, label: &str| RemoteOption {
        value: value.into(),
        label: label.into(),
    };
    field.options = Some(vec![
        option("0055e000000AAAAAA1", "Ana@Acme.com"),
        option("00G5e000000AAAAAA1", "Expo Queue"),
    ]);
    let sent = |text: &str| encode(&field, &[text.to_owned()], false);
    assert_eq!(sent("ana@acme.com").unwrap(), json!("0055e000000AAAAAA1"));
    assert_eq!(sent("expo queue").unwrap(), json!("00G5e000000AAAAAA1"));
    assert_eq!(
        sent("0055e000000AAAA").unwrap(),
        json!("0055e000000AAAAAA1")
    );
    assert_eq!(
        sent("bo@acme.com").unwrap_err().category,
        Category::DataValueValidation
    );
}
