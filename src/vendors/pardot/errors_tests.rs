//! Refusals in the documentation's words, and as public clients quote them.
#![allow(clippy::unwrap_used)]

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::*;

fn error(status: u16, body: Value) -> CallError {
    call_error(CallTrace {
        status,
        body,
        ..CallTrace::default()
    })
}

#[test]
fn every_shape_tells_its_code() {
    let xml = "<?xml version=\"1.0\"?>\n<rsp stat=\"fail\" version=\"1.0\">\n  <err code=\"184\">access_token is invalid, \
               unknown, or malformed: Inactive &amp; old</err>\n</rsp>";
    for (body, code, part) in [
        (
            json!({"code": 51, "message": "Invalid parameter: fields."}),
            51,
            "fields",
        ),
        (json!({"code": "51", "message": "x"}), 51, "x"),
        (
            json!({"@attributes": {"stat": "fail", "version": 1, "err_code": 59}, "err": "A CRM connector was detected"}),
            59,
            "connector",
        ),
        (json!(xml), 184, "Inactive & old"),
        (
            json!("<rsp><err code='15'>Login failed"),
            15,
            "Login failed",
        ),
    ] {
        let problem = problem(&body).unwrap();
        assert_eq!(problem.code, code, "{body}");
        assert!(problem.message.contains(part), "{problem:?}");
    }
    for nothing in [
        json!({}),
        json!("<html>Maintenance</html>"),
        json!("<rsp><err>?</err>"),
        Value::Null,
    ] {
        assert_eq!(problem(&nothing), None, "{nothing}");
    }
}

#[test]
fn a_refusal_names_its_field() {
    let named = |code, message: &str| {
        let problem = Problem {
            code,
            message: message.to_owned(),
        };
        failure_of(&problem).field
    };
    let unknown =
        "Invalid parameter: fields. It contains an invalid or unknown field: UniqueId__c.";
    assert_eq!(named(51, unknown).as_deref(), Some("UniqueId__c"));
    let property = "Invalid property in request: UniqueId__c";
    assert_eq!(named(154, property).as_deref(), Some("UniqueId__c"));
    assert_eq!(named(56, "Invalid number entered for field"), None);
    assert_eq!(named(85, "Unable to save: something went wrong"), None);
}

#[test]
fn what_concerns_the_connection_stops_the_run_and_says_what_to_do() {
    for (status, code, part) in [
        (400, 201, "--sandbox"),
        (400, 181, "--business-unit"),
        (403, 46, "permission"),
    ] {
        let found = error(status, json!({"code": code, "message": "no"}));
        assert!(
            matches!(&found.kind, CallErrorKind::NotAllowed(failure)
                if failure.category == Category::Connection && failure.message.contains(part)),
            "{found:?}"
        );
    }
    for (code, part) in [(49, "connect"), (184, "pardot_api")] {
        let found = error(401, json!({"code": code, "message": "no"}));
        assert!(
            matches!(&found.kind, CallErrorKind::SignIn(failure) if failure.message.contains(part)),
            "{found:?}"
        );
    }
}

#[test]
fn what_concerns_a_row_is_that_rows() {
    for (code, category) in [
        (4, Category::DataFormatValidation),
        (9, Category::DuplicateRecord),
        (38, Category::Connection),
        (153, Category::RequiredFieldMissing),
        (154, Category::MissingRemoteField),
        (777, Category::Unexpected),
    ] {
        let found = error(400, json!({"code": code, "message": "no"}));
        assert!(
            matches!(&found.kind, CallErrorKind::Refused { failure, .. } if failure.category == category),
            "{found:?}"
        );
    }
    let busy = error(400, json!({"code": 183, "message": "later"}));
    assert!(matches!(busy.kind, CallErrorKind::Unavailable { .. }));
}

#[test]
fn words_stand_in_for_a_code() {
    for (words, code, message) in [
        (
            "4: Invalid prospect email address",
            4,
            "Invalid prospect email address",
        ),
        (
            "Invalid prospect email address",
            4,
            "Invalid prospect email address",
        ),
        (
            "Invalid number entered for field",
            56,
            "Invalid number entered for field",
        ),
        ("Prospect is archived", 132, "Prospect is archived"),
        ("3 fields failed", 0, "3 fields failed"),
        ("Nothing known", 0, "Nothing known"),
    ] {
        let problem = Problem::of_words(words);
        assert_eq!((problem.code, problem.message.as_str()), (code, message));
    }
    assert!(Problem::of_words("Prospect is archived").is_gone());
}

#[test]
fn a_page_is_kept_short() {
    let page = format!("<html>{}", "x".repeat(9_000));
    let response = ApiResponse::new(StatusCode::BAD_GATEWAY, HeaderMap::new(), page.into_bytes());
    assert_eq!(text_of(&body_of(&response)).len(), SHOWN);
}
