#![allow(clippy::unwrap_used)]
use super::*;

/// Bodies as Zoho sends them, each with the category the table of categories gives it.
fn recorded(part: &str) -> Vec<Value> {
    let text = include_str!("../../../tests/fixtures/zoho/errors.json");
    let all: Value = serde_json::from_str(text).unwrap();
    all[part].as_array().unwrap().clone()
}

#[test]
fn every_recorded_refusal_of_a_call_has_its_category() {
    for entry in recorded("calls") {
        let (name, expected) = (&entry["name"], &entry["expected"]);
        let status = u16::try_from(entry["status"].as_u64().unwrap()).unwrap();
        let path = entry["path"].as_str().unwrap();
        let error = call_error(status, path, &entry["body"], CallTrace::default());
        let (kind, failure) = match error.kind {
            CallErrorKind::SignIn(failure) => ("sign-in", Some(failure)),
            CallErrorKind::NotAllowed(failure) => ("not-allowed", Some(failure)),
            CallErrorKind::Refused { failure, .. } => ("refused", Some(failure)),
            CallErrorKind::Unavailable { .. } => ("unavailable", None),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(expected["kind"], kind, "{name}");
        let category = failure.as_ref().map(|failure| failure.category.code());
        assert_eq!(expected["category"].as_str(), category, "{name}");
        if let Some(message) = expected["message"].as_str() {
            assert_eq!(failure.unwrap().message, message, "{name}");
        }
    }
}

#[test]
fn every_recorded_refusal_of_a_row_has_its_category() {
    for entry in recorded("rows") {
        let (name, expected) = (&entry["name"], &entry["expected"]);
        let failure = failure_of_row(&problems(&entry["body"])).unwrap();
        assert_eq!(expected["category"], failure.category.code(), "{name}");
        assert_eq!(expected["message"], failure.message, "{name}");
        assert_eq!(
            expected["field"].as_str(),
            failure.field.as_deref(),
            "{name}"
        );
        let candidates: Vec<&str> = expected["candidates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        assert_eq!(candidates, failure.candidates, "{name}");
    }
}

#[test]
fn a_refusal_names_its_row() {
    let body =
        serde_json::json!({"code": "INVALID_DATA", "details": {"json_path": "$.data[12].Email"}});
    assert_eq!(first(&body).unwrap().row(), Some(12));
    let other = serde_json::json!({"code": "INVALID_DATA", "details": {"json_path": "$.trigger"}});
    assert_eq!(first(&other).unwrap().row(), None);
}

#[test]
fn a_success_is_no_problem() {
    assert!(problems(&serde_json::json!({"code": "SUCCESS", "details": {"id": "7"}})).is_empty());
    assert!(problems(&Value::Null).is_empty());
}
