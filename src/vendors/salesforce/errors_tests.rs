#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;

/// Bodies as Salesforce sends them, each with the category the table of categories gives it.
fn recorded() -> Vec<Value> {
    let text = include_str!("../../../tests/fixtures/salesforce/errors.json");
    serde_json::from_str(text).unwrap()
}

fn error_of(entry: &Value) -> CallErrorKind {
    let status = u16::try_from(entry["status"].as_u64().unwrap()).unwrap();
    call_error(status, &entry["body"], CallTrace::default()).kind
}

#[test]
fn every_recorded_refusal_has_its_category() {
    for entry in recorded() {
        let (name, expected) = (&entry["name"], &entry["expected"]);
        let (kind, failure, guilty) = match error_of(&entry) {
            CallErrorKind::SignIn(failure) => ("sign-in", Some(failure), Vec::new()),
            CallErrorKind::NotAllowed(failure) => ("not-allowed", Some(failure), Vec::new()),
            CallErrorKind::Refused { failure, guilty } => ("refused", Some(failure), guilty),
            CallErrorKind::Unavailable { .. } => ("unavailable", None, Vec::new()),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(expected["kind"], kind, "{name}");
        let told = |text: Option<String>| text.map_or(Value::Null, Value::String);
        let category = failure
            .as_ref()
            .map(|failure| failure.category.code().to_owned());
        assert_eq!(expected["category"], told(category), "{name}");
        let Some(failure) = failure else { continue };
        assert_eq!(expected["field"], told(failure.field.clone()), "{name}");
        assert_eq!(expected["value"], told(failure.value.clone()), "{name}");
        if let Some(message) = expected["message"].as_str() {
            assert_eq!(failure.message, message, "{name}");
        }
        if !expected["candidates"].is_null() {
            assert_eq!(json!(failure.candidates), expected["candidates"], "{name}");
        }
        let blamed = guilty.first().map(|guilty| match guilty {
            Guilty::Field { .. } => "field".to_owned(),
            Guilty::Value { .. } => "value".to_owned(),
            Guilty::Trace(_) => "trace".to_owned(),
        });
        assert_eq!(expected["guilty"], told(blamed), "{name}");
    }
}

#[test]
fn a_row_of_a_collection_is_read_by_the_same_table() {
    let row = json!({"success": false, "errors": [{"statusCode": "STRING_TOO_LONG",
        "message": "Nachname: Datenwert zu groß", "fields": ["LastName"]}]});
    let failure = failure_of(&first(&row).unwrap());
    assert_eq!(failure.category, Category::DataTooLong);
    // Another language hides the value, never the field.
    assert_eq!(
        (failure.field.as_deref(), failure.value),
        (Some("LastName"), None)
    );
}

#[test]
fn an_admins_words_are_left_alone_and_a_rule_names_its_way_out() {
    let found = json!([{"errorCode": "DUPLICATES_DETECTED", "message": "Bitte prüfen!",
        "duplicateResult": {"allowSave": false, "duplicateRule": "Messe", "matchResults": []}}]);
    let message = failure_of(&first(&found).unwrap()).message;
    assert!(
        message.contains("Messe") && message.contains("Bitte prüfen!"),
        "{message}"
    );
    assert!(
        message.contains("forbids") && !message.contains("--duplicates"),
        "{message}"
    );
}

#[test]
fn the_holder_of_a_unique_value_is_only_taken_where_it_is_an_id() {
    let problem = |message: &str| Problem {
        code: "DUPLICATE_VALUE".into(),
        message: message.into(),
        fields: Vec::new(),
        duplicates: None,
    };
    let named =
        problem("duplicate value found: X__c duplicates value on record with id: 00Q5e000001AAAA");
    assert_eq!(holder_of_value(&named).as_deref(), Some("00Q5e000001AAAA"));
    assert_eq!(
        holder_of_value(&problem("Already a campaign member.")),
        None
    );
    assert_eq!(holder_of_value(&problem("… with id: <unknown>")), None);
}
