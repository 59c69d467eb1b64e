//! Refusals in the words of the documentation and of clients' issues.
#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::*;

const HASH: &str = "9dc80c50d78a15643bfc4ca79d76156a73a1ca0e";

fn refused(error: &str) -> Failure {
    let body = json!({"success": false, "error": error, "code": "ERR_SCHEMA_VALIDATION_FAILED"});
    failure_of(400, &body, |field| field == "label_ids")
}

#[test]
fn unknown_keys_are_fields_that_are_missing() {
    let failure =
        refused("Validation failed: foo: Parameter 'foo' is not allowed for this request");
    assert_eq!(failure.category, Category::MissingRemoteField);
    assert_eq!(failure.field.as_deref(), Some("foo"));
    assert_eq!(
        failure.code.as_deref(),
        Some("ERR_SCHEMA_VALIDATION_FAILED")
    );
    assert_eq!(
        failure.message,
        "Parameter 'foo' is not allowed for this request"
    );
}

#[test]
fn the_place_of_a_value_names_its_field() {
    for (place, field) in [
        (format!("custom_fields.{HASH}"), HASH),
        (HASH.to_owned(), HASH),
        ("emails[0].value".to_owned(), "emails"),
        ("body.name".to_owned(), "name"),
    ] {
        let failure = refused(&format!(
            "Validation failed: {place}: Expected string, received number"
        ));
        assert_eq!(failure.field.as_deref(), Some(field), "{place}");
        assert_eq!(failure.category, Category::DataFormatValidation);
    }
}

#[test]
fn what_was_refused_is_told_apart() {
    let of = |error: &str| refused(&format!("Validation failed: {error}")).category;
    assert_eq!(
        of(&format!("{HASH}: Invalid option id 99")),
        Category::DataValueValidation
    );
    assert_eq!(
        of("label_ids: Invalid value"),
        Category::DataValueValidation
    );
    assert_eq!(
        of(&format!("{HASH}: Value is too long")),
        Category::DataTooLong
    );
    assert_eq!(
        of("name: Parameter 'name' is required"),
        Category::NotEnoughData
    );
    assert_eq!(
        of(&format!("{HASH}: is required")),
        Category::RequiredFieldMissing
    );
    let old = json!({"success": false, "error": "Name must be given.",
        "error_info": "Please check developers.pipedrive.com", "data": null});
    let failure = failure_of(400, &old, |_| false);
    assert_eq!(failure.category, Category::NotEnoughData);
    assert_eq!(failure.message, "name: Name must be given.");
}

#[test]
fn several_reasons_are_one_failure_and_each_field_is_guilty() {
    let body = json!({"success": false, "code": "ERR_SCHEMA_VALIDATION_FAILED",
        "error": format!("Validation failed: foo: Parameter 'foo' is not allowed for this request; {HASH}: Expected number")});
    let error = call_error(400, &body, CallTrace::default());
    let CallErrorKind::Refused { failure, guilty } = error.kind else {
        panic!("{error:?}");
    };
    assert!(
        failure.message.contains("'foo'") && failure.message.contains(HASH),
        "{failure:?}"
    );
    let named: Vec<&str> = guilty
        .iter()
        .map(|guilty| match guilty {
            Guilty::Field { field, .. } => field.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(named, ["foo", HASH]);
}

#[test]
fn sign_ins_permissions_and_closed_accounts_are_no_fault_of_a_lead() {
    let unauthorized = json!({"success": false, "error": "unauthorized access", "errorCode": 401,
        "error_info": "Please check developers.pipedrive.com"});
    let error = call_error(401, &unauthorized, CallTrace::default());
    assert!(
        matches!(&error.kind, CallErrorKind::SignIn(failure) if failure.message == "unauthorized access")
    );
    let capped = json!({"success": false, "error": "Couldn't add the person. Limit reached.",
        "code": "feature_capping_persons_limit"});
    let scope = json!({"success": false, "error": "Scope and URL mismatch"});
    for (status, body, part) in [
        (403, &capped, "Limit reached"),
        (402, &Value::Null, "closed or not paid for"),
        (403, &scope, "lacks a scope"),
    ] {
        let error = call_error(status, body, CallTrace::default());
        let CallErrorKind::NotAllowed(failure) = error.kind else {
            panic!("{error:?}");
        };
        assert_eq!(failure.category, Category::Connection);
        assert!(failure.message.contains(part), "{}", failure.message);
    }
}

#[test]
fn what_nobody_understands_stays_readable() {
    let failure = failure_of(400, &Value::Null, |_| false);
    assert_eq!(failure.message, "Pipedrive answered HTTP 400");
    assert_eq!(failure.category, Category::Unexpected);
    let busy = call_error(503, &json!({"error": "x"}), CallTrace::default());
    assert!(matches!(busy.kind, CallErrorKind::Unavailable { .. }));
}
