#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::super::fields::tests::remote;
use super::*;

fn encoded(data_type: &str, text: &str) -> Result<Value, Category> {
    encode(&remote("field", data_type, None), &[text.to_owned()], false)
        .map_err(|failure| failure.category)
}

#[test]
fn every_kind_travels_in_its_own_json_type() {
    for (data_type, text, expected) in [
        ("string", " Ada ", json!("Ada")),
        ("integer", "1,200", json!(1_200)),
        ("score", "5.0", json!(5)),
        ("float", "1.5", json!(1.5)),
        ("currency", "1,200.50", json!(1_200.5)),
        ("boolean", "Yes", json!(true)),
        ("date", "2026-09-01T08:00:00Z", json!("2026-09-01")),
        (
            "datetime",
            "2026-09-01T10:00:00+02:00",
            json!("2026-09-01T08:00:00Z"),
        ),
        ("datetime", "2026-09-01", json!("2026-09-01T00:00:00Z")),
        ("email", "Ada@Example.com", json!("Ada@Example.com")),
        ("phone", "+44 20 5550 100", json!("+44 20 5550 100")),
    ] {
        assert_eq!(encoded(data_type, text).unwrap(), expected, "{data_type}");
    }
}

#[test]
fn what_marketo_would_refuse_is_refused_here() {
    for (data_type, text, category) in [
        ("integer", "1.5", Category::DataFormatValidation),
        ("integer", "3000000000", Category::DataFormatValidation),
        ("integer", "12a", Category::DataFormatValidation),
        ("boolean", "maybe", Category::DataFormatValidation),
        ("date", "1 Sept", Category::DataFormatValidation),
        ("email", "nobody", Category::DataFormatValidation),
        (
            "email",
            "jürgen@example.com",
            Category::DataFormatValidation,
        ),
        ("formula", "x", Category::MissingRemoteField),
    ] {
        assert_eq!(encoded(data_type, text).unwrap_err(), category, "{text}");
    }
    assert_eq!(
        encoded("string", &"x".repeat(256)).unwrap_err(),
        Category::DataTooLong
    );
}

#[test]
fn a_text_area_is_measured_in_bytes_and_cut_between_characters() {
    let field = remote("notes", "text", Some(10));
    let umlauts = ["ööööö".to_owned()];
    assert_eq!(encode(&field, &umlauts, false).unwrap(), json!("ööööö"));
    let more = ["xööööö".to_owned()];
    let refusal = encode(&field, &more, false).unwrap_err();
    assert_eq!(refusal.category, Category::DataTooLong);
    assert!(
        refusal.message.contains("11 bytes, 10 are"),
        "{}",
        refusal.message
    );
    assert_eq!(encode(&field, &more, true).unwrap(), json!("xöööö"));
}

#[test]
fn two_spellings_of_one_value_are_one() {
    let same_as = |data_type, left: Value, right: Value| {
        same(&remote("field", data_type, None), &left, &right)
    };
    assert!(same_as("integer", json!(5), json!("5.0")));
    assert!(same_as("boolean", Value::Null, json!(false)));
    assert!(!same_as("boolean", Value::Null, json!(true)));
    assert!(same_as(
        "email",
        json!("ADA@example.com"),
        json!("ada@example.com")
    ));
    assert!(same_as(
        "datetime",
        json!("2026-09-01T01:00:00-07:00"),
        json!("2026-09-01T08:00:00Z")
    ));
    assert!(same_as(
        "url",
        json!("https://www.acme.com/"),
        json!("acme.com")
    ));
    assert!(same_as("text", json!("a\r\nb"), json!("a\nb")));
    assert!(!same_as("string", json!("Ada"), json!("ada")));
}

#[test]
fn only_what_is_new_is_added() {
    let notes = remote("notes", "text", None);
    assert_eq!(
        join(&notes, &json!("first"), &json!("second")).unwrap(),
        json!("first\nsecond")
    );
    assert_eq!(
        join(&notes, &json!("first\r\nsecond"), &json!("second")),
        None
    );
    let number = remote("score", "integer", None);
    assert_eq!(join(&number, &json!(1), &json!(2)), Some(json!(2)));
}
