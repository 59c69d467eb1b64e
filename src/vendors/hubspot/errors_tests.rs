//! Bodies as HubSpot sends them (its "Error handling" page, and answers quoted in public issue trackers), values invented.

use serde_json::json;

use super::*;

fn property_error(inner: &str) -> Value {
    json!({"status": "error", "message": format!("Property values were not valid: [{inner}]"), "correlationId": "x", "category": "VALIDATION_ERROR"})
}

fn category(status: u16, body: &Value) -> Category {
    row_failure(status, body).category
}

#[test]
fn every_documented_property_error_has_its_category() {
    let cases = [
        (
            r#"{"isValid":false,"message":"Property \"testproperty\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"testproperty"}"#,
            Category::MissingRemoteField,
        ),
        (
            r#"{"isValid":false,"message":"Email address name@x.con is invalid","error":"INVALID_EMAIL","name":"email"}"#,
            Category::DataFormatValidation,
        ),
        (
            r#"{"isValid":false,"message":"PROSPECT1 was not one of the allowed options: [label: \"Prospect\"\nvalue: \"PROSPECT\"\n]","error":"INVALID_OPTION","name":"type"}"#,
            Category::DataValueValidation,
        ),
        (
            r#"{"isValid":false,"message":"abc was not a valid integer.","error":"INVALID_INTEGER","name":"numemployees"}"#,
            Category::DataFormatValidation,
        ),
        (
            r#"{"isValid":false,"message":"2025-10-23 was not a valid long.","error":"INVALID_LONG","name":"x"}"#,
            Category::DataFormatValidation,
        ),
        (
            r#"{"isValid":false,"message":"soon was not a valid date","error":"INVALID_DATE","name":"x"}"#,
            Category::DataFormatValidation,
        ),
        (
            r#"{"isValid":false,"message":"\"days\" is a calculated property; its value cannot be set.","error":"READ_ONLY_VALUE","name":"days"}"#,
            Category::MissingRemoteField,
        ),
        (
            r#"{"isValid":false,"message":"The value is too long. Its maximum is 65536","error":"PROPERTY_VALUE_TOO_LONG","name":"message"}"#,
            Category::DataTooLong,
        ),
    ];
    for (inner, expected) in cases {
        assert_eq!(category(400, &property_error(inner)), expected, "{inner}");
    }
}

#[test]
fn the_refused_value_and_property_are_read_out_of_the_text() {
    let failure = row_failure(
        400,
        &property_error(
            r#"{"isValid":false,"message":"Fin. Services was not one of the allowed options: [label: \"A\"]","error":"INVALID_OPTION","name":"industry"}"#,
        ),
    );
    assert_eq!(failure.field.as_deref(), Some("industry"));
    assert_eq!(failure.value.as_deref(), Some("Fin. Services"));
    assert_eq!(
        failure.message,
        "Fin. Services was not one of the allowed options"
    );
}

#[test]
fn errors_beside_the_message_win_over_the_json_inside_it() {
    let body = json!({"message": "The property values provided are invalid", "category": "VALIDATION_ERROR",
        "errors": [{"code": "MISSING_REQUIRED_PROPERTY", "message": "A value for firstname must be provided"}]});
    assert_eq!(category(400, &body), Category::RequiredFieldMissing);
    let body = json!({"message": "x", "category": "VALIDATION_ERROR", "errors": [{"message": "Property \"a\" does not exist",
        "code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": ["a"]}}]});
    assert_eq!(row_failure(400, &body).field.as_deref(), Some("a"));
}

#[test]
fn a_message_cut_short_still_tells_what_it_can() {
    let body = json!({"message": "Property values were not valid: [{\"isValid\":false,\"message\":\"NAM Only was not one of the allowed options: [Procurement,"});
    let failure = row_failure(400, &body);
    assert_eq!(failure.category, Category::DataValueValidation);
    assert_eq!(failure.value.as_deref(), Some("NAM Only"));
}

#[test]
fn text_around_the_hidden_json_does_not_matter() {
    let inner = r#"{"isValid":false,"message":"Email address a@ is invalid","error":"INVALID_EMAIL","name":"email"}"#;
    let body = json!({"message": format!("Unable to upsert: Property values were not valid: [{inner}] (2 more)")});
    assert_eq!(category(400, &body), Category::DataFormatValidation);
}

#[test]
fn sign_in_and_permission_are_told_apart() {
    let expired = json!({"status": "error", "message": "The OAuth token used to make this call expired 0 second(s) ago.", "category": "EXPIRED_AUTHENTICATION"});
    assert!(matches!(
        call_error(401, &expired, CallTrace::default()).kind,
        CallErrorKind::SignIn(_)
    ));
    let scope = json!({"message": "This app hasn't been granted all required scopes", "category": "MISSING_SCOPES",
        "errors": [{"message": "…", "context": {"requiredGranularScopes": ["crm.objects.contacts.write"]}}]});
    match call_error(403, &scope, CallTrace::default()).kind {
        CallErrorKind::NotAllowed(failure) => {
            assert!(failure.message.contains("crm.objects.contacts.write"));
        }
        other => panic!("{other:?}"),
    }
    let user = json!({"message": "x", "category": "USER_DOES_NOT_HAVE_PERMISSIONS"});
    assert_eq!(category(403, &user), Category::Connection);
    assert_eq!(
        category(
            400,
            &json!({"message": "Missing 'Edit Associations' permission."})
        ),
        Category::Connection
    );
}

#[test]
fn an_existing_contact_names_its_id() {
    let body =
        json!({"message": "Contact already exists. Existing ID: 3401", "category": "CONFLICT"});
    assert_eq!(existing_id(&body).as_deref(), Some("3401"));
    assert_eq!(category(409, &body), Category::DuplicateRecord);
}

#[test]
fn a_refused_batch_blames_values_and_fields() {
    let body = property_error(
        r#"{"isValid":false,"message":"Email address broken@@x is invalid","error":"INVALID_EMAIL","name":"email"}"#,
    );
    match &guilty(&body)[..] {
        [Guilty::Value { field, value, .. }] => {
            assert_eq!(
                (field.as_deref(), value.as_str()),
                (Some("email"), "broken@@x")
            );
        }
        other => panic!("{other:?}"),
    }
    let body = property_error(
        r#"{"isValid":false,"message":"Property \"gone\" does not exist","error":"PROPERTY_DOESNT_EXIST","name":"gone"}"#,
    );
    assert!(matches!(&guilty(&body)[..], [Guilty::Field { field, .. }] if field == "gone"));
    assert!(guilty(&json!({"message": "Invalid input JSON on line 3"})).is_empty());
}

#[test]
fn a_rule_of_an_admin_is_told_from_hubspots_own_checks() {
    let body = property_error(
        r#"{"isValid":false,"message":"Job titles must be in English","error":"CUSTOM_CHECK_FAILED","name":"jobtitle"}"#,
    );
    assert_eq!(category(400, &body), Category::ValidationRule);
}

#[test]
fn a_body_that_says_nothing_is_unexpected_and_never_a_panic() {
    for body in [
        Value::Null,
        json!([]),
        json!("text"),
        json!({"errors": "x", "context": 3}),
    ] {
        assert_eq!(category(400, &body), Category::Unexpected);
        assert!(guilty(&body).is_empty());
    }
}
